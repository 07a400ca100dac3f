/** The pages of libraries: as accessible as the national ones, in their own colours, from right to left as well. */
import { axeFindings, expect, test } from "./test";

const pages: Record<string, string> = {
  start: "/v/gorinchem/?",
  "about what": "/v/gorinchem/kies?",
  results: "/v/gorinchem/zoek?postcode=4201",
  "outside the region": "/v/gorinchem/zoek?postcode=9711",
  frame: "/v/gorinchem/inbed?postcode=4201",
  "frame with a mistake": "/v/gorinchem/inbed?postcode=12",
  "start of a city": "/v/amsterdam-taal/?",
  "results of a city": "/v/amsterdam-taal/zoek?postcode=1011",
};

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: accessible and narrow, from left and from right`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of ["nl", "ar"]) {
      await page.goto(`${path}&lang=${language}`);
      await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "rtl" : "ltr");
      expect(await axeFindings(page), `axe in ${language}`).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `width in ${language}`).toBeLessThanOrEqual(320);
    }
  });
}

test("a library's pages have its colours, font and logo, and the national ones do not", async ({ page }) => {
  const brand = page.locator(".brand");
  await page.goto("/v/gorinchem/zoek?postcode=4201");
  await expect(brand).toHaveCSS("color", "rgb(122, 31, 61)");
  await expect(page.locator("body")).toHaveCSS("font-family", /Verdana/);
  await expect(brand.locator("img")).toHaveJSProperty("complete", true);
  expect(await brand.locator("img").evaluate((logo: HTMLImageElement) => logo.naturalWidth)).toBeGreaterThan(0);
  await page.goto("/");
  await expect(brand).toHaveCSS("color", "rgb(11, 79, 138)");
});

test("a visitor stays on the library's pages from the postcode to a place and back", async ({ page }) => {
  await page.goto("/v/gorinchem/");
  await page.getByLabel("Wat is je postcode?").fill("4201");
  await page.getByRole("button", { name: "Zoek", exact: true }).click();
  await expect(page).toHaveURL(/\/v\/gorinchem\/zoek\?/);
  await page.locator(".card h3 a").first().click();
  await expect(page).toHaveURL(/\/v\/gorinchem\/plek\//);
  await page.getByRole("link", { name: "Terug naar de lijst" }).click();
  await expect(page).toHaveURL(/\/v\/gorinchem\/zoek\?postcode=4201/);
});

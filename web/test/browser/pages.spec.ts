import { axeFindings, expect, test } from "./test";

const pages = ["/", "/zoek?postcode=3011AD"];

for (const path of pages) {
  test(`axe finds nothing on ${path}`, async ({ page }) => {
    await page.goto(path);
    expect(await axeFindings(page)).toEqual([]);
  });
}

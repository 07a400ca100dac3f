import { type Page } from "@playwright/test";
import { join } from "node:path";
import { test } from "../test/browser/test";

const folder = process.env["SCREENSHOTS"] ?? join(import.meta.dirname, "../../docs/images");
const phone = { width: 390, height: 844 };
const desktop = { width: 1360, height: 900 };

const pages: [name: string, path: string][] = [
  ["start", "/"],
  ["choose", "/kies?theme=language"],
  ["results", "/zoek?postcode=3011AD"],
  ["results-arabic", "/zoek?postcode=3011AD&lang=ar"],
  ["library-gorinchem", "/v/gorinchem/"],
  ["library-gorinchem-results", "/v/gorinchem/zoek?postcode=4201"],
  ["library-amsterdam", "/v/amsterdam-taal/?lang=ar"],
  ["library-amsterdam-results", "/v/amsterdam-taal/zoek?postcode=1011"],
];

async function keep(page: Page, name: string, size: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}-${size}.png`), animations: "disabled" });
}

for (const [size, viewport] of Object.entries({ phone, desktop })) {
  test.describe(size, () => {
    test.use({ viewport });
    for (const [name, path] of pages) {
      test(name, async ({ page }) => {
        await page.goto(path, { waitUntil: "networkidle" });
        await keep(page, name, size);
      });
    }
    test("one place, its card and a list", async ({ page }) => {
      await page.goto("/zoek?postcode=3011AD");
      const links = page.locator("ol .card h3 a");
      const paths = await links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
      await page.goto(`${paths[0]!}?postcode=3011AD`, { waitUntil: "networkidle" });
      await keep(page, "place", size);
      await page.goto(`${paths[0]!}/kaartje`);
      await keep(page, "card", size);
      const ids = paths.slice(0, 3).map((path) => `list=${path.replace("/plek/", "")}`);
      await page.goto(`/lijst?${ids.join("&")}`);
      await keep(page, "list", size);
    });
  });
}

/** Pictures of the widget on a website of somebody else. */
import { test } from "@playwright/test";
import { join } from "node:path";
import { put } from "../test/browser/hosts";

const folder = process.env["SCREENSHOTS"] ?? join(import.meta.dirname, "../../docs/images");
const head = "<style>body { max-width: 46rem; margin: 1rem auto; padding: 0 1rem; font-family: Georgia, serif }</style>";

for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1360, height: 900 } })) {
  test(`widget, ${size}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const [server, host] = [process.env["NABIJ_URL"]!, process.env["NABIJ_HOST"]!];
    const script = `<script type="module" src="${server}/widget/1/nabij-zoeker.js"></script>`;
    await page.goto(await put(host, `${script}<nabij-zoeker profile="proef" postcode="3011"></nabij-zoeker>`, { head }));
    await page.getByRole("listitem").first().waitFor();
    await page.screenshot({ path: join(folder, `widget-${size}.png`), animations: "disabled" });
  });
}

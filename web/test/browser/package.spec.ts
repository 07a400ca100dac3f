/** The widget out of its npm package, in the script of a website of somebody else. */
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { install } from "../packed";
import { put } from "./hosts";

test("a project that installs the package and imports it shows the widget", async ({ page }) => {
  const { folder } = install();
  const contents = 'import { NabijZoeker } from "nabij-zoeker"; document.title = NabijZoeker.version;';
  const { outputFiles } = await build({ stdin: { contents, resolveDir: folder }, bundle: true, format: "esm", write: false });
  rmSync(folder, { recursive: true });
  const [server, host] = [process.env["NABIJ_URL"]!, process.env["NABIJ_HOST"]!];
  const script = `<script type="module">${outputFiles[0]!.text}</script>`;
  await page.goto(await put(host, `<nabij-zoeker server="${server}" profile="proef" postcode="3011"></nabij-zoeker>${script}`));
  await expect(page.getByRole("listitem").first()).toBeVisible();
  await expect(page).toHaveTitle(/^\d+\.\d+\.\d+$/);
});

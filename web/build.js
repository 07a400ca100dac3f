// Bundles the scripts into dist/, which the server embeds when it is there, and the widget into package/ for npm.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { widgetWords } from "./widget-words.js";

const options = {
  bundle: true,
  minify: true,
  format: "esm",
  legalComments: "none",
  loader: { ".png": "empty" },
  logLevel: "warning",
};

await mkdir("dist", { recursive: true });
for (const name of await readdir("dist")) if (!name.startsWith(".")) await rm(`dist/${name}`);
await build({
  ...options,
  entryPoints: ["src/site.ts", "src/map.ts", "src/map.css", "src/widget/demo.ts"],
  entryNames: "[name]",
  outdir: "dist",
  target: "es2021",
});
await buildWidget();

/**
 * The widget as it moves on within its major version, and once more under its whole version, which never changes: what
 * was released stands in released/, and may not be built otherwise.
 */
async function buildWidget() {
  const manifest = JSON.parse(await readFile("src/widget/package.json", "utf8"));
  const words = widgetWords();
  await writeFile("src/widget/words.json", words);
  await build({
    ...options,
    entryPoints: ["src/widget/nabij-zoeker.ts"],
    outdir: "dist",
    target: "es2022",
    define: { VERSION: JSON.stringify(manifest.version) },
  });
  const script = await readFile("dist/nabij-zoeker.js");
  const whole = `nabij-zoeker-${manifest.version}.js`;
  await writeFile(`dist/${whole}`, script);
  for (const name of await readdir("released").catch(() => [])) {
    if (name === whole && !script.equals(await readFile(`released/${name}`))) {
      throw new Error(`${manifest.version} was released with other content; raise the version in src/widget/package.json`);
    }
    if (name.endsWith(".js")) await copyFile(`released/${name}`, `dist/${name}`);
  }
  await rm("package", { recursive: true, force: true });
  await mkdir("package");
  for (const name of ["package.json", "README.md", "nabij-zoeker.d.ts", "custom-elements.json"]) {
    await copyFile(`src/widget/${name}`, `package/${name}`);
  }
  await copyFile("../LICENSE", "package/LICENSE");
  await copyFile("dist/nabij-zoeker.js", "package/nabij-zoeker.js");
  const integrity = `sha384-${createHash("sha384").update(script).digest("base64")}`;
  console.log(`/widget/${manifest.version}/nabij-zoeker.js ${integrity} ${String(gzipSync(script).length)} bytes gz`);
}

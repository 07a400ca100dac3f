// Bundles the scripts into dist/, which the server embeds when it is there.
import { build } from "esbuild";
import { readdir, rm } from "node:fs/promises";

for (const name of await readdir("dist")) if (!name.startsWith(".")) await rm(`dist/${name}`);
await build({
  entryPoints: ["src/site.ts", "src/map.ts", "src/map.css"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2021",
  legalComments: "none",
  loader: { ".png": "empty" },
  logLevel: "warning",
});

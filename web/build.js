// Bundles the scripts into dist/, which the server embeds when it is there.
import { build } from "esbuild";
import { rm } from "node:fs/promises";

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/site.ts", "src/map.ts"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2021",
  legalComments: "none",
  loader: { ".png": "empty" },
  logLevel: "warning",
});

/** The widget as npm would get it: packed, and installed in an empty project. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Packs what `npm run build` made and installs it; gives the folder of the project and the names in the package. */
export function install(): { folder: string; names: string[] } {
  const source = resolve(import.meta.dirname, "../package");
  if (!existsSync(join(source, "nabij-zoeker.js"))) throw new Error(`${source} is not there; run npm run build first`);
  const folder = mkdtempSync(join(tmpdir(), "nabij-package-"));
  const npm = (...command: string[]) => execFileSync("npm", command, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [tarball] = JSON.parse(npm("pack", source, "--json")) as [{ filename: string; files: { path: string }[] }];
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  npm("install", `./${tarball.filename}`, "--offline", "--no-audit", "--no-fund");
  return { folder, names: tarball.files.map(({ path }) => path).sort() };
}

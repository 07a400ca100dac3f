/** The widget as an npm package: packed, installed in an empty project, understood there by bundler, compiler and catalogue. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { install } from "../packed";

let folder = "";
let names: string[] = [];

beforeAll(() => {
  ({ folder, names } = install());
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, "node_modules/nabij-zoeker", name), "utf8"));

test("the package holds what is published, and nothing else", () => {
  expect(names).toEqual(["LICENSE", "README.md", "custom-elements.json", "nabij-zoeker.d.ts", "nabij-zoeker.js", "package.json"]);
});

test("the manifest leads from the package to the element in it", () => {
  const about = read("package.json") as { customElements: string };
  const manifest = read(about.customElements) as {
    schemaVersion: string;
    modules: { path: string; exports: { kind: string; name: string; declaration: { name: string; module: string } }[] }[];
  };
  const [module] = manifest.modules;
  expect(manifest.schemaVersion).toBe("1.0.0");
  expect(existsSync(join(folder, "node_modules/nabij-zoeker", module!.path))).toBe(true);
  const defined = module!.exports.find(({ kind }) => kind === "custom-element-definition");
  expect(defined).toMatchObject({ name: "nabij-zoeker", declaration: { name: "NabijZoeker", module: module!.path } });
});

test("a bundler keeps it, though nothing of it is named", async () => {
  const contents = 'import "nabij-zoeker"; import manifest from "nabij-zoeker/custom-elements.json"; console.log(manifest.schemaVersion);';
  const { outputFiles } = await build({ stdin: { contents, resolveDir: folder }, bundle: true, format: "esm", write: false });
  expect(outputFiles[0]!.text).toContain("customElements.define");
});

test("importing it where there is no browser does nothing", () => {
  const program = 'import { NabijZoeker } from "nabij-zoeker"; console.log(NabijZoeker.version, typeof customElements);';
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: folder, encoding: "utf8" });
  const { version } = read("package.json") as { version: string };
  expect(said.trim()).toBe(`${version} undefined`);
});

test("its types say what the element and its events are", () => {
  const use = join(folder, "use.ts");
  writeFileSync(
    use,
    `import { NabijZoeker } from "nabij-zoeker";
    const element: NabijZoeker = document.createElement("nabij-zoeker");
    element.addEventListener("nabij-results", ({ detail }) => detail.total.toFixed());
    // @ts-expect-error a postcode is a text
    element.search(3011);`,
  );
  for (const [module, moduleResolution] of [
    [ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    [ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ] as const) {
    const options = { module, moduleResolution, strict: true, noEmit: true, types: [], lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
    const wrong = ts.getPreEmitDiagnostics(ts.createProgram([use], options));
    expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
  }
}, 60_000);

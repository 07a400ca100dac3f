import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rough, whereabouts } from "../../src/widget/postcode";
import { widgetWords } from "../../widget-words";

const source = (name: string) => readFileSync(new URL(`../../src/widget/${name}`, import.meta.url), "utf8");
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((found) => found[1]!))].sort();

test("a postcode is understood as people type and paste it", () => {
  for (const [typed, asked] of [
    ["3512ab", { postcode: "3512ab" }],
    [" 3512 AB ", { postcode: "3512AB" }],
    ["3512-AB", { postcode: "3512AB" }],
    ["3512", { postcode: "3512" }],
    ["3512 AB Utrecht", { postcode: "3512AB" }],
    ["3512 Utrecht", { postcode: "3512" }],
    ["35123", { postcode: "35123" }],
    ["3011 S", { postcode: "3011 S" }],
    ["Den Haag", { place: "Den Haag" }],
  ] as const) {
    expect(whereabouts(typed), typed).toEqual(asked);
  }
});

test("the page around us is told no letters of a postcode", () => {
  expect(["3512 AB", "3512", " 3512ab", "35", "Den Haag"].map(rough)).toEqual(["3512", "3512", "3512", "", "Den Haag"]);
});

test("the words are those of the pages", () => {
  expect(source("words.json")).toBe(widgetWords());
});

test("the manifest says what the element has, no more and no less", () => {
  const manifest = JSON.parse(source("custom-elements.json")) as {
    modules: [{ declarations: [Record<"attributes" | "cssParts" | "cssProperties" | "events", { name: string }[]>] }];
  };
  const [described] = manifest.modules[0].declarations;
  const names = (part: keyof typeof described) => described[part].map(({ name }) => name).sort();
  const element = source("nabij-zoeker.ts");
  const attributes = /observedAttributes = \[([^\]]*)\]/.exec(element)![1]!;
  expect(names("attributes")).toEqual(all(attributes, /"([a-z]+)"/g));
  expect(names("events")).toEqual(all(element, /tell\("([a-z]+)"/g).map((name) => `nabij-${name}`));
  const view = source("view.ts");
  const parts = [...all(view, /(?:element\(\s*(?:"[a-z0-9]+"|`[^`]*` as "h3"),|link\()\s*"([a-z]+)"/g), ...all(view, /"(?:time (open))"/g)];
  expect(names("cssParts")).toEqual([...new Set([...parts, "time"])].sort());
  expect(names("cssProperties")).toEqual(all(source("style.ts"), /var\((--nabij-[a-z-]+)/g));
  const guide = readFileSync(new URL("../../../docs/formats/widget.md", import.meta.url), "utf8");
  for (const part of ["attributes", "cssParts", "cssProperties", "events"] as const) {
    for (const name of names(part)) expect(guide, name).toContain(`\`${name}\``);
  }
});

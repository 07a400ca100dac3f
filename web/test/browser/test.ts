import { test as base, expect, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";

/** Every test visits our server and nobody else's, and leaves no cookie. */
export const test = base.extend<{ alone: undefined }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern
  baseURL: async ({}, use) => {
    await use(process.env["NABIJ_URL"]);
  },
  alone: [
    async ({ page, context, baseURL }, use) => {
      const foreign: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(baseURL!) && !request.url().startsWith("data:")) foreign.push(request.url());
      });
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(undefined);
      expect(foreign, "requests to others").toEqual([]);
      expect(complaints, "errors in the console").toEqual([]);
      expect(await context.cookies(), "cookies").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 A and AA and good practice: rule and element. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    () => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}

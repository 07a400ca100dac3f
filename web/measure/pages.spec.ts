/** How heavy and how fast the pages are. Run by `make measure`, against the release build; the tests do not depend on it. */
import type { Page } from "@playwright/test";
import { performance } from "node:perf_hooks";
import { expect, test } from "../test/browser/test";

const results = "/zoek?postcode=3011AD";

/** Bytes over the wire by address, compressed, with their headers. */
async function weigh(page: Page, path: string): Promise<Map<string, number>> {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const addresses = new Map<string, string>();
  const bytes = new Map<string, number>();
  client.on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId);
    if (address) bytes.set(new URL(address).pathname, encodedDataLength);
  });
  await page.goto(path, { waitUntil: "networkidle" });
  return bytes;
}

function report(what: string, bytes: Map<string, number>): number {
  const total = [...bytes.values()].reduce((sum, each) => sum + each, 0);
  console.log(`${what}: ${(total / 1000).toFixed(1)} kB in ${String(bytes.size)} requests`);
  for (const [path, each] of bytes) console.log(`    ${(each / 1000).toFixed(1)} kB  ${path}`);
  return total;
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the first page of results is light", async ({ page }) => {
    expect(report("results on a phone", await weigh(page, results))).toBeLessThan(30_000);
  });

  test("the start is light", async ({ page }) => {
    expect(report("start on a phone", await weigh(page, "/"))).toBeLessThan(30_000);
  });

  test("a slow phone on slow 3G shows the list within two seconds", async ({ page }) => {
    const client = await page.context().newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(results);
    // The page can be loaded before it is painted.
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    const shown = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    );
    console.log(`first list visible, CPU 4 times slower, 400 ms and 400 kbit/s: ${shown.toFixed(0)} ms`);
    expect(shown).toBeLessThan(2_000);
  });
});

test("with the map a page is still bearable", async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  expect(report("results with the map", await weigh(page, results))).toBeLessThan(110_000);
});

test("the server answers at once", async ({ request }) => {
  const times: number[] = [];
  for (let at = 0; at < 400; at++) {
    const path = `/zoek?postcode=${String(1011 + ((at * 37) % 8900))}`;
    const before = performance.now();
    const answer = await request.get(path);
    await answer.body();
    if (answer.ok()) times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(1) ?? "?";
  console.log(`results as a client sees them, ${String(times.length)} postcodes: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
});

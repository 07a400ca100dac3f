/** The widget in pages of others: hostile, strict, without scripts, with the server away. */
import { test as base, expect, type Page } from "@playwright/test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Front, openHost, put } from "./hosts";
import { proef } from "./profiles";
import { axeFindings } from "./test";

/** The website that the profiles name. */
const host = process.env["NABIJ_HOST"] ?? "";

const test = base.extend<{ front: Front; complaints: string[] }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern
  front: async ({}, use) => {
    const front = await new Front(process.env["NABIJ_URL"]!).start();
    await use(front);
    await front.stop();
  },
  complaints: [
    async ({ page, context }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(complaints);
      expect(await context.cookies(), "cookies").toEqual([]);
    },
    { auto: true },
  ],
});

const script = ({ origin }: Front) => `<script type="module" src="${origin}/widget/1/nabij-zoeker.js"></script>`;
const widget = ({ origin }: Front, attributes = 'profile="proef"') =>
  `<nabij-zoeker ${attributes}><form action="${origin}/zoek"><label>Wat is je postcode? <input name="postcode"></label> <button>Zoek</button></form></nabij-zoeker>`;

async function search(page: Page, typed: string): Promise<void> {
  await page.getByRole("textbox", { name: "Wat is je postcode?" }).fill(typed);
  await page.getByRole("button", { name: "Zoek", exact: true }).click();
}

test("a visitor finds what is near, and only our server is asked", async ({ page, front, complaints }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  await page.goto(await put(host, script(front) + widget(front)));
  await search(page, "3011 ad");
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(/^\d+ plekken bij 3011 AD$/);
  const items = page.getByRole("listitem");
  await expect(items).toHaveCount(4);
  await expect(items.first()).toContainText(/meter|kilometer/);
  await expect(items.first().getByRole("link")).toHaveAttribute("href", new RegExp(`^${front.origin}/v/proef/plek/.+postcode=3011`));
  await expect(page.getByRole("link", { name: "Bekijk alle plekken" })).toHaveAttribute("href", /\/v\/proef\/zoek\?postcode=3011\+ad$/);
  await expect(page.getByRole("group", { name: proef.name })).toBeVisible();
  expect(new Set(asked)).toEqual(new Set([host, front.origin]));
  for (const request of front.questions) {
    expect(request.headers["cookie"]).toBeUndefined();
    expect(request.headers["referer"]).toBeUndefined();
    expect(request.headers.origin).toBe(host);
    expect(request.headers.authorization).toBeUndefined();
  }
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test("the keyboard is enough, and a screen reader is told", async ({ page, front }) => {
  await page.goto(await put(host, script(front) + widget(front)));
  await page.getByRole("group").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("3011");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText(/plekken bij 3011/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName);
  expect(focused).toBe("A");
});

test("what is typed wrong is said, in the field's own words", async ({ page, front, complaints }) => {
  await page.goto(await put(host, script(front) + widget(front)));
  const field = page.getByRole("textbox", { name: "Wat is je postcode?" });
  for (const [typed, words] of [
    ["", "Vul je postcode in."],
    ["3011 S", "Dit is geen postcode."],
    ["1001 AA", "Wij kennen deze postcode niet."],
    ["Nergenshuizen", "Wij kennen deze plaats niet."],
    ["Beek", "Er zijn meer plaatsen met deze naam."],
  ] as const) {
    await search(page, typed);
    await expect(field).toHaveAccessibleDescription(new RegExp(words));
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
  }
  expect(await axeFindings(page)).toEqual([]);
  await search(page, "Sneek");
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(/bij Sneek/);
  await expect(field).not.toHaveAttribute("aria-invalid");
  await expect(field).toHaveAccessibleDescription("4 cijfers en 2 letters. Zoals 3512 AB.");
  // Chromium itself reports each answer with status 400.
  expect(complaints.filter((text) => !text.includes("status of 400"))).toEqual([]);
});

test("the style of a hostile page does not come in, and ours does not go out", async ({ page, front }) => {
  const hostile = `<style>
    * { font-size: 3px !important; color: yellow !important; background: yellow !important; }
    * { text-transform: uppercase; letter-spacing: 1em; line-height: 0; direction: rtl; visibility: hidden; text-align: right; word-spacing: 2em }
    body { font: 60px/1 fantasy } input, button, a, p, li, h3 { display: none !important } :root { --accent: red; --ink: red }
  </style>`;
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(await put(host, `<p id="own">eigen</p>${script(front)}${widget(front)}`, { head: hostile }));
  await search(page, "3011");
  const link = page.getByRole("listitem").first().getByRole("link");
  await expect(link).toBeVisible();
  const look = await link.evaluate((element) => {
    const { color, textTransform, letterSpacing, visibility, direction } = getComputedStyle(element);
    return { color, textTransform, letterSpacing, visibility, direction };
  });
  expect(look).toEqual({ color: "rgb(122, 31, 92)", textTransform: "none", letterSpacing: "normal", visibility: "visible", direction: "ltr" });
  const size = await page.locator("input[part=input]").evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThanOrEqual(16);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await page.locator("#own").evaluate((element) => getComputedStyle(element).display)).toBe("none");
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
});

test("the strictest policy lets it work, with the hash of a version that never changes", async ({ page, front, complaints }) => {
  const { version } = JSON.parse(readFileSync(new URL("../../src/widget/package.json", import.meta.url), "utf8")) as { version: string };
  const address = `${front.origin}/widget/${version}/nabij-zoeker.js`;
  const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
  const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  const policy = `default-src 'none'; script-src ${front.origin}; connect-src ${front.origin}; form-action ${front.origin}; base-uri 'none'; require-trusted-types-for 'script'`;
  const tag = `<script type="module" crossorigin integrity="${integrity}" src="${address}"></script>`;
  await page.goto(await put(host, tag + widget(front), { headers: { "content-security-policy": policy } }));
  await search(page, "3011");
  await expect(page.getByRole("listitem")).toHaveCount(4);
  // The colours of the profile are there too, without inline style.
  await expect(page.getByRole("button", { name: "Zoek", exact: true })).toHaveCSS("background-color", "rgb(122, 31, 92)");
  expect(complaints).toEqual([]);
});

test("a wrong hash, or a script that does not come, leaves the form", async ({ page, front }) => {
  const wrong = `<script type="module" crossorigin integrity="sha384-AAAA" src="${front.origin}/widget/1.0.0/nabij-zoeker.js"></script>`;
  await page.goto(await put(host, wrong + widget(front)));
  await search(page, "3011");
  await expect(page).toHaveURL(`${front.origin}/zoek?postcode=3011`);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the form in the element leads to the site", async ({ page, front }) => {
    await page.goto(await put(host, script(front) + widget(front)));
    await search(page, "3011");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/plekken bij 3011/);
  });
});

test("two profiles on one page keep apart", async ({ page, front }) => {
  const two = widget(front, 'profile="proef" postcode="3011"') + widget(front, 'profile="ander" postcode="1012" limit="2" theme="language"');
  await page.goto(await put(host, script(front) + script(front) + two));
  const [first, second] = [page.getByRole("group", { name: proef.name }), page.getByRole("group", { name: "Bibliotheek Ander" })];
  await expect(first.getByRole("heading", { level: 3 })).toHaveText(/bij 3011/);
  await expect(second.getByRole("heading", { level: 3 })).toHaveText(/bij 1012/);
  await expect(first.getByRole("listitem")).toHaveCount(4);
  await expect(second.getByRole("listitem")).toHaveCount(2);
  await expect(first.getByRole("button")).toHaveCSS("background-color", "rgb(122, 31, 92)");
  await expect(second.getByRole("button")).toHaveCSS("background-color", "rgb(11, 79, 138)");
  await expect(second.getByRole("link", { name: "Bekijk alle plekken" })).toHaveAttribute("href", /theme=language/);
  expect(await axeFindings(page)).toEqual([]);
});

test("a page from right to left keeps its own direction, and the widget that of its language", async ({ page, front }) => {
  const both = widget(front, 'profile="proef" postcode="3011"') + widget(front, 'profile="ander" lang="ar" postcode="3011"');
  await page.goto(await put(host, script(front) + both, { attributes: 'lang="ar" dir="rtl"' }));
  await expect(page.getByRole("listitem")).toHaveCount(8);
  await expect(page.getByRole("group").first()).toHaveCSS("direction", "ltr");
  const arabic = page.getByRole("group").last();
  await expect(arabic).toHaveCSS("direction", "rtl");
  await expect(arabic.getByRole("button")).toHaveText("ابحث");
  await expect(arabic.getByRole("listitem").first().getByRole("link")).toHaveAttribute("lang", "nl");
  expect(await axeFindings(page)).toEqual([]);
});

test("in a page that is one application it mounts and unmounts a hundred times, and leaves nothing", async ({ page, front, complaints }) => {
  await page.goto(await put(host, `<div id="app"></div>${script(front)}`));
  await page.evaluate(() => customElements.whenDefined("nabij-zoeker").then(() => undefined));
  const client = await page.context().newCDPSession(page);
  const rounds = async (count: number): Promise<number> =>
    page.evaluate(async (count) => {
      const app = document.querySelector("#app")!;
      const world = globalThis as unknown as { gone: WeakRef<Element>[] };
      world.gone = [];
      for (let round = 0; round < count; round++) {
        const zoeker = document.createElement("nabij-zoeker");
        zoeker.setAttribute("profile", "proef");
        zoeker.setAttribute("postcode", "3011");
        app.append(zoeker);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        // Some are moved, some change, some are taken out in the midst of their work.
        if (round % 3 === 0) app.prepend(zoeker);
        if (round % 5 === 0) zoeker.setAttribute("lang", "ar");
        world.gone.push(new WeakRef(zoeker));
        zoeker.remove();
      }
      return app.childElementCount;
    }, count);
  const counted = async () => {
    await page.waitForTimeout(300);
    await client.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners } = await client.send("Memory.getDOMCounters");
    return { nodes, jsEventListeners };
  };
  await rounds(10);
  const before = await counted();
  expect(await rounds(100)).toBe(0);
  const after = await counted();
  const alive = await page.evaluate(() => (globalThis as unknown as { gone: WeakRef<Element>[] }).gone.filter((ref) => ref.deref()).length);
  expect(alive).toBeLessThanOrEqual(1);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes + 60);
  expect(after.jsEventListeners).toBeLessThanOrEqual(before.jsEventListeners + 5);
  expect(complaints).toEqual([]);
});

test("a postcode outside the region of the library leads to the national search", async ({ page, front }) => {
  await page.goto(await put(host, script(front) + widget(front, 'profile="streek" postcode="9711"')));
  await expect(page.getByRole("link", { name: "Zoek in heel Nederland" })).toHaveAttribute("href", proef.national);
  await search(page, "3011");
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(/bij 3011/);
  await expect(page.getByRole("link", { name: "Zoek in heel Nederland" })).toHaveCount(0);
});

test("nothing is asked before it is in sight", async ({ page, front }) => {
  await page.goto(await put(host, `<div id="tall"></div>${script(front)}${widget(front, 'profile="proef" postcode="3011"')}`, { head: "<style>#tall { height: 5000px }</style>" }));
  await page.getByRole("group").waitFor({ state: "attached" });
  await page.waitForTimeout(500);
  expect(front.questions).toHaveLength(0);
  await page.getByRole("textbox", { name: "Wat is je postcode?" }).scrollIntoViewIfNeeded();
  await expect(page.getByRole("listitem")).toHaveCount(4);
});

test("the server goes away and comes back", async ({ page, front }) => {
  await page.clock.install();
  await page.goto(await put(host, script(front) + widget(front)));
  await expect(page.getByRole("group", { name: proef.name })).toBeVisible();
  await front.stop();
  await search(page, "3011");
  await expect(page.getByRole("status")).toHaveText("We zoeken.");
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(page.getByRole("status")).toHaveText("Het zoeken lukt nu niet.");
  await expect(page.getByRole("link", { name: "Ga naar de website" })).toHaveAttribute("href", /\/v\/proef\/zoek\?postcode=3011$/);
  await expect(page.getByRole("link", { name: proef.phone })).toHaveAttribute("href", "tel:0183123456");
  expect(await axeFindings(page)).toEqual([]);
  await front.start();
  // By itself, after a while.
  for (let second = 0; second < 40; second++) await page.clock.runFor(1_000);
  await expect(page.getByRole("listitem")).toHaveCount(4);
  await front.stop();
  await search(page, "1012");
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await front.start();
  await page.getByRole("button", { name: "Probeer het nog een keer" }).click();
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(/bij 1012/);
});

test("an answer that never ends, or is nonsense, is a server that is away", async ({ page, front }) => {
  await page.clock.install();
  await page.goto(await put(host, script(front) + widget(front)));
  await page.getByRole("group", { name: proef.name }).waitFor();
  front.answer = (request, response) => {
    if (!request.url?.startsWith("/v1/offerings")) return false;
    if (front.asked.length % 2 === 0) response.writeHead(200, { "access-control-allow-origin": "*" }).end("<html>");
    return true;
  };
  await search(page, "3011");
  for (let second = 0; second < 60; second++) await page.clock.runFor(1_000);
  await expect(page.getByRole("status")).toHaveText("Het zoeken lukt nu niet.");
});

test("off line it says so, and searches when the browser is on line again", async ({ page, front, context }) => {
  await page.clock.install();
  await page.goto(await put(host, script(front) + widget(front)));
  await page.getByRole("group", { name: proef.name }).waitFor();
  await context.setOffline(true);
  await search(page, "3011");
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(page.getByRole("status")).toHaveText("Het zoeken lukt nu niet.");
  await context.setOffline(false);
  await expect(page.getByRole("listitem")).toHaveCount(4);
});

test("a licence that is over is polite to residents and clear to the editor", async ({ page, front }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(await put(host, `<script>addEventListener("nabij-error", (event) => { globalThis.refusal = event.detail })</script>${script(front)}${widget(front, 'profile="voorbij"')}`));
  await expect(page.getByRole("status")).toHaveText("Hier kun je nu niet zoeken.");
  await expect(page.getByRole("link", { name: "Zoek in heel Nederland" })).toHaveAttribute("href", proef.national);
  await expect(page.getByRole("button")).toHaveCount(0);
  const refusal = await page.evaluate(() => (globalThis as unknown as { refusal: Record<string, string> }).refusal);
  expect(refusal).toMatchObject({ kind: "refused", status: 403 });
  expect(refusal["type"]).toMatch(/^\/v1\/problems\//);
  expect(said.join("\n")).toContain(`nabij-zoeker: ${refusal["detail"]!}`);
  expect(refusal["detail"]).toContain("De licentie is afgelopen");
  expect(await axeFindings(page)).toEqual([]);
});

test("a website that the profile does not name gets a text and a link", async ({ page, front }) => {
  await page.clock.install();
  const stranger = await openHost();
  await page.goto(await put(stranger.origin, script(front) + widget(front)));
  await search(page, "3011");
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(page.getByRole("status")).toHaveText("Het zoeken lukt nu niet.");
  await expect(page.getByRole("link", { name: "Ga naar de website" })).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(0);
  await stranger.stop();
});

test("the page around it hears what happens, without the letters of a postcode", async ({ page, front }) => {
  const listen = `<script>globalThis.heard = []; for (const name of ["search", "results", "error"]) addEventListener("nabij-" + name, (event) => heard.push([name, event.detail]))</script>`;
  await page.goto(await put(host, listen + script(front) + widget(front, 'profile="proef" theme="language, digital"')));
  await search(page, "3011 AD");
  await expect(page.getByRole("listitem")).toHaveCount(4);
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: [string, unknown][] }).heard);
  expect(heard).toEqual([
    ["search", { postcode: "3011", themes: "language,digital" }],
    ["results", { total: expect.any(Number) as unknown, shown: 4 }],
  ]);
});

test("attributes that change are followed, and nonsense in them is passed over", async ({ page, front, complaints }) => {
  await page.goto(await put(host, script(front) + widget(front, 'profile="proef" postcode="3011" limit="-3" level="99" lang="xx" server="http://"')));
  await expect(page.getByRole("heading", { level: 6 })).toHaveText(/bij 3011/);
  await page.locator("nabij-zoeker").evaluate((zoeker) => {
    for (const [name, value] of [["limit", "2"], ["lang", "en"], ["level", "4"], ["postcode", "1012"]] as const) zoeker.setAttribute(name, value);
  });
  await expect(page.getByRole("heading", { level: 4 })).toHaveText(/1012/);
  await expect(page.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Search", exact: true })).toBeVisible();
  await page.locator("nabij-zoeker").evaluate((zoeker) => { (zoeker as HTMLElement & { search(typed: string): void }).search("Sneek"); });
  await expect(page.getByRole("heading", { level: 4 })).toHaveText(/Sneek/);
  expect(complaints).toEqual([]);
});

test("what hostile data holds is shown, and never run", async ({ page, front }) => {
  let dialogs = 0;
  page.on("dialog", () => dialogs++);
  await page.goto(await put(host, script(front) + widget(front, 'profile="proef" postcode="8881 BB" limit="20"')));
  await expect(page.getByRole("list")).toContainText("<script>alert(1)</script>");
  expect(dialogs).toBe(0);
});

test("every language, narrow and wide, without a finding of axe", async ({ page, front }) => {
  for (const lang of ["nl", "en", "ar", "tr", "pl", "uk", "fr"]) {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(await put(host, script(front) + widget(front, `profile="proef" postcode="3011" lang="${lang}"`)));
    await expect(page.getByRole("listitem")).toHaveCount(4);
    expect(await axeFindings(page), lang).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), lang).toBeLessThanOrEqual(320);
  }
  await page.setViewportSize({ width: 1000, height: 700 });
  const boxes = await page.getByRole("listitem").evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top));
  expect(boxes[0]).toBe(boxes[1]);
});

test("the script is light", async ({ front }) => {
  const answer = await fetch(`${front.origin}/widget/1/nabij-zoeker.js`);
  const { gzipSync } = await import("node:zlib");
  expect(gzipSync(Buffer.from(await answer.arrayBuffer())).length).toBeLessThanOrEqual(10_000);
});

test("a web editor tries it on our own page", async ({ page, baseURL, complaints }) => {
  await page.goto(`${baseURL ?? process.env["NABIJ_URL"]!}/widget`);
  await expect(page.getByRole("listitem")).toHaveCount(4);
  await page.getByLabel("Hoeveel plekken").selectOption("2");
  await page.getByLabel("Taal van de woorden").selectOption("en");
  await page.getByLabel("Kleur van knoppen en links").fill("#ffee00");
  await expect(page.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByText("Deze kleur is te licht")).toBeVisible();
  await expect(page.locator("#code")).toContainText('limit="2" lang="en"');
  await page.getByLabel("Kleur van knoppen en links").fill("#7a1f5c");
  await expect(page.getByRole("button", { name: "Search", exact: true })).toHaveCSS("background-color", "rgb(122, 31, 92)");
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

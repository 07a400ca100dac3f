/** What holds for every page in every language: accessible, valid, narrow, and whole without a script. */
import { HtmlValidate } from "html-validate";
import { axeFindings, expect, test } from "./test";

const languages = ["nl", "en", "ar", "tr", "pl", "uk", "fr"];

const pages: Record<string, string> = {
  start: "/?",
  mistake: "/zoek?postcode=3011S",
  "which place": "/zoek?postcode=Beek",
  "about what": "/kies?",
  "what do you want": "/kies?theme=language",
  "where do you live": "/kies?theme=language&kind=any",
  "place picker": "/plaats?begin=ber",
  results: "/zoek?postcode=3011AD&theme=language&list=voorbeeld-0000001",
  "second page of results": "/zoek?postcode=3011&page=2",
  nothing: "/zoek?postcode=8899AA&within=1",
  "hostile results": "/zoek?postcode=8881BB&within=1",
  place: "/plek/voorbeeld-0000001?postcode=3011AD",
  "hostile place": "/plek/vijand-1?",
  "place with a strange identifier": "/plek/vijand%2F2%20%3F%26%23%25?",
  "place with next to nothing": "/plek/vijand-3?",
  card: "/plek/voorbeeld-0000001/kaartje?",
  "hostile card": "/plek/vijand-1/kaartje?",
  correction: "/plek/voorbeeld-0000001/meld?",
  list: "/lijst?list=voorbeeld-0000001&list=vijand-1",
  "empty list": "/lijst?",
  missing: "/er-is-niets?",
  statement: "/toegankelijkheid?",
  privacy: "/privacy?",
  "coverage by province": "/analyse/dekking?level=provincie&sort=5&order=desc",
  "coverage by postcode": "/analyse/dekking?theme=language&kind=formal&within=1&level=postcode&page=2",
};

const validate = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Our templates leave white space where something optional is absent.
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "error",
    // Checkboxes of a group share their name.
    "form-dup-name": "off",
    // Long titles belong to others.
    "long-title": "off",
  },
});

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: accessible, valid and narrow in every language`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of languages) {
      const answer = await page.goto(`${path}&lang=${language}`);
      expect(await axeFindings(page), `axe in ${language}`).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `width in ${language}`).toBeLessThanOrEqual(320);
      const report = await validate.validateString((await answer?.text()) ?? "");
      const errors = report.results.flatMap((result) =>
        result.messages.map((message) => `${message.ruleId} ${String(message.line)}: ${message.message}`),
      );
      expect(errors, `html in ${language}`).toEqual([]);
    }
  });
}

// The intake takes markup out, three layers deep; this is what is under the third.
test("what hostile data holds is shown, and never run", async ({ page }) => {
  let dialogs = 0;
  page.on("dialog", () => dialogs++);
  for (const path of ["/zoek?postcode=8881BB&within=1", "/plek/vijand-1", "/plek/vijand-1/kaartje", "/lijst?list=vijand-1"]) {
    await page.goto(path);
    await expect(page.locator("main")).toContainText("<script>alert(1)</script>");
    await expect(page.locator("main img:not(.map-frame img), main script, main b, main u")).toHaveCount(0);
  }
  expect(dialogs).toBe(0);
});

test("on a wide screen axe finds nothing either, map included", async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  for (const language of ["nl", "ar"]) {
    await page.goto(`/zoek?postcode=3011AD&lang=${language}`);
    await page.locator(".leaflet-marker-pane .pin").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  }
});

test("nothing jumps while a page loads", async ({ page }) => {
  for (const size of [{ width: 390, height: 844 }, { width: 1400, height: 900 }]) {
    await page.setViewportSize(size);
    for (const path of ["/", "/zoek?postcode=3011AD", "/plek/voorbeeld-0000001"]) {
      await page.goto(path, { waitUntil: "networkidle" });
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => { resolve(sum); }, 200);
          }),
      );
      expect(shift, `${path} at ${String(size.width)}`).toBeLessThan(0.02);
    }
  }
});

test("forced colours and a preference for less motion are heeded", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.goto("/zoek?postcode=3011AD");
  expect(await axeFindings(page)).toEqual([]);
  const behaviour = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
  expect(behaviour).toBe("auto");
});

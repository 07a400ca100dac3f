/** What residents and volunteers come to do, from beginning to end. */
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { expect, test } from "./test";

const phone = { width: 390, height: 844 };
test.use({ viewport: phone });

test.describe("a resident with a phone", () => {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
      test.use({ javaScriptEnabled });

      test("finds what is near and how to get there", async ({ page }) => {
        await page.goto("/");
        await page.getByLabel("Wat is je postcode?").fill("3011 ad");
        await page.getByRole("button", { name: "Zoek", exact: true }).click();
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d+ plekken bij 3011 AD$/);
        const first = page.locator("ol .card").first();
        await expect(first).toContainText(/\d+ meter|kilometer/);
        const title = await first.getByRole("heading").getByRole("link").innerText();
        await first.getByRole("heading").getByRole("link").click();
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
        for (const question of ["Wat doe je hier?", "Wanneer?", "Waar?", "Wat kost het?", "Hoe begin je?"]) {
          await expect(page.getByRole("heading", { name: question })).toBeVisible();
        }
        await expect(page.getByRole("link", { name: /^Bel / })).toHaveAttribute("href", /^tel:\d+$/);
        await page.getByRole("link", { name: "Terug naar de lijst" }).click();
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/plekken bij 3011 AD/);
      });

      test("chooses by pictures, a page a question", async ({ page }) => {
        await page.goto("/");
        await expect(page.locator(".pictures a")).toHaveCount(8);
        await page.getByRole("link", { name: "Taal", exact: true }).click();
        await page.getByRole("link", { name: /^Samen iets doen/ }).click();
        await page.getByLabel("Wat is je postcode?").fill("3011AD");
        await page.getByRole("button", { name: "Zoek", exact: true }).click();
        await expect(page).toHaveURL(/theme=language/);
        await expect(page).toHaveURL(/kind=informal/);
        await expect(page.locator(".chips")).toContainText("Samen iets doen");
      });

      test("filters, and takes a filter away", async ({ page }) => {
        await page.goto("/zoek?postcode=3011AD");
        const all = await count(page.locator("h1"));
        await page.getByText("Kies wat je zoekt").click();
        const taal = page.getByRole("checkbox", { name: /^Taal/ });
        const promised = Number(/\((\d+)\)/.exec(await page.locator("label", { has: taal }).innerText())?.[1]);
        await taal.check();
        await page.getByRole("button", { name: "Laat zien" }).click();
        expect(await count(page.locator("h1"))).toBe(promised);
        expect(promised).toBeLessThan(all);
        await page.getByRole("link", { name: /Taal/ }).first().click();
        expect(await count(page.locator("h1"))).toBe(all);
      });

      test("chooses what suits him: free, and in the evening", async ({ page }) => {
        await page.goto("/zoek?postcode=3011AD");
        await page.getByText("Kies wat je zoekt").click();
        await page.getByRole("checkbox", { name: /^Gratis/ }).check();
        await page.getByRole("checkbox", { name: /^In de avond/ }).check();
        await page.getByRole("button", { name: "Laat zien" }).click();
        await expect(page.locator("ol .card").first()).toContainText("Gratis");
        for (const card of await page.locator("ol .card").all()) await expect(card).toContainText("Gratis");
        await expect(page.locator(".chips li")).toHaveCount(3);
      });

      test("reads page after page, and the numbers go on", async ({ page }) => {
        await page.goto("/zoek?postcode=3011AD");
        await page.getByRole("link", { name: "Meer plekken" }).click();
        await expect(page.locator("ol.results")).toHaveAttribute("start", "11");
        await expect(page.locator("ol .card h3").first()).toHaveAttribute("data-number", "11");
        await page.getByRole("link", { name: "Vorige plekken" }).click();
        await expect(page.locator("ol .card h3").first()).toHaveAttribute("data-number", "1");
      });

      test("finds nothing, and looks further", async ({ page }) => {
        await page.goto("/zoek?postcode=8899AA&within=1");
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("We vinden niets binnen 1 kilometer");
        await page.getByRole("link", { name: "Zoek binnen 50 kilometer" }).click();
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/plek/);
        await page.goto("/zoek?postcode=8899AA&theme=law");
        await expect(page.locator("main")).toContainText(/We zoeken nu tot|We vinden niets/);
      });
    });
  }

  test("does not know the postcode and chooses a town", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: /Kies je plaats/ }).click();
    await page.getByLabel("Hoe heet je stad of dorp?").fill("snits");
    await page.getByRole("button", { name: "Zoek de plaats" }).click();
    await page.getByRole("link", { name: /^Sneek/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/bij Sneek/);
  });

  test("searches from where he is, and only four digits leave the phone", async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 51.92034, longitude: 4.48712 });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
    await page.goto("/");
    await page.getByRole("button", { name: "Zoek waar ik nu ben" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/plekken bij 3011/);
    expect(asked.filter((url) => /51[.,]9203|4[.,]487/.test(url))).toEqual([]);
  });

  test("is told what is wrong with a postcode", async ({ page }) => {
    for (const [typed, words] of [
      ["", "Vul je postcode in."],
      ["3011 S", "Dit is geen postcode."],
      ["1001 AA", "Wij kennen deze postcode niet."],
      ["Nergenshuizen", "Wij kennen deze plaats niet."],
    ] as const) {
      await page.goto("/");
      await page.getByLabel("Wat is je postcode?").fill(typed);
      await page.getByRole("button", { name: "Zoek", exact: true }).click();
      await expect(page.locator("#postcode-error")).toContainText(words);
      await expect(page).toHaveTitle(/^Fout: /);
      await expect(page.getByLabel("Wat is je postcode?")).toBeFocused();
      await expect(page.getByLabel("Wat is je postcode?")).toHaveValue(typed);
    }
    await page.goto("/zoek?postcode=Beek");
    await page.getByRole("link", { name: "Beek (Limburg)" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/bij Beek/);
  });

  test("changes the language, and Arabic runs from right to left", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD&theme=language");
    await page.locator(".languages summary").click();
    await page.getByRole("link", { name: "العربية" }).click();
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page).toHaveURL(/theme=language/);
    const title = page.locator("ol .card h3 a").first();
    await expect(title).toHaveAttribute("lang", "nl");
    await title.click();
    await expect(page.locator("html")).toHaveAttribute("lang", "ar");
    await expect(page.getByText("هذا النص باللغة الهولندية.")).toBeVisible();
  });

  test("tells what is wrong, and need not say who", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD");
    await page.locator("ol .card h3 a").first().click();
    await page.getByRole("link", { name: /Klopt iets niet/ }).click();
    await page.getByRole("button", { name: "Stuur op" }).click();
    await expect(page.locator(".error")).toHaveText("Schrijf op wat er niet klopt.");
    await page.getByLabel("Wat klopt er niet?").fill("De tijd is anders.");
    await page.getByRole("button", { name: "Stuur op" }).click();
    await expect(page.getByRole("status")).toContainText("Dank je wel.");
  });

  test("shares the list with four digits only", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/zoek?postcode=3011AD&theme=language&list=a");
    await page.getByRole("link", { name: "Stuur deze lijst door" }).click();
    await expect(page.locator(".share [role=status]")).toContainText("De link staat klaar.");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(copied).search).toBe("?postcode=3011&theme=language");
  });

  test("has the text read aloud by a voice of his own browser", async ({ page }) => {
    await page.addInitScript(voices, [
      { lang: "en-GB", localService: true },
      { lang: "nl-NL", localService: true },
    ]);
    await page.goto("/plek/voorbeeld-0000001");
    const title = await page.getByRole("heading", { level: 1 }).innerText();
    await page.getByRole("button", { name: "Lees voor" }).click();
    const spoken = () => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken);
    expect((await spoken())[0]).toContain(`nl-NL ${title}. `);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.getByRole("button", { name: "Lees voor" })).toBeVisible();
    expect(await spoken()).toHaveLength(1);
  });

  test("sees no button to read aloud without a Dutch voice of his own browser", async ({ page }) => {
    await page.addInitScript(voices, [
      { lang: "en-GB", localService: true },
      // A voice that sends the text elsewhere.
      { lang: "nl-NL", localService: false },
    ]);
    await page.goto("/plek/voorbeeld-0000001");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("#read")).toBeHidden();
  });

  test("puts the next times in the calendar", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD");
    await page.locator("ol .card h3 a").first().click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Zet in je agenda" }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe("agenda.ics");
    const text = (await (await download.createReadStream()).toArray()).join("");
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(text).toMatch(/DTSTART:\d{8}T\d{6}Z/);
  });
});

test.describe("a volunteer at the desk", () => {
  test.use({ viewport: { width: 1360, height: 900 } });

  test("opens the map, whose pins are the numbers of the list", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD");
    const pins = page.locator(".leaflet-marker-pane .pin");
    await expect(pins.first()).toBeVisible();
    const shown = (await pins.evaluateAll((all) => all.map((pin) => pin.getAttribute("title") ?? "")))
      .flatMap((title) => title.replace(/^\D+/, "").split(", ").map(Number))
      .sort((a, b) => a - b);
    expect(shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const single = page.locator(".pin:not(.pin-wide)").first();
    const number = await single.innerText();
    await single.click();
    await expect(page.locator(`#plek-${number} h3 a`)).toBeFocused();
  });

  test("comes past everything with the tab key, and out again", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD");
    await page.locator(".leaflet-control-zoom-in").waitFor();
    const seen = new Set<string>();
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press("Tab");
      const where = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "out";
        return element.className + element.textContent.trim().slice(0, 40);
      });
      if (where === "out") break;
      seen.add(where);
    }
    const all = [...seen].join("\n");
    for (const part of ["Naar de inhoud", "Laat zien", "leaflet-control-zoom-out", "Meer plekken", "Toegankelijkheid"]) {
      expect(all).toContain(part);
    }
  });

  test("prints a card with a code that a telephone reads", async ({ page, baseURL }) => {
    await page.goto("/zoek?postcode=3011AD");
    await page.locator("ol .card h3 a").first().click();
    const place = new URL(page.url()).pathname;
    await page.getByRole("link", { name: "Print een kaartje" }).click();
    for (const line of ["Vraag naar:", "Jouw afspraak:", "Van wie:", "Samen gebeld?"]) {
      await expect(page.getByText(line)).toBeVisible();
    }
    const image = PNG.sync.read(await page.locator(".code svg").screenshot());
    const code = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
    expect(code?.data).toMatch(new RegExp(`^${baseURL!}/p/[0-9a-z]{7}$`));
    expect((await page.request.get(code!.data)).url()).toBe(`${baseURL!}${place}`);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("header.top")).toBeHidden();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
      Math.round(Number(width)),
      Math.round(Number(height)),
    ]);
    // One page of A5, in points.
    expect(sizes).toEqual([[420, 595]]);
  });

  test("puts together a list of five, and no more", async ({ page }) => {
    await page.goto("/zoek?postcode=3011AD");
    for (let number = 1; number <= 5; number++) {
      await page.locator("ol .card .add").first().click();
      await expect(page.locator(".own-list")).toHaveText(`Mijn lijst (${String(number)})`);
    }
    await expect(page.locator(".add")).toHaveCount(0);
    await page.locator(".own-list").click();
    await expect(page.locator(".entries > li")).toHaveCount(5);
    await page.getByRole("link", { name: /^Haal weg/ }).first().click();
    await expect(page.locator(".entries > li")).toHaveCount(4);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText("Haal weg").first()).toBeHidden();
  });
});

/** Stands in for the voices of a browser, which Chromium without a screen has none of. Keeps what it is told to say. */
function voices(present: { lang: string; localService: boolean }[]): void {
  const spoken: string[] = [];
  class Utterance extends EventTarget {
    voice: { lang: string } | null = null;
    lang = "";
    rate = 1;
    constructor(public text: string) {
      super();
    }
  }
  class Synthesis extends EventTarget {
    current: Utterance | undefined;
    getVoices() {
      return present;
    }
    get speaking() {
      return this.current !== undefined;
    }
    speak(utterance: Utterance) {
      this.current = utterance;
      spoken.push(`${utterance.voice?.lang ?? ""} ${utterance.text}`);
    }
    // What is cut short does not end but fails, says the standard.
    cancel() {
      this.current?.dispatchEvent(new Event("error"));
      this.current = undefined;
    }
  }
  const globals = { spoken, speechSynthesis: new Synthesis(), SpeechSynthesisUtterance: Utterance };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}

async function count(heading: { innerText(): Promise<string> }): Promise<number> {
  return Number(/^\d+/.exec(await heading.innerText())?.[0]);
}

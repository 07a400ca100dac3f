/** What stands in the shadow tree. Built of elements, never of text that is read as HTML. */
import type { Answer, Offering } from "./server";
import { base, sheet } from "./style";

/** The words in one language, from `search-server/locales`. */
export type Words = Record<
  | "name"
  | "label"
  | "hint"
  | "button"
  | "empty"
  | "not_a_postcode"
  | "unknown_postcode"
  | "unknown_place"
  | "ambiguous_place"
  | "busy"
  | "away"
  | "again"
  | "site"
  | "all"
  | "refused"
  | "national"
  | "example"
  | "call"
  | "nothing",
  string
>;

type Child = Node | string | undefined | false;

/** An element with a `part` by which the page around us can style it. */
function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  part: string,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  children: Child[] = [],
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  if (part) made.part.add(...part.split(" "));
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

/** A link with text of ours. */
const link = (part: string, href: string, text: string) => element("a", part, { href, textContent: text });

/** How a widget looks, and what it shows. */
export class View {
  readonly input: HTMLInputElement;
  private readonly box: HTMLDivElement;
  private readonly form: HTMLFormElement;
  private readonly error: HTMLParagraphElement;
  private readonly status: HTMLDivElement;
  private readonly body: HTMLDivElement;
  private readonly theme: CSSStyleSheet;

  constructor(
    root: ShadowRoot,
    private readonly words: Words,
    private readonly level: number,
    lang: string,
    onSearch: () => void,
  ) {
    this.input = element("input", "input", { id: "postcode", name: "postcode", type: "text", maxLength: 80, spellcheck: false, autocomplete: "postal-code" });
    this.input.dir = "auto";
    this.input.setAttribute("aria-describedby", "hint error");
    this.error = element("p", "error", { id: "error", hidden: true });
    this.status = element("div", "status");
    this.status.setAttribute("role", "status");
    this.body = element("div", "results");
    this.form = element("form", "form", { noValidate: true }, [
      element("label", "label", { htmlFor: "postcode", textContent: words.label }),
      element("p", "hint", { id: "hint", textContent: words.hint }),
      this.error,
      element("div", "row", {}, [this.input, element("button", "button", { type: "submit", textContent: words.button })]),
    ]);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      onSearch();
    });
    this.box = element("div", "box", { lang, dir: lang === "ar" ? "rtl" : "ltr" }, [this.form, this.status, this.body]);
    this.box.setAttribute("role", "group");
    this.name(words.name);
    this.theme = base(":host{}");
    root.adoptedStyleSheets = [sheet(), this.theme];
    root.replaceChildren(this.box);
  }

  /** Whose widget it is, for who does not see it. */
  name(name: string): void {
    this.box.setAttribute("aria-label", name);
  }

  /** Colours and font of a profile; what the page around us sets goes before them. */
  colours(theme: Record<string, unknown>): void {
    const [rule] = this.theme.cssRules;
    for (const [name, value] of Object.entries(theme)) {
      if (/^[a-z_-]+$/.test(name) && typeof value === "string" && rule instanceof CSSStyleRule) {
        rule.style.setProperty(`--_${name.replaceAll("_", "-")}`, value);
      }
    }
  }

  /** Nothing was asked yet. */
  idle(): void {
    this.show("");
  }

  busy(): void {
    this.show(this.words.busy);
  }

  /** What was typed is wrong. The field has the focus if the visitor typed it just now. */
  mistake(code: string, focus: boolean, site = ""): void {
    // Which of several places is meant, the site asks.
    this.show("", [code === "ambiguous_place" && element("p", "footer", {}, [link("more", site, this.words.site)])]);
    const known = this.words as Record<string, string>;
    this.error.textContent = known[code] ?? this.words.not_a_postcode;
    this.error.hidden = false;
    this.input.setAttribute("aria-invalid", "true");
    if (focus) this.input.focus();
  }

  results(answer: Answer, shown: Offering[], to: (id: string) => string, links: [string, keyof Words][]): void {
    const heading = element(`h${String(this.level)}` as "h3", "heading", {
      textContent: answer.texts?.heading ?? this.words.nothing,
    });
    this.show(heading, [
      shown.length > 0 && element("ol", "list", {}, shown.map((offering) => this.item(offering, to(offering.id)))),
      ...links.map(([href, words]) => element("p", "footer", {}, [link("more", href, this.words[words])])),
    ]);
  }

  /** The server does not answer: where else one can go, and a button to try again. */
  away(site: string, phone: string | undefined, onAgain: () => void): void {
    const again = element("button", "again", { type: "button", textContent: this.words.again });
    again.addEventListener("click", onAgain);
    this.show(this.words.away, [
      element("p", "footer", {}, [link("more", site, this.words.site), " ", again]),
      phone && element("p", "phone", {}, [`${this.words.call} `, link("more", `tel:${phone.replace(/[^\d+]/g, "")}`, phone)]),
    ]);
  }

  /** The server does not serve this page. Residents need not know why. */
  refused(national: string): void {
    this.form.hidden = true;
    this.show(this.words.refused, [element("p", "footer", {}, [link("more", national, this.words.national)])]);
  }

  private item(offering: Offering, href: string): HTMLLIElement {
    const { distance, opening, open, cost } = offering.texts ?? {};
    const place = [offering.organisation, offering.address, offering.place].filter(Boolean).join(", ");
    const title = link("link", href, offering.title);
    const where = element("span", "", { textContent: place });
    for (const dutch of [title, where]) Object.assign(dutch, { lang: "nl", dir: "ltr" });
    return element("li", "item", {}, [
      title,
      offering.example && element("p", "example", { textContent: this.words.example }),
      element("p", "place", {}, [distance && element("strong", "distance", { textContent: distance }), distance && place && " · ", where]),
      opening && element("p", open ? "time open" : "time", { textContent: opening }),
      cost && element("p", "cost", { textContent: cost }),
    ]);
  }

  private show(status: Child, body: Child[] = []): void {
    this.error.hidden = true;
    // What describes a field is read out even when it is hidden.
    this.error.textContent = "";
    this.input.removeAttribute("aria-invalid");
    this.status.replaceChildren(...(status ? [status] : []));
    this.body.replaceChildren(...body.filter((child): child is Node => child instanceof Node));
  }
}

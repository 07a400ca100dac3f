/** `<nabij-zoeker>`: a search box with the nearest places, for a page of somebody else. See docs/formats/widget.md. */
import { rough } from "./postcode";
import { Mistake, nearest, profileOf, Refused, type Profile } from "./server";
import { View, type Words } from "./view";
import languages from "./words.json";

/** The version of the element, as the build sets it. */
declare const VERSION: string;
/** Seconds between attempts while the server does not answer; the last goes on. */
const WAITS_S = [1, 3, 9, 30, 60, 300];
/** After how many failures the visitor is told; before that he is told that we search. */
const TOLD_AFTER = 2;
/** How near the visible part of the page it begins to work. */
const AHEAD = "200px";
/** Where the script came from. */
const ORIGIN = new URL(import.meta.url).origin;

/** What an element is made of. Where pages are only put together there are no elements, and importing does nothing. */
const Base = "HTMLElement" in globalThis ? HTMLElement : (Object as unknown as typeof HTMLElement);

/** A widget. Does nothing before it is in sight, keeps nothing, and stops when it is taken out of the page. */
export class NabijZoeker extends Base {
  static readonly version = VERSION;
  static readonly observedAttributes = ["profile", "postcode", "theme", "limit", "lang", "level", "server"];

  private readonly root = this.attachShadow({ mode: "open" });
  private view: View | undefined;
  private profile: Profile = {};
  /** Ends what belongs to this form of the element, and what belongs to one search. */
  private life = new AbortController();
  private work: AbortController | undefined;
  private retry: (() => void) | undefined;
  private timer = 0;
  private inSight = false;
  private renewing = false;
  private sight: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.build();
    window.addEventListener("online", this.online);
    this.sight = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.sight?.disconnect();
        this.inSight = true;
        this.begin();
      },
      { rootMargin: AHEAD },
    );
    this.sight.observe(this);
  }

  disconnectedCallback(): void {
    this.life.abort();
    this.stop();
    this.inSight = false;
    this.sight?.disconnect();
    window.removeEventListener("online", this.online);
  }

  /** Several attributes that change together are one change. */
  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before === after || !this.view || this.renewing) return;
    this.renewing = true;
    queueMicrotask(() => {
      this.renewing = false;
      if (!this.isConnected) return;
      this.build();
      if (this.inSight) this.begin();
    });
  }

  /** Searches, as if the visitor had typed it. */
  search(postcode: string): void {
    if (!this.view) return;
    this.view.input.value = postcode;
    this.look(postcode, true);
  }

  private get language(): keyof typeof languages {
    const asked = (this.getAttribute("lang") ?? "nl").slice(0, 2).toLowerCase();
    return asked in languages ? (asked as keyof typeof languages) : "nl";
  }

  private get server(): string {
    try {
      return new URL(this.getAttribute("server") ?? "", ORIGIN).origin;
    } catch {
      return ORIGIN;
    }
  }

  /** A number between bounds, or what stands for it when none was given. */
  private number(name: string, otherwise: number, most: number): number {
    const given = Number.parseInt(this.getAttribute(name) ?? "", 10);
    return given >= 1 ? Math.min(given, most) : otherwise;
  }

  /** The address of a page for residents: that of the profile, if there is one. */
  private page(path: string, typed: string, national = false): string {
    const id = this.getAttribute("profile");
    const variant = id && !national ? `/v/${encodeURIComponent(id)}` : "";
    const query = new URLSearchParams();
    if (typed) query.set("postcode", typed);
    for (const theme of this.themes.split(",")) if (theme && path === "/zoek") query.append("theme", theme);
    if (this.language !== "nl") query.set("lang", this.language);
    const asked = query.toString();
    return `${this.server}${variant}${path}${asked && "?"}${asked}`;
  }

  private get themes(): string {
    return (this.getAttribute("theme") ?? "").replace(/\s/g, "");
  }

  private build(): void {
    this.life.abort();
    this.life = new AbortController();
    this.stop();
    const typed = this.view?.input.value ?? "";
    const words: Words = languages[this.language];
    this.view = new View(this.root, words, this.number("level", 3, 6), this.language, () => {
      this.look(this.view?.input.value ?? "", true);
    });
    this.view.input.value = this.getAttribute("postcode") ?? typed;
  }

  /** The profile, and what was asked beforehand. */
  private begin(): void {
    const { signal } = this.life;
    void this.dress(signal).then((served) => {
      const typed = this.view?.input.value;
      if (served && typed && !this.work && !signal.aborted) this.look(typed, false);
    });
  }

  /** Puts on the look of the profile; without an answer it looks as it is. Whether the server serves it. */
  private async dress(signal: AbortSignal): Promise<boolean> {
    const id = this.getAttribute("profile");
    if (!id) return true;
    try {
      const profile = await profileOf(this.server, id, signal);
      if (signal.aborted) return false;
      this.profile = profile;
    } catch (error) {
      if (!(error instanceof Refused)) return true;
      if (!signal.aborted) this.refuse(error);
      return false;
    }
    if (this.profile.name) this.view?.name(this.profile.name);
    this.view?.colours(this.profile.theme ?? {});
    return true;
  }

  private look(typed: string, byVisitor: boolean, failures = 0): void {
    const { view } = this;
    if (!view) return;
    this.stop();
    if (!typed.trim()) {
      view.mistake("empty", byVisitor);
      return;
    }
    const work = (this.work = new AbortController());
    if (failures === 0) this.tell("search", { postcode: rough(typed), themes: this.themes });
    if (failures <= TOLD_AFTER) view.busy();
    const question = {
      server: this.server,
      profile: this.getAttribute("profile") ?? "",
      typed,
      themes: this.themes,
      limit: this.number("limit", 4, 20),
      lang: this.language,
      radiusKm: this.profile.defaults?.radius_km ?? undefined,
    };
    nearest(question, work.signal).then(
      (answer) => {
        if (work.signal.aborted) return;
        const shown = answer.offerings.length > 0 ? answer.offerings : answer.area_wide;
        const links: [string, keyof Words][] = [[this.page("/zoek", typed), "all"]];
        if (answer.query?.outside_region) links.unshift([this.profile.national ?? this.page("/zoek", typed, true), "national"]);
        view.results(answer, shown, (id) => this.page(`/plek/${encodeURIComponent(id)}`, typed), links);
        this.tell("results", { total: answer.total ?? shown.length, shown: shown.length });
      },
      (error: unknown) => {
        if (work.signal.aborted) return;
        if (error instanceof Mistake) view.mistake(error.code, byVisitor, this.page("/zoek", typed));
        else if (error instanceof Refused) this.refuse(error);
        else this.later(typed, byVisitor, failures);
      },
    );
  }

  /** Tries again after a while, longer each time, and at once when the visitor asks or is on line again. */
  private later(typed: string, byVisitor: boolean, failures: number): void {
    const again = () => {
      this.look(typed, byVisitor, failures + 1);
    };
    this.retry = again;
    if (failures >= TOLD_AFTER) {
      this.view?.away(this.page("/zoek", typed), this.profile.contact?.phone ?? undefined, () => {
        this.look(typed, byVisitor);
      });
    }
    if (failures === TOLD_AFTER) this.tell("error", { kind: "away" });
    const wait = WAITS_S[Math.min(failures, WAITS_S.length - 1)] ?? 0;
    // Not all at the same moment, when the server is back.
    this.timer = window.setTimeout(again, wait * (800 + Math.random() * 400));
  }

  private refuse(error: Refused): void {
    this.stop();
    this.view?.refused(error.national ?? this.page("/", "", true));
    this.tell("error", { kind: "refused", status: error.status, type: error.type, detail: error.message });
    console.warn(`nabij-zoeker: ${error.message || String(error.status)}`);
  }

  private readonly online = (): void => {
    this.retry?.();
  };

  private stop(): void {
    this.work?.abort();
    this.work = undefined;
    this.retry = undefined;
    window.clearTimeout(this.timer);
  }

  /** Tells the page around us, without the letters of a postcode. */
  private tell(what: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`nabij-${what}`, { detail, bubbles: true, composed: true }));
  }
}

// Twice on a page is once; a browser that knows no constructed styles keeps the form that stands in the element.
if ("customElements" in globalThis && "adoptedStyleSheets" in Document.prototype && !customElements.get("nabij-zoeker")) {
  customElements.define("nabij-zoeker", NabijZoeker);
}

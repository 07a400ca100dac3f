// The words of the widget, taken from the pages' own, so that they are written and translated in one place.
import { readFileSync } from "node:fs";

const languages = ["nl", "en", "ar", "tr", "pl", "uk", "fr"];

/** The names by which the widget asks for words, and the messages that they are. */
const keys = {
  name: "site-name",
  label: "search-label",
  hint: "search-hint",
  button: "search-button",
  empty: "error-empty",
  not_a_postcode: "error-not-a-postcode",
  unknown_postcode: "error-unknown-postcode",
  unknown_place: "error-unknown-place",
  ambiguous_place: "error-several-places",
  busy: "widget-busy",
  away: "widget-away",
  again: "widget-again",
  site: "widget-site",
  all: "widget-all",
  refused: "widget-refused",
  national: "widget-national",
  example: "example",
  call: "call",
  nothing: "nothing-at-all",
};

/** The words by language, as JSON. A message that is lacking, or has something to fill in, is an error. */
export function widgetWords() {
  const words = languages.map((language) => {
    const text = readFileSync(new URL(`../search-server/locales/${language}.ftl`, import.meta.url), "utf8");
    const own = Object.entries(keys).map(([name, key]) => {
      const message = new RegExp(`^${key} = ([^{\\n]+)$`, "m").exec(text)?.[1];
      if (!message) throw new Error(`${language}.ftl has no plain message ${key}`);
      return [name, message];
    });
    return [language, Object.fromEntries(own)];
  });
  return `${JSON.stringify(Object.fromEntries(words), null, 1)}\n`;
}

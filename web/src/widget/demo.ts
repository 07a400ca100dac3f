/** The page `/widget`, where a web editor tries the widget: what is chosen is seen at once, and stands in the code. */

/** Text on a button is white: less contrast than this is hard to read (WCAG 2.2, 1.4.3). */
const LEAST_CONTRAST = 4.5;

const zoeker = document.querySelector<HTMLElement>("#zoeker");
const controls = document.querySelector<HTMLFormElement>("#controls");
const code = document.querySelector<HTMLElement>("#code");
const contrast = document.querySelector<HTMLElement>("#contrast");

/** Contrast with white of a colour `#rrggbb`, by the formula of WCAG. */
export function contrastWithWhite(colour: string): number {
  const light = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = light;
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

function choose(): void {
  if (!zoeker || !controls || !code) return;
  const chosen: string[] = [];
  for (const [name, value] of new FormData(controls) as Iterable<[string, string]>) {
    if (value) {
      zoeker.setAttribute(name, value);
      chosen.push(` ${name}="${escaped(value)}"`);
    } else {
      zoeker.removeAttribute(name);
    }
  }
  code.textContent = code.textContent.replace(/<nabij-zoeker[^>]*>/, `<nabij-zoeker${chosen.join("")}>`);
  const colour = controls.querySelector<HTMLInputElement>("#accent")?.value ?? "";
  zoeker.style.setProperty("--nabij-accent", colour);
  if (contrast) contrast.hidden = contrastWithWhite(colour) >= LEAST_CONTRAST;
}

controls?.addEventListener("change", choose);
controls?.addEventListener("submit", (event) => {
  event.preventDefault();
  choose();
});

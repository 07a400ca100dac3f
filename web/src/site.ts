/** Improves pages that are complete without a script. Each part looks for its own element and does nothing without. */
import { nearestPostcode, parsePostcodes } from "./nearest";

/** "Zoek waar ik nu ben": the telephone finds its own four digits, and tells the server no more than those. */
function searchHere(): void {
  const button = document.querySelector<HTMLButtonElement>("#here");
  const field = document.querySelector<HTMLInputElement>("#postcode");
  const status = document.querySelector<HTMLElement>("#here-status");
  if (!button || !field || !status || !("geolocation" in navigator)) return;
  const { postcodes = "", wait = "", failed = "" } = button.dataset;
  const fail = () => {
    status.textContent = failed;
    field.focus();
  };
  const found = async (position: GeolocationPosition) => {
    const table = parsePostcodes(await (await fetch(postcodes)).text());
    const code = nearestPostcode(table, position.coords);
    if (!code) {
      fail();
      return;
    }
    field.value = code;
    field.form?.requestSubmit();
  };
  button.addEventListener("click", () => {
    status.textContent = wait;
    const options = { maximumAge: 600_000, timeout: 15_000 };
    navigator.geolocation.getCurrentPosition((position) => void found(position).catch(fail), fail, options);
  });
  button.hidden = false;
}

/** Buttons that open the browser's print window. */
function print(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    button.addEventListener("click", () => {
      window.print();
    });
    button.hidden = false;
  }
}

/** Links that others may have: by the telephone's own way to share, else copied. */
function share(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-share]")) {
    link.addEventListener("click", (event) => {
      const data = { title: document.title, url: link.href };
      // Old browsers and pages without TLS have neither.
      const browser: { share?: typeof navigator.share; clipboard?: Clipboard } = navigator;
      if (browser.share) {
        event.preventDefault();
        // Who closes the window changed his mind.
        void browser.share.call(navigator, data).catch(() => undefined);
      } else if (browser.clipboard) {
        event.preventDefault();
        void browser.clipboard.writeText(link.href).then(
          () => {
            say(link, link.dataset["done"] ?? "");
          },
          () => {
            location.assign(link.href);
          },
        );
      }
    });
  }
}

function say(after: HTMLElement, words: string): void {
  let status = after.parentElement?.querySelector<HTMLElement>("[role=status]");
  if (!status) {
    status = document.createElement("span");
    status.setAttribute("role", "status");
    after.after(status);
  }
  status.textContent = words;
}

/** Reads the description aloud, if the browser has a Dutch voice of its own; none that sends the text elsewhere. */
function readAloud(): void {
  const button = document.querySelector<HTMLButtonElement>("#read");
  const text = document.querySelector<HTMLElement>("#read-this");
  if (!button || !text || !("speechSynthesis" in window)) return;
  const words = button.querySelector("span") ?? button;
  const [start, stop] = [words.textContent, button.dataset["stop"] ?? ""];
  const dutch = () => speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith("nl"));
  const offer = () => {
    button.hidden = !dutch();
  };
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return;
    }
    const speech = new SpeechSynthesisUtterance(`${document.querySelector("h1")?.textContent ?? ""}. ${text.innerText}`);
    speech.voice = dutch() ?? null;
    speech.lang = "nl-NL";
    speech.rate = 0.9;
    const over = () => {
      words.textContent = start;
    };
    // What is cut short does not end but fails.
    speech.addEventListener("end", over);
    speech.addEventListener("error", over);
    words.textContent = stop;
    speechSynthesis.speak(speech);
  });
  speechSynthesis.addEventListener("voiceschanged", offer);
  // Else the voice reads on over the next page.
  addEventListener("pagehide", () => {
    speechSynthesis.cancel();
  });
  offer();
}

/** The map that can be moved: on a wide screen at once, else when it is opened. */
function liveMap(): void {
  const details = document.querySelector<HTMLDetailsElement>("details.map");
  if (!details) return;
  const load = () => {
    const { script, style } = details.dataset;
    if (!script || details.dataset["loaded"]) return;
    details.dataset["loaded"] = "yes";
    if (style) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    void (import(script) as Promise<typeof import("./map")>).then((map) => {
      map.show(details);
    });
  };
  if (matchMedia("(min-width: 78rem)").matches) {
    details.open = true;
    load();
  }
  details.addEventListener("toggle", () => {
    if (details.open) load();
  });
}

/** After a mistake the field to mend has the focus. */
function mistake(): void {
  document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

searchHere();
print();
share();
readAloud();
liveMap();
mistake();

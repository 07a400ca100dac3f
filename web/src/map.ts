/** The map that can be moved. Its pins are those of the list, its tiles come through our own server. */
import * as L from "leaflet";
import { drawBackdrop } from "./backdrop";
import { group, type Pin } from "./pins";

/** How near pins may be before they share one, in pixels. */
const PIN = { x: 54, y: 38 };
const NETHERLANDS = L.latLngBounds([50.6, 3.1], [53.7, 7.4]);

/** Puts the map in place of the drawn one. */
export function show(details: HTMLDetailsElement): void {
  const frame = details.querySelector<HTMLElement>(".map-frame");
  if (!frame) return;
  const pins = readPins();
  if (pins.length === 0) return;
  const { place = "", in: zoomInTitle = "", out: zoomOutTitle = "", tiles, attribution = "" } = details.dataset;
  frame.querySelector("img")?.remove();
  frame.classList.add("live");
  const map = new L.Map(frame, { scrollWheelZoom: false, zoomControl: false, maxZoom: 19, minZoom: 6 });
  map.addControl(new L.Control.Zoom({ zoomInTitle, zoomOutTitle }));
  map.attributionControl.setPrefix(false);
  if (tiles) new L.TileLayer(tiles, { minZoom: 6, maxZoom: 19, bounds: NETHERLANDS }).addTo(map);
  map.attributionControl.addAttribution(attribution);
  map.fitBounds(new L.LatLngBounds(pins.map((pin) => [pin.lat, pin.lon])), { padding: [40, 40], maxZoom: 15 });
  const layer = new L.LayerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    const at = (pin: Pin) => map.latLngToLayerPoint([pin.lat, pin.lon]);
    for (const together of group(pins, at, PIN)) marker(together, place).addTo(layer);
  };
  map.on("zoomend", draw);
  draw();
  const { outline = "", postcodes = "", names = "" } = details.dataset;
  // A plain background is no reason to be without a map.
  void drawBackdrop(map, outline, postcodes, names).catch(() => undefined);
}

/** The places of the list, in its order. */
function readPins(): Pin[] {
  return [...document.querySelectorAll<HTMLElement>("ol .card[data-lat]")].map((card) => ({
    number: Number(card.id.replace("plek-", "")),
    lat: Number(card.dataset["lat"]),
    lon: Number(card.dataset["lon"]),
  }));
}

/** A pin for places that stand together. It leads to the first of them in the list, where they all are. */
function marker(pins: Pin[], place: string): L.Marker {
  const numbers = pins.map((pin) => pin.number);
  const first = pins[0] ?? { number: 0, lat: 0, lon: 0 };
  const label = numbers.length > 2 ? `${String(first.number)} +${String(numbers.length - 1)}` : numbers.join(", ");
  const html = document.createElement("span");
  html.textContent = label;
  const wide = numbers.length > 1;
  const icon = new L.DivIcon({ className: wide ? "pin pin-wide" : "pin", html, iconSize: wide ? [54, 36] : [36, 36] });
  // Out of the order of the tab key: each pin is in the list, a numbered link.
  const pin = new L.Marker([first.lat, first.lon], { icon, keyboard: false, title: `${place} ${numbers.join(", ")}` });
  pin.on("click", () => {
    const card = document.querySelector<HTMLElement>(`#plek-${String(first.number)}`);
    card?.scrollIntoView({ block: "center" });
    card?.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
  });
  return pin;
}

/** What lies under the tiles of the map, and is all there is without them: neighbourhoods and names of places. */
import * as L from "leaflet";
import { parsePostcodes } from "./nearest";

/** About how far a neighbourhood reaches, in metres. */
const NEIGHBOURHOOD_M = 550;
/** How much room a name needs, in pixels. */
const NAME = { x: 90, y: 26 };

/** The name of a place and where it is. */
interface Name {
  name: string;
  at: L.LatLngTuple;
}

/** Reads lines of `Den Haag|52.077|4.299`; anything else is passed over. */
function parseNames(text: string): Name[] {
  return text.split("\n").flatMap((line) => {
    const [name = "", lat, lon] = line.split("|");
    const at: L.LatLngTuple = [Number(lat), Number(lon)];
    return name && Number.isFinite(at[0] + at[1]) ? [{ name, at }] : [];
  });
}

/** Draws it under everything else. Without an answer of the server there is a plain background. */
export async function drawBackdrop(map: L.Map, postcodes: string, places: string): Promise<void> {
  const [codes, names] = await Promise.all(
    [postcodes, places].map(async (address) => {
      const answer = await fetch(address);
      return answer.ok ? await answer.text() : "";
    }),
  );
  const pane = map.createPane("backdrop");
  pane.style.zIndex = "150";
  const renderer = new L.Canvas({ pane: "backdrop" });
  const look = { renderer, pane: "backdrop", stroke: false, fillColor: "#e0e9e2", fillOpacity: 1, interactive: false };
  for (const { latitude, longitude } of parsePostcodes(codes ?? "")) {
    new L.Circle([latitude, longitude], { ...look, radius: NEIGHBOURHOOD_M }).addTo(map);
  }
  const all = parseNames(names ?? "");
  const layer = new L.LayerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    for (const { name, at } of apart(all, map)) {
      const html = document.createElement("span");
      html.textContent = name;
      const icon = new L.DivIcon({ className: "place-name", html, iconSize: [160, 20] });
      new L.Marker(at, { icon, pane: "backdrop", interactive: false, keyboard: false }).addTo(layer);
    }
  };
  map.on("moveend", draw);
  draw();
}

/** The names in sight that do not stand in each other's way, the largest places first. */
function apart(names: Name[], map: L.Map): Name[] {
  const bounds = map.getBounds();
  const taken: L.Point[] = [];
  return names.filter(({ at }) => {
    if (!bounds.contains(at)) return false;
    const here = map.latLngToLayerPoint(at);
    if (taken.some((other) => Math.abs(other.x - here.x) < NAME.x && Math.abs(other.y - here.y) < NAME.y)) return false;
    taken.push(here);
    return true;
  });
}

/** What lies under the tiles of the map, and is all there is without them: land, neighbourhoods and
 * names of places. */
import * as L from "leaflet";
import { parsePostcodes } from "./nearest";

/** About how far a neighbourhood reaches, in metres. */
const NEIGHBOURHOOD_M = 550;
/** How much room a name needs, in pixels. */
const NAME = { x: 90, y: 26 };

const [LAND, BUILT] = ["#eef3f0", "#dce7df"];

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

/** Reads lines of `51.528 3.432`, a blank line between rings; anything else is passed over. */
export function parseRings(text: string): L.LatLngTuple[][] {
  return text.split("\n\n").map((ring) =>
    ring.split("\n").flatMap((line): L.LatLngTuple[] => {
      const [lat, lon] = line.split(" ").map(Number);
      return lat !== undefined && lon !== undefined && Number.isFinite(lat + lon) ? [[lat, lon]] : [];
    }),
  );
}

/** Draws it under everything else. Without an answer of the server there is a plain background. */
export async function drawBackdrop(map: L.Map, outline: string, postcodes: string, places: string): Promise<void> {
  const [rings, codes, names] = await Promise.all(
    [outline, postcodes, places].map(async (address) => {
      const answer = await fetch(address);
      return answer.ok ? await answer.text() : "";
    }),
  );
  const pane = map.createPane("backdrop");
  pane.style.zIndex = "150";
  const renderer = new L.Canvas({ pane: "backdrop" });
  const look = { renderer, pane: "backdrop", stroke: false, fillOpacity: 1, interactive: false };
  new L.Polygon(parseRings(rings ?? ""), { ...look, fillColor: LAND, fillRule: "evenodd" }).addTo(map);
  for (const { latitude, longitude } of parsePostcodes(codes ?? "")) {
    new L.Circle([latitude, longitude], { ...look, fillColor: BUILT, radius: NEIGHBOURHOOD_M }).addTo(map);
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

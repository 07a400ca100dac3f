/** Pins that are too near each other on the screen become one. */

/** A place of the list. */
export interface Pin {
  number: number;
  lat: number;
  lon: number;
}

/** Groups pins of which the screen positions are within reach, in pixels, of the first of a group. */
export function group(pins: Pin[], at: (pin: Pin) => { x: number; y: number }, reach: { x: number; y: number }): Pin[][] {
  const groups: { x: number; y: number; pins: Pin[] }[] = [];
  for (const pin of pins) {
    const { x, y } = at(pin);
    const near = groups.find((other) => Math.abs(other.x - x) < reach.x && Math.abs(other.y - y) < reach.y);
    if (near) near.pins.push(pin);
    else groups.push({ x, y, pins: [pin] });
  }
  return groups.map((each) => each.pins);
}

import { expect, test } from "vitest";
import { group, type Pin } from "../../src/pins";

const pin = (number: number, lon: number): Pin => ({ number, lat: 52, lon });
const at = (pin: Pin) => ({ x: pin.lon * 100, y: 0 });

test("places that stand together share a pin, in the order of the list", () => {
  const pins = [pin(1, 5), pin(2, 5.1), pin(3, 6)];
  expect(group(pins, at, { x: 36, y: 36 }).map((each) => each.map((one) => one.number))).toEqual([[1, 2], [3]]);
});

test("a thousand places at one address are one pin, and none is lost", () => {
  const pins = Array.from({ length: 1000 }, (_, number) => pin(number, 5));
  expect(group(pins, at, { x: 36, y: 36 }).map((each) => each.length)).toEqual([1000]);
});

import { expect, test } from "vitest";
import { nearestPostcode, parsePostcodes } from "../../src/nearest";

const table = parsePostcodes("3011 51.919 4.486\n3012 51.921 4.473\nnonsense\n99 1 2\n9999 53.363 6.685\n1000 x 4\n");

test("lines that are no postcode are passed over", () => {
  expect(table.map((point) => point.code)).toEqual(["3011", "3012", "9999"]);
});

test("the nearest postcode is found", () => {
  expect(nearestPostcode(table, { latitude: 51.9195, longitude: 4.484 })).toBe("3011");
  expect(nearestPostcode(table, { latitude: 51.9215, longitude: 4.47 })).toBe("3012");
});

test("who is abroad has no postcode", () => {
  expect(nearestPostcode(table, { latitude: 50.85, longitude: 4.35 })).toBeUndefined();
  expect(nearestPostcode([], { latitude: 52, longitude: 5 })).toBeUndefined();
});

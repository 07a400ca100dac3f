#!/usr/bin/env python3
"""Writes words.txt: the Dutch words of four to twelve letters that a list in `/usr/share/dict/dutch` has (Debian: wdutch).

Names and abbreviations are left out: who types one with a mistake wants it mended. Accents are folded, as the search does.
"""
import pathlib, sys, unicodedata

SHORTEST, LONGEST = 4, 12


def folded(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict/dutch")
words = {folded(word) for word in source.read_text(encoding="utf-8").split() if word == word.lower()}
kept = sorted(word for word in words if word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST)
pathlib.Path(__file__).with_name("words.txt").write_text("\n".join(kept) + "\n", encoding="ascii")

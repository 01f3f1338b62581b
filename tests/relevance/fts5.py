"""Marks of SQLite's FTS5 on the same judgements, for the README.

For each argument `name=entries.jsonl` (what `diary-ingest --entries jsonl` prints) reads `name.toml` beside this file.
Two ways to ask: any of the words, and all of them; the Porter stemmer, bm25 order.
"""

import json
import math
import pathlib
import re
import sqlite3
import sys
import tomllib

HERE = pathlib.Path(__file__).parent


def gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(list(grades)[:10]))


def marks(found, grades):
    ndcg = gain(grades.get(day, 0) for day in found) / gain(sorted(grades.values(), reverse=True))
    place = next((place for place, day in enumerate(found[:10]) if day in grades), None)
    return ndcg, 0 if place is None else 1 / (place + 1), float(place is not None and place < 5)


def main(arguments):
    for name, path in (argument.split("=", 1) for argument in arguments):
        database = sqlite3.connect(":memory:")
        database.execute("create virtual table entry using fts5(id unindexed, text, tokenize = 'porter unicode61')")
        with open(path, encoding="utf-8") as lines:
            rows = [(each["id"], "\n".join([each["heading"], each["title"] or "", each["text"]]))
                    for each in map(json.loads, lines)]
        database.executemany("insert into entry values (?, ?)", rows)
        judged = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["query"]
        for how in ("OR", "AND"):
            sums = [0.0, 0.0, 0.0]
            for query in judged:
                words = [f'"{word}"' for word in re.findall(r"\w+", query["text"])]
                asked = "select id from entry where entry match ? order by rank limit 10"
                found = [row[0].split("/", 1)[1] for row in database.execute(asked, (f" {how} ".join(words),))]
                sums = [total + mark for total, mark in zip(sums, marks(found, query["grades"]))]
            print(name, how, len(judged), *(f"{total / len(judged):.3f}" for total in sums))


main(sys.argv[1:])

"""How good search is: the first ten of thirty queries, by words, by meaning and by both, judged by reading them.

    python -m benchmarks.search RECORD              precision at ten, by the judgements in queries.jsonl
    python -m benchmarks.search RECORD --unjudged   what is not judged yet, the three ways mixed, to be judged

The record is of PolNeAR's 840 training articles. A statement answers a query if it is about what was asked and, where
the query names somebody, this one says it or is who it is about; a statement whose words leave that open does not. What
is not judged counts as wrong, and is counted.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benchmarks.table import print_table
from onrecord.reading.vectors import Projector
from onrecord.record import Record
from onrecord.record.hits import Hit
from onrecord.record.search import search
from onrecord.statement import FoundBy

QUERIES = Path(__file__).with_name("queries.jsonl")
FIRST = 10
SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record")
    parser.add_argument("--unjudged", action="store_true", help="print what is to be judged")
    parser.add_argument("--queries", type=Path, default=QUERIES)
    args = parser.parse_args()
    queries = [json.loads(line) for line in args.queries.read_text(encoding="utf-8").splitlines()]
    projector = Projector.load()
    with Record.open(args.record, create=False) as record, record.snapshot() as connection:
        found = {asked["query"]: _found(connection, asked["query"], projector) for asked in queries}
    if args.unjudged:
        for asked in queries:
            print(f"\n{asked['query']}")
            for hit in _mixed(found[asked["query"]]):
                if key(hit) not in asked["judged"]:
                    speaker = hit.statement.speaker
                    print(f"{key(hit)}\t{speaker.name if speaker else hit.source}: {hit.content}")
        return
    report(queries, found)


def _found(connection: Connection, query: str, projector: Projector) -> dict[FoundBy, list[Hit]]:
    return {by: list(search(connection, query, by=by, projector=projector, limit=FIRST).hits) for by in FoundBy}


def _mixed(ways: dict[FoundBy, list[Hit]]) -> Iterator[Hit]:
    """Every hit once, in an order that does not tell which way found it."""
    hits = {key(hit): hit for way in ways.values() for hit in way}
    order = sorted(hits)
    random.Random(SEED).shuffle(order)  # noqa: S311 - a seed makes it repeatable
    return (hits[one] for one in order)


def key(hit: Hit) -> str:
    """A statement by its article and where what is said begins, which stays when the record is made anew."""
    return f"{hit.article}:{hit.statement.content[0].start}"


def report(queries: list[dict[str, Any]], found: dict[str, dict[FoundBy, list[Hit]]]) -> None:
    """Prints the precision of each way, and how many hits nobody has judged."""
    rows = []
    for by in FoundBy:
        precisions, n_empty, n_unjudged = [], 0, 0
        for asked in queries:
            hits = found[asked["query"]][by]
            judged = [asked["judged"].get(key(hit)) for hit in hits]
            precisions.append(sum(judgement is True for judgement in judged) / FIRST)
            n_unjudged += sum(judgement is None for judgement in judged)
            n_empty += not hits
        rows.append((by.value, f"{sum(precisions) / len(precisions):.3f}", str(n_empty), str(n_unjudged)))
    print_table("## Search", ("by", f"precision at {FIRST}", "queries without a hit", "not judged"), rows)


if __name__ == "__main__":
    main()

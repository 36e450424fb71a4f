"""Tracing on quotations that PolNeAR's articles share: `python -m benchmarks.tracing --cache FILE` (see `--help`).

Families and variants by the official scorer, over all articles of train and dev; the thresholds were chosen on the
first half of the families, by a fixed random split, so that the second half is the figure to go by. Then altered copies
of real quotations, how the time to place grows, in memory, in a record of a million statements and in one of 100,000
in PostgreSQL, and the same families in a record.
"""

import argparse
import pickle
import random
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import cast

from sqlalchemy import select

from benchmarks.altered import report_altered
from benchmarks.gold import Json, article_of, gzipped_records, records, require_gold
from benchmarks.growth import report_growth, report_growth_in_record
from benchmarks.table import print_table
from onrecord import Article, Reader
from onrecord.exchange.traces import trace_dict
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.placing import place
from onrecord.record.traced import TracedFamilies
from onrecord.record.traces import all_traces
from onrecord.tracing.families import Families
from onrecord.tracing.piece import Piece, pieces_of

SPLIT_SEED = 6
ORDER_SEEDS = (1, 2, 3)
N_TIMED = 100
PARTS = ("families", "altered", "growth", "record", "million", "postgresql")
FLOORS = {"pairs P": 0.95, "pairs F1": 0.80, "variants": 0.80, "apart": 0.95}
FLOORS_ALL = {"pairs P": 0.95, "pairs F1": 0.90, "variants": 0.80, "apart": 0.95}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"of {', '.join(PARTS)}; by default all")
    parser.add_argument("--cache", type=Path, help="where the articles are kept as read; reading takes minutes")
    args = parser.parse_args()
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"no part {min(unknown)!r}; there are {', '.join(PARTS)}")
    require_gold()
    articles = sorted(read_articles(args.cache), key=lambda article: (article.published or date.min, article.id))
    if "families" in args.parts:
        report_families(articles)
    if "altered" in args.parts:
        report_altered(placed(articles), {article.id: article.text for article in articles})
    if "growth" in args.parts:
        report_growth(articles)
    if "million" in args.parts:
        report_growth_in_record(articles)
    if "postgresql" in args.parts:
        report_growth_in_record(articles, in_postgresql=True)
    if "record" in args.parts:
        report_record(articles)


def read_articles(cache: Path | None) -> list[Article]:
    """All articles of train and dev, read with the shipped model, from the cache where they are there."""
    if cache and cache.exists():
        return cast("list[Article]", pickle.loads(cache.read_bytes()))  # noqa: S301 - our own file
    reader = Reader.load()
    gold = [*gzipped_records("data/polnear_train.jsonl.gz").values(), *records("eval/attributions_dev.jsonl")]
    articles = [reader.read(article_of(one)) for one in gold]
    if cache:
        cache.write_bytes(pickle.dumps(articles))
    return articles


def placed(articles: Iterable[Article]) -> Families:
    """The families of all articles, put in in this order."""
    families = Families()
    for article in articles:
        families.place_all(pieces_of(article))
    return families


def predicted(families: Families) -> list[Json]:
    """The families as the scorer wants them, in the order of `onrecord trace --all`."""
    in_order = sorted(families.families.values(), key=lambda family: (len(family.members), family.id))
    return [
        {"family": family.id, "members": [_member(families, number) for number in family.members]}
        for family in in_order
    ]


def _member(families: Families, number: int) -> Json:
    piece = families.pieces[number]
    variant = families.difference(number).variant
    return {"article": piece.article, "start": piece.span.start, "end": piece.span.end, "variant": variant}


def report_families(articles: Sequence[Article]) -> None:
    """One row each for both halves and all families, natural and all; and for articles put in in another order."""
    gold = records("eval/trace_open.jsonl")
    first = _first_half(gold)
    halves = {"first half": [f for f in gold if f["family"] in first]}
    halves |= {"second half": [f for f in gold if f["family"] not in first], "both": gold}
    found = predicted(placed(articles))
    rows = [row for name, part in halves.items() for row in _rows(name, part, found)]
    for seed in ORDER_SEEDS:
        shuffled = random.Random(seed).sample(articles, len(articles))  # noqa: S311 - repeatable
        rows += _rows(f"both, in order {seed}", gold, predicted(placed(shuffled)))
    rows.append(["floor, natural", "", *(f"{floor:.2f}" for floor in FLOORS.values())])
    rows.append(["floor, all", "", *(f"{floor:.2f}" for floor in FLOORS_ALL.values())])
    print_table(f"Families ({len(articles)} articles, {len(gold)} families)", ["", "members", *FLOORS], rows)


def report_record(articles: Sequence[Article]) -> None:
    """The same in a record: one row for all families, and how long placing an article takes at the end."""
    with TemporaryDirectory() as folder, Record.open(str(Path(folder) / "news.db")) as record:
        took = placed_in(record, articles)
        with record.snapshot() as connection:
            found = [trace_dict(trace) for trace in all_traces(connection)]
    rows = _rows("in a record", records("eval/trace_open.jsonl"), found)
    print_table(f"Families in a record ({len(articles)} articles)", ["", "members", *FLOORS], rows)
    last = sorted(1000 * s for s in took[-N_TIMED:])
    cells = [f"{last[len(last) // 2]:.0f}", f"{last[len(last) * 95 // 100]:.0f}", f"{last[-1]:.0f}"]
    print_table(f"Placing one of the last {N_TIMED} articles (ms)", ["median", "95th of 100", "longest"], [cells])


def placed_in(record: Record, articles: Iterable[Article]) -> list[float]:
    """The seconds that each article takes to be placed, by itself."""
    with record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")
        ids = list(connection.scalars(select(schema.articles.c.id).order_by(schema.articles.c.id)))
    took, held = [], dict[int, Piece]()
    for number in ids:
        start = perf_counter()
        with record.transaction() as connection:
            place(TracedFamilies(connection, held), [number])
        took.append(perf_counter() - start)
    return took


def _first_half(gold: Sequence[Json]) -> set[int]:
    ids = sorted(family["family"] for family in gold)
    random.Random(SPLIT_SEED).shuffle(ids)  # noqa: S311 - the same halves every time
    return set(ids[: len(ids) // 2])


def _rows(name: str, gold: Sequence[Json], found: Sequence[Json]) -> list[list[str]]:
    from score_trace import score

    distractors = records("eval/trace_distractors.jsonl")
    natural = [family for family in gold if not family["near_duplicate_articles"]]
    rows = []
    for kind, part in (("natural", natural), ("all", list(gold))):
        got = score(part, found, distractors)
        cells = [got["members"], got["pairs"]["p"], got["pairs"]["f1"], got["variants"], got["apart"]]
        rows.append([f"{name}, {kind}", *(f"{cell:.3f}" for cell in cells)])
    return rows


if __name__ == "__main__":
    main()

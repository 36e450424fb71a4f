"""How well the stance of a statement is read, on sentences of PolNeAR: `python -m benchmarks.positions --cache FILE`.

The sample, `positions.jsonl`, holds offsets and labels alone: 200 statements drawn at random, 60 by their acts and 70
that have a modal, a negation or an "if", one sentence of each. The rules were chosen on one half of each of the three;
the other half is the figure to go by.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.gold import require_gold
from benchmarks.table import print_table
from benchmarks.tracing import read_articles
from onrecord import Article
from onrecord.span import Span
from onrecord.tracing.stance import stance_in

SAMPLE = Path(__file__).with_name("positions.jsonl")
HALVES = ("choosing", "figure")
NONE = "none"


class Judged(NamedTuple):
    """What a reader says of a sentence, and what the rules say; none where it takes no stance."""

    half: str
    drawn: str
    certainty: str
    polarity: str
    found_certainty: str
    found_polarity: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="where the articles are kept as read; reading takes minutes")
    args = parser.parse_args()
    require_gold()
    judged = judge({article.id: article for article in read_articles(args.cache)})
    report_accuracy(judged)
    report_classes(judged)


def judge(articles: Mapping[str, Article]) -> list[Judged]:
    """The labels beside what the rules say."""
    found = []
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        article = articles[one["article"]]
        sentence = Span(one["start"], one["end"])
        stance = stance_in(article.text, sentence, statement=article.statements[one["statement"]])
        says = (stance.certainty.value, stance.polarity.value) if stance else (NONE, NONE)
        labels = (one["certainty"] or NONE, one["polarity"] or NONE)
        found.append(Judged(one["half"], one["drawn"], *labels, *says))
    return found


def report_accuracy(judged: Sequence[Judged]) -> None:
    """How many have their certainty, their polarity, and both, right; by how they were drawn."""
    rows = []
    for half in HALVES:
        for drawn in ("any", "by act", "by word", "all"):
            part = [one for one in judged if one.half == half and drawn in {one.drawn, "all"}]
            certain = sum(one.certainty == one.found_certainty for one in part)
            polar = sum(one.polarity == one.found_polarity for one in part)
            rows.append([f"{half}, {drawn}", str(len(part)), f"{certain / len(part):.3f}", f"{polar / len(part):.3f}"])
    print_table("Stances", ["half, drawn", "sentences", "certainty", "polarity"], rows)


def report_classes(judged: Sequence[Judged]) -> None:
    """Of each class how many are found, and how many of those said to be it are."""
    rows = []
    for name in ("certainty", "polarity"):
        labels = dict.fromkeys(getattr(one, name) for one in sorted(judged, key=lambda one: one.certainty))
        for label in labels:
            cells = []
            for half in HALVES:
                part = [one for one in judged if one.half == half]
                there = sum(getattr(one, name) == label for one in part)
                said = sum(getattr(one, f"found_{name}") == label for one in part)
                right = sum(getattr(one, name) == getattr(one, f"found_{name}") == label for one in part)
                cells += [str(there), f"{right}/{there}", f"{right}/{said}"]
            rows.append([label, *(cell for n, cell in enumerate(cells) if n % 3)])
    print_table("Classes", ["", *(f"{half}, {what}" for half in HALVES for what in ("found", "right"))], rows)


if __name__ == "__main__":
    main()

"""Stances and positions on PolNeAR's articles: `python -m benchmarks.positions --cache FILE` (see `--help`).

Stances: the sample, `positions.jsonl`, holds offsets and labels alone: 200 statements drawn at random, 60 by their acts
and 70 that have a modal, a negation or an "if", one sentence of each. The rules were chosen on one half of each of the
three; the other half is the figure to go by.

Pairs: what a record of the articles claims for the speakers and topics of `position_topics.jsonl`, by words alone,
beside the labels of `position_pairs.jsonl`, which were given without seeing the claim; the rules were chosen on the
topics marked so. And sentences of the sample beside themselves with a verb altered, since articles of one year hold few
changes.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.gold import Json, require_gold
from benchmarks.table import print_table
from benchmarks.tracing import read_articles
from onrecord import Article
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.positions import Stated, positions
from onrecord.span import Span
from onrecord.tracing.positions import Position, Relation, pairs_of
from onrecord.tracing.stance import stance_in

SAMPLE = Path(__file__).with_name("positions.jsonl")
PAIRS = Path(__file__).with_name("position_pairs.jsonl")
TOPICS = Path(__file__).with_name("position_topics.jsonl")
HALVES = ("choosing", "figure")
NONE = "none"
LIMIT = 1_000
DAY = date(2031, 3, 14)
_NEGATED = r"(?!\s+(?:not|never)\b|n[’']t)"
ALTERED = {
    "could, may, might → will": (r"\b(?:could|may|might)\b" + _NEGATED, "will", Relation.FIRMER.value),
    "will → may": (r"\bwill\b" + _NEGATED, "may", Relation.SOFTER.value),
    "should, must → could": (r"\b(?:should|must)\b" + _NEGATED, "could", Relation.SOFTER.value),
    "not put in": (r"\b(is|are|was|were|will|can|should|must|has)\b" + _NEGATED, r"\1 not", Relation.REVERSED.value),
    "not taken out": (r"(?<=[a-z]) not\b|(?<=[a-z])n[’']t\b", "", Relation.REVERSED.value),
}


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
    articles = {article.id: article for article in read_articles(args.cache)}
    judged = judge(articles)
    report_accuracy(judged)
    report_classes(judged)
    report_pairs(list(articles.values()))
    report_altered(articles)


def judge(articles: Mapping[str, Article]) -> list[Judged]:
    """The labels beside what the rules say."""
    found = []
    for line in _lines(SAMPLE):
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


def report_pairs(articles: Sequence[Article]) -> None:
    """How many claimed relations are right; what nobody has judged counts as wrong, and is counted."""
    labels = {(one["earlier"], one["later"]): one["relation"] for one in map(json.loads, _lines(PAIRS))}
    claims: dict[str, dict[tuple[str, str], str]] = {half: {} for half in HALVES}
    with TemporaryDirectory() as folder, Record.open(str(Path(folder) / "news.db")) as record:
        with record.transaction() as connection:
            for article in articles:
                store(connection, article, model="reader-0")
        with record.snapshot() as connection:
            for asked in map(json.loads, _lines(TOPICS)):
                for topic in asked["about"]:
                    found = positions(connection, asked["who"], about=topic, limit=LIMIT)
                    for pair in found.pairs:
                        key = (_key(found.stated[pair.earlier]), _key(found.stated[pair.later]))
                        claims[asked["half"]][key] = pair.relation.value
    rows = []
    for half, found_pairs in claims.items():
        right = sum(labels.get(key) == relation for key, relation in found_pairs.items())
        unjudged = sum(key not in labels for key in found_pairs)
        changes = sum(relation != Relation.REPEATED for relation in found_pairs.values())
        share = f"{right / max(len(found_pairs), 1):.3f}"
        rows.append([half, str(len(found_pairs)), str(changes), share, str(unjudged)])
    print_table("Pairs", ["half", "claimed", "of these changes", "right", "not judged"], rows)


def _key(stated: Stated) -> str:
    """A position by its article and where it begins, which stays when the record is made anew."""
    hit = stated.hit
    return f"{hit.article}:{hit.statement.content[0].start}+{hit.content.index(stated.words)}"


def report_altered(articles: Mapping[str, Article]) -> None:
    """Sentences beside themselves with one verb altered, a week later: which relation is claimed, if one is."""
    rows = []
    for half in HALVES:
        for name, (pattern, instead, expected) in ALTERED.items():
            claimed: Counter[str] = Counter()
            for one in map(json.loads, _lines(SAMPLE)):
                if one["half"] == half and one["certainty"]:
                    claimed.update(_claimed(articles[one["article"]], one, pattern=pattern, instead=instead))
            other = sum(claimed.values()) - claimed[expected] - claimed[NONE]
            cells = [str(sum(claimed.values())), str(claimed[expected]), str(other), str(claimed[NONE])]
            rows.append([f"{half}, {name}", expected, *cells])
    print_table("Altered", ["half, verb", "to be", "sentences", "said so", "said otherwise", "nothing said"], rows)


def _claimed(article: Article, one: Json, *, pattern: str, instead: str) -> list[str]:
    """What is said of a sentence and its altered copy; nothing where the verb is not in it."""
    statement = article.statements[one["statement"]]
    sentence = Span(one["start"], one["end"])
    words = sentence.of(article.text)
    altered, n = re.subn(pattern, instead, words, count=1)
    if not n:
        return []
    both = []
    for day, version in ((DAY, words), (DAY + timedelta(days=7), altered)):
        text = article.text[: sentence.start] + version
        span = Span(sentence.start, len(text))
        stance = stance_in(text, span, statement=replace(statement, content=(span,)))
        if stance is None:
            return [NONE]
        both.append(Position(text, span, stance, "Falk", day.isoformat(), day))
    pairs = pairs_of(both)
    return [pairs[0].relation.value if pairs else NONE]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()

"""How right the findings are on short articles of our own with planted faults, and on sober ones without.

A finding is right where its code agrees and one of its spans meets one of the gold's; each gold finding is met once.
The cases of the part `aside` were written when the rules stood. What these missed went into the rules afterwards, so
that only the figures of the first look, which docs/findings.md has, tell what to expect of other articles. Those of the
part `unseen` came last; from them the rules learned two things: that "police" in "a police officer" has judged nothing,
and that to wait is no harm.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.table import print_table
from onrecord import Reader, Span
from onrecord.checking.check import check
from onrecord.checking.report import Finding
from onrecord.intake import article_from_text

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "checks.jsonl"
PARTS = ("tuning", "aside", "unseen")


@dataclass(frozen=True, slots=True)
class Case:
    """One short article with what is to be found in it: for each finding its code and the words it may stand on."""

    name: str
    part: str
    published: date | None
    text: str
    findings: tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one finding: right, invented or missed, with its code and its words."""

    case: str
    code: str
    end: str
    words: str


def report(reader: Reader, *, n_shown: int = 0) -> None:
    """Prints precision and recall by finding, for each part of the cases, and the first `n_shown` errors."""
    for part in PARTS:
        found = [outcome for case in cases() if case.part == part for outcome in judged(case, reader)]
        codes = sorted({outcome.code for outcome in found})
        rows = [_row(code, [o for o in found if o.code == code]) for code in codes]
        print_table(f"Findings, the {part} cases", ["finding", "right", "invented", "missed", "precision", "recall"], [
            *rows, _row("all", found)
        ])  # fmt: skip
        for outcome in [o for o in found if o.end != "right"][:n_shown]:
            print(f"{outcome.case}: {outcome.end} {outcome.code} at {outcome.words!r}")


def cases() -> Iterator[Case]:
    """Every case, its findings' words as spans."""
    for line in CASES.read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        text = given["text"]
        findings = tuple((f["code"], tuple(_place(text, words) for words in f["words"])) for f in given["findings"])
        published = date.fromisoformat(given["published"]) if given["published"] else None
        yield Case(given["name"], given["part"], published, text, findings)


def judged(case: Case, reader: Reader) -> Iterator[Outcome]:
    """What became of each finding of a case, ours and the gold's."""
    article = reader.read(article_from_text(case.text, id=case.name, published=case.published))
    yield from compared(case, check(article).findings)


def compared(case: Case, found: Sequence[Finding]) -> Iterator[Outcome]:
    """The same for findings that are given."""
    left = list(case.findings)
    for finding in found:
        words = " ".join(finding.spans[0].of(case.text).split())
        met = next((g for g in left if g[0] == finding.code and _meet(finding.spans, g[1])), None)
        if met:
            left.remove(met)
        yield Outcome(case.name, finding.code, "right" if met else "invented", words)
    for code, spans in left:
        yield Outcome(case.name, code, "missed", spans[0].of(case.text))


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _meet(ours: Sequence[Span], gold: Sequence[Span]) -> bool:
    return any(one.meets(other) for one in ours for other in gold)


def _row(code: str, found: Sequence[Outcome]) -> list[str]:
    ends = Counter(outcome.end for outcome in found)
    right, invented, missed = ends["right"], ends["invented"], ends["missed"]
    precision = f"{right / (right + invented):.2f}" if right + invented else "-"
    recall = f"{right / (right + missed):.2f}" if right + missed else "-"
    return [code, str(right), str(invented), str(missed), precision, recall]

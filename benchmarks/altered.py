"""Whether altered copies of real quotations are found, and how they are said to differ.

Each of 500 quotations of the articles, drawn by a fixed seed from those that are the fullest of their families, is
altered in one way by this script and printed in an article of our own, two days later: which family is it placed in,
and what is it called?
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.table import print_table
from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.span import Span
from onrecord.statement import Form, Speaker, SpeakerKind, Statement
from onrecord.tracing.decision import Relation
from onrecord.tracing.families import Families
from onrecord.tracing.piece import Piece, pieces_of
from onrecord.tracing.placing import JOIN, Family
from onrecord.tracing.variants import Meaning, Variant

SEED = 500
N_COPIES = 500
FEWEST_WORDS = 8
MOST_WORDS = 60
DAYS_LATER = 2
FLOORS = {"found": 0.97, "kind right": 0.90}
SOMEBODY = Speaker("Jorun Falk", SpeakerKind.PERSON)
_MODALS = {"could": "will", "may": "will", "might": "must", "should": "will", "will": "may", "can": "must"}
_NOT = re.compile(r" not\b|n['’]t\b|(?<= )(?:never|no) ")
_MODAL = re.compile(rf"\b(?:{'|'.join(_MODALS)})\b(?!['’])")
_PRONOUN = re.compile(r"(?<= )(?:he|she|they|it|them|him|her|we|us)(?= )")

Alter = Callable[[str, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to alter a quotation: by what, and what it then has to be called."""

    alter: Alter
    variant: Variant
    differs_in: Meaning | None = None
    by: Speaker | None = None


def _without(text: str, *, n: int, rng: random.Random, mark: str = " ") -> str:
    """The text without `n` words in its middle."""
    words = text.split()
    at = rng.randrange(2, len(words) - n - 1)
    return " ".join(words[:at]) + mark + " ".join(words[at + n :])


def _substituted(pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Alter:
    def alter(text: str, rng: random.Random) -> str | None:
        found = [match for match in pattern.finditer(text) if match.start() > 0 and match.end() < len(text) - 1]
        if not found:
            return None
        match = rng.choice(found)
        return text[: match.start()] + by(match) + text[match.end() :]

    return alter


WAYS = {
    "a word dropped": Way(lambda text, rng: _without(text, n=1, rng=rng), Variant.ALTERED),
    "a negation removed": Way(_substituted(_NOT, lambda _: ""), Variant.ALTERED, Meaning.NEGATION),
    "a modal changed": Way(_substituted(_MODAL, lambda m: _MODALS[m[0]]), Variant.ALTERED, Meaning.MODALITY),
    "cut in the middle": Way(lambda text, rng: _without(text, n=3, rng=rng), Variant.ALTERED),
    "cut, with an ellipsis": Way(lambda text, rng: _without(text, n=3, rng=rng, mark=" … "), Variant.ELIDED),
    "brackets for a word": Way(_substituted(_PRONOUN, lambda _: "[the council]"), Variant.BRACKETED),
    "brackets put in": Way(lambda text, rng: _without(text, n=0, rng=rng, mark=" [of Weyport] "), Variant.BRACKETED),
    "cut at the end": Way(lambda text, _: " ".join(text.split()[:-2]), Variant.FRAGMENT),
    "another speaker": Way(lambda text, _: text, Variant.VERBATIM, by=SOMEBODY),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one altered copy."""

    way: str
    found: bool
    kind_right: bool


def report_altered(families: Families, texts: Mapping[str, str]) -> None:
    """One row for each way to alter; `texts` are the articles' by their ids."""
    outcomes = list(_outcomes(families, texts, random.Random(SEED)))  # noqa: S311 - a seed makes it repeatable
    rows = [_row(way, [o for o in outcomes if o.way == way]) for way in WAYS]
    rows.append(_row("all", outcomes))
    rows.append(["floor", "", *(f"{floor:.2f}" for floor in FLOORS.values())])
    print_table("Altered copies", ["", "copies", *FLOORS], rows)


def _row(name: str, outcomes: list[Outcome]) -> list[str]:
    n = len(outcomes)
    shares = (sum(o.found for o in outcomes) / n, sum(o.kind_right for o in outcomes) / n)
    return [name, str(n), *(f"{share:.3f}" for share in shares)]


def _outcomes(families: Families, texts: Mapping[str, str], rng: random.Random) -> Iterable[Outcome]:
    done: Counter[str] = Counter()
    for family in rng.sample(list(families.families.values()), len(families.families)):
        full = families.pieces[family.fullest]
        if done.total() == N_COPIES:
            return
        if not _is_fit(full):
            continue
        for name in sorted(WAYS, key=lambda name: done[name]):
            copy = _altered(full, WAYS[name], text=full.span.of(texts[full.article]), rng=rng)
            if copy is not None:
                done[name] += 1
                yield _judged(families, family, copy, name=name)
                break


def _is_fit(piece: Piece) -> bool:
    """Whether a quotation is long enough to be cut, named, dated and as it was said."""
    is_plain = not any(word.bracketed or word.after_gap or word.nested for word in piece.words)
    is_known = piece.speaker is not None and piece.speaker_kind is SpeakerKind.PERSON and piece.published is not None
    return FEWEST_WORDS <= len(piece.words) <= MOST_WORDS and is_plain and is_known


def _altered(full: Piece, way: Way, *, text: str, rng: random.Random) -> Piece | None:
    """The copy as it is found in an article that prints nothing but it."""
    words = way.alter(" ".join(text.split()).rstrip(",."), rng)
    if words is None or full.published is None or full.speaker is None:
        return None
    speaker = way.by or Speaker(full.speaker, SpeakerKind.PERSON)
    printed = f"“{words},” {speaker.name} said."
    content = Span(0, len(words) + 3)
    article = Article(
        id="altered",
        text=printed,
        published=full.published + timedelta(days=DAYS_LATER),
        paragraphs=(Paragraph(Span(0, len(printed)), ParagraphKind.BODY),),
        statements=(Statement(content=(content,), speaker=speaker, form=Form.DIRECT),),
    )
    return max(pieces_of(article), key=lambda piece: len(piece.words))


def _judged(families: Families, family: Family, copy: Piece, *, name: str) -> Outcome:
    way = WAYS[name]
    found = next(((home, score) for home, score in families.find(copy) if score.total > JOIN), None)
    if found is None or found[0] is not family:
        return Outcome(name, found=False, kind_right=False)
    difference = families.difference_from(families.pieces[family.fullest], copy)
    right = difference.variant is way.variant and (way.differs_in is None or way.differs_in in difference.differs_in)
    right = right and (found[1].relation is Relation.DIFFERENT) == (way.by is not None)
    return Outcome(name, found=True, kind_right=right)

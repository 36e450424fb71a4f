"""An article's text cut wherever a statement's span starts or ends.

Spans of different statements overlap freely: one source serves two statements, a content holds another's source.
HTML elements cannot overlap, so each stretch between two cuts is shown on its own, inside all that cover it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.article import Article
from onrecord.exchange.outline import Entry
from onrecord.span import Span


class Role(StrEnum):
    """What a span is in its statement, in the order in which they are nested: the widest first."""

    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of one statement."""

    span: Span
    role: Role
    entry: Entry


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text within one paragraph and the marks that cover all of it, outermost first."""

    span: Span
    marks: tuple[Mark, ...]


def segments(article: Article, entries: Sequence[Entry]) -> list[list[Segment]]:
    """For each paragraph its segments, which together are the paragraph, to the character."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    cuts = {edge for paragraph in article.paragraphs for edge in (paragraph.span.start, paragraph.span.end)}
    for mark in _marks(entries):
        opening[mark.span.start].append(mark)
        cuts |= {mark.span.start, mark.span.end}
    return _by_paragraph(article, _sweep(sorted(cuts), opening))


def _marks(entries: Sequence[Entry]) -> Iterator[Mark]:
    for entry in entries:
        statement = entry.statement
        for role, spans in zip(Role, (statement.content, statement.source, statement.cue), strict=True):
            yield from (Mark(span, role, entry) for span in spans)


def _sweep(cuts: Sequence[int], opening: dict[int, list[Mark]]) -> Iterator[Segment]:
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span.end > start] + opening[start]
        yield Segment(Span(start, end), tuple(sorted(active, key=_nesting)))


def _nesting(mark: Mark) -> tuple[int, int, int]:
    return list(Role).index(mark.role), mark.entry.depth, mark.entry.index


def _by_paragraph(article: Article, swept: Iterator[Segment]) -> list[list[Segment]]:
    paragraphs: list[list[Segment]] = [[] for _ in article.paragraphs]
    at = 0
    for segment in swept:
        while at < len(paragraphs) and article.paragraphs[at].span.end <= segment.span.start:
            at += 1
        if at < len(paragraphs) and article.paragraphs[at].span.holds(segment.span):
            paragraphs[at].append(segment)
    return paragraphs

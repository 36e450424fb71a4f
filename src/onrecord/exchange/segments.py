"""An article's text cut wherever a span of a statement or of a request for comment starts or ends.

Spans overlap freely: one source serves two statements, a content holds another's source. HTML elements cannot overlap,
so each stretch between two cuts is shown on its own, inside all that cover it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise

from onrecord.article import Article
from onrecord.exchange.outline import Asked, Entry
from onrecord.span import Span
from onrecord.statement import Statement, ViaRole


class Role(StrEnum):
    """What a span is in its statement, or a request for comment; in the order in which they are nested."""

    REQUEST = "request"
    CONTENT = "content"
    REPORTER = "reporter"
    VENUE = "venue"
    WHEN = "when"
    SOURCE = "source"
    CUE = "cue"


Owner = Entry | Asked
VIAS = {ViaRole.REPORTER: Role.REPORTER, ViaRole.VENUE: Role.VENUE}


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of one statement or request for comment."""

    span: Span
    role: Role
    owner: Owner


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text within one paragraph and the marks that cover all of it, outermost first."""

    span: Span
    marks: tuple[Mark, ...]


def segments(article: Article, owners: Iterable[Owner]) -> list[list[Segment]]:
    """For each paragraph its segments, which together are the paragraph, to the character."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    cuts = {edge for paragraph in article.paragraphs for edge in (paragraph.span.start, paragraph.span.end)}
    for mark in chain.from_iterable(map(_marks, owners)):
        opening[mark.span.start].append(mark)
        cuts |= {mark.span.start, mark.span.end}
    return _by_paragraph(article, _sweep(sorted(cuts), opening))


def spans_of(statement: Statement) -> dict[Role, tuple[Span, ...]]:
    """What is marked of a statement, by its role."""
    vias = [(VIAS[via.role], via.span) for via in statement.via if via.span]
    return {
        Role.CONTENT: statement.content,
        Role.REPORTER: tuple(span for role, span in vias if role is Role.REPORTER),
        Role.VENUE: tuple(span for role, span in vias if role is Role.VENUE),
        Role.WHEN: (statement.when,) if statement.when else (),
        Role.SOURCE: statement.source,
        Role.CUE: statement.cue,
    }


def _marks(owner: Owner) -> Iterator[Mark]:
    if isinstance(owner, Asked):
        yield Mark(owner.request.span, Role.REQUEST, owner)
    else:
        for role, spans in spans_of(owner.statement).items():
            yield from (Mark(span, role, owner) for span in spans)


def _sweep(cuts: Sequence[int], opening: dict[int, list[Mark]]) -> Iterator[Segment]:
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span.end > start] + opening[start]
        yield Segment(Span(start, end), tuple(sorted(active, key=_nesting)))


def _nesting(mark: Mark) -> tuple[int, int, int]:
    depth = mark.owner.depth if isinstance(mark.owner, Entry) else 0
    return list(Role).index(mark.role), depth, mark.owner.index


def _by_paragraph(article: Article, swept: Iterator[Segment]) -> list[list[Segment]]:
    paragraphs: list[list[Segment]] = [[] for _ in article.paragraphs]
    at = 0
    for segment in swept:
        while at < len(paragraphs) and article.paragraphs[at].span.end <= segment.span.start:
            at += 1
        if at < len(paragraphs) and article.paragraphs[at].span.holds(segment.span):
            paragraphs[at].append(segment)
    return paragraphs

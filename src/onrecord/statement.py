"""A statement: one attribution found in an article. Source spans say, by a cue, the content spans.

The fields and their values are defined, with examples, in docs/glossary.md; they are the same in Python, in JSON, in
the record and in the API.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from onrecord.span import Span


class SpeakerKind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    AUTHOR = "author"


class Form(StrEnum):
    """How much of the content stands between quotation marks: all, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What the source is said to do with the content."""

    ASSERT = "assert"
    DENY = "deny"
    ASK = "ask"
    COMMIT = "commit"
    URGE = "urge"
    EVALUATE = "evaluate"
    THINK = "think"
    WANT = "want"
    DECLINE = "decline"


class ViaRole(StrEnum):
    """How somebody stands between the speaker and the article."""

    REPORTER = "reporter"
    VENUE = "venue"


class KnownBy(StrEnum):
    """What tells who the speaker is: the source's own words, or what it points back to."""

    NAME = "name"
    DESCRIPTION = "description"
    ROLE = "role"
    PRONOUN = "pronoun"
    CONTINUATION = "continuation"


class FoundBy(StrEnum):
    """By what statements are looked for, and by what one was found."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


class LinkRole(StrEnum):
    """What one link of a chain is."""

    SPEAKER = "speaker"
    VENUE = "venue"
    REPORTER = "reporter"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the words are attributed to, by the fullest name the article gives, as the article spells it.

    `proper` is the right spelling where the article's is wrong and the right one is known. `confidence` is the
    probability, 0 to 1, that the statement is this speaker's, given that the source's words are right.
    """

    name: str
    kind: SpeakerKind
    known_by: KnownBy = KnownBy.NAME
    proper: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Via:
    """Who or what stands between the speaker and the article; `span` is where the article says so.

    `proper` is the right spelling where the article's is wrong and the right one is known.
    """

    name: str
    role: ViaRole
    span: Span | None = None
    proper: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain from a speaker to the article: a name, properly spelt, and what it is in the chain."""

    name: str
    role: LinkRole


class Report(Protocol):
    """What a chain needs of the article that it ends with."""

    @property
    def id(self) -> str:
        """The article's id."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def statements(self) -> "Sequence[Statement]":
        """All its statements."""
        ...


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something was said, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"days need start <= end, not {self.start} and {self.end}")


@dataclass(frozen=True, slots=True)
class Vector:
    """What words mean, to be compared with what others mean by the same `projection`, and by no other.

    `numbers` are signed bytes, of which direction alone counts, the largest being 127; `cell` is the one of the
    projection's cells that it lies in, so that what is near can be looked for among few.
    """

    projection: str
    cell: int
    numbers: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution. Each role holds spans in the order of the text; source and cue may be empty.

    `form` is none for an inner statement: the outer quotation's marks decide nothing about it. `parent` and `answers`
    are indices into the article's statements: the statement whose content holds this one, and the question that this
    one answers. `when` is the expression of time for the saying, `said` the days that it means; an expression that
    nothing resolves (the article has no date) leaves `said` none. `confidence` is the calibrated probability, 0 to 1,
    that the statement is there with this source. `vector` is what its content means; none where the model has no
    projection, or where it comes from elsewhere than from reading. It is no part of what the statement says.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    form: Form | None = None
    act: Act = Act.ASSERT
    via: tuple[Via, ...] = ()
    said: Days | None = None
    when: Span | None = None
    parent: int | None = None
    answers: int | None = None
    confidence: float = 1.0
    vector: Vector | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement needs at least one content span")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")

    def chain(self, article: Report) -> tuple[Link, ...]:
        """The way of the words, from who said them to the article: speaker, venue, reporter, whoever quotes them.

        An inner statement's chain goes on with its parent's. Venues without a name ("a statement", "a rally") pass
        nothing on and are no links; neither is a speaker that is not known.
        """
        links = [*_links(self, article), Link(article.outlet or article.id, LinkRole.ARTICLE)]
        return tuple(next(same) for _, same in groupby(links, key=lambda link: link.name))


def _links(statement: Statement, article: Report) -> Iterator[Link]:
    """The links of a statement's chain before the article itself."""
    if statement.speaker:
        yield Link(statement.speaker.proper or statement.speaker.name, LinkRole.SPEAKER)
    for via in sorted(statement.via, key=lambda v: v.role is ViaRole.REPORTER):
        if via.role is ViaRole.REPORTER or via.name[:1].isupper():
            yield Link(via.proper or via.name, LinkRole(via.role))
    if statement.parent is not None:
        yield from _links(article.statements[statement.parent], article)

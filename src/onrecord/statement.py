"""A statement: one attribution found in an article. Source spans say, by a cue, the content spans.

The fields and their values are defined, with examples, in docs/glossary.md; they are the same in Python, in JSON, in
the record and in the API.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the words are attributed to, by the fullest name the article gives."""

    name: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class Via:
    """Who or what stands between the speaker and the article."""

    name: str
    role: ViaRole


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something was said, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"days need start <= end, not {self.start} and {self.end}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution. Each role holds spans in the order of the text; source and cue may be empty.

    `form` is none for an inner statement: the outer quotation's marks decide nothing about it. `parent` and `answers`
    are indices into the article's statements: the statement whose content holds this one, and the question that this
    one answers. `confidence` is the calibrated probability, 0 to 1, that the statement is there with this source.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    form: Form | None = None
    act: Act = Act.ASSERT
    via: tuple[Via, ...] = ()
    said: Days | None = None
    parent: int | None = None
    answers: int | None = None
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement needs at least one content span")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")

"""What checking an article gives: its sourcing and its findings.

A finding is a remark on the text that anybody can check in it. Its code is one of a closed set, and docs/findings.md
says of each what counts as one, with an example and its known false alarms.
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.article import CommentRequest
from onrecord.span import Span
from onrecord.statement import SpeakerKind


class Code(StrEnum):
    """What a finding is about; in the order in which findings are shown, those that weigh most first.

    Three are made by a record alone: `onrecord.record.beside` compares an article with the others that it holds.
    """

    TITLE_OUTRUNS_TEXT = "title-outruns-text"
    HEADING_OUTRUNS_TEXT = "heading-outruns-text"
    UNATTRIBUTED_CLAIM = "unattributed-claim"
    NO_REPLY_SOUGHT = "no-reply-sought"
    SINGLE_SOURCE = "single-source"
    UNNAMED_SOURCE = "unnamed-source"
    SECOND_HAND_UNLINKED = "second-hand-unlinked"
    QUOTATION_NOT_IN_SOURCE = "quotation-not-in-source"
    QUOTATION_DIFFERS = "quotation-differs"
    CIRCULAR_SOURCING = "circular-sourcing"
    REPLY_PENDING = "reply-pending"
    UNDATED_ARTICLE = "undated-article"
    TIME_UNRESOLVED = "time-unresolved"
    NAME_MISSPELT = "name-misspelt"
    NAME_SPELT_TWO_WAYS = "name-spelt-two-ways"
    LOADED_WORDING = "loaded-wording"
    UNBALANCED_QUOTATION = "unbalanced-quotation"
    ELIDED_QUOTATION = "elided-quotation"
    BRACKETED_QUOTATION = "bracketed-quotation"
    PROMOTION_IN_BODY = "promotion-in-body"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `spans` is where it stands in the text, what it is about first; `message` one plain sentence.

    `evidence` are the words that it rests on, in one line each. `confidence`, 0 to 1, is how often findings of this
    kind and this clearness should be right.
    """

    code: Code
    spans: tuple[Span, ...]
    message: str
    evidence: tuple[str, ...]
    confidence: float

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a finding needs at least one span")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")


@dataclass(frozen=True, slots=True)
class Source:
    """One speaker of the article's body, with what is attributed to it.

    `description` is how the article calls somebody whom it does not name, `reason` why it does not, where it says so.
    `through` are the outlets and documents that stand between the speaker and the article.
    """

    name: str
    kind: SpeakerKind
    n_statements: int
    n_words: int
    n_direct: int
    through: tuple[str, ...] = ()
    description: str | None = None
    reason: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether the article says who it is."""
        return self.kind is not SpeakerKind.UNNAMED


@dataclass(frozen=True, slots=True)
class CitedOutlet:
    """An outlet that the article has something from, and whether the text gives an address for it."""

    name: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Sourcing:
    """What an article's body rests on.

    `n_words` are the body's words, of which `n_attributed` are somebody else's and `n_quoted` stand between quotation
    marks as well. `sources` come in the order of how much is attributed to them. `silent` are those who are accused or
    sharply criticised and do not speak. `single_source` is the one speaker on whom everything rests, if there is one.
    """

    n_words: int
    n_attributed: int
    n_quoted: int
    sources: tuple[Source, ...]
    outlets: tuple[CitedOutlet, ...]
    comment_requests: tuple[CommentRequest, ...]
    silent: tuple[str, ...]
    single_source: str | None

    @property
    def share_attributed(self) -> float:
        """Which share of the body's words is attributed to somebody, 0 where there is no body."""
        return self.n_attributed / self.n_words if self.n_words else 0.0

    @property
    def share_own(self) -> float:
        """Which share is in the writer's own voice."""
        return 1.0 - self.share_attributed if self.n_words else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What one article rests on, and the remarks on its text, those that weigh most first."""

    sourcing: Sourcing
    findings: tuple[Finding, ...]

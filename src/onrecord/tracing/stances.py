"""What a stance is: whether a speaker affirms or negates something, and how surely."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.span import Span


class Polarity(StrEnum):
    """Whether something is affirmed or negated."""

    AFFIRMATIVE = "affirmative"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """How surely a speaker puts what they say. What is asserted and negated is denied."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PROMISED = "promised"
    WANTED = "wanted"
    CONDITIONAL = "conditional"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Stance:
    """A polarity and a certainty, and the words that show them, in the order of the text; plain assertion has none."""

    polarity: Polarity
    certainty: Certainty
    shown: tuple[Span, ...] = ()

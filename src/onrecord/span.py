"""A stretch of an article's text.

Offsets count Unicode code points into `Article.text`, from 0, end exclusive. Nothing here knows the text; a span
is handed one only to cut its words out of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The span's characters in `text`."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def trimmed(text: str, *, start: int, end: int) -> Span | None:
    """The span without white space at either end, or none if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def spoken(text: str, spans: Iterable[Span]) -> str:
    """The words of several spans in one line: white space collapsed, gaps marked by an ellipsis."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)

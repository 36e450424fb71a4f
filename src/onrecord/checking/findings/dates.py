"""Dates: an article without one, and the expressions of time that nobody can resolve for want of it."""

from collections.abc import Iterator

from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.reading.days import TimeKind, days_of
from onrecord.reading.timewords import time_words
from onrecord.span import Span, trimmed

# These never name days, whatever the date: "recently", "the 1990s".
_NEVER = (TimeKind.VAGUE, TimeKind.DECADE)


def undated(material: Material) -> Iterator[Finding]:
    """That neither the text's head nor anybody else gives the article's date."""
    article = material.article
    line = _first_line(article.text)
    if article.published is None and line:
        message = "The article has no date, and none was given for it."
        yield Finding(Code.UNDATED_ARTICLE, (line,), message, (material.words(line),), 0.95)


def unresolved(material: Material) -> Iterator[Finding]:
    """The expressions of time that count from a date which the article does not have."""
    if material.article.published is not None:
        return
    text = material.article.text
    found = []
    for sentence in material.sentences:
        for words in time_words(sentence.of(text)):
            core = " ".join(words.core.of(sentence.of(text)).lower().split())
            if words.kind not in _NEVER and days_of(core, kind=words.kind, base=None) is None:
                found.append(Span(sentence.start + words.span.start, sentence.start + words.span.end))
    if found:
        shown = ", ".join(f"“{material.words(span)}”" for span in found[:3])
        message = f"No date tells which days are meant by {shown}{' and others' if len(found) > 3 else ''}."
        evidence = tuple(material.words(span) for span in found)
        yield Finding(Code.TIME_UNRESOLVED, tuple(found), message, evidence, 0.9)


def _first_line(text: str) -> Span | None:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return trimmed(text, start=start, end=len(text) if end < 0 else end)

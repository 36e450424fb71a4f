"""The words of an element as readers see them.

Markup sets apart what belongs together, such as a first letter, and runs together what readers see in two places, such
as a name and a post. Scripts and styles are no words.
"""

import re
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from onrecord.intake.page.values import plain

_TEXTS = XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)] | .//br"
)
# The rest of a word or name that began in another element, such as behind a letter set apart.
_GOES_ON = re.compile(r"\s|[a-z]{1,2}\b|[’'.,;:!?)]")
_LETTER = re.compile(r"(?:^|\s)[A-Z]$")
_INLINE = frozenset("a abbr address b bdi cite em font i small span strong sub sup time u".split())


def words_in(element: HtmlElement) -> str:
    """The words of an element in one line."""
    return " ".join(_lines(element))


def line_in(element: HtmlElement) -> str:
    """The words of an element in one line, a bar between those that stand in lines of their own."""
    return " | ".join(_lines(element))


def _lines(element: HtmlElement) -> list[str]:
    lines: list[str] = []
    last: HtmlElement | None = None
    for text in _TEXTS(element):
        if not isinstance(text, str):
            last = None
        elif not text.strip():
            lines[-1:] = [f"{line} " for line in lines[-1:]]
        elif (line := _line_of(text)) is last:
            goes_on = _GOES_ON.match(text) or (_LETTER.search(lines[-1]) and text[0].islower())
            lines[-1] += text if goes_on or lines[-1][-1].isspace() else f" {text}"
        else:
            lines.append(text)
            last = line
    return list(filter(None, map(plain, lines)))


def _line_of(text: Any) -> HtmlElement | None:  # noqa: ANN401 - lxml has no name for its texts
    """The element that makes the line in which a text stands; none where no element around it does."""
    element = text.getparent()
    around = element.getparent() if text.is_tail else element
    while around is not None and around.tag in _INLINE:
        around = around.getparent()
    return around

"""What readers see around the headline: the byline and the date, where the page's data for machines is silent.

Pages mark them up in a thousand ways, but call them by few names. Other stories' bylines stand on the same page, in
lists beside the report and below it; so only what stands near the headline is looked at, and nothing inside a list of
other stories, a comment or the page's frame.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice, takewhile

from lxml.etree import Element, XPath
from lxml.html import HtmlElement

from onrecord.intake.dates import date_line
from onrecord.intake.page.stated import Stated
from onrecord.intake.page.words import line_in

_WRITERS = XPath(
    './/*[@rel="author" or contains(concat(" ", @itemprop, " "), " name ") or contains(@href, "/author") or '
    'contains(@href, "/people/") or contains(@href, "/user/") or contains(@href, "/profile") or '
    'contains(@href, "/staff/") or '
    'contains(@href, "/contributor") or (contains(@class, "name") and contains(@class, "author")) or '
    'self::span[contains(concat(" ", @class, " "), " author ")]]'
)
_LENGTH = XPath("string-length(normalize-space())")
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|staff|contributors?|writers?|reporters?|columnists?|journalists?)/[^/]"
)
_BY = re.compile(r"\s*(?:written\s+|words\s+|story\s+|posted\s+)?by(?::|\s|$)", re.IGNORECASE)
_SAYS_BY = re.compile(r"byline|author|writer|reporter|contributor|credit-name|submitted", re.IGNORECASE)
_SAYS_WHEN = re.compile(r"date|time|publish|posted|submitted|meta|author|byline", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|recirc|recommend|most-?(?:read|popular|viewed)|popular|trending|teaser|summary-item|promo|(?<![a-z])(?<!h-)card\b"
    r"|footer|newsletter|menu|navbar|collections?_|more-(?:from|stories|news)|up-?next|carousel|bio\b|read-?(?:more|next)"
    r"|latest",
    re.IGNORECASE,
)
_AT_SIDE = re.compile(r"side-?bar|widget|(?:^|[\s_-])rail(?:$|[\s_-])", re.IGNORECASE)
_FRAME = frozenset(("nav", "footer", "form", "head", "select", "button"))
_SIDE = "aside"
_ARTICLE = frozenset(("article", "main"))
_STRONG = ("b", "strong", "em", "i")
_MAX_LINE_CHARS = 250
_MAX_DATE_CHARS = 80
_MIN_BODY_CHARS = 140
_BODY_PARAGRAPHS = 2
_MAX_BEHIND = 500
_MAX_IN_FRONT = 100
_LEVELS_IN_FRONT = 2
_MAX_WITHOUT_HEADING = 2_000


@dataclass(frozen=True, slots=True)
class BylineElement:
    """What stands in an element that may be a byline: its words, and the names that its markup sets apart.

    `is_named` tells that it is called a byline or an author's name, `is_marked` that it is marked up as the author.
    """

    line: str
    writers: tuple[str, ...]
    is_named: bool
    is_marked: bool


def byline_groups(stated: Stated, *, heading: HtmlElement | None) -> Iterator[tuple[BylineElement, ...]]:
    """What may be bylines near the headline, those together that stand side by side; the outermost of nested ones."""
    for _, group in groupby(_byline_elements(stated, heading=heading), key=_place):
        yield tuple(map(_byline, group))


def _byline_elements(stated: Stated, *, heading: HtmlElement | None) -> Iterator[HtmlElement]:
    last: HtmlElement | None = None
    for element in _near(stated, heading=heading, is_wanted=_may_be_byline):
        if last is None or last not in element.iterancestors():
            last = element
            yield element


def _byline(element: HtmlElement) -> BylineElement:
    innermost = [each for each in _WRITERS(element) if not _WRITERS(each)]
    return BylineElement(
        line=line_in(element),
        writers=tuple(line for each in innermost if (line := line_in(each))),
        is_named=_is_named(element),
        is_marked=_is_marked(element),
    )


def _may_be_byline(element: HtmlElement) -> bool:
    is_candidate: bool = _is_marked(element) or _is_named(element) or _BY.match(element.text or "") is not None
    return is_candidate and _has_line(element)


def _is_named(element: HtmlElement) -> bool:
    return _SAYS_BY.search(_names(element)) is not None


def _is_marked(element: HtmlElement) -> bool:
    return (
        element.get("rel") == "author"
        or "author" in (element.get("itemprop") or "").lower()
        or (element.tag == "a" and _PROFILE.search(element.get("href") or "") is not None)
    )


def _place(element: HtmlElement) -> tuple[HtmlElement | None, str, str | None]:
    """What elements that stand side by side have in common."""
    parent = element.getparent()
    return (parent.getparent() if parent is not None else None), element.tag, element.get("class")


def bold_lines(heading: HtmlElement | None) -> Iterator[str]:
    """Short paragraphs below the headline that are bold or in italics as a whole, as some sites write bylines."""
    for element in () if heading is None else _behind(heading):
        strong = next(element.iter(*_STRONG), None) if element.tag == "p" and _has_line(element) else None
        line = line_in(element) if strong is not None else ""
        if line and line == line_in(strong):
            yield line


def dated_elements(stated: Stated, *, heading: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements near the headline that are named as holding a date, times first."""
    near = list(_near(stated, heading=heading, is_wanted=_is_dated))
    yield from (element for element in near if element.tag == "time")
    yield from (element for element in near if element.tag != "time")


def _is_dated(element: HtmlElement) -> bool:
    """Whether an element is named as holding a date, or holds nothing else."""
    if element.tag == "time" or (_SAYS_WHEN.search(_names(element)) is not None and _has_line(element)):
        return True
    text = element.text or ""
    return len(element) == 0 and len(text) <= _MAX_DATE_CHARS and date_line(text.strip()) is not None


def _has_line(element: HtmlElement) -> bool:
    return bool(0 < _LENGTH(element) <= _MAX_LINE_CHARS)


def _near(
    stated: Stated, *, heading: HtmlElement | None, is_wanted: Callable[[HtmlElement], bool]
) -> Iterator[HtmlElement]:
    """The wanted elements behind the headline, down to the body, then those in front of it, none of another story.

    What stands at the side comes last, since it is seldom the report's. Where no heading shows where the headline
    stands, the page's elements from the first on.
    """
    found: Iterable[HtmlElement] = islice(stated.tree.iter(Element), _MAX_WITHOUT_HEADING)
    around: frozenset[HtmlElement] = frozenset()
    if heading is not None:
        found = chain(_behind(heading), islice(_in_front(heading), _MAX_IN_FRONT))
        around = frozenset(heading.iterancestors())
    at_side: list[HtmlElement] = []
    for element in filter(is_wanted, found):
        boxes = list(takewhile(lambda each: each not in around, (element, *element.iterancestors())))
        if any(box.tag in _FRAME or (box.tag != "body" and _ELSEWHERE.search(_names(box))) for box in boxes):
            continue
        if any(box.tag == _SIDE or _AT_SIDE.search(_names(box)) for box in boxes):
            at_side.append(element)
        else:
            yield element
    yield from at_side


def _behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind a heading, up to the second long paragraph."""
    n_long = 0
    for element in islice(_following(heading), _MAX_BEHIND):
        n_long += element.tag == "p" and _LENGTH(element) >= _MIN_BODY_CHARS
        if n_long == _BODY_PARAGRAPHS:
            return
        yield element


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    for each in (element, *element.iterancestors()):
        for sibling in each.itersiblings():
            yield from sibling.iter(Element)


def _in_front(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements in front of a heading, none outside the article: above that stands what day it is today."""
    for each in (heading, *islice(heading.iterancestors(), _LEVELS_IN_FRONT)):
        if each.tag in _ARTICLE:
            return
        for sibling in each.itersiblings(preceding=True):
            yield from sibling.iter(Element)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"

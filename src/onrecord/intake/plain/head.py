"""The head of a report: title, standfirst, byline, date, before the body begins.

Reads the first blocks of a text for as long as they belong to the head and says what each is. Everything is optional,
and a text may begin with its first sentence. A dateline ("PARIS, Oct. 3, 2024 (Example Wire) —") opens the body; its
date and its agency serve where nothing above states any. The file's own words are all there is: nothing is looked up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.article import ParagraphKind
from onrecord.intake.dates import date_line, find_date, stated_date
from onrecord.intake.outlets import is_outlet
from onrecord.intake.phrases import collapsed, opens_with
from onrecord.intake.plain.bylines import Byline, byline, is_name, labelled_byline, name_and_outlet, outlet_and_date
from onrecord.intake.plain.dateline import agency_of, dateline
from onrecord.intake.plain.labels import Field, labelled
from onrecord.intake.plain.layout import Block
from onrecord.intake.plain.lines import (
    ends_in_initials,
    ends_sentence,
    ends_with,
    has_sentence_break,
    in_title_case,
    is_item,
    n_prose_words,
    starts_lower,
)

_MAX_BLOCKS = 10
_MAX_TITLE_CHARS = 200
_MAX_STANDFIRST_CHARS = 300
# PolNeAR train, 821 articles: 361 of the 370 first lines that end in a full stop and are not in title case keep within
# these bounds, and so do 76 second lines, most of them part of the headline too.
_MAX_STOPPED_TITLE_CHARS = 130
_MAX_PROSE_WORDS = 1
_FEW_CHARS = 80
_MAX_SHARE_OF_BODY = 0.6
_BLOCKS_BELOW = 3
_HEADLINE_AND_DECK = re.compile(r";\s*\n")
_FULL_STOP = re.compile(r"(?<!\.)\.(['\"’”]*)$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head states, and the kinds of its blocks by their index.

    `updated` is the day of a later change, and no substitute for `published` while anything better is known.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    outlet: str | None = None
    url: str | None = None
    kinds: Mapping[int, ParagraphKind] = field(default_factory=dict)


def read_head(blocks: Sequence[Block], *, title: str | None = None) -> Head:
    """What the first blocks state. `title`, where it is known from elsewhere, is recognised if it stands there."""
    scan = _Scan(blocks, title)
    return scan.head()


class _Scan:
    """One pass over the first blocks; ends where the body begins."""

    def __init__(self, blocks: Sequence[Block], known_title: str | None) -> None:
        self._blocks = blocks
        self._known_title = known_title
        self._stated: dict[Field, str] = {}
        self._published: list[date | None] = []
        self._updated: list[date | None] = []
        self._authors: tuple[str, ...] = ()
        self._outlets: list[str | None] = []
        self._kinds: dict[int, ParagraphKind] = {}

    def head(self) -> Head:
        for index, block in enumerate(self._blocks[:_MAX_BLOCKS]):
            kind = self._kind(index, block.text)
            if kind is None:
                self._take_dateline(block.text)
                break
            self._kinds[index] = kind
        return Head(
            title=self._stated.get(Field.TITLE),
            authors=self._authors,
            published=next((day for day in self._published if day), None),
            updated=next((day for day in self._updated if day), None),
            outlet=self._stated.get(Field.OUTLET) or next((outlet for outlet in self._outlets if outlet), None),
            url=self._stated.get(Field.URL),
            kinds=self._kinds,
        )

    def _kind(self, index: int, text: str) -> ParagraphKind | None:
        """What the block is, its statements taken down; none where the body begins."""
        if stated := labelled(text):
            return self._take_label(*stated)
        if self._take_byline(index, text) or self._take_name(index, text):
            return ParagraphKind.BYLINE
        if opens_with("credit", text) and len(text) <= _MAX_STANDFIRST_CHARS:
            return ParagraphKind.CAPTION
        if Field.TITLE not in self._stated:
            if self._is_title(index, text):
                self._stated[Field.TITLE] = _without_stop(collapsed(text))
                return ParagraphKind.TITLE
        elif self._is_standfirst(index, text):
            return ParagraphKind.STANDFIRST
        return None

    def _take_label(self, name: Field, value: str) -> ParagraphKind:
        if name is Field.AUTHORS:
            self._take(labelled_byline(value))
        elif name is Field.PUBLISHED:
            self._published.insert(0, stated_date(value))
        else:
            self._stated.setdefault(name, collapsed(value))
        return ParagraphKind.TITLE if name is Field.TITLE else ParagraphKind.BYLINE

    def _take_byline(self, index: int, text: str) -> bool:
        """Whether a block is a byline or a line with the date."""
        found = byline(text) or self._beside_title(index, text)
        if found is None:
            dates = date_line(text)
            found = Byline(dates=dates) if dates else None
        if found is not None:
            self._take(found)
        return found is not None

    def _beside_title(self, index: int, text: str) -> Byline | None:
        """What a line without "By" says that names an outlet; above the title only where it is one for certain."""
        found = outlet_and_date(text)
        if found and (Field.TITLE in self._stated or self._known_title or is_outlet(found.outlet or "")):
            return found
        return name_and_outlet(text) if index > 0 and Field.TITLE in self._stated else None

    def _take_name(self, index: int, text: str) -> bool:
        """Whether a block is a name alone with the date below it, or an outlet's with the byline above or the date."""
        dated = date_line(self._text(index + 1)) is not None
        in_byline = index > 0 and self._kinds.get(index - 1) is ParagraphKind.BYLINE
        if (dated or in_byline) and len(text) <= _FEW_CHARS and is_outlet(collapsed(text)):
            self._take(Byline(outlet=collapsed(text)))
            return True
        if not (dated and is_name(text)):
            return False
        self._take(Byline((collapsed(text),)))
        return True

    def _take(self, found: Byline) -> None:
        self._authors += found.authors
        self._outlets.append(found.outlet)
        if found.dates is not None:
            self._published.append(found.dates.published)
            self._updated.append(found.dates.updated)

    def _take_dateline(self, text: str) -> None:
        opening = dateline(text)
        self._published.append(find_date(opening))
        self._outlets.append(agency_of(opening))

    def _is_title(self, index: int, text: str) -> bool:
        if self._known_title is not None:
            return _without_stop(collapsed(text[:_MAX_STANDFIRST_CHARS])) == _without_stop(collapsed(self._known_title))
        longest = max((len(block.text) for block in self._blocks[index + 1 :][:_BLOCKS_BELOW]), default=0)
        return longest > 0 and looks_like_title(text, longest_below=longest)

    def _is_standfirst(self, index: int, text: str) -> bool:
        """Whether a block between title and body, or title and byline, sums the report up."""
        following = self._text(index + 1)
        if not following or len(text) > _MAX_STANDFIRST_CHARS or is_item(text) or ends_with(text, ":"):
            return False
        first = self._kinds.get(index - 1) is ParagraphKind.TITLE
        before_byline = byline(following) or date_line(following) or outlet_and_date(following)
        return before_byline is not None or (first and not ends_sentence(text))

    def _text(self, index: int) -> str:
        return self._blocks[index].text if index < len(self._blocks) else ""


def looks_like_title(text: str, *, longest_below: int) -> bool:
    """Whether a text's first block reads as its headline: short, and without an end or in the words of a headline.

    `longest_below` is the length of the longest of the blocks that follow: a sentence among its like is no headline.
    """
    if len(text) > _MAX_TITLE_CHARS or not any(character.isalpha() for character in text):
        return False
    if is_item(text) or dateline(text) or ends_with(text, ":,") or len(text.split()) < 2:
        return False
    if not ends_sentence(text) or in_title_case(text) or _HEADLINE_AND_DECK.search(text):
        return True
    n_prose_allowed = _MAX_PROSE_WORDS + (len(text) <= _FEW_CHARS)
    return (
        len(text) <= min(_MAX_STOPPED_TITLE_CHARS, _MAX_SHARE_OF_BODY * longest_below)
        and n_prose_words(text[0].lower() + text[1:]) <= n_prose_allowed
        and not starts_lower(text)
    )


def _without_stop(title: str) -> str:
    """The headline without the full stop that some archives add, before closing quotation marks too."""
    if has_sentence_break(title) or ends_in_initials(title):
        return title
    return _FULL_STOP.sub(r"\1", title)

"""The lines of a text and how they begin and end: what the layout is judged by.

A line knows its place in the text; every judgement looks at a bounded stretch of either end, so that a single line of
many megabytes costs no more than its length.
"""

import re
from typing import NamedTuple

from onrecord.intake.phrases import words

_OPENERS = "\"'“‘”’„‚«‹»›([{¿¡`*_"
_CLOSERS = "\"'”’“»›«)]}`*_"
_SENTENCE_ENDS = ".!?…。！？؟۔।"
_BULLETS = "•◦▪▫‣●○■□➤►*"
_MARKED_ITEM = re.compile(r"[-–—]+\s?\w|\d{1,3}[.)]\s")
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.){2,}$")
_LAST_WORD = re.compile(r"([\w'’-]+)\W*$")
_SENTENCE_BREAK = re.compile(r"(\w+)[.!?…]+[\"'”’)\]]*\s+[\"'“‘(\[]?([^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_END_CHARS = 60
_SOME_CHARS = 1000
# PolNeAR train, first lines against second ones: title case of this share is in 1 of 100 leads.
_TITLE_CASE_SHARE = 0.8
_MIN_TITLE_CASE_WORDS = 4


class Line(NamedTuple):
    """A line that is not blank: where its words begin, its words, how far it is indented, what stands before it.

    A tuple and not a dataclass because a text may have millions of them.
    """

    start: int
    text: str
    indent: int
    after_blank: bool

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.start + len(self.text)


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank, in order; every kind of line end that Unicode knows ends one."""
    found: list[Line] = []
    start, after_blank = 0, False
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            indent = 0 if raw[0] == stripped[0] else len(raw) - len(raw.lstrip())
            found.append(Line(start + indent, stripped, indent, after_blank))
        after_blank = not stripped
        start += len(raw)
    return found


def ends_sentence(text: str) -> bool:
    """Whether it ends as a sentence does, quotation marks and brackets apart; "Gen." and the like end none."""
    if text[-1:].isalnum():
        return False
    ending = text[-_END_CHARS:].rstrip(_CLOSERS)
    if not ending or ending[-1] not in _SENTENCE_ENDS:
        return False
    return not (ending.endswith(".") and last_word(ending) in words("abbreviations"))


def ends_with(text: str, characters: str) -> bool:
    """Whether the last character but for closing quotation marks and brackets is one of these marks."""
    return not text[-1:].isalnum() and text[-_END_CHARS:].rstrip(_CLOSERS)[-1:] in tuple(characters)


def ends_in_initials(text: str) -> bool:
    """Whether it ends in an abbreviation such as "U.S." or "a.m.", whose full stop may end a sentence or not."""
    return _INITIALS.search(text[-_END_CHARS:]) is not None


def last_word(text: str) -> str:
    """The last word, without the marks after it; "" if it ends in none."""
    match = _LAST_WORD.search(text[-_END_CHARS:])
    return match[1] if match else ""


def starts_lower(text: str) -> bool:
    """Whether the first letter, behind opening marks, is lower case."""
    return text[:1].islower() or text[:_END_CHARS].lstrip(_OPENERS)[:1].islower()


def starts_like_text(text: str) -> bool:
    """Whether it begins with a letter, a figure or a mark that opens, not with a bullet or a sign."""
    return text[0].isalnum() or (text[0] in _OPENERS and text[0] not in _BULLETS)


def is_item(text: str) -> bool:
    """Whether it begins as an item of a list does."""
    return not text[0].isalpha() and (text[0] in _BULLETS or _MARKED_ITEM.match(text) is not None)


def has_letters(text: str) -> bool:
    """Whether there is anything but marks in it."""
    return text[:1].isalnum() or any(character.isalnum() for character in text)


def has_sentence_break(text: str) -> bool:
    """Whether one sentence ends and another begins inside `text`; looks at the first thousand characters."""
    return any(
        match[2].isupper() and len(match[1]) > 1 and match[1] not in words("abbreviations")
        for match in _SENTENCE_BREAK.finditer(text[:_SOME_CHARS])
    )


def n_prose_words(text: str) -> int:
    """How many of the words that headlines leave out, such as articles, are in the first thousand characters."""
    return sum(word in words("prose_words") for word in _WORD.findall(text[:_SOME_CHARS]))


def in_title_case(text: str) -> bool:
    """Whether nearly all words are capitalised, those apart that a headline leaves small."""
    weighty = [word for word in _WORD.findall(text[:_SOME_CHARS]) if word.lower() not in words("small_words")]
    capitalised = sum(word[0].isupper() for word in weighty)
    return len(weighty) >= _MIN_TITLE_CASE_WORDS and capitalised >= _TITLE_CASE_SHARE * len(weighty)

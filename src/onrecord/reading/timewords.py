"""Finds the expressions of time in a sentence, but for those that date something else than what is said in it.

"On Sunday", "last week", "in May 2014" are found by form. What stands beside one tells what it dates: the debate in
"after Monday's debate", the campaign in "the 2008 campaign", a plan in "by Friday". One that dates an occasion on which
something is said ("at last week's rally"), or a document that says something ("a 2014 study"), dates the words. Which
statement an expression belongs to is not decided here, nor which days it means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from onrecord.reading.days import TimeKind
from onrecord.reading.wordlists import lines
from onrecord.span import Span

MASK = "\0"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?\.?|July?\.?|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))(?!\w)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_PART = r"(?:\s+(?i:morning|afternoon|evening|night)\b)?"
_YEAR = r"(?:1[5-9]|20)\d\d\b(?![,.]?\d|%|\s*[-–]\s*\d)"
_NUMBER_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![,.:]\d|%|\s*[-–]\s*\d|\s+(?i:to|and|through)\s+\d)"
_SEASON = r"(?i:spring|summer|fall|autumn|winter)\b"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
_DAY_OF_MONTH = rf"(?:{_MONTH}\s+{_NUMBER_DAY}|{_NUMBER_DAY}\s+(?:of\s+)?{_MONTH})(?:,?\s+{_YEAR})?"
_DAY = (
    r"the\s+day\s+before\s+yesterday|yesterday(?:\s+(?:morning|afternoon|evening))?|today|tonight"
    r"|this\s+(?:very\s+)?(?:morning|afternoon|evening)|last\s+night"
)
_FORMS = (
    (TimeKind.DATE, rf"(?:{_WEEKDAY}{_PART},?\s+)?{_DAY_OF_MONTH}|\d{{4}}-\d\d-\d\d\b"),
    (TimeKind.WEEKDAY, rf"(?:(?i:last|this\s+past|this)\s+)?{_WEEKDAY}{_PART}"),
    (TimeKind.DAY, rf"(?i:{_DAY})\b"),
    (TimeKind.WEEKEND, r"(?i:(?:the|this|last|this\s+past|the\s+past)\s+weekend)\b"),
    (TimeKind.PERIOD, r"(?<!the )(?i:(?:last|this|this\s+past)\s+(?:week|month|year))\b"),
    (TimeKind.SEASON, rf"(?i:last|this|this\s+past)\s+{_SEASON}|(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}"),
    (TimeKind.MONTH, rf"(?i:last|this\s+past|this)\s+{_MONTH}|{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?(?!\.?\s+\d)"),
    (TimeKind.AGO, rf"(?i:{_COUNT}\s+(?:day|week|month|year|decade)s?\s+ago)\b"),
    (TimeKind.DECADE, r"(?i:the\s+)?(?i:(?:early|late|mid)[\s-]+)?(?:1[5-9]|20)\d0s\b"),
    (TimeKind.YEAR, rf"(?<![$£€#\d.,]){_YEAR}"),
)
_LEAD = (
    r"(?:\b(?i:earlier|later|late|early|just|only|on|in|over|during|mid|back(?=\s+in\b)"
    r"|the\s+(?:morning|afternoon|evening|night|day)\s+of)[\s-]+){0,3}"
)
_NEEDS_LEAD = frozenset({TimeKind.MONTH, TimeKind.YEAR, TimeKind.DECADE})
_RELATED = re.compile(r"(?:last|this)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|his|her|their|its|our|my|your|this|that|one|another|recent)|\w['’]s?)\s+$", re.IGNORECASE
)
_PLACED = re.compile(r"\b(?:in|at|on|during|via|through|over)\s+(?:(?!of\b)[\w’'.-]+\s+){0,4}$", re.IGNORECASE)
_SUBJECT = re.compile(r"\s+(?:is|was|were|will|would|has|had)\b")
_DATELINE = re.compile(r"^\W*[A-Z]{3}[\w.,' ]*,\s*$")
_DATELINE_END = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?[—–-]")
_BEGINS = re.compile(r"(?:^|[^\w\s]|\b(?:and|but|that))\s*$")
_WORD = re.compile(r"[\s\"“‘]*([\w’'-]+)")
_STOPS = frozenset(
    "of in at on with for by to from as during after before about that who which when where and or but a an the his her"
    " their its this is was were".split()
)
_CASED = frozenset({"name", "coming"})  # "will" is a verb, "Will" a man, and This Week a programme
LONGEST_NAME = 8
LOOKED_AT_CHARS = 200


class Place(Enum):
    """Where an expression stands: on its own, or as part of the name of an occasion or of something that speaks."""

    ADVERB = auto()
    OCCASION = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class TimeWords:
    """An expression of time: `span` with the words that lead it, `core` without them, and its kind."""

    span: Span
    core: Span
    kind: TimeKind
    place: Place


def time_words(masked: str) -> list[TimeWords]:
    """The expressions of time in a sentence that date what is said in it, in their order.

    What stands in `masked` as `MASK` is not looked at: the contents, which are one thing, and the saying another.
    """
    names = [Span(*name.span()) for name in one_of("name").finditer(masked)]
    return [found for found in _found(masked) if not any(name.meets(found.span) for name in names)]


@cache
def listed(kind: str) -> frozenset[str]:
    """The words and phrases of one kind in data/time_words.txt."""
    return frozenset(phrase.strip() for phrase in _lists()[kind].split(", "))


@cache
def one_of(kind: str) -> re.Pattern[str]:
    """Any of the words and phrases of one kind, as whole words."""
    phrases = sorted(listed(kind), key=len, reverse=True)
    flags = re.NOFLAG if kind in _CASED else re.IGNORECASE
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in phrases)})\b", flags)


@cache
def _lists() -> dict[str, str]:
    pairs = [line.partition(": ") for line in lines("time_words")]
    return {kind: phrases for kind, _, phrases in pairs}


@cache
def _form() -> re.Pattern[str]:
    """All forms, what is more exact before what is less."""
    forms = [*_FORMS, (TimeKind.VAGUE, one_of("vague").pattern)]
    named = "|".join(rf"(?P<{kind}>{'(?i:' + form + ')' if kind is TimeKind.VAGUE else form})" for kind, form in forms)
    return re.compile(rf"(?<!\w)(?P<lead>{_LEAD})(?:{named})")


def _found(masked: str) -> Iterator[TimeWords]:
    for match in _form().finditer(masked):
        span, kind = Span(*match.span()), TimeKind(match.lastgroup or "")
        core = Span(*match.span(kind))
        place = _place(masked, span, core=core, kind=kind)
        if place is None:
            continue
        found = TimeWords(span if place is Place.ADVERB else core, core, kind, place)
        if _dates_the_words(masked, found):
            yield found


def _place(masked: str, span: Span, *, core: Span, kind: TimeKind) -> Place | None:
    """Where an expression stands; none inside the name of something that says nothing."""
    before, after = _beside(masked, span)
    leads = span != core or _RELATED.match(core.of(masked)) is not None
    inside = _POSSESSIVE.match(after) or (not leads and (kind in _NEEDS_LEAD or _DETERMINED.search(before)))
    if (inside or leads) and _names_what_speaks(after if leads else after.removeprefix(",")):
        return Place.OCCASION if span != core or _PLACED.search(before) else Place.NAME
    return None if inside else Place.ADVERB


def _dates_the_words(masked: str, found: TimeWords) -> bool:
    """Whether the words beside an expression leave it to the words that are said."""
    before, after = _beside(masked, found.span)
    if found.place is not Place.ADVERB:
        return _behind("sequel").search(before) is None
    if one_of("event").match(after.lstrip()) or _behind("elsewhere").search(before):
        return False
    if _DATELINE.search(before) and _DATELINE_END.match(after):
        return False
    return found.span != found.core or not (_SUBJECT.match(after) and _BEGINS.search(before))


def _beside(masked: str, span: Span) -> tuple[str, str]:
    """What stands in front of an expression and behind it, as far as it may matter."""
    return masked[max(0, span.start - LOOKED_AT_CHARS) : span.start], masked[span.end : span.end + LOOKED_AT_CHARS]


@cache
def _behind(kind: str) -> re.Pattern[str]:
    """A place right behind one of the words of a kind."""
    return re.compile(one_of(kind).pattern + r"\s+(?:(?:the|an?|his|her|their)\s+)?$", re.IGNORECASE)


def _names_what_speaks(after: str) -> bool:
    """Whether the name that goes on behind an expression is that of an occasion or a document."""
    possessive = _POSSESSIVE.match(after)
    at, before = possessive.end() if possessive else 0, ""
    for _ in range(LONGEST_NAME):
        word = _WORD.match(after, at)
        if word is None or (word[1] in _STOPS and not (word[1] in {"of", "at"} and before.istitle())):
            return False
        if word[1].lower() in listed("occasion") or word[1].lower() in listed("document"):
            return True
        at, before = word.end(), word[1]
    return False

"""What was sent for an answer: whether it came from the press, who sent it, and by what means.

"Questions" may be a senator's, "calls" may be a president's. What shows that an answer to the press is wanted is a
goal ("for comment", "for an interview"), a sender who is an outlet or a reporter, or words that news uses of nothing
else ("did not return calls"). Whatever shows none of these is left out.
"""

import re

from onrecord.intake.outlets import is_outlet
from onrecord.reading.named import NameKind
from onrecord.reading.wording import Line, expression
from onrecord.span import Span

LONGEST_TAIL = 140  # characters behind what was sent, for who sent it and what for

_CLAUSE_END = re.compile(r"[;!?\"()]|\.(?= |$)|,? (?:but|who|which|although|while|whether|because|after)\b")
_SUBJECT = re.compile(r",? (?:about|on|regarding|concerning|over|into|related to|asking|whether|since)\b")
_DAY = re.compile(r" (?:on |by |late |early |last )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*")
_OWN = re.compile(r"(?:we|us|our|my|i|me|this \w+)\b", re.IGNORECASE)
_OWN_BEFORE = re.compile(r"\b(?:our|my|us|this \w+)\b")
_SENDER = re.compile(r"\b(?:from|by|made to|speak (?:to|with)) ")
_TOLD = re.compile(r"\b(?:[Tt](?:old|ell(?:s|ing)?)|[Aa]ccording to) ")
_REPORTED = re.compile(r" (?:has |had |first )?(?:reported|wrote|writes|reports)\b")
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-zß-ÿ][\w&.-]*(?: (?:(?:of|the|and) )?[^\W\d_a-zß-ÿ][\w&-]*){0,4}")
_NOBODY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|I\b"
)
_MEDIA = {
    "email": re.compile(r"\be-?mail(?:s|ed)?\b", re.IGNORECASE),
    "phone": re.compile(r"\b(?:(?:tele)?phoned?|call(?:s|ed)?|voice ?mails?|voice messages?)\b", re.IGNORECASE),
    "text message": re.compile(r"\b(?:text(?:s|ed)?|SMS|WhatsApp|Signal message)\b", re.IGNORECASE),
    "letter": re.compile(r"\b(?:letters?|wr(?:ote|itten) to|by mail)\b", re.IGNORECASE),
    "social media": re.compile(r"\b(?:social media|direct messages?|Twitter|Facebook|LinkedIn|Instagram|on X)\b"),
    "fax": re.compile(r"\bfax(?:es|ed)?\b", re.IGNORECASE),
    "web form": re.compile(r"\b(?:contact|online|web) form\b", re.IGNORECASE),
}


def sent(line: Line, ask: Span) -> Span:
    """What was sent, with the words behind it up to the end of the clause."""
    end = min(len(line.words), ask.end + LONGEST_TAIL)
    stop = _CLAUSE_END.search(line.words, ask.end, end)
    return Span(ask.start, stop.start() if stop else end)


def is_press(line: Line, whole: Span, *, outlet: str | None, bare: bool = False) -> bool:
    """Whether the press sent it, or wanted an answer; `bare`, whether words that news alone uses show that."""
    words = whole.of(line.words)
    about = _SUBJECT.search(words)
    head = words[: about.start()] if about else words
    if expression(r"<goal>|<interview>|<by_press>").search(head):
        return True
    by = asker(line, whole, outlet=outlet)
    if by and is_the_press(by, outlet=outlet):
        return True
    return bare and expression(r"(?i:<bare>)").fullmatch(_DAY.sub("", head).strip(" .,")) is not None


def asker(line: Line, whole: Span, *, outlet: str | None) -> str | None:
    """Who sent it, if the words say so: "from the Ledger", "the Ledger's", "our"."""
    for place in _SENDER.finditer(line.words, whole.start, whole.end):
        if found := _called(line, place.end(), whole.end):
            return resolved(found, outlet=outlet)
    noun = expression("<ask>").search(line.words, whole.start, whole.end)
    end = noun.start() if noun else whole.start
    for start in (*(name.span.start for name in line.names), whole.start):
        found = _called(line, start, end) if whole.start <= start < end else None
        by = resolved(found, outlet=outlet) if found else None
        owner = re.compile(rf"(?:{_ARTICLE.pattern})?{re.escape(found or '')}('s?)? ", re.IGNORECASE)
        owns = owner.match(line.words, start, end)
        if by and owns and (owns[1] or is_the_press(by, outlet=outlet)):
            return by
    return outlet if _OWN_BEFORE.search(line.words, whole.start, end) else None


def told(line: Line, *, outlet: str | None) -> str | None:
    """The outlet that a sentence says was told, or reported it."""
    places = [match.end() for match in _TOLD.finditer(line.words)]
    places += [name.span.start for name in line.names if _REPORTED.match(line.words, name.span.end)]
    named = (_called(line, place, len(line.words)) for place in places)
    found = (resolved(name, outlet=outlet) for name in named if name)
    return next((by for by in found if by and is_the_press(by, outlet=outlet)), None)


def resolved(phrase: str, *, outlet: str | None) -> str | None:
    """An asker as it is called: the article's own outlet where it means itself, none for nobody in particular."""
    if _OWN.match(phrase):
        return outlet
    if not phrase or expression("<anybody>").fullmatch(phrase):
        return None
    own = set((outlet or "").lower().removeprefix("the ").split())
    return outlet if set(phrase.lower().removeprefix("the ").split()) <= own else phrase


def is_the_press(by: str, *, outlet: str | None) -> bool:
    """Whether an asker is an outlet, or what the press calls itself."""
    return by == outlet or is_outlet(by) or expression("<press>").fullmatch(by) is not None


def is_own(phrase: str) -> bool:
    """Whether a phrase is what an outlet calls itself in its own report."""
    return phrase != "I" and _OWN.fullmatch(phrase) is not None


def medium_of(words: str) -> str | None:
    """By what means something was sent, several joined by "and" in their order; none if nothing says so."""
    found = {medium: match.start() for medium, form in _MEDIA.items() if (match := form.search(words))}
    return " and ".join(sorted(found, key=found.__getitem__)) or None


def _called(line: Line, start: int, end: int) -> str | None:
    """The name or the press's own word for itself that begins at `start`, without the article of a name."""
    article = _ARTICLE.match(line.words, start, end)
    begin = article.end() if article else start
    named = (name for name in line.names if name.span.start == begin and name.kind is not NameKind.PLACE)
    if name := next(named, None):
        return name.span.of(line.words)
    found = expression("<press>").match(line.words, start, end) or _CAPITALISED.match(line.words, begin, end)
    return None if found is None or _NOBODY.match(found.group()) else found.group().rstrip(".").removesuffix("'s")

"""Requests for comment: whom an article says it asked, who did the asking, by what means, and what came of it.

Whether those whom a report is about were heard is one of the first things an editor wants to know of it. News says so
in few forms, and data/comment.txt lists them. A sentence is read on its own; only what became of a request may stand
in the next one ("None of the parties has replied"), and the span then holds both.

`answered` is whether a comment came. Who could not be reached, did not respond or declined to comment gave none, so
that a refusal counts as not answered; it is none where nothing more is said of the request. Who was asked is called as
the article calls them, without title or article; "he" and "the company" are left for whoever resolves mentions.

What is refused: questions put in an interview, a debate or a hearing, answers that somebody else than the press was
owed ("did not respond to the threat"), sources who declined to be named, and what is said inside quotation marks
unless it has the words "request for comment".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.article import CommentRequest
from onrecord.quotations import quotations, quoted
from onrecord.reading.asking import asker, is_own, is_press, is_the_press, medium_of, resolved, sent, told
from onrecord.reading.named import Name
from onrecord.reading.parties import is_somebody, is_vague, parties
from onrecord.reading.pronouns import pronoun_of
from onrecord.reading.subjects import opening_phrase, speaker_before, subject_before
from onrecord.reading.wording import Line, forms
from onrecord.span import Span
from onrecord.statement import Statement

LONGEST_NEXT = 240  # characters of a sentence that only says what became of the request before it
LONGEST_REST = 120  # characters behind a form in which its own sentence may say so
_BEHIND = frozenset(("answered", "unanswered", "replied", "evaded"))
_SPOKE = frozenset(("met", "posed", "spoke"))
_OPEN = frozenset(("asks", "sought", "sent"))
_ASKER_BEFORE = frozenset(("asks", "sought", "unable"))
_HAS_TO_BE_PRESS = frozenset(("silent", "weak", "sent", "met", "spoke"))
_PRONOUNS = frozenset(("he", "she", "they", "it"))
_NOT_AT_A_VENUE = frozenset(("weak", "posed"))
_FIRST_PERSON = frozenset(("I", "we"))
_WORTH_READING = re.compile(
    r"comment|respon|repl|return|reach|contact|declin|refus|request|would|interview|answer|unavailable|referred|ignored",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:There|No|None|Neither|Nobody|Nothing|So far|As of|At the time)\b")
_VENUE = re.compile(
    r"\b(?:in|at|during|on|under|before|from|after) (?:[\w'.-]+ ){0,3}(?:debate|hearing|testimony|deposition|trial|"
    r"stage|oath|town hall|podcast|speech|interview|(?:news|press) conference|show|programm?e?)\b|\btestif\w+"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it is read: its span and its line, and the article's outlet."""

    span: Span
    line: Line
    outlet: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of data/comment.txt where a sentence has it."""

    kind: str
    match: re.Match[str]

    def group(self, name: str) -> Span | None:
        """The span of a group of the form, none if it has no such group or that one is empty."""
        place = self.match.span(name) if name in self.match.re.groupindex else (-1, -1)
        return Span(*place) if place[0] < place[1] else None


def with_speakers(
    text: str, requests: Iterable[CommentRequest], statements: Iterable[Statement]
) -> tuple[CommentRequest, ...]:
    """The requests, a party that is a pronoun by the name of the speaker whose source it is in the same sentences."""
    known = [(s.source[0], s.speaker.name) for s in statements if s.speaker and s.source]

    def named(party: str, request: CommentRequest) -> str:
        if pronoun_of(party) is None:
            return party
        inside = (name for span, name in known if request.span.holds(span) and span.of(text).lower() == party.lower())
        return next(inside, party)

    return tuple(replace(r, of=tuple(named(party, r) for party in r.of)) for r in requests)


def comment_requests(
    text: str, *, sentences: Sequence[Span], names: Sequence[Name], outlet: str | None
) -> tuple[CommentRequest, ...]:
    """The requests for comment that an article tells of, in its order; `outlet` is who published it."""
    in_order = sorted(names)
    inside = quoted(len(text), quotations(text))
    found: list[CommentRequest] = []
    before: Span | None = None
    for span in sentences:
        sentence = _Sentence(span, Line.of(text, sentence=span, names=in_order), outlet)
        here = _in_sentence(sentence, inside) if _WORTH_READING.search(sentence.line.words) else []
        if found and before and found[-1].span.end == before.end and found[-1].answered is None:
            answered = _outcome(sentence, found[-1], here)
            if answered is not None:
                whole = Span(found[-1].span.start, span.end)
                found[-1], here = replace(found[-1], answered=answered, span=whole), []
        found += here
        before = span
    return tuple(found)


def _in_sentence(sentence: _Sentence, inside: bytearray) -> list[CommentRequest]:
    """The requests that one sentence tells of, several to the same party as one."""
    found: list[CommentRequest] = []
    for form in _forms(sentence.line):
        start, end = form.match.span()
        if inside[sentence.span.start + start] and "for comment" not in sentence.line.words[start : end + 20]:
            continue
        request = _request(sentence, form)
        if request and found and _is_same(found[-1].of, request.of):
            found[-1] = _merged(found[-1], request)
        elif request:
            found.append(request)
    return found


def _forms(line: Line) -> list[_Form]:
    """The forms in a sentence by their places; where two share words, the one that the list has first."""
    found: list[_Form] = []
    for kind, form in forms():
        if kind in _BEHIND:
            continue
        for match in form.finditer(line.words):
            if all(match.end() <= other.match.start() or other.match.end() <= match.start() for other in found):
                found.append(_Form(kind, match))
    return sorted(found, key=lambda form: form.match.start())


def _request(sentence: _Sentence, form: _Form) -> CommentRequest | None:
    """The request that a form tells of, or none if it is none of the press."""
    line, outlet, ask = sentence.line, sentence.outlet, form.group("ask")
    before = subject_before(line, form.match.start())
    whom = form.group("of") or (_whom_met(line, form.match) if form.kind in ("met", "posed") else before)
    of = parties(line, whom) if whom else ()
    asking = parties(line, before)[:1] if before and form.kind in _ASKER_BEFORE else ()
    if not _is_shown(sentence, form, asking=asking) or _FIRST_PERSON & set(of):
        return None
    if form.kind == "reach" and not _has_goal(line, ask) and not (whom and is_somebody(line, whom)):
        return None
    whole = _whole(line, form)
    by = resolved(asking[0], outlet=outlet) if asking else asker(line, whole, outlet=outlet) if whole else None
    return CommentRequest(
        by=by or (None if asking else told(line, outlet=outlet)),
        of=of,
        medium=medium_of(_own_words(line, form)),
        answered=_answered(line, form),
        span=sentence.span,
    )


def _is_shown(sentence: _Sentence, form: _Form, *, asking: tuple[str, ...]) -> bool:
    """Whether the words around a form leave no doubt that the press asked."""
    line, outlet, whole = sentence.line, sentence.outlet, _whole(sentence.line, form)
    if form.kind in _NOT_AT_A_VENUE and _VENUE.search(line.words):
        return False
    if form.kind in _HAS_TO_BE_PRESS and whole:
        return is_press(line, whole, outlet=outlet, bare=form.kind in ("silent", "sent"))
    if form.kind in _ASKER_BEFORE:
        by = resolved(asking[0], outlet=outlet) if asking else None
        shown = form.kind == "asks" or _has_goal(line, form.group("ask"))
        known = by is not None and (shown or (asking != ("I",) and is_the_press(by, outlet=outlet)))
        return (known or any(map(is_own, asking))) and "public" not in form.match.group().split()
    return True


def _whom_met(line: Line, match: re.Match[str]) -> Span | None:
    """Who spoke when asked: the subject behind the comma, or the one before."""
    behind = (
        opening_phrase(line, comma.end())
        for comma in re.finditer(", ", line.words[: match.end() + LONGEST_REST])
        if comma.start() >= match.end()
    )
    before = speaker_before(line, match.start())
    return before or next((phrase for phrase in behind if phrase), None)


def _own_words(line: Line, form: _Form) -> str:
    """The words of a form and what belongs to what was sent, without those that name who was asked."""
    start, end = form.match.span()
    whole, of = _whole(line, form), form.group("of")
    own = f"{line.words[start : of.start]} {line.words[of.end : end]}" if of else line.words[start:end]
    return f"{own} {line.words[end : whole.end]}" if whole else own


def _whole(line: Line, form: _Form) -> Span | None:
    """What was sent, with the words behind it, if the form says what; behind it may stand who was asked."""
    ask, of = form.group("ask"), form.group("of")
    return ask if ask is None or (of and ask.end <= of.start) else sent(line, ask)


def _answered(line: Line, form: _Form) -> bool | None:
    """Whether an answer came: by the kind of the form, or by what stands behind it."""
    rest = line.words[form.match.end() : form.match.end() + LONGEST_REST]
    if form.kind in _SPOKE:
        return not _known("evaded", rest)
    return _status(rest) if form.kind in _OPEN else False


def _status(words: str) -> bool | None:
    """What words say became of a request."""
    return False if _known("unanswered", words) else True if _known("answered", words) else None


def _known(kind: str, words: str) -> bool:
    """Whether words have a form of a kind."""
    return any(form.search(words) for known, form in forms() if known == kind)


def _outcome(sentence: _Sentence, request: CommentRequest, here: Sequence[CommentRequest]) -> bool | None:
    """What a sentence says became of the request in the sentence before it, or none if it says nothing of it."""
    words = sentence.line.words
    if len(words) > LONGEST_NEXT:
        return None
    if here:
        same = all(is_vague(one) or one in request.of for found in here for one in found.of)
        return here[-1].answered if same else None
    subject = opening_phrase(sentence.line, 0)
    who = parties(sentence.line, subject) if subject else ()
    if not _is_about(who, (*request.of, request.by or "")) and not _NOBODY.match(words):
        return None
    answered = subject is not None and _is_about(who, request.of) and _known("replied", words[subject.end :])
    return False if _known("unanswered", words) else answered or None


def _is_about(who: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether the subject of a sentence may be one of those named before it."""
    words = {word for name in names for word in name.split() if word[0].isupper()}
    return bool(who) and all(is_vague(one) or words & set(one.split()) for one in who)


def _has_goal(line: Line, ask: Span | None) -> bool:
    return ask is not None and " for " in ask.of(line.words)


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two requests in one sentence went to the same: a pronoun or nobody named refers back."""
    return one == other or not one or not other or other[0] in _PRONOUNS


def _merged(one: CommentRequest, other: CommentRequest) -> CommentRequest:
    """Two tellings of one request; a comment that was refused did not come."""
    answers = (one.answered, other.answered)
    return replace(
        one,
        by=one.by or other.by,
        of=one.of or other.of,
        medium=one.medium or other.medium,
        answered=False if False in answers else (True if True in answers else None),
    )

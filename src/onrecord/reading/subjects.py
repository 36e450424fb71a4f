"""Where the phrase stands that a verb belongs to: its subject, as far as that shows without a parser.

A phrase ends where punctuation, a conjunction or a word that looks like a verb ends it. What is inserted is passed over
("Falk, the mayor, declined"), a list is taken whole, and a verb whose subject is left out has that of its clause ("Falk
confirmed it but declined"). A name is never cut. What stays in doubt is no subject, and nothing is resolved.
"""

import re
from functools import cache

from onrecord.reading.acts import holds_cue
from onrecord.reading.named import NameKind
from onrecord.reading.wording import Line, expression
from onrecord.span import Span, trimmed

LONGEST_PHRASE = 14  # words; the longest subject of a refusal in PolNeAR's training part has 13
LONGEST_TAIL = 80  # characters looked at for an adverb or a day before a verb
LONGEST_LEAD = 200  # characters looked at for what stands before a clause proper
MOST_INSERTIONS = 4

_TOKEN = re.compile(r"[^\W_](?:[\w'&/-]*\w)?")
_RELATIVE = re.compile(r"(?:,? |^)(?:who|which|that)$")
_JOINED = re.compile(r"(,? (?:and|or|nor|as well as) *|, *)$")
_CLAUSE = re.compile(r"; |, (?:and|but|while|though|although) ")
_MARK = re.compile(r"[,;:()\"–—]")
_NO_VERB_BEHIND = re.compile(r"\b(?:to|an?|the) $")
_BREAK = re.compile(
    r"[;:,()\[\]\"]|\.{3}|\s[-–—]+\s|[–—]|"
    r"\b(?:but|while|although|though|because|since|that|if|when|whether|where|whose|than|as|after|before|until|yet|"
    r"and|or|nor)\b|(?P<word>\b[a-z][\w'-]*)"
)


def subject_before(line: Line, end: int, *, depth: int = MOST_INSERTIONS) -> Span | None:
    """The phrase that a verb beginning at `end` belongs to; `depth` insertions before it are passed over."""
    end = _before_adverbs(line, end)
    words = line.words[:end].rstrip()
    if relative := _RELATIVE.search(words):
        return _phrase_ending(line, relative.start()) if relative.start() else None
    if words.endswith(",") and depth:
        return _before_insertion(line, len(words) - 1, depth=depth)
    found = _phrase_ending(line, len(words))
    if found is None or expression(r"(?i:<preposition>)\b").match(line.words, found.start):
        return _subject_of_clause(line, found.start if found else len(words))
    return found


def speaker_before(line: Line, end: int) -> Span | None:
    """Who says what comes before `end`: the phrase before an insertion, or the subject of the last verb before it."""
    words = line.words[:end].rstrip()
    if words.endswith(","):
        return _phrase_ending(line, len(words) - 1)
    start = max(0, end - LONGEST_TAIL)
    verbs = [
        token.start()
        for token in _TOKEN.finditer(line.words, start, end)
        if _is_verb(token.group()) and not _NO_VERB_BEHIND.search(line.words, start, token.start())
    ]
    return next((found for verb in reversed(verbs) if (found := subject_before(line, verb))), None)


def opening_phrase(line: Line, start: int) -> Span | None:
    """The phrase that the clause beginning at `start` opens with, if a verb or an insertion follows it."""
    start = _behind_lead(line, start)
    last, n_words = start, 0
    for token in _TOKEN.finditer(line.words, start):
        mark = _MARK.search(line.words, last, token.start())
        if n_words and (mark or _is_verb(token.group())):
            return None if line.words[start].isdigit() else trimmed(line.words, start=start, end=last)
        if mark or n_words >= LONGEST_PHRASE or _is_verb(token.group()):
            return None
        last, n_words = token.end(), n_words + 1
    return None


def _behind_lead(line: Line, start: int) -> int:
    """Where a clause proper begins behind conjunctions, adverbs and what a comma sets off: "In May, the board"."""
    for _ in range(MOST_INSERTIONS):
        start = _lead_end(line, start)
        comma = line.words.find(", ", start) if expression(r"(?i:<adverbial>)\b").match(line.words, start) else -1
        if comma < 0:
            break
        start = comma + 2
    return start


def _lead_end(line: Line, start: int) -> int:
    """Where the conjunctions and adverbs end that begin at `start`."""
    lead = expression(r" *(?i:<lead>,? +)*").match(line.words, start, start + LONGEST_LEAD)
    return lead.end() if lead else start


def _before_insertion(line: Line, comma: int, *, depth: int) -> Span | None:
    """The phrase before an insertion that ends at `comma`; one that is a person's name is itself the phrase."""
    begin = line.words.rfind(",", 0, comma)
    if begin < 0:
        return subject_before(line, comma, depth=depth - 1)
    inside = trimmed(line.words, start=begin + 1, end=comma)
    if any(name.kind is NameKind.PERSON and name.span == inside for name in line.names):
        return inside
    found = subject_before(line, begin, depth=depth - 1)
    before = line.words[: found.start].rstrip() if found else ""
    if found and before.endswith(",") and line.words[found.start].islower():
        # "Falk, the mayor of Weyport, Ostmark, declined": the name stands before the description
        return next((name.span for name in line.names if name.span.end == len(before) - 1), found)
    return found


def _phrase_ending(line: Line, end: int) -> Span | None:
    """The phrase that ends at `end`: back to the last break, and over the members of a list before it."""
    start, _ = _last_break(line, end)
    found = trimmed(line.words, start=start, end=end)
    if found and (lead := _lead_end(line, found.start)) > found.start:
        return trimmed(line.words, start=lead, end=end)
    while found and (join := _JOINED.search(line.words[:start])):
        start, is_verb = _last_break(line, join.start())
        member = trimmed(line.words, start=start, end=join.start())
        # a comma alone joins only what an "and" joins further on
        joins = join[1].strip() != "," or " and " in found.of(line.words) or " or " in found.of(line.words)
        if not joins or is_verb or not member or not _is_phrase(line, member):
            break
        found = Span(member.start, found.end)
    return found


def _last_break(line: Line, end: int) -> tuple[int, bool]:
    """Where the last thing ends that no phrase reaches over, and whether that is a verb."""
    found, is_verb = 0, False
    for match in _BREAK.finditer(line.words, 0, end):
        inside = any(name.span.start <= match.start() and match.end() <= name.span.end for name in line.names)
        if inside or (match["word"] and not _is_verb(match["word"])):
            continue
        found, is_verb = match.end(), bool(match["word"])
        if match["word"] == "told":
            # "Falk told the Ledger they would not": whoever is told is no part of the phrase
            told = (name.span for name in line.names if 0 < name.span.start - found <= len(" the "))
            found = next((span.end for span in told if span.end <= end), found)
    return found, is_verb


def _subject_of_clause(line: Line, end: int) -> Span | None:
    """The subject of the nearest clause before `end`, for a verb whose own is left out."""
    starts = [0, *(match.end() for match in _CLAUSE.finditer(line.words, 0, end))]
    found = (opening_phrase(line, start) for start in reversed(starts))
    return next((span for span in found if span and span.end <= end), None)


def _is_phrase(line: Line, span: Span) -> bool:
    """Whether words may be one member of a list: few, none of them a verb, and opening with no preposition."""
    tokens = _TOKEN.findall(line.words, span.start, span.end)
    opens = expression(r"(?i:<adverbial>)\b").match(line.words, span.start)
    return 0 < len(tokens) <= LONGEST_PHRASE and not opens and not any(map(_is_verb, tokens))


def _before_adverbs(line: Line, end: int) -> int:
    """Where the words end before the adverbs, days and auxiliaries in front of a verb at `end`."""
    tail = expression(r"(?:,? \d{1,3}|(?: +|^)(?:<adverb>|<day>|<proxy>(?: on <day>)?|has|have|had)),? *$")
    while match := tail.search(line.words, max(0, end - LONGEST_TAIL), end):
        end = match.start()
    return end


@cache
def _is_verb(word: str) -> bool:
    """Whether a word looks like a finite verb: by a list, by its ending, or because it may be a cue."""
    if not word[0].islower() or word.endswith("ing") or expression("<noun>").fullmatch(word):
        return False
    return bool(expression("<verb>").fullmatch(word)) or (word.endswith("ed") and len(word) > 4) or holds_cue(word)

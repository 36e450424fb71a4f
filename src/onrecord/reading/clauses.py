"""Whether an expression of time stands in the clause of a cue, judged by the words between the two and by commas.

In "He said at a rally on Sunday" it does; in "He said after the vote on Sunday" another clause has come between. In
front of its cue an expression stands next to it ("who last year threatened"), opens its sentence ("On Sunday, in front
of a full house, she said") or leads to a clause that takes it up ("in February, when he told the paper"). No sentence
is parsed: the words that open a clause or an adverbial are lists, and what they leave open is answered with no.
"""

import re

from onrecord.reading.days import TimeKind
from onrecord.reading.timewords import MASK, Place, TimeWords, one_of
from onrecord.span import Span

_PARTS = re.compile(r"[,;:()—–]|\s-+\s")
_MARKS = re.compile(r"^\W+")
_COORDINATED = re.compile(r"\W*(?:and|but|or|while|whereas|then)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,?\s*(?:and|but)\s+(?:\w+ly\s+|later\s+|then\s+|also\s+)?|to\s+)?")
_CONTRASTED = re.compile(r"\b(?:while|whereas)\s[^,]*$")
_PARTICIPLE = re.compile(r"\w+ing\b")
_MANNER = re.compile(r"\w+ly\b")
_ATTENDED = re.compile(r"\b(?:testi|spe|spo|appe)\w+ before\b", re.IGNORECASE)
_TAKEN_UP = re.compile(r"(?P<on>.{0,80}?)\b(?:when|where|(?:at|in|during) which)\s+(?:[\w.’'-]+\s+){1,4}", re.DOTALL)
_PERFECT = re.compile(r"(?:has|have)\b", re.IGNORECASE)
_PERFECT_BEFORE = re.compile(r"\b(?:has|have)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_UP_TO_NOW = re.compile(r"this\b|today|recent|in recent", re.IGNORECASE)
NEAR_WORDS = 5
ADJACENT_WORDS = 2


def stands_behind(masked: str, words: TimeWords, *, cue: Span) -> bool:
    """Whether an expression behind a cue stands in the cue's clause."""
    between = masked[cue.end : words.span.start]
    if words.place is Place.NAME or ";" in between or _is_too_late(masked, words, cue=cue):
        return False
    parts = _PARTS.split(between.rpartition(MASK)[2])
    if _has_clause(parts[-1]) or _COORDINATED.match(parts[-1]):
        return False
    if MASK not in between and (len(parts) == 1 or _starts("dated", parts[-1])):
        return True
    if between.rstrip().endswith(","):
        return words.kind is not TimeKind.DATE or words.span != words.core
    return _opens(parts[-1]) or _starts("further", parts[-1])


def stands_ahead(masked: str, words: TimeWords, *, cue: Span, source_start: int, begin: int) -> bool:
    """Whether an expression in front of a cue stands in the cue's clause, or opens the sentence that it is of.

    The cue before, if any, ends at `begin`; `source_start` is where the source begins, or the cue where it has none.
    """
    before, between = masked[begin : words.span.start], masked[words.span.end : cue.start]
    if words.place is Place.NAME or _is_too_late(masked, words, cue=cue):
        return False
    if (taken := _TAKEN_UP.fullmatch(between)) and MASK not in between and not _has_clause(taken["on"]):
        return True
    part = _PARTS.split(before.rpartition(MASK)[2])[-1]
    if _has_clause(part, but_for_its_opening=True):
        return False
    if _JOINED.fullmatch(between) or (between.strip() == "," and _PARTICIPLE.match(masked, cue.start)):
        return True
    if not _PARTS.search(between) and MASK not in between and len(between.split()) <= NEAR_WORDS:
        return not _has_clause(between)
    opens = _opens(part) or _starts("dated", part)
    return opens and _is_main(between, n_chars=min(len(between), cue.start - source_start))


def opens_what_comes(masked: str, words: TimeWords, *, left: Span, right: Span) -> bool:
    """Whether of two cues in whose clauses an expression may stand it is the one behind it."""
    before, after = masked[left.end : words.span.start], masked[words.span.end : right.start]
    if MASK in before and before.rpartition(MASK)[2].strip() == "," and after.startswith(","):
        return True  # set off by commas, it opens what comes rather than closes what was
    near = not {",", MASK} & set(after) and len(after.split()) <= ADJACENT_WORDS
    return near and words.place is Place.ADVERB and not (after.strip() and _opens(after))


def dates_source(masked: str, words: TimeWords, *, source_start: int) -> bool:
    """Whether an expression in a source says from when it is: "a 2014 study", "a poll released Friday"."""
    before = masked[source_start : words.span.start]
    if _has_clause(before):
        return False
    return words.place is not Place.ADVERB or any(one_of(kind).search(before) for kind in ("dated", "document"))


def is_coming(masked: str, words: TimeWords, *, cues: list[Span]) -> bool:
    """Whether the clause that an expression stands in, with these cues, is about what is to come."""
    start, end = min([words.span, *cues]).start, max(span.end for span in [words.span, *cues])
    part = _PARTS.split(masked[:start].rpartition(MASK)[2])[-1]
    return one_of("coming").search(part + masked[start:end].split(MASK, maxsplit=1)[0]) is not None


def _is_too_late(masked: str, words: TimeWords, *, cue: Span) -> bool:
    """Whether the cue is in the perfect, which goes with no time that is over ("has said" with "in 2012")."""
    perfect = _PERFECT.match(masked, cue.start) or _PERFECT_BEFORE.search(masked[: cue.start])
    return perfect is not None and _UP_TO_NOW.match(words.core.of(masked)) is None


def _is_main(between: str, *, n_chars: int) -> bool:
    """Whether no other clause begins before the source, which stands `n_chars` from the end."""
    if MASK in between and not between.lstrip("\"“”'‘, ").startswith(MASK):
        return False
    subject = between[: len(between) - n_chars].rpartition(MASK)[2] if n_chars >= 0 else between
    return not _has_clause(_PARTS.split(subject)[-1]) and not _CONTRASTED.search(subject)


def _has_clause(words: str, *, but_for_its_opening: bool = False) -> bool:
    """Whether a clause of its own begins in these words; `but_for_its_opening`, and goes on for a word at least."""
    words = _ATTENDED.sub("", words)
    found = one_of("clause").finditer(words)
    return any(words[clause.end() :].strip() or not but_for_its_opening for clause in found)


def _opens(part: str) -> bool:
    """Whether an adverbial begins there, or nothing stands there at all."""
    part = _MARKS.sub("", part)
    if _starts("no opener", part):
        return False
    return not part or any(form.match(part) for form in (one_of("opener"), _PARTICIPLE, _MANNER))


def _starts(kind: str, part: str) -> bool:
    """Whether words of a kind stand at the beginning, marks aside."""
    return one_of(kind).match(_MARKS.sub("", part)) is not None

"""Whom a phrase names: one party or several, each by its name where it has one.

"The French and Russian foreign ministries" are two parties, "Falk's lawyer Beth Quill" is one, and her name says which.
A title and an article are no part of a name; a description keeps its "the" where it points back ("the company"). What
it refuses to do: to resolve anything. "He" and "the company" stay what they are.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from onrecord.reading.named import Name, NameKind
from onrecord.reading.wording import Line, expression
from onrecord.span import Span, trimmed

_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ]")
_JOIN = re.compile(r",? (?:and|or|nor|as well as|along with|together with)(?: also)?(?= )|,")
_LISTING = re.compile(r"[\s,\"]*(?:(?:both|either|neither|and|with|to|from|at|of)\b *)?", re.IGNORECASE)
_ARTICLE = re.compile(r"[\s,\"]*(?:(?:an?|the)\b *)?", re.IGNORECASE)
_BESIDE_NAME = re.compile(r",? (?:of|from) .*| \(.*\)?|")
_FIRM_BEFORE = re.compile(r"(?:^| )[a-z]\w* $")
_MODIFIER = re.compile(r"[^\W\d_a-z][\w.'-]*(?: [^\W\d_a-z][\w.'-]*)?")
_HEAD = re.compile(r"(?P<before>(?:[\w'-]+ )*?)(?P<head>[\w'-]+) (?P<of>of|for|at) (?=\S)")
_SINGULAR = {"men": "man", "women": "woman", "people": "person", "ies": "y", "sses": "ss", "shes": "sh", "ches": "ch"}
_NO_PLURAL = ("ss", "'s", "us", "is", "quarters")


def parties(line: Line, span: Span) -> tuple[str, ...]:
    """Whom a phrase names; what several share, an adjective's head or a noun before "of", is given to each."""
    parts = list(_parts(line, span))
    texts = [_called(line, part) for part in parts]
    if len(parts) > 1:
        words = [part.of(line.words) for part in parts]
        texts = _with_shared_head(words, texts) or _with_shared_opening(words, texts) or texts
    return tuple(dict.fromkeys(texts))


def is_somebody(line: Line, phrase: Span) -> bool:
    """Whether a phrase is about a person or a body, so that it can be reached."""
    kinds = {name.kind for name in line.names if phrase.holds(name.span)}
    if kinds & {NameKind.PERSON, NameKind.ORGANISATION}:
        return True
    return expression(r"\b(?:<people>|<bodies>|[Hh]e|[Ss]he|[Tt]hey)\b").search(phrase.of(line.words)) is not None


def is_vague(party: str) -> bool:
    """Whether a party is no name but a pronoun or a description, which may refer to anybody."""
    return not _CAPITAL.search(party)


def _parts(line: Line, span: Span) -> Iterator[Span]:
    """The members of a list, or the phrase itself; a name is never cut."""
    joins = [
        join.span()
        for join in _JOIN.finditer(line.words, span.start, span.end)
        if not any(name.span.start < join.end() and join.start() < name.span.end for name in line.names)
    ]
    starts, ends = [span.start, *(end for _, end in joins)], [*(start for start, _ in joins), span.end]
    for start, end in zip(starts, ends, strict=True):
        if part := _bare(line, start, end, listed=bool(joins)):
            yield part


def _bare(line: Line, start: int, end: int, *, listed: bool) -> Span | None:
    """The words without article and marks and, in a list, without a "both" or a "with" before them."""
    for opening in (_LISTING, _ARTICLE) if listed else (_ARTICLE,):
        match = opening.match(line.words, start, end)
        start = match.end() if match else start
    marks = ",\" '." if end == len(line.words.rstrip()) else ",\" '"
    while start < end and line.words[end - 1] in marks:
        end -= 1
    return trimmed(line.words, start=start, end=end)


def _called(line: Line, part: Span) -> str:
    """What a part is called: by the name in it, if that is whose title or description the rest is, or by its words."""
    words, named = part.of(line.words), [name for name in line.names if part.holds(name.span)]
    if bearer := next((name for name in named if _bears(line, name, part)), None):
        return bearer.span.of(line.words)
    if is_vague(words) and line.words[: part.start].lower().endswith("the "):
        return f"the {words}"
    begins_name = any(name.span.start == part.start for name in named)
    opening = words.split()[0].lower()
    lowered = words != "I" and not begins_name and expression("<common>").fullmatch(opening)
    return words[0].lower() + words[1:] if lowered else words


def _bears(line: Line, name: Name, part: Span) -> bool:
    """Whether a part is its name with nothing but titles, a description or a place beside it."""
    before, after = line.words[part.start : name.span.start], line.words[name.span.end : part.end]
    if expression(r"\b(?:<preposition>|\w+ing)\b").search(before) or not _BESIDE_NAME.fullmatch(after):
        return False
    is_firm = name.kind is NameKind.ORGANISATION and _FIRM_BEFORE.search(before) is not None
    return name.kind is NameKind.PERSON or is_firm


def _with_shared_head(words: list[str], texts: list[str]) -> list[str]:
    """The members of "French", "Russian foreign ministries", each with the head; empty if none is shared."""
    last = next((i for i in range(1, len(words)) if _is_plural(words[i])), 0)
    own = words[last].split()
    if not last or len(own) < 2 or not _CAPITAL.match(own[0]) or not all(map(_MODIFIER.fullmatch, words[:last])):
        return []
    n_own = min(len(own) - 1, len(list(takewhile(_CAPITAL.match, own))))
    if n_own == len(own) - 1:
        # "Defense Departments": nothing but its place tells the head from a name of two words
        n_own = min(n_own, len(words[last - 1].split()))
    modifiers = words[:last]
    if own[n_own - 1].endswith("'s"):
        modifiers = [modifier.removesuffix("'s") + "'s" for modifier in modifiers]
    head = " ".join([*own[n_own:-1], _singular(own[-1])])
    return [*(f"{modifier} {head}" for modifier in (*modifiers, " ".join(own[:n_own]))), *texts[last + 1 :]]


def _with_shared_opening(words: list[str], texts: list[str]) -> list[str]:
    """The members of "foreign ministries of Norrland", "Ostmark", each with the opening; empty if none is shared."""
    opening = _HEAD.match(texts[0])
    if not opening or not _is_plural(opening["head"]):
        return []
    rest = [texts[0][opening.end() :], *words[1:]]
    if not all(_CAPITAL.match(text) or text.startswith("the ") for text in rest):
        return []
    shared = f"{opening['before']}{_singular(opening['head'])} {opening['of']}"
    return [f"{shared} {text}" for text in rest]


def _is_plural(words: str) -> bool:
    return not words.endswith(_singular(words.rsplit(maxsplit=1)[-1]))


def _singular(word: str) -> str:
    """The singular of a noun, or the word itself."""
    for ending, single in _SINGULAR.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + single
    return word.removesuffix("s") if not word.endswith(_NO_PLURAL) else word

"""The places where a text means somebody or something: names, pronouns, and phrases such as "the minister".

Names are what the model's `names` head marks. Phrases are pairs of word pieces that its `mention` vectors join, nested
ones included. Every source of a statement is a mention as well, whether the model marks it or not: who speaks is what
mentions are there for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from onrecord.reading.decode import Floats
from onrecord.reading.kinds import is_role
from onrecord.reading.named import Name, NameKind
from onrecord.reading.phrases import head_noun, number_of
from onrecord.reading.pieces import Pieces
from onrecord.reading.pronouns import Gender, Number, pronoun_of
from onrecord.reading.wordlists import words
from onrecord.span import Span

SECOND_PERSON = 2
LONGEST = 41  # pieces of a phrase; in GUM's training part two in a hundred are longer


class Sort(StrEnum):
    """What a mention is by its form; the order is that of the rows in the scorer's tables."""

    HE = "he"
    SHE = "she"
    IT = "it"
    THEY = "they"
    I = "i"  # noqa: E741 - it is the word
    WE = "we"
    YOU = "you"
    THIS = "this"
    WHO = "who"
    ONE_PHRASE = "one phrase"
    MANY_PHRASE = "many phrase"
    PERSON_NAME = "person name"
    ORGANISATION_NAME = "organisation name"
    PLACE_NAME = "place name"
    OTHER_NAME = "other name"


_BY_PERSON = {(1, Number.SINGULAR): Sort.I, (1, Number.PLURAL): Sort.WE, (3, Number.PLURAL): Sort.THEY}
_BY_GENDER = {Gender.HE: Sort.HE, Gender.SHE: Sort.SHE, Gender.IT: Sort.IT}
_RELATIVE = frozenset("who whom whose which one someone somebody everyone everybody anyone anybody nobody".split())
_POINTING = frozenset("this that these those".split())
_NAME_SORTS = {
    "person": Sort.PERSON_NAME,
    "organisation": Sort.ORGANISATION_NAME,
    "place": Sort.PLACE_NAME,
    "other": Sort.OTHER_NAME,
}
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
# A name hangs on what stands before it ("aides to Falk"), or belongs to what stands behind it ("the Falk campaign").
_PREPOSITION = (
    r"\b(?:of|for|to|from|by|with|in|at|on|as|against|about|over|between|than|like|under|including|and|or|allowing)"
)
_HANGS = re.compile(rf"(?:{_PREPOSITION}(?:\s+[^\s,;(]+){{0,5}}|[’']s?)\s+$")
_HANGS_DIRECTLY = re.compile(rf"{_PREPOSITION}$")
_CLAUSE = re.compile(r"\b(?:who|which|that|whose|where|when|while|because)\b")
_OWNER = re.compile(r"(?:[A-Z][\w.&-]*\s+){0,3}[^\s,;(]+(?:[’']s|(?<=s)[’'])\s+$")
_ENDS_NAME = re.compile(
    r"[’']?s?$|\s*[,;:&()\[\]—–\"”“]|\s+-\s|\s+(?:of|from|in|at|on|who|whose|which|and|himself|herself|itself|Jr|Sr)\b(?!-)"
)
_JOINS = re.compile(r"(?:\s*\([^()]*\))?(?:,|,?\s+(?:and|&))\s+(?:(?!(?:of|for|to|wh\w+|that) )[\w.’'-]+\s+){0,5}")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: its span, its first and last piece, what it is by its form, its head word and the name at its head.

    `words` are those of the name where there is one, else the phrase's, in lower case. `names` are all that head the
    phrase: "Todd Rokita and Brian Bosma" has two.
    """

    span: Span
    first: int
    last: int
    sort: Sort
    head: str
    words: tuple[str, ...]
    names: tuple[Name, ...] = ()

    @property
    def name(self) -> Name | None:
        """The name at the head, the first of several."""
        return self.names[0] if self.names else None


def phrases_of(pieces: Pieces, vectors: Floats, lengths: Floats) -> list[Span]:
    """The spans that the model takes for mentions, nested ones included.

    `vectors` (pieces, 2 * width): each piece's as a mention's first and as its last; `lengths` (LONGEST,): what a
    length in pieces adds to the score. A mention is there where the score, log-odds, is above 0.
    """
    n, width = len(pieces), vectors.shape[1] // 2
    begins, ends = vectors[:, :width], vectors[:, width:]
    closes = np.append(pieces.first[1:], True)
    found: list[Span] = []
    for extra, bias in enumerate(lengths[:n].tolist()):
        scores = np.einsum("pv,pv->p", begins[: n - extra], ends[extra:]) / np.sqrt(width) + bias
        chosen = np.flatnonzero((scores > 0) & pieces.first[: n - extra] & closes[extra:])
        found += [Span(int(pieces.start[i]), int(pieces.end[i + extra])) for i in chosen]
    return found


def mentions_of(text: str, pieces: Pieces, spans: Sequence[Span], names: Sequence[Name]) -> list[Mention]:
    """The mentions at `spans`, and those of the pronouns and of the names that none of these holds, in their order."""
    by_head: dict[Span, Mention] = {}
    for span in spans:
        if mention := _mention(text, pieces, span, names):
            by_head[span] = mention
    covered = {m.name.span for m in by_head.values() if m.name}
    for name in names:
        if name.span not in covered and (mention := _mention(text, pieces, name.span, [name])):
            by_head[name.span] = mention
    for match in _WORD.finditer(text):
        span = Span(*match.span())
        is_new = span not in by_head and _pronoun_sort(match.group()) not in (None, Sort.THIS, Sort.WHO)
        if is_new and (mention := _mention(text, pieces, span, ())):
            by_head[span] = mention
    return sorted(by_head.values(), key=lambda m: (m.span.start, -m.span.end))


def _mention(text: str, pieces: Pieces, span: Span, names: Sequence[Name]) -> Mention | None:
    first = int(np.searchsorted(pieces.end, span.start, side="right"))
    last = int(np.searchsorted(pieces.start, span.end, side="left")) - 1
    if last < first:
        return None
    phrase = span.of(text)
    plain = tuple(w.lower() for w in _WORD.findall(phrase))
    if len(plain) == 1 and (sort := _pronoun_sort(plain[0])):
        return Mention(span, first, last, sort, plain[0], plain)
    heads = tuple(_heads(text, span, names))
    if heads:
        own = tuple(w.lower() for w in _WORD.findall(_POSSESSIVE.sub("", heads[0].span.of(text))))
        return Mention(span, first, last, _NAME_SORTS[heads[0].kind], own[-1] if own else "", own, heads)
    is_many = number_of(phrase) is Number.PLURAL
    head = head_noun(phrase).lower()
    return Mention(span, first, last, Sort.MANY_PHRASE if is_many else Sort.ONE_PHRASE, head, plain)


def _pronoun_sort(word: str) -> Sort | None:
    """The sort of a word that is a pronoun, none for any other."""
    plain = word.lower()
    if plain in _RELATIVE or plain in _POINTING:
        return Sort.WHO if plain in _RELATIVE else Sort.THIS
    pronoun = pronoun_of(plain)
    if pronoun is None:
        return None
    if pronoun.person == SECOND_PERSON:
        return Sort.YOU
    return _BY_GENDER.get(pronoun.gender) or _BY_PERSON.get((pronoun.person, pronoun.number))


def _heads(text: str, span: Span, names: Sequence[Name]) -> Iterator[Name]:
    """The names that head the phrase at `span`: not what they are of, and not whose they are."""
    head: Name | None = None
    for k in range(bisect_left(names, span.start, key=_start), len(names)):
        name = names[k]
        if name.span.end > span.end:
            break
        if not _ENDS_NAME.match(text[name.span.end : span.end]):
            continue
        if head is None and _hangs(text[span.start : name.span.start], name.kind):
            continue
        if head is None or (
            head.kind == name.kind == NameKind.PERSON and _JOINS.fullmatch(text[head.span.end : name.span.start])
        ):
            yield name
            head = name


def _start(name: Name) -> int:
    return name.span.start


def _hangs(before: str, kind: NameKind) -> bool:
    """Whether a name is what something else is of: an aide to President Falk, a report by the Weyport Institute.

    Who follows a role, an outlet's or a body's name is not: "chief of staff Per Quill", "the Ledger's Ines Calloway".
    """
    if _CLAUSE.search(before):
        return True
    if kind is not NameKind.PERSON:
        return _HANGS.search(before) is not None
    rest = _OWNER.sub("", before).rstrip()
    while (word := rest.rpartition(" ")[2]) and word.strip(".").lower() in words("titles", "always", "before"):
        rest = rest.removesuffix(word).rstrip()
    if _HANGS_DIRECTLY.search(rest):
        return True
    return _HANGS.search(f"{rest} ") is not None and not is_role(head_noun(before)) and "," not in rest

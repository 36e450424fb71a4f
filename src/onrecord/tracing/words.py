"""The words of a quotation as they are compared, each with its characters in the text.

Case, accents, the shape of marks and dashes and contractions do not count: "don’t" is "do" and "not". Words in square
brackets and places where an ellipsis leaves something out are known as such. What it refuses to do: to change the text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import overload

from onrecord.span import Span

_DOTS = r"\.(?:[ \u00a0]?\.){2,}|…"
_TOKEN = re.compile(
    rf"(?P<gap>[\[(] ?(?:{_DOTS}) ?[\])]|{_DOTS})"
    r"|(?P<note>[\[(]sic[\])])"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<word>\d+(?:[.,]\d+)*|[^\W_]+(?:['’ʼ`´][^\W_]+)*['’]?)"
    r"|(?P<percent>%)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!:]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))
_SHORT = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_WHOLE = {
    "cannot": ("can", "not", 3),
    "can't": ("can", "not", 3),
    "won't": ("will", "not", 2),
    "let's": ("let", "us", 3),
}
_IS = frozenset("he she it that there what who where how here this everything nobody everybody".split())
_ENDINGS = ("ness", "ly", "ing", "ed", "ies", "es", "s", "e", "y")
_SHORTEST_STEM = 4
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_DIGITS = {word: str(number) for number, word in enumerate([*_NUMBERS.split(), "eighteen", "nineteen"])}
_DIGITS |= {word: str(10 * number) for number, word in enumerate(_TENS.split(), 2)}
MAX_CACHED = 1 << 16


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it is compared, its characters, and how it stands there.

    `bracketed` is in square brackets, `after_gap` behind an ellipsis, `nested` in a quotation inside the quotation;
    `opens` at the beginning of a sentence, `capital` with a capital letter elsewhere, as names are.
    """

    folded: str
    span: Span
    bracketed: bool = False
    after_gap: bool = False
    nested: bool = False
    opens: bool = False
    capital: bool = False


class LazyWords(Sequence[Word]):
    """Words of which no more than the forms is made ready until somebody asks: of most that are kept nobody does."""

    __slots__ = ("_made", "_make", "forms")

    def __init__(self, forms: tuple[str, ...], make: Callable[[], tuple[Word, ...]]) -> None:
        self.forms = forms
        self._make = make
        self._made: tuple[Word, ...] | None = None

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, index: int) -> Word: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...

    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        if self._made is None:
            self._made = self._make()
        return self._made[index]


def forms_of(words: Sequence[Word]) -> Sequence[str]:
    """The words as they are compared."""
    return words.forms if isinstance(words, LazyWords) else [word.folded for word in words]


def words_of(text: str, span: Span, *, inner: Sequence[Span] = ()) -> tuple[Word, ...]:
    """The words of a stretch of the text, in their order; "[sic]" is none. `inner` are quotations inside it."""
    return tuple(
        replace(word, nested=True) if any(s.holds(word.span) for s in inner) else word for word in _words(text, span)
    )


def ends_open(text: str, span: Span) -> bool:
    """Whether the stretch ends with an ellipsis."""
    return re.search(rf"(?:{_DOTS}) ?[\])]?[,\s]*\Z", text[span.start : span.end]) is not None


@lru_cache(MAX_CACHED)
def stem(word: str) -> str:
    """The word without its endings, so that "careless", "carelessly" and "carelessness" are one; numbers in digits."""
    if word in _DIGITS:
        return _DIGITS[word]
    word = word.removesuffix("'s").removesuffix("s'")
    for end in _ENDINGS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM:
            return stem(word.removesuffix(end))
    return word


def root(word: str) -> str:
    """The stem, short words included: "tax" and "taxes" have one."""
    return stem(word).removesuffix("e")


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or spelt out."""
    return word[:1].isdigit() or word in _DIGITS


@lru_cache(MAX_CACHED)
def folded(word: str) -> str:
    """The word in small letters, without accents, with a straight apostrophe."""
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _words(text: str, span: Span) -> Iterator[Word]:
    bracketed = gap = False
    opens, done = True, span.start
    for match in _TOKEN.finditer(text, span.start, span.end):
        opens = opens or _SENTENCE_END.search(text, done, match.start()) is not None
        done = match.end()
        if match["gap"]:
            gap = True
        elif match["open"]:
            bracketed = True
        elif match["close"]:
            bracketed = False
        elif match["word"] or match["percent"]:
            capital = match[0][0].isupper() and not opens and match[0] != "I"
            for form, start, end in _parted(match[0], match.start()):
                yield Word(form, Span(start, end), bracketed=bracketed, after_gap=gap, opens=opens, capital=capital)
                gap = opens = False


def _parted(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The word as it is compared with its place; a contraction is two."""
    form, end = folded(word), start + len(word)
    if form == "%":
        yield "percent", start, end
        return
    form = form.removesuffix("'")
    first, second, cut = _cut(form)
    if second and len(form) <= len(word):
        yield first, start, start + cut
        yield second, start + cut, end
    else:
        yield form.replace(",", "") if form[:1].isdigit() else form, start, end


@lru_cache(MAX_CACHED)
def _cut(form: str) -> tuple[str, str, int]:
    """Both words of a contraction and where the first ends, or the word, nothing and its length."""
    if form in _WHOLE:
        return _WHOLE[form]
    if form.endswith("n't") and len(form) > len("n't"):
        return form[:-3], "not", len(form) - 3
    head, mark, tail = form.rpartition("'")
    if mark and head and f"'{tail}" in _SHORT:
        return head, _SHORT[f"'{tail}"], len(head)
    if mark and tail == "s" and head in _IS:
        return head, "is", len(head)
    return form, "", len(form)

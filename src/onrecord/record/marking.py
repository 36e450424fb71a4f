"""Where in a text the words stand that were looked for, for databases that do not tell it themselves.

Which words are forms of one another the database says, by their stems; here they are only compared. A text is parted
into words as the database parts it, so that what was found is what is marked.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from onrecord.record.query import ENDINGS, Query

# What parts words, for Python's and PostgreSQL's expressions: blanks, control characters, punctuation and pictures.
APART = (
    r"\u0001-/:-@\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u037e\u0387\u055a-\u055f\u0589"
    r"\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004"
    r"\u3008-\u3020\u3030\ufdd0-\ufdef\ufe10-\ufe1f\ufe30-\ufe6b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\ufff9-\uffff\U0001f000-\U0001faff"
)
ACCENTS = r"\u0300-\u036f"
_WORD = re.compile(f"[^\x00{APART}]+")
Stems = tuple[str, ...]


def words_in(text: str | None) -> list[str]:
    """The words, as they are written."""
    return _WORD.findall(text or "")


@dataclass(frozen=True, slots=True)
class Sought:
    """What was looked for: stems in a row, `whole` or, where the last may go on, `begun`; and the stem of each word."""

    whole: frozenset[Stems]
    begun: frozenset[Stems]
    stems: Mapping[str, str]

    @classmethod
    def of(cls, query: Query, *, stem: Callable[[set[str]], Mapping[str, str]]) -> Self:
        """The terms that had to be there; `stem` is asked once, for all of their words."""
        whole: set[tuple[str, ...]] = set()
        begun: set[tuple[str, ...]] = set()
        for term in (term for group in query.groups for term in group):
            *before, last = words_in(term.words) or [term.words]
            whole |= {(*before, f"{last}{ending}") for ending in (ENDINGS if term.prefix else ("",))}
            begun |= {(*before, last)} if term.prefix else set()
        stems = stem({word for row in whole | begun for word in row})

        def stemmed(rows: set[tuple[str, ...]]) -> frozenset[Stems]:
            return frozenset(tuple(stems.get(word, word) for word in row) for row in rows)

        return cls(stemmed(whole), stemmed(begun), stems)

    def places(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """From which word to before which one it stands, in their order, none across another."""
        stems = [self.stems.get(word, word) for word in words]
        rows = self.whole | self.begun
        behind = 0
        for start in range(len(stems)):
            ends = [start + len(row) for row in rows if start >= behind and self._is_at(start, row, stems)]
            if ends:
                behind = max(ends)
                yield start, behind

    def _is_at(self, start: int, row: Stems, stems: list[str]) -> bool:
        found = tuple(stems[start : start + len(row)])
        if found == row:
            return row in self.whole or row in self.begun
        begins = row in self.begun and len(found) == len(row)
        return begins and found[:-1] == row[:-1] and found[-1].startswith(row[-1])


def highlighted(text: str, sought: Sought, *, marks: tuple[str, str]) -> str:
    """The text with the marks around what was looked for."""
    words = list(_WORD.finditer(text))
    places = sought.places([word[0] for word in words])
    return _marked(text, [(words[first].start(), words[end - 1].end()) for first, end in places], marks=marks)


def passage_of(text: str, sought: Sought, *, marks: tuple[str, str], n_words: int) -> str:
    """So many words of the text, of which the most were looked for, with the marks; an ellipsis where it goes on."""
    words = list(_WORD.finditer(text))
    places = list(sought.places([word[0] for word in words]))
    last = max(len(words) - n_words, 0)
    starts = sorted({min(max(first - n_words // 4, 0), last) for first, _ in places} or {0})
    begin = max(starts, key=lambda start: sum(start <= first and end <= start + n_words for first, end in places))
    end = min(begin + n_words, len(words))
    start_char = words[begin].start() if begin else 0
    end_char = words[end - 1].end() if end < len(words) else len(text)
    inside = [
        (words[a].start() - start_char, words[b - 1].end() - start_char) for a, b in places if begin <= a and b <= end
    ]
    passage = _marked(text[start_char:end_char], inside, marks=marks)
    return f"{'…' if begin else ''}{passage}{'…' if end < len(words) else ''}"


def _marked(text: str, places: list[tuple[int, int]], *, marks: tuple[str, str]) -> str:
    parts, behind = [], 0
    for start, end in places:
        parts += [text[behind:start], marks[0], text[start:end], marks[1]]
        behind = end
    return "".join((*parts, text[behind:]))

"""A text as the encoder sees it: word pieces, each with its characters and with what the vocabulary cannot tell.

The vocabulary is uncased and knows no layout, so each piece also bears its word's casing, whether it stands in a
quotation, whether its paragraph starts there and whether that paragraph is one of the first. Nothing here knows the
model; training and reading share it, so that both see the same.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.quotations import Quotation
from onrecord.span import Span

LOWER, TITLE, UPPER, MIXED, NO_CASE = range(5)
FEATURES = {"casing": 5, "quoted": 3, "paragraph_start": 2, "paragraph_number": 3}
QUOTED = list(FEATURES).index("quoted")
MAX_DEPTH = 2
CHUNK_CHARS = 200_000
FIRST_COMBINING = "\u0300"

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, without special ones; arrays of one length, (pieces,), unless said otherwise.

    `ids` in the vocabulary; `start` and `end` characters in the text; `first` where a word begins; `features`
    (pieces, 4) in the order of `FEATURES`; `paragraph`, the number of the paragraph it stands in.
    """

    ids: Ints
    start: Ints
    end: Ints
    first: Bools
    features: Ints
    paragraph: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, span: Span) -> "Pieces":
        """The pieces inside `span` as a text of its own: marks of quotation around all of it do not count."""
        low = int(np.searchsorted(self.start, span.start, side="left"))
        high = int(np.searchsorted(self.end, span.end, side="right"))
        here = slice(low, max(low, high))
        features = self.features[here].copy()
        if len(features):
            features[:, QUOTED] -= features[:, QUOTED].min()
        return Pieces(
            self.ids[here], self.start[here], self.end[here], self.first[here], features, self.paragraph[here]
        )


def pieces_of(
    text: str, tokenizer: Tokenizer, *, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> Pieces:
    """The pieces of `text`. Characters outside `paragraphs` (white space) have none."""
    parts = [np.empty((0, 5), dtype=np.int64)]
    n_words = 0
    for number, paragraph in enumerate(paragraphs):
        for begin in range(paragraph.start, paragraph.end, CHUNK_CHARS):
            chunk = text[begin : min(begin + CHUNK_CHARS, paragraph.end)]
            encoded = tokenizer.encode(chunk, add_special_tokens=False)
            part = np.full((len(encoded), 5), number, dtype=np.int64)
            part[:, 0], part[:, 3] = encoded.ids, [word or 0 for word in encoded.word_ids]
            part[:, 1:3] = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2) + begin
            part[:, 3] += n_words
            n_words = int(part[-1, 3]) + 1 if len(part) else n_words
            parts.append(part)
    ids, start, end, word, paragraph_number = np.concatenate(parts).T.copy()
    _take_in_combining(text, start=start, end=end)
    first = np.diff(word, prepend=-1) != 0
    starts_paragraph = np.diff(paragraph_number, prepend=-1) != 0
    features = np.stack(
        [
            _casing(text, start=start, end=end, first=first),
            _depth(len(text), quotations)[start] if len(start) else start,
            starts_paragraph.astype(np.int64),
            np.minimum(paragraph_number, 2),
        ],
        axis=1,
    )
    return Pieces(ids, start, end, first, features, paragraph_number)


def _take_in_combining(text: str, *, start: Ints, end: Ints) -> None:
    """Moves, in place, the ends of pieces behind the combining marks after them: the tokenizer drops accents."""
    if text.isascii() or not len(start):
        return
    for i, character in enumerate(text):
        if character >= FIRST_COMBINING and unicodedata.category(character).startswith("M"):
            piece = int(np.searchsorted(start, i, side="right")) - 1
            if piece >= 0 and end[piece] == i:
                end[piece] = i + 1


def _casing(text: str, *, start: Ints, end: Ints, first: Bools) -> Ints:
    """For each piece the casing of its whole word."""
    if not len(start):
        return start
    begins = np.flatnonzero(first)
    ends = np.append(begins[1:], len(start)) - 1
    kinds = [_casing_of(text[start[b] : end[e]]) for b, e in zip(begins, ends, strict=True)]
    return np.repeat(np.array(kinds, dtype=np.int64), ends - begins + 1)


def _casing_of(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return TITLE if len(word) == 1 else UPPER
    if word.istitle():
        return TITLE
    return MIXED if any(c.isupper() for c in word) else NO_CASE


def _depth(n_chars: int, quotations: Sequence[Quotation]) -> Ints:
    """For each character how many quotations it stands in, at most two."""
    change = np.zeros(n_chars + 1, dtype=np.int64)
    for quotation in quotations:
        change[quotation.span.start] += 1
        change[quotation.span.end] -= 1
    return np.minimum(np.cumsum(change)[:-1], MAX_DEPTH)

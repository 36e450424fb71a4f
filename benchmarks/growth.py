"""How the time to place a piece grows with the pieces there are.

The pieces of the articles are multiplied: each round has other speakers and, for all but the most frequent words,
others of the model's vocabulary, so that utterances stay as long and their common words as common as they are. Up to
100,000 pieces in memory; a million would take 4 GB so, and are for the record to show.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from benchmarks.table import print_table
from onrecord import Article
from onrecord.tracing.families import Families
from onrecord.tracing.keys import keys_of
from onrecord.tracing.piece import Piece, PieceKind, pieces_of
from onrecord.tracing.rarity import rank
from onrecord.tracing.words import Word

SIZES = (10_000, 30_000, 100_000)
SEED = 10
N_TIMED = 500
KEPT_RANK = 1_000


def report_growth(articles: Sequence[Article]) -> None:
    """One row a size: keys of a piece, and the time of one question for the families of a piece."""
    pieces = [piece for article in articles for piece in pieces_of(article) if piece.kind is PieceKind.QUOTED]
    asked = random.Random(SEED).sample(pieces, N_TIMED)  # noqa: S311 - a seed makes it repeatable
    n_keys = sum(len(keys_of(piece)) for piece in pieces) / len(pieces)
    families, rows, grown = Families(), [], _multiplied(pieces)
    for size in SIZES:
        while len(families.pieces) < size:
            families.place(next(grown))
        spent = sorted(_spent(families, piece) for piece in asked)
        cells = (median(spent), spent[int(0.95 * len(spent))], spent[-1])
        rows.append([f"{size:,}", *(f"{1000 * seconds:.2f}" for seconds in cells)])
    title = f"Placing one quotation ({n_keys:.1f} keys each); milliseconds on one core"
    print_table(title, ["pieces", "median", "95th of 100", "longest"], rows)


def _spent(families: Families, piece: Piece) -> float:
    start = time.perf_counter()
    families.find(piece)
    return time.perf_counter() - start


def _multiplied(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces as they are, then round after round in other words."""
    yield from pieces
    vocabulary = sorted({w.folded for piece in pieces for w in piece.words if rank(w.folded) > KEPT_RANK})
    number = 0
    while True:
        number += 1
        others = vocabulary[:]
        random.Random(number).shuffle(others)  # noqa: S311
        other = dict(zip(vocabulary, others, strict=True))
        for piece in pieces:
            words = tuple(_other(word, other) for word in piece.words)
            speaker = f"{piece.speaker} {_letters(number)}" if piece.speaker else None
            yield replace(piece, article=f"{piece.article}-{number}", words=words, speaker=speaker)


def _other(word: Word, other: dict[str, str]) -> Word:
    return replace(word, folded=other.get(word.folded, word.folded))


def _letters(number: int) -> str:
    """A family name of its own for each round."""
    return "Z" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")

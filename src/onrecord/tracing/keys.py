"""The keys by which a piece finds those that may be copies of it, and an index of them in memory.

A fragment has to find its sentence, so that keys are small: two words that say something and stand next to each other,
or with one such word between them; and, since a single word tells something only within what one speaker said, each
such word with the speaker's family name; common words count in threes. A key is a number of 63 bits that never
changes: it can stand in an indexed column of a table. Common keys are cut off: of each the latest `PER_KEY` pieces are
looked at, and of all these the `CANDIDATES` that share the most and the rarest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from math import log

from onrecord.reading.names import key as name_key
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.rarity import is_content
from onrecord.tracing.words import MAX_CACHED, forms_of, stem

PER_KEY = 100
CANDIDATES = 60
# A key that one piece has tells as much as if there were so many pieces.
OF_ONE = 10_000
# Reported words are a paraphrase where they share so many words with a quotation of the same speaker.
FEWEST_SHARED = 3
_FEW_WORDS = 3
_NEAREST = 2


def keys_of(piece: Piece) -> frozenset[int]:
    """The keys by which a piece is found, about three for each word that says something."""
    return frozenset(map(_number, _keys(piece)))


def keys_asked(piece: Piece) -> frozenset[int]:
    """The keys by which a piece finds others; reported words only find those of their speaker."""
    if piece.kind is PieceKind.QUOTED:
        return keys_of(piece)
    speaker = piece.speaker and speaker_key(piece.speaker)
    stems = {stem(form) for form in forms_of(piece.words) if is_content(form)}
    return frozenset(_number(f"{speaker}: {one}") for one in stems if speaker)


def fewest_shared(piece: Piece) -> int:
    """How many keys another piece has to share with it, at least."""
    return 1 if piece.kind is PieceKind.QUOTED else FEWEST_SHARED


@lru_cache(MAX_CACHED)
def speaker_key(name: str) -> str | None:
    """What all forms of a speaker's name share: the last word of it."""
    parts = name_key(name)
    return parts[-1] if parts else None


def _keys(piece: Piece) -> Iterator[str]:
    forms = forms_of(piece.words)
    stems = [stem(form) for form in forms if is_content(form)]
    for i, first in enumerate(stems):
        for second in stems[i + 1 : i + 1 + _NEAREST]:
            yield f"{first} {second}"
    speaker = piece.speaker and speaker_key(piece.speaker)
    about = {speaker} if speaker else set()
    if len(stems) <= _FEW_WORDS:
        about |= piece.names
    for name in about:
        for one in stems:
            yield f"{name}: {one}"
    if speaker:
        plain = [None if is_content(form) else form for form in forms]
        for run in zip(plain, plain[1:], plain[2:], strict=False):
            if None not in run:
                yield f"{speaker}: {' '.join(map(str, run))}"


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


@dataclass(slots=True)
class Index:
    """Which pieces have which key, by their numbers."""

    _postings: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def put(self, id: int, keys: frozenset[int]) -> None:
        """Adds a piece."""
        for key in keys:
            self._postings[key].append(id)

    def near(self, piece: Piece) -> list[int]:
        """The pieces that share keys with a new one, those that share the most and the rarest first."""
        latest = {key: p[-PER_KEY:] for key in keys_asked(piece) if (p := self._postings.get(key))}
        return best_shared(latest, fewest=fewest_shared(piece))


def best_shared(latest: Mapping[int, Sequence[int]], *, fewest: int) -> list[int]:
    """Of the latest pieces with each key those that share the most and the rarest, and so many keys at least."""
    shared: defaultdict[int, float] = defaultdict(float)
    n_shared: Counter[int] = Counter()
    for n, key in sorted((len(found), key) for key, found in latest.items()):
        worth = log(OF_ONE / n)
        for id in latest[key]:
            shared[id] += worth
        n_shared.update(latest[key])
    enough = [(-worth, id) for id, worth in shared.items() if n_shared[id] >= fewest]
    return [id for _, id in nsmallest(CANDIDATES, enough)]

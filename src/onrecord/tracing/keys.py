"""The keys by which a piece finds those that may be copies of it, and an index of them in memory.

A fragment has to find its sentence, so that keys are small: two words that say something and stand next to each other,
or with one such word between them; and, since a single word tells something only within what one speaker said, each
such word with the speaker's family name; common words count in threes. A key is a number of 63 bits that never
changes: it can stand in an indexed column of a table. Common keys are cut off: of each the latest `PER_KEY` pieces are
looked at, and of all these the `CANDIDATES` that share the most and the rarest. How many pieces have a key is counted
up to `COUNTED`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from math import log

from onrecord.reading.names import key as name_key
from onrecord.tracing.piece import Piece
from onrecord.tracing.rarity import is_content
from onrecord.tracing.words import stem

PER_KEY = 100
COUNTED = 1_000
CANDIDATES = 60
_FEW_WORDS = 3
_NEAREST = 2


def keys_of(piece: Piece) -> frozenset[int]:
    """The keys of a piece, about three for each word that says something."""
    return frozenset(_number(key) for key in _keys(piece))


def speaker_key(name: str) -> str | None:
    """What all forms of a speaker's name share: the last word of it."""
    parts = name_key(name)
    return parts[-1] if parts else None


def _keys(piece: Piece) -> Iterator[str]:
    stems = [stem(word.folded) for word in piece.words if is_content(word)]
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
        plain = [None if is_content(word) else word.folded for word in piece.words]
        for run in zip(plain, plain[1:], plain[2:], strict=False):
            if None not in run:
                yield f"{speaker}: {' '.join(map(str, run))}"


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


@dataclass(slots=True)
class Index:
    """Which pieces have which key, by their numbers."""

    n_pieces: int = 0
    _postings: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def put(self, id: int, keys: frozenset[int]) -> None:
        """Adds a piece."""
        self.n_pieces += 1
        for key in keys:
            self._postings[key].append(id)

    def near(self, keys: frozenset[int]) -> list[int]:
        """The pieces that share keys with a new one, those that share the most and the rarest first."""
        found = {key: p for key in keys if (p := self._postings.get(key))}
        counts = {key: len(p) for key, p in found.items()}
        return best_shared(counts, {key: p[-PER_KEY:] for key, p in found.items()}, n_pieces=self.n_pieces)


def best_shared(counts: Mapping[int, int], latest: Mapping[int, Iterable[int]], *, n_pieces: int) -> list[int]:
    """Of the latest pieces with each key those that share the most and the rarest; `counts` is how many have it."""
    shared: defaultdict[int, float] = defaultdict(float)
    for n, key in sorted((min(count, COUNTED), key) for key, count in counts.items()):
        worth = log((n_pieces + 1) / n)
        for id in latest[key]:
            shared[id] += worth
    return [id for id, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))][:CANDIDATES]

"""How rare words are: in English at large, corrected by the quotations that a record holds.

A record of ten articles knows little of English, and English knows little of a record in which every third quotation
says "Harbour". So both count: the rank of a word in the model's vocabulary, which is ordered by frequency, stands for
so many words of text (`PRIOR_WORDS`), and every piece put in adds its own. Counts only grow by what is put in, so that
they can be kept in a table.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from onrecord.tracing.words import MAX_CACHED, Word, forms_of, stem

PRIOR_WORDS = 20_000
# Zipf's law over the vocabulary's whole words: the first has about this share of all words, the n-th an n-th of it.
_FIRST_SHARE = 0.07
_UNKNOWN_RANK = 60_000
_NUMBER_RANK = 4_000
# Of a word's surprisal in nats so much is no news, since one word of a sentence leads to the next.
COMMON = 4.0
# What a common word is worth in its place among others.
FLOOR = 0.4
# Words of a lower rank are no part of a key.
CONTENT_RANK = 300


@cache
def _ranks() -> Mapping[str, int]:
    """Each whole word of the model's vocabulary with its rank by frequency, 1 for "the"."""
    text = files("onrecord.model").joinpath("tokenizer.json").read_text(encoding="utf-8")
    vocabulary: dict[str, int] = json.loads(text)["model"]["vocab"]
    first = vocabulary["the"]
    return {word: number - first + 1 for word, number in vocabulary.items() if number >= first}


@lru_cache(MAX_CACHED)
def rank(word: str) -> int:
    """The word's rank by frequency in English, that of its base form if that is more frequent."""
    if word[:1].isdigit():
        return _NUMBER_RANK
    base = word.removesuffix("'s")
    forms = {base, base.removesuffix("s"), base.removesuffix("ed"), base.removesuffix("ly")}
    return min(_ranks().get(form, _UNKNOWN_RANK) for form in forms if form)


def is_content(form: str) -> bool:
    """Whether a word says something by itself: keys are made of such words, so that this must never change."""
    return rank(form) > CONTENT_RANK


@dataclass(slots=True)
class Rarity:
    """How often the stems of words stand in the pieces of a record."""

    n_words: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def put(self, words: Sequence[Word]) -> None:
        """Counts the words of one more piece, each once."""
        stems = set(map(stem, forms_of(words)))
        self.counts.update(stems)
        self.n_words += len(stems)

    def take(self, words: Sequence[Word]) -> None:
        """Takes the words of a piece out again, which turned out to be a copy."""
        stems = set(map(stem, forms_of(words)))
        self.counts.subtract(stems)
        self.n_words -= len(stems)

    def weights(self, forms: Iterable[str]) -> list[float]:
        """What it tells that two pieces share a word of each of these forms, in nats; one of the two was put in."""
        return [weight_of(form, self.counts[stem(form)], n_words=self.n_words) for form in forms]


def weight_of(form: str, count: int, *, n_words: int) -> float:
    """The same, where the stem of the word stands in so many pieces, which have so many words."""
    prior = PRIOR_WORDS * _FIRST_SHARE / rank(form)
    share = (max(0, count - 1) + prior) / (n_words + PRIOR_WORDS)
    return max(FLOOR, -log(share) - COMMON)

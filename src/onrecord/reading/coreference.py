"""Which earlier mention a mention takes up: "he" the minister, "the senator" Graham, "Haddad" Benjamin Haddad.

The model gives each piece vectors; a mention is asked for by those at its edges. How well an earlier one answers is
their product together with what a newspaper's reader goes by: how far back it stands, whether it is a name, who spoke
last, on which side of a quotation mark both stand, whether their words agree. A small network that is trained with the
model weighs all this; what it puts first for a mention is its antecedent, and how sure it is comes with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np

from onrecord.errors import ModelError
from onrecord.quotations import Quotation
from onrecord.reading.decode import Floats
from onrecord.reading.mentions import Mention, Sort
from onrecord.reading.pieces import Ints
from onrecord.span import Span

LOOK_BACK = 200
SORTS = tuple(Sort)
NAMES_FROM = SORTS.index(Sort.PERSON_NAME)
PHRASES_FROM = SORTS.index(Sort.ONE_PHRASE)
SIZES = {
    "anaphor": len(SORTS), "candidate": len(SORTS), "sentences": 8, "mentions": 8, "quotation": 5, "spoke": 6,
    "words": 7, "asked_as_source": 2, "nested": 3, "place": 3, "apposition": 2, "frequency": 5,
}  # fmt: skip
_TITLES = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "pres": "president",
    "congressman": "representative", "congresswoman": "representative", "lt": "lieutenant", "dr": "doctor",
    "prof": "professor", "spokesperson": "spokesman", "spokeswoman": "spokesman", "chairman": "chair",
    "chairwoman": "chair", "attorney": "lawyer", "counsel": "lawyer", "sgt": "sergeant", "capt": "captain",
    "det": "detective", "rev": "reverend",
}  # fmt: skip
_SMALL = frozenset("the a an of for and in on at to his her its their this that former who".split())
_APPOSITION = re.compile(r", ((?:the|an?|former|then) [^,.;:]+)", re.IGNORECASE)
LONGEST_APPOSITION = 80
_SENTENCES = np.array([0, 1, 2, 3, 4, 7, 11, 21])
_MENTIONS = np.array([0, 2, 4, 8, 16, 32, 64, 128])
_OFTEN = np.array([1, 2, 3, 5, 9])


@dataclass(frozen=True, slots=True)
class Said:
    """What coreference needs of a statement: where its source stands and where its content."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


class Mentions:
    """The mentions of one text with what pairs of them are judged by, as arrays (mentions,)."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        *,
        sentences: Sequence[Span],
        quotations: Sequence[Quotation],
        statements: Sequence[Said],
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.start = np.array([m.span.start for m in mentions], dtype=np.int64)
        self.end = np.array([m.span.end for m in mentions], dtype=np.int64)
        self.sort = np.array([SORTS.index(m.sort) for m in mentions], dtype=np.int64)
        self.sentence = np.searchsorted([s.start for s in sentences], self.start, side="right")
        self.quotation = self._inside(quotations)
        self.place = self._places()
        self.head = _numbered([m.head for m in mentions])
        self.group = _numbered([_group(m) for m in mentions])
        self.often = self._often()
        self.roles = self._roles(text)
        self._speaking(statements)

    def __len__(self) -> int:
        return len(self.mentions)

    def _inside(self, quotations: Sequence[Quotation]) -> Ints:
        """The number of the outermost quotation that a mention stands in, from 1; 0 for none."""
        outer = [q.span for q in quotations if not q.depth]
        number = np.searchsorted([s.start for s in outer], self.start, side="right")
        ends = np.array([0, *(s.end for s in outer)])
        return np.where(self.start < ends[number], number, 0)

    def _places(self) -> Ints:
        """Whether a mention is the first of its sentence, the second, or a later one."""
        count: dict[int, int] = {}
        out = np.zeros(len(self), dtype=np.int64)
        for i, sentence in enumerate(self.sentence.tolist()):
            out[i] = min(count.get(sentence, 0), 2)
            count[sentence] = count.get(sentence, 0) + 1
        return out

    def _often(self) -> Ints:
        """How often the text has named what a mention names; 0 for what is no name."""
        seen: dict[int, int] = {}
        for group in self.group.tolist():
            seen[group] = seen.get(group, 0) + 1
        named = self.sort >= NAMES_FROM
        n_times = np.array([seen[g] for g in self.group.tolist()], dtype=np.int64)
        return np.where(named, np.searchsorted(_OFTEN, n_times, side="right") - 1, 0)

    def _roles(self, text: str) -> list[frozenset[str]]:
        """For each mention the words that stand beside its name anywhere: titles, roles, appositions."""
        words: dict[int, set[str]] = {}
        for i, m in enumerate(self.mentions):
            if m.name is None:
                continue
            phrase = m.span.of(text).lower()
            beside = phrase.replace(m.name.span.of(text).lower(), " ") + " " + _apposition(text, m.span.end)
            words.setdefault(int(self.group[i]), set()).update(_plain(beside.replace(".", " ").split()))
        return [frozenset(words.get(int(g), ())) for g in self.group]

    def _speaking(self, statements: Sequence[Said]) -> None:
        """Which statement each mention is the source of, the last before it, and the one whose content holds it."""
        self.source_of = np.full(len(self), -1, dtype=np.int64)
        self.inside_of = np.full(len(self), -1, dtype=np.int64)
        order = sorted((s for s in statements if s.source), key=lambda s: s.source[0])
        for number, statement in enumerate(order):
            for span in statement.source:
                low, high = np.searchsorted(self.start, [span.start, span.end])
                own = [i for i in range(low, high) if self.end[i] <= span.end + 2]
                self.source_of[own[:1]] = number
            for span in statement.content:
                low, high = np.searchsorted(self.start, [span.start, span.end])
                self.inside_of[low:high] = number
        self.spoken = np.searchsorted([s.source[0].start for s in order], self.start, side="left")

    def with_role(self, words: Sequence[str]) -> list[int]:
        """The mentions beside whose name all the words stand somewhere in the text, in titles or appositions."""
        role = _plain(words)
        return [i for i, beside in enumerate(self.roles) if role and role <= beside]

    def content_words(self, i: int) -> frozenset[str]:
        """The words of a mention that say what it is: those of its phrase, and those beside its name elsewhere."""
        return _plain(self.mentions[i].span.of(self.text).lower().split()) | self.roles[i]

    def features(self, i: int) -> tuple[Ints, Ints]:
        """The candidates for mention `i`, and (candidates, features) in the order of `SIZES`."""
        j = np.arange(max(0, i - LOOK_BACK), i)
        same = (self.quotation[i] == self.quotation[j]) & (self.quotation[i] > 0)
        quotation = np.select(
            [same, (self.quotation[i] > 0) & (self.quotation[j] > 0), self.quotation[i] > 0, self.quotation[j] > 0],
            [1, 2, 3, 4], 0,
        )  # fmt: skip
        back = self.spoken[i] - self.source_of[j]
        spoke = np.where(self.source_of[j] < 0, 0, np.clip(back, 1, 4))
        spoke = np.where((self.source_of[j] >= 0) & (self.source_of[j] == self.inside_of[i]), 5, spoke)
        nested = np.select([self.end[j] >= self.end[i], self.start[j] == self.start[i]], [1, 2], 0)
        table = [
            np.full(len(j), self.sort[i]), self.sort[j],
            np.searchsorted(_SENTENCES, self.sentence[i] - self.sentence[j], side="right") - 1,
            np.searchsorted(_MENTIONS, i - j, side="right") - 1,
            quotation, spoke, self._words(i, j), np.full(len(j), int(self.source_of[i] >= 0)), nested, self.place[j],
            ((self.start[i] - self.end[j] >= 0) & (self.start[i] - self.end[j] <= 2)).astype(np.int64), self.often[j],
        ]  # fmt: skip
        return j, np.stack(table, axis=1)

    def _words(self, i: int, j: Ints) -> Ints:
        """How the words of mention `i` and those of earlier ones agree."""
        named_i, named = self.sort[i] >= NAMES_FROM, self.sort[j] >= NAMES_FROM
        phrase_i = PHRASES_FROM <= self.sort[i] < NAMES_FROM
        same_head = (self.head[j] == self.head[i]) & (self.sort[j] >= PHRASES_FROM)
        if named_i:
            own = set(self.mentions[i].words)
            others = [set(self.mentions[k].words) for k in j.tolist()]
            within = np.array([bool(own <= o or o <= own) for o in others], dtype=bool)
            exact = np.array([own == o for o in others], dtype=bool)
            return np.select([named & exact, named & within, same_head], [1, 2, 3], 0)
        if not phrase_i:
            return np.zeros(len(j), dtype=np.int64)
        role = _plain([self.mentions[i].head])
        fits = np.array([bool(role & self.roles[k]) for k in j.tolist()], dtype=bool)
        whole = np.array([self.mentions[k].words == self.mentions[i].words for k in j.tolist()], dtype=bool)
        return np.select([named & fits, whole & ~named, same_head], [4, 5, 6], 0)


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights that judge a pair: a row for each value of each feature, what the product counts, and the rest.

    `tables` (values, hidden), the values of all features one after another; `product`, `bias`, `out` (hidden,);
    `none` (sorts,): the score of having no antecedent. `lengths` (LONGEST,): what a mention's length in pieces adds to
    the score of its being one.
    """

    tables: Floats
    product: Floats
    bias: Floats
    out: Floats
    none: Floats
    lengths: Floats

    @classmethod
    def load(cls, path: Path) -> Self:
        """The weights in an .npz file; ModelError where they are missing or do not fit this program."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                scorer = cls(**{field.name: arrays[field.name] for field in fields(cls)})
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise ModelError(f"the model's weights for mentions are missing or damaged: {path}") from error
        if len(scorer.tables) != sum(SIZES.values()) or len(scorer.none) != len(SORTS):
            raise ModelError(f"the weights in {path} are for other features than this program's: export them anew")
        return scorer

    def scores(self, features: Ints, products: Floats) -> Floats:
        """(pairs,) the scores of pairs with these features (pairs, features) and products (pairs,)."""
        offsets = np.cumsum([0, *SIZES.values()])[:-1]
        hidden = self.tables[features + offsets].sum(axis=1) + products[:, None] * self.product + self.bias
        scores: Floats = np.maximum(hidden, 0) @ self.out + products
        return scores


class Antecedents:
    """The antecedents of one text's mentions; `vectors` (pieces, 4 * width): what a mention asks, what it answers."""

    def __init__(self, mentions: Mentions, vectors: Floats, scorer: Scorer) -> None:
        first = np.array([m.first for m in mentions.mentions], dtype=np.int64)
        last = np.array([m.last for m in mentions.mentions], dtype=np.int64)
        asks_first, asks_last, answers_first, answers_last = np.split(vectors, 4, axis=1)
        self.mentions = mentions
        self._asks = asks_first[first] + asks_last[last]
        self._answers = answers_first[first] + answers_last[last]
        self._scorer = scorer

    def of(self, i: int) -> tuple[Ints, Floats, float]:
        """The candidates for mention `i`, the score of each, and the score of there being none (log-odds scale)."""
        j, features = self.mentions.features(i)
        products = self._answers[j] @ self._asks[i] / np.sqrt(self._asks.shape[1])
        none = float(self._scorer.none[self.mentions.sort[i]])
        return j, self._scorer.scores(features, products.astype(np.float32)), none

    def earliest(self, i: int) -> int:
        """The first mention that mention `i` may take up."""
        return max(0, i - LOOK_BACK)

    def chains(self) -> list[list[Mention]]:
        """The mentions that mean the same, each with its likeliest antecedent, in the order of the text."""
        chain_of: list[list[Mention]] = []
        found: list[list[Mention]] = []
        for i, mention in enumerate(self.mentions.mentions):
            j, scores, none = self.of(i)
            if len(j) and scores.max() > none:
                chain_of.append(chain_of[int(j[scores.argmax()])])
            else:
                found.append([])
                chain_of.append(found[-1])
            chain_of[-1].append(mention)
        return found


def _numbered(values: Sequence[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(v, len(numbers)) for v in values], dtype=np.int64)


def _group(mention: Mention) -> str:
    """What mentions of one name share: a person's last word, anything else's whole name; a phrase is its own."""
    if mention.name is None:
        return f"#{mention.span.start}-{mention.span.end}"
    words = [w for w in mention.words if w not in ("jr", "sr", "ii", "iii")] or list(mention.words)
    return words[-1] if mention.sort is Sort.PERSON_NAME and words else " ".join(words)


def _plain(words: Sequence[str]) -> frozenset[str]:
    return frozenset(_TITLES.get(w, w) for w in (w.strip(".,’'\"()") for w in words) if w not in _SMALL and w)


def _apposition(text: str, end: int) -> str:
    """The words between the comma behind a name and the next one, where an apposition may stand."""
    apposition = _APPOSITION.match(text, end, end + LONGEST_APPOSITION)
    return apposition[1].lower() if apposition else ""

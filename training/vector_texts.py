"""The texts that vectors are learned from, each as the reader meets it: in its article, or as a text of its own.

Contents and sentences stand in their articles, as when a report is read; words, questions and contents stand alone, as
when somebody searches. Of every article one part, so that no article is learned from and tested on.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tokenizers import Tokenizer

from onrecord.quotations import quotations
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.reading.sentences import sentences
from onrecord.span import Span
from training.corpora import SHARED, Document, document, paragraphs_of, polnear, read_jsonl

SEED = 5
N_GUM = 3000
# Of an article's contents and sentences this share; a search is typed in small letters as often as not.
SHARES = {"sentence": 0.35, "alone": 0.4, "words": 1.0, "question": 0.2}
IN_SMALL = 0.6
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
QUESTIONS = ("what did {who} say about {what}?", "{who} on {what}", "{who} {what}", "does {who} want {what}")


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to get a vector: `spans` of a text whose pieces are `pieces`; `words` is it as a text of its own."""

    words: str
    pieces: Pieces
    spans: tuple[Span, ...]
    sort: str
    article: str

    @property
    def is_alone(self) -> bool:
        """Whether it is a text of its own."""
        return self.sort in {"alone", "words", "question"}


def articles(tokenizer: Tokenizer) -> list[Document]:
    """PolNeAR's training articles, each once, in the order of their ids."""
    by_id = {d.id: d for d in reversed(polnear(tokenizer, SHARED / "data/polnear_train.jsonl.gz"))}
    return [by_id[key] for key in sorted(by_id)]


def samples(documents: Sequence[Document], tokenizer: Tokenizer) -> Iterator[Sample]:
    """What is learned from these articles, the same for the same seed."""
    for one in documents:
        chance = random.Random(f"{SEED} {one.id}")  # noqa: S311 - a seed makes it repeatable
        for attribution in one.gold:
            spans = tuple(Span(*pair) for pair in attribution["content"])
            words = " ".join(span.of(one.text) for span in spans)
            if not WORD.search(words):
                continue
            yield Sample(words, one.pieces, spans, "content", one.id)
            if chance.random() < SHARES["alone"]:
                yield alone(words, tokenizer, sort="alone", article=one.id)
            if asked := query(words, chance):
                yield alone(asked, tokenizer, sort="words", article=one.id)
                if attribution["source"] and chance.random() < SHARES["question"]:
                    who = Span(*attribution["source"][0]).of(one.text)
                    question = chance.choice(QUESTIONS).format(who=who, what=asked)
                    yield alone(_typed(question, chance), tokenizer, sort="question", article=one.id)
        for span in sentences(one.text, paragraphs_of(one.text)):
            if chance.random() < SHARES["sentence"]:
                yield Sample(span.of(one.text), one.pieces, (span,), "sentence", one.id)


def others(tokenizer: Tokenizer) -> list[Sample]:
    """Sentences of GUM in their texts: not everything is politics."""
    chance = random.Random(SEED)  # noqa: S311
    found = []
    for record in read_jsonl(SHARED / "data/gum_train.jsonl.gz"):
        one = document(record, tokenizer)
        found += [
            Sample(span.of(one.text), one.pieces, (span,), "gum", one.id)
            for span in sentences(one.text, paragraphs_of(one.text))
        ]
    return [found[i] for i in sorted(chance.sample(range(len(found)), min(N_GUM, len(found))))]


def alone(words: str, tokenizer: Tokenizer, *, sort: str, article: str) -> Sample:
    """Words as a text of their own."""
    whole = Span(0, len(words))
    pieces = pieces_of(words, tokenizer, paragraphs=[whole], quotations=quotations(words, [whole]))
    return Sample(words, pieces, (whole,), sort, article)


def query(words: str, chance: random.Random) -> str | None:
    """What somebody may type who looks for this: two to six words in a row that begin and end with a telling one."""
    found = [match[0] for match in WORD.finditer(words)]
    telling = [i for i, word in enumerate(found) if word.casefold() not in _common()]
    if len(telling) < 2:
        return None
    first = chance.choice(telling[:-1])
    last = chance.choice([i for i in telling if first < i][:4])
    return _typed(" ".join(found[first : last + 1]), chance)


def _typed(words: str, chance: random.Random) -> str:
    return words.lower() if chance.random() < IN_SMALL else words


@cache
def _common() -> frozenset[str]:
    lines = (files("onrecord") / "record" / "data" / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

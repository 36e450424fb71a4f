"""Which sentences of the body tell what a heading tells, by the words that both have.

Words are compared by their stems, and irregular forms by their base form; function words count for
nothing. Words that headlines use for one thing count as one (data/synonyms.txt); else no meaning is computed: "the
doctors' dispute" and "the row in the clinic" do not meet.
"""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.checking.material import Material
from onrecord.checking.wordlists import first_of_line, words
from onrecord.span import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_CLAUSE_END = re.compile(r"[,;:—–()]|\s(?:and|but|while|because|that|which|who)\b")
_POSSESSIVE = re.compile(r"[’']s?$")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ers",
    "ily",
    "ly",
    "ies",
    "ied",
    "ed",
    "es",
    "er",
    "s",
    "e",
    "y",
)
SHORTEST_STEM = 3
# Words before the first common one and behind the last that may weaken it: "is weighing whether to bring back".
WORDS_BESIDE = 6
WORDS_BETWEEN = 3  # at most, between a weakening word and a common one
NAME_WEIGHT = 0.5  # a name stands in many sentences of an article, and says little of what they tell


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that shares words with a heading: the `share` of the heading's words, and the `part` that has them.

    `common` are the words themselves, without the names.
    """

    sentence: Span
    part: Span
    share: float
    common: tuple[Span, ...]

    def is_near(self, text: str, words: Span) -> bool:
        """Whether words stand so near a common one that they are about the same."""
        for span in self.common:
            first, second = sorted((span, words))
            if second.start <= first.end or len(_WORD.findall(text, first.end, second.start)) <= WORDS_BETWEEN:
                return True
        return False


def stem(word: str) -> str:
    """A word without its endings, in lower case."""
    word = _POSSESSIVE.sub("", word).lower()
    word = first_of_line("irregular").get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > SHORTEST_STEM and word[-1] == word[-2] else word


def meant(word: str) -> str:
    """The stem of a word, or of the first word of those that mean the same in headlines (data/synonyms.txt)."""
    own = stem(word)
    return _synonyms().get(own, own)


@cache
def _synonyms() -> dict[str, str]:
    return {stem(word): stem(first) for word, first in first_of_line("synonyms").items()}


def stems(text: str, span: Span) -> dict[str, list[Span]]:
    """The stems of a stretch's content words, those that mean the same as one, each with where it stands."""
    found: dict[str, list[Span]] = {}
    for word in _WORD.finditer(text, span.start, span.end):
        if word.group().lower() not in words("function_words"):
            found.setdefault(meant(word.group()), []).append(Span(*word.span()))
    return found


def matches(material: Material, heading: Span) -> list[Match]:
    """The sentences of the body that share words with a heading, the most alike first; `share` counts names half."""
    text = material.article.text
    weights = _weights(material, heading)
    total = sum(weights.values())
    found = []
    for sentence in material.sentences:
        common = {key: spans for key, spans in stems(text, sentence).items() if key in weights}
        if common:
            places = sorted(span for spans in common.values() for span in spans)
            part = _with_words_beside(text, sentence, start=places[0].start, end=places[-1].end)
            plain = tuple(span for key, spans in common.items() if weights[key] > NAME_WEIGHT for span in spans)
            found.append(Match(sentence, part, sum(weights[key] for key in common) / total, plain))
    return sorted(found, key=lambda match: (-match.share, match.sentence))


def _weights(material: Material, heading: Span) -> dict[str, float]:
    """The stems of a heading, each with how much it counts: a name is what the body writes with a capital alone."""
    text = material.article.text
    written = {word.group() for p in material.body for word in _WORD.finditer(text, p.span.start, p.span.end)}
    names = {word.lower() for word in written if word[0].isupper()} - {word for word in written if word[0].islower()}
    return {
        key: NAME_WEIGHT if _POSSESSIVE.sub("", spans[0].of(text)).lower() in names else 1.0
        for key, spans in stems(text, heading).items()
    }


def _with_words_beside(text: str, sentence: Span, *, start: int, end: int) -> Span:
    """The stretch with the few words before it in its sentence, and those behind it in its clause."""
    before = [word.start() for word in _WORD.finditer(text, sentence.start, start)]
    clause_end = _CLAUSE_END.search(text, end, sentence.end)
    limit = clause_end.start() if clause_end else sentence.end
    after = [word.end() for word in _WORD.finditer(text, end, limit)][:WORDS_BESIDE]
    first = before[-WORDS_BESIDE] if len(before) >= WORDS_BESIDE else sentence.start
    return Span(first, after[-1] if after else end)

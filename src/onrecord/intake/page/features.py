"""What speaks for and against a block's being part of the article, as numbers: its words, where it stands, its like.

All of it is known from the page alone and holds for any site. A block whose like, by the elements around it, holds most
of the page's prose is likely body; one whose neighbours are links is likely a teaser. No number decides alone.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.intake.page.blocks import Block, Box
from onrecord.intake.page.zones import zone_names, zones_of
from onrecord.intake.phrases import opens_with

_FUNCTION_WORDS = frozenset(
    "the of and to in a is that for it on with as was by at from are be has he his have an but not they this who she "
    "her their were will which had or its we been i you said more would about".split()
)
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_QUOTE = re.compile('["“”]')
_DIVIDER = re.compile(r" [|•·»→] |^[|•·»→]|[»→]$")
_LEGAL = re.compile(r"©|rights reserved", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()
_NOT_A_WORD = re.compile(r"\W")
_NUMBER = re.compile(r"\d+")
_INSIDE = tuple("li blockquote aside article main nav footer header section table figure form h1".split())
_TAGS = tuple("p h1 h2 h3 h4 h5 h6 li div section td blockquote figcaption article dt dd".split())
_PHRASES = ("promotion", "related", "byline", "credit", "sources", "biography")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PROSE_WORDS = 8
_PROSE_LINKS = 0.35
# A box that holds more of the page's prose than this is around the article; what it is called hints at nothing else.
_AROUND_ARTICLE = 0.35
_NEAR = 2
_LONG_VOTE_CHARS = 12
_STANDFIRST_CHARS = 24
_LOOKED_AT_CHARS = 300
_MAX_MARKED_WORDS = 80
_LINK_WORDS = 3
_ALL_LINKS = 0.95


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What else is known of the page: texts as `bare` makes them, empty where unknown.

    `extracted` is what trafilatura takes for the article's text, `stated` what the page itself gives as such.
    """

    extracted: str = ""
    stated: str = ""
    title: str = ""
    standfirst: str = ""


def bare(text: str) -> str:
    """A text's letters and digits alone, lower-cased: what is left when layout and punctuation are."""
    return _NOT_A_WORD.sub("", text.lower())


def features_of(blocks: Sequence[Block], facts: PageFacts) -> npt.NDArray[np.float32]:
    """float32 (blocks, features), in the order of `feature_names()`; all are 0 for a link of a few words alone."""
    page = _Page(blocks, facts)
    features = np.zeros((len(blocks), len(feature_names())), dtype=np.float32)
    for index, block in enumerate(blocks):
        if block.n_words > _LINK_WORDS or block.link_share < _ALL_LINKS:
            features[index] = page.numbers(index)
    return features


def feature_names() -> tuple[str, ...]:
    """What each number is."""
    return (
        *("log_words", "function_words", "ends_sentence", "comma", "quote", "links", "digits", "capitals"),
        *("starts_lower", "divider", "legal", "ends_colon", "ends_question", "ends_dots"),
        *(f"tag_{tag}" for tag in _TAGS),
        *(f"in_{tag}" for tag in _INSIDE),
        *(f"near_{zone}" for zone in zone_names()),
        *(f"far_{zone}" for zone in zone_names()),
        *("around_body", "depth"),
        *("extracted", "stated", "is_title", "is_standfirst", "repeated"),
        *("before_title", "since_title", "before_first", "after_last", "place"),
        *("like_extracted", "like_links", "like_words", "like_mean", "like_share"),
        *("parent_prose", "grandparent_prose", "parent_links", "grandparent_links", "n_siblings"),
        *("links_before", "words_before", "heading_before", "links_after", "words_after", "heading_after"),
        *("below_related", "below_promotion"),
        *(f"opens_{phrase}" for phrase in _PHRASES),
    )


class _Page:
    """A page's blocks and what is counted over all of them."""

    def __init__(self, blocks: Sequence[Block], facts: PageFacts) -> None:
        self._blocks = blocks
        self._facts = facts
        self._bare = [bare(block.text) for block in blocks]
        self._counts = Counter(self._bare)
        self._paths = [tuple(block.box.path()) for block in blocks]
        self._links = [block.link_share for block in blocks]
        self._words = [block.n_words for block in blocks]
        self._extracted = [float(len(text) >= _LONG_VOTE_CHARS and text in facts.extracted) for text in self._bare]
        self._up: dict[Box, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}
        self._count_boxes()
        self._count_likes()
        self._find_title()
        self._headings = list(self._heading_above())

    def numbers(self, index: int) -> list[float]:
        """The features of one block, in order."""
        block = self._blocks[index]
        is_short = self._words[index] < _MAX_MARKED_WORDS
        return [
            *_of_text(block),
            *self._of_boxes(index),
            *self._of_facts(index),
            *self._of_place(index),
            *self._of_likes(index),
            *self._of_neighbours(index),
            *(is_short and opens_with(phrase, block.text) for phrase in _PHRASES),
        ]

    def _count_boxes(self) -> None:
        self._prose_in: Counter[Box] = Counter()
        self._words_in: Counter[Box] = Counter()
        self._links_in: defaultdict[Box, float] = defaultdict(float)
        self._children: Counter[Box] = Counter()
        for path, words, links in zip(self._paths, self._words, self._links, strict=True):
            prose = words if words >= _PROSE_WORDS and links < _PROSE_LINKS else 0
            for box in path:
                self._prose_in[box] += prose
                self._words_in[box] += words
                self._links_in[box] += links * words
            if len(path) > 1:
                self._children[path[1]] += 1
        self._prose = max(self._prose_in.values(), default=0) or 1

    def _count_likes(self) -> None:
        """Blocks are alike whose three innermost boxes bear the same tags and names, numbers aside."""
        self._likes = [tuple((box.tag, _without_numbers(box.names)) for box in path[:3]) for path in self._paths]
        self._like_words: Counter[object] = Counter()
        self._like_extracted: defaultdict[object, float] = defaultdict(float)
        self._like_links: defaultdict[object, float] = defaultdict(float)
        self._like_n: Counter[object] = Counter()
        for index, like in enumerate(self._likes):
            words = self._words[index]
            self._like_n[like] += 1
            self._like_words[like] += words
            self._like_extracted[like] += self._extracted[index] * words
            self._like_links[like] += self._links[index] * words

    def _find_title(self) -> None:
        tops = [i for i, path in enumerate(self._paths) if any(box.tag == "h1" for box in path[:_NEAR])]
        same = [i for i, text in enumerate(self._bare) if text and text == self._facts.title]
        self._title = next((i for i in same if i in tops), (same or tops or [0])[0])
        long = [i for i, vote in enumerate(self._extracted) if vote and self._words[i] > _PROSE_WORDS]
        self._first, self._last = (long[0], long[-1]) if long else (0, len(self._blocks))

    def _heading_above(self) -> Iterator[tuple[bool, bool]]:
        """For each block whether the last heading before it is one of other stories, or of a promotion."""
        above = (False, False)
        for path, block, words in zip(self._paths, self._blocks, self._words, strict=True):
            yield above
            if path[0].tag in _HEADINGS:
                above = (opens_with("related", block.text), opens_with("promotion", block.text))
            elif words < _PROSE_WORDS and opens_with("related", block.text):
                above = (True, False)

    def _of_boxes(self, index: int) -> list[float]:
        path = self._paths[index]
        tags, _, _ = self._above(path[0])
        parent = path[min(1, len(path) - 1)]
        near = self._hints(path[0]) | self._hints(parent)
        _, far, around = self._above(path[_NEAR]) if len(path) > _NEAR else (_NONE, _NONE, _NONE)
        return [
            *_flags(frozenset((path[0].tag,)), _TAGS),
            *_flags(tags, _INSIDE),
            *_flags(near, zone_names()),
            *_flags(far, zone_names()),
            "body" in around,
            len(path),
        ]

    def _above(self, box: Box) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The tags of a box and those around it, the zones they hint at, and those of the ones around the article."""
        if box not in self._up:
            tags, hints, around = self._above(box.parent) if box.parent else (_NONE, _NONE, _NONE)
            if self._is_around(box):
                around |= zones_of(box.tag, box.names)
            self._up[box] = (tags | {box.tag}, hints | self._hints(box), around)
        return self._up[box]

    def _hints(self, box: Box) -> frozenset[str]:
        return _NONE if self._is_around(box) else zones_of(box.tag, box.names)

    def _is_around(self, box: Box) -> bool:
        return self._prose_in[box] > _AROUND_ARTICLE * self._prose

    def _of_facts(self, index: int) -> list[float]:
        text, facts = self._bare[index], self._facts
        is_long = len(text) >= _LONG_VOTE_CHARS
        return [
            self._extracted[index],
            is_long and text in facts.stated,
            bool(facts.title) and text == facts.title,
            len(text) > _STANDFIRST_CHARS and (text in facts.standfirst or facts.standfirst[:60] == text[:60]),
            self._counts[text] > 1,
        ]

    def _of_place(self, index: int) -> list[float]:
        return [
            index < self._title,
            math.log1p(max(0, index - self._title)),
            index < self._first,
            math.log1p(max(0, index - self._last)),
            index / len(self._blocks),
        ]

    def _of_likes(self, index: int) -> list[float]:
        like = self._likes[index]
        words = self._like_words[like]
        path = self._paths[index]
        parent = path[min(1, len(path) - 1)]
        grandparent = path[min(2, len(path) - 1)]
        return [
            self._like_extracted[like] / words,
            self._like_links[like] / words,
            math.log1p(words),
            math.log1p(words / self._like_n[like]),
            words / self._prose,
            self._prose_in[parent] / self._prose,
            self._prose_in[grandparent] / self._prose,
            self._links_in[parent] / self._words_in[parent],
            self._links_in[grandparent] / self._words_in[grandparent],
            self._children[parent],
        ]

    def _of_neighbours(self, index: int) -> list[float]:
        return [
            *self._of_neighbour(index - 1),
            *self._of_neighbour(index + 1),
            *self._headings[index],
        ]

    def _of_neighbour(self, index: int) -> tuple[float, float, float]:
        if not 0 <= index < len(self._blocks):
            return 0.0, 0.0, 0.0
        return self._links[index], math.log1p(self._words[index]), self._paths[index][0].tag in _HEADINGS


@lru_cache(maxsize=8192)  # a page gives its elements few names
def _without_numbers(names: str) -> str:
    return _NUMBER.sub("", names)


@lru_cache(maxsize=8192)  # of the sets of tags and zones, few are met
def _flags(found: frozenset[str], names: tuple[str, ...]) -> tuple[bool, ...]:
    """For each name whether it was found."""
    return tuple(name in found for name in names)


def _of_text(block: Block) -> list[float]:
    text = block.text
    words = text[:_LOOKED_AT_CHARS].lower().split()
    beginning = text[:_LOOKED_AT_CHARS]
    return [
        math.log1p(block.n_words),
        sum(word in _FUNCTION_WORDS for word in words) / len(words),
        _ENDS_SENTENCE.search(text[-8:]) is not None,
        "," in text,
        _QUOTE.search(text) is not None,
        block.link_share,
        sum(map(str.isdigit, beginning)) / len(beginning),
        text.isupper(),
        text[0].islower(),
        len(text) < _LOOKED_AT_CHARS and _DIVIDER.search(text) is not None,
        _LEGAL.search(text) is not None,
        text.endswith(":"),
        text.endswith("?"),
        text.endswith(("...", "…")),
    ]

"""Which blocks of a page are its article, and what each of them is in it.

A forest of small decision trees judges every block (see features.py); what it takes for the article is body, or what
its element and words say that it is. Between these stand captions, other stories' headlines and calls to sign up; they
are kept with their kinds, so that whoever reads the record can see that they were on the page and are not the report.
What lies outside the article's part of the page is not kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.article import Markup, ParagraphKind
from onrecord.intake.page.blocks import Block, Box
from onrecord.intake.page.features import PageFacts, bare
from onrecord.intake.page.zones import zones_of
from onrecord.intake.plain.layout import Block as TextBlock
from onrecord.intake.plain.paragraphs import marked_kinds
from onrecord.span import Span

# From which probability on a block is part of the article. In ten folds by outlet of eval/pages_open.jsonl body F1 was
# the same to .001 from .3 to .5; `python -m benchmarks.run pages` measures it for this one.
MIN_PROBABILITY = 0.45
_AROUND_ARTICLE = 0.9
_MAX_HEAD_BLOCKS = 12
_MAX_BYLINE_WORDS = 40
_MIN_STANDFIRST_CHARS = 30
_MIN_REPEATED_CHARS = 40
_BESIDE_NAME = 60
_MAX_BELOW = 20
_MIN_ASIDE_WORDS = 3
_MIN_TEASER_WORDS = 4
_TEASER_LINKS = 0.8
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_FRAME = frozenset(("comments", "navigation", "consent", "share"))
_ASIDE_KINDS = {
    "sign_up": ParagraphKind.PROMOTION,
    "advert": ParagraphKind.PROMOTION,
    "related": ParagraphKind.RELATED,
    "caption": ParagraphKind.CAPTION,
}
_BELOW = (ParagraphKind.RELATED, ParagraphKind.PROMOTION)
_MARKUPS = {"li": Markup.LIST_ITEM, "blockquote": Markup.QUOTATION}


@dataclass(frozen=True, slots=True)
class Part:
    """A block that is kept, and what it is."""

    block: Block
    kind: ParagraphKind
    markup: Markup | None


def parts_of(
    blocks: Sequence[Block], probabilities: Sequence[float], facts: PageFacts, *, authors: Sequence[str]
) -> list[Part]:
    """The article's paragraphs and what stands among them, in the page's order; empty where there is no article.

    `probabilities` tells of each block how likely it is part of the article.
    """
    body = _without_repetitions(blocks, [i for i, p in enumerate(probabilities) if p >= MIN_PROBABILITY])
    if not body:
        return []
    return _Selection(blocks, body, facts, authors).parts()


def _without_repetitions(blocks: Sequence[Block], chosen: Sequence[int]) -> list[int]:
    """The same without later copies of a paragraph, which pages hold for other sizes of screen."""
    seen: set[str] = set()
    kept = []
    for index in chosen:
        text = bare(blocks[index].text)
        if len(text) < _MIN_REPEATED_CHARS or text not in seen:
            kept.append(index)
        seen.add(text)
    return kept


class _Selection:
    """One page's blocks while it is decided what each is."""

    def __init__(self, blocks: Sequence[Block], body: Sequence[int], facts: PageFacts, authors: Sequence[str]) -> None:
        self._blocks = blocks
        self._facts = facts
        self._authors = authors
        self._bare = [bare(block.text) for block in blocks]
        self._standfirst = self._standfirst_block(body)
        self._body = [index for index in body if index != self._standfirst] or list(body)
        self._title = self._title_block()
        self._article = self._article_box()

    def parts(self) -> list[Part]:
        head = self._in_head()
        aside = self._among_body(head)
        chosen = sorted(head.keys() | aside.keys() | set(self._body))
        marked = marked_kinds(
            [_as_text(self._blocks[i]) for i in chosen],
            {chosen.index(i): kind for i, kind in head.items() if kind is not ParagraphKind.BYLINE},
            authors=self._authors,
        )
        kinds = {
            i: marked.get(number) or head.get(i) or aside.get(i) or self._body_kind(i)
            for number, i in enumerate(chosen)
        }
        return [Part(self._blocks[i], kind, _markup(self._blocks[i].box)) for i, kind in kinds.items()]

    def _standfirst_block(self, body: Sequence[int]) -> int | None:
        """The page's own summary, where it stands above the body, not inside it."""
        summary = self._facts.standfirst
        around_body = range(max(0, body[0] - _MAX_HEAD_BLOCKS), min(body[0] + _MAX_HEAD_BLOCKS, len(self._blocks)))
        above = (i for i in around_body if i <= body[0] or i not in body)
        return next((i for i in above if len(summary) >= _MIN_STANDFIRST_CHARS and self._bare[i] == summary), None)

    def _title_block(self) -> int | None:
        """The headline above the body: the last block with its words, a heading before anything else."""
        same = [i for i, text in enumerate(self._bare[: self._body[-1]]) if text and text == self._facts.title]
        headings = [i for i in same if any(box.tag == "h1" for box in self._blocks[i].box.path())]
        above = [i for i in headings or same if i <= self._body[0] or not headings]
        return next(reversed(above or headings), None)

    def _article_box(self) -> Box:
        """The innermost box that holds nearly all of the body, and the headline if it stands above."""
        words: Counter[Box] = Counter()
        for index in self._body:
            for box in self._blocks[index].box.path():
                words[box] += self._blocks[index].n_words
        total = max(words.values())
        longest = self._blocks[max(self._body, key=lambda i: self._blocks[i].n_words)]
        above = [self._title] if self._title is not None and self._title < self._body[0] else []
        around_title = [set(self._blocks[index].box.path()) for index in above]
        return next(
            box
            for box in longest.box.path()
            if words[box] >= _AROUND_ARTICLE * total and all(box in boxes for boxes in around_title)
        )

    def _in_head(self) -> dict[int, ParagraphKind]:
        """Headline, standfirst and byline: from the headline, or a little before the body, to the body."""
        first = self._body[0]
        start = self._title if self._title is not None and self._title < first else max(0, first - _MAX_HEAD_BLOCKS)
        found = {index: ParagraphKind.BYLINE for index in range(start, first + 1) if self._is_byline(index)}
        if self._standfirst is not None:
            found[self._standfirst] = ParagraphKind.STANDFIRST
        if self._title is not None:
            found[self._title] = ParagraphKind.TITLE
        return found

    def _is_byline(self, index: int) -> bool:
        """Whether a block above the body, or a short one at its beginning, names the authors."""
        text = " ".join(self._blocks[index].text.lower().split())
        names = [name for author in self._authors if (name := author.lower()) in text]
        if index < self._body[0]:
            return self._blocks[index].n_words <= _MAX_BYLINE_WORDS and any(_has_words(text, name) for name in names)
        return any(text.removeprefix("by ").startswith(name) and len(text) < len(name) + _BESIDE_NAME for name in names)

    def _among_body(self, head: Mapping[int, ParagraphKind]) -> dict[int, ParagraphKind]:
        """What stands in the article's part of the page, and a little below it, that is no text of its; each once."""
        start = self._title if self._title is not None and self._title < self._body[0] else self._body[0]
        around = (self._article, self._article.parent)
        known = set(self._body) | head.keys()
        seen = {self._bare[index] for index in known}
        found: dict[int, ParagraphKind] = {}
        for index in range(start, min(self._body[-1] + _MAX_BELOW, len(self._blocks))):
            block, text = self._blocks[index], self._bare[index]
            if index in known or text in seen or not any(box in around for box in block.box.path()):
                continue
            kind = _aside_kind(block, self._article)
            if kind in _BELOW or (kind and index < self._body[-1]):
                found[index] = kind
                seen.add(text)
        return found

    def _body_kind(self, index: int) -> ParagraphKind:
        tags = [box.tag for box in self._blocks[index].box.path()][:2]
        return ParagraphKind.HEADING if _HEADINGS & set(tags) else ParagraphKind.BODY


def _has_words(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _aside_kind(block: Block, article: Box) -> ParagraphKind | None:
    """What a block inside the article's box is that is not of the article; none for what is not worth keeping.

    The innermost element whose name tells decides.
    """
    for box in _inside(block, article):
        zones = zones_of(box.tag, box.names)
        if not zones.isdisjoint(_FRAME):
            return None
        if "post" in zones:
            return ParagraphKind.BODY
        zone = next((zone for zone in _ASIDE_KINDS if zone in zones), None)
        if zone and (zone != "caption" or block.link_share < _TEASER_LINKS):
            return _ASIDE_KINDS[zone] if block.n_words >= _MIN_ASIDE_WORDS else None
    is_teaser = block.link_share >= _TEASER_LINKS and block.n_words >= _MIN_TEASER_WORDS
    return ParagraphKind.RELATED if is_teaser else None


def _inside(block: Block, article: Box) -> Iterator[Box]:
    """The boxes around a block, below the article's own."""
    for box in block.box.path():
        if box is article:
            return
        yield box


def _markup(box: Box) -> Markup | None:
    path = list(box.path())
    if any("post" in zones_of(each.tag, each.names) for each in path[:4]):
        return Markup.POST
    if box.tag == "tr":  # one of data; the columns of a layout are boxes of their own
        return Markup.TABLE_ROW
    return next((_MARKUPS[each.tag] for each in path[:3] if each.tag in _MARKUPS), None)


def _as_text(block: Block) -> TextBlock:
    return TextBlock(Span(0, len(block.text)), block.text)

"""A page's elements to blocks: its runs of text, in order, each with the boxes it stood in and its links.

Nothing is judged here. What is never text for readers (scripts, forms, hidden things, icons) is left out; all else is
kept, so that what is no part of the article can be told by what stands around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_NO_TEXT = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video map button select textarea input "
    "option dialog head title meta link datalist progress meter menu amp-ad amp-analytics amp-state".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb rt rp s samp small "
    "span strike strong sub sup time tt u var wbr nobr".split()
)
_CELLS = frozenset(("td", "th"))
_MAX_CELL_CHARS = 200
_MAX_DEPTH = 200
_MAX_NAME_CHARS = 300
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|a11y-hidden|assistive-text|offscreen)(?:\s|$)",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a block that are a link: where in its text, and the address as the page writes it."""

    start: int
    end: int
    address: str


@dataclass(slots=True, eq=False)
class Box:
    """An element that begins a block of its own, and the one around it; `names` are its class and id, lower-cased."""

    tag: str
    names: str
    parent: "Box | None"

    def path(self) -> Iterator["Box"]:
        """The box and those around it, from the inside."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(slots=True, eq=False)
class Block:
    """One run of text: its words with white space collapsed, the box it stood in and the links in it."""

    box: Box
    text: str
    anchors: tuple[Anchor, ...]

    @property
    def n_words(self) -> int:
        """How many words: runs without white space."""
        return self.text.count(" ") + 1

    @property
    def link_share(self) -> float:
        """The share of the text's characters that are links."""
        return sum(anchor.end - anchor.start for anchor in self.anchors) / len(self.text)


def blocks_of(root: HtmlElement) -> list[Block]:
    """The blocks below an element, in the order of the page."""
    walk = _Walk()
    walk.visit(root, Box(str(root.tag), _names(root), None), depth=0)
    walk.flush(None)
    return walk.blocks


class _Walk:
    """One pass over the elements: collects text until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._ends_open = True
        self._anchors: list[Anchor] = []
        self._n_breaks = 0

    def visit(self, element: HtmlElement, box: Box, *, depth: int) -> None:
        """What is inside an element, without the text behind it."""
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str) and not _is_left_out(child):
                self._child(child, box, depth)
            self._add(child.tail)

    def flush(self, box: Box | None) -> None:
        """Ends the block, if there is one."""
        text = "".join(self._parts).rstrip()
        if text and box is not None:
            anchors = tuple(Anchor(a.start, min(a.end, len(text)), a.address) for a in self._anchors)
            self.blocks.append(Block(box, text, tuple(a for a in anchors if a.start < a.end)))
        self._parts, self._anchors = [], []
        self._length, self._ends_open, self._n_breaks = 0, True, 0

    def _child(self, child: HtmlElement, box: Box, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._n_breaks += 1
            if self._n_breaks > 1:
                self.flush(box)
            self._space()
        elif tag == "hr":
            self.flush(box)
        elif depth > _MAX_DEPTH:
            self._add(child.text_content())
        elif tag == "a":
            start = self._length
            n_blocks = len(self.blocks)
            self.visit(child, box, depth=depth + 1)
            if len(self.blocks) == n_blocks and self._length > start and (address := child.get("href")):
                self._anchors.append(Anchor(start, self._length - self._ends_open, address))
        elif tag in _INLINE:
            self.visit(child, box, depth=depth + 1)
        elif tag in _CELLS and _is_data(child.getparent()):
            self._space()
            self.visit(child, box, depth=depth + 1)
            self._space()
        else:
            self.flush(box)
            inner = Box(tag, _names(child), box)
            self.visit(child, inner, depth=depth + 1)
            self.flush(inner)

    def _add(self, raw: str | None) -> None:
        if not raw:
            return
        words = (raw if raw.isascii() else _INVISIBLE.sub("", raw)).split()
        if not words:
            self._space()
            return
        text = " ".join(words)
        if raw[0].isspace() and not self._ends_open:
            text = " " + text
        self._ends_open = raw[-1].isspace()
        if self._ends_open:
            text += " "
        self._parts.append(text)
        self._length += len(text)
        self._n_breaks = 0

    def _space(self) -> None:
        if not self._ends_open:
            self._parts.append(" ")
            self._length += 1
            self._ends_open = True


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')[:_MAX_NAME_CHARS]} {element.get('id', '')[:_MAX_NAME_CHARS]}".strip().lower()


def _is_left_out(element: HtmlElement) -> bool:
    if element.tag in _NO_TEXT:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style, names = attributes.get("style"), attributes.get("class")
    return bool((style and _HIDDEN_STYLE.search(style)) or (names and _HIDDEN_CLASS.search(names)))


def _is_data(row: HtmlElement) -> bool:
    """Whether a table's row holds data, not the columns of a layout."""
    return all(len(cell.text_content()) <= _MAX_CELL_CHARS and cell.find(".//p") is None for cell in row)

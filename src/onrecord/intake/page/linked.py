"""JSON-LD: what a page tells search engines of itself, and which of its objects is the report on this page.

Blocks come as programs wrote them: in comments, with commas too many, escaped as if they were HTML, several in one.
What can be mended without guessing is; the rest is left, and the page read by its other means. Objects about other
stories, which lists of related ones bring along, are told by their address and their headline.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

from lxml.etree import XPath
from lxml.html import HtmlElement

from onrecord.intake.page.values import first_text, key, texts

Node: TypeAlias = Mapping[str, object]

_SCRIPTS = XPath('//script[contains(@type, "ld+json")]')
_OPENING = re.compile(r"(?://|/\*)?\s{0,9}(?:<!--|<!\[CDATA\[)\s{0,9}(?:\*/)?")
_CLOSING = re.compile(r"(?://|/\*)?\s{0,9}(?:-->|\]\]>)\s{0,9}(?:\*/)?[\s;]*\Z")
_CLOSING_CHARS = 40
# What never closes runs to the end, so that no text takes longer than in proportion to its length.
_SLIPS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)
# A string with bare quotation marks in it ends with the first that a name's colon, the next member or an end follows.
_QUOTED = re.compile(r'"(?P<inside>(?:[^"\\]++|\\.|"(?!\s*(?:[:}\]]|,\s*["{\[}\]]|\Z)))*+)(?:"|\Z)', re.DOTALL)
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_BAD_ESCAPE = re.compile(r'\\(?![\\"/bfnrtu])|\\u(?![0-9a-fA-F]{4})')
_BETWEEN = re.compile(r"[\s,;]*")
_TYPE_PREFIX = re.compile(r".*[/:#]", re.DOTALL)
_BEHIND_HOST = re.compile(r"\s*(?:(?:https?:)?//[^/?]*)?[/?](?P<path>[^?]*[^?/][^?]*|.*)", re.DOTALL | re.IGNORECASE)
_MAX_CHARS = 2_000_000
_MAX_OBJECTS = 5_000
_MAX_BLOCKS = 50
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_REVIEWS = frozenset(("report", "claimreview", "review"))
_COMPARED_CHARS = 40


@dataclass(frozen=True, slots=True)
class Linked:
    """The objects of a page's JSON-LD that stand for something on it, in order, and those that have an id."""

    objects: tuple[Node, ...] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def whole(self, node: Node) -> Node:
        """The object itself where only its id stands."""
        known = self.by_id.get(str(node.get("@id", "")))
        return {**known, **node} if known else node


def linked_of(tree: HtmlElement) -> Linked:
    """All that the page's JSON-LD holds; a block that is no JSON even when mended counts as absent."""
    roots = [value for script in _SCRIPTS(tree)[:_MAX_BLOCKS] for value in _values(script.text or "")]
    return Linked(tuple(_objects(roots)), _identified(roots))


def types_of(node: Node) -> frozenset[str]:
    """What an object is, in lower case, without the vocabulary's address."""
    return frozenset(_TYPE_PREFIX.sub("", each).lower() for each in texts(node.get("@type")))


def is_report(node: Node) -> bool:
    """Whether an object is an article of some kind."""
    return any(kind.endswith(("article", "posting")) and kind != "jobposting" for kind in types_of(node))


def about_page(objects: Sequence[Node], *, addresses: Sequence[str], titles: Sequence[str]) -> tuple[Node, ...]:
    """The objects that describe this page, the surest first: its report, then whatever else it is.

    `addresses` are the page's own, `titles` what it is called elsewhere. An object with another address and another
    headline is another story's.
    """
    paths = set(map(page_path, addresses))
    called = [title for title in map(key, titles) if title]
    ranked = [(rank, _belief(node, paths=paths, called=called), node) for node in objects if (rank := _rank(node))]
    kept = [(rank, -belief, node) for rank, belief, node in ranked if belief >= 0]
    return tuple(node for *_, node in sorted(kept, key=itemgetter(0, 1)))


def page_path(address: str) -> str:
    """What tells a page apart on its site, whose hosts may be several; "" for a front page or no address."""
    found = _BEHIND_HOST.match(address.partition("#")[0])
    return found["path"].rstrip("/").lower() if found else ""


def _values(text: str) -> list[object]:
    """The JSON values of a block, one behind the other, up to the first that cannot be mended."""
    if len(text) > _MAX_CHARS:
        return []
    bare = _unwrapped(text)
    for mend in (str, _without_slips, _with_quotes_escaped):
        values, is_whole = _parsed(mend(bare))
        if is_whole:
            break
    return values


def _unwrapped(text: str) -> str:
    """Without the comment or CDATA marks around it, and not escaped as if it were HTML."""
    bare = text.strip()
    if opening := _OPENING.match(bare):
        bare = bare[opening.end() :].lstrip()
    bare = bare[:-_CLOSING_CHARS] + _CLOSING.sub("", bare[-_CLOSING_CHARS:])
    return bare if '"' in bare else html.unescape(bare)


def _parsed(text: str) -> tuple[list[object], bool]:
    """The values in a text, and whether they are all that it holds."""
    found: list[object] = []
    decoder = json.JSONDecoder(strict=False)
    start = 0
    while start < len(text):
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return found, False
        found.append(value)
        start = _end(text, end)
    return found, True


def _end(text: str, start: int) -> int:
    between = _BETWEEN.match(text, start)
    return between.end() if between else start


def _without_slips(text: str) -> str:
    """Without comments and superfluous commas, and with no escape that JSON does not know."""

    def mend(match: re.Match[str]) -> str:
        return _BAD_ESCAPE.sub("", match[0]) if match[0].startswith('"') else ""

    return _SLIPS.sub(mend, text)


def _with_quotes_escaped(text: str) -> str:
    """Without slips, and with the bare quotation marks inside strings escaped."""

    def mend(match: re.Match[str]) -> str:
        return '"' + _BARE_QUOTE.sub(r"\"", match["inside"]) + '"'

    return _without_slips(_QUOTED.sub(mend, text))


def _objects(roots: Sequence[object]) -> Iterator[Node]:
    """The objects in lists, graphs and the main entity of others, in the order in which they stand."""
    waiting = list(reversed(roots))
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[name] for name in reversed(_INSIDE) if name in value)


def _identified(roots: Sequence[object]) -> dict[str, Node]:
    """Everything with an id and a name, however deep it stands; the first of each."""
    found: dict[str, Node] = {}
    waiting = list(reversed(roots))
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("@id"), str) and value.get("name"):
                found.setdefault(value["@id"], value)
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
    return found


def _rank(node: Node) -> int:
    """How well an object says what its page is: 1 for a report, 2 for a review, 3 for a page, nought for all else."""
    kinds = types_of(node)
    if is_report(node):
        return 1
    if kinds & _REVIEWS:
        return 2
    return 3 if any(kind.endswith("page") for kind in kinds) else 0


def _belief(node: Node, *, paths: set[str], called: Sequence[str]) -> int:
    """How sure it is that the object is about this page; below nought it is not."""
    own = set(map(page_path, _addresses(node))) - {""}
    by_address = (2 if own & paths else -1) if own and paths else 0
    headline = key(first_text(node.get("headline")) or first_text(node.get("name")) or "")[:_COMPARED_CHARS]
    return by_address + any(headline in title or title in headline for title in called if headline)


def _addresses(node: Node) -> Iterator[str]:
    """Every address that an object gives as its own."""
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        yield from texts([value.get("@id"), value.get("url")] if isinstance(value, dict) else value)

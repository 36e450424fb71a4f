"""Everything that a page states of itself in its data for machines, gathered once.

JSON-LD, meta tags and microdata say the same things under many names. Here they are only collected; which of them is
believed, each field's own module decides.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.etree import XPath
from lxml.html import HtmlElement

from onrecord.intake.page.linked import Linked, Node, about_page, is_report, linked_of
from onrecord.intake.page.values import plain
from onrecord.intake.page.words import words_in

_DOCUMENT_TITLE = XPath("//title[not(ancestor::svg)]")
_ITEMPROPS = XPath("//*[@itemprop]")
_SCOPE = XPath("ancestor::*[@itemscope][1]/@itemtype")
# Some programs write a property by its vocabulary's address: "http://ogp.me/ns/article#published_time".
_VOCABULARY = re.compile(r"https?://ogp\.me/ns(?:/(?P<prefix>\w+))?#")
_OWN_SCOPE = re.compile(r"(?:article|posting|page|creativework|website|report)\W*$", re.IGNORECASE)
_MAX_CONTENT_CHARS = 20_000
_MAX_ITEMPROPS = 500
_VALUES = ("datetime", "content")
_PROPERTIES = frozenset(("author", "datecreated", "datemodified", "datepublished", "description", "headline"))
_OWN_ADDRESS = ("og:url", "twitter:url", "parsely-link")


@dataclass(frozen=True, slots=True)
class Heading:
    """A first-level heading and its words."""

    element: HtmlElement
    text: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states: `url` is where it came from, `addresses` are those that it gives for its own, made absolute.

    `metas` and `microdata` hold each property's values in their order. `reports` are the objects of its JSON-LD that
    describe this page as an article, the surest first, `pages` those that describe it otherwise; `document_title` is
    what a browser's tab shows, `headings` are those of the first level.
    """

    tree: HtmlElement
    url: str | None
    addresses: tuple[str, ...]
    metas: Mapping[str, tuple[str, ...]]
    microdata: Mapping[str, tuple[str, ...]]
    linked: Linked
    reports: tuple[Node, ...]
    pages: tuple[Node, ...]
    document_title: str | None
    headings: tuple[Heading, ...]

    def all_addresses(self) -> Iterator[str]:
        """Where the page came from, then the addresses that it gives for its own."""
        return filter(None, (self.url, *self.addresses))

    def meta(self, *properties: str) -> Iterator[str]:
        """The values of these properties, in this order."""
        return (value for name in properties for value in self.metas.get(name, ()))

    def linked_values(self, *properties: str) -> Iterator[object]:
        """The values of these properties in the JSON-LD about this page, the surest object's first."""
        return (node[name] for node in (*self.reports, *self.pages) for name in properties if node.get(name))


def stated_on(tree: HtmlElement, *, url: str | None) -> Stated:
    """What the page states; nothing in the tree is changed."""
    metas = _metas(tree)
    own = [*_canonical(tree), *(address for name in _OWN_ADDRESS for address in metas.get(name, ()))]
    title = next((text for each in _DOCUMENT_TITLE(tree) if (text := plain(each.text_content()))), None)
    headings = tuple(Heading(each, text) for each in tree.iter("h1") if (text := words_in(each)))
    linked = linked_of(tree)
    called = [title or "", *metas.get("og:title", ()), *(heading.text for heading in headings)]
    nodes = about_page(linked.objects, addresses=[*filter(None, (url,)), *own], titles=called)
    return Stated(
        tree=tree,
        url=url,
        addresses=tuple(_absolute(address, base=url) for address in own if "/" in address),
        metas=metas,
        microdata=_microdata(tree),
        linked=linked,
        reports=tuple(filter(is_report, nodes)),
        pages=tuple(node for node in nodes if not is_report(node)),
        document_title=title,
        headings=headings,
    )


def _canonical(tree: HtmlElement) -> list[str]:
    links = (each.get("href") or "" for each in tree.iter("link") if (each.get("rel") or "").lower() == "canonical")
    return [address.strip() for address in links if address.strip()]


def _absolute(address: str, *, base: str | None) -> str:
    try:
        return urljoin(base or "", address)
    except ValueError:  # an unpaired square bracket
        return address


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    """The contents of all meta tags by their property or name in lower case, without those that are empty."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        given = element.get("property") or element.get("name") or element.get("http-equiv")
        content = element.get("content")
        if given and content and (text := plain(content[:_MAX_CONTENT_CHARS])):
            found[_VOCABULARY.sub(_short, given.strip().lower())].append(text)
    return {name: tuple(values) for name, values in found.items()}


def _short(vocabulary: re.Match[str]) -> str:
    return f"{vocabulary['prefix'] or 'og'}:"


def _microdata(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    """The values of itemprops that describe the page or the report on it, and no comment, picture or person."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in _ITEMPROPS(tree)[:_MAX_ITEMPROPS]:
        for name in _PROPERTIES.intersection((element.get("itemprop") or "").lower().split()):
            scope = _SCOPE(element)
            if not scope or _OWN_SCOPE.search(scope[0]):
                given = next((element.get(each) for each in _VALUES if element.get(each)), None)
                found[name].append(plain((given or element.text_content())[:_MAX_CONTENT_CHARS]))
    return {name: tuple(filter(None, values)) for name, values in found.items()}

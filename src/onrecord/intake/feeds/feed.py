"""Feeds: what tells one from another file, and the way from a feed to the documents of its articles.

The readers of the formats are loaded when the first feed is read, so that asking whether a file is one costs nothing.
Nothing here goes to the network but the Fetcher that is handed in.
"""

# ruff: noqa: PLC0415 - what reads feeds is imported when there is one to read

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.document import Document
from onrecord.intake.feeds.prolog import root_of, xml_text
from onrecord.intake.ids import id_of

if TYPE_CHECKING:
    from onrecord.intake.feeds.entries import Entry, Feed
    from onrecord.intake.fetch import Fetcher

_LOG = logging.getLogger("onrecord")
# feedparser takes some four seconds for a megabyte of damaged XML; real feeds seldom have half a one.
MAX_BYTES = 8 * 1024 * 1024
# What has to stand in a feed besides its outermost element's name, which alone other files have too.
_SIGNS = {
    "rss": re.compile(""),
    "feed": re.compile(r"https?://(?:www\.w3\.org/2005/Atom|purl\.org/atom/ns#)"),
    "rdf": re.compile(r"https?://(?:purl\.org/rss/|(?:my|channel)\.netscape\.com/rdf/)"),
}
# In a string inside JSON the quotation marks would have backslashes before them.
_JSON_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1(?:\.\d)?\\?/?"')
_BURIED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_BEGINNING_CHARS = 4096
_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_TO_FEED = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)\b", re.IGNORECASE)
_TARGET = re.compile(r"href\s*=\s*(?:[\"']([^\"'<>]+)|([^\s\"'<>]+))", re.IGNORECASE)
_MAX_NUL_SHARE = 0.01


def is_feed(beginning: bytes) -> bool:
    """Whether bytes begin as RSS, Atom or JSON Feed do; the first few thousand are enough."""
    text = xml_text(beginning)
    return _is_xml_feed(text) or (text.lstrip().startswith("{") and _JSON_VERSION.search(text) is not None)


def is_opml(beginning: bytes) -> bool:
    """Whether bytes begin as a list of feeds in OPML does."""
    root = root_of(xml_text(beginning))
    return root is not None and root.name == "opml"


def feed_of(data: bytes, *, source: str, url: str | None = None, charset: str | None = None) -> "Feed":
    """The feed in the bytes; `url` is the address that they came from, `charset` what the transport stated.

    A damaged feed gives what can be got. Raises InputError for what is no feed.
    """
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024**2} MB, the limit for one feed; give its articles' addresses instead"
        raise InputError(message, source=source, outcome=Outcome.TOO_LARGE)
    text = xml_text(data, charset=charset)
    if text.lstrip().startswith("{"):
        from onrecord.intake.feeds.jsonfeed import feed_from_json

        return feed_from_json(text, source=source, url=url)
    start = _start(text)
    if start is None:
        raise _no_feed(data, text, source=source, url=url)
    from onrecord.intake.feeds.rss import feed_from_xml

    return feed_from_xml(text[start:], source=source, url=url)


def documents_of(feed: "Feed", fetcher: "Fetcher") -> Iterator[Document | InputError]:
    """The document of each entry, in the feed's order, or the error that it ended with; one error for an empty feed."""
    if not feed.entries:
        yield InputError("there is no article in the feed", source=feed.address, outcome=Outcome.EMPTY)
    for entry in feed.entries:
        try:
            yield document_of(entry, feed=feed, fetcher=fetcher)
        except InputError as failure:
            yield failure


def document_of(entry: "Entry", *, feed: "Feed", fetcher: "Fetcher") -> Document:
    """The page of an entry; where it cannot be had, the text that the feed has of it. Raises InputError.

    The entry's date serves a page that states none.
    """
    text = document_in(entry, feed=feed)
    if entry.address is None and text is not None:
        return text
    try:
        page = fetcher.get(entry.address or "")
    except InputError as failure:
        if text is None:
            raise
        _LOG.warning("%s: %s; the whole text in the feed serves instead", failure.source, failure)
        return text
    return replace(page, published=page.published or _day(entry))


def document_in(entry: "Entry", *, feed: "Feed") -> Document | None:
    """The page that an entry's own text makes, with what the feed says of it; none where it has no whole text."""
    if entry.text_html is None:
        return None
    # Behind "#" the id would be no part of an address, and all such entries of a feed would have one address.
    source = entry.address or f"{entry.id} in {feed.address}"
    return Document(
        data=_page(entry).encode(errors="replace"),
        source=source,
        id=id_of(entry.address) if entry.address else f"{id_of(feed.address)}#{entry.id}",
        url=entry.address,
        charset="utf-8",
        published=_day(entry),
    )


def _page(entry: "Entry") -> str:
    """The entry as a page that says of itself what pages do."""
    title = html.escape(entry.title or "")
    heads = [f'<meta name="author" content="{html.escape(author)}">' for author in entry.authors]
    if at := entry.published_at:
        stated = at.date() if at.time() == time() and at.tzinfo is None else at
        heads.append(f'<meta property="article:published_time" content="{stated.isoformat()}">')
    if entry.address:
        heads.append(f'<link rel="canonical" href="{html.escape(entry.address)}">')
    head = "".join(heads)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{entry.text_html}</article></body></html>"
    )


def _day(entry: "Entry") -> date | None:
    return entry.published_at.date() if entry.published_at else None


def _is_xml_feed(text: str) -> bool:
    root = root_of(text)
    sign = _SIGNS.get(root.name) if root else None
    return root is not None and sign is not None and sign.search(text, root.start) is not None


def _start(text: str) -> int | None:
    """Where the feed begins in a text, none where there is no feed.

    Warnings of the program that made the feed may stand before it.
    """
    root = root_of(text)
    if root and root.name in _SIGNS:
        return root.start
    buried = _BURIED.search(text[:_BEGINNING_CHARS])
    return buried.start() if buried else None


def _no_feed(data: bytes, text: str, *, source: str, url: str | None) -> InputError:
    """What bytes without a feed in them are, and what to give instead."""
    if data.count(0) > _MAX_NUL_SHARE * len(data) and root_of(text) is None:
        return InputError("no feed but a binary file", source=source, outcome=Outcome.NOT_TEXT)
    named = _feed_named(text, base=url)
    if is_opml(data):
        message = "a list of feeds (OPML) and no feed; save it and give the file"
    elif named:
        message = f"a web page and no feed; give the feed that it names: {named}"
    else:
        message = f"no feed: it begins with {shown(text.lstrip()[:40])}; a feed is RSS, Atom or JSON Feed"
    return InputError(message, source=source, outcome=Outcome.NO_ARTICLE)


def _feed_named(page: str, *, base: str | None) -> str | None:
    """The address of the first feed that a web page names."""
    from onrecord.intake.feeds.entries import absolute

    for link in _LINK.finditer(page):
        target = _TARGET.search(link[0])
        if target and _TO_FEED.search(link[0]):
            return absolute(html.unescape(target[1] or target[2]), bases=[base])
    return None

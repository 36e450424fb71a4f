"""Lists of feeds in OPML, as feed readers export them, to the feeds' addresses.

Outlines may be nested; titles and folders are not kept. What is not well-formed gives what can be got, a bare "&" in an
address included. The parser never sees a document type, so there is no entity to expand.
"""

import re

from lxml import etree

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.feeds.prolog import root_of, xml_text

# feed://host/path and feed:https://host/path are how addresses were once handed to feed readers.
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")
_FEED_SCHEME = re.compile(r"feed:(?://(?!/)|(?=https?:))", re.IGNORECASE)


def addresses_of_opml(data: bytes, *, source: str) -> tuple[str, ...]:
    """The addresses of the feeds in the list, in its order, each once; whether they can be had is seen on fetching.

    Raises InputError for what is no OPML and for a list without a feed.
    """
    text = xml_text(data)
    root = root_of(text)
    if root is None or root.name != "opml":
        message = (
            f"no OPML list: it begins with {shown(text.lstrip()[:40])}, not with <opml>; a feed is given by its address"
        )
        raise InputError(message, source=source, outcome=Outcome.NO_ARTICLE)
    addresses = tuple(dict.fromkeys(_given(text[root.start :])))
    if not addresses:
        message = 'there is no feed in the list: no outline in it has an "xmlUrl"'
        raise InputError(message, source=source, outcome=Outcome.EMPTY)
    return addresses


def _given(text: str) -> list[str]:
    """The value of every outline's xmlUrl, whatever the case in which the name is written."""
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    tree = etree.fromstring(_BARE.sub("&amp;", text).encode(errors="replace"), parser)
    if tree is None:
        return []
    attributes = (each for element in tree.iter(etree.Element) for each in element.attrib.items())
    values = (value.strip() for name, value in attributes if name.lower() == "xmlurl")
    return [
        _FEED_SCHEME.sub(lambda found: "http://" if found[0].endswith("/") else "", value) for value in values if value
    ]

"""Feeds and reports made up for tests: what stands in them is given, what has to stand around it is added."""

import json

from onrecord.intake.feeds.entries import Entry, Feed
from onrecord.intake.feeds.feed import feed_of
from tests.server import Behaviour, page

AT = "https://weyport-ledger.example/feeds/harbour.xml"
SENTENCE = "“The quay stays open,” said Mayor Jorun Falk, and the engineer Tomas Brandvold shook his head. "
WHOLE = "".join(f"<p>{SENTENCE}{SENTENCE}</p>" for _ in range(3))
ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
PREFIXED = (
    f'<a:feed xmlns:a="{ATOM}"><a:title>Ledger</a:title>'
    '<a:entry><a:title>Quay</a:title><a:link href="/quay"/></a:entry></a:feed>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{}">'
    "<channel><title>Ledger</title></channel><item><title>Quay</title><link>https://weyport-ledger.example/quay</link></item></rdf:RDF>"
)


PEOPLE = {"quay": "Jorun Falk", "ferry": "Anselm Corvin", "light": "Perpetua Oduya", "dyke": "Ilse Quandt"}


def rss(*items: str, channel: str = "") -> str:
    """An RSS 2.0 feed of items, each given by what stands in it."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    return f'<rss version="2.0" {spaces}><channel><title>Ledger</title>{channel}{inside}</channel></rss>'


def item(path: str = "/quay", more: str = "") -> str:
    """What stands in an item with a relative address."""
    return f"<link>{path}</link>{more}"


def encoded(markup: str) -> str:
    """A whole text as RSS carries it."""
    return f"<content:encoded><![CDATA[{markup}]]></content:encoded>"


def atom(*entries: str, attributes: str = "") -> str:
    """An Atom feed of entries, each given by what stands in it."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="{ATOM}" {attributes}><title>Ledger</title>{inside}</feed>'


def json_feed(*items: object, **fields: object) -> str:
    """A JSON Feed of items."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": items, **fields})


def read(text: str | bytes, *, url: str | None = AT, charset: str | None = None) -> Feed:
    """The feed in a text, as it came from the address."""
    data = text if isinstance(text, bytes) else text.encode()
    return feed_of(data, source="harbour.xml", url=url, charset=charset)


def only(text: str | bytes, *, url: str | None = AT) -> Entry:
    """The entry of a feed that has one."""
    [entry] = read(text, url=url).entries
    return entry


def feed(*items: str, channel: str = "") -> bytes:
    """An RSS feed as it is sent."""
    return rss(*items, channel=channel).encode()


def guid(id: str) -> str:
    """An entry's id that is no address."""
    return f'<guid isPermaLink="false">{id}</guid>'


def text_of(name: str) -> str:
    """The invented report of this name, in HTML, long enough to be one."""
    who, last = PEOPLE[name], PEOPLE[name].split()[-1]
    return (
        f"<p>WEYPORT — The {name} will not be closed before the spring tides, {who} told the town council.</p>"
        f"<p>“Nobody has to worry about the {name},” said {last}, who has looked after it for eleven years. "
        f"“It has seen worse winters than this one, and it will see worse again.”</p>"
        f"<p>The engineer Tomas Brandvold disagreed. He wrote in January that the {name} “moves under the hand”, "
        f"and he stood by every word of it. The Ministry of Tides did not answer a request for comment.</p>"
    )


def report(name: str) -> Behaviour:
    """The page of a report."""
    title = f"{PEOPLE[name].split()[-1]} keeps the {name} open"
    head = f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    return page(f"{head}<body><article><h1>{title}</h1>{text_of(name)}</article></body></html>".encode())

"""Feeds: what is one, what is in it, and how its entries become documents."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document
from onrecord.intake.feeds.feed import document_in, document_of, documents_of, feed_of, is_feed, is_opml
from onrecord.intake.fetch import Fetcher, Limits
from tests.feeding import (
    AT,
    ATOM,
    DUBLIN_CORE,
    ENTITIES,
    NETSCAPE,
    PREFIXED,
    RDF,
    SENTENCE,
    WHOLE,
    atom,
    encoded,
    item,
    json_feed,
    only,
    read,
    rss,
)
from tests.server import Server, page

EXAMPLES = Path(__file__).parents[1] / "examples"
TEASER = f"<p>{SENTENCE}</p>"


# What is one


@pytest.mark.parametrize(
    "text",
    [
        rss(),
        '<?xml version="1.0"?>\n<!-- <opml> and <html> -->\n<?xml-stylesheet href="a"?>\n' + rss(),
        ENTITIES + rss(),
        "\n  " + rss(),
        NETSCAPE + rss(),
        atom(),
        f'<a:feed xmlns:a="{ATOM}"></a:feed>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"></feed>',
        RDF.format("http://purl.org/rss/1.0/"),
        RDF.format("http://my.netscape.com/rdf/simple/0.9/"),
        json_feed(),
        '\n{"title": "Ledger", "version" : "https:\\/\\/jsonfeed.org\\/version\\/1", "items": [',
    ],
)
def test_a_feed_is_known_by_its_beginning(text: str) -> None:
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert is_feed(data)
        assert not is_opml(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "<",
        "<!--",
        "<?xml",
        "<rssfeed>",
        "< rss>",
        "The word <rss> is no feed.",
        "<!DOCTYPE html><html><body><rss></body></html>",
        "<feed><sheep/></feed>",
        RDF.format("http://example.example/other#"),
        "<!-- <rss> -->",
        '{"text": "\\"version\\": \\"https://jsonfeed.org/version/1\\""}',
        '{"version": "https://jsonlogs.example/version/1", "items": []}',
        '[{"version": "https://jsonfeed.org/version/1"}]',
    ],
)
def test_what_only_looks_like_a_feed_is_none(text: str) -> None:
    assert not is_feed(text.encode())
    assert not is_opml(text.encode())


def test_a_list_of_feeds_is_known_by_its_beginning() -> None:
    for data in (b"<opml version='2.0'>", b'<?xml version="1.0"?>\n<!-- ours -->\n<OPML>', b"\xef\xbb\xbf<opml >"):
        assert is_opml(data)
        assert not is_feed(data)


@given(st.binary())
def test_any_bytes_can_be_asked_about(data: bytes) -> None:
    assert not (is_feed(data) and is_opml(data))


def test_asking_loads_no_reader_of_feeds() -> None:
    program = "import sys, onrecord.intake.feeds.feed; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"feedparser", "lxml", "httpx"} & set(done.stdout.split())


# The formats


@pytest.mark.parametrize(
    "text",
    [
        rss(item(more="<title>Quay</title>")),
        rss(item(more="<title>Quay</title>")).replace('version="2.0"', 'version="0.91"'),
        RDF.format("http://purl.org/rss/1.0/"),
        RDF.format("http://my.netscape.com/rdf/simple/0.9/"),
        atom('<title>Quay</title><link href="/quay"/>'),
        PREFIXED,
        json_feed({"title": "Quay", "url": "/quay"}),
        json_feed({"title": "Quay", "url": "/quay"}).replace("version/1.1", "version/1"),
    ],
)
def test_every_format_gives_the_same_entry(text: str) -> None:
    feed = read(text)
    assert (feed.title, feed.address) == ("Ledger", AT)
    [entry] = feed.entries
    assert (entry.title, entry.address) == ("Quay", "https://weyport-ledger.example/quay")
    assert entry.id == entry.address
    assert (entry.text_html, entry.published_at, entry.authors) == (None, None, ())


def test_the_example_is_read_whole() -> None:
    data = (EXAMPLES / "feed.xml").read_bytes()
    assert is_feed(data[:1000])
    feed = feed_of(data, source="examples/feed.xml")
    assert (feed.title, feed.address, feed.refresh_s) == ("Weyport Ledger: Harbour", "examples/feed.xml", 1800)
    assert [entry.address for entry in feed.entries] == [
        "https://weyport-ledger.example/2031/02/12/quay?utm_source=feed",
        "https://weyport-ledger.example/2031/02/11/ferry",
        None,
    ]
    assert all(entry.text_html for entry in feed.entries)
    assert feed.entries[0].title == "Falk “will not close the quay” before the spring tides"
    assert feed.entries[0].authors == ("Ilse Quandt",)
    assert feed.entries[0].published_at == datetime(2031, 2, 12, 23, 40, tzinfo=timezone(timedelta(hours=-3)))


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()).entries == read(atom()).entries == read(json_feed()).entries == ()


# Addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rss(item("quay?a=1&amp;copy=2&amp;b=3")), "https://weyport-ledger.example/feeds/quay?a=1&copy=2&b=3"),
        (rss(item("\n  https://weyport-ledger.example/quay \n")), "https://weyport-ledger.example/quay"),
        (rss(item("//cdn.weyport-ledger.example/quay#top")), "https://cdn.weyport-ledger.example/quay"),
        (rss("<guid>https://weyport-ledger.example/quay</guid>"), "https://weyport-ledger.example/quay"),
        (
            atom('<link href="../y"/>', attributes='xml:base="https://tarsian-post.example/a/b/"'),
            "https://tarsian-post.example/a/y",
        ),
        (
            atom('<link rel="self" href="/self"/><link rel="alternate" href="/quay"/>'),
            "https://weyport-ledger.example/quay",
        ),
        (json_feed({"id": "https://weyport-ledger.example/quay"}), "https://weyport-ledger.example/quay"),
        (
            rss(
                item("https://proxy.example/~r/1")
                + '<o:origLink xmlns:o="http://rssnamespace.org/feedburner/ext/1.0">https://weyport-ledger.example/quay'
                "</o:origLink>"
            ),
            "https://weyport-ledger.example/quay",
        ),
    ],
)
def test_addresses_are_absolute_and_the_articles_own(text: str, expected: str) -> None:
    assert only(text).address == expected


def test_relative_addresses_in_a_file_are_against_the_site_that_the_feed_names() -> None:
    home = "https://weyport-ledger.example/"
    assert only(rss(item(), channel=f"<link>{home}</link>"), url=None).address == f"{home}quay"
    assert only(json_feed({"url": "quay"}, home_page_url=home), url=None).address == f"{home}quay"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "mailto:a@weyport.example", "file:///etc/passwd", "http://["]
)
def test_what_is_no_address_of_the_web_is_none(address: str, caplog: pytest.LogCaptureFixture) -> None:
    assert only(rss(item(address, encoded(WHOLE)))).address is None
    assert read(rss(item(address))).entries == ()
    assert "entries left out, having neither an address nor a whole text: 1" in caplog.text


# Doubles


def test_entries_stay_in_order_and_each_article_is_there_once() -> None:
    paths = ["/b", "/a", "/b", "/c#one", "/c#two", "/a"]
    addresses = [entry.address for entry in read(rss(*map(item, paths))).entries]
    assert addresses == [f"https://weyport-ledger.example/{name}" for name in "bac"]


def test_an_id_that_a_feed_gives_to_all_of_its_entries_tells_nothing() -> None:
    same = '<guid isPermaLink="false">ledger</guid>'
    entries = read(rss(item("/a", same), item("/b", same), item("/c", '<guid isPermaLink="false">c</guid>'))).entries
    assert [entry.id for entry in entries] == [
        "https://weyport-ledger.example/a",
        "https://weyport-ledger.example/b",
        "c",
    ]


def test_texts_without_id_and_address_are_told_apart_by_what_they_say() -> None:
    other = WHOLE.replace("Falk", "Corvin")
    entries = read(rss(encoded(WHOLE), encoded(other), encoded(WHOLE))).entries
    assert [entry.text_html for entry in entries] == [WHOLE, other]
    assert entries[0].id != entries[1].id
    assert entries == read(rss(encoded(WHOLE), encoded(other))).entries


# Texts


@pytest.mark.parametrize(
    "text",
    [
        rss(item(more=f"<description>short</description>{encoded(WHOLE)}")),
        atom(f'<link href="/quay"/><summary>short</summary><content type="html"><![CDATA[{WHOLE}]]></content>'),
        atom(
            f'<link href="/quay"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{WHOLE}</div></content>'
        ),
        json_feed({"url": "/quay", "content_html": WHOLE, "content_text": "short"}),
    ],
)
def test_a_whole_text_is_kept_as_it_is(text: str) -> None:
    assert only(text).text_html == WHOLE


def test_a_plain_text_is_kept_in_its_paragraphs() -> None:
    plain = f"Ships < boats\n\n{SENTENCE * 4}"
    expected = f"<p>Ships &lt; boats</p>\n<p>{SENTENCE * 4}</p>\n"
    assert only(json_feed({"url": "/quay", "content_text": plain})).text_html == expected
    escaped = plain.replace("<", "&lt;")
    assert (only(atom(f'<link href="/q"/><content type="text">{escaped}.</content>')).text_html or "")[:40] == expected[
        :40
    ]


@pytest.mark.parametrize(
    "inside",
    [
        f"<description><![CDATA[{WHOLE}]]></description>",
        f"<description>short</description><media:description>{SENTENCE * 4}</media:description>",
        encoded(TEASER),
        encoded(f"{WHOLE}<p>The end is [&#8230;]</p>"),
        encoded(f"{WHOLE}<p>But [...]</p><p>The post <a>Quay</a> appeared first on <a>Weyport Ledger</a>.</p>"),
        encoded(f"{WHOLE}<a href='/quay'>Continue reading &#8220;Quay&#8221; &rarr;</a>"),
        encoded(f"{WHOLE}<a>Read the full story at weyport-ledger.example</a>"),
        encoded(f"{TEASER}<script>{'ship ' * 80}</script><!-- {'ship ' * 80} -->"),
        encoded(f"{TEASER}<style>{'ship ' * 80}"),
    ],
)
def test_a_summary_a_caption_and_the_beginning_of_a_text_are_no_text(inside: str) -> None:
    assert only(rss(item(more=inside))).text_html is None


def test_titles_and_names_are_plain_words() -> None:
    title = "<title>&lt;b&gt;Falk&lt;/b&gt; &amp;amp; Brandvold:\n &amp;#8220;no&amp;#8221; &lt; 5</title>"
    assert only(rss(item(more=title))).title == "Falk & Brandvold: “no” < 5"
    people = "<author>iq@weyport-ledger.example (Ilse Quandt)</author>"
    assert only(rss(item(more=people))).authors == ("Ilse Quandt",)
    assert only(rss(item(more="<author>iq@weyport-ledger.example</author>"))).authors == ()
    creators = "".join(f'<d:creator xmlns:d="{DUBLIN_CORE}">{name}</d:creator>' for name in ("I. Quandt", "P. Oduya"))
    assert only(rss(item(more=creators))).authors == ("I. Quandt", "P. Oduya")
    atom_author = "<author><name>Ilse Quandt</name><email>iq@weyport-ledger.example</email></author>"
    assert only(atom(f'<link href="/q"/>{atom_author}')).authors == ("Ilse Quandt",)
    several = [{"name": "Ilse Quandt"}, {"name": "Perpetua Oduya"}, {"url": "/x"}, {"name": "Ilse Quandt"}]
    assert only(json_feed({"url": "/q", "authors": several})).authors == ("Ilse Quandt", "Perpetua Oduya")
    assert only(json_feed({"url": "/q", "author": {"name": "Ilse Quandt"}})).authors == ("Ilse Quandt",)


# Dates and times to live


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Wed, 12 Feb 2031 23:40:00 -0300", datetime(2031, 2, 12, 23, 40, tzinfo=timezone(timedelta(hours=-3)))),
        ("12 Feb 2031 23:40 EST", datetime(2031, 2, 12, 23, 40, tzinfo=timezone(timedelta(hours=-5)))),
        ("2031-02-12T23:40:00Z", datetime(2031, 2, 12, 23, 40, tzinfo=UTC)),
        ("2031-02-12", datetime(2031, 2, 12)),  # noqa: DTZ001 - the feed states no zone
        ("Wed Feb 12 23:40:00 2031", datetime(2031, 2, 12, 23, 40)),  # noqa: DTZ001 - the same
        ("Posted on February 12, 2031", datetime(2031, 2, 12)),  # noqa: DTZ001 - the same
        ("2031년 2월 12일", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("32 Feb 2031", None),
        ("Wed, 99 Feb 99999 99:99:99 +9999999", None),
        ("yesterday", None),
    ],
)
def test_a_date_keeps_the_zone_that_the_feed_states(stated: str, expected: datetime | None) -> None:
    found = only(rss(item(more=f"<pubDate>{stated}</pubDate>"))).published_at
    assert found == expected
    assert (found and found.utcoffset()) == (expected and expected.utcoffset())


def test_the_date_of_publication_comes_before_that_of_a_change() -> None:
    dates = "<updated>2031-02-13T00:00:00Z</updated><published>2031-02-12T00:00:00Z</published>"
    assert only(atom(f'<link href="/q"/>{dates}')).published_at == datetime(2031, 2, 12, tzinfo=UTC)
    changed = '<link href="/q"/><updated>2031-02-13T00:00:00Z</updated>'
    assert only(atom(changed)).published_at == datetime(2031, 2, 13, tzinfo=UTC)
    both = {"url": "/q", "date_published": 7, "date_modified": "2031-02-13T00:00:00Z"}
    assert only(json_feed(both)).published_at == datetime(2031, 2, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("", None),
        ("<ttl>45</ttl>", 45 * 60),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<s:updatePeriod>daily</s:updatePeriod>", 24 * 3600),
        ("<s:updatePeriod> hourly </s:updatePeriod><s:updateFrequency>4</s:updateFrequency>", 900),
        ("<s:updatePeriod>hourly</s:updatePeriod><s:updateFrequency>0</s:updateFrequency><ttl>5</ttl>", 3600),
        ("<s:updatePeriod>often</s:updatePeriod>", None),
    ],
)
def test_a_feed_may_say_for_how_long_it_wants_to_be_left_alone(channel: str, expected: int | None) -> None:
    spaced = channel.replace("Period>", 'Period xmlns:s="http://purl.org/rss/1.0/modules/syndication/">', 1)
    spaced = spaced.replace(
        "<s:updateFrequency>", '<s:updateFrequency xmlns:s="http://purl.org/rss/1.0/modules/syndication/">'
    )
    assert read(rss(channel=spaced)).refresh_s == expected


# From entries to documents


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=Limits(pause_s=0, longest_wait_s=0)) as running:
        yield running


DATED = "<pubDate>Wed, 12 Feb 2031 23:40:00 -0300</pubDate>"


def test_the_page_of_an_entry_is_its_document(server: Server, fetcher: Fetcher) -> None:
    server.answer("/quay", page(WHOLE.encode()))
    feed = read(rss(item(more=DATED + encoded(WHOLE))), url=server.at("/feed.xml"))
    [document] = documents_of(feed, fetcher)
    assert isinstance(document, Document)
    assert (document.source, document.data, document.published) == (
        server.at("/quay"),
        WHOLE.encode(),
        date(2031, 2, 12),
    )
    assert document.fetched is not None


def test_entries_end_one_by_one_in_the_order_of_the_feed(server: Server, fetcher: Fetcher) -> None:
    server.answer("/a", page(b"A"))
    server.answer("/c", page(b"C", status=403))
    server.answer("/d", page(b"D"))
    feed = read(rss(*map(item, ("/a", "/b", "/c", "/d"))), url=server.at("/feed.xml"))
    ends = [end.outcome if isinstance(end, InputError) else end.data for end in documents_of(feed, fetcher)]
    assert ends == [b"A", Outcome.GONE, Outcome.FORBIDDEN, b"D"]


def test_the_text_in_the_feed_serves_where_the_page_cannot_be_had(
    server: Server, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    more = f"<title>Quay &lt; &quot;pier&quot;</title><author>Ilse Quandt</author>{DATED}{encoded(WHOLE)}"
    feed = read(rss(item(more=more)), url=server.at("/feed.xml"))
    document = document_of(feed.entries[0], feed=feed, fetcher=fetcher)
    assert document == document_in(feed.entries[0], feed=feed)
    assert (document.source, document.url) == (server.at("/quay"), server.at("/quay"))
    assert (document.id, document.published) == (f"127.0.0.1:{server.port}/quay", date(2031, 2, 12))
    text = document.data.decode()
    assert document.charset == "utf-8"
    assert f"<h1>Quay &lt; &quot;pier&quot;</h1>{WHOLE}</article>" in text
    assert '<meta name="author" content="Ilse Quandt">' in text
    assert 'content="2031-02-12T23:40:00-03:00"' in text
    assert f"{server.at('/quay')}: the page is gone: " in caplog.text
    assert "the whole text in the feed serves instead" in caplog.text


def test_an_entry_without_an_address_is_its_text_alone(server: Server, fetcher: Fetcher) -> None:
    feed = read(rss(f'<guid isPermaLink="false">n7</guid>{encoded(WHOLE)}'), url=server.at("/feed.xml"))
    [document] = documents_of(feed, fetcher)
    assert isinstance(document, Document)
    assert (document.source, document.url) == (f"n7 in {server.at('/feed.xml')}", None)
    assert document.id == f"127.0.0.1:{server.port}/feed.xml#n7"
    assert server.n_requests == 0


def test_a_day_alone_is_not_made_a_moment() -> None:
    feed = read(rss(item(more=f"<pubDate>2031-02-12</pubDate>{encoded(WHOLE)}")))
    document = document_in(feed.entries[0], feed=feed)
    assert document is not None
    assert b'content="2031-02-12"' in document.data


def test_an_empty_feed_ends_with_an_outcome_too(fetcher: Fetcher) -> None:
    [end] = documents_of(read(rss()), fetcher)
    assert isinstance(end, InputError)
    assert (end.outcome, end.source) == (Outcome.EMPTY, AT)

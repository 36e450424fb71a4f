"""Feeds that are broken, in odd encodings, or none at all: what can be got is, and all else is refused."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, Outcome
from onrecord.intake.feeds.entries import Entry
from onrecord.intake.feeds.feed import MAX_BYTES
from tests.feeding import ENTITIES, WHOLE, encoded, item, json_feed, only, read, rss


def refused(text: str | bytes) -> InputError:
    """The error with which reading it as a feed ends."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.source == "harbour.xml"
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        rss(item("/a"), item("/b"))[:-12],
        rss(item("/a"), item("/b")).replace("</channel>", "<b>& &nbsp;"),
        "<br />\n<b>Warning</b>: out of paper in ledger.php<br />\n" + rss(item("/a"), item("/b", "<br>")),
        rss(item("/a"), item("/b")) + "<script>",
    ],
)
def test_a_damaged_feed_gives_what_can_be_got_and_says_so(text: str, caplog: pytest.LogCaptureFixture) -> None:
    found = [entry.address for entry in read(text).entries]
    assert found == ["https://weyport-ledger.example/a", "https://weyport-ledger.example/b"]
    assert "harbour.xml: the feed is damaged (" in caplog.text


def test_a_character_that_does_not_exist_costs_no_feed(caplog: pytest.LogCaptureFixture) -> None:
    text = rss(item(more="<title>a&#0;b&#xD800;c&#99999999999999999;d&#x1F6A2;e&#233;</title>"))
    assert only(text).title == "a\ufffdb\ufffdc\ufffdd🚢eé"
    assert not caplog.records


def test_a_whole_feed_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="onrecord")
    read('<?xml version="1.0"?>' + ENTITIES + rss(item(), item("/b", encoded(WHOLE))))
    assert not caplog.records


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ('<?xml version="1.0" encoding="utf-8"?>' + rss(item(more="<title>Möwe “x”</title>")), "iso-8859-1"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item(more="<title>Möwe “x”</title>")), None),
        ('<?xml version="1.0" encoding="utf-16"?>' + rss(item(more="<title>Möwe “x”</title>")), None),
        ('<?xml version="1.0" encoding="klingon"?>' + rss(item(more="<title>Möwe “x”</title>")), None),
        ('<?xml version="1.0" encoding="utf-8"?>' + rss(item(more="<title>M\x01öwe\x0b “x”</title>")), None),
    ],
)
def test_text_in_utf_8_is_read_as_such_whatever_it_is_said_to_be(data: str, charset: str | None) -> None:
    assert read(data.encode(), charset=charset).entries[0].title == "Möwe “x”"


@pytest.mark.parametrize(
    ("encoding", "declared", "stated"),
    [
        ("cp1252", "windows-1252", "utf-8"),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "", "iso-8859-1"),
        ("utf-16", "", None),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", "", "utf-8"),
    ],
)
def test_other_encodings_are_read_as_declared(encoding: str, declared: str, stated: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    data = (head + rss(item(more="<title>Möwe “x”</title>"))).encode(encoding)
    assert read(data, charset=stated).entries[0].title == "Möwe “x”"


def test_one_bad_byte_costs_one_character() -> None:
    text = rss(item(more="<title>Möwe “no”</title>")).encode().replace("ö".encode(), b"\xf6")
    assert read(text).entries[0].title == "M\ufffdwe “no”"


def test_no_entity_is_expanded_and_nothing_else_is_read() -> None:
    title = read(
        ENTITIES + rss(channel="<description>[&a;&b;&c;]</description>").replace("Ledger", "[&a;&b;&c;]")
    ).title
    assert title is not None
    assert "aaaa" not in title
    assert title.count("&") == 3


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        (
            "Plain words.",
            Outcome.NO_ARTICLE,
            "no feed: it begins with 'Plain words.'; a feed is RSS, Atom or JSON Feed",
        ),
        ("", Outcome.NO_ARTICLE, "no feed: it begins with ''"),
        ("<html><p>A page</p></html>", Outcome.NO_ARTICLE, "no feed: it begins with '<html>"),
        (
            "<html><link rel=stylesheet href=a.css><link href='/rss?a=1&amp;b=2' type='application/rss+xml'>",
            Outcome.NO_ARTICLE,
            "give the feed that it names: https://weyport-ledger.example/rss?a=1&b=2",
        ),
        ("<opml><body/></opml>", Outcome.NO_ARTICLE, "a list of feeds (OPML) and no feed; save it and give the file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(900), Outcome.NOT_TEXT, "a binary file"),
        ('{"text": "x"}', Outcome.NO_ARTICLE, 'a JSON Feed states its "version" and has a list of "items"'),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', Outcome.NO_ARTICLE, "no feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', Outcome.DAMAGED, "broken"),
        ('{"version": ' + "[" * 100_000, Outcome.DAMAGED, "broken"),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", Outcome.NO_ARTICLE, "RSS, Atom"),
        (rss(item())[:-14] + " " * MAX_BYTES, Outcome.TOO_LARGE, "larger than 8 MB"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_to_do(text: str | bytes, outcome: Outcome, words: str) -> None:
    error = refused(text)
    assert (error.outcome, words in str(error)) == (outcome, True), str(error)


@pytest.mark.parametrize(
    "items",
    [
        (None, 7, "x", [], {}),
        ({"url": ["/a"]}, {"url": ""}, {"url": 7, "id": None}, {"id": True}),
        ({"url": None, "content_html": {"a": WHOLE}, "title": [], "date_published": 1, "authors": "x", "author": []},),
    ],
)
def test_json_items_that_hold_something_else_are_left_out(items: tuple[object, ...]) -> None:
    assert read(json_feed(*items)).entries == ()
    [entry] = read(json_feed(*items, {"id": 7, "url": "/a", "title": 9, "authors": [None]})).entries
    assert entry == Entry(address="https://weyport-ledger.example/a", id="7")


def test_half_a_character_in_json_becomes_a_question_mark() -> None:
    text = json_feed({"id": "\ud83d", "url": "/a\ud83db", "title": "\ud83d\udea2 \udea2"})
    assert only(text) == Entry(address="https://weyport-ledger.example/a?b", id="?", title="🚢 ?")


@given(st.text(alphabet="<>/&;#x\"'! -[]rsitemlnkdchan:=09é", max_size=60), st.integers(min_value=0))
def test_a_feed_with_anything_in_it_is_read_or_refused(piece: str, place: int) -> None:
    text = rss(
        item(more="<title>Quay</title><pubDate>Wed, 12 Feb 2031 23:40:00 -0300</pubDate>"), channel="<ttl>5</ttl>"
    )
    at = place % len(text)
    try:
        entries = read(text[:at] + piece + text[at:]).entries
    except InputError:
        entries = ()
    assert all(entry.address or entry.text_html for entry in entries)

"""Watching feeds, from a real server, by the real model, into a real record."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.errors import InputError, Outcome
from onrecord.intake.fetch import Fetcher, Limits
from onrecord.reading.reader import Reader
from onrecord.record import Record, schema
from onrecord.record.adding import Added
from onrecord.record.articles import stored_at
from onrecord.record.feeds import feed_states, keep_entry, keep_feed, to_try_again
from onrecord.record.stored import Stored
from onrecord.watching import Event, Idle, Polled, Watch, feeds_in
from tests.feeding import PEOPLE, encoded, feed, guid, item, report, text_of
from tests.server import Server, page

DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# For the moments between the making of a date and the test's look at the clock.
SLACK = timedelta(minutes=1)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        for name in PEOPLE:
            running.answer(f"/{name}", report(name))
        yield running


@pytest.fixture
def watch(record: Record, reader: Reader) -> Iterator[Watch]:
    with Fetcher(allow_private=True, limits=Limits(pause_s=0, longest_wait_s=0)) as fetcher:
        yield Watch.begin(record=record, fetcher=fetcher, reader=reader)


def told(events: list[Event]) -> list[str]:
    """What happened, in words: the entries and the new ones of a poll, how a poll failed, and how articles ended."""
    words = []
    for event in events:
        match event:
            case Polled():
                words.append(event.failure.outcome.value if event.failure else f"{event.n_entries} {event.n_new}")
            case Added():
                words.append(event.stored.value)
            case InputError():
                words.append(event.outcome.value)
    return words


def make_due(watch: Watch, *addresses: str) -> None:
    """Lets time pass: the feeds are due now, and so is every entry that is to be tried again."""
    with watch.record.transaction() as connection:
        for state in feed_states(connection, addresses):
            keep_feed(connection, replace(state, next_due=LONG_AGO))
            for entry in to_try_again(connection, feed_id=state.id, now=datetime.now(UTC) + 30 * DAY):
                keep_entry(connection, replace(entry, next_try=LONG_AGO), feed_id=state.id)


def again(watch: Watch, *addresses: str) -> list[str]:
    """What happens in a round after all has become due."""
    make_due(watch, *addresses)
    return told(list(watch.round(addresses)))


def wait_after(watch: Watch, address: str) -> timedelta:
    """After what time the feed, polled now, is polled again."""
    make_due(watch, address)
    [polled] = (event for event in watch.round([address]) if isinstance(event, Polled))
    return polled.next_due - datetime.now(UTC)


def is_about(wait: timedelta, expected: timedelta) -> bool:
    """Whether a feed is polled after the time expected, and its own small share of it."""
    return expected - SLACK <= wait <= expected * 1.1


# What is new


def test_every_article_of_a_new_feed_is_added_and_told_of(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"), item("/ferry"))))
    polled, quay, ferry, idle = watch.round([server.at("/feed")])
    assert isinstance(polled, Polled)
    assert (polled.address, polled.n_entries, polled.n_new, polled.failure) == (server.at("/feed"), 2, 2, None)
    assert isinstance(idle, Idle)
    assert idle.until == polled.next_due
    for event, name in ((quay, "quay"), (ferry, "ferry")):
        assert isinstance(event, Added)
        assert (event.stored, event.article.source) == (Stored.ADDED, server.at(f"/{name}"))
        with watch.record.snapshot() as connection:
            kept = stored_at(connection, server.at(f"/{name}"))
        assert kept is not None
        assert kept.text == event.article.text
        assert kept.statements == event.article.statements != ()


def test_what_is_told_of_is_in_the_record_already(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"), item("/ferry"))))
    for event in watch.round([server.at("/feed")]):
        if isinstance(event, Added):
            with watch.record.snapshot() as connection:
                assert stored_at(connection, event.article.source)


def test_a_feed_that_is_not_due_is_left_alone(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"))))
    *_, idle = watch.round([server.at("/feed")])
    n_requests = server.n_requests
    assert list(watch.round([server.at("/feed")])) == [idle]
    assert server.n_requests == n_requests


def test_a_feed_that_has_not_changed_is_not_sent_again(server: Server, watch: Watch) -> None:
    server.answer("/a", page(feed(item("/quay")), etag='"v1"'))
    server.answer("/b", page(feed(item("/ferry")), modified="Wed, 15 Jan 2020 08:00:00 GMT"))
    addresses = [server.at("/a"), server.at("/b")]
    assert told(list(watch.round(addresses))) == ["1 1", "added", "1 1", "added"]
    assert again(watch, *addresses) == ["None 0", "None 0"]
    assert again(watch, *addresses) == ["None 0", "None 0"]
    assert [request.get("if-none-match") for request in server.requests("/a")] == [None, '"v1"', '"v1"']
    assert server.requests("/b")[2]["if-modified-since"] == "Wed, 15 Jan 2020 08:00:00 GMT"
    assert len(server.requests("/quay")) == len(server.requests("/ferry")) == 1


def test_of_a_feed_that_has_changed_only_what_is_new_is_fetched(server: Server, watch: Watch) -> None:
    old, new = page(feed(item("/quay")), etag='"v1"'), page(feed(item("/ferry"), item("/quay")), etag='"v2"')
    server.answer("/feed", old, new)
    assert told(list(watch.round([server.at("/feed")]))) == ["1 1", "added"]
    assert again(watch, server.at("/feed")) == ["2 1", "added"]
    assert again(watch, server.at("/feed")) == ["None 0"]
    assert len(server.requests("/quay")) == 1


def test_an_entry_is_known_by_its_id_and_by_its_address(server: Server, watch: Watch) -> None:
    server.answer(
        "/feed",
        page(feed(item("/quay", guid("n1")))),
        page(feed(item("/ferry", guid("n1")), item("/quay?utm_source=feed", guid("n2")))),
    )
    assert told(list(watch.round([server.at("/feed")]))) == ["1 1", "added"]
    assert again(watch, server.at("/feed")) == ["2 0"]
    assert again(watch, server.at("/feed")) == ["2 0"]


def test_an_article_in_two_feeds_is_fetched_once(server: Server, watch: Watch) -> None:
    server.answer("/a", page(feed(item("/quay", guid("a1")))))
    server.answer("/b", page(feed(item("/quay#top", guid("b1")), item("/ferry"))))
    assert told(list(watch.round([server.at("/a"), server.at("/b")]))) == ["1 1", "added", "2 1", "added"]
    assert len(server.requests("/quay")) == 1


def test_an_article_that_came_into_the_record_otherwise_is_not_fetched(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"))))
    assert told(list(watch.round([server.at("/feed")]))) == ["1 1", "added"]
    with watch.record.transaction() as connection:
        connection.execute(schema.entries.delete())
    assert again(watch, server.at("/feed")) == ["1 0"]


def test_the_text_in_a_feed_serves_where_the_page_has_none(server: Server, watch: Watch) -> None:
    server.answer("/walled", page(b"<html><body><p>Please sign in.</p></body></html>"))
    server.answer("/closed", page(b"", status=403))
    items = (
        item("/walled", encoded(text_of("quay"))),
        item("/closed", encoded(text_of("ferry"))),
        guid("n3") + encoded(text_of("light")),
        item("/walled?again=1"),
    )
    server.answer("/feed", page(feed(*items)))
    events = list(watch.round([server.at("/feed")]))
    assert told(events) == ["4 4", "added", "added", "added", "no-article"]
    added = [event.article for event in events if isinstance(event, Added)]
    assert [article.source for article in added] == [
        server.at("/walled"),
        server.at("/closed"),
        f"n3 in {server.at('/feed')}",
    ]
    assert all(article.statements for article in added)


# When


def test_feeds_are_polled_as_often_as_the_user_wants_each_a_little_later(server: Server, watch: Watch) -> None:
    addresses = [server.at(f"/feed{number}") for number in range(8)]
    for number in range(8):
        server.answer(f"/feed{number}", page(feed()))
    waits = [wait_after(watch, address) for address in addresses]
    assert all(is_about(wait, timedelta(minutes=15)) for wait in waits)
    assert max(waits) - min(waits) > timedelta(seconds=10)
    rarely = replace(watch, every=3 * DAY)
    assert is_about(wait_after(rarely, addresses[0]), 3 * DAY)


@pytest.mark.parametrize(
    ("channel", "cache_control", "expected"),
    [
        ("<ttl>60</ttl>", "", timedelta(hours=1)),
        ("<ttl>60</ttl>", "max-age=7200", timedelta(hours=2)),
        ("<ttl>5</ttl>", "max-age=60", timedelta(minutes=15)),
        ("<ttl>600000</ttl>", "", DAY),
        ("", "public, max-age=99999999", DAY),
    ],
)
def test_a_feed_and_its_server_may_ask_to_be_left_alone_for_longer(
    server: Server, watch: Watch, channel: str, cache_control: str, expected: timedelta
) -> None:
    headers = {"Cache-Control": cache_control} if cache_control else {}
    server.answer("/feed", page(feed(channel=channel), etag='"v1"', headers=headers))
    assert is_about(wait_after(watch, server.at("/feed")), expected)
    # What the feed says holds also while it does not change and so is not sent.
    assert is_about(wait_after(watch, server.at("/feed")), expected)
    assert len(server.requests("/feed")) == 2


def test_a_feed_that_fails_is_left_alone_twice_as_long_each_time_up_to_a_day(server: Server, watch: Watch) -> None:
    address = server.at("/feed")
    server.answer("/feed", page(b"", status=500))
    for minutes in (30, 60, 120, 240, 480, 960, 1440, 1440):
        assert abs(wait_after(watch, address) - timedelta(minutes=minutes)) < SLACK
    server.answer("/feed", page(feed()))
    assert is_about(wait_after(watch, address), timedelta(minutes=15))
    server.answer("/feed", page(b"", status=500))
    assert abs(wait_after(watch, address) - timedelta(minutes=30)) < SLACK


@pytest.mark.parametrize(
    ("asked_s", "expected"), [(7200, timedelta(hours=2)), (60, timedelta(minutes=30)), (10**8, 7 * DAY)]
)
def test_a_server_that_says_when_to_come_again_is_heeded(
    server: Server, watch: Watch, asked_s: int, expected: timedelta
) -> None:
    server.answer("/feed", page(b"", status=429, headers={"Retry-After": str(asked_s)}))
    assert abs(wait_after(watch, server.at("/feed")) - expected) < SLACK


def test_a_feed_that_fails_leaves_the_others_alone_and_its_reason_is_kept(server: Server, watch: Watch) -> None:
    server.answer("/page", page(b"<html><p>We have moved.</p></html>"))
    server.answer("/feed", page(feed(item("/quay"))))
    addresses = [server.at("/none"), server.at("/page"), server.at("/feed")]
    assert told(list(watch.round(addresses))) == ["gone", "no-article", "1 1", "added"]
    outcomes = schema.outcomes
    with watch.record.snapshot() as connection:
        rows = connection.execute(select(outcomes.c.source, outcomes.c.outcome, outcomes.c.reason)).all()
    assert [tuple(row)[:2] for row in rows] == [
        (server.at("/none"), "gone"),
        (server.at("/page"), "no-article"),
        (server.at("/quay"), "added"),
    ]
    assert "a feed is RSS, Atom or JSON Feed" in rows[1].reason


def test_watching_goes_on_round_after_round(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"))), page(feed(item("/ferry"))), page(feed(item("/light"))))
    found = []
    with closing(replace(watch, every=timedelta(milliseconds=10)).rounds([server.at("/feed")])) as events:
        for event in events:
            found.append(event)
            if isinstance(event, Added) and event.article.source == server.at("/light"):
                break
    assert told(found) == ["1 1", "added"] * 3


# What cannot be had


def test_what_failed_for_good_is_not_tried_again(server: Server, watch: Watch) -> None:
    german = (
        "<h1>Weyport hält den Hafen offen</h1>"
        "<p>Der Hafen von Weyport wird nicht vor dem Frühling geschlossen, sagte Bürgermeisterin Jorun Falk.</p>"
        "<p>„Niemand muss sich um die Boote sorgen“, sagte Falk dem Stadtrat. „Wir haben schlimmere Winter gesehen, "
        "und der Kai hat sie alle überstanden.“</p>"
        "<p>Der Ingenieur Tomas Brandvold widersprach ihr. Er hatte im Januar geschrieben, dass zwei der neun Pfeiler "
        "nachgeben, und blieb dabei. Das Ministerium antwortete auf Fragen nicht.</p>"
    )
    server.answer("/hafen", page(f"<html><meta charset=utf-8><body><article>{german}</article></body></html>".encode()))
    server.answer("/closed", page(b"", status=403))
    server.answer("/feed", page(feed(item("/gone"), item("/closed"), item("/hafen"))))
    ends = ["gone", "forbidden", "unsupported-language"]
    assert told(list(watch.round([server.at("/feed")]))) == ["3 3", *ends]
    assert again(watch, server.at("/feed")) == ["3 0"]
    entries = schema.entries
    with watch.record.snapshot() as connection:
        kept = connection.execute(select(entries.c.outcome, entries.c.tries, entries.c.next_try)).all()
    assert sorted(map(tuple, kept)) == sorted((end, 1, None) for end in ends)


def test_what_was_unreachable_is_tried_again_even_when_the_feed_has_not_changed(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/slow")), etag='"v1"'))
    server.answer("/slow", page(b"", status=500), page(b"", status=502), report("quay"))
    assert told(list(watch.round([server.at("/feed")]))) == ["1 1", "unreachable"]
    assert again(watch, server.at("/feed")) == ["None 0", "unreachable"]
    assert again(watch, server.at("/feed")) == ["None 0", "added"]
    assert again(watch, server.at("/feed")) == ["None 0"]


def test_what_stays_unreachable_is_given_up_after_five_tries(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/slow"))))
    server.answer("/slow", page(b"", status=500))
    assert told(list(watch.round([server.at("/feed")]))) == ["1 1", "unreachable"]
    assert [again(watch, server.at("/feed")) for _ in range(5)] == [["1 0", "unreachable"]] * 4 + [["1 0"]]
    assert len(server.requests("/slow")) == 5


def test_an_entry_is_not_tried_again_before_its_time(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/slow"))))
    server.answer("/slow", page(b"", status=503, headers={"Retry-After": "7200"}))
    list(watch.round([server.at("/feed")]))
    with watch.record.transaction() as connection:
        [state] = feed_states(connection, [server.at("/feed")])
        keep_feed(connection, replace(state, next_due=LONG_AGO))
        assert not to_try_again(connection, feed_id=state.id, now=datetime.now(UTC) + timedelta(hours=1))
        assert to_try_again(connection, feed_id=state.id, now=datetime.now(UTC) + timedelta(hours=3))
    assert told(list(watch.round([server.at("/feed")]))) == ["1 0"]


def test_the_date_in_the_feed_serves_a_page_without_one_on_a_later_try_too(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/slow", "<pubDate>Wed, 12 Feb 2031 23:40:00 -0300</pubDate>"))))
    server.answer("/slow", page(b"", status=500), report("quay"))
    list(watch.round([server.at("/feed")]))
    assert again(watch, server.at("/feed")) == ["1 0", "added"]
    with watch.record.snapshot() as connection:
        kept = stored_at(connection, server.at("/slow"))
    assert kept is not None
    assert str(kept.published) == "2031-02-12"


# Where it was


def test_a_round_that_is_broken_off_is_taken_up_where_it_was(server: Server, watch: Watch) -> None:
    server.answer("/feed", page(feed(item("/quay"), item("/ferry"), item("/light")), etag='"v1"'))
    with closing(watch.round([server.at("/feed")])) as events:
        assert [isinstance(next(events), kind) for kind in (Polled, Added)] == [True, True]
    assert told(list(watch.round([server.at("/feed")]))) == ["3 2", "added", "added"]
    assert [len(server.requests(f"/{name}")) for name in ("quay", "ferry", "light")] == [1, 1, 1]


def test_lists_and_addresses_are_taken_together_each_feed_once(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text('<opml><outline xmlUrl="https://a.example/f"/><outline xmlUrl="https://b.example/f"/></opml>')
    given = ["https://b.example/f", str(listed), "HTTP://c.example/f", str(listed)]
    assert feeds_in(given) == ("https://b.example/f", "https://a.example/f", "HTTP://c.example/f")


@pytest.mark.parametrize(
    ("content", "outcome", "words"),
    [
        (None, Outcome.NOT_FOUND, "give an OPML file, or a feed's address, which begins with https://"),
        (feed(), Outcome.NO_ARTICLE, "a feed is given by its address"),
        (b"<opml><body/></opml>", Outcome.EMPTY, "there is no feed in the list"),
        (b"<opml>" + b" " * 9_000_000, Outcome.TOO_LARGE, "larger than 8 MB"),
    ],
)
def test_a_file_that_lists_no_feeds_is_refused(
    tmp_path: Path, content: bytes | None, outcome: Outcome, words: str
) -> None:
    path = tmp_path / "feeds.opml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        feeds_in([str(path)])
    assert (caught.value.outcome, caught.value.source) == (outcome, str(path))
    assert words in str(caught.value)

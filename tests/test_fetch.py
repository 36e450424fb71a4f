"""Addresses to documents, against a real server: pages, redirects, what a status means, the cache, feeds."""

import gzip
import pickle
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.errors import InputError, Outcome, UsageError
from onrecord.intake.fetch import Fetcher, Limits, RetryLater, Validators
from tests.fetching import HARBOUR, HASTY, MODIFIED, refused
from tests.server import PACKED, Server, page, raw, redirect

FRESH = {"Cache-Control": "max-age=600"}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=HASTY) as running:
        yield running


def test_a_page_becomes_a_document_that_knows_where_it_came_from(server: Server, fetcher: Fetcher) -> None:
    server.answer("/2031/harbour", page(HARBOUR, headers={"Content-Type": 'text/html; charset="ISO-8859-1"'}))
    before = datetime.now(UTC)
    document = fetcher.get(server.at("/2031/harbour?from=letter#quay"))
    assert (document.data, document.charset) == (HARBOUR, "iso-8859-1")
    assert document.source == server.at("/2031/harbour?from=letter#quay")
    assert document.url == server.at("/2031/harbour?from=letter")
    assert document.id == f"127.0.0.1:{server.port}/2031/harbour"
    assert document.fetched is not None
    assert before <= document.fetched <= datetime.now(UTC)


def test_a_page_that_states_no_charset_has_none(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(HARBOUR, headers={"Content-Type": "text/html"}))
    assert fetcher.get(server.at("/harbour")).charset is None


def test_every_request_says_who_asks(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(HARBOUR))
    fetcher.get(server.at("/harbour"))
    for headers in server.requests("/robots.txt") + server.requests("/harbour"):
        assert re.fullmatch(r"OnRecord/\d\S* \(reads news reports for quotations\)", headers["user-agent"])
        assert headers["host"] == f"127.0.0.1:{server.port}"


def test_proxies_of_the_environment_are_not_used(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR


@pytest.mark.parametrize(
    "packed_body",
    [
        gzip.compress(HARBOUR),
        gzip.compress(HARBOUR[:9]) + gzip.compress(HARBOUR[9:]),
        gzip.compress(HARBOUR) + b"\0\0 and what else a disk held",
    ],
    ids=["one member", "two members", "rubbish behind"],
)
def test_a_packed_page_is_unpacked(server: Server, fetcher: Fetcher, packed_body: bytes) -> None:
    server.answer("/harbour", page(packed_body, headers=PACKED))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    assert server.requests("/harbour")[0]["accept-encoding"] == "gzip"


@pytest.mark.parametrize("coding", ["identity", "utf-8", ""])
def test_what_is_no_packing_is_none(server: Server, fetcher: Fetcher, coding: str) -> None:
    server.answer("/harbour", page(HARBOUR, headers={"Content-Encoding": coding}))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR


def test_an_empty_packed_page_is_empty(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(b"", headers=PACKED))
    assert fetcher.get(server.at("/harbour")).data == b""


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_address_kept(server: Server, fetcher: Fetcher, status: int) -> None:
    server.answer("/old", redirect("/new?page=1#top", status=status))
    server.answer("/new", page(HARBOUR))
    document = fetcher.get(server.at("/old"))
    assert (document.source, document.url) == (server.at("/old"), server.at("/new?page=1"))
    assert document.id == f"127.0.0.1:{server.port}/old"


def test_ten_redirects_are_followed_and_an_eleventh_is_not(server: Server, fetcher: Fetcher) -> None:
    for number in range(11):
        server.answer(f"/{number}", redirect(f"/{number + 1}"))
    server.answer("/11", page(HARBOUR))
    assert fetcher.get(server.at("/1")).data == HARBOUR
    error = refused(fetcher, server.at("/0"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "redirected more than 10 times" in str(error)


def test_a_redirect_in_a_circle_is_unreachable(server: Server, fetcher: Fetcher) -> None:
    server.answer("/quay", redirect("/pier"))
    server.answer("/pier", redirect("/quay"))
    assert refused(fetcher, server.at("/quay")).outcome is Outcome.UNREACHABLE
    assert len(server.requests("/quay")) + len(server.requests("/pier")) == 11


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://weyport-ledger.example/",
        "http://[::1",
        "http://falk:kelp@localhost/",
        "http://a b/",
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_unreachable(server: Server, fetcher: Fetcher, target: str) -> None:
    server.answer("/harbour", redirect(target))
    error = refused(fetcher, server.at("/harbour"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "cannot be followed" in str(error)


def test_a_site_that_wants_its_cookie_back_gets_it_and_only_for_this_address(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", redirect("/harbour", headers={"Set-Cookie": "seen=1; Path=/"}), page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    fetcher.get(server.at("/harbour"))
    assert [headers.get("cookie") for headers in server.requests("/harbour")] == [None, "seen=1", None]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_says_where_a_copy_may_be(server: Server, fetcher: Fetcher, status: int) -> None:
    address = server.at("/harbour")
    server.answer("/harbour", page(b"Gone.", status=status))
    error = refused(fetcher, address)
    assert error.outcome is Outcome.GONE
    for words in (str(status), f"https://web.archive.org/web/*/{address}", f"https://archive.today/{address}"):
        assert words in str(error)


@pytest.mark.parametrize("status", [401, 402, 403, 451])
def test_a_page_that_is_not_for_everybody_is_forbidden(server: Server, fetcher: Fetcher, status: int) -> None:
    server.answer("/harbour", page(b"Subscribe!", status=status))
    error = refused(fetcher, server.at("/harbour"))
    assert error.outcome is Outcome.FORBIDDEN
    assert f"says {status}; if you may read it" in str(error)


@pytest.mark.parametrize("status", [202, 204, 206, 300, 304, 400, 418, 429, 500, 502, 503])
def test_any_other_status_is_unreachable_for_now(server: Server, fetcher: Fetcher, status: int) -> None:
    server.answer("/harbour", raw(b"HTTP/1.1 %d Tide\r\nContent-Length: 0\r\n\r\n" % status))
    error = refused(fetcher, server.at("/harbour"))
    assert error.outcome is Outcome.UNREACHABLE
    assert f"says {status} and sends no page; try again later" in str(error)
    assert not isinstance(error, RetryLater)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait", ["0", MODIFIED])
def test_a_site_that_is_busy_for_a_moment_is_asked_again(
    server: Server, fetcher: Fetcher, *, status: int, wait: str
) -> None:
    server.answer("/harbour", page(b"Busy.", status=status, headers={"Retry-After": wait}), page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    assert len(server.requests("/harbour")) == 2


def test_a_wait_that_is_asked_for_is_kept_and_costs_no_time_of_the_address(server: Server) -> None:
    server.answer("/harbour", page(b"Busy.", status=429, headers={"Retry-After": "2"}), page(HARBOUR))
    with Fetcher(allow_private=True, limits=Limits(total_s=1.9, pause_s=0)) as patient:
        start_s = time.monotonic()
        assert patient.get(server.at("/harbour")).data == HARBOUR
    assert time.monotonic() - start_s >= 2


def test_a_site_that_stays_busy_is_asked_twice_and_no_more(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(b"Busy.", status=429, headers={"Retry-After": "0"}))
    assert isinstance(refused(fetcher, server.at("/harbour")), RetryLater)
    assert len(server.requests("/harbour")) == 2


@pytest.mark.parametrize(("status", "wait", "seconds"), [(429, "3600", 3600), (503, "999999999", 999999999)])
def test_a_site_that_is_busy_for_long_says_when_to_come_again(
    server: Server, fetcher: Fetcher, *, status: int, wait: str, seconds: int
) -> None:
    server.answer("/harbour", page(b"Busy.", status=status, headers={"Retry-After": wait}))
    error = refused(fetcher, server.at("/harbour"))
    assert isinstance(error, RetryLater)
    assert (error.outcome, error.retry_after_s) == (Outcome.UNREACHABLE, seconds)
    assert re.search(rf"says {status}, too busy; try again after \d{{4}}-\d\d-\d\d \d\d:\d\d UTC", str(error))
    assert len(server.requests("/harbour")) == 1


def test_a_date_to_come_again_is_told_in_seconds(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(b"Busy.", status=503, headers={"Retry-After": "Tue, 15 Jan 2999 08:00:00 GMT"}))
    error = refused(fetcher, server.at("/harbour"))
    assert isinstance(error, RetryLater)
    assert error.retry_after_s > 24 * 60 * 60


@pytest.mark.parametrize("wait", ["soon", "-1", "9" * 50, "Tue, 99 Jan 2031 08:00:00 GMT", "1 Jan 31 0:0 +" + "9" * 30])
def test_a_time_to_come_again_that_is_none_is_not_waited_for(server: Server, fetcher: Fetcher, wait: str) -> None:
    server.answer("/harbour", page(b"Busy.", status=503, headers={"Retry-After": wait}))
    assert not isinstance(refused(fetcher, server.at("/harbour")), RetryLater)


def test_the_time_to_come_again_survives_the_way_from_another_process() -> None:
    error = RetryLater("too busy", source="https://weyport-ledger.example/", retry_after_s=60)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert isinstance(again, RetryLater)
    assert (str(again), again.source, again.outcome, again.retry_after_s) == (
        "too busy",
        "https://weyport-ledger.example/",
        Outcome.UNREACHABLE,
        60,
    )


def test_a_fresh_page_comes_out_of_the_cache_in_the_next_run_too(server: Server, tmp_path: Path) -> None:
    server.answer("/robots.txt", page(b"User-agent: *", headers=FRESH))
    server.answer(
        "/harbour",
        page(gzip.compress(HARBOUR), headers={**PACKED, **FRESH, "Content-Type": "text/html; charset=utf-8"}),
    )
    documents = []
    for _ in range(2):
        with Fetcher(cache=tmp_path / "new" / "cache", allow_private=True, limits=HASTY) as fetcher:
            documents += [fetcher.get(server.at("/harbour")), fetcher.get(server.at("/harbour"))]
    assert server.n_requests == 2
    assert {(document.data, document.charset) for document in documents} == {(HARBOUR, "utf-8")}
    moments = [document.fetched for document in documents if document.fetched]
    assert len(moments) == 4
    assert max(moments) == moments[0]
    assert all(moment.tzinfo for moment in moments)


def test_without_a_cache_every_page_is_fetched(server: Server, fetcher: Fetcher) -> None:
    server.answer("/harbour", page(HARBOUR, headers=FRESH))
    for _ in range(2):
        fetcher.get(server.at("/harbour"))
    assert len(server.requests("/harbour")) == 2


@pytest.mark.parametrize(
    ("etag", "modified", "sent"),
    [('"tide-1"', None, ("if-none-match", '"tide-1"')), (None, MODIFIED, ("if-modified-since", MODIFIED))],
)
@pytest.mark.parametrize("headers", [{}, {"Cache-Control": "max-age=0"}, {"Cache-Control": "s-maxage=600"}], ids=str)
def test_the_cache_serves_what_is_not_good_for_sure_only_once_the_site_says_that_it_is(
    server: Server,
    tmp_path: Path,
    *,
    headers: dict[str, str],
    etag: str | None,
    modified: str | None,
    sent: tuple[str, str],
) -> None:
    server.answer("/harbour", page(HARBOUR, headers=headers, etag=etag, modified=modified))
    with Fetcher(cache=tmp_path, allow_private=True, limits=HASTY) as fetcher:
        assert [fetcher.get(server.at("/harbour")).data for _ in range(2)] == [HARBOUR, HARBOUR]
    first, second = server.requests("/harbour")
    assert sent[0] not in first
    assert second[sent[0]] == sent[1]


def test_a_page_that_forbids_it_is_not_kept(server: Server, tmp_path: Path) -> None:
    server.answer("/harbour", page(HARBOUR, headers={"Cache-Control": "no-store, max-age=600"}))
    with Fetcher(cache=tmp_path, allow_private=True, limits=HASTY) as fetcher:
        for _ in range(2):
            fetcher.get(server.at("/harbour"))
    assert len(server.requests("/harbour")) == 2


@pytest.mark.parametrize(
    "body",
    [gzip.compress(HARBOUR)[:-9], gzip.compress(HARBOUR)[:-8] + bytes(8), HARBOUR],
    ids=["breaks off", "wrong sum", "not packed"],
)
def test_a_damaged_page_is_not_kept(server: Server, tmp_path: Path, body: bytes) -> None:
    kept = {**PACKED, **FRESH}
    server.answer("/harbour", page(body, headers=kept), page(gzip.compress(HARBOUR), headers=kept))
    with Fetcher(cache=tmp_path, allow_private=True, limits=HASTY) as fetcher:
        assert refused(fetcher, server.at("/harbour")).outcome is Outcome.DAMAGED
        assert fetcher.get(server.at("/harbour")).data == HARBOUR


def test_a_page_from_the_cache_keeps_no_pause(server: Server, tmp_path: Path) -> None:
    server.answer("/harbour", page(HARBOUR, headers=FRESH))
    with Fetcher(cache=tmp_path, allow_private=True, limits=Limits(pause_s=3600)) as fetcher:
        assert [fetcher.get(server.at("/harbour")).data for _ in range(3)] == [HARBOUR] * 3


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    with (
        Fetcher(cache=tmp_path / "cache") as fetcher,
        pytest.raises(UsageError, match=r"the cache .*cache.* cannot be used .*name another folder"),
    ):
        fetcher.get("https://weyport-ledger.invalid/harbour")


def test_who_fetches_nothing_makes_no_cache(tmp_path: Path) -> None:
    with Fetcher(cache=tmp_path / "cache"):
        pass
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_is_something_else_is_named_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "pages.db")) as database:
        database.execute("CREATE TABLE entries (tide TEXT)")
        with (
            Fetcher(cache=tmp_path) as fetcher,
            pytest.raises(UsageError, match=r"the cache .*pages\.db.* cannot be used"),
        ):
            fetcher.get("https://weyport-ledger.invalid/harbour")
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (0,)


def test_a_feed_comes_once_and_again_when_it_has_changed(server: Server, fetcher: Fetcher) -> None:
    server.answer(
        "/feed", page(b"<rss/>", etag='"1"', modified=MODIFIED, headers={"Cache-Control": "public, max-age=900"})
    )
    first = fetcher.get_if_changed(server.at("/feed"), Validators())
    assert first.document is not None
    assert first.document.data == b"<rss/>"
    assert (first.validators, first.max_age_s) == (Validators(etag='"1"', last_modified=MODIFIED), 900)
    second = fetcher.get_if_changed(server.at("/feed"), first.validators)
    assert (second.document, second.validators, second.max_age_s) == (None, first.validators, 900)
    server.answer("/feed", page(b"<rss>2</rss>", etag='"2"'))
    third = fetcher.get_if_changed(server.at("/feed"), second.validators)
    assert third.document is not None
    assert (third.document.data, third.validators) == (b"<rss>2</rss>", Validators(etag='"2"'))
    assert third.max_age_s is None


def test_a_feed_with_a_date_alone_is_asked_for_by_its_date(server: Server, fetcher: Fetcher) -> None:
    server.answer("/old", redirect("/feed"))
    server.answer("/feed", page(b"<rss/>", modified=MODIFIED))
    answer = fetcher.get_if_changed(server.at("/old"), Validators(last_modified=MODIFIED))
    assert answer.document is None
    assert answer.validators == Validators(last_modified=MODIFIED)


def test_a_feed_is_never_taken_from_the_cache(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(b"<rss/>", etag='"1"', headers=FRESH))
    with Fetcher(cache=tmp_path, allow_private=True, limits=HASTY) as fetcher:
        fetcher.get(server.at("/feed"))
        assert fetcher.get_if_changed(server.at("/feed"), Validators(etag='"1"')).document is None
    assert len(server.requests("/feed")) == 2


@pytest.mark.parametrize(("status", "outcome"), [(404, Outcome.GONE), (403, Outcome.FORBIDDEN)])
def test_a_feed_that_cannot_be_had_is_an_error_too(
    server: Server, fetcher: Fetcher, *, status: int, outcome: Outcome
) -> None:
    server.answer("/feed", page(b"", status=status))
    with pytest.raises(InputError) as caught:
        fetcher.get_if_changed(server.at("/feed"), Validators(etag='"1"'))
    assert caught.value.outcome is outcome

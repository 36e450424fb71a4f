"""What a site's robots.txt says is kept, and so are the pauses between its pages; against a real server."""

import time
from collections.abc import Iterator

import pytest

from onrecord.errors import Outcome
from onrecord.intake.fetch import Fetcher, Limits
from tests.fetching import HARBOUR, HASTY, refused
from tests.server import PACKED, Behaviour, Server, cut_short, endless, page, raw, redirect


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=HASTY) as running:
        yield running


def robots(*lines: str) -> Behaviour:
    """A robots.txt of these lines."""
    return page("\n".join(lines).encode(), headers={"Content-Type": "text/plain"})


def test_what_robots_txt_forbids_is_not_fetched(server: Server, fetcher: Fetcher) -> None:
    server.answer("/robots.txt", robots("\ufeffUser-agent: *", "Disallow: /premium/", "Disallow: /*?print="))
    server.answer("/premium/harbour", page(HARBOUR))
    server.answer("/harbour", page(HARBOUR))
    for address in (server.at("/premium/harbour"), server.at("/harbour?print=1")):
        error = refused(fetcher, address)
        assert error.outcome is Outcome.FORBIDDEN
        assert "asks programs not to fetch this; open it yourself" in str(error)
    assert not server.requests("/premium/harbour") + server.requests("/harbour")
    assert fetcher.get(server.at("/harbour")).data == HARBOUR


def test_robots_txt_may_speak_to_this_program_by_name(server: Server, fetcher: Fetcher) -> None:
    server.answer(
        "/robots.txt", robots("User-agent: *", "Disallow: /", "User-agent: OnRecord", "Allow: /", "Disallow: /quay")
    )
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    assert refused(fetcher, server.at("/quay")).outcome is Outcome.FORBIDDEN


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(server: Server, fetcher: Fetcher) -> None:
    with Server() as other:
        other.answer("/robots.txt", robots("User-agent: *", "Disallow: /"))
        other.answer("/harbour", page(HARBOUR))
        server.answer("/harbour", redirect(other.at("/harbour")))
        error = refused(fetcher, server.at("/harbour"))
        assert error.outcome is Outcome.FORBIDDEN
        assert other.at("") in str(error)
        assert not other.requests("/harbour")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_allows_everything(server: Server, fetcher: Fetcher, status: int) -> None:
    server.answer("/robots.txt", page(b"User-agent: *\nDisallow: /", status=status))
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_cannot_say_what_it_allows_allows_nothing_now(
    server: Server, fetcher: Fetcher, status: int
) -> None:
    server.answer("/robots.txt", page(b"", status=status))
    server.answer("/harbour", page(HARBOUR))
    for query in ("", "?again"):
        error = refused(fetcher, server.at(f"/harbour{query}"))
        assert error.outcome is Outcome.UNREACHABLE
        assert f"{server.at('/robots.txt')} says {status}, so that nobody knows" in str(error)
    assert not server.requests("/harbour")
    assert len(server.requests("/robots.txt")) == 1


@pytest.mark.parametrize(
    "behaviour", [raw(b""), page(b"Disallow", headers=PACKED), cut_short(b"User-agent: *", stated=99)]
)
def test_a_robots_txt_that_does_not_arrive_allows_nothing_now(
    server: Server, fetcher: Fetcher, behaviour: Behaviour
) -> None:
    server.answer("/robots.txt", behaviour)
    server.answer("/harbour", page(HARBOUR))
    assert refused(fetcher, server.at("/harbour")).outcome is Outcome.UNREACHABLE
    assert not server.requests("/harbour")


def test_robots_txt_is_asked_for_once_in_a_run(server: Server, fetcher: Fetcher) -> None:
    for path in ("/harbour", "/quay"):
        server.answer(path, page(HARBOUR))
        fetcher.get(server.at(path))
    assert len(server.requests("/robots.txt")) == 1


def test_of_an_endless_robots_txt_the_beginning_is_read(server: Server, fetcher: Fetcher) -> None:
    server.answer("/robots.txt", endless(b"User-agent: *\nDisallow: /premium/\n" * 1000))
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    assert refused(fetcher, server.at("/premium/harbour")).outcome is Outcome.FORBIDDEN


def test_a_robots_txt_that_is_elsewhere_is_read_there(server: Server, fetcher: Fetcher) -> None:
    server.answer("/robots.txt", redirect("/rules"))
    server.answer("/rules", robots("User-agent: *", "Disallow: /harbour"))
    assert refused(fetcher, server.at("/harbour")).outcome is Outcome.FORBIDDEN


def test_a_robots_txt_in_a_circle_is_as_good_as_none(server: Server, fetcher: Fetcher) -> None:
    server.answer("/robots.txt", redirect("/robots.txt"))
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour")).data == HARBOUR
    assert len(server.requests("/robots.txt")) == 6


def seconds_for_two_pages(server: Server, limits: Limits) -> float:
    """How long two pages of one site take."""
    server.answer("/harbour", page(HARBOUR))
    start_s = time.monotonic()
    with Fetcher(allow_private=True, limits=limits) as polite:
        for _ in range(2):
            polite.get(server.at("/harbour"))
    return time.monotonic() - start_s


def test_two_pages_of_one_site_lie_a_pause_apart(server: Server) -> None:
    assert seconds_for_two_pages(server, Limits(pause_s=0.3)) >= 0.3


def test_a_longer_pause_is_kept_where_robots_txt_asks_for_it_up_to_a_bound(server: Server) -> None:
    server.answer("/robots.txt", robots("User-agent: *", "Crawl-delay: 3600"))
    assert seconds_for_two_pages(server, Limits(pause_s=0, longest_pause_s=0.3)) >= 0.3

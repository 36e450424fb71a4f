"""What stands before every request: headers, hosts, sizes and rates; and whatever anybody may send, nothing breaks."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from onrecord.record import Record
from tests.serving import Served, fill, serving

QUERIES = ("/search", "/trace", "/speakers", "/api/v1/statements", "/api/v1/facets", "/api/v1/speakers")
NAMES = ("q", "words", "statement", "speaker", "outlet", "kind", "since", "after", "name", "limit", "by", "order")
NUMBERED = (
    "/articles/{}",
    "/statements/{}",
    "/statements/{}/correct",
    "/speakers/{}",
    "/static/{}",
    "/api/v1/articles/{}",
    "/api/v1/statements/{}",
    "/api/v1/speakers/{}",
)
INPUTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "'; DROP TABLE statements; --",
    "1 UNION SELECT hash FROM tokens",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "%ff%fe",
    "\u202etxt.exe",
    "-1",
    "0",
    "9" * 40,
    "1e9",
    "NaN",
    "*" * 200,
    '"' * 99,
    "a" * 5000,
    "NEAR(a b)",
    "{{ 7 * 7 }}",
    "%",
    "_",
    "\\",
    "quay AND",
)


# What an address of a page cannot have, but a query can.
ONLY_IN_QUERIES = ("\x00", "\u0007", "a\r\nset-cookie: b=c")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Record.open(str(tmp_path_factory.mktemp("web") / "news.db")) as record:
        fill(record)
        with serving(record) as found:
            yield found


@pytest.mark.parametrize("path", QUERIES)
def test_whatever_is_asked_for_is_answered_and_shown_as_words(served: Served, path: str) -> None:
    for name, given in product(NAMES, (*INPUTS, *ONLY_IN_QUERIES)):
        response = served.client.get(path, params={name: given})
        assert response.status_code in {200, 400}, (path, name, given, response.text)
        if "html" in response.headers["content-type"]:
            assert "<script>alert" not in response.text
            assert "<img" not in response.text


@pytest.mark.parametrize("path", NUMBERED)
def test_whatever_is_named_is_there_or_is_not(served: Served, path: str) -> None:
    for given in INPUTS:
        response = served.client.get(path.format(given))
        assert response.status_code in {200, 303, 400, 404}, (path, given, response.text)
        assert "root:" not in response.text


def test_a_body_that_is_no_json_or_too_large_is_refused_in_words(served: Served) -> None:
    path, headers = "/api/v1/statements/1/corrections", {**served.bearer, "content-type": "application/json"}
    for body in (b"", b"{", b"[]", b"null", b'{"speaker": 7}', b'{"note": "\\ud800"}', b"\xff\xfe", b"[" * 50_000):
        response = served.client.post(path, content=body, headers=headers)
        assert response.status_code == 400, (body[:20], response.text)
        assert response.json()["error"]["message"]
    for content in (b" " * 3_000_000, iter([b" " * 1_000_000] * 3)):
        response = served.client.post(path, content=content, headers=headers)
        assert response.status_code == 413
        assert "2000 kB" in response.json()["error"]["message"]


def test_every_answer_says_what_the_browser_may_do_with_it(served: Served) -> None:
    for path in ("/", "/nothing", "/api/v1/record", "/static/style.css", "/static/nothing"):
        headers = served.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_pages_have_no_script_and_no_style_but_ours(served: Served) -> None:
    for path in (
        "/",
        "/search?q=quay",
        "/articles/1",
        "/speakers",
        "/speakers/1",
        "/statements/1/correct",
        "/sign-in",
        "/check",
        "/trace?words=nobody+in+the+capital+listens",
    ):
        response = served.client.get(path)
        assert response.status_code == 200
        assert len(response.content) < 200_000
        assert not re.search(r"\sstyle=|\son\w+=|<style", response.text)
        for address in re.findall(r'(?:src|href)="([^"]*)"', response.text):
            assert address.startswith(("/", "#", "data:,", "https://weyport.example", "http://weyport.example")), (
                address
            )


def test_who_comes_by_another_name_or_from_another_site_gets_nothing(served: Served) -> None:
    assert served.client.get("/", headers={"host": "evil.example"}).status_code == 421
    crossed = served.client.post("/sign-in", data={"token": served.token}, headers={"origin": "https://evil.example"})
    assert crossed.status_code == 403


def test_who_asks_too_often_waits(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        Record.open(str(tmp_path_factory.mktemp("web") / "news.db")) as record,
        serving(record, requests_per_minute=5) as served,
    ):
        answers = [served.client.get("/api/v1/record").status_code for _ in range(8)]
    assert answers == [200] * 5 + [429] * 3


def test_a_session_is_begun_with_a_token_and_its_forms_are_its_own(served: Served) -> None:
    client = served.client
    assert client.post("/sign-in", data={"token": "onrecord_nothing"}).status_code == 403
    begun = client.post("/sign-in", data={"token": served.token, "back": "//evil.example"})
    assert (begun.status_code, begun.headers["location"]) == (303, "/")
    cookie = begun.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    form = client.get("/statements/1/correct").text
    secret = re.search(r'name="secret" value="([^"]+)"', form)
    assert secret is not None
    assert client.post("/statements/1/correct", data={"wrong": "true"}).status_code == 403
    assert client.post("/statements/1/correct", data={"wrong": "true", "secret": "guessed"}).status_code == 403
    ended = client.post("/sign-out", data={"secret": secret[1]})
    assert ended.status_code == 303
    client.cookies.clear()
    assert client.post("/statements/1/correct", data={"wrong": "true", "secret": secret[1]}).status_code == 403

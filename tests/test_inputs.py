"""Files, folders, addresses and standard input: what a file is decides, and nothing is lost in silence."""

import gzip
import io
import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake import articles_in, read_inputs
from onrecord.intake.document import Document
from onrecord.intake.fetch import Fetcher, Limits
from onrecord.intake.sniff import Kind, kind_of
from tests.invented import outcome_of
from tests.server import Server, page
from tests.test_pdf import REPORT, pdf, printed
from tests.warcs import answer, gzipped, record, zstandard

WORDS = (
    "Mara Quill opened the harbour of Weyport on Monday, and nobody came. “It will take a while until the ferries are "
    "back,” she said, and asked the town for patience. The council will meet on Friday and vote on the new quay."
)
TEXT = WORDS.encode()
HTML = (
    "<!DOCTYPE html><html><head><title>A harbour opens</title></head>"
    f"<body><article><h1>A harbour opens</h1><p>{WORDS}</p></article></body></html>"
)
PAGE = HTML.encode()
PRESS = pdf(printed(*REPORT))
LINE = json.dumps({"text": WORDS}).encode()
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Weyport</title></channel></rss>'
CSS = b"body { color: black; }\np { margin: 0; }\na { color: red; }\nh1 { margin: 2em; font-size: 3em; }\n"
SCRIPT = b"(function () {\n  var quay = 1;\n  window.open(quay);\n})();\n"

KINDS = {
    "document type": (b"<!DOCTYPE html><p>Rain.", Kind.PAGE),
    "behind a mark, blanks and comments": (
        b"\xef\xbb\xbf \n<!-- one --><!--\ntwo --><!doctype HTML><p>Rain.",
        Kind.PAGE,
    ),
    "XHTML": (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html></html>', Kind.PAGE),
    "XHTML without a type": (
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        Kind.PAGE,
    ),
    "UTF-16": (HTML.encode("utf-16"), Kind.PAGE),
    "a part of a page": (b"<h1>Rain</h1>\n<p>It rains.", Kind.PAGE),
    "a paragraph": (b"<p>It rains.</p>", Kind.PAGE),
    "a program's warning above a page": (
        b"<br />\n<b>Warning</b>: no such file\n<html><body></body></html>",
        Kind.PAGE,
    ),
    "text": (TEXT, Kind.TEXT),
    "text that begins with a bracket": (b"<Insert name> said that it rains.", Kind.TEXT),
    "text about tags": (b"The <html> tag and the </p> tag <p> were Falk's.", Kind.TEXT),
    "text that begins with a tag's name": (b"<html> is where every page begins, Falk said.", Kind.TEXT),
    "text with a slanted word": (b"<i>The Ledger</i> reported it.", Kind.TEXT),
    "text in braces": (b"{sic} the mayor said.", Kind.TEXT),
    "text that mentions a PDF": (b"The file begins with %PDF-1.7, said Falk.", Kind.TEXT),
    "text in UTF-16": ("It rains.".encode("utf-16"), Kind.TEXT),
    "nothing": (b"", Kind.TEXT),
    "RSS": (FEED, Kind.FEED),
    "JSON Feed": (b'{"version": "https://jsonfeed.org/version/1.1", "title": "Weyport", "items": []}', Kind.FEED),
    "OPML": (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', Kind.FEED_LIST),
    "a map of a site": (b'<?xml version="1.0"?><urlset><url/></urlset>', Kind.XML),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Rain</text></svg>', Kind.XML),
    "WARC": (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", Kind.ARCHIVE),
    "PDF": (b"%PDF-1.7\n", Kind.PDF),
    "PDF behind a line": (b"X-Sent: today\r\n%PDF-1.4\n", Kind.PDF),
    "gzip": (gzipped(TEXT), Kind.PACKED),
    "zstd": (zstandard(TEXT), Kind.PACKED),
    "style sheet": (CSS, Kind.CODE),
    "script": (SCRIPT, Kind.CODE),
    "shell": (b"#!/bin/sh\necho rain\n", Kind.CODE),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS)
def test_what_bytes_are_is_told_by_how_they_begin(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


def written(folder: Path, name: str, data: bytes) -> str:
    """The path of a new file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def only(taken: list[Article | InputError]) -> Article:
    """The only article."""
    (article,) = taken
    assert isinstance(article, Article), article
    return article


def error_of(taken: list[Article | InputError]) -> InputError:
    """The only error."""
    (error,) = taken
    assert isinstance(error, InputError)
    return error


@pytest.mark.parametrize("name", ["harbour.txt", "harbour.html", "harbour.pdf", "harbour.xml", "harbour"])
@pytest.mark.parametrize("data", [TEXT, PAGE, PRESS], ids=["text", "page", "PDF"])
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(tmp_path: Path, name: str, data: bytes) -> None:
    article = only(list(read_inputs([written(tmp_path, name, data)])))
    assert article.id == "harbour"
    assert "said" in article.text
    assert "<" not in article.text


PACKED = {
    "harbour.txt.gz": gzipped(TEXT),
    "harbour.html.zst": zstandard(PAGE),
    "harbour.pdf.GZ": gzipped(PRESS),
    "harbour.gz": gzipped(TEXT),
    "harbour.txt": gzipped(TEXT),
}


@pytest.mark.parametrize(("name", "data"), PACKED.items(), ids=PACKED)
def test_a_packed_file_is_read_like_what_is_in_it(tmp_path: Path, name: str, data: bytes) -> None:
    article = only(list(read_inputs([written(tmp_path, name, data)])))
    assert article.id == "harbour"
    assert "said" in article.text


def test_packed_json_lines_are_named_after_the_file_in_them(tmp_path: Path) -> None:
    path = written(tmp_path, "tide.jsonl.gz", gzipped(LINE + b"\n" + b"{\n"))
    article, error = read_inputs([path])
    assert isinstance(article, Article)
    assert article.id == "tide-1"
    assert outcome_of(error) is Outcome.BAD_ARTICLE


CUT = gzip.compress(os.urandom(5000) + TEXT)[:-2000]
NO_ARTICLES = {
    "twice.txt.gz": (gzipped(gzipped(TEXT)), Outcome.NOT_TEXT, "packed"),
    "cut.txt.gz": (CUT, Outcome.DAMAGED, "breaks off"),
    "bomb.txt.gz": (gzipped(bytes(65 * 1024**2)), Outcome.TOO_LARGE, "64 MB"),
    "style.css": (CSS, Outcome.NOT_TEXT, "code"),
    "script.js": (SCRIPT, Outcome.NOT_TEXT, "code"),
    "map.xml": (KINDS["a map of a site"][0], Outcome.NOT_TEXT, "XML"),
    "sea.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), Outcome.NOT_TEXT, "picture"),
    "notes.sqlite": (b"SQLite format 3\x00" + bytes(100), Outcome.NOT_TEXT, "database"),
    "empty.html": (b"", Outcome.EMPTY, "nothing to read"),
    "front.html": (b"<!DOCTYPE html><html><body><p><a href='/'>News</a></p></body></html>", Outcome.NO_ARTICLE, "page"),
}


@pytest.mark.parametrize(("name", "given"), NO_ARTICLES.items(), ids=NO_ARTICLES)
def test_what_is_no_article_is_one_error_that_says_what_it_is(
    tmp_path: Path, name: str, given: tuple[bytes, Outcome, str]
) -> None:
    data, outcome, message = given
    path = written(tmp_path, name, data)
    error = error_of(list(read_inputs([path])))
    assert (error.outcome, error.source) == (outcome, path)
    assert message in str(error)


def test_a_folder_is_all_files_below_it_in_order_and_every_one_has_an_outcome(tmp_path: Path) -> None:
    files = {
        "b.txt": TEXT,
        "a/page.html": PAGE,
        "a/sea.png": b"\x89PNG",
        "a/b/c/press.pdf": PRESS,
        "z/style.css": CSS,
        ".hidden/lost.txt": TEXT,
        "a/.lost.txt": TEXT,
    }
    for name, data in files.items():
        written(tmp_path, name, data)
    taken = [
        (str(Path(one.source).relative_to(tmp_path)), str(outcome_of(one))) for one in read_inputs([str(tmp_path)])
    ]
    assert taken == [
        ("a/b/c/press.pdf", "read"),
        ("a/page.html", "read"),
        ("a/sea.png", "not-text"),
        ("b.txt", "read"),
        ("z/style.css", "not-text"),
    ]


def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    written(tmp_path, "a/b/harbour.txt", TEXT)
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "nowhere").symlink_to(tmp_path / "none")
    assert [str(outcome_of(one)) for one in read_inputs([str(tmp_path)])] == ["read", "not-found"]


def test_what_is_no_file_in_a_folder_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert error_of(list(read_inputs([str(tmp_path)]))).outcome is Outcome.NOT_TEXT


def test_a_folder_without_files_is_empty(tmp_path: Path) -> None:
    written(tmp_path, ".hidden.txt", TEXT)
    error = error_of(list(read_inputs([str(tmp_path)])))
    assert (error.outcome, error.source) == (Outcome.EMPTY, str(tmp_path))


def test_an_archive_is_read_page_by_page_and_the_same_address_once(tmp_path: Path) -> None:
    other = HTML.replace("Mara Quill", "Jorun Falk").replace("Monday", "Tuesday").encode()
    damaged = record(2, answer(PAGE), WARC_Date="yesterday")
    data = b"".join(map(gzipped, (record(1, answer(PAGE)), damaged, record(3, answer(other)), record(1, answer(PAGE)))))
    path = written(tmp_path, "crawl.warc.gz", data)
    taken = list(read_inputs([path], published=date(2031, 1, 15)))
    assert [str(outcome_of(one)) for one in taken] == ["read", "damaged", "read", "duplicate"]
    article = taken[0]
    assert isinstance(article, Article)
    assert (article.id, article.url) == (
        "weyport-ledger.example/2031/1",
        "https://www.weyport-ledger.example/2031/1/?from=front",
    )
    assert (article.source, article.record_id) == (f"{path}#urn:uuid:00000001", "urn:uuid:00000001")
    assert (article.published, article.fetched is not None) == (date(2031, 1, 15), True)


def test_an_archive_whose_first_member_is_damaged_is_known_by_its_name(tmp_path: Path) -> None:
    bad = bytearray(gzipped(record(1, answer(PAGE))))
    bad[10:20] = b"\xff" * 10
    path = written(tmp_path, "crawl.warc.gz", bytes(bad) + gzipped(record(2, answer(PAGE))))
    assert [str(outcome_of(one)) for one in read_inputs([path])] == ["damaged", "read"]


def test_a_text_that_was_there_before_is_marked_as_a_copy(tmp_path: Path) -> None:
    first, second = read_inputs([written(tmp_path, "one.txt", TEXT), written(tmp_path, "two.html", PAGE)])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.copy_of, second.copy_of) == (None, "one")


def test_an_article_in_another_language_ends_with_that_outcome(tmp_path: Path) -> None:
    text = (
        "Die Bürgermeisterin von Weyport hat am Montag den Hafen wieder geöffnet, aber niemand ist gekommen. „Es wird "
        "eine Weile dauern, bis die Fähren zurück sind“, sagte sie und bat die Stadt um etwas Geduld."
    )
    assert error_of(list(read_inputs([written(tmp_path, "hafen.txt", text.encode())]))).outcome is (
        Outcome.UNSUPPORTED_LANGUAGE
    )


@pytest.mark.parametrize("kind", [FEED, record(1, answer(PAGE)), KINDS["OPML"][0]], ids=["feed", "archive", "list"])
def test_a_document_that_holds_many_articles_is_not_one(kind: bytes) -> None:
    error = error_of(list(articles_in(Document(kind, "https://weyport.example/x", "weyport.example/x"))))
    assert error.outcome is Outcome.NO_ARTICLE


def test_a_document_of_plain_text_keeps_what_is_known_of_it() -> None:
    address = "https://www.weyport-ledger.example/2031/harbour.txt"
    known = Document(TEXT, address, "weyport-ledger.example/2031/harbour.txt", url=address, record_id="r1")
    article = only(list(articles_in(known)))
    assert (article.id, article.url, article.domain) == (known.id, address, "weyport-ledger.example")
    assert (article.text, article.record_id) == (WORDS, "r1")


def test_standard_input_may_be_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzipped(PAGE))))
    assert only(list(read_inputs(["-"]))).id == "stdin"


def test_json_lines_on_standard_input_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reading, os.fdopen(write_end, "wb", buffering=0) as writing:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(reading))
        taken = read_inputs(["-"])
        writing.write(b"\n" + LINE + b"\n")
        # Would wait for ever for more, were the whole input read first.
        guard = threading.Timer(20, writing.close)
        guard.start()
        assert isinstance(next(taken), Article)
        guard.cancel()


ADDRESSES = ["http://weyport.example/harbour", "HTTPS://weyport.example/harbour"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_fetcher_an_address_is_an_error(address: str) -> None:
    error = error_of(list(read_inputs([address])))
    assert (error.outcome, error.source) == (Outcome.UNREACHABLE, address)


def test_a_feed_in_a_file_needs_a_fetcher(tmp_path: Path) -> None:
    assert error_of(list(read_inputs([written(tmp_path, "feed.xml", FEED)]))).outcome is Outcome.UNREACHABLE


def feed_to(*addresses: str) -> bytes:
    """A feed with an entry for each address."""
    items = "".join(f"<item><title>Rain</title><link>{address}</link></item>" for address in addresses)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{items}</channel></rss>'.encode()


def test_an_address_a_feed_and_a_list_of_feeds_are_read_to_their_articles(tmp_path: Path) -> None:
    with Server() as server, Fetcher(allow_private=True, limits=Limits(pause_s=0)) as fetcher:
        for number, word in enumerate(("harbour", "ferry", "dyke")):
            text = HTML.replace("harbour", word).replace("Monday", f"{number + 2} May").encode()
            server.answer(f"/{word}", page(text))
        server.answer("/feed", page(feed_to(server.at("/ferry"), server.at("/gone"), server.at("/dyke"))))
        opml = f'<opml version="2.0"><body><outline xmlUrl="{server.at("/feed")}"/></body></opml>'
        feeds = written(tmp_path, "feeds.opml", opml.encode())
        taken = list(read_inputs([server.at("/harbour"), server.at("/feed"), feeds], fetcher=fetcher))
        assert [str(outcome_of(one)) for one in taken] == [
            "read",
            *("read", "gone", "read"),
            *("duplicate", "gone", "duplicate"),
        ]
        assert [one.source for one in taken[:4]] == [
            server.at(path) for path in ("/harbour", "/ferry", "/gone", "/dyke")
        ]


LOADED_BY_TEXT = """
import sys
from onrecord.intake import read_inputs
assert len(list(read_inputs([sys.argv[1]]))) == 1
print(*sys.modules)
"""


def test_reading_a_plain_text_loads_nothing_that_only_other_kinds_need(tmp_path: Path) -> None:
    path = written(tmp_path, "harbour.txt", TEXT)
    done = subprocess.run([sys.executable, "-c", LOADED_BY_TEXT, path], capture_output=True, text=True, check=True)
    heavy = {"httpx", "hishel", "lxml", "trafilatura", "feedparser", "fastwarc", "pypdfium2", "sqlalchemy", "py3langid"}
    assert not set(done.stdout.split()) & heavy

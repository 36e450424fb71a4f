"""Web archives: every good record read, every damaged one counted with its reason, whatever the archive is packed by.

The archives of a thousand records are made from real pages, which stay outside the repository; without them, those
tests are skipped.
"""

import gzip
import hashlib
import io
import json
import logging
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdWriter, zstd_train_dictionary_from_samples

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake.archives.warc import documents_of
from onrecord.intake.document import Document
from onrecord.intake.inputs import read_inputs
from onrecord.intake.packed import DICTIONARY
from tests.warcs import Packing, answer, bare, chunked, gzipped, record, weyport, zstandard

ROOT = Path(__file__).parents[1]
PAGES = Path(__file__).parents[2] / "shared" / "eval" / "pages"
N_RECORDS = 1000
N_PAGES = 12
EVERY = 7
LIMIT = 500_000
PAGE = b"<!DOCTYPE html><html><body><p>The harbour of Weyport stays open, said Mayor Jorun Falk.</p></body></html>"
PACKINGS = {"bare": bare, "gzip": gzipped, "zstd": zstandard}

Taken = Document | InputError


def taken_from(data: bytes, *, max_bytes: int = LIMIT) -> list[Taken]:
    """What an archive's bytes hold."""
    return list(documents_of(io.BytesIO(data), source="a.warc", max_bytes=max_bytes))


def page_of(taken: list[Taken]) -> Document:
    """The only page."""
    (document,) = taken
    assert isinstance(document, Document), document
    return document


def error_of(taken: list[Taken]) -> InputError:
    """The only error."""
    (error,) = taken
    assert isinstance(error, InputError)
    return error


@cache
def pages() -> list[bytes]:
    """The smallest of the real pages."""
    if not PAGES.is_dir():
        pytest.skip(f"there are no pages in {PAGES}")
    return sorted((gzip.decompress(path.read_bytes()) for path in PAGES.glob("*.gz")), key=len)[:N_PAGES]


def good(number: int, page: bytes) -> bytes:
    """A record as it should be, sent in one of four ways."""
    ways = (
        answer(page),
        answer(chunked(page), headers="Transfer-Encoding: chunked\r\n"),
        answer(gzipped(page), headers="Content-Encoding: gzip\r\n"),
        answer(chunked(gzipped(page)), headers="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    )
    return record(number, ways[number % len(ways)])


def off_by(n_bytes: int) -> Callable[[int, bytes], bytes]:
    """Records whose Content-Length is so much too large or too small."""
    return lambda number, page: record(
        number, answer(page), Content_Length=str(len(answer(page)) + n_bytes), WARC_Block_Digest=None
    )


def altered(number: int, page: bytes) -> bytes:
    """A record with one byte of its page changed on the way."""
    sound = bytearray(record(number, answer(page)))
    sound[-100] ^= 1
    return bytes(sound)


def broken_gzip(page: bytes) -> bytes:
    """The page packed by gzip, with a byte changed."""
    packed = bytearray(gzipped(page))
    packed[len(packed) // 2] ^= 0xFF
    return bytes(packed)


# What can be wrong with a record's own bytes, and the words in which it is said.
DAMAGES: dict[str, tuple[Callable[[int, bytes], bytes], str]] = {
    "too long a length": (off_by(5000), "Content-Length is|breaks off behind"),
    "much too long a length": (off_by(10**12), "Content-Length is"),
    "too short a length": (off_by(-700), "goes on behind"),
    "no length": (lambda n, page: record(n, answer(page), Content_Length="many"), "not a number of bytes"),
    "no address": (lambda n, page: record(n, answer(page), WARC_Target_URI=None), "WARC-Target-URI"),
    "bad date": (lambda n, page: record(n, answer(page), WARC_Date="yesterday"), "WARC-Date is 'yesterday'"),
    "broken HTTP header": (lambda n, page: record(n, answer(page, status="HTPP 200 OK")), "HTTP header is broken"),
    "bad chunks": (
        lambda n, page: record(n, answer(b"zz" + chunked(page), headers="Transfer-Encoding: chunked\r\n")),
        "chunks break off",
    ),
    "bad compression": (
        lambda n, page: record(n, answer(broken_gzip(page), headers="Content-Encoding: gzip\r\n")),
        "gzip data that contradicts itself",
    ),
    "half a page": (
        lambda n, page: record(n, answer(gzipped(page)[: len(page) // 20], headers="Content-Encoding: gzip\r\n")),
        "breaks off",
    ),
    "altered": (altered, "not those of its WARC-Block-Digest"),
    "garbage": (lambda *_: b"rubbish\r\n" * 50, "belong to none"),
    "too large": (lambda n, page: record(n, answer(page + b" " * LIMIT)), "limit for one article"),
}
# What can be wrong with the member that a record is packed in.
MEMBER_DAMAGES = ("changed bytes", "cut off", "garbage between")


def damaged_member(kind: str, packed: bytes, *, chance: random.Random) -> bytes:
    """A member that something happened to."""
    if kind == "changed bytes":
        middle = len(packed) // 2
        return packed[:middle] + chance.randbytes(60) + packed[middle + 60 :]
    return packed[: len(packed) // 2] if kind == "cut off" else b"\xde\xad\xbe\xef" * 30


def archive(pack: Packing, *, as_one: bool) -> tuple[bytes, set[str], list[str]]:
    """An archive of a thousand records, every seventh damaged: its bytes, the good records' ids, the bad ones' damages.

    `as_one`: packed as a whole, not record by record.
    """
    chance = random.Random(7)  # noqa: S311 - the same bytes every time
    kinds = [*DAMAGES] + ([] if as_one or pack is bare else [*MEMBER_DAMAGES])
    parts, sound, damages = list[bytes](), set[str](), list[str]()
    pack_each = bare if as_one else pack
    for number in range(N_RECORDS):
        page = pages()[number % N_PAGES]
        if number % EVERY != EVERY // 2:
            parts.append(pack_each(good(number, page)))
            sound.add(f"urn:uuid:{number:08d}")
            continue
        damages.append(kinds[len(damages) % len(kinds)])
        if damages[-1] in DAMAGES:
            parts.append(pack_each(DAMAGES[damages[-1]][0](number, page)))
        else:
            parts.append(damaged_member(damages[-1], pack(good(number, page)), chance=chance))
    whole = b"".join(parts)
    return (pack(whole) if as_one else whole), sound, damages


@pytest.mark.parametrize(
    ("pack", "as_one"),
    [(bare, False), (gzipped, False), (gzipped, True), (zstandard, False), (zstandard, True)],
    ids=["bare", "gzip each", "gzip whole", "zstd each", "zstd whole"],
)
def test_of_a_thousand_records_every_good_one_is_read_and_every_bad_one_counted(pack: Packing, as_one: bool) -> None:
    data, sound, damages = archive(pack, as_one=as_one)
    assert len(set(damages)) >= 10
    read, errors = [], []
    for taken in documents_of(io.BytesIO(data), source="a.warc", max_bytes=LIMIT):
        if isinstance(taken, Document):
            assert taken.data in pages()
            read.append(taken.record_id)
        else:
            errors.append(taken)
    assert set(read) == sound
    assert len(read) == len(sound)
    assert len(errors) == len(damages)
    for error, damage in zip(errors, damages, strict=True):
        expected = Outcome.TOO_LARGE if damage == "too large" else Outcome.DAMAGED
        assert error.outcome is expected, (damage, error)
        assert error.source.startswith("a.warc#")


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_says_what_is_wrong_and_leaves_its_neighbours_alone(damage: str, pack: Packing) -> None:
    make, message = DAMAGES[damage]
    page = PAGE + b"<!-- " + b"x" * 1000 + b" -->"
    data = b"".join(map(pack, (good(1, PAGE), make(2, page), good(3, PAGE))))
    before, error, after = taken_from(data)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert (before.record_id, after.record_id) == ("urn:uuid:00000001", "urn:uuid:00000003")
    assert isinstance(error, InputError)
    assert any(words in str(error) for words in message.split("|")), error
    if damage != "garbage":
        assert error.source == "a.warc#urn:uuid:00000002"


@pytest.mark.parametrize("pack", [gzipped, zstandard], ids=["gzip", "zstd"])
@pytest.mark.parametrize("damage", MEMBER_DAMAGES)
def test_behind_a_damaged_member_the_next_is_found(damage: str, pack: Packing) -> None:
    packed = pack(record(2, answer(PAGE + random.Random(1).randbytes(3000))))  # noqa: S311 - the same every time
    bad = damaged_member(damage, packed, chance=random.Random(2))  # noqa: S311 - the same every time
    before, error, after = taken_from(pack(good(1, PAGE)) + bad + pack(good(3, PAGE)))
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(error, InputError)
    assert error.outcome is Outcome.DAMAGED
    assert error.source == f"a.warc#byte {len(pack(good(1, PAGE)))}" or "urn:uuid:00000002" in error.source


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_an_archive_whose_writing_was_interrupted_gives_what_it_has(pack: Packing) -> None:
    for keep in (0.3, 0.6, 0.95):
        last = pack(good(2, PAGE))
        before, error = taken_from(pack(good(1, PAGE)) + last[: int(keep * len(last))])
        assert isinstance(before, Document)
        assert isinstance(error, InputError)
        assert error.outcome is Outcome.DAMAGED


def test_zeros_behind_the_last_member_are_no_damage() -> None:
    assert page_of(taken_from(gzipped(good(1, PAGE)) + bytes(100_000))).data == PAGE


MEMORY_AND_COUNT = """
import json, resource, sys
from onrecord.errors import InputError
from onrecord.intake.archives.warc import documents_of
with open(sys.argv[1], "rb") as stream:
    n_pages = sum(not isinstance(taken, InputError) for taken in documents_of(stream, source="a.warc"))
print(json.dumps([n_pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def test_memory_stays_flat_however_large_the_archive_is(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    most = []
    for n_records in (N_RECORDS // 20, N_RECORDS):
        path = tmp_path / f"{n_records}.warc.gz"
        path.write_bytes(gzipped(b"".join(good(number, pages()[number % N_PAGES]) for number in range(n_records))))
        done = subprocess.run(
            [sys.executable, "-c", MEMORY_AND_COUNT, str(path)], capture_output=True, text=True, check=True
        )
        n_pages, kilobytes = json.loads(done.stdout)
        assert n_pages == n_records
        most.append(kilobytes)
    # Unpacked, the larger archive has some 60 MB more.
    assert most[1] - most[0] < 8 * 1024


def test_a_document_knows_where_it_is_from_and_when_it_was_fetched() -> None:
    sound = record(
        1,
        answer(PAGE, kind='content-type: Text/HTML;charset="ISO-8859-1"\r\n'),
        WARC_Target_URI="<http://www.weyport-ledger.example/2031/harbour/?a=1#top>",
        WARC_Date="2031-01-15T10:00:00.250Z",
    )
    document = page_of(taken_from(sound))
    assert document == Document(
        data=PAGE,
        source="a.warc#urn:uuid:00000001",
        id="weyport-ledger.example/2031/harbour",
        url="http://www.weyport-ledger.example/2031/harbour/?a=1#top",
        charset=document.charset,
        fetched=datetime(2031, 1, 15, 10, 0, 0, 250_000, tzinfo=UTC),
        record_id="urn:uuid:00000001",
    )
    assert (document.charset or "").lower() == "iso-8859-1"


def test_a_record_without_an_id_is_named_by_its_place() -> None:
    document = page_of(taken_from(record(1, answer(PAGE), WARC_Record_ID=None)))
    assert (document.source, document.record_id) == ("a.warc#byte 0", None)


BODIES = {
    "already undone": (PAGE, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    "chunks with extensions": (b"5;a=b\r\n" + PAGE[:5] + b"\r\n" + chunked(PAGE[5:]), "Transfer-Encoding: chunked\r\n"),
    "zstd": (zstandard(PAGE), "Content-Encoding: zstd\r\n"),
    "two compressions": (zstandard(gzipped(PAGE)), "Content-Encoding: gzip, zstd\r\n"),
    "none": (PAGE, "Content-Encoding: identity\r\n"),
}


@pytest.mark.parametrize(("body", "headers"), BODIES.values(), ids=BODIES)
def test_what_the_server_did_to_the_page_is_undone(body: bytes, headers: str) -> None:
    assert page_of(taken_from(record(1, answer(body, headers=headers)))).data == PAGE


REFUSED = {
    "bomb": (gzipped(b"<p>" + b" " * (LIMIT + 1)), "Content-Encoding: gzip\r\n", Outcome.TOO_LARGE),
    "not brotli": (b"\xff" * 50, "Content-Encoding: br\r\n", Outcome.DAMAGED),
    "not deflated": (b"\xff" * 50, "Content-Encoding: deflate\r\n", Outcome.DAMAGED),
    "no such compression": (b"\xff" * 50, "Content-Encoding: sealed\r\n", Outcome.DAMAGED),
    "the last chunk is missing": (chunked(PAGE)[:-5], "Transfer-Encoding: chunked\r\n", Outcome.DAMAGED),
}


@pytest.mark.parametrize(("body", "headers", "outcome"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_cannot_be_had_whole_is_an_error(body: bytes, headers: str, outcome: Outcome) -> None:
    assert error_of(taken_from(record(1, answer(body, headers=headers)))).outcome is outcome


OTHERS = {
    "request": record(2, b"GET / HTTP/1.1\r\n\r\n", WARC_Type="request"),
    "warcinfo": record(2, b"software: none\r\n", WARC_Type="warcinfo", WARC_Target_URI=None),
    "picture": record(2, answer(b"\x89PNG", kind="Content-Type: image/png\r\n")),
    "picture called a page": record(2, answer(b"\x89PNG")),
    "moved": record(2, answer(b"", status="HTTP/1.1 301 Moved")),
    "gone": record(2, answer(PAGE, status="HTTP/1.1 404 Not Found")),
    "name": record(2, b"weyport-ledger.example 10.0.0.1", WARC_Target_URI="dns:weyport-ledger.example"),
    "large film": record(2, answer(bytes(LIMIT + 1), kind="Content-Type: video/mp4\r\n")),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_is_no_page_is_left_out_and_counted_on_the_logger(other: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="onrecord"):
        assert page_of(taken_from(good(1, PAGE) + other)).record_id == "urn:uuid:00000001"
    (message,) = caplog.messages
    assert message.startswith("a.warc: records that are no pages: 1 ")


@pytest.mark.parametrize("data", [b"", OTHERS["picture"]], ids=["nothing", "a picture"])
def test_an_archive_without_a_page_is_one_error(data: bytes) -> None:
    assert error_of(taken_from(data)).outcome is Outcome.NO_ARTICLE


DIGESTS = {
    "of the payload": {"WARC_Block_Digest": None, "WARC_Payload_Digest": "sha1:AAAA"},
    "in hexadecimal": {"WARC_Block_Digest": "sha256:" + "0" * 64},
}


@pytest.mark.parametrize("headers", DIGESTS.values(), ids=DIGESTS)
def test_a_digest_that_does_not_fit_is_damage(headers: dict[str, str | None]) -> None:
    error = error_of(taken_from(record(1, answer(PAGE), **headers)))
    assert (error.outcome, "Digest" in str(error)) == (Outcome.DAMAGED, True)


def test_a_digest_of_an_unknown_kind_says_nothing_and_that_of_the_payload_may_be_of_the_page() -> None:
    assert page_of(taken_from(record(1, answer(PAGE), WARC_Block_Digest="xxh3:0123"))).data == PAGE
    digest = "sha256:" + hashlib.sha256(PAGE).hexdigest()
    block = answer(gzipped(PAGE), headers="Content-Encoding: gzip\r\n")
    undone = record(1, block, WARC_Block_Digest=None, WARC_Payload_Digest=digest)
    assert page_of(taken_from(undone)).data == PAGE


@pytest.mark.parametrize("pack", [gzipped, zstandard], ids=["gzip", "zstd"])
def test_members_may_be_cut_anywhere(pack: Packing) -> None:
    whole = good(1, PAGE) + good(2, PAGE)
    parts = [whole[start : start + 333] for start in range(0, len(whole), 333)]
    assert [taken.data for taken in taken_from(b"".join(map(pack, parts))) if isinstance(taken, Document)] == [PAGE] * 2


@pytest.mark.parametrize("is_packed", [False, True], ids=["bare", "packed"])
def test_an_archive_may_begin_with_the_dictionary_that_its_records_are_packed_against(
    tmp_path: Path, is_packed: bool
) -> None:
    records = [record(number, answer(PAGE.replace(b"open", b"open %d" % number))) for number in range(100)]
    dictionary = zstd_train_dictionary_from_samples(records, 4000)
    packed = io.BytesIO()
    writer = ZstdWriter(packed, dictionary=dictionary, compress_dictionary_frame=is_packed)
    for each in records:
        writer.write(each)
        writer.finish()
    writer.close()
    path = tmp_path / "crawl"
    path.write_bytes(packed.getvalue())
    assert packed.getvalue().startswith(DICTIONARY)
    with path.open("rb") as stream:
        taken = list(documents_of(stream, source="a.warc"))
    assert [one.record_id for one in taken if isinstance(one, Document)] == [
        f"urn:uuid:{number:08d}" for number in range(100)
    ]
    assert len(list(read_inputs([str(path)]))) == 100


def test_the_example_archive_is_read_from_end_to_end() -> None:
    path = ROOT / "examples" / "weyport.warc.gz"
    assert gzip.decompress(path.read_bytes()) == gzip.decompress(weyport())
    articles = list(read_inputs([str(path)]))
    assert all(isinstance(article, Article) for article in articles)

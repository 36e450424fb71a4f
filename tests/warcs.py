"""Web archives for tests: records as crawlers write them, packed in each of the ways that archives are."""

import base64
import gzip
import hashlib
import io
from collections.abc import Callable

from fastwarc.stream_io import ZstdWriter

WHEN = "2031-01-15T10:00:00Z"
HTML = "Content-Type: text/html; charset=utf-8\r\n"


def answer(body: bytes, *, headers: str = "", status: str = "HTTP/1.1 200 OK", kind: str = HTML) -> bytes:
    """What a server answered: its status, its headers and the body."""
    return f"{status}\r\n{kind}{headers}\r\n".encode() + body


def record(number: int, block: bytes, **changed: str | None) -> bytes:
    """A WARC record with this block; headers may be changed by their names, with "_" for "-", and left out by none."""
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    headers: dict[str, str | None] = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{number:08d}>",
        "WARC-Date": WHEN,
        "WARC-Target-URI": f"https://www.weyport-ledger.example/2031/{number}/?from=front",
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def chunked(body: bytes, size: int = 4000) -> bytes:
    """A body in chunks, as servers send what they do not know the length of."""
    chunks = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def bare(data: bytes) -> bytes:
    """The same."""
    return data


def gzipped(data: bytes) -> bytes:
    """One gzip member."""
    return gzip.compress(data, compresslevel=1, mtime=0)


def zstandard(data: bytes) -> bytes:
    """One zstd frame."""
    packed = io.BytesIO()
    writer = ZstdWriter(packed, compression_level=1)
    left = memoryview(data)
    while left:
        left = left[writer.write(bytes(left)) :]
    writer.close()
    return packed.getvalue()


Packing = Callable[[bytes], bytes]


FERRY = """
The last ferry between Weyport and Tarsia will not sail again, its owner said on Tuesday. “I have paid for two winters
out of my own pocket,” Anselm Corvin told the Weyport Ledger.

Mayor Jorun Falk called the decision “a blow to both towns”. She said that the council had offered Corvin a loan in the
autumn, and that he had never answered. Corvin denies having had a letter.
"""
DYKE = """
Engineers have found cracks in the northern dyke of Weyport, according to a report that the council published on
Wednesday. Nobody is in danger, the report says.

“We knew about the cracks in October,” said Tomas Brandvold, who led the survey. He added that the Ministry of Tides had
asked him not to speak to the press. The ministry did not reply to questions.
"""
REPORTS = (
    ("ferry", "Ferry to Tarsia ‘will not sail again’, owner says", "Perpetua Oduya", FERRY),
    ("dyke", "Engineers find cracks in the northern dyke", "Ilse Quandt", DYKE),
)


def weyport() -> bytes:
    """The archive in examples/: two invented reports, and what else a crawler keeps."""
    site = "https://weyport-ledger.example/2031"
    records = [record(0, b"software: written by hand\r\n", WARC_Type="warcinfo", WARC_Target_URI=None)]
    for number, (name, title, author, text) in enumerate(REPORTS, start=1):
        address = f"{site}/{name}"
        request = f"GET /2031/{name} HTTP/1.1\r\nHost: weyport-ledger.example\r\n\r\n".encode()
        records.append(record(10 * number, request, WARC_Type="request", WARC_Target_URI=address))
        body = "".join(f"<p>{words}</p>" for words in text.strip().split("\n\n"))
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Weyport Ledger</title>'
            f'<link rel="canonical" href="{address}"><meta property="og:site_name" content="Weyport Ledger">'
            f'<meta name="author" content="{author}">'
            f'<meta property="article:published_time" content="2031-02-1{number}T08:00:00+00:00"></head>'
            f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        )
        block = answer(gzipped(page.encode()), headers="Content-Encoding: gzip\r\n")
        records.append(record(10 * number + 1, block, WARC_Target_URI=address, WARC_Date="2031-02-14T06:30:00Z"))
    records.append(
        record(30, answer(b"\x89PNG", kind="Content-Type: image/png\r\n"), WARC_Target_URI=f"{site}/sea.png")
    )
    return b"".join(map(gzipped, records))

"""Web archives (WARC) to the documents of their pages.

Of an archive's records the pages are wanted: what a server answered with status 200 and called HTML, and what is HTML.
All else, such as requests, pictures and redirects, is no article and is only counted, on the logger. A page that
cannot be had to the byte, because its record is damaged or contradicts itself, is an error with its reason; nothing is
mended, for a page that is mended wrongly puts words into somebody's mouth.
"""

import base64
import hashlib
import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from fastwarc.warc import HeaderMap, WarcRecord

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.archives.bodies import joined, unpacked_body
from onrecord.intake.archives.framing import Record, records_of
from onrecord.intake.archives.tape import Tape
from onrecord.intake.document import Document
from onrecord.intake.ids import id_of
from onrecord.intake.sniff import is_page
from onrecord.intake.text import MAX_BYTES

_LOG = logging.getLogger("onrecord")
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})(?:\s|$)", re.IGNORECASE)
_HEADER_END = re.compile(rb"\n\r?\n")
_OK = "200"
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})
_NO_PAGE = "not HTML"
# What a record may be besides a response; a name of one's own is allowed too.
_OTHER_TYPES = frozenset("continuation conversion metadata request resource revisit warcinfo".split())
_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


def documents_of(
    stream: io.BufferedIOBase, *, source: str, beginning: bytes = b"", max_bytes: int = MAX_BYTES
) -> Iterator[Document | InputError]:
    """The pages of an archive in its order, with an error in the place of each record that is damaged.

    A document's source is the archive's with "#" and the record's id. One error for an archive without any page.
    `beginning` are bytes of the stream that were read already.
    """
    left_out: Counter[str] = Counter()
    is_empty = True
    for record in records_of(Tape(stream, source=source, beginning=beginning), max_bytes=max_bytes):
        taken = record if isinstance(record, InputError) else _document_or_reason(record, max_bytes=max_bytes)
        if isinstance(taken, str):
            left_out[taken] += 1
        else:
            is_empty = False
            yield taken
    counts = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common())
    _LOG.debug("%s: records that are no pages: %s", source, counts or "none")
    if is_empty:
        message = f"there is no page in the archive; it holds {counts or 'no record'}"
        yield InputError(message, source=source, outcome=Outcome.NO_ARTICLE)


def _document_or_reason(record: Record, *, max_bytes: int) -> Document | InputError | str:
    """The page of a record, or the error that it ends with, or what the record is instead of a page."""
    try:
        warc = WarcRecord.from_bytes(record.data)
        kind = _kind(warc.headers, source=record.source)
        if kind != "response":
            return kind
        return _document(warc, record, max_bytes=max_bytes)
    except InputError as failure:
        return failure
    except OSError as error:
        return _damaged(f"not to be read: {str(error).lower()}", source=record.source)


def _kind(headers: HeaderMap, *, source: str) -> str:
    kind = (headers.get("WARC-Type") or "").strip().lower()
    if not kind:
        raise _damaged("it has no WARC-Type", source=source)
    return kind if kind == "response" or kind in _OTHER_TYPES else "of another type"


def _document(warc: WarcRecord, record: Record, *, max_bytes: int) -> Document | str:
    """The page of a response, or what else it is. Raises InputError, and OSError for an HTTP header beyond reading."""
    source, headers = record.source, warc.headers
    address = (headers.get("WARC-Target-URI") or "").strip("<> ")
    if address and not address.lower().startswith(("http://", "https://")):
        return "not from the web"
    block = record.data[len(record.data) - warc.content_length :]
    warc.is_http = True  # whatever its Content-Type says, which nothing checks when archives are written
    warc.parse_http(auto_decode="none", quirks_mode=True)
    http = warc.http_headers
    status = _STATUS_LINE.match(http.status_line or "")
    if status is None or not _HEADER_END.search(block):
        raise _damaged(f"its HTTP header is broken: {shown(http.status_line or '')}", source=source)
    if status[1] != _OK:
        return f"with status {status[1]}"
    if (warc.http_content_type or "").strip().lower() not in _PAGE_TYPES:
        return _NO_PAGE
    if not record.is_whole:
        message = f"a page of more than {max_bytes // 1024**2} MB, the limit for one article"
        raise InputError(message, source=source, outcome=Outcome.TOO_LARGE)
    address, fetched = _address(address, source=source), _fetched(warc, source=source)
    body = warc.reader.read()
    whole = joined(body, transfer=_header(http, "Transfer-Encoding"), source=source)
    page = unpacked_body(whole, codings=_header(http, "Content-Encoding"), source=source, max_bytes=max_bytes)
    _verify(headers, block=block, payloads=(body, whole, page), source=source)
    if not is_page(page):
        return _NO_PAGE
    return Document(
        data=page,
        source=source,
        id=id_of(address),
        url=address,
        charset=(warc.http_charset or "").strip("\"' ") or None,
        fetched=fetched,
        record_id=(warc.record_id or "").strip("<> ") or None,
    )


def _address(stated: str, *, source: str) -> str:
    """The address that a record states, if it is one."""
    try:
        host = urlsplit(stated).hostname
    except ValueError:
        host = None
    if not host:
        raise _damaged(f"its WARC-Target-URI is {shown(stated)}, so nobody knows where it is from", source=source)
    return stated


def _fetched(warc: WarcRecord, *, source: str) -> datetime:
    if warc.record_date is None:
        stated = warc.headers.get("WARC-Date")
        raise _damaged(f"its WARC-Date is {shown(stated)}, not a moment as 2031-01-15T10:00:00Z", source=source)
    return warc.record_date


def _header(headers: HeaderMap, name: str) -> str:
    """All that the headers of this name say."""
    return ",".join(headers.get_multiple(name))


def _verify(headers: HeaderMap, *, block: bytes, payloads: Iterable[bytes], source: str) -> None:
    """Raises InputError where the record is not what its digests say.

    The digest of the block counts; that of the payload only where it is alone, for which payload is meant, with its
    chunks and compression or without, is taken in every way.
    """
    if stated := headers.get("WARC-Block-Digest"):
        if not _agrees(stated, block):
            raise _damaged(f"its bytes are not those of its WARC-Block-Digest, {shown(stated)}", source=source)
    elif (stated := headers.get("WARC-Payload-Digest")) and not any(_agrees(stated, payload) for payload in payloads):
        raise _damaged(f"its bytes are not those of its WARC-Payload-Digest, {shown(stated)}", source=source)


def _agrees(stated: str, data: bytes) -> bool:
    """Whether a digest such as "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ" can be that of the data."""
    algorithm, _, value = stated.strip().partition(":")
    name, value = algorithm.lower().replace("-", ""), value.strip().rstrip("=")
    if name not in _ALGORITHMS or not value:
        return True
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    in_any_case = (base64.b32encode(digest).decode().rstrip("=").lower(), digest.hex())
    return value.lower() in in_any_case or value == base64.b64encode(digest).decode().rstrip("=")


def _damaged(reason: str, *, source: str) -> InputError:
    return InputError(reason, source=source, outcome=Outcome.DAMAGED)

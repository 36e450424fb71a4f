"""The body of an HTTP answer as an archive keeps it: chunks joined, compression undone.

Archives keep what went over the wire, or what it was made into before, with the headers of the former: so where a body
is a page already nothing is undone, whatever its headers say. A body that breaks off is refused, since half a page
reads like a whole one.
"""

import io
import re
import zlib

from fastwarc.stream_io import BrotliReader

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.packed import unpacked
from onrecord.intake.sniff import is_page

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHUNK_END = re.compile(rb"\r?\n")
_UNDONE = frozenset({"", "identity", "none"})


def joined(body: bytes, *, transfer: str, source: str) -> bytes:
    """The body without its chunks, where the header Transfer-Encoding says that it has them. Raises InputError."""
    if "chunked" not in transfer.lower() or is_page(body):
        return body
    chunks: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        start, n_bytes = head.end(), int(head[1], 16)
        if n_bytes == 0:
            return b"".join(chunks)
        chunks.append(body[start : start + n_bytes])
        end = _CHUNK_END.match(body, start + n_bytes)
        if end is None:
            break
        at = end.end()
    raise InputError(f"its chunks break off behind {at} bytes", source=source, outcome=Outcome.DAMAGED)


def unpacked_body(body: bytes, *, codings: str, source: str, max_bytes: int) -> bytes:
    """The body without the compressions that the header Content-Encoding names. Raises InputError."""
    for coding in reversed(codings.lower().split(",")):
        if coding.strip() in _UNDONE or is_page(body):
            continue
        body = _without(coding.strip(), body, source=source, max_bytes=max_bytes)
        if len(body) > max_bytes:
            message = f"a page of more than {max_bytes // 1024**2} MB, the limit for one article"
            raise InputError(message, source=source, outcome=Outcome.TOO_LARGE)
    return body


def _without(coding: str, body: bytes, *, source: str, max_bytes: int) -> bytes:
    """The body without one compression; a little more than `max_bytes` where it holds more."""
    try:
        match coding:
            case "gzip" | "x-gzip" | "zstd":
                return unpacked(body, source=source, max_bytes=max_bytes)
            case "br":
                return BrotliReader(io.BytesIO(body)).read(max_bytes + 1)
            case "deflate":
                return _inflated(body, max_bytes=max_bytes)
    except (OSError, zlib.error) as error:
        message = f"its {coding} data contradict themselves: {str(error).lower()}"
        raise InputError(message, source=source, outcome=Outcome.DAMAGED) from error
    message = f"packed in a way that is not known: {shown(coding)}"
    raise InputError(message, source=source, outcome=Outcome.DAMAGED)


def _inflated(body: bytes, *, max_bytes: int) -> bytes:
    """A deflated body, whose header some servers leave out."""
    try:
        inflater = zlib.decompressobj()
        data = inflater.decompress(body, max_bytes + 1)
    except zlib.error:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflater.decompress(body, max_bytes + 1)
    if not inflater.eof and len(data) <= max_bytes:
        raise zlib.error("it breaks off")
    return data

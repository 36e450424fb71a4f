"""How a body is packed on its way: gzip, or not at all; unpacked in small pieces, so that nobody's bomb goes off.

httpx unpacks too, but without a bound on what one piece may grow into, and takes a gzip body that breaks off for
whole. Only gzip is asked for; what comes packed otherwise is refused.
"""

import zlib
from collections.abc import Iterable, Iterator

ASKED_FOR = "gzip"
PIECE_BYTES = 64 * 1024
_GZIP = ("gzip", "x-gzip")
_NOT_ASKED_FOR = ("br", "compress", "deflate", "x-compress", "zstd")
_MAGIC = b"\x1f\x8b"


class BadCoding(Exception):
    """A body that is not packed as it says, breaks off, or is packed in a way that nobody asked for."""


def unpacked(raw: Iterable[bytes], *, coding: str) -> Iterator[bytes]:
    """The body in pieces of at most 64 kB where it was packed. Raises BadCoding, if need be at its end.

    A coding that nobody knows is none, as in browsers: it is most often a charset in the wrong place.
    """
    packings = [name for name in map(str.strip, coding.lower().split(",")) if name in _GZIP + _NOT_ASKED_FOR]
    if not packings:
        return iter(raw)
    if len(packings) > 1 or packings[0] not in _GZIP:
        raise BadCoding(f"packed as {coding!r}, where {ASKED_FOR} was asked for")
    return _gunzipped(raw)


def _gunzipped(raw: Iterable[bytes]) -> Iterator[bytes]:
    """The content of all members; what follows the last and is none is left out, as gzip does."""
    member = None
    try:
        for data in raw:
            left = data
            while left and (member is None or not member.eof or left.startswith(_MAGIC)):
                if member is None or member.eof:
                    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                yield member.decompress(left, PIECE_BYTES)
                left = member.unconsumed_tail or member.unused_data
        if member is not None:
            yield member.flush()
    except zlib.error as error:
        raise BadCoding(f"no proper gzip ({str(error).rpartition(': ')[2]})") from error
    if member is not None and not member.eof:
        raise BadCoding("gzip that breaks off")

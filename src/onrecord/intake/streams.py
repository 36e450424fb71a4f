"""A stream's first lines, its lines, or all of it: never more than one article may have, however long a line is."""

import io
from collections.abc import Iterator

from onrecord.intake.sniff import BEGINNING_BYTES
from onrecord.intake.text import MAX_BYTES

_BEFORE_JSON = b"\xef\xbb\xbf \t"


def first_lines(stream: io.BufferedIOBase, *, is_jsonl: bool) -> list[bytes]:
    """The blank lines at the beginning and the first other one; [b""] for no bytes at all.

    Of a line that is too long for the beginning of a file the rest is read if it may be JSON, and in JSON Lines.
    """
    found, n_bytes = [stream.readline(BEGINNING_BYTES)], 0
    while found[-1] and not found[-1].strip() and n_bytes <= MAX_BYTES:
        n_bytes += len(found[-1])
        found.append(stream.readline(BEGINNING_BYTES))
    is_cut = len(found[-1]) == BEGINNING_BYTES and not found[-1].endswith(b"\n")
    if is_cut and (is_jsonl or found[-1].lstrip(_BEFORE_JSON).startswith(b"{")):
        found[-1] += next(lines_of(stream), b"")
    return found


def lines_of(stream: io.BufferedIOBase) -> Iterator[bytes]:
    """The lines, each cut just beyond the limit: enough to refuse it, whatever its length."""
    while line := stream.readline(MAX_BYTES + 1):
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES + 1)
        yield line


def whole(stream: io.BufferedIOBase, beginning: bytes) -> bytes:
    """The bytes of a stream that begins so, cut just beyond the limit."""
    return beginning + stream.read(max(0, MAX_BYTES + 1 - len(beginning)))

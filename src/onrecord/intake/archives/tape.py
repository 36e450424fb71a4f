"""A stream of bytes that can be wound back a little.

Who reads a damaged part of a file learns so only when he has read too far. Going on from where the damage began needs
what was read since, and standard input has it only once. It keeps a bounded stretch and nothing else.
"""

import io

from onrecord.errors import InputError, Outcome

CHUNK_BYTES = 64 * 1024
# Deflate shows damage within a block or two of some 64 KB, and a zstd block has at most 128 KB.
_KEPT_BYTES = 1024 * 1024


class Tape:
    """A stream that can be wound back a little; `source` is how messages name it.

    `beginning` are bytes of it that were read already.
    """

    def __init__(self, stream: io.BufferedIOBase, *, source: str, beginning: bytes = b"") -> None:
        self.source = source
        self._stream = stream
        self._kept = bytearray(beginning)
        self._at = 0
        self._dropped = 0

    @property
    def position(self) -> int:
        """How many bytes of the stream lie behind."""
        return self._dropped + self._at

    def peek(self, n_bytes: int) -> bytes:
        """The next bytes, without going on; fewer at the end alone."""
        while len(self._kept) - self._at < n_bytes:
            read = self._stream.read1(CHUNK_BYTES)
            if not read:
                break
            self._kept += read
        return bytes(self._kept[self._at : self._at + n_bytes])

    def read(self, n_bytes: int = CHUNK_BYTES) -> bytes:
        """Up to `n_bytes`, as many as come at once; none at the end alone."""
        data = self.peek(1) and bytes(self._kept[self._at : self._at + n_bytes])
        self._at += len(data)
        if self._at > 2 * _KEPT_BYTES:
            surplus = self._at - _KEPT_BYTES
            del self._kept[:surplus]
            self._at, self._dropped = _KEPT_BYTES, self._dropped + surplus
        return data

    def rewind(self, position: int) -> None:
        """Back to a position, or as near to it as what is kept reaches."""
        self._at = max(0, position - self._dropped)

    def damaged(self, reason: str, *, outcome: Outcome = Outcome.DAMAGED) -> InputError:
        """The error that says what is wrong with the stream."""
        return InputError(reason, source=self.source, outcome=outcome)

"""The bytes of one zstd frame, cut out of what holds many.

fastwarc unpacks zstd, but runs from one frame on into the next; where a frame ends has to be known to go on behind a
damaged one. The frame's own headers tell, as RFC 8878 lays them out; nothing is unpacked here.
"""

import io

from onrecord.intake.archives.tape import Tape

BREAKS_OFF = "packed data that breaks off"
_MAX_BLOCK_BYTES = 128 * 1024
_RUN_BLOCK, _RESERVED_BLOCK = 1, 3


class Frame:
    """The frame that begins where the tape stands, as a file to read from."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        opening = tape.peek(5)
        if len(opening) < 5:
            raise tape.damaged(BREAKS_OFF)
        self._n_left, self._n_behind_blocks = _header(opening)
        self._is_last = False
        self._start = tape.position

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, b"" at the frame's end. Raises InputError where there is no block when one is due."""
        if self._n_left == 0 and not self._is_last:
            self._enter_block()
        data = self._tape.read(self._n_left if size < 0 else min(size, self._n_left)) if self._n_left else b""
        if self._n_left and not data:
            raise self._tape.damaged(BREAKS_OFF)
        self._n_left -= len(data)
        return data

    def _enter_block(self) -> None:
        """Counts the next block in, with its header, and with the checksum where it is the last one."""
        header = self._tape.peek(3)
        if len(header) < 3:
            raise self._tape.damaged(BREAKS_OFF)
        number = int.from_bytes(header, "little")
        self._is_last, kind, n_bytes = bool(number & 1), number >> 1 & 3, number >> 3
        if kind == _RESERVED_BLOCK or n_bytes > _MAX_BLOCK_BYTES:
            raise self._tape.damaged("zstd data that contradicts itself: a block of no known kind")
        self._n_left = 3 + (1 if kind == _RUN_BLOCK else n_bytes) + (self._n_behind_blocks if self._is_last else 0)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Not possible."""
        raise io.UnsupportedOperation(f"seek to {offset} ({whence})")

    def tell(self) -> int:
        """How many of the frame's bytes were read."""
        return self._tape.position - self._start

    def close(self) -> None:
        """Nothing to be done: the tape goes on behind the frame."""


def _header(opening: bytes) -> tuple[int, int]:
    """How many bytes stand before the first block of a frame, and how many behind the last one."""
    descriptor = opening[4]
    alone = descriptor >> 5 & 1
    size_field = (alone, 2, 4, 8)[descriptor >> 6]
    return 6 - alone + (0, 1, 2, 4)[descriptor & 3] + size_field, descriptor & 4

"""gzip and zstd undone member by member: what a packed file holds, within limits and however damaged it is.

Archives pack each record on its own, so that a damaged one costs no other; a reader of whole files ends at the first
damage. Here a file is a row of members, each of which is read a bounded piece at a time, and behind a damaged one the
next can be looked for. What unpacks to far more than any text does is refused as it is read, not after.
"""

import io
import re
import zlib
from typing import Any, Protocol

from fastwarc.stream_io import ZstdReader

from onrecord.errors import InputError, Outcome
from onrecord.intake.archives.tape import CHUNK_BYTES, Tape
from onrecord.intake.zstd_frame import BREAKS_OFF, Frame

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
# The frame with which a zstd archive may begin: what its records were packed against.
DICTIONARY = b"\x5d\x2a\x4d\x18"
# HTML packs to a fifth or a tenth, and a page many times over in one zstd frame to a fiftieth.
_MAX_RATIO = 500
_RATIO_FROM_BYTES = 256 * 1024 * 1024
_GZIP_WBITS = 31
_SIGNATURE = re.compile(b"|".join(map(re.escape, (GZIP, ZSTD))))
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_MAX_DICTIONARY_BYTES = 16 * 1024 * 1024


class Member(Protocol):
    """One member of a packed file."""

    start: int

    def read(self, n_bytes: int) -> bytes:
        """Up to `n_bytes` of what was packed, b"" at the end of the member. Raises InputError for a damaged one."""


class _GzipMember:
    def __init__(self, tape: Tape) -> None:
        self.start = tape.position
        self._tape = tape
        self._inflater = zlib.decompressobj(wbits=_GZIP_WBITS)
        self._n_unpacked = 0

    def read(self, n_bytes: int) -> bytes:
        while not self._inflater.eof:
            packed = self._inflater.unconsumed_tail or self._tape.read()
            if not packed:
                raise self._tape.damaged(BREAKS_OFF)
            try:
                data = self._inflater.decompress(packed, n_bytes)
            except zlib.error as error:
                reason = str(error).rpartition(": ")[2]
                raise self._tape.damaged(f"gzip data that contradicts itself: {reason}") from error
            if self._inflater.eof:
                self._tape.rewind(self._tape.position - len(self._inflater.unused_data))
            if data:
                self._n_unpacked += len(data)
                _refuse_bomb(self._tape, n_unpacked=self._n_unpacked, start=self.start)
                return data
        return b""


class _ZstdMember:
    def __init__(self, tape: Tape, dictionary: bytes | None) -> None:
        self.start = tape.position
        self._tape = tape
        self._reader = ZstdReader(Frame(tape), dictionary=dictionary)
        self._n_unpacked = 0

    def read(self, n_bytes: int) -> bytes:
        try:
            data = self._reader.read(n_bytes)
        except OSError as error:
            raise self._tape.damaged(f"zstd data that contradicts itself: {str(error).lower()}") from error
        self._n_unpacked += len(data)
        _refuse_bomb(self._tape, n_unpacked=self._n_unpacked, start=self.start)
        return data


class Members:
    """The members of a packed file, in order, each to be read to its end before the next one is asked for."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._dictionary: bytes | None = None

    def following(self) -> Member | None:
        """The member where the tape stands, none at the end. Raises InputError where something else stands there.

        Zeros, with which tapes and interrupted writes are filled up, are passed over.
        """
        while opening := self._tape.peek(8):
            if member := self._at(opening):
                return member
            if _SKIPPABLE.match(opening):
                self._pass_over(opening)
            elif opening[0] == 0:
                zeros = self._tape.peek(CHUNK_BYTES)
                self._tape.read(len(zeros) - len(zeros.lstrip(b"\0")))
            else:
                raise self._tape.damaged("bytes between packed members that belong to none of them")
        return None

    def next_good(self, start: int, *, opening: bytes) -> Member | None:
        """The first member behind the position `start` that unpacks to what begins with `opening`, none if none does.

        For going on behind a damaged member, whose end nobody knows.
        """
        self._tape.rewind(start + 1)
        while window := self._tape.peek(CHUNK_BYTES):
            found = _SIGNATURE.search(window)
            if found is None:
                self._tape.read(max(1, len(window) - len(ZSTD) + 1))
                continue
            position = self._tape.position + found.start()
            self._tape.read(found.start())
            if self._opens_with(opening):
                self._tape.rewind(position)
                return self._at(self._tape.peek(8))
            self._tape.rewind(position + 1)
        return None

    def _at(self, opening: bytes) -> Member | None:
        if opening.startswith(GZIP):
            return _GzipMember(self._tape)
        return _ZstdMember(self._tape, self._dictionary) if opening.startswith(ZSTD) else None

    def _opens_with(self, opening: bytes) -> bool:
        try:
            member = self._at(self._tape.peek(8))
            return member is not None and member.read(len(opening)) == opening
        except InputError:
            return False

    def _pass_over(self, opening: bytes) -> None:
        """Goes on behind a frame that is to be skipped, taking along the dictionary that it may hold."""
        n_left = int.from_bytes(opening[4:8], "little")
        self._tape.read(8)
        is_dictionary = opening.startswith(DICTIONARY) and n_left <= _MAX_DICTIONARY_BYTES
        kept = b""
        while n_left and (data := self._tape.read(min(n_left, CHUNK_BYTES))):
            n_left -= len(data)
            kept += data if is_dictionary else b""
        if is_dictionary:
            self._dictionary = self._unpacked_dictionary(kept) if kept.startswith(ZSTD) else kept

    def _unpacked_dictionary(self, packed: bytes) -> bytes:
        try:
            return ZstdReader(io.BytesIO(packed)).read(_MAX_DICTIONARY_BYTES)
        except OSError as error:
            raise self._tape.damaged(f"a zstd dictionary that contradicts itself: {str(error).lower()}") from error


class Unpacked(io.RawIOBase):
    """What the members of a packed file hold, one after the other; reading it raises InputError at a damaged one.

    `beginning` are bytes of the stream that were read already.
    """

    def __init__(self, stream: io.BufferedIOBase, *, source: str, beginning: bytes = b"") -> None:
        super().__init__()
        self._members = Members(Tape(stream, source=source, beginning=beginning))
        self._member: Member | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - what the standard library asks for has no name before 3.12
        """The next bytes into `buffer`; how many."""
        while member := self._member or self._members.following():
            if data := member.read(len(buffer)):
                self._member = member
                buffer[: len(data)] = data
                return len(data)
            self._member = None
        return 0


def opens_packed(beginning: bytes) -> bool:
    """Whether bytes begin as a packed file does."""
    return beginning.startswith((GZIP, ZSTD)) or _SKIPPABLE.match(beginning) is not None


def opening_of(beginning: bytes) -> bytes:
    """The first bytes of what is packed in a file that begins so; none where that is damaged."""
    try:
        return Unpacked(io.BytesIO(beginning), source="").read(len(b"WARC/")) or b""
    except InputError:
        return b""


def unpacked(data: bytes, *, source: str, max_bytes: int) -> bytes:
    """What packed bytes hold. Raises InputError for damaged ones, and for more than `max_bytes`."""
    held = io.BufferedReader(Unpacked(io.BytesIO(data), source=source)).read(max_bytes + 1)
    if len(held) > max_bytes:
        message = f"unpacks to more than {max_bytes // 1024**2} MB, the limit for one article; split it"
        raise InputError(message, source=source, outcome=Outcome.TOO_LARGE)
    return held


def _refuse_bomb(tape: Tape, *, n_unpacked: int, start: int) -> None:
    n_packed = tape.position - start
    if n_unpacked > _RATIO_FROM_BYTES and n_unpacked > _MAX_RATIO * n_packed:
        message = f"unpacks to more than {_MAX_RATIO} times its size, as no text does; not read"
        raise tape.damaged(message, outcome=Outcome.TOO_LARGE)

"""Where the records of a web archive begin and end, damaged ones among them.

fastwarc reads records, but gives up at the first damage. So they are cut out here, by three things that have to agree:
a record opens with "WARC/", it is as long as its Content-Length says, and where it was packed on its own it ends with
its member. Where they disagree the record is damaged, and the next opening is looked for. Nothing is held but the
record at hand.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.archives.tape import CHUNK_BYTES, Tape
from onrecord.intake.packed import Member, Members, opens_packed

_OPENING = b"WARC/"
_RECORD = re.compile(rb"\n(?=WARC/\d\.\d+\r?\n[\w-]+[ \t]*:)")
_RECORD_BYTES = 200  # the expression finds a record by fewer
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MAX_HEADER_BYTES = 64 * 1024
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(rb"\d{1,18}")
_ID = re.compile(rb"^WARC-Record-ID[ \t]*:[ \t]*<?([^>\r\n]*)", re.IGNORECASE | re.MULTILINE)
# What stands behind a record, and enough of the next one to know it by.
_BETWEEN = b"\r\n\r\n"
_BEHIND_BYTES = 16


@dataclass(frozen=True, slots=True)
class Record:
    """One record, from "WARC/" to the end of its block; `source` is how messages name it.

    Of a record larger than the limit `data` is the beginning alone, and `is_whole` is false.
    """

    data: bytes
    source: str
    is_whole: bool = True


def records_of(tape: Tape, *, max_bytes: int) -> Iterator[Record | InputError]:
    """The records of an archive, packed or not, in order, with an error in the place of each damaged one.

    A source is the archive's, "#" and the record's id. Where that is not known, it is "#byte" and the position; where
    records are packed, the position of the member, "+" and how far into it.
    """
    beginning = tape.peek(CHUNK_BYTES)
    is_packed = opens_packed(beginning) or not (beginning.startswith(_OPENING) or _RECORD.search(beginning))
    window = _Window(_packed_pieces(tape) if is_packed else _bare_pieces(tape), source=tape.source, is_packed=is_packed)
    while window.enter_stretch():
        while window.has(1):
            if window.held[0] in _BETWEEN:
                window.drop(1)
            elif window.has(len(_OPENING)) and window.held.startswith(_OPENING):
                yield _record(window, max_bytes=max_bytes)
            else:
                yield _broken(window, 1, "bytes between records that belong to none")
        if window.failure is not None and not window.is_blamed:
            yield window.damaged(str(window.failure))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some bytes of an archive, unpacked; `start` is the position of their member.

    `opens` says that a record begins here, whatever the one before it claims. `failure` is the damage that is met
    where the bytes end.
    """

    data: bytes
    start: int
    opens: bool = False
    failure: InputError | None = None


def _bare_pieces(tape: Tape) -> Iterator[_Piece]:
    while data := tape.read():
        yield _Piece(data, 0)


def _packed_pieces(tape: Tape) -> Iterator[_Piece]:
    """What the members of a packed archive hold; behind damage, that of the next one that opens with a record."""
    members, failure = Members(tape), None
    while True:
        try:
            member = members.next_good(failure.start, opening=_OPENING) if failure else members.following()
        except InputError as garbage:
            failure = _Piece(b"", tape.position, opens=True, failure=garbage)
            yield failure
            continue
        if member is None:
            return
        failure = yield from _pieces_of(member)


def _pieces_of(member: Member) -> Generator[_Piece, None, _Piece | None]:
    """What a member holds; returns the last piece where that is a damage."""
    opens = True
    try:
        data = _opening_of(member)
        opens = data.startswith(_OPENING)
        while data:
            yield _Piece(data, member.start, opens=opens)
            opens = False
            data = member.read(CHUNK_BYTES)
    except InputError as damage:
        failure = _Piece(b"", member.start, opens=opens, failure=damage)
        yield failure
        return failure
    return None


def _opening_of(member: Member) -> bytes:
    """The first bytes of a member, enough to know a record by; fewer where it has fewer."""
    opening = b""
    while len(opening) < len(_OPENING) and (data := member.read(CHUNK_BYTES)):
        opening += data
    return opening


class _Window:
    """What of an archive is being looked at: the bytes `held`, in a stretch.

    A stretch is all that comes in one piece: it ends where a record opens for certain and where something is damaged,
    which is its `failure`. `is_blamed` says that a record was called damaged for it.
    """

    def __init__(self, pieces: Iterator[_Piece], *, source: str, is_packed: bool) -> None:
        self.held = bytearray()
        self.failure: InputError | None = None
        self.is_blamed = False
        self._source = source
        self._is_packed = is_packed
        self._pieces = pieces
        self._waiting: _Piece | None = None
        self._is_over = True
        self._start = 0
        self._n_dropped = 0

    def enter_stretch(self) -> bool:
        """Goes on to the next stretch; whether there is one."""
        piece = self._waiting or next(self._pieces, None)
        if piece is None:
            return False
        self.held = bytearray(piece.data)
        self.failure, self.is_blamed = piece.failure, False
        self._waiting, self._is_over = None, piece.failure is not None
        self._start, self._n_dropped = piece.start, 0
        return True

    def has(self, n_bytes: int) -> bool:
        """Whether the stretch has so many bytes from here on, which `held` then holds."""
        while len(self.held) < n_bytes and not self._is_over:
            self._pull()
        return len(self.held) >= n_bytes

    def drop(self, n_bytes: int) -> None:
        """Leaves the first bytes behind."""
        del self.held[:n_bytes]
        self._n_dropped += n_bytes

    def skip_to_record(self, n_bytes: int) -> int:
        """Leaves so many bytes behind and what comes before the next record; how many that are together."""
        before = self._n_dropped
        self.drop(n_bytes)
        while (found := _RECORD.search(self.held)) is None and not self._is_over:
            self.drop(max(0, len(self.held) - _RECORD_BYTES))
            self._pull()
        self.drop(found.end() if found else len(self.held))
        return self._n_dropped - before

    def named(self, header: bytes) -> str:
        """How messages name the record that begins here with this header."""
        if found := _ID.search(header):
            return f"{self._source}#{found[1].strip().decode(errors='replace')}"
        if self._is_packed:
            return f"{self._source}#byte {self._start}" + (f"+{self._n_dropped}" if self._n_dropped else "")
        return f"{self._source}#byte {self._n_dropped}"

    def damaged(self, reason: str, header: bytes = b"") -> InputError:
        """The error of the record that begins here."""
        return InputError(reason, source=self.named(header), outcome=Outcome.DAMAGED)

    def _pull(self) -> None:
        piece = next(self._pieces, None)
        if piece is None or piece.opens:
            self._waiting, self._is_over = piece, True
        else:
            self.held += piece.data
            self.failure, self._is_over = piece.failure, piece.failure is not None


def _record(window: _Window, *, max_bytes: int) -> Record | InputError:
    """The record that begins here; leaves it behind."""
    window.has(_MAX_HEADER_BYTES)
    header_end = _HEADER_END.search(window.held, 0, _MAX_HEADER_BYTES)
    if header_end is None:
        return _broken(window, len(_OPENING), "a header that never ends")
    start = header_end.end()
    header = bytes(window.held[:start])
    stated = _LENGTH.search(header)
    if stated is None or not _NUMBER.fullmatch(stated[1]):
        value = shown(stated[1].decode(errors="replace")) if stated else "missing"
        return _broken(window, start, f"its Content-Length is {value}, not a number of bytes", header)
    n_bytes = int(stated[1])
    if n_bytes > max_bytes:
        return _oversize(window, header, n_bytes)
    end = start + n_bytes
    if not (window.has(end) and _ends_at(window, end)):
        return _mismatched(window, header, n_bytes)
    is_last = not window.held[end : end + _BEHIND_BYTES].strip(_BETWEEN)
    if window.failure is not None and is_last:
        return _broken(window, end, str(window.failure), header)
    record = Record(bytes(memoryview(window.held)[:end]), window.named(header))
    window.drop(end)
    return record


def _ends_at(window: _Window, end: int) -> bool:
    """Whether a record may end here: its blank lines follow, or the next record, or nothing more."""
    window.has(end + _BEHIND_BYTES)
    behind = bytes(window.held[end : end + _BEHIND_BYTES])
    following = behind.lstrip(_BETWEEN)[: len(_OPENING)]
    return behind.startswith(_BETWEEN) or _OPENING.startswith(following)


def _mismatched(window: _Window, header: bytes, n_bytes: int) -> InputError:
    """The error of a record that is not as long as its header says."""
    start, end = len(header), len(header) + n_bytes
    following = _RECORD.search(window.held, start, end + _RECORD_BYTES)
    if following is not None and following.end() <= end:
        n_found = following.start() - start
        reason = f"its Content-Length is {n_bytes}, but the next record begins behind {n_found} bytes"
        return _broken(window, following.start(), reason, header)
    if window.has(end):
        return _broken(window, end, f"it goes on behind the {n_bytes} bytes that its Content-Length states", header)
    n_found = len(window.held) - start
    reason = str(window.failure or f"breaks off behind {n_found} of {n_bytes} bytes")
    return _broken(window, len(window.held), reason, header)


def _oversize(window: _Window, header: bytes, n_bytes: int) -> Record | InputError:
    """The beginning of a record that is larger than the limit; leaves all of it behind."""
    beginning = Record(bytes(memoryview(window.held)[:_MAX_HEADER_BYTES]), window.named(header), is_whole=False)
    error = window.damaged(f"its Content-Length is {n_bytes}, which is not how long it is", header)
    n_found = window.skip_to_record(len(header)) - len(header)
    window.is_blamed = window.failure is not None and not window.held
    return beginning if n_bytes <= n_found <= n_bytes + 2 * len(_BETWEEN) and not window.is_blamed else error


def _broken(window: _Window, n_bytes: int, reason: str, header: bytes = b"") -> InputError:
    """The error of the record that begins here; goes on to the next record from `n_bytes` on."""
    error = window.damaged(reason, header)
    window.skip_to_record(n_bytes)
    window.is_blamed = window.failure is not None and not window.held
    return error

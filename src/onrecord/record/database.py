"""Opening the record, and its transactions.

One SQLite file, in WAL mode so that people can read while something is added, with foreign keys on and a commit that is
on the disk when it returns. Only whoever opens a transaction commits it; the store functions join it. What SQLite says
when a disk is full or a file damaged becomes a RecordError that says what to do.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.errors import RecordError, shown
from onrecord.record.migrations import is_current, migrate

BUSY_TIMEOUT_S = 60.0
_PAUSE_S = 0.02
SQLITE = "sqlite:///"
_BEGIN = "onrecord_begin"
_ADVICE = {
    "SQLITE_BUSY": "another program keeps it busy; let that one end, then repeat the call",
    "SQLITE_FULL": "the disk is full; make room, then repeat the call, which goes on where it stopped",
    "SQLITE_READONLY": "it may not be written; check its permissions and those of its folder, or name another file",
    "SQLITE_CANTOPEN": "it cannot be opened or made there; check the folder and its permissions, or name another file",
    "SQLITE_PERM": "it may not be opened; check its permissions, or name another file",
    "SQLITE_NOTADB": "it is no SQLite file; name another file",
    "SQLITE_CORRUPT": "the file is damaged; put a copy of it in its place, or save what is left: sqlite3 FILE .recover",
    "SQLITE_IOERR": "the disk fails, or the file lies where SQLite cannot lock it; keep it on a local disk",
}
# A wrong question or a broken rule, never the state of the file.
_OUR_FAULT = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.NotSupportedError)


@dataclass(frozen=True, slots=True)
class Record:
    """An open record; `address` is how it was named. A context manager that closes it."""

    address: str
    engine: Engine

    @classmethod
    def open(cls, address: str, *, create: bool = True) -> Self:
        """The record in a file, "news.db" or "sqlite:///news.db", made or brought up to date where that is needed.

        Without `create` it has to be there. Raises RecordError.
        """
        path = _path(address)
        if not (create or path.exists()):
            raise RecordError(f"there is no record {shown(address)}; check its name, or make it with `onrecord add`")
        record = cls(address, _engine(path))
        try:
            record._bring_up_to_date()
        except RecordError:
            record.close()
            raise
        return record

    def _bring_up_to_date(self) -> None:
        with self.snapshot() as connection:
            current = is_current(connection)
        if not current:
            with self.transaction() as connection:
                migrate(connection)
        with _explained(self.address), closing(self.engine.raw_connection()) as raw:
            _use_wal(raw.cursor())

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection that may write, alone; committed at the end, undone on any error."""
        with _explained(self.address), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection for reading: sees the record as it was at the first question, and waits for nobody."""
        with _explained(self.address), self.engine.connect() as connection:
            yield connection.execution_options(**{_BEGIN: "BEGIN"})

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def exists(address: str) -> bool:
    """Whether there is a file at the address, a record or not. Raises RecordError for one that names no file."""
    return _path(address).exists()


def _path(address: str) -> Path:
    """The file that an address names. Raises RecordError for an address that names none."""
    scheme, separator, _ = address.partition("://")
    if separator and not (address.startswith(SQLITE) and address != SQLITE):
        # The address itself is not shown: there may be a password in it.
        raise RecordError(
            f"this version keeps the record in a SQLite file, not at {shown(scheme + separator)}; "
            "name a file: news.db or sqlite:///news.db"
        )
    # Absolute, since to SQLite ":memory:" and "file:news.db" are no names of files.
    return Path(address.removeprefix(SQLITE)).absolute()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_TIMEOUT_S},
        json_serializer=_to_json,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # Python's own way of beginning a transaction leaves out CREATE TABLE and SELECT
    raw.execute("PRAGMA foreign_keys = ON")


def _use_wal(cursor: DBAPICursor) -> None:
    """Lets people read while somebody writes; waits for others that have just made the same record.

    The wait is our own: for this one change SQLite refuses at once.
    """
    give_up = monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() > give_up:
                raise
            sleep(_PAUSE_S)
        else:
            return


def _begin(connection: Connection) -> None:
    # IMMEDIATE: whoever means to write waits here for others; one that read first could only be refused later.
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE"))


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """What the database complains of as a RecordError, unless this program is at fault."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        if not isinstance(cause, sqlite3.DatabaseError) or isinstance(cause, _OUR_FAULT):
            raise
        raise RecordError(f"the record {shown(address)} cannot be used: {_advice(cause)} ({cause})") from error


def _advice(cause: sqlite3.DatabaseError) -> str:
    """What to do, by the name of the error, of which the first two words are what SQLite calls the primary one."""
    primary = "_".join(cause.sqlite_errorname.split("_")[:2])
    return _ADVICE.get(primary, "SQLite refuses; look at it with: sqlite3 FILE 'PRAGMA integrity_check'")

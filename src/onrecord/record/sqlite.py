"""The record in one SQLite file, in WAL mode so that people can read while something is added.

Foreign keys are on, and a commit is on the disk when it returns. What SQLite says when a disk is full or a file damaged
is told here in words that say what to do.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE = "sqlite:///"
BUSY_TIMEOUT_S = 60.0
_PAUSE_S = 0.02
_READS = "onrecord_reads"
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
class SqliteFile:
    """The file of a record; `name` is how it was called."""

    name: str
    path: Path

    @classmethod
    def at(cls, address: str) -> Self:
        """The file that "news.db" or "sqlite:///news.db" names."""
        # Absolute, since to SQLite ":memory:" and "file:news.db" are no names of files.
        return cls(address, Path(address.removeprefix(SQLITE)).absolute())

    def engine(self) -> Engine:
        """Connections to the file. Nothing is opened yet."""
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            connect_args={"timeout": BUSY_TIMEOUT_S},
            json_serializer=_to_json,
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def is_there(self, _: Engine) -> bool:
        """Whether there is such a file, a record or not."""
        return self.path.exists()

    def reading(self, connection: Connection) -> Connection:
        """The connection, not begun yet, for reading alone."""
        return connection.execution_options(**{_READS: True})

    def settle(self, engine: Engine) -> None:
        """What has to be done once a record is in the file, and outside of any transaction."""
        with closing(engine.raw_connection()) as raw:
            _use_wal(raw.cursor())

    def advice(self, cause: BaseException | None) -> str | None:
        """What to do about this complaint; none where this program is at fault."""
        if not isinstance(cause, sqlite3.DatabaseError) or isinstance(cause, _OUR_FAULT):
            return None
        # Of an error's name the first two words are what SQLite calls the primary one.
        primary = "_".join(cause.sqlite_errorname.split("_")[:2])
        return _ADVICE.get(primary, "SQLite refuses; look at it with: sqlite3 FILE 'PRAGMA integrity_check'")


def _prepare(raw: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # Python's own way of beginning a transaction leaves out CREATE TABLE and SELECT
    raw.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # IMMEDIATE: whoever means to write waits here for others; one that read first could only be refused later.
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


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


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

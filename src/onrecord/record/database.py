"""Opening the record, in a SQLite file or in a PostgreSQL database, and its transactions.

Only whoever opens a transaction commits it; the store functions join it. On either database one writes at a time, and
people read meanwhile. What a database says when a disk is full or a server gone becomes a RecordError that says what to
do.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from onrecord.errors import RecordError, UsageError, shown
from onrecord.record.migrations import is_current, migrate
from onrecord.record.sqlite import SQLITE, SqliteFile

_POSTGRESQL = ("postgresql", "postgres")
_TOO_LARGE = "22003"  # PostgreSQL's SQLSTATE
_NO_NUMBER = "a number is larger than any that the record gives out; see what its lists show"
_NO_DRIVER = "a record in PostgreSQL needs psycopg, which is not here; pip install 'onrecord[postgres]'"


class Database(Protocol):
    """What keeps a record: what SQLite and PostgreSQL do each in its own way."""

    @property
    def name(self) -> str:
        """What it is called in messages: never with a password."""

    def engine(self) -> Engine:
        """Connections to it, on which a transaction that begins writes alone. Nothing is opened yet."""

    def is_there(self, engine: Engine) -> bool:
        """Whether there is anything in it, a record or not."""

    def reading(self, connection: Connection) -> Connection:
        """The connection, not begun yet, for reading alone: it sees one state of the record, and waits for nobody."""

    def settle(self, engine: Engine) -> None:
        """Does what has to be done once a record is in it, and outside of any transaction."""

    def advice(self, cause: BaseException | None) -> str | None:
        """What to do about what it complains of; none where this program is at fault."""


@dataclass(frozen=True, slots=True)
class Record:
    """An open record; `address` is how it was named, password and all. A context manager that closes it."""

    address: str = field(repr=False)
    database: Database
    engine: Engine

    @classmethod
    def open(cls, address: str, *, create: bool = True) -> Self:
        """The record at the address, made or brought up to date where that is needed.

        A file, "news.db" or "sqlite:///news.db", or a database, "postgresql://user@host/news". Without `create` it has
        to be there. Raises RecordError.
        """
        database = _database_at(address)
        record = cls(address, database, database.engine())
        try:
            record._check_there(create=create)
            record._bring_up_to_date()
        except RecordError:
            record.close()
            raise
        return record

    def _check_there(self, *, create: bool) -> None:
        with _explained(self.database):
            if create or self.database.is_there(self.engine):
                return
        name = shown(self.database.name)
        raise RecordError(f"there is no record {name}; check its name, or make it with `onrecord add`")

    def _bring_up_to_date(self) -> None:
        with self.snapshot() as connection:
            current = is_current(connection)
        if not current:
            with self.transaction() as connection:
                migrate(connection)
        with _explained(self.database):
            self.database.settle(self.engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection that may write, alone; committed at the end, undone on any error."""
        with _explained(self.database), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection for reading: sees the record as it was at the first question, and waits for nobody."""
        with _explained(self.database), self.engine.connect() as connection:
            yield self.database.reading(connection)

    def close(self) -> None:
        """Lets go of the file, or of the server."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def exists(address: str) -> bool:
    """Whether there is anything at the address, a record or not. Raises RecordError for one that names no database."""
    database = _database_at(address)
    engine = database.engine()
    try:
        with _explained(database):
            return database.is_there(engine)
    finally:
        engine.dispose()


def _database_at(address: str) -> Database:
    """The database that an address names. Raises RecordError for an address that names none."""
    scheme, separator, _ = address.partition("://")
    if separator and scheme in _POSTGRESQL:
        try:
            # Only who keeps a record there has psycopg, and only for them it is worth the time that it takes to load.
            from onrecord.record.postgresql import PostgresDatabase  # noqa: PLC0415
        except ImportError as error:
            raise RecordError(_NO_DRIVER) from error
        return PostgresDatabase.at(address)
    if separator and not (address.startswith(SQLITE) and address != SQLITE):
        # The address itself is not shown: there may be a password in it.
        raise RecordError(
            f"a record is in a SQLite file or in PostgreSQL, not at {shown(scheme + separator)}; "
            "name a file, news.db or sqlite:///news.db, or a database, postgresql://user@host/news"
        )
    return SqliteFile.at(address)


@contextmanager
def _explained(database: Database) -> Iterator[None]:
    """What the database complains of as a RecordError, unless this program is at fault."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if getattr(cause, "sqlstate", None) == _TOO_LARGE:
            raise UsageError(_NO_NUMBER) from error
        advice = database.advice(cause)
        if advice is None:
            raise
        said = " ".join(str(cause).split())
        raise RecordError(f"the record {shown(database.name)} cannot be used: {advice} ({said})") from error
    except OverflowError as error:  # SQLite's driver, of a number that only somebody who asks can have given
        raise UsageError(_NO_NUMBER) from error

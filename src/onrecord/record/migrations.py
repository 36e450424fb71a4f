"""The record's versions: how a new one is made, and how an old one becomes a new one.

A new record is made as schema.py says and gets the newest number; an older one takes every step between its number and
the newest, in order, in one transaction. A step is written once and never changed: records that took it are out there.
It states its own SQL and does not look at schema.py, which goes on changing. A test builds each old version and checks
that its steps lead to what schema.py makes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.sql.functions import max as greatest

from onrecord.errors import RecordError
from onrecord.record import schema
from onrecord.record.trigrams import add_trigrams

FIRST_VERSION = 1
# In the header of a SQLite file (PRAGMA application_id): by it `file` and we know a record from other databases.
APPLICATION_ID = int.from_bytes(b"OnRc", "big")


@dataclass(frozen=True, slots=True)
class Step:
    """What turns a record of version `number` - 1 into one of `number`."""

    number: int
    change: Callable[[Connection], None]


STEPS: tuple[Step, ...] = ()


def is_current(connection: Connection, *, steps: Sequence[Step] = STEPS) -> bool:
    """Whether `migrate` would find nothing to do. Raises RecordError as it does."""
    return _version(connection, newest=_newest(steps)) == _newest(steps)


def migrate(connection: Connection, *, steps: Sequence[Step] = STEPS) -> None:
    """Makes the record in an empty database, or brings an older one to the newest version; joins the transaction.

    Raises RecordError for a database that holds something else, and for a record newer than this program.
    """
    newest = _newest(steps)
    here = _version(connection, newest=newest)
    if here is None:
        if connection.dialect.name == "postgresql":
            _check_encoding(connection)
            add_trigrams(connection)
        schema.create(connection)
        _set_version(connection, newest)
        return
    for step in steps:
        if step.number > here:
            step.change(connection)
            _set_version(connection, step.number)


def _newest(steps: Sequence[Step]) -> int:
    return steps[-1].number if steps else FIRST_VERSION


def _version(connection: Connection, *, newest: int) -> int | None:
    """The record's version, none for an empty database. Raises RecordError."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    version: int | None = None
    if schema.schema_version.name in tables and _is_ours(connection):
        version = connection.scalar(select(greatest(schema.schema_version.c.version)))
    where = connection.engine.url.set(drivername=connection.dialect.name).render_as_string()
    if version is None:
        raise RecordError(f"{where} is a database, but no record: other tables are in it; name another one")
    if version > newest:
        raise RecordError(
            f"{where} is a record of version {version}, this program knows those up to {newest}; update OnRecord"
        )
    return version


def _check_encoding(connection: Connection) -> None:
    """Raises RecordError for a PostgreSQL database that cannot hold every character."""
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise RecordError(
            f"the database is in {encoding}, which cannot hold every article; make another one: "
            "createdb --encoding UTF8 --template template0 NAME"
        )


def _is_ours(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        remark = inspect(connection).get_table_comment(schema.schema_version.name)["text"]
        return remark == schema.schema_version.comment
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID)


def _set_version(connection: Connection, number: int) -> None:
    """Writes the version down, in SQLite also where other tools look for it."""
    connection.execute(insert(schema.schema_version).values(version=number, applied_at=datetime.now(UTC)))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")

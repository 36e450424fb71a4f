"""The record in a PostgreSQL database, through psycopg.

An address is handed to libpq as it is, so that whatever `psql` understands works here, too: passwords from ~/.pgpass or
PGPASSWORD, TLS, Unix sockets, several hosts, `options=-csearch_path%3Dnews` for a schema of its own. Whoever writes
takes one lock of the database first, as SQLite has one for a file, so that two that add the same article at once do not
both find that it is new. No password is ever shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import set_json_dumps
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect

from onrecord.errors import RecordError

BUSY_TIMEOUT_S = 60
# The number of the lock that writers take: the letters OnRecord. Others that use the same database have other numbers.
_WRITERS = int.from_bytes(b"OnRecord", "big")
_READS = "onrecord_reads"
# A plan for any words at all looks through everything; to compile one takes longer than most questions; and what is
# asked again and again is in memory, where no page is further off than the next.
_READING = {"plan_cache_mode": "force_custom_plan", "jit": "off", "random_page_cost": "1.1"}
_FOR_READING = "SELECT " + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in _READING.items())
_FOR_WRITING = f"SELECT set_config('lock_timeout', '{BUSY_TIMEOUT_S}s', true), pg_advisory_xact_lock({_WRITERS})"
_NO_ADDRESS = (
    "the address of the record in PostgreSQL cannot be understood; write it as postgresql://user@host:5432/news, "
    "in a password @ as %40, : as %3A, / as %2F and % as %25, or leave the password to ~/.pgpass or PGPASSWORD"
)
_GOES_ON = "then repeat the call, which goes on where it stopped"

# By SQLSTATE, the longest beginning that fits.
_ADVICE = {
    "08": f"the connection to the server broke off; see that it runs, {_GOES_ON}",
    "25006": "the server lets nobody write; name the primary server, not one that follows it",
    "28": "the server does not let this user in; check user and password",
    "3D000": "there is no such database; make it: createdb --encoding UTF8 NAME",
    "3F000": "there is no such schema; make it, or leave search_path out of the address",
    "42501": "this user may not do that there; let its owner grant the right, or name another database",
    "53": "the server has too little of something; look into its log, " + _GOES_ON,
    "53100": f"the server's disk is full; make room, {_GOES_ON}",
    "53300": f"too many are connected to the server; wait, {_GOES_ON}",
    "54000": "a name or an address is longer than PostgreSQL takes; shorten it, or keep the record in SQLite",
    "55P03": "another program keeps it busy; let that one end, then repeat the call",
    "57014": f"the server broke a question off, by its statement_timeout or by hand; {_GOES_ON}",
    "57P": f"the server is going down or coming up; wait, {_GOES_ON}",
    "58": "the server's disk fails; look into its log",
    "XX": "the database is damaged or the server at fault; look into its log",
}
# Without SQLSTATE, which no error has that comes before one is let in: by what stands in it.
_ADVICE_BY_WORDS = {
    "password authentication failed": "the server does not let this user in; check user and password",
    "pg_hba.conf": "the server does not let this user in from here; its administrator can, in pg_hba.conf",
    "no password supplied": "the server asks for a password; put it in ~/.pgpass or PGPASSWORD",
    'role "': "the server does not know this user; check the name, or make it: createuser NAME",
    'database "': "there is no such database there; check its name, or make it: createdb --encoding UTF8 NAME",
    "too many": f"too many are connected to the server; wait, {_GOES_ON}",
    "the database system is": f"the server is coming up or going down; wait, {_GOES_ON}",
    "closed the connection": f"the connection to the server broke off; see that it runs, {_GOES_ON}",
}
_UNREACHABLE = f"the server cannot be reached; check host and port and that it runs, {_GOES_ON}"
_OUR_FAULT = (psycopg.IntegrityError, psycopg.ProgrammingError, psycopg.DataError, psycopg.NotSupportedError)


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A database of a server; `address` may hold a password, `shown_as` does not."""

    address: str = field(repr=False)
    shown_as: URL

    @classmethod
    def at(cls, address: str) -> Self:
        """The database that "postgresql://user:password@host:port/name?key=value" names. Raises RecordError."""
        try:
            parts = conninfo_to_dict(address)
        except psycopg.ProgrammingError:
            # Not chained: what libpq says of an address quotes it.
            raise RecordError(_NO_ADDRESS) from None
        return cls(address, _without_password(parts))

    @property
    def name(self) -> str:
        """The address without the password, nor anything else than user, server and database."""
        return self.shown_as.set(drivername="postgresql").render_as_string()

    def engine(self) -> Engine:
        """Connections to the database. Nothing is opened yet."""
        engine = create_engine(
            self.shown_as,
            creator=self._connect,
            isolation_level="READ COMMITTED",  # whatever the server's own default is
            pool_pre_ping=True,  # a watch lasts longer than many a connection
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(self.address, client_encoding="UTF8", fallback_application_name="onrecord")
        set_json_dumps(_to_json, connection)
        return connection

    def is_there(self, engine: Engine) -> bool:
        """Whether there are tables where the record would be, its own or not."""
        with engine.connect() as connection:
            return bool(inspect(self.reading(connection)).get_table_names())

    def reading(self, connection: Connection) -> Connection:
        """The connection, not begun yet, for reading alone."""
        # Not READ ONLY: the connection would be READ WRITE from then on, whatever its database says.
        return connection.execution_options(**{"isolation_level": "REPEATABLE READ", _READS: True})

    def settle(self, engine: Engine) -> None:
        """Nothing is left to be done."""

    def advice(self, cause: BaseException | None) -> str | None:
        """What to do about this complaint; none where this program is at fault."""
        if not isinstance(cause, psycopg.Error):
            return None
        state = cause.sqlstate or ""
        known = [_ADVICE[state[:length]] for length in (5, 3, 2) if state[:length] in _ADVICE]
        if known:
            return known[0]
        if isinstance(cause, _OUR_FAULT):
            return None
        said = str(cause)
        return next((advice for words, advice in _ADVICE_BY_WORDS.items() if words in said), _UNREACHABLE)


def _begin(connection: Connection) -> None:
    """Lets one write at a time. Each question of a writer sees what was committed before it, so the last one's too."""
    if connection.get_execution_options().get(_READS, False):
        connection.exec_driver_sql(_FOR_READING)
        return
    connection.exec_driver_sql(_FOR_WRITING)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_in_words)


def _in_words(value: object) -> str:
    """What JSON has no form for, as PostgreSQL reads it: bytes, days and moments."""
    if isinstance(value, bytes):
        return rf"\x{value.hex()}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that a record holds")


def _without_password(parts: Mapping[str, object]) -> URL:
    """User, server and database. Raises RecordError where pieces of a password are among them, for want of escaping."""
    user, host, port, database = (str(parts.get(key) or "") for key in ("user", "host", "port", "dbname"))
    if "@" in host + database or port.strip("0123456789,"):
        raise RecordError(_NO_ADDRESS)
    is_socket = host.startswith("/")
    return URL.create(
        "postgresql+psycopg",
        username=user or None,
        host=None if is_socket else host or None,
        port=int(port) if port.isdecimal() else None,
        database=database or None,
        query={"host": host} if is_socket else {},
    )

"""A PostgreSQL server of the tests' own: in a temporary folder, over a Unix socket alone, gone when they end.

Nothing of ours is in it but invented articles, so it need not outlast a power cut and is faster without.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

START_TIMEOUT_S = 60
SUPERUSER = "keeper"
FALK_PASSWORD = "qu@y/1"  # noqa: S105 - of a server that lives for a minute, and odd so that it has to be escaped
SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "40", "lc_messages": "C"}
# One user is asked for a password; everybody else who can reach the socket may come in.
ADMISSION = "local all falk scram-sha-256\nlocal all all trust\n"


def programs() -> Path | None:
    """The folder of PostgreSQL's newest server programs; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    installed = [folder for folder in folders if (folder / "initdb").exists()]
    return installed[-1] if installed else Path(on_path).parent if on_path else None


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that runs; `folder` holds its socket."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def address(self, database: str, *, user: str = SUPERUSER, password: str | None = None) -> str:
        """How a record in one of its databases is named."""
        secret = "" if password is None else ":" + quote(password, safe="")
        return f"postgresql://{user}{secret}@/{database}?host={quote(str(self.folder), safe='')}"

    def new(self, *, encoding: str = "UTF8", owner: str = SUPERUSER) -> str:
        """The address of a database that is empty."""
        name = f"news_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
        return self.address(name)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """As its superuser, outside of transactions."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def asked(address: str, query: str) -> list[tuple[object, ...]]:
    """What PostgreSQL itself answers."""
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()


@contextmanager
def running(binaries: Path) -> Iterator[Postgres]:
    """A new server. Root, whom PostgreSQL does not serve, has it run by "nobody"."""
    as_other = {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    data = folder / "data"
    quiet = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **as_other}

    def call(program: str, *arguments: str) -> None:
        subprocess.run([binaries / program, *arguments], check=True, timeout=START_TIMEOUT_S, **quiet)  # type: ignore[call-overload]

    try:
        if as_other:
            shutil.chown(folder, "nobody", "nogroup")
        call("initdb", "-D", str(data), "-U", SUPERUSER, "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync")
        (data / "pg_hba.conf").write_text(ADMISSION, encoding="utf-8")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{key} = '{value}'\n" for key, value in SETTINGS.items())
            settings.write(f"unix_socket_directories = '{folder}'\n")
        call("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"))
        try:
            server = Postgres(folder)
            server.run(f"CREATE ROLE falk LOGIN PASSWORD '{FALK_PASSWORD}'", "CREATE ROLE guest LOGIN")
            yield server
        finally:
            call("pg_ctl", "stop", "-m", "immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder)

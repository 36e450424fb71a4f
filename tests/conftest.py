"""What several modules of tests share: a record on either database, and the server that one of them needs."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record import Record
from tests.postgresql import Postgres, programs, running


@pytest.fixture(scope="session", autouse=True)
def heard_interrupts() -> None:
    """Has the programs that tests start hear Ctrl-C: a shell that runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of the tests' own, started when the first test asks for it."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL's server programs are not installed; on Debian: apt-get install postgresql")
    with running(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record can be made: in a file, and once more in a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new()


@pytest.fixture
def record(new_address: str) -> Iterator[Record]:
    """An empty record, on either database."""
    with Record.open(new_address) as opened:
        yield opened

"""What several modules of tests share: a record on either database, the server that one of them needs, a browser."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from onrecord.record import Record
from tests.postgresql import Postgres, programs, running

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; for a module, since no other loop of events can run beside it."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


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

"""The record as a file: made, opened again, brought up to date, and refused where it cannot be used."""

import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from onrecord.errors import RecordError
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named, store
from onrecord.record.migrations import APPLICATION_ID, Step, is_current, migrate
from tests.invented import HARBOUR

MODEL = "reader-0"
# A record as the first version made it, with HARBOUR in it.
FIRST = Path(__file__).parent / "cases" / "record-1.sql"


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    """What SQLite itself answers."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def made(path: Path) -> Path:
    """A record with an article in it."""
    with Record.open(str(path)) as record, record.transaction() as connection:
        store(connection, HARBOUR, model=MODEL)
    return path


def shape(path: Path) -> dict[str, str]:
    """Everything that the database is made of, by its name, white space aside."""
    rows = asked(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {str(name): " ".join(str(sql).split()) for name, sql in rows}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def shut(tmp_path: Path) -> Path:
    """A folder in which nobody may write; for root, whom no permission stops, one where nothing can be made."""
    folder = tmp_path / "shut"
    folder.mkdir(mode=0o555)
    return Path("/proc") if os.access(folder, os.W_OK) else folder


def test_a_new_record_says_what_it_is_and_of_which_version(path: Path) -> None:
    Record.open(str(path)).close()
    assert asked(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert asked(path, "PRAGMA user_version") == asked(path, "SELECT max(version) FROM schema_version") == [(1,)]
    assert asked(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_record_opened_again_is_as_it_was(path: Path) -> None:
    before = shape(made(path))
    with Record.open(f"sqlite:///{path}", create=False) as record, record.snapshot() as connection:
        assert articles_named(connection, "harbour") == [HARBOUR]
    assert shape(path) == before


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    assert shape(made(path))


def test_names_that_sqlite_takes_for_something_else_are_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:news.db", "news.db?mode=memory", "100% news.db"):
        made(Path(name))
        assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize(
    "address", ["mysql://falk:quay@weyport.example/news", "https://weyport.example/news.db", "sqlite://"]
)
def test_an_address_that_is_no_database_is_refused_without_showing_its_password(address: str) -> None:
    with pytest.raises(RecordError, match=r"in a SQLite file or in PostgreSQL.*name a file, news\.db") as refused:
        Record.open(address)
    assert "quay" not in str(refused.value)


def test_a_record_that_has_to_be_there_is_not_made(path: Path) -> None:
    with pytest.raises(RecordError, match=r"there is no record .*news\.db"):
        Record.open(str(path), create=False)
    assert not path.exists()


@pytest.mark.parametrize(
    "data", [b"By Ilse Quandt\n" * 100, b"\x89PNG\r\n\x1a\n" + bytes(5000)], ids=["text", "picture"]
)
def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(RecordError, match="it is no SQLite file; name another file"):
        Record.open(str(path))
    assert path.read_bytes() == data


@pytest.mark.parametrize("table", ["tides", "schema_version"])
def test_a_database_that_is_no_record_is_refused_and_stays_as_it_is(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (version INTEGER)")
    before = path.read_bytes()
    with pytest.raises(RecordError, match="is a database, but no record"):
        Record.open(str(path))
    assert path.read_bytes() == before


def test_a_record_of_a_newer_version_is_refused_and_stays_as_it_is(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99, '2040-01-01T00:00:00+00:00')")
    before = asked(path, "SELECT * FROM articles"), shape(path)
    with pytest.raises(RecordError, match=r"a record of version 99, this program knows those up to 1; update OnRecord"):
        Record.open(str(path))
    assert (asked(path, "SELECT * FROM articles"), shape(path)) == before


def test_a_folder_where_nothing_can_be_written_is_an_error_that_says_what_to_do(shut: Path) -> None:
    with pytest.raises(RecordError, match=r"cannot be used: .*check the folder and its permissions"):
        Record.open(str(shut / "news.db"))


@pytest.mark.parametrize("name", [".", "no/such/folder/news.db"])
def test_a_folder_and_a_file_in_none_are_errors(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match=r"cannot be used: it cannot be opened or made there"):
        Record.open(str(tmp_path / name))


def test_a_damaged_record_is_an_error_that_says_what_to_do(path: Path) -> None:
    made(path)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with (
        pytest.raises(RecordError, match=r"cannot be used: the file is damaged.*\.recover"),
        Record.open(str(path)) as record,
        record.snapshot() as connection,
    ):
        articles_named(connection, "harbour")


def test_a_full_disk_is_an_error_and_leaves_the_record_as_it_was(path: Path) -> None:
    made(path)
    longer = update(schema.articles).values(text=HARBOUR.text * 1000)
    with Record.open(str(path)) as record:
        with record.snapshot() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite says the same of a disk
        with pytest.raises(RecordError, match="the disk is full; make room"), record.transaction() as connection:
            connection.execute(longer)
        with record.snapshot() as connection:
            assert articles_named(connection, "harbour") == [HARBOUR]
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_record(path: Path) -> None:
    with (
        Record.open(str(path)) as record,
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
        record.transaction() as connection,
    ):
        connection.execute(insert(schema.cited_outlets).values(article_id=99, position=0, name="Tide Weekly"))


def test_several_may_make_the_same_record_at_once(path: Path) -> None:
    def add(number: int) -> None:
        with Record.open(str(path)) as record, record.transaction() as connection:
            store(connection, replace(HARBOUR, id=f"{number}", source=f"in/{number}.txt"), model=MODEL)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert asked(path, "SELECT count(*) FROM articles") == [(8,)]
    assert asked(path, "SELECT count(*) FROM schema_version") == [(1,)]


def _with_tides(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE tides (id INTEGER PRIMARY KEY)")


def _with_highest(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE tides ADD COLUMN highest REAL")


def _failing(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE ferries (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("ALTER TABLE no_such_table ADD COLUMN highest REAL")


STEPS = (Step(2, _with_tides), Step(3, _with_highest))


def test_an_older_record_takes_the_steps_that_it_lacks_in_order(path: Path) -> None:
    made(path)
    with Record.open(str(path)) as record, record.transaction() as connection:
        migrate(connection, steps=STEPS[:1])
        assert not is_current(connection, steps=STEPS)
        migrate(connection, steps=STEPS)
    assert asked(path, "SELECT version FROM schema_version ORDER BY version") == [(1,), (2,), (3,)]
    assert asked(path, "PRAGMA user_version") == [(3,)]
    assert asked(path, "SELECT id, highest FROM tides") == []
    assert asked(path, "SELECT name FROM articles") == [("harbour",)]


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    before = shape(made(path))
    steps = (*STEPS, Step(4, _failing))
    with (
        Record.open(str(path)) as record,
        pytest.raises(RecordError, match="no such table"),
        record.transaction() as connection,
    ):
        migrate(connection, steps=steps)
    assert shape(path) == before
    assert asked(path, "PRAGMA user_version") == [(1,)]


def test_the_steps_from_the_first_version_lead_to_what_a_new_record_is(tmp_path: Path, path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    Record.open(str(old)).close()
    Record.open(str(path)).close()
    assert shape(old) == shape(path)
    with Record.open(str(old)) as record, record.snapshot() as connection:
        (article,) = articles_named(connection, "harbour")
    assert article.statements


def test_without_psycopg_an_address_in_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "onrecord.record.postgresql", raising=False)
    with pytest.raises(RecordError, match=r"needs psycopg.*pip install 'onrecord\[postgres\]'"):
        Record.open("postgresql://falk@weyport.example/news")

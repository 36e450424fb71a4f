"""docs/record.md keeps its word: it names every table, view and column, and each of its queries runs."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Table

from onrecord.intake import read_inputs
from onrecord.reading.reader import Reader
from onrecord.record import Record, schema
from onrecord.record.adding import added_each
from onrecord.record.placing import placed_each
from onrecord.record.stored import Stored
from onrecord.record.tables import metadata
from tests.postgresql import asked

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
NAMES = {*metadata.tables, *schema.VIEWS}
# Of these a handful of plain texts has nothing to tell.
NOT_IN_EXAMPLES = re.compile(
    r"\b(?:addresses|links|feeds|copies|fingerprints|superseded_by = new|merged_into|people_(?:names|roles|blocks)"
    r"|proposals|decisions|corrections|tokens|statements_as_read|corrected)\b"
)
FOR_ONE = re.compile(r"-- in (SQLite|PostgreSQL)\n")


@dataclass(frozen=True, slots=True)
class Database:
    """What a record is in: its kind, as the page calls it, and its address."""

    kind: str
    address: str

    def asked(self, query: str) -> list[tuple[object, ...]]:
        """What the database itself answers."""
        if self.kind == "PostgreSQL":
            return asked(self.address, query)
        with closing(sqlite3.connect(self.address)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A record of the examples, and of a file that is not there, as other programs open it."""
    is_file = request.param == "SQLite"
    address = (
        str(tmp_path_factory.mktemp("record") / "news.db") if is_file else request.getfixturevalue("postgres").new()
    )
    inputs = [*map(str, sorted(ROOT.glob("examples/*.txt"))), "no.txt"]
    with Record.open(address) as record:
        taken = read_inputs(inputs, published=date(2031, 1, 15))
        assert len(list(added_each(taken, record=record, reader=Reader.load()))) == len(inputs)
        list(placed_each(record))
    return Database(request.param, address)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_runs_and_finds_what_the_examples_hold(database: Database, query: str) -> None:
    meant_for = FOR_ONE.match(query)
    if meant_for is None or meant_for[1] == database.kind:
        assert database.asked(query) or NOT_IN_EXAMPLES.search(query)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_table_and_view_is_introduced_and_asked(name: str) -> None:
    assert f"**`{name}`**" in PAGE
    assert [query for query in QUERIES if re.search(rf"\b{name}\b", query)]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_documented(table: Table) -> None:
    assert not [column.name for column in table.columns if f"`{column.name}`" not in PAGE]


def test_every_way_that_storing_ends_is_documented() -> None:
    assert not [word for word in Stored if f"| `{word}` |" not in PAGE]

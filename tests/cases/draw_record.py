"""Draws record-1.sql again, a record as the first version makes it: run this when the schema changes.

    python -m tests.cases.draw_record

Once a version is released the file stays as it is, and migrations lead on from it. It is what SQLite dumps, but for the
index of words, which stands there as it is declared and filled, in the place of the tables that FTS5 keeps for itself.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.record import Record
from onrecord.record.articles import store
from tests.invented import HARBOUR

DRAWN = Path(__file__).with_name("record-1.sql")
HEAD = """\
-- A record as the first version made it, with one article, drawn by draw_record.py. The index of words stands here as
-- it is declared and filled, in the place of the tables that FTS5 keeps for itself.
"""
NOT_DRAWN = re.compile(
    r"""(?:CREATE TABLE|INSERT INTO) ['"]?statement_words"""
    r"""|(?:INSERT INTO|DELETE FROM) "?sqlite_|PRAGMA writable_schema"""
)
FILLED = "INSERT INTO statement_words(statement_words) VALUES ('rebuild');\n"


def drawn(connection: sqlite3.Connection) -> Iterator[str]:
    """The record that this connection has open, line by line."""
    yield HEAD
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        yield f"PRAGMA {pragma} = {value};\n"
    declared = "SELECT sql FROM sqlite_schema WHERE name = 'statement_words'"
    for statement in connection.iterdump():
        if not NOT_DRAWN.match(statement):
            yield f"{statement}\n"
        if statement.startswith("CREATE VIEW statement_texts"):
            yield f"{connection.execute(declared).fetchone()[0]};\n{FILLED}"


def main() -> None:
    """Writes the file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        # Articles are known again by whole paths, and where this is drawn is nobody's business.
        with chdir("/"), Record.open(str(path)) as record, record.transaction() as connection:
            store(connection, HARBOUR, model="reader-0")
        with closing(sqlite3.connect(path)) as raw:
            DRAWN.write_text("".join(drawn(raw)), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Large records to ask: few articles in many copies that differ, in a SQLite file, and the same in PostgreSQL.

Every name gets a family name of its own in each copy but for some that stay, as in the news, and some of the words
become others of the same length, so that spans hold; what statements mean is moved a little. The rows are those of real
adding, people and appearances among them, but who is who is told by certain names alone, and nothing is looked for that
may be there already.
"""

import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, insert, select, text

from onrecord import Article, Speaker
from onrecord.reading.encoder import OWN_MODEL, Encoder
from onrecord.reading.likeness import BEARERS, blocks, certain_key, kind_of_via, proper_name
from onrecord.reading.vectors import Cells, unit
from onrecord.record import Record, schema
from onrecord.record.called import note_words
from onrecord.record.rows import article_values, insert_parts
from onrecord.record.tables import metadata
from onrecord.statement import LinkRole, SpeakerKind, Vector

SEED = 7
# Of ten copies three keep their names: a few people are quoted everywhere, most of them in one place.
KEPT_NAMES = 0.3
CHANGED_WORDS = 0.15
FIRST_DAY, N_DAYS, N_OUTLETS = date(2015, 1, 1), 3650, 400
BATCH = 500
SYLLABLES = "ba bor cal dan del fen gar hol kin lan mar nor per quin ros sal tor ul ven wick".split()
WORD = re.compile(r"\b[a-z]{5,9}\b")
TITLE_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
# A copy's vector differs from its original as one statement's from the nearest other's does.
MOVED = 0.6
REBUILT = "INSERT INTO statement_words(statement_words) VALUES ('rebuild')"


@dataclass(slots=True)
class _People:
    """Who has been met, and the rows about them that are still to be written."""

    ids: dict[tuple[SpeakerKind, str], int] = field(default_factory=dict)
    named: set[tuple[int, str]] = field(default_factory=set)
    rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)

    def note(self, name: str, kind: SpeakerKind, appearance: dict[str, Any]) -> None:
        """An appearance of somebody, if the name tells who it is."""
        proper = proper_name(name, kind)
        key = certain_key(proper, kind)
        if key is None:
            return
        person = self.ids.setdefault((kind, key), len(self.ids) + 1)
        if person == len(self.ids) and (person, proper) not in self.named:
            self._add(schema.people, {"id": person, "kind": kind.value, "name": proper, "walks": []})
            of_name = [{"block": block, "person_id": person} for block in sorted(blocks(proper, kind))]
            self.rows.setdefault(schema.people_blocks, []).extend(of_name)
        for one in {proper, name}:
            if (person, one) not in self.named:
                self.named.add((person, one))
                listed = {"person_id": person, "name": one, "key": certain_key(one, kind), "listed": False}
                self._add(schema.people_names, listed)
        self._add(schema.appearances, {"person_id": person, "name": name, **appearance})

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(row)

    def write(self, connection: Connection) -> None:
        """Writes what has come together, and begins anew."""
        names = {row["name"] for table in (schema.people_names, schema.appearances) for row in self.rows.get(table, ())}
        note_words(connection, names)
        for table in (schema.people, schema.people_names, schema.people_blocks, schema.appearances):
            if self.rows.get(table):
                connection.execute(insert(table), self.rows[table])
        self.rows.clear()


def fill(path: Path, articles: Sequence[Article], *, n_statements: int) -> None:
    """A record of so many statements in a file, each article in many copies that differ; indexed at the end."""
    chance = random.Random(SEED)  # noqa: S311 - a seed makes it repeatable
    noise, cells = np.random.default_rng(SEED), own_cells()
    vocabulary = sorted({word for article in articles for word in WORD.findall(article.text)})
    people = _People()
    n = 0
    with Record.open(str(path)) as record:
        while n < n_statements:
            with record.transaction() as connection:
                for article in chance.sample(articles, min(len(articles), BATCH)):
                    copy = with_moved(varied(article, chance=chance, vocabulary=vocabulary), noise=noise, cells=cells)
                    _insert(connection, copy, name=f"copy-{n}", people=people)
                    n += len(copy.statements)
                people.write(connection)
        with record.transaction() as connection:
            connection.execute(text("UPDATE articles SET copy_group = id"))
            connection.execute(text(REBUILT))
            connection.execute(text("ANALYZE"))


def copy_to(address: str, path: Path) -> None:
    """The record in the file once more in an empty database, whose superuser it takes; indexed at the end."""
    Record.open(address).close()
    with closing(sqlite3.connect(path)) as source, psycopg.connect(address) as target:
        target.execute("SET session_replication_role = replica")  # no trigger is asked, for keys neither
        for table in metadata.sorted_tables:
            columns = ", ".join(column.name for column in table.columns)
            target.execute(f"TRUNCATE {table.name} CASCADE".encode())
            with target.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN".encode()) as copying:
                for row in source.execute(f"SELECT {columns} FROM {table.name}"):  # noqa: S608 - names of our own
                    copying.write_row(row)
        target.execute("SET maintenance_work_mem = '256MB'")
        target.execute("SELECT build_words()")
        target.commit()
        target.autocommit = True
        target.execute("VACUUM ANALYZE")


def _insert(connection: Connection, article: Article, *, name: str, people: _People) -> None:
    keys = dict.fromkeys(("source_key", "content_hash", "text_key"), name)
    rest = {"version": 1, "model": "multiplied", "program": "0", "added_at": datetime.now(UTC)}
    values = article_values(article) | keys | rest | {"name": name}
    number = connection.execute(insert(schema.articles).values(values).returning(schema.articles.c.id)).scalar_one()
    insert_parts(connection, article, article_id=number)
    table = schema.statements
    ids = connection.scalars(select(table.c.id).where(table.c.article_id == number).order_by(table.c.position))
    for statement_id, statement in zip(ids, article.statements, strict=True):
        day = statement.said.start if statement.said else article.published
        here = {"statement_id": statement_id, "article_id": number, "described": None, "day": day}
        speaker = statement.speaker
        if speaker and speaker.kind in BEARERS:
            people.note(speaker.name, speaker.kind, {**here, "position": 0, "role": LinkRole.SPEAKER.value})
        for place, via in enumerate(statement.via, start=1):
            kind = kind_of_via(via.proper or via.name)
            if kind:
                people.note(via.name, kind, {**here, "position": place, "role": via.role.value})


def varied(article: Article, *, chance: random.Random, vocabulary: Sequence[str]) -> Article:
    """The article of another day and outlet; words and names become others of the same length, so that spans hold."""
    names: dict[str, str] = {}
    kept = chance.random() < KEPT_NAMES

    def renamed(match: re.Match[str]) -> str:
        word = match[0]
        return word if kept else names.setdefault(word, _name(len(word), chance))

    def reworded(match: re.Match[str]) -> str:
        if chance.random() >= CHANGED_WORDS:
            return match[0]
        other = chance.choice(vocabulary)
        return other if len(other) == len(match[0]) else match[0]

    text = WORD.sub(reworded, TITLE_WORD.sub(renamed, article.text))
    statements = tuple(
        replace(statement, speaker=_renamed(statement.speaker, renamed)) for statement in article.statements
    )
    return replace(
        article,
        text=text,
        outlet=f"The {_name(8, random.Random(chance.randrange(N_OUTLETS)))} Post",  # noqa: S311
        published=FIRST_DAY + timedelta(days=chance.randrange(N_DAYS)),
        statements=statements,
    )


def with_moved(article: Article, *, noise: np.random.Generator, cells: Cells) -> Article:
    """The article with each statement's vector moved at random."""
    statements = tuple(
        replace(statement, vector=cells.vector(moved(statement.vector, by=MOVED, noise=noise)))
        if statement.vector
        else statement
        for statement in article.statements
    )
    return replace(article, statements=statements)


def moved(vector: Vector, *, by: float, noise: np.random.Generator) -> NDArray[np.float32]:
    """The direction of a vector, moved at random by so much of its length."""
    direction = unit(np.frombuffer(vector.numbers, dtype=np.int8))
    by_each = by / np.sqrt(len(direction))
    return unit(direction + noise.standard_normal(len(direction), dtype=np.float32) * by_each)


def own_cells() -> Cells:
    """The cells of the model that comes with the package."""
    cells = Cells.of(Encoder(OWN_MODEL).metadata, OWN_MODEL)
    if cells is None:
        raise SystemExit("the model has no projection")
    return cells


def _renamed(speaker: Speaker | None, renamed: Callable[[re.Match[str]], str]) -> Speaker | None:
    return speaker and replace(speaker, name=TITLE_WORD.sub(renamed, speaker.name))


def _name(length: int, chance: random.Random) -> str:
    name = ""
    while len(name) < length:
        name += chance.choice(SYLLABLES)
    return name[:length].capitalize()

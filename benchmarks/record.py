"""How quickly a large record answers: `python -m benchmarks.record FILE...`, JSON Lines of articles to multiply.

The articles, read once, are copied with other days, outlets, names and words until there are enough statements: every
name gets a family name of its own in each copy but for some that stay, as in the news, and some of the words become
others. Then a hundred questions of each sort are asked, warm; the database runs in
this process, so that its time on the processor is what a quiet machine takes.
"""

import argparse
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, update

from benchmarks.table import print_table
from onrecord import Article, Reader, Speaker
from onrecord.pipeline import read_each
from onrecord.record import Record, schema
from onrecord.record.rows import article_values, insert_parts
from onrecord.record.search import said, search
from onrecord.record.words import index

SEED = 7
# Of ten copies three keep their names: a few people are quoted everywhere, most of them in one place.
KEPT_NAMES = 0.3
CHANGED_WORDS = 0.15
FIRST_DAY, N_DAYS, N_OUTLETS = date(2015, 1, 1), 3650, 400
N_ASKED = 100
BATCH = 500
SYLLABLES = "ba bor cal dan del fen gar hol kin lan mar nor per quin ros sal tor ul ven wick".split()
WORD = re.compile(r"\b[a-z]{5,9}\b")
TITLE_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="JSON Lines of articles")
    parser.add_argument("--statements", type=int, default=200_000, help="how many statements to make")
    parser.add_argument("--keep", type=Path, help="the record to make and keep, or to ask again if it is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "record.db"
        if not path.exists():
            began = time.perf_counter()
            fill(path, read(args.files), n_statements=args.statements)
            print(f"made in {time.perf_counter() - began:,.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
        report(path)


def read(files: Sequence[str]) -> list[Article]:
    """The articles with their statements."""
    return [article for article in read_each(files, reader=Reader.load()) if isinstance(article, Article)]


def fill(path: Path, articles: Sequence[Article], *, n_statements: int) -> None:
    """A record of so many statements, each article in many copies that differ."""
    chance = random.Random(SEED)  # noqa: S311 - a seed makes it repeatable
    vocabulary = sorted({word for article in articles for word in WORD.findall(article.text)})
    n = 0
    with Record.open(str(path)) as record:
        while n < n_statements:
            with record.transaction() as connection:
                for article in chance.sample(articles, min(len(articles), BATCH)):
                    copy = varied(article, chance=chance, vocabulary=vocabulary)
                    insert_article(connection, copy, name=f"copy-{n}")
                    n += len(copy.statements)


def insert_article(connection: Connection, article: Article, *, name: str) -> None:
    """One article, without looking for others that it may be: asking is measured here, not adding."""
    keys = dict.fromkeys(("source_key", "content_hash", "text_key"), name)
    rest = {"version": 1, "model": "multiplied", "program": "0", "added_at": datetime.now(UTC)}
    values = article_values(article) | keys | rest | {"name": name}
    number = connection.execute(insert(schema.articles).values(values).returning(schema.articles.c.id)).scalar_one()
    connection.execute(update(schema.articles).where(schema.articles.c.id == number).values(copy_group=number))
    insert_parts(connection, article, article_id=number)
    index(connection, article, article_id=number)


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


def _renamed(speaker: Speaker | None, renamed: Callable[[re.Match[str]], str]) -> Speaker | None:
    return speaker and replace(speaker, name=TITLE_WORD.sub(renamed, speaker.name))


def _name(length: int, chance: random.Random) -> str:
    name = ""
    while len(name) < length:
        name += chance.choice(SYLLABLES)
    return name[:length].capitalize()


def report(path: Path) -> None:
    """Prints how long the questions took, warm."""
    with sqlite3.connect(path) as raw:
        n = raw.execute("SELECT count(*) FROM statements").fetchone()[0]
        names = _frequent(raw)
    words = "wall taxes vote jobs police health trade emails border women debate economy poll court schools".split()
    chance = random.Random(SEED)  # noqa: S311
    asked = [(chance.choice(names), chance.choice(words), chance.choice(words)) for _ in range(N_ASKED)]
    with Record.open(str(path), create=False) as record, record.snapshot() as connection:
        kinds: dict[str, Callable[[str, str, str], object]] = {
            "said WHO --about WORD": lambda who, one, _: said(connection, who, about=one),
            "said WHO": lambda who, _, __: said(connection, who),
            "search WORD": lambda _, one, __: search(connection, one),
            "search WORD WORD": lambda _, one, two: search(connection, f"{one} {two}"),
            'search "PHRASE WORD" OR PREFIX*': lambda _, one, two: search(connection, f'"the {one}" OR {two[:4]}*'),
            "search WORD --speaker WHO": lambda who, one, _: search(connection, one, speaker=who),
        }
        rows = [[name, *_times(ask, asked)] for name, ask in kinds.items()]
    print_table(
        f"{n:,} statements, {N_ASKED} questions, milliseconds of the processor",
        ["question", "median", "95th of 100"],
        rows,
    )


def _frequent(raw: sqlite3.Connection) -> list[str]:
    """Names of people, most of them quoted often, as people ask for."""
    query = """
        SELECT speaker FROM statements WHERE speaker_kind = 'person'
        GROUP BY speaker ORDER BY count(*) DESC LIMIT 200"""
    return [name for (name,) in raw.execute(query)]


def _times(ask: Callable[[str, str, str], object], asked: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    for question in asked[:10]:
        ask(*question)
    times = []
    for question in asked:
        began = time.process_time()
        ask(*question)
        times.append(1000 * (time.process_time() - began))
    return f"{statistics.median(times):.1f}", f"{sorted(times)[int(0.95 * len(times)) - 1]:.1f}"


if __name__ == "__main__":
    main()

"""How quickly a large record answers: `python -m benchmarks.record FILE...`, JSON Lines of articles to multiply.

The articles, read once, are multiplied until there are enough statements; then a hundred questions of each sort are
asked, warm, of the record in a SQLite file and of the same in PostgreSQL. The time on the processor, the database's
with it, is what a quiet machine takes; the time on the clock has in it what else this one does.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Connection, func, select

from benchmarks.multiplied import SEED, copy_to, fill
from benchmarks.table import print_table
from onrecord import Article, Reader
from onrecord.pipeline import read_each
from onrecord.reading.vectors import Projector
from onrecord.record import Record, schema
from onrecord.record.database import exists
from onrecord.record.people import person_called, person_of
from onrecord.record.search import said, search
from tests.postgresql import programs, running

N_ASKED = 100
N_NAMES = 200
WORDS = "wall taxes vote jobs police health trade emails border women debate economy poll court schools".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="JSON Lines of articles")
    parser.add_argument("--statements", type=int, default=1_000_000, help="how many statements to make")
    parser.add_argument("--keep", type=Path, help="the SQLite file to make and keep, or to ask again if it is there")
    parser.add_argument(
        "--postgresql",
        metavar="URL",
        help="an empty database to fill and keep, or to ask again; by default in a server of the benchmark's own",
    )
    args = parser.parse_args()
    with ExitStack() as stack:
        path = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory())) / "record.db"
        if not path.exists():
            articles = [one for one in read_each(args.files, reader=Reader.load()) if isinstance(one, Article)]
            fill(path, articles, n_statements=args.statements)
            print(f"SQLite: {path.stat().st_size / 1e6:,.0f} MB")
        binaries = programs()
        address = args.postgresql or (stack.enter_context(running(binaries)).new() if binaries else None)
        if address and not exists(address):
            copy_to(address, path)
        for one in filter(None, (str(path), address)):
            report(one)


def report(address: str) -> None:
    """Prints how long the questions took, warm."""
    chance = random.Random(SEED)  # noqa: S311
    projector = Projector.load(threads=1)
    with Record.open(address, create=False) as record, record.snapshot() as connection:
        n = connection.scalar(select(func.count()).select_from(schema.statements))
        names = _frequent(connection)
        asked = [(chance.choice(names), chance.choice(WORDS), chance.choice(WORDS)) for _ in range(N_ASKED)]
        number = {name: str(person_called(connection, name)) for name in names}
        kinds: dict[str, Callable[[str, str, str], object]] = {
            "said WHO --about WORD": lambda who, one, _: said(connection, who, about=one),
            "said WHO": lambda who, _, __: said(connection, who),
            "said NUMBER": lambda who, _, __: said(connection, number[who]),
            "search WORD": lambda _, one, __: search(connection, one),
            "search WORD WORD": lambda _, one, two: search(connection, f"{one} {two}"),
            'search "PHRASE WORD" OR PREFIX*': lambda _, one, two: search(connection, f'"the {one}" OR {two[:4]}*'),
            "search WORD --speaker WHO": lambda who, one, _: search(connection, one, speaker=who),
            "search WORD WORD, by meaning too": lambda _, one, two: search(
                connection, f"{one} {two}", projector=projector
            ),
            "search NAME WORD WORD, by meaning too": lambda who, one, two: search(
                connection, f"{who} {one} {two}", projector=projector
            ),
            "search WORD WORD --speaker WHO, by meaning too": lambda who, one, two: search(
                connection, f"{one} {two}", speaker=who, projector=projector
            ),
            "people show NUMBER": lambda who, _, __: person_of(connection, int(number[who])),
        }
        rows = [[name, *_times(ask, asked, connection)] for name, ask in kinds.items()]
        engine = connection.dialect.name
    columns = ["question", "median", "95th of 100", "on the clock", "95th of 100"]
    print_table(f"{engine}, {n:,} statements, {N_ASKED} questions, milliseconds of the processor", columns, rows)


def _frequent(connection: Connection) -> list[str]:
    """Names of people, most of them quoted often, as people ask for; each one's alone."""
    speaker = schema.statements.c.speaker
    is_full = speaker.contains(" ")
    query = select(speaker).where(schema.statements.c.speaker_kind == "person", is_full).group_by(speaker)
    return list(connection.scalars(query.order_by(func.count().desc(), speaker).limit(N_NAMES)))


def _times(
    ask: Callable[[str, str, str], object], asked: Sequence[tuple[str, str, str]], connection: Connection
) -> Iterator[str]:
    for question in asked[:10]:
        ask(*question)
    on_processor, on_clock = [], []
    for question in asked:
        began, began_clock = _processor_s(connection), time.perf_counter()
        ask(*question)
        on_clock.append(1000 * (time.perf_counter() - began_clock))
        on_processor.append(1000 * (_processor_s(connection) - began))
    for times in (on_processor, on_clock):
        yield f"{statistics.median(times):.1f}"
        yield f"{sorted(times)[int(0.95 * len(times)) - 1]:.1f}"


def _processor_s(connection: Connection) -> float:
    """Of this process and, if it has one, of the server's that answers it; that one in hundredths of a second."""
    server = 0.0
    if connection.dialect.name == "postgresql":
        backend = connection.scalar(select(func.pg_backend_pid()))
        fields = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        server = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + server


if __name__ == "__main__":
    main()

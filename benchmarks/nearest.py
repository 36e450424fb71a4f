"""How quickly what is near in meaning is found among very many: `python -m benchmarks.nearest RECORD [--statements N]`.

The vectors of a record that has been read are multiplied, each copy moved a little at random, into a new record of bare
statements, in SQLite or in a PostgreSQL database; then a hundred of them, moved further, are looked for, warm. What is
found is compared with what looking at every vector finds.
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, insert, select, text

from benchmarks.table import print_table
from onrecord.reading.encoder import OWN_MODEL, Encoder
from onrecord.reading.vectors import Cells, unit
from onrecord.record import Record, schema
from onrecord.record.meaning import nearest, nearest_among

SEED = 3
N_ASKED = 100
# A copy differs from its original as one statement from its nearest does, a query from what it asks for by more.
MOVED, ASKED_FROM = 0.6, 0.9
BATCH = 20_000
TO_AN_ARTICLE = 25
TOLD_BY_ONE = 0.04
SPEAKER = "Jorun Falk"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", help="a record with vectors")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--into", help="where to make the large record; by default in a file that goes afterwards")
    args = parser.parse_args()
    cells = Cells.of(Encoder(OWN_MODEL).metadata, OWN_MODEL)
    if cells is None:
        raise SystemExit("the model has no projection")
    base = read(args.record)
    chance = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder, Record.open(args.into or str(Path(folder) / "many.db")) as record:
        every = fill(record, base, n=args.statements, cells=cells, chance=chance)
        report(record, every, cells=cells, chance=chance)


def read(record: str) -> np.ndarray:
    """The vectors of a record, at unit length."""
    with Record.open(record, create=False) as opened, opened.snapshot() as connection:
        numbers = connection.scalars(select(schema.vectors.c.numbers)).all()
    return unit(np.frombuffer(b"".join(numbers), dtype=np.int8).reshape(len(numbers), -1))


def moved(vectors: np.ndarray, *, by: float, chance: np.random.Generator) -> np.ndarray:
    """The vectors, each moved at random by so much of its length."""
    noise = chance.standard_normal(vectors.shape, dtype=np.float32) * (by / np.sqrt(vectors.shape[1]))
    return unit(vectors + noise)


def fill(record: Record, base: np.ndarray, *, n: int, cells: Cells, chance: np.random.Generator) -> np.ndarray:
    """Makes so many statements with vectors; gives back the vectors as signed bytes, by the statements' numbers."""
    made = []
    for start in range(0, n, BATCH):
        copies = moved(base[chance.integers(len(base), size=min(BATCH, n - start))], by=MOVED, chance=chance)
        vectors = [cells.vector(one) for one in copies]
        made.append(np.stack([np.frombuffer(vector.numbers, dtype=np.int8) for vector in vectors]))
        with record.transaction() as connection:
            insert_bare(connection, first=start + 1, n=len(vectors), chance=chance)
            rows = [
                {"projection": one.projection, "cell": one.cell, "statement_id": start + 1 + k, "numbers": one.numbers}
                for k, one in enumerate(vectors)
            ]
            connection.execute(insert(schema.vectors), rows)
    with record.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))
    return np.concatenate(made)


def insert_bare(connection: Connection, *, first: int, n: int, chance: np.random.Generator) -> None:
    """So many statements with nothing in them but a number and, now and then, one and the same speaker."""
    day, now = date(2031, 1, 15), datetime.now(UTC)
    numbers = range(first, first + n)
    known = {"authors": [], "language": "en", "version": 1, "model": "", "program": "", "source_key": "", "text": "",
             "content_hash": "", "text_key": "", "published": day, "added_at": now}  # fmt: skip
    articles = [
        {"id": number // TO_AN_ARTICLE + 1, "name": str(number), "source": "", **known}
        for number in numbers
        if number == 1 or number % TO_AN_ARTICLE == 0
    ]
    connection.execute(insert(schema.articles), articles)
    told = chance.random(n) < TOLD_BY_ONE
    empty = {"content": "", "source_spans": [], "cue_spans": [], "content_spans": [], "act": "assert", "confidence": 1}
    rows = [
        {"id": number, "article_id": number // TO_AN_ARTICLE + 1, "position": number % TO_AN_ARTICLE, **empty,
         "speaker": SPEAKER if by_one else "", "speaker_kind": "person"}
        for number, by_one in zip(numbers, told, strict=True)
    ]  # fmt: skip
    connection.execute(insert(schema.statements), rows)


def report(record: Record, every: np.ndarray, *, cells: Cells, chance: np.random.Generator) -> None:
    """Prints how long it takes, and how many of the ten nearest are found."""
    asked = moved(unit(every[chance.choice(len(every), N_ASKED)]), by=ASKED_FROM, chance=chance)
    own = select(schema.statements.c.id).where(schema.statements.c.speaker == SPEAKER)
    took: dict[str, list[float]] = {"nearest": [], "nearest of one speaker": []}
    recalls, read_rows = [], []
    with record.snapshot() as connection:
        for one in asked:
            vector = cells.vector(one)
            right = set((np.argsort(-cosines(every, one))[:10] + 1).tolist())
            for name, lasted in took.items():
                for _ in range(2):
                    began = time.perf_counter()
                    if name == "nearest":
                        found = nearest(connection, vector, cells=cells)
                    else:
                        nearest_among(connection, vector, chosen=own)
                lasted.append((time.perf_counter() - began) * 1000)
            recalls.append(len(right & {near.id for near in found[:10]}) / 10)
            read_rows.append(len(found))
    rows = [
        (name, f"{statistics.median(ms):.0f}", f"{statistics.quantiles(ms, n=20)[-1]:.0f}") for name, ms in took.items()
    ]
    print_table("## Near in meaning", ("milliseconds", "median", f"95th of {N_ASKED}"), rows)
    print(f"of the ten nearest {np.mean(recalls):.3f} found, among {np.mean(read_rows):,.0f} vectors read")


def cosines(every: np.ndarray, one: np.ndarray) -> np.ndarray:
    """The cosine of each with one, in parts, since all of them as floats are many."""
    return np.concatenate([unit(every[start : start + BATCH]) @ one for start in range(0, len(every), BATCH)])


if __name__ == "__main__":
    main()

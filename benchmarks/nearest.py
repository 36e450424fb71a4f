"""What share of the nearest vectors a search finds: `python -m benchmarks.nearest RECORD`, one that has vectors.

A hundred of its vectors, moved at random as a query is from what it asks for, are looked for in the nearest cells, and
what is found is compared with what looking at every vector finds. How long a search takes benchmarks/record.py tells.
"""

import argparse
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from benchmarks.multiplied import SEED, moved, own_cells
from benchmarks.table import print_table
from onrecord.reading.vectors import Cells, unit
from onrecord.record import Record, meaning, schema
from onrecord.record.meaning import nearest
from onrecord.statement import Vector

N_ASKED = 100
MOVED = 0.9
BATCH = 20_000
LOOKED_AT = (5_000, 10_000, 20_000, 40_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", help="a record with vectors")
    args = parser.parse_args()
    cells = own_cells()
    noise = np.random.default_rng(SEED)
    with Record.open(args.record, create=False) as record, record.snapshot() as connection:
        ids, every = read(connection, projection=cells.projection)
        asked = [
            cells.vector(moved(Vector(cells.projection, 0, every[place].tobytes()), by=MOVED, noise=noise))
            for place in noise.choice(len(every), N_ASKED, replace=False)
        ]
        right = [{ids[place] for place in np.argsort(-cosines(every, one), kind="stable")[:10]} for one in asked]
        rows = [row(connection, asked, right, cells=cells, enough=enough) for enough in LOOKED_AT]
    print_table(
        f"{len(ids):,} vectors", ["vectors to look at, at least", "looked at", "of the ten nearest found"], rows
    )


def read(connection: Connection, *, projection: str) -> tuple[list[int], NDArray[np.int8]]:
    """The statements that have a vector, and the vectors (statements, dimensions)."""
    table = schema.vectors
    query = select(table.c.statement_id, table.c.numbers).where(table.c.projection == projection)
    found = connection.execute(query).all()
    numbers = np.frombuffer(b"".join(row.numbers for row in found), dtype=np.int8)
    return [row.statement_id for row in found], numbers.reshape(len(found), -1)


def row(
    connection: Connection, asked: list[Vector], right: list[set[int]], *, cells: Cells, enough: int
) -> tuple[str, str, str]:
    """The cells of the table where at least so many vectors are looked at."""
    found = [nearest(connection, one, cells=cells, enough=enough) for one in asked]
    shares = [len(ten.intersection(some.ids[:10].tolist())) / 10 for some, ten in zip(found, right, strict=True)]
    own = " (as it is)" if enough == meaning.ENOUGH else ""
    return f"{enough:,}{own}", f"{np.mean([len(some.ids) for some in found]):,.0f}", f"{np.mean(shares):.3f}"


def cosines(every: NDArray[np.int8], one: Vector) -> NDArray[np.float32]:
    """The cosine of each with one, in parts, since all of them as floats are many."""
    return np.concatenate(list(_cosines(every, unit(np.frombuffer(one.numbers, dtype=np.int8)))))


def _cosines(every: NDArray[np.int8], one: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(every), BATCH):
        yield unit(every[start : start + BATCH]) @ one


if __name__ == "__main__":
    main()

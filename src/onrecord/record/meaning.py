"""What is near in meaning to what somebody looks for, from a plain table, in either database.

Each vector lies in one of the projection's cells, and rows stand by their cells, so that the nearest cells are read in
one go and scored here; a small record is read whole. What another projection made is not compared: its numbers mean
something else.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from onrecord.reading.decode import Floats
from onrecord.reading.vectors import Cells, unit
from onrecord.record import schema
from onrecord.statement import Vector

# Cells are read until there are so many vectors; a smaller record is read whole. docs/search.md says what share of the
# ten nearest that finds (benchmarks/nearest.py): more would, but a search in PostgreSQL has to end within 150 ms.
ENOUGH = 10_000
FIRST_CELLS = 8
# Of one speaker's statements so many, the latest: each has to be looked up for itself.
MAX_OWN = 3_000
_VECTORS = schema.vectors
Row = tuple[int, bytes]
_NUMBERS = (_VECTORS.c.statement_id, _VECTORS.c.numbers)


class Near(NamedTuple):
    """Statements, the nearest first, and how near each is: the cosines."""

    ids: NDArray[np.int64]
    likeness: Floats


def nearest(connection: Connection, vector: Vector, *, cells: Cells, enough: int = ENOUGH) -> Near:
    """Statements near the vector, old versions' among them, the nearest first: at least `enough` if there are."""
    order = cells.nearest(np.frombuffer(vector.numbers, dtype=np.int8)).tolist()
    rows: list[Row] = []
    done, size = 0, FIRST_CELLS
    while done < len(order) and len(rows) < enough:
        query = select(*_NUMBERS).where(
            _VECTORS.c.projection == vector.projection, _VECTORS.c.cell.in_(order[done : done + size])
        )
        rows += _rows(connection, query)
        done += size
        # As many more as will do if they are as full as those before.
        size = max(FIRST_CELLS, (enough - len(rows)) * done // max(len(rows), 1))
    return scored(rows, vector)


def nearest_among(connection: Connection, vector: Vector, *, chosen: Select[Any]) -> Near:
    """The same of the statements whose ids are chosen, of very many the latest."""
    latest = chosen.order_by(schema.statements.c.id.desc()).limit(MAX_OWN).subquery()
    query = (
        select(*_NUMBERS)
        .join(latest, latest.c.id == _VECTORS.c.statement_id)
        .where(_VECTORS.c.projection == vector.projection)
    )
    return scored(_rows(connection, query), vector)


def _rows(connection: Connection, query: Select[Any]) -> Sequence[Row]:
    """The rows as the driver gives them: of tens of thousands, to make more of each takes most of the time."""
    found: Sequence[Row] = connection.execute(query).cursor.fetchall()
    return found


def scored(rows: Sequence[Row], vector: Vector) -> Near:
    """The statements, each with its numbers, in the order of how near they are; of two alike the older first."""
    asked = np.frombuffer(vector.numbers, dtype=np.int8)
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    numbers = np.frombuffer(b"".join([row[1] for row in rows]), dtype=np.int8).reshape(len(rows), len(asked))
    values = numbers.astype(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", values, values))
    likeness = (values @ unit(asked)) / np.maximum(lengths, 1)
    order = np.lexsort((ids, -likeness))
    return Near(ids[order], likeness[order])

"""What is near in meaning to what somebody looks for, from a plain table, in either database.

Each vector lies in one of the projection's cells, and rows stand by their cells, so that the nearest cells are read in
one go and scored here; a small record is read whole. What another projection made is not compared: its numbers mean
something else.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Select, select

from onrecord.reading.vectors import Cells, unit
from onrecord.record import schema
from onrecord.statement import Vector

# Cells are read, twice as many each time, until there are so many vectors; a smaller record is read whole. Of the ten
# nearest of a million statements that finds the share that docs/search.md tells.
ENOUGH = 10_000
FIRST_CELLS = 8
# Of one speaker's statements so many, the latest: each has to be looked up for itself.
MAX_OWN = 5_000
_VECTORS = schema.vectors
_NUMBERS = (_VECTORS.c.statement_id, _VECTORS.c.numbers)


class Near(NamedTuple):
    """A statement and how near it is: the cosine."""

    id: int
    likeness: float


def nearest(connection: Connection, vector: Vector, *, cells: Cells) -> list[Near]:
    """Statements near the vector, old versions' among them, the nearest first: at least `ENOUGH` if there are."""
    order = cells.nearest(np.frombuffer(vector.numbers, dtype=np.int8)).tolist()
    rows: list[Any] = []
    done, size = 0, FIRST_CELLS
    while done < len(order) and len(rows) < ENOUGH:
        query = select(*_NUMBERS).where(
            _VECTORS.c.projection == vector.projection, _VECTORS.c.cell.in_(order[done : done + size])
        )
        rows += connection.execute(query).all()
        done, size = done + size, size + done
    return scored(rows, vector)


def nearest_among(connection: Connection, vector: Vector, *, chosen: Select[Any]) -> list[Near]:
    """The same of the statements whose ids are chosen, of very many the latest."""
    latest = chosen.order_by(schema.statements.c.id.desc()).limit(MAX_OWN).subquery()
    query = (
        select(*_NUMBERS)
        .join(latest, latest.c.id == _VECTORS.c.statement_id)
        .where(_VECTORS.c.projection == vector.projection)
    )
    return scored(connection.execute(query).all(), vector)


def scored(rows: Sequence[Any], vector: Vector) -> list[Near]:
    """The statements, each with its numbers, in the order of how near they are; of two alike the older first."""
    if not rows:
        return []
    asked = np.frombuffer(vector.numbers, dtype=np.int8)
    ids = np.array([row[0] for row in rows])
    numbers = np.frombuffer(b"".join([row[1] for row in rows]), dtype=np.int8).reshape(len(rows), len(asked))
    likeness = unit(numbers) @ unit(asked)
    order = np.lexsort((ids, -likeness))
    return [Near(*pair) for pair in zip(ids[order].tolist(), likeness[order].tolist(), strict=True)]

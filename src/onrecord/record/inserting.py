"""Rows written together: in PostgreSQL all of one table in one question, which saves half of what one each takes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.record.columns import Valued


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, unless_there: bool = False
) -> None:
    """Writes rows that all have the same columns; with `unless_there` those whose key no row has."""
    if rows and connection.dialect.name == "postgresql":
        connection.execute(_of_list(table, tuple(rows[0]), unless_there=unless_there), {"rows": rows})
    elif rows:
        connection.execute(_of_each(table, unless_there=unless_there), rows)


@cache
def _of_each(table: Table, *, unless_there: bool) -> Insert:
    made = sqlite.insert(table)
    return made.on_conflict_do_nothing() if unless_there else made


@cache
def _of_list(table: Table, names: tuple[str, ...], *, unless_there: bool) -> Insert:
    """All rows from one parameter, a list of objects: so the question is always the same, and prepared."""
    columns = [column(name, table.c[name].type) for name in names]
    rows = func.jsonb_to_recordset(bindparam("rows", type_=Valued))
    given = rows.table_valued(*columns).render_derived(name="given", with_types=True)
    made = postgresql.insert(table).from_select(list(names), select(given))
    return made.on_conflict_do_nothing() if unless_there else made

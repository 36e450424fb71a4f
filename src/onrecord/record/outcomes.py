"""What became of every input: one row each, under the run that it came in.

A run is one call of a command. Rows are added and never changed, so that "what went wrong last night" and "since when
is this page gone" stay questions that can be asked.
"""

from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from sqlalchemy import Connection, insert

from onrecord.errors import Outcome
from onrecord.record import schema
from onrecord.record.rows import written
from onrecord.record.stored import Reread, Stored


@cache
def program_version() -> str:
    """The version of the program that is running."""
    return version("onrecord")


def start_run(connection: Connection, *, command: str) -> int:
    """Notes that a command begins; the run's id."""
    values = {"command": command, "program": program_version(), "started_at": datetime.now(UTC)}
    return int(connection.execute(insert(schema.runs).values(values).returning(schema.runs.c.id)).scalar_one())


def note_outcome(
    connection: Connection,
    *,
    source: str,
    outcome: Outcome | Stored | Reread,
    reason: str | None = None,
    run: int | None = None,
    article_id: int | None = None,
) -> None:
    """Notes with what an input ended, and why where it failed; `article_id` is the record's article that it is."""
    connection.execute(
        insert(schema.outcomes).values(
            run_id=run,
            source=written(source),
            outcome=outcome.value,
            reason=reason and written(reason),
            article_id=article_id,
            ended_at=datetime.now(UTC),
        )
    )

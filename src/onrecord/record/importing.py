"""Articles that have been read elsewhere, kept as if they had been read here: no model sees them again.

As in adding, a batch is one transaction, and only when that has ended is any of it reported.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.record.adding import Added
from onrecord.record.articles import store
from onrecord.record.database import Record
from onrecord.record.outcomes import note_outcome, start_run
from onrecord.record.stored import NOTHING_BESIDE, Beside

_AT_ONCE = 32  # articles: about half a second, for which other writers have to wait


@dataclass(frozen=True, slots=True)
class Imported:
    """An article with its statements, the id of the model that read it, and what a record kept beside it."""

    article: Article
    model: str
    beside: Beside = NOTHING_BESIDE


def imported_each(brought: Iterable[Imported | InputError], *, record: Record) -> Generator[Added | InputError]:
    """What became of each, in their order, once it is on the disk. Raises RecordError."""
    with record.transaction() as connection:
        run = start_run(connection, command="import")
    remaining = iter(brought)
    while batch := list(islice(remaining, _AT_ONCE)):
        with record.transaction() as connection:
            ends = [_kept(connection, one, run=run) for one in batch]
        yield from ends


def _kept(connection: Connection, one: Imported | InputError, *, run: int) -> Added | InputError:
    if isinstance(one, Imported):
        try:
            return Added(one.article, store(connection, one.article, model=one.model, run=run, beside=one.beside))
        except InputError as failure:  # then nothing was written
            one = failure
    note_outcome(connection, source=one.source, outcome=one.outcome, reason=str(one), run=run)
    return one

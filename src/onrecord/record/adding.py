"""From inputs into the record: asked first, read by the model only if it is new, kept, and its outcome noted.

One transaction an article, so that what was reported is there whatever happens next, and the same call goes on where
it stopped: what the record holds is not read again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.pipeline import read_article
from onrecord.reading.reader import Reader
from onrecord.record.articles import recognised, store
from onrecord.record.database import Record
from onrecord.record.gone import note_kept
from onrecord.record.outcomes import note_outcome, start_run
from onrecord.record.stored import Stored


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article; without statements where they did not have to be read."""

    article: Article
    stored: Stored


def added_each(
    taken: Iterable[Article | InputError], *, record: Record, reader: Reader
) -> Iterator[Added | InputError]:
    """What became of each, in their order and as soon as it is on the disk. Raises RecordError."""
    with record.transaction() as connection:
        run = start_run(connection, command="add")
    for one in taken:
        yield added(one, record=record, reader=reader, run=run)


def added(one: Article | InputError, *, record: Record, reader: Reader, run: int) -> Added | InputError:
    """Reads one article, keeps it and notes its outcome in the run; of a failed input, only the outcome.

    A page that is gone but in the record is unchanged, and that it is gone is noted. Raises RecordError.
    """
    try:
        if isinstance(one, InputError):
            raise one
        return _added(one, record=record, reader=reader, run=run)
    except InputError as failure:
        with record.transaction() as connection:
            kept = note_kept(connection, failure, run=run)
            if kept is not None:
                return Added(kept, Stored.UNCHANGED)
            note_outcome(connection, source=failure.source, outcome=failure.outcome, reason=str(failure), run=run)
        return failure


def _added(article: Article, *, record: Record, reader: Reader, run: int) -> Added:
    with record.transaction() as connection:
        known = recognised(connection, article, run=run)
    if known is not None:
        return Added(article, known)
    read = read_article(article, reader)
    if isinstance(read, InputError):
        raise read
    with record.transaction() as connection:
        return Added(read, store(connection, read, model=reader.encoder.metadata.id, run=run))

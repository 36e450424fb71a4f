"""From inputs into the record: asked first, read by the model only if it is new, kept, and its outcome noted.

What is read by several processes is kept by this one alone. What has been read while one transaction ended is the next
one's, an article or many, and only when it has ended is any of it reported. So what was reported is there whatever
happens next, and the same call goes on where it stopped: what the record holds is not read again.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.reading.reader import Reader
from onrecord.record.articles import recognised, store
from onrecord.record.database import Record
from onrecord.record.gone import note_kept
from onrecord.record.outcomes import note_outcome, start_run
from onrecord.record.stored import Stored
from onrecord.workers import NOBODY_ELSE, Crew, read_in_batches


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article; without statements where they did not have to be read."""

    article: Article
    stored: Stored


def added_each(
    taken: Iterable[Article | InputError], *, record: Record, reader: Reader, crew: Crew = NOBODY_ELSE
) -> Generator[Added | InputError]:
    """What became of each, in their order and as soon as it is on the disk.

    With a crew, what its workers have read since the last transaction is kept in the next. Raises RecordError, and
    ModelError where no worker can start.
    """
    with record.transaction() as connection:
        run = start_run(connection, command="add")
    adding = _Adding(record, model=reader.encoder.metadata.id, run=run)
    with closing(read_in_batches(map(adding.asked, taken), reader=reader, crew=crew)) as batches:
        for batch in batches:
            yield from adding.kept(batch)


def added(one: Article | InputError, *, record: Record, reader: Reader, run: int) -> Added | InputError:
    """Reads one article, keeps it and notes its outcome in the run; of a failed input, only the outcome.

    A page that is gone but in the record is unchanged, and that it is gone is noted. Raises RecordError.
    """
    adding = _Adding(record, model=reader.encoder.metadata.id, run=run)
    (batch,) = read_in_batches([adding.asked(one)], reader=reader)
    (end,) = adding.kept(batch)
    return end


@dataclass(frozen=True, slots=True)
class _Adding:
    """Into which record what is read goes, by which model, in which run."""

    record: Record
    model: str
    run: int

    def asked(self, one: Article | InputError) -> Article | Added | InputError:
        """What the record makes of an article that it holds, noted; else the article, which is to be read."""
        if isinstance(one, InputError):
            return one
        try:
            with self.record.transaction() as connection:
                known = recognised(connection, one, run=self.run)
        except InputError as failure:
            return failure
        return Added(one, known) if known else one

    def kept(self, batch: Sequence[Article | Added | InputError]) -> list[Added | InputError]:
        """What became of them, once it is on the disk: all of it or, on an error, nothing."""
        known = [one for one in batch if isinstance(one, Added)]
        if len(known) == len(batch):
            return [*known]
        with self.record.transaction() as connection:
            return [one if isinstance(one, Added) else self._kept(connection, one) for one in batch]

    def _kept(self, connection: Connection, one: Article | InputError) -> Added | InputError:
        if isinstance(one, Article):
            try:
                return Added(one, store(connection, one, model=self.model, run=self.run))
            except InputError as failure:  # then nothing was written
                one = failure
        kept = note_kept(connection, one, run=self.run)
        if kept is not None:
            return Added(kept, Stored.UNCHANGED)
        note_outcome(connection, source=one.source, outcome=one.outcome, reason=str(one), run=self.run)
        return one

"""Articles that another model has read are read again, from their stored text.

Newest versions alone: an old one stays as it was read. What has been read while one transaction ended is the next
one's, as in adding; each article in it is whole, the old reading or the new. Which are still to be read their `model`
tells, so that a call that was interrupted is simply repeated.
"""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from onrecord.article import Article
from onrecord.errors import InputError, UsageError, shown
from onrecord.reading.reader import Reader
from onrecord.record import schema
from onrecord.record.carrying import replace_reading
from onrecord.record.database import Record
from onrecord.record.outcomes import note_outcome, start_run
from onrecord.record.rows import article_of
from onrecord.record.stored import Reread
from onrecord.workers import NOBODY_ELSE, Crew, read_in_batches

_ARTICLES = schema.articles


@dataclass(frozen=True, slots=True)
class Again:
    """What became of one article."""

    article: Article
    ended: Reread


@dataclass(frozen=True, slots=True)
class Which:
    """Which articles are meant: those of these names, or all; `read_by_same`, those that this model has read, too."""

    names: tuple[str, ...] = ()
    read_by_same: bool = False

    def meant(self, model: str) -> ColumnElement[bool]:
        """What is true of them."""
        by_name = _ARTICLES.c.name.in_(self.names) if self.names else true()
        by_model = true() if self.read_by_same else _ARTICLES.c.model != model
        return and_(_ARTICLES.c.superseded_by.is_(None), by_name, by_model)


def n_to_reread(record: Record, which: Which, *, model: str) -> int:
    """How many there are. Raises UsageError for a name that no article has."""
    with record.snapshot() as connection:
        there = set(connection.scalars(select(_ARTICLES.c.name).where(_ARTICLES.c.name.in_(which.names))))
        for name in which.names:
            if name not in there:
                raise UsageError(f"no article is called {shown(name)}; names are what `onrecord add` reports")
        return connection.scalar(select(func.count()).select_from(_ARTICLES).where(which.meant(model))) or 0


def reread_each(
    record: Record, which: Which, *, reader: Reader, crew: Crew = NOBODY_ELSE
) -> Generator[Again | InputError]:
    """What became of each, in the order in which they came into the record, as soon as it is on the disk.

    Raises RecordError, and ModelError where no worker can start.
    """
    model = reader.encoder.metadata.id
    with record.snapshot() as connection:
        ids = list(connection.scalars(select(_ARTICLES.c.id).where(which.meant(model)).order_by(_ARTICLES.c.id)))
    with record.transaction() as connection:
        run = start_run(connection, command="reread")
    rereading = _Rereading(record, which, model=model, run=run, taken=deque())
    with closing(read_in_batches(rereading.each(ids), reader=reader, crew=crew)) as batches:
        for batch in batches:
            yield from rereading.kept(batch)


@dataclass(frozen=True, slots=True)
class _Rereading:
    """What is read again, by which model, in which run; `taken` are the numbers of what has been handed out."""

    record: Record
    which: Which
    model: str
    run: int
    taken: deque[int]

    def each(self, ids: Sequence[int]) -> Iterator[Article]:
        """The articles as they were before they were read, each fetched when it is due."""
        for number in ids:
            with self.record.snapshot() as connection:
                row = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id == number)).first()
                article = article_of(connection, row) if row else None
            if article is not None:
                self.taken.append(number)
                yield replace(article, statements=(), comment_requests=(), cited_outlets=())

    def kept(self, batch: Sequence[Article | InputError]) -> list[Again | InputError]:
        """What became of them, once it is on the disk: all of it or, on an error, nothing."""
        with self.record.transaction() as connection:
            return [self._kept(connection, self.taken.popleft(), one) for one in batch]

    def _kept(self, connection: Connection, number: int, one: Article | InputError) -> Again | InputError:
        if isinstance(one, InputError):
            note_outcome(
                connection,
                source=one.source,
                outcome=one.outcome,
                reason=str(one),
                run=self.run,
                article_id=self._if_there(connection, number),
            )
            return one
        still = select(_ARTICLES.c.id).where(_ARTICLES.c.id == number, self.which.meant(self.model))
        ended = Reread.REREAD if connection.scalar(still) is not None else Reread.UNCHANGED
        if ended is Reread.REREAD:
            replace_reading(connection, number, one, model=self.model)
        there = self._if_there(connection, number)
        note_outcome(connection, source=one.source, outcome=ended, run=self.run, article_id=there)
        return Again(one, ended)

    def _if_there(self, connection: Connection, number: int) -> int | None:
        """The number, if nobody has taken the article out meanwhile."""
        return connection.scalar(select(_ARTICLES.c.id).where(_ARTICLES.c.id == number))

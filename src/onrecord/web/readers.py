"""The reader on the server: one, loaded when it is first asked for, that reads one text at a time.

Who would have to wait behind more than a few is told to come again, so that the server never piles up work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from fastapi import HTTPException

from onrecord.article import Article
from onrecord.exchange.days import day_given
from onrecord.intake.document import Document
from onrecord.intake.inputs import articles_in
from onrecord.pipeline import read_article
from onrecord.reading.reader import Reader
from onrecord.settings import Settings

MOST_WAITING = 4


@dataclass(slots=True)
class Readers:
    """Reads what is sent to the server, a text at a time."""

    settings: Settings
    _reader: Reader | None = None
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_WAITING))
    _turn: Lock = field(default_factory=Lock)

    def read_sent(self, data: bytes, *, published: str) -> Article:
        """The article in what somebody sent, with its statements.

        Raises InputError, UsageError for a date that is none, and HTTPException where too many wait.
        """
        day = day_given(published) if published.strip() else None
        taken = next(iter(articles_in(Document(data, "what was sent", "sent", published=day))))
        if not isinstance(taken, Article):
            raise taken
        with self._next_turn() as reader:
            read = read_article(taken, reader)
        if not isinstance(read, Article):
            raise read
        return read

    @contextmanager
    def _next_turn(self) -> Iterator[Reader]:
        if not self._places.acquire(blocking=False):
            raise HTTPException(
                503, "several texts are being read; send yours again in a minute", {"retry-after": "60"}
            )
        try:
            with self._turn:
                if self._reader is None:
                    self._reader = Reader.load(self.settings.model, threads=self.settings.threads)
                yield self._reader
        finally:
            self._places.release()

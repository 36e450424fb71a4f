"""What the server holds while it runs: the open record, the model's projector, and the numbers of the first page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.errors import ModelError
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web.overview import Overviews
from onrecord.web.placings import Placings
from onrecord.web.readers import Readers
from onrecord.web.sessions import Sessions

if TYPE_CHECKING:
    from onrecord.reading.vectors import Projector


@dataclass(frozen=True, slots=True)
class Serving:
    """How a record is served: its address, the program's settings, and whether anybody may write.

    `hosts` are the names by which it is reached, any if there are none: who is led here by another name, as by a page
    of a name that its owner has point to this machine, gets nothing. `max_body` is in bytes, `requests_per_minute`
    counts those of one client.
    """

    record: str
    settings: Settings
    hosts: frozenset[str] = frozenset()
    public: bool = False
    max_body: int = 2_000_000
    requests_per_minute: int = 600

    def is_host(self, given: str) -> bool:
        """Whether it is reached by this name, which may have a port."""
        name = given.rpartition("]")[0] + "]" if given.startswith("[") else given.partition(":")[0]
        return not self.hosts or name.casefold() in self.hosts


@dataclass(slots=True)
class Held:
    """What all requests share; each asks the record by a connection of its own."""

    serving: Serving
    record: Record
    overviews: Overviews = field(init=False)
    sessions: Sessions = field(init=False)
    readers: Readers = field(init=False)
    placings: Placings = field(init=False)
    _projector: "Projector | None" = None
    _sought: bool = False
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.overviews = Overviews(self.record)
        self.sessions = Sessions()
        self.readers = Readers(self.serving.settings)
        self.placings = Placings(self.record)

    def close(self) -> None:
        """Ends what goes on beside the requests."""
        self.overviews.close()
        self.placings.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for writing, alone; kept at the end, undone on any error."""
        with self.record.transaction() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading, which sees one state of the record."""
        with self.record.snapshot() as connection:
            yield connection

    def projector(self) -> "Projector | None":
        """What tells the meaning of what is typed, loaded when it is first asked for; none if the model has none."""
        with self._lock:
            if not self._sought:
                self._sought = True
                # It takes most of the time in which a server starts, and the first page does not need it.
                from onrecord.reading.vectors import Projector  # noqa: PLC0415

                try:
                    self._projector = Projector.load(threads=1)
                except ModelError:
                    self._projector = None
        return self._projector

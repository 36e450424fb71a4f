"""`onrecord watch`: feeds polled for as long as one likes, what is new in them added to the record."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import AllowPrivate, RecordAddress, leave, say_counts
from onrecord.cli.terminal import FAILED, complain, printable
from onrecord.errors import InputError
from onrecord.settings import Settings

if TYPE_CHECKING:
    from rich.status import Status

    from onrecord.watching import Event, Polled, Watch

POLLED = "polled"


@dataclass(slots=True)
class _Tally:
    """What has happened so far: how polls and articles ended, and until when there is nothing more to do."""

    polls: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    idle_until: str = ""


def watch(
    context: typer.Context,
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED", help="Addresses of feeds, and OPML files that list some.")
    ],
    record: RecordAddress = None,
    every: Annotated[
        int, typer.Option(metavar="MINUTES", min=1, help="How often to poll a feed, unless it asks for less.")
    ] = 15,
    once: Annotated[bool, typer.Option("--once", help="Poll every feed that is due, and leave.")] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Watch feeds, and add every new article in them to a record.

    It goes on until Ctrl-C. When each feed is due and what was in it is kept in the record, so the next call goes on
    where this one stopped. With --once, the exit code says whether all the feeds that were due could be polled.

    Example: onrecord watch examples/feeds.opml --record news.db
    """
    from onrecord.record.stored import Stored

    addresses = _addresses(feeds)
    tally = _Tally()
    with _begun(record, every=every, allow_private=allow_private, settings=context.obj) as begun, _footer() as footer:
        try:
            for event in begun.round(addresses) if once else begun.rounds(addresses):
                _report(event, tally, footer=footer)
        finally:
            if tally.outcomes:
                say_counts(tally.outcomes, done=[*Stored])
    if not tally.polls:
        complain(f"no feed is due before {tally.idle_until}")
    leave(tally.polls, done=[POLLED])


def _addresses(feeds: list[str]) -> tuple[str, ...]:
    from onrecord.watching import feeds_in

    try:
        return feeds_in(feeds)
    except InputError as error:
        complain(f"{error.source}: {error}")
        raise typer.Exit(FAILED) from error


@contextmanager
def _begun(record: str | None, *, every: int, allow_private: bool, settings: Settings) -> Iterator["Watch"]:
    from onrecord.intake.fetch import Fetcher
    from onrecord.reading.reader import Reader
    from onrecord.record import Record
    from onrecord.watching import Watch

    with (
        Record.open(record or settings.record) as opened,
        Fetcher(cache=settings.cache, allow_private=allow_private) as fetcher,
    ):
        reader = Reader.load(settings.model, threads=settings.threads)
        yield Watch.begin(record=opened, fetcher=fetcher, reader=reader, every=timedelta(minutes=every))


@contextmanager
def _footer() -> Iterator["Status | None"]:
    """The last line of a terminal, which says what is going on; none where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status("polling") as status:
        yield status


def _report(event: "Event", tally: _Tally, *, footer: "Status | None") -> None:
    """Counts what happened and says it in one line."""
    from onrecord.record.adding import Added
    from onrecord.watching import Idle, Polled

    match event:
        case Polled():
            tally.polls[event.failure.outcome if event.failure else POLLED] += 1
            words = f"{event.address}: {_found(event)}; next poll at {_clock(event.next_due)}"
            _say(words, footer=footer, style="red" if event.failure else "dim")
        case Added():
            tally.outcomes[event.stored] += 1
            article = event.article
            _say(f"{article.source}: {event.stored}: {article.title or article.id}", footer=footer, style="bold")
        case InputError():
            tally.outcomes[event.outcome] += 1
            _say(f"{event.source}: {event}", footer=footer, style="red")
        case Idle():
            tally.idle_until = _clock(event.until)
            if footer:
                footer.update(f"nothing to do before {tally.idle_until}; Ctrl-C ends it")


def _found(polled: "Polled") -> str:
    if polled.failure:
        return str(polled.failure)
    if polled.n_entries is None:
        return "not changed"
    return f"{polled.n_entries} {'entry' if polled.n_entries == 1 else 'entries'}, {polled.n_new} new"


def _say(words: str, *, footer: "Status | None", style: str) -> None:
    if footer is None:
        complain(words)
        return
    from rich.text import Text

    footer.update("polling")
    footer.console.print(Text(printable(words), style), soft_wrap=True)


def _clock(moment: datetime) -> str:
    """The moment by the clock on this computer's wall."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"

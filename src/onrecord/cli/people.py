"""`onrecord people`: who is who in the record, listed, shown, merged, split, and linked to other people's lists."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.deciding import By, signature, to_decide, to_read
from onrecord.cli.inputs import RecordAddress, leave, say_counts
from onrecord.cli.listing import ListAs, ListFormat, listing
from onrecord.cli.terminal import complain, ended_cleanly
from onrecord.errors import InputError
from onrecord.statement import SpeakerKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.proposing import Proposal

Who = Annotated[str, typer.Argument(metavar="WHO", help="A number, or a name that only one has.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")]

people = typer.Typer(
    name="people",
    help="Who is who: people, organisations and outlets across all articles of the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@people.command("list")
@ended_cleanly()
def list_(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only those with these words in a name.")] = None,
    kind: Annotated[
        SpeakerKind | None, typer.Option("--kind", help="Only these: person, organisation or outlet.")
    ] = None,
    limit: Limit = 50,
    output: ListAs = ListFormat.TABLE,
    record: RecordAddress = None,
) -> None:
    """List people, those with the most statements first.

    Example: onrecord people list --kind outlet --record news.db
    """
    from onrecord.record.people import list_people

    with to_read(context, record) as connection:
        entries = list_people(connection, name=name, kind=kind, limit=limit)
    columns = ("id", "kind", "name", "n_statements", "n_articles", "first", "last", "authority")
    rows = ((e.id, e.kind, e.name, e.n_statements, e.n_articles, e.first, e.last, e.authority) for e in entries)
    _write(listing(columns, rows, output=output))


@people.command()
@ended_cleanly()
def show(
    context: typer.Context,
    who: Who,
    limit: Limit = 20,
    output: ListAs = ListFormat.TABLE,
    record: RecordAddress = None,
) -> None:
    """Show one person: names, roles, what was decided, and the newest statements.

    As csv, the statements alone.

    Example: onrecord people show "Lenka Duforth" --record news.db
    """
    from onrecord.cli.person import written
    from onrecord.record.people import person_called, person_of

    with to_read(context, record) as connection:
        person = person_of(connection, person_called(connection, who), limit=limit)
    _write(written(person, output=output))


@people.command()
@ended_cleanly()
def review(
    context: typer.Context,
    accept: Annotated[list[int] | None, typer.Option("--accept", metavar="ID", help="These two are one.")] = None,
    reject: Annotated[list[int] | None, typer.Option("--reject", metavar="ID", help="These two are two.")] = None,
    by: By = None,
    output: Annotated[
        ListFormat | None, typer.Option("--format", help="List the proposals instead of asking about each.")
    ] = None,
    record: RecordAddress = None,
) -> None:
    """Go through the pairs that may be one person, and decide on each.

    On a terminal each pair is shown with what both said, and y, n or s (skip) decides. Elsewhere, or with --format, the
    pairs are listed.

    Example: onrecord people review --format table --record news.db
    """
    from onrecord.record.deciding import decide

    answers = [(number, True) for number in accept or ()] + [(number, False) for number in reject or ()]
    if answers:
        with to_decide(context, record) as connection:
            for number, accepted in answers:
                decided = decide(connection, number, accept=accepted, by=signature(by))
                complain(f"proposal {number} {'accepted' if accepted else 'rejected'}: {_undoing(decided)}")
    elif output is None and sys.stdin.isatty() and sys.stdout.isatty():
        _ask_each(context, record, by=signature(by))
    else:
        _list_proposals(context, record, output=output or ListFormat.TABLE)


@people.command()
@ended_cleanly()
def merge(
    context: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="A", help="Whose name stays: a number or a name.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Who is the same: a number or a name.")],
    by: By = None,
    record: RecordAddress = None,
) -> None:
    """Say that two are one.

    Example: onrecord people merge "Benjamin Haddad" "Ben Haddad" --by ilse
    """
    from onrecord.record import deciding
    from onrecord.record.people import person_called

    with to_decide(context, record) as connection:
        one, two = person_called(connection, keep), person_called(connection, other)
        decided = deciding.merge(connection, one, two, by=signature(by))
    complain(f"{two} is {one} now: {_undoing(decided)}")


@people.command()
@ended_cleanly()
def split(  # noqa: PLR0913, PLR0917 - one argument for each option
    context: typer.Context,
    who: Who,
    name: Annotated[list[str] | None, typer.Option("--name", help="What bears this name.")] = None,
    article: Annotated[list[str] | None, typer.Option("--article", metavar="ID", help="What this article has.")] = None,
    statement: Annotated[
        list[int] | None, typer.Option("--statement", metavar="NUMBER", help="This statement, as `show` numbers it.")
    ] = None,
    by: By = None,
    record: RecordAddress = None,
) -> None:
    """Say that a part of somebody is somebody else: what bears a name, stands in an article, or single statements.

    Example: onrecord people split 7 --article harbour-closes --by ilse
    """
    from onrecord.record import deciding
    from onrecord.record.people import person_called

    part = deciding.Part(tuple(name or ()), tuple(article or ()), tuple(statement or ()))
    with to_decide(context, record) as connection:
        one = person_called(connection, who)
        new, decided = deciding.split(connection, one, part, by=signature(by))
    complain(f"{new} was split off from {one}: {_undoing(decided)}")


@people.command()
@ended_cleanly()
def undo(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(metavar="DECISION", help="The decision's number, as `show` has it.")],
    by: By = None,
    record: RecordAddress = None,
) -> None:
    """Take a decision back, as if it had not been made; the log keeps it.

    Example: onrecord people undo 12
    """
    from onrecord.record import deciding

    with to_decide(context, record) as connection:
        undone = deciding.undo(connection, decision, by=signature(by))
    complain(f"undone: {undone.verdict} of {undone.person_id} and {undone.other_id}, by {undone.decided_by}")


@people.command("import")
@ended_cleanly()
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with id, name, aliases, roles; or FollowTheMoney.")],
    record: RecordAddress = None,
) -> None:
    """Link people to an authority list; whoever is not certainly one of the list's is proposed.

    Example: onrecord people import ministers.csv --record news.db
    """
    from onrecord.exchange.authority import read_authority
    from onrecord.record.listed import Linked, link

    tally: Counter[str] = Counter()
    with to_decide(context, record) as connection:
        for entry in read_authority(file):
            if isinstance(entry, InputError):
                tally[entry.outcome] += 1
                complain(f"{entry.source}: {entry}")
            else:
                tally[link(connection, entry)] += 1
    say_counts(tally, done=[*Linked])
    leave(tally, done=[*Linked])


def _ask_each(context: typer.Context, record: str | None, *, by: str) -> None:
    """Asks about one proposal after the other; each answer is kept at once."""
    from onrecord.cli.person import side_by_side
    from onrecord.record.deciding import decide
    from onrecord.record.proposing import open_proposals

    with to_read(context, record) as connection:
        waiting = open_proposals(connection)
    for number, proposal in enumerate(waiting, start=1):
        with to_read(context, record) as connection:
            now = next(iter(open_proposals(connection, only=proposal.id)), None)
            if now is None:  # settled by an answer before
                continue
            pair = side_by_side(connection, now)
        _write(iter((f"\n{number} of {len(waiting)}\n", pair)))
        answer = _answer()
        if answer != "s":
            with to_decide(context, record) as connection:
                decided = decide(connection, proposal.id, accept=answer == "y", by=by)
            complain(_undoing(decided))
    complain("no more proposals")


def _answer() -> str:
    while True:
        answer = str(typer.prompt("The same? y, n, s to skip", default="s", err=True)).strip().lower()[:1]
        if answer in {"y", "n", "s"}:
            return answer


def _list_proposals(context: typer.Context, record: str | None, *, output: ListFormat) -> None:
    from onrecord.record.people import entry_of
    from onrecord.record.proposing import open_proposals

    columns = ("id", "one_id", "one", "other_id", "other", "reason")

    def row(connection: "Connection", proposal: "Proposal") -> tuple[int | str, ...]:
        one, other = entry_of(connection, proposal.one), entry_of(connection, proposal.other)
        return (proposal.id, one.id, one.name, other.id, other.name, proposal.reason)

    with to_read(context, record) as connection:
        rows = [row(connection, proposal) for proposal in open_proposals(connection)]
    _write(listing(columns, rows, output=output))


def _undoing(decision: int) -> str:
    return f"decision {decision}, to be taken back with `onrecord people undo {decision}`"


def _write(pieces: Iterator[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)

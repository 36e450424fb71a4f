"""`onrecord positions`: what somebody said of a topic, how surely, and in what it differs from earlier words."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.filters import Outlet, Since, Until
from onrecord.cli.inputs import RecordAddress
from onrecord.cli.said import bearers, nobody, which_of
from onrecord.cli.search import WordsOrMeaning, projector_for
from onrecord.cli.terminal import complain
from onrecord.errors import shown
from onrecord.settings import Settings
from onrecord.statement import FoundBy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.positions import Positions


class Format(StrEnum):
    """What positions are written as."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def positions(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO", help="A name, a part of one, or a number of `people list`.")],
    about: Annotated[str, typer.Option(metavar="TOPIC", help="Words that it is about, as for `search`.")],
    record: RecordAddress = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    by: WordsOrMeaning = FoundBy.BOTH,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many positions, the earliest.")] = 50,
    output: Annotated[Format, typer.Option("--format", help="For people text, for programs json or jsonl.")] = (
        Format.TEXT
    ),
) -> None:
    """Show how somebody put what they said of a topic, the earliest first, and which of it differs in what.

    Each position is asserted, denied, possible, conditional, promised or wanted, by its words. A later one is shown
    beside an earlier one on the same thing: repeated, firmer, softer or reversed, with both texts. Nothing is judged.

    Example: onrecord positions Falk --about quay --record news.db
    """
    from onrecord.record import Record
    from onrecord.record.positions import positions as found
    from onrecord.record.search import Filters

    settings: Settings = context.obj
    filters = Filters(since, until, outlet)
    projector = None if by is FoundBy.WORDS else projector_for(by)
    with Record.open(record or settings.record, create=False) as opened, opened.snapshot() as connection:
        those = found(connection, who, about=about, filters=filters, projector=projector, limit=limit)
        _write(those, output)
        if not those.stated:
            complain(_what_to_try(connection, those, who=who, about=about))
        elif len(several := bearers(those.meant)) > 1 and output is Format.TEXT:
            complain(which_of(who, several))
    if those.n_more:
        complain(f"there are {those.n_more} more; ask for more with --limit, or for later ones with --since")
    if those.is_cut:
        complain("only the earliest statements were looked at, there are too many; name more words, or days")
    if those.stated and those.n_without:
        takes = "statement takes" if those.n_without == 1 else "statements take"
        complain(f"{those.n_without} {takes} no position, asking or only naming it; `onrecord said` has all")


def _write(found: "Positions", output: Format) -> None:
    if output is Format.TEXT:
        from onrecord.cli.stances import to_lines

        for lines in to_lines(found):
            sys.stdout.write(lines)
        return
    from onrecord.exchange.positions import position_dicts
    from onrecord.exchange.traces import in_array, in_lines

    dicts = position_dicts(found)
    for chunk in in_array(dicts) if output is Format.JSON and found.stated else in_lines(dicts):
        sys.stdout.write(chunk)


def _what_to_try(connection: "Connection", found: "Positions", *, who: str, about: str) -> str:
    if not found.meant:
        return nobody(connection, who)
    if not found.understood:
        return f"{shown(about)} has no word to look for; name one that it is about"
    if found.n_without:
        return "what has these words takes no position, asking or only naming it; `onrecord said` shows it"
    return f"nothing that {', '.join(bearers(found.meant)[:3])} said has these words; try fewer of them, or council*"

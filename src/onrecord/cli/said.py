"""`onrecord said`: what somebody said, about something if that is asked for, in the order of time."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.filters import ActOf, After, Format, FormOf, Kind, Limit, Outlet, Output, Since, Until, write
from onrecord.cli.inputs import RecordAddress
from onrecord.cli.terminal import complain
from onrecord.errors import shown
from onrecord.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.meant import Meant
    from onrecord.record.search import Page

SHOWN_NAMES = 5


def said(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO", help="A name, a part of one, or a number of `people list`.")],
    about: Annotated[str | None, typer.Option(metavar="TEXT", help="Words that it is about, as for `search`.")] = None,
    record: RecordAddress = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    kind: Kind = None,
    form: FormOf = None,
    act: ActOf = None,
    limit: Limit = 20,
    after: After = None,
    output: Output = Format.TEXT,
) -> None:
    """Show what somebody said, the earliest first.

    The same words in copies of one report are shown once, with the outlets that have them. "by" before a day says that
    it is the day of the report.

    Example: onrecord said Duforth --about council --record news.db
    """
    from onrecord.record import Record
    from onrecord.record.search import Filters
    from onrecord.record.search import said as found

    settings: Settings = context.obj
    filters = Filters(since, until, outlet, kind, form, act)
    with Record.open(record or settings.record, create=False) as opened, opened.snapshot() as connection:
        page = found(connection, who, about=about, filters=filters, limit=limit, after=after)
        write(page, output=output)
        if not page.hits:
            complain(_what_to_try(connection, page, who=who, about=about))
        elif len(several := bearers(page.meant)) > 1 and output is Format.TEXT and after is None:
            complain(which_of(who, several))


def which_of(who: str, several: Sequence[str]) -> str:
    """That several are called so, and how to ask for fewer."""
    return f"{shown(who)} is here {_listed(several)}; say more of the name, or a number, to see fewer"


def nobody(connection: "Connection", who: str) -> str:
    """That nobody is called so, and who is called nearly so."""
    from onrecord.record.called import speakers_like

    if who.strip().isdecimal():
        return f"nobody in the record has the number {shown(who)}; `onrecord people list` has their numbers"
    like = speakers_like(connection, who)
    hint = f"there is {_listed(like)}" if like else "try the family name alone, or `onrecord info` for what is there"
    return f"nobody in the record is called {shown(who)}; {hint}"


def bearers(meant: "Meant") -> list[str]:
    """Who is meant: people with their numbers, then names that are nobody's."""
    people = [f"{name} ({number})" for number, name in meant.people]
    return people + [name for name in meant.names if name not in meant.borne]


def _what_to_try(connection: "Connection", page: "Page", *, who: str, about: str | None) -> str:
    if not page.meant:
        return nobody(connection, who)
    if not page.understood:
        return f"{shown(about)} has no word to look for; name one that it is about"
    nothing = f"nothing that {_listed(bearers(page.meant))} said"
    if about is not None:
        return f"{nothing} has these words; try fewer of them, or their beginnings: council*"
    return f"{nothing} passes these options; try fewer of them"


def _listed(names: Sequence[str]) -> str:
    others = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {others} more" if others > 0 else "")

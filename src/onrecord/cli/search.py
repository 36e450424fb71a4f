"""`onrecord search`: the statements that have some words or mean the like, the likeliest first."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.filters import ActOf, After, Format, FormOf, Kind, Limit, Outlet, Output, Since, Until, write
from onrecord.cli.inputs import RecordAddress
from onrecord.cli.said import nobody
from onrecord.cli.terminal import complain
from onrecord.errors import ModelError, shown
from onrecord.settings import Settings
from onrecord.statement import FoundBy

if TYPE_CHECKING:
    from onrecord.reading.vectors import Projector

WordsOrMeaning = Annotated[FoundBy, typer.Option("--by", help="By what is said, by what it means, or by both.")]


def search(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help='Words; "a phrase", begin*, -not, one OR another.')],
    speaker: Annotated[
        str | None, typer.Option(metavar="WHO", help="Only what somebody of this name, or number, says.")
    ] = None,
    record: RecordAddress = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    kind: Kind = None,
    form: FormOf = None,
    act: ActOf = None,
    by: WordsOrMeaning = FoundBy.BOTH,
    limit: Limit = 20,
    after: After = None,
    output: Output = Format.TEXT,
) -> None:
    """Search statements by their words and by what they mean, the likeliest first.

    By words, all of them have to be there: in what is said, in the paragraph around it, in the speaker's name or in
    the headline. By meaning, what is said may say it in other words. Nothing that you type is an error.

    Example: onrecord search '"the ferry" winter* -grant' --record news.db
    """
    from onrecord.record import Record
    from onrecord.record.search import Filters
    from onrecord.record.search import search as found

    settings: Settings = context.obj
    filters = Filters(since, until, outlet, kind, form, act)
    projector = None if by is FoundBy.WORDS else projector_for(by)
    with Record.open(record or settings.record, create=False) as opened, opened.snapshot() as connection:
        page = found(
            connection, text, speaker=speaker, filters=filters, by=by, projector=projector, limit=limit, after=after
        )
        write(page, output=output)
        if page.hits:
            return
        if not page.understood:
            complain(f"{shown(text)} has no word to look for; give at least one, not only what is to be left out")
        elif speaker is not None and not page.meant:
            complain(nobody(connection, speaker))
        else:
            complain(
                "nothing has all of these words, or means the like; "
                "try fewer of them, their beginnings (council*), or one OR another"
            )


def projector_for(by: FoundBy) -> "Projector | None":
    """What tells the meaning of what is looked for; without it words alone are searched, and it is said. ModelError."""
    from onrecord.reading.vectors import Projector

    try:
        return Projector.load(threads=1)
    except ModelError as error:
        if by is FoundBy.MEANING:
            raise
        complain(f"searching by words alone: {error}")
        return None

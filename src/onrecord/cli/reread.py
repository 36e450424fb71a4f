"""`onrecord reread`: articles of the record once more through the model that is here now."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from contextlib import closing
from typing import Annotated

import typer

from onrecord.cli.inputs import RecordAddress, Workers, followed, leave, say_counts
from onrecord.cli.terminal import complain
from onrecord.errors import InputError
from onrecord.settings import Settings


def reread(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only the articles called so.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those, too, that this model has read.")] = False,
    record: RecordAddress = None,
    workers: Workers = None,
) -> None:
    """Read articles again that another model has read, from the text in the record.

    What people have corrected and decided stays. An interrupted call is simply repeated: what this model has read is
    not read again, unless --all asks for it.

    Example: onrecord reread --record news.db
    """
    from onrecord.reading.reader import Reader
    from onrecord.record import Record
    from onrecord.record.rereading import Which, n_to_reread, reread_each
    from onrecord.record.stored import Reread
    from onrecord.workers import crew_of

    settings: Settings = context.obj
    tally: Counter[str] = Counter()
    on_terminal = sys.stderr.isatty()
    which = Which(tuple(names or ()), read_by_same=everything)
    with Record.open(record or settings.record, create=False) as opened:
        reader = Reader.load(settings.model, threads=settings.threads)
        total = n_to_reread(opened, which, model=reader.encoder.metadata.id)
        if not total:
            complain("nothing is to be read again: this model has read all of it; with --all it does so once more")
            return
        crew = crew_of(workers, model=settings.model, threads=settings.threads)
        with closing(reread_each(opened, which, reader=reader, crew=crew)) as outcomes:
            try:
                for outcome in followed(outcomes, tally=tally, total=total) if on_terminal else outcomes:
                    if isinstance(outcome, InputError):
                        tally[outcome.outcome] += 1
                        complain(f"{outcome.source}: {outcome}")
                        continue
                    tally[outcome.ended] += 1
                    if not on_terminal:
                        complain(f"{outcome.article.source}: {outcome.ended} {outcome.article.id}")
            finally:
                say_counts(tally, done=[*Reread])
    leave(tally, done=[*Reread])

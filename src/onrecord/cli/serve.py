"""`onrecord serve`: the record in the browser, and the API."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from typing import Annotated

import typer

from onrecord.cli.inputs import RecordAddress
from onrecord.cli.terminal import complain
from onrecord.errors import shown
from onrecord.settings import Settings


def serve(
    context: typer.Context,
    record: RecordAddress = None,
    host: Annotated[str, typer.Option(help="The address to listen on; by default only this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    public: Annotated[bool, typer.Option("--public", help="Nobody writes, whoever asks.")] = False,
) -> None:
    """Open a record in the browser: search it, read its articles, and see what each of them rests on.

    Example: onrecord serve --record news.db
    """
    from onrecord.record import Record
    from onrecord.web.server import run

    settings: Settings = context.obj
    address = record or settings.record
    Record.open(address, create=False).close()  # what is wrong with it is said here, in one line

    def tell(place: str) -> None:
        complain(f"the record {shown(address)} is at {place} – Ctrl-C ends it")

    run(address, settings, host=host, port=port, public=public, tell=tell)

"""What the commands share by which people decide: the record that they mean, and who signs."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; by default the login name.")]


@contextmanager
def to_read(context: typer.Context, record: str | None) -> Iterator["Connection"]:
    """The record that a call means, for reading."""
    from onrecord.record import Record

    with Record.open(record or context.obj.record, create=False) as opened, opened.snapshot() as connection:
        yield connection


@contextmanager
def to_decide(context: typer.Context, record: str | None) -> Iterator["Connection"]:
    """The record that a call means, for one transaction."""
    from onrecord.record import Record

    with Record.open(record or context.obj.record, create=False) as opened, opened.transaction() as connection:
        yield connection


def signature(by: str | None) -> str:
    """Who decides. Raises UsageError where nobody can be told."""
    if by is not None and by.strip():
        return by.strip()
    try:
        return getuser()
    except (KeyError, OSError, ImportError) as error:
        raise UsageError("there is no login name; say who decides with --by NAME") from error

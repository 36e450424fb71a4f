"""`onrecord token`: who may write over the network."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from typing import Annotated

import typer

from onrecord.cli.deciding import to_decide, to_read
from onrecord.cli.inputs import RecordAddress
from onrecord.cli.listing import ListAs, ListFormat, listing
from onrecord.cli.terminal import complain, ended_cleanly

token = typer.Typer(
    name="token",
    help="Who may write over the network: tokens, made, listed and revoked.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@token.command()
@ended_cleanly()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose it is; the name signs what is decided with it.")],
    record: RecordAddress = None,
) -> None:
    """Make a token and show it, once: with it one signs in on the page, or writes through the API.

    Example: onrecord token create "Ilse Quandt" --record news.db
    """
    from onrecord.record.tokens import create_token

    with to_decide(context, record) as connection:
        made = create_token(connection, name)
    sys.stdout.write(f"{made}\n")
    complain("keep it: the record cannot show it again")


@token.command("list")
@ended_cleanly()
def list_(context: typer.Context, output: ListAs = ListFormat.TABLE, record: RecordAddress = None) -> None:
    """List the tokens that were given out, not what they are.

    Example: onrecord token list --record news.db
    """
    from onrecord.record.tokens import all_tokens

    with to_read(context, record) as connection:
        found = all_tokens(connection)
    rows = ((one.id, one.name, one.created_at.date(), one.revoked_at and one.revoked_at.date()) for one in found)
    for piece in listing(("id", "name", "created", "revoked"), rows, output=output):
        sys.stdout.write(piece)


@token.command()
@ended_cleanly()
def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number, as `list` has it.")],
    record: RecordAddress = None,
) -> None:
    """End a token; what was decided with it stands.

    Example: onrecord token revoke 1 --record news.db
    """
    from onrecord.record.tokens import revoke_token

    with to_decide(context, record) as connection:
        ended = revoke_token(connection, number)
    complain(f"token {ended.id}, of {ended.name}, is revoked")

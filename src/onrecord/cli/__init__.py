"""The command `onrecord`: parse, call, show, and nothing else.

What takes long to load (onnxruntime, numpy, Rich, Jinja2) is imported by the command that needs it, when it runs, so
that `--help` answers at once.
"""

import os
from typing import Annotated

import typer

from onrecord.cli.add import add
from onrecord.cli.check import check
from onrecord.cli.correct import correct, corrections
from onrecord.cli.export import export
from onrecord.cli.import_ import import_
from onrecord.cli.info import info
from onrecord.cli.people import people
from onrecord.cli.positions import positions
from onrecord.cli.read import read
from onrecord.cli.reread import reread
from onrecord.cli.said import said
from onrecord.cli.search import search
from onrecord.cli.serve import serve
from onrecord.cli.terminal import ended_cleanly, use_utf8
from onrecord.cli.token import token
from onrecord.cli.trace import trace
from onrecord.cli.watch import watch
from onrecord.settings import Settings

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)


def main() -> None:
    """Run the command line; the console script."""
    use_utf8()
    with ended_cleanly():
        settings = Settings.from_environment(os.environ)
    app(obj=settings)


def _show_version(wanted: bool) -> None:
    if wanted:
        from onrecord import __version__  # noqa: PLC0415 - the name is computed when it is asked for

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Reads news reports and keeps who said what, in which words, to whom, through which outlet, and when.

    Example: onrecord read examples/*.txt
    """


app.command()(ended_cleanly()(read))
app.command()(ended_cleanly()(add))
app.command()(ended_cleanly()(reread))
app.command()(ended_cleanly()(check))
app.command()(ended_cleanly()(said))
# What is to be left out begins with a dash and may be typed first.
app.command(context_settings={"ignore_unknown_options": True})(ended_cleanly()(search))
app.command()(ended_cleanly()(trace))
app.command()(ended_cleanly()(positions))
app.command()(ended_cleanly()(info))
app.command()(ended_cleanly()(serve))
app.command()(ended_cleanly()(watch))
app.command()(ended_cleanly()(export))
app.command("import")(ended_cleanly()(import_))
app.command()(correct)
app.add_typer(corrections)
app.add_typer(people)
app.add_typer(token)

"""Lines for a terminal, wrapped here rather than by Rich's tables, which pad each with blanks to the full width.

Text from an article never passes through Rich's markup, and its control characters never reach the terminal.
"""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.cli.terminal import printable

NARROWEST = 20
DOT = " · "
ARROW = " → "


def room_of(console: Console, *, taken: int = 0) -> int:
    """How many columns there are where `taken` of the console's width are spoken for."""
    return max(console.width - taken, NARROWEST)


def wrapped(*parts: Text, room: int) -> Iterator[Text]:
    """The lines of each part, none wider than the room, no blanks at their ends."""
    console = Console(width=room)
    for part in parts:
        for line in part.wrap(console, room):
            line.rstrip()
            yield line


def packed(words: Iterable[str], between: str, *, room: int, style: str = "") -> Iterator[Text]:
    """The words in lines that end between two of them: a dot then goes, an arrow opens the next line."""
    line = ""
    for word in words:
        more = f"{between}{word}" if line else word
        if line and cell_len(line + more) > room:
            yield plain(line, style)
            line, more = "", more.removeprefix(DOT).lstrip()
        line += more
    if line:
        yield plain(line, style)


def indented(lines: Iterable[Text], n_columns: int) -> Iterator[Text]:
    """The lines with blanks before them."""
    for line in lines:
        line.pad_left(n_columns)
        yield line


def plain(words: str, style: str = "") -> Text:
    """The words as they are, in one style."""
    return Text(printable(words), style=style)

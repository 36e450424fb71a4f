"""An article's statements for a person at a terminal.

Lines are wrapped here rather than by Rich's tables, which pad each with blanks to the full width; text from an article
never passes through Rich's markup.
"""

import sys
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.article import Article
from onrecord.cli.terminal import printable
from onrecord.exchange.outline import Entry, asked, head_words, outline, title_words
from onrecord.span import spoken

MARGIN = 2
INDENT = 4
NARROWEST = 20
DOT = " · "
ARROW = " → "


def to_text(articles: Iterable[Article]) -> Iterator[str]:
    """Each article's statements as lines for standard output, coloured where that is a terminal."""
    console = Console(file=sys.stdout, highlight=False)
    for n, article in enumerate(articles):
        with console.capture() as captured:
            if n:
                console.print()
            for line in lines(article, console):
                console.print(line, soft_wrap=True)
        yield captured.get()


def lines(article: Article, console: Console) -> Iterator[Text]:
    """The lines of one article, none wider than the console."""
    entries = outline(article)
    widest = max((len(entry.label) for entry in entries if not entry.depth), default=0)
    room = _room(console)
    head = _packed(head_words(article), DOT, room=room, style="dim")
    yield from _wrapped(_text(title_words(article), "bold"), *head, room=room)
    for entry in entries:
        yield Text()
        label = _text(f"{entry.label.rjust(widest)}  ", "dim")
        label.pad_left(MARGIN + INDENT * entry.depth)
        yield from _entry_lines(entry, article, label=label, console=console)
    yield from _after_lines(article, console)


def _entry_lines(entry: Entry, article: Article, *, label: Text, console: Console) -> Iterator[Text]:
    room = _room(console, taken=len(label))
    parts = (
        _text(spoken(article.text, entry.statement.content)),
        *_packed(entry.chain, ARROW, room=room),
        *_packed(entry.traits, DOT, room=room, style="dim"),
    )
    first, *others = _wrapped(_who(entry), *parts, room=room)
    yield Text.assemble(label, first)
    yield from _indented(others, len(label))


def _after_lines(article: Article, console: Console) -> Iterator[Text]:
    """What stands behind the statements: who was asked for comment, and the outlets cited."""
    room = _room(console, taken=INDENT)
    requests = [one.words for one in asked(article)]
    cited = [article.cited_outlets] if article.cited_outlets else []
    for heading, items in (("Asked for comment", requests), ("Outlets cited", cited)):
        if items:
            yield from (Text(), _text(heading, "bold"))
        for words in items:
            first, *others = _wrapped(*_packed(words, DOT, room=room), room=room)
            yield from _indented((first,), MARGIN)
            yield from _indented(others, INDENT)


def _room(console: Console, *, taken: int = 0) -> int:
    """How many columns there are where `taken` of the console's width are spoken for."""
    return max(console.width - taken, NARROWEST)


def _wrapped(*parts: Text, room: int) -> Iterator[Text]:
    """The lines of each part, none wider than the room, no blanks at their ends."""
    console = Console(width=room)
    for part in parts:
        for line in part.wrap(console, room):
            line.rstrip()
            yield line


def _packed(words: Iterable[str], between: str, *, room: int, style: str = "") -> Iterator[Text]:
    """The words in lines that end between two of them: a dot then goes, an arrow opens the next line."""
    line = ""
    for word in words:
        more = f"{between}{word}" if line else word
        if line and cell_len(line + more) > room:
            yield _text(line, style)
            line, more = "", more.removeprefix(DOT).lstrip()
        line += more
    if line:
        yield _text(line, style)


def _indented(lines: Iterable[Text], n_columns: int) -> Iterator[Text]:
    for line in lines:
        line.pad_left(n_columns)
        yield line


def _who(entry: Entry) -> Text:
    """The speaker, its right spelling, how we know and what to know of it besides; then the cue."""
    who = entry.who
    shown = _text(who.name, "bold cyan" if entry.statement.speaker else "bold italic")
    beside = (f" [{who.proper}]" if who.proper else "", who.how and f" {who.how}", who.remark and f" · {who.remark}")
    shown.append_text(_text("".join(beside), "dim"))
    return shown.append_text(_text(f" · {entry.cue}", "italic")) if entry.cue else shown


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)

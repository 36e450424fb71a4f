"""An article's statements for a person at a terminal.

Lines are wrapped here rather than by Rich's tables, which pad each with blanks to the full width; text from an article
never passes through Rich's markup.
"""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from onrecord.article import Article
from onrecord.cli.terminal import printable
from onrecord.exchange.outline import Entry, head_words, outline, title_words
from onrecord.span import spoken

MARGIN = 2
INDENT = 4
NARROWEST = 20


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
    yield from _wrapped(_text(title_words(article), "bold"), console=console)
    yield from _wrapped(_text(" · ".join(head_words(article)), "dim"), console=console)
    for entry in entries:
        yield Text()
        label = _text(f"{entry.label.rjust(widest)}  ", "dim")
        label.pad_left(MARGIN + INDENT * entry.depth)
        yield from _entry_lines(entry, article, label=label, console=console)


def _entry_lines(entry: Entry, article: Article, *, label: Text, console: Console) -> Iterator[Text]:
    content = _text(spoken(article.text, entry.statement.content))
    first, *others = _wrapped(
        _who(entry), content, _text(" · ".join(entry.traits), "dim"), console=console, taken=len(label)
    )
    yield Text.assemble(label, first)
    for line in others:
        line.pad_left(len(label))
        yield line


def _wrapped(*parts: Text, console: Console, taken: int = 0) -> Iterator[Text]:
    """The lines of each part where `taken` columns of the console's width are spoken for, no blanks at their ends."""
    for part in parts:
        for line in part.wrap(console, max(console.width - taken, NARROWEST)):
            line.rstrip()
            yield line


def _who(entry: Entry) -> Text:
    """The source's words with the speaker's name in them, or the name and then the words; then the cue."""
    if entry.speaker and entry.speaker in entry.source:
        who = _text(entry.source)
    else:
        who = _text(entry.who)
        if entry.source not in entry.who:
            who.append_text(_text(f" ({entry.source})", "dim"))
    who.highlight_words([printable(entry.who)], "bold cyan")
    return who.append_text(_text(f" · {entry.cue}", "italic")) if entry.cue else who


def _text(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)

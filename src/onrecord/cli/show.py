"""An article's statements for a person at a terminal."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from onrecord.article import Article
from onrecord.cli.lines import ARROW, DOT, indented, packed, plain, room_of, wrapped
from onrecord.exchange.outline import Entry, asked, head_words, outline, title_words
from onrecord.span import spoken

MARGIN = 2
INDENT = 4


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
    room = room_of(console)
    head = packed(head_words(article), DOT, room=room, style="dim")
    yield from wrapped(plain(title_words(article), "bold"), *head, room=room)
    for entry in entries:
        yield Text()
        label = plain(f"{entry.label.rjust(widest)}  ", "dim")
        label.pad_left(MARGIN + INDENT * entry.depth)
        yield from _entry_lines(entry, article, label=label, console=console)
    yield from _after_lines(article, console)


def _entry_lines(entry: Entry, article: Article, *, label: Text, console: Console) -> Iterator[Text]:
    room = room_of(console, taken=len(label))
    parts = (
        plain(spoken(article.text, entry.statement.content)),
        *packed(entry.chain, ARROW, room=room),
        *packed(entry.traits, DOT, room=room, style="dim"),
    )
    first, *others = wrapped(_who(entry), *parts, room=room)
    yield Text.assemble(label, first)
    yield from indented(others, len(label))


def _after_lines(article: Article, console: Console) -> Iterator[Text]:
    """What stands behind the statements: who was asked for comment, and the outlets cited."""
    room = room_of(console, taken=INDENT)
    requests = [one.words for one in asked(article)]
    cited = [article.cited_outlets] if article.cited_outlets else []
    for heading, items in (("Asked for comment", requests), ("Outlets cited", cited)):
        if items:
            yield from (Text(), plain(heading, "bold"))
        for words in items:
            first, *others = wrapped(*packed(words, DOT, room=room), room=room)
            yield from indented((first,), MARGIN)
            yield from indented(others, INDENT)


def _who(entry: Entry) -> Text:
    """The speaker, its right spelling, how we know and what to know of it besides; then the cue."""
    who = entry.who
    shown = plain(who.name, "bold cyan" if entry.statement.speaker else "bold italic")
    beside = (f" [{who.proper}]" if who.proper else "", who.how and f" {who.how}", who.remark and f" · {who.remark}")
    shown.append_text(plain("".join(beside), "dim"))
    return shown.append_text(plain(f" · {entry.cue}", "italic")) if entry.cue else shown

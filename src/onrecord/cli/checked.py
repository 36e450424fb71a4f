"""What an article rests on, for a person at a terminal, in one screen."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from onrecord.article import Article
from onrecord.checking.report import Report
from onrecord.cli.lines import DOT, indented, packed, plain, room_of, wrapped
from onrecord.exchange.outline import head_words, title_words
from onrecord.exchange.remarks import (
    MOST_SHOWN,
    MOST_SOURCES,
    bar,
    fact_words,
    grouped,
    share_words,
    source_words,
)

MARGIN = 2
INDENT = 4


def to_text(article: Article, report: Report) -> str:
    """The report as lines for standard output, coloured where that is a terminal."""
    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as captured:
        for line in lines(article, report, console=console):
            console.print(line, soft_wrap=True)
    return captured.get()


def lines(article: Article, report: Report, *, console: Console) -> Iterator[Text]:
    """The lines of a report, none wider than the console."""
    room = room_of(console)
    yield from wrapped(plain(title_words(article), "bold"), room=room)
    yield from wrapped(*packed(head_words(article), DOT, room=room, style="dim"), room=room)
    yield Text()
    if report.sourcing.n_words:
        attributed, own = bar(report.sourcing)
        yield Text.assemble((attributed, "cyan"), (own, "dim"))
    yield from wrapped(plain(share_words(report.sourcing)), room=room)
    yield from _sources(report, console=console)
    yield Text()
    yield from _findings(report, console=console)


def _sources(report: Report, *, console: Console) -> Iterator[Text]:
    room = room_of(console, taken=INDENT)
    sources = report.sourcing.sources
    for source in sources[:MOST_SOURCES]:
        shown = Text.assemble(
            plain(source.description or source.name, "bold"), plain(f"  {DOT.join(source_words(source))}", "dim")
        )
        first, *others = wrapped(shown, room=room)
        yield from indented((first,), MARGIN)
        yield from indented(others, INDENT)
    if len(sources) > MOST_SOURCES:
        yield from indented((plain(f"and {len(sources) - MOST_SOURCES} others", "dim"),), MARGIN)
    for words in fact_words(report.sourcing):
        yield from wrapped(plain(words), room=room_of(console))


def _findings(report: Report, *, console: Console) -> Iterator[Text]:
    room = room_of(console, taken=INDENT)
    if not report.findings:
        yield plain("No findings.")
    for code, findings in grouped(report.findings):
        n = f" ({len(findings)})" if len(findings) > 1 else ""
        yield plain(f"{code}{n}", "bold yellow")
        for finding in findings[:MOST_SHOWN]:
            yield from indented(wrapped(plain(finding.message), room=room), MARGIN)
        if len(findings) > MOST_SHOWN:
            yield from indented((plain(f"and {len(findings) - MOST_SHOWN} more", "dim"),), MARGIN)

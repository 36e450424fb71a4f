"""Statements that were found, for a person at a terminal: the day, who, the words, and where they stand."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.cli.lines import ARROW, DOT, indented, packed, plain, room_of, wrapped
from onrecord.exchange.wording import day_words
from onrecord.record.hits import Hit

UNKNOWN = "no speaker named"
UNDATED = "no date"
INDENT = 4
SHOWN_OUTLETS = 3
MATCHED = "bold yellow"


def to_lines(hits: Iterable[Hit]) -> str:
    """A few lines each, coloured where standard output is a terminal."""
    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as captured:
        before: Hit | None = None
        for hit in hits:
            if before:
                console.print()
            for line in _hit_lines(hit, console, before=before):
                console.print(line, soft_wrap=True)
            before = hit
    return captured.get()


def to_table(hits: Iterable[Hit]) -> str:
    """One row each, in columns."""
    console = Console(file=sys.stdout, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, share in (("no.", None), ("day", None), ("speaker", 3), ("words", 8), ("outlets", 3)):
        table.add_column(name, ratio=share, no_wrap=share is None)
    table.expand = True
    for hit in hits:
        day = hit.day.isoformat() if hit.day else UNDATED
        table.add_row(plain(str(hit.id)), plain(day), plain(_name(hit), "cyan"), _words(hit), plain(_outlets(hit)))
    with console.capture() as captured:
        console.print(table)
    return captured.get()


def _hit_lines(hit: Hit, console: Console, *, before: Hit | None) -> Iterator[Text]:
    """The day, speaker and cue; the words; the way they came; where they stand, unless that is as before."""
    yield from wrapped(_head(hit), room=room_of(console))
    room = room_of(console, taken=INDENT)
    chain = [link.name for link in hit.chain]
    title = " ".join((hit.title or "").split())
    same = before is not None and (before.article, before.outlets) == (hit.article, hit.outlets)
    where = (*(("the same report",) if same else filter(None, (_outlets(hit), title))), *_number(hit))
    parts = (
        _words(hit),
        *((_passage(hit),) if hit.passage else ()),
        *packed(chain if len(chain) > 2 else (), ARROW, room=room),
        *packed(where, DOT, room=room, style="dim"),
    )
    yield from indented(wrapped(*parts, room=room), INDENT)


def _head(hit: Hit) -> Text:
    who = plain(_name(hit), "bold cyan" if hit.statement.speaker else "bold italic")
    cue = plain(f"{DOT}{hit.cue}" if hit.cue else "", "italic")
    return Text.assemble(plain(_when(hit), "bold"), "  ", who, cue)


def _when(hit: Hit) -> str:
    """The day of the saying; where only that of the publication is known, that it was by then."""
    if hit.statement.said:
        return day_words(hit.statement.said.start)
    return f"by {day_words(hit.published)}" if hit.published else UNDATED


def _name(hit: Hit) -> str:
    speaker = hit.statement.speaker
    if speaker is None:
        return hit.source or UNKNOWN
    return speaker.proper or speaker.name


def _number(hit: Hit) -> Iterator[str]:
    """The number by which it is corrected, and who has done so."""
    yield f"no. {hit.id}"
    if hit.corrected:
        by = ", ".join(dict.fromkeys(correction.decided_by for correction in hit.corrected))
        yield f"corrected by {by}"


def _words(hit: Hit) -> Text:
    shown = plain(hit.content)
    for span in hit.matched:
        shown.stylize(MATCHED, span.start, span.end)
    return shown


def _passage(hit: Hit) -> Text:
    """Of the paragraph around it, where that alone has the words."""
    shown = plain(hit.passage)
    for span in hit.matched_around:
        shown.stylize(MATCHED, span.start, span.end)
    return Text.assemble(plain("near: ", "dim"), shown)


def _outlets(hit: Hit) -> str:
    named = hit.outlets[:SHOWN_OUTLETS]
    others = len(hit.outlets) - len(named)
    return ", ".join(named) + (f" and {others} more" if others else "")

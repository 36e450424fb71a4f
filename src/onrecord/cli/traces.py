"""Families of quotations for a person at a terminal: the fullest copy, then each in time with what differs."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from onrecord.cli.hits import UNKNOWN
from onrecord.cli.lines import ARROW, DOT, indented, packed, plain, room_of, wrapped
from onrecord.exchange.ways import (
    FOUND,
    circle_lines,
    difference_words,
    differing,
    label_of,
    way_lines,
    when_words,
)
from onrecord.record.traces import Change, Checked, Copied, Trace, Verdict

INDENT = 4
DIFFERS = "bold yellow"


def to_text(traces: Iterable[Trace]) -> Iterator[str]:
    """The lines of each family, coloured where standard output is a terminal."""
    return _in_blocks(_trace_lines(trace) for trace in traces)


def checked_to_text(found: Iterable[Checked]) -> Iterator[str]:
    """The lines of each quotation of a draft."""
    return _in_blocks(_checked_lines(one) for one in found)


def _in_blocks(blocks: Iterable[Iterable[tuple[int, Text]]]) -> Iterator[str]:
    """Lines with how far each is indented, wrapped, a blank line between two blocks."""
    console = Console(file=sys.stdout, highlight=False)
    for n, block in enumerate(blocks):
        with console.capture() as captured:
            if n:
                console.print()
            for depth, text in block:
                for line in indented(wrapped(text, room=room_of(console, taken=depth)), depth):
                    console.print(line, soft_wrap=True)
        yield captured.get()


def _trace_lines(trace: Trace) -> Iterator[tuple[int, Text]]:
    """The fullest copy and who said it; then each copy in time."""
    full = next(copy for copy in trace.copies if copy.number == trace.fullest)
    yield 0, plain(f"“{full.words}”", "bold")
    n = len(trace.copies)
    outlets = len({copy.outlet or copy.article for copy in trace.copies})
    count = f"{n} {'copy' if n == 1 else 'copies'} in {outlets} {'outlet' if outlets == 1 else 'outlets'}"
    yield 0, Text.assemble(plain(" or ".join(trace.speakers) or UNKNOWN, "bold cyan"), plain(f"{DOT}{count}", "dim"))
    for line in circle_lines(trace):
        yield 0, plain(line)
    told = set()
    for copy in trace.copies:
        way = tuple(way_lines(copy, trace))
        # What a report tells of its source it tells of all that it quotes.
        yield from _copy_lines(copy, trace, way=() if (copy.article, copy.path, way) in told else way)
        told.add((copy.article, copy.path, way))


def _copy_lines(copy: Copied, trace: Trace, *, way: Iterable[str]) -> Iterator[tuple[int, Text]]:
    origin = ["earliest known copy"] if copy.number == trace.origin and len(trace.copies) > 1 else []
    how = [*origin, copy.difference.variant.value, *difference_words(copy.difference)]
    head = Text.assemble(plain(when_words(copy), "bold"), "  ", plain(label_of(copy)))
    head.append_text(plain(DOT + DOT.join(how), "italic"))
    yield INDENT, head
    if copy.number != trace.fullest:
        yield 2 * INDENT, _marked(copy)
    for change in copy.changes:
        yield 2 * INDENT, _change_words(change)
    for words in way:
        yield 2 * INDENT, plain(words, "green")
    names = copy.way.names if copy.way and way and len(copy.way.names) > 2 else ()
    where = (" ".join((copy.title or copy.article).split()), *((f"no. {copy.statement}",) if copy.statement else ()))
    for line in packed(names, ARROW, room=room_of(Console(), taken=2 * INDENT)):
        yield 2 * INDENT, line
    yield 2 * INDENT, plain(DOT.join(where), "dim")


def _marked(copy: Copied) -> Text:
    """The words, those that the fullest copy has not in colour where their place is known."""
    shown = plain(f"“{copy.words}”")
    for span in differing(copy):
        shown.stylize(DIFFERS, span.start + 1, span.end + 1)
    return shown


def _change_words(change: Change) -> Text:
    if not change.words:
        return Text.assemble(plain("without: ", "dim"), plain(change.instead_of, DIFFERS))
    if not change.instead_of:
        return Text.assemble(plain("added: ", "dim"), plain(change.words, DIFFERS))
    return Text.assemble(plain(change.words, DIFFERS), plain(" for: ", "dim"), plain(change.instead_of))


def _checked_lines(one: Checked) -> Iterator[tuple[int, Text]]:
    yield 0, plain(f"“{one.words}”", "bold")
    how = list(difference_words(one.difference)) if one.difference else []
    yield INDENT, plain(DOT.join([FOUND[one.verdict], *how]), "italic")
    for change in one.changes:
        yield INDENT, _change_words(change)
    if one.copy:
        who = f"{one.copy.speaker or UNKNOWN}{DOT}{when_words(one.copy)}{DOT}{label_of(one.copy)}"
        number = f"{DOT}no. {one.copy.statement}" if one.copy.statement else ""
        yield INDENT, plain(f"{who}{number}", "dim")
        if one.changes or one.verdict is Verdict.OTHER_SPEAKER:
            yield INDENT, plain(f"“{one.copy.words}”")

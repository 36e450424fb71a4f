"""Positions for a person at a terminal: each with its day, words and stance, and beside the earlier one it stands to.

Two positions are always shown with both texts, in two columns where the terminal is wide. What is said of them is in
which words they differ.
"""

import sys
from collections.abc import Iterator
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from onrecord.cli.hits import SHOWN_OUTLETS, UNDATED, UNKNOWN
from onrecord.cli.lines import DOT, indented, plain, room_of, wrapped
from onrecord.exchange.wording import day_words
from onrecord.record.positions import Positions, Stated
from onrecord.tracing.positions import Differs, Pair
from onrecord.tracing.stances import Certainty, Polarity

INDENT = 4
SHOWN = "bold yellow"
GAP = 4
# From so many columns on two texts stand side by side.
WIDE = 96
NOTHING = "–"


def to_lines(found: Positions) -> Iterator[str]:
    """The lines of each position, coloured where standard output is a terminal."""
    console = Console(file=sys.stdout, highlight=False)
    beside = {pair.later: pair for pair in found.pairs}
    for place, stated in enumerate(found.stated):
        with console.capture() as captured:
            if place:
                console.print()
            for line in _position_lines(stated, console):
                console.print(line, soft_wrap=True)
            if pair := beside.get(place):
                for line in _pair_lines(found, pair, console):
                    console.print(line, soft_wrap=True)
        yield captured.get()


def _position_lines(stated: Stated, console: Console) -> Iterator[Text]:
    hit = stated.hit
    speaker = hit.statement.speaker
    name = (speaker.proper or speaker.name) if speaker else hit.source or UNKNOWN
    cue = plain(f"{DOT}{hit.cue}" if hit.cue else "", SHOWN if stated.by_cue else "italic")
    head = Text.assemble(plain(_when(stated), "bold"), "  ", plain(name, "bold cyan"), cue)
    yield from wrapped(head, room=room_of(console))
    outlets = ", ".join(stated.outlets[:SHOWN_OUTLETS])
    others = len(stated.outlets) - SHOWN_OUTLETS
    where = (outlets + (f" and {others} more" if others > 0 else ""), " ".join((hit.title or "").split()))
    lines = (
        _marked(stated),
        plain(stance_words(stated), "italic"),
        plain(DOT.join([*filter(None, where), f"no. {hit.id}"]), "dim"),
    )
    yield from indented(wrapped(*lines, room=room_of(console, taken=INDENT)), INDENT)


def stance_words(stated: Stated) -> str:
    """The certainty, whether it is negated, and the words that show both."""
    stance = stated.stance
    negated = stance.polarity is Polarity.NEGATIVE and stance.certainty is not Certainty.DENIED
    shown = [f"“{stated.hit.cue}”"] if stated.by_cue else []
    shown += [f"“{span.of(stated.words)}”" for span in stated.shown]
    words = f"{stance.certainty}, negated" if negated else stance.certainty.value
    return f"{words}: {', '.join(dict.fromkeys(shown))}" if shown else words


def _pair_lines(found: Positions, pair: Pair, console: Console) -> Iterator[Text]:
    """How it stands to the earlier one, in what both differ, and both texts."""
    earlier, later = found.stated[pair.earlier], found.stated[pair.later]
    head = plain(f"{pair.relation}{DOT}beside {_when(earlier)}, no. {earlier.hit.id}", "bold")
    differs = [plain(differs_words(one)) for one in pair.differs] or [plain("differs in nothing that is looked for")]
    room = room_of(console, taken=2 * INDENT)
    yield from indented(wrapped(head, *differs, room=room), 2 * INDENT)
    texts = (_dated(earlier), _dated(later))
    if console.width < WIDE:
        yield from indented(wrapped(*texts, room=room), 2 * INDENT)
        return
    column = (room - GAP) // 2
    for left, right in zip_longest(*(wrapped(text, room=column) for text in texts), fillvalue=Text()):
        left.pad_right(column + GAP - left.cell_len)
        line = Text.assemble(left, right)
        line.rstrip()
        yield from indented([line], 2 * INDENT)


def differs_words(one: Differs) -> str:
    """In what two positions differ, and by which words."""
    earlier, later = (" … ".join(words) or NOTHING for words in (one.earlier, one.later))
    return f"differs in {one.meaning}: {earlier} → {later}"


def _dated(stated: Stated) -> Text:
    return Text.assemble(plain(f"{_when(stated)}: ", "dim"), _marked(stated))


def _when(stated: Stated) -> str:
    if stated.hit.statement.said:
        return day_words(stated.hit.statement.said.start)
    return f"by {day_words(stated.hit.published)}" if stated.hit.published else UNDATED


def _marked(stated: Stated) -> Text:
    """The words, those in colour that show the stance."""
    shown = plain(stated.words)
    for span in stated.shown:
        shown.stylize(SHOWN, span.start, span.end)
    return shown

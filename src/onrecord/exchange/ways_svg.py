"""The way of an utterance as a picture: SVG without a script, to be looked at alone or in a page.

A row is an outlet and a mark a copy, whose shape tells its variant; an arrow leads from a source to who has the words
from it, from an open end where the source has no such words or is not in the record. What a mark stands for is told in
words behind it, for a mouse, and in the description of the whole, for those who do not see it. Colours follow the
reader's light or dark screen.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from onrecord.exchange.ways import circle_lines, label_of, way_lines
from onrecord.exchange.ways_layout import (
    OPEN_END,
    RADIUS,
    ROW_PAD,
    STEP,
    TOP,
    WIDTH,
    Arrow,
    Layout,
    Mark,
    OpenEnd,
    Point,
    day_of,
    laid_out,
)
from onrecord.exchange.wording import day_words
from onrecord.record.traces import Copied, Trace
from onrecord.tracing.variants import Variant

MARGIN = 12.0
# So wide at most on a screen, where letters are half as large again.
MAX_WIDTH_PX = 700
HEADING, HEADING_CHARS, HEADING_LINES = 18.0, 50, 3
LABEL_CHARS = 21
BETWEEN = 26.0
LEGEND_LINE = 19.0
CHAR = 6.7  # how wide a letter of the legend is at most, on average
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_R = RADIUS
_SHAPES = {
    Variant.FULL: f'<circle r="{_R + 1}"/>',
    Variant.VERBATIM: f'<rect x="{-_R}" y="{-_R}" width="{2 * _R}" height="{2 * _R}"/>',
    Variant.FRAGMENT: f'<path d="M-3 {-_R - 2}A{_R + 2} {_R + 2} 0 0 1 -3 {_R + 2}Z"/>',
    Variant.ELIDED: f'<path d="M{-_R} {-_R}h4v10h-4zM1 {-_R}h4v10h-4z"/>',
    Variant.ALTERED: f'<path d="M0 {-_R - 2}L{_R + 2} 0L0 {_R + 2}L{-_R - 2} 0Z"/>',
    Variant.BRACKETED: '<path class="tr-line" d="M-2 -5H-5V5H-2M2 -5H5V5H2"/>',
    Variant.PARAPHRASE: f'<circle class="tr-hollow" r="{_R}"/>',
}
STYLE = """
.tr { --tr-paper: #fdfcf8; --tr-ink: #1f1d1a; --tr-muted: #5f5a50; --tr-rule: #dcd7ca; --tr-mark: #1d4e80;
  --tr-altered: #a8480a; --tr-arrow: #6a645a; color-scheme: light dark;
  font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif }
@media (prefers-color-scheme: dark) { .tr { --tr-paper: #191917; --tr-ink: #e4e1d8; --tr-muted: #b0aa9d;
  --tr-rule: #3b3932; --tr-mark: #8fbdf0; --tr-altered: #f0a45e; --tr-arrow: #a8a294 } }
.tr text { fill: var(--tr-ink) }
.tr .tr-paper { fill: var(--tr-paper) }
.tr .tr-quote { font-size: 13.5px; font-weight: 600 }
.tr .tr-muted { fill: var(--tr-muted) }
.tr .tr-missing { fill: var(--tr-muted); font-style: italic }
.tr .tr-rule { stroke: var(--tr-rule); fill: none }
.tr .tr-undated { stroke: var(--tr-rule); stroke-dasharray: 3 3 }
.tr .tr-mark { fill: var(--tr-mark); stroke: var(--tr-paper); stroke-width: 1 }
.tr .tr-altered { fill: var(--tr-altered) }
.tr .tr-line { fill: none; stroke: var(--tr-mark); stroke-width: 2 }
.tr .tr-hollow { fill: var(--tr-paper); stroke: var(--tr-mark); stroke-width: 2 }
.tr .tr-origin { fill: none; stroke: var(--tr-mark); stroke-width: 1.3 }
.tr .tr-arrow { fill: none; stroke: var(--tr-arrow); stroke-width: 1.3 }
.tr .tr-head { fill: var(--tr-arrow) }
.tr .tr-weak { stroke-dasharray: 5 3 }
.tr .tr-open { stroke-dasharray: 1.5 2.5 }
.tr .tr-end { fill: var(--tr-paper); stroke: var(--tr-arrow); stroke-width: 1.3; stroke-dasharray: 2 1.6 }
.tr { width: 100%; max-width: 700px; height: auto }
"""


def to_svg(traces: Sequence[Trace], *, is_whole: bool = True) -> str:
    """One picture of all of these utterances, below each other, with one legend.

    One that is not whole is part of a page, which has the words themselves, and STYLE in its own style sheet.
    """
    layouts = [laid_out(trace) for trace in traces]
    parts: list[str] = []
    y = MARGIN
    for trace, layout in zip(traces, layouts, strict=True):
        heading = _heading(trace) if is_whole else []
        body = _family(trace, layout, top=len(heading) * HEADING)
        whole = f"<g><title>{_plain(_full_words(trace))}</title>{''.join(_heading_lines(heading))}</g>"
        parts += [f'<g transform="translate(0 {y:.1f})">', whole, *body, "</g>"]
        y += len(heading) * HEADING + layout.height + BETWEEN
    legend = list(_legend(traces, layouts))
    rows = list(_in_rows(legend))
    for n, row in enumerate(rows):
        parts.append(f'<g transform="translate(0 {y + n * LEGEND_LINE:.1f})">{"".join(row)}</g>')
    height = y + len(rows) * LEGEND_LINE
    return "\n".join([*_root(traces, height, is_whole=is_whole), *parts, "</svg>\n"])


def _root(traces: Sequence[Trace], height: float, *, is_whole: bool) -> Iterator[str]:
    """The beginning of the picture, with what it shows in words."""
    of = f"{len(traces)} utterances" if len(traces) != 1 else f"“{_full_words(traces[0])}”"
    id = f"tr-{'-'.join(str(trace.family) for trace in traces[:3])}-{len(traces)}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tr" role="img" aria-labelledby="{id}-title {id}-desc" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.1f}" width="{MAX_WIDTH_PX}">'
    )
    yield f'<title id="{id}-title">{_plain(f"The way of {of}")}</title>'
    yield f'<desc id="{id}-desc">{_plain(" ".join(line for trace in traces for line in _told(trace)))}</desc>'
    if is_whole:
        yield f"<style>{STYLE}</style>"
    yield f'<rect class="tr-paper" width="{WIDTH:.0f}" height="{height:.1f}"/>'


def _told(trace: Trace) -> Iterator[str]:
    """The picture of an utterance in sentences."""
    yield f"“{_full_words(trace)}”, {' or '.join(trace.speakers) or 'no speaker named'}."
    yield from (f"{line}." for line in circle_lines(trace))
    for copy in trace.copies:
        yield f"{'; '.join(_copy_words(copy, trace))}."


def _copy_words(copy: Copied, trace: Trace) -> Iterator[str]:
    """What a mark stands for."""
    day = day_of(copy)
    origin = ", earliest known copy" if copy.number == trace.origin and len(trace.copies) > 1 else ""
    yield f"{label_of(copy)}, {day_words(day) if day else 'no date'}, {copy.difference.variant}{origin}"
    yield f"“{copy.words}”"
    yield from way_lines(copy, trace)


def _full_words(trace: Trace) -> str:
    return next(copy.words for copy in trace.copies if copy.number == trace.fullest)


def _heading(trace: Trace) -> list[tuple[str, str]]:
    """The utterance in lines, and who said it, each with its style."""
    lines = textwrap.wrap(f"“{_full_words(trace)}”", HEADING_CHARS)
    if len(lines) > HEADING_LINES:
        lines = [*lines[: HEADING_LINES - 1], _cut(f"{lines[HEADING_LINES - 1]} …", HEADING_CHARS)]
    n = len(trace.copies)
    who = _cut(" or ".join(trace.speakers) or "no speaker named", HEADING_CHARS - 12)
    return [*((line, "tr-quote") for line in lines), (f"{who} · {n} {'copy' if n == 1 else 'copies'}", "tr-muted")]


def _heading_lines(heading: Iterable[tuple[str, str]]) -> Iterator[str]:
    for n, (line, style) in enumerate(heading):
        yield _text(line, Point(MARGIN, (n + 0.75) * HEADING), style=style)


def _family(trace: Trace, layout: Layout, *, top: float) -> Iterator[str]:
    """Everything below an utterance's heading."""
    yield f'<g transform="translate(0 {top:.1f})">'
    yield from _frame(layout)
    for arrow in layout.arrows:
        yield _arrow(arrow)
    for end in layout.ends:
        yield _open_end(end)
    for at in layout.unnamed:
        yield f'<path class="tr-arrow tr-open" d="M{at.x - OPEN_END:.1f} {at.y:.1f}h10"/>'
    for mark in layout.marks:
        yield _mark(mark, trace)
    yield "</g>"


def _frame(layout: Layout) -> Iterator[str]:
    """The days, the rows and their names."""
    for tick in layout.ticks:
        yield f'<path class="tr-rule" d="M{tick.x:.1f} {TOP - 5:.0f}V{layout.height:.1f}"/>'
        if tick.is_written:
            yield _text(f"{tick.day.day} {tick.day:%b}", Point(tick.x, 13), style="tr-muted", anchor="middle")
        if tick.has_year:
            yield _text(str(tick.day.year), Point(tick.x, 26), style="tr-muted", anchor="middle")
    if layout.undated_x is not None:
        x = layout.undated_x
        yield _text("no date", Point(x, 13), style="tr-muted", anchor="middle")
        if layout.ticks:
            yield f'<path class="tr-undated" d="M{x - 28:.1f} 4V{layout.height:.1f}"/>'
    for row in layout.rows:
        y = row.y + (ROW_PAD + STEP) / 2
        style = "tr-missing" if row.is_missing else ""
        yield _text(_cut(row.name, LABEL_CHARS), Point(MARGIN, y + 4), style=style, title=row.name)
        yield f'<path class="tr-rule" d="M{MARGIN:.0f} {row.y + row.height:.1f}H{WIDTH - MARGIN:.0f}"/>'


def _mark(mark: Mark, trace: Trace) -> str:
    """A copy, with a ring around the earliest known one."""
    variant = mark.copy.difference.variant
    style = "tr-mark tr-altered" if variant is Variant.ALTERED else "tr-mark"
    is_origin = mark.copy.number == trace.origin and len(trace.copies) > 1
    ring = f'<circle class="tr-origin" r="{_R + 3.5}"/>' if is_origin else ""
    title = f"<title>{_plain(chr(10).join(_copy_words(mark.copy, trace)))}</title>"
    at = f"translate({mark.at.x:.1f} {mark.at.y:.1f})"
    return f'<g class="{style}" transform="{at}">{title}{ring}{_SHAPES[variant]}</g>'


def _open_end(end: OpenEnd) -> str:
    title = f"<title>{_plain(end.name)}</title>"
    return f'<g transform="translate({end.at.x:.1f} {end.at.y:.1f})">{title}<circle class="tr-end" r="4"/></g>'


def _arrow(arrow: Arrow) -> str:
    """A curve from a source to its copy; where time does not tell them apart it goes around to the right."""
    start, end, gap = arrow.start, arrow.end, _R + 2
    style = "tr-open" if arrow.is_open else "tr-weak" if arrow.is_weak else ""
    if arrow.is_open and end.x - start.x < 2 * OPEN_END:
        side = 4 if end.y > start.y else -4
        curve = f"M{start.x:.1f} {start.y + side:.1f}Q{start.x:.1f} {end.y:.1f} {end.x - gap - 5:.1f} {end.y:.1f}"
        head = f"M{end.x - gap:.1f} {end.y:.1f}l-6 -3v6z"
    elif end.x - start.x > 2 * gap + 4:
        x, to, bend = start.x + gap, end.x - gap - 5, (end.x - start.x) / 2
        curve = f"M{x:.1f} {start.y:.1f}C{x + bend:.1f} {start.y:.1f} {to - bend:.1f} {end.y:.1f} {to:.1f} {end.y:.1f}"
        head = f"M{to + 5:.1f} {end.y:.1f}l-6 -3v6z"
    else:
        x, to = start.x + gap, end.x + gap + 5
        out = min(max(x, to) + 12 + min(40, abs(end.y - start.y) / 6), WIDTH - 2)
        curve = f"M{x:.1f} {start.y:.1f}C{out:.1f} {start.y:.1f} {out:.1f} {end.y:.1f} {to:.1f} {end.y:.1f}"
        head = f"M{to - 5:.1f} {end.y:.1f}l6 -3v6z"
    return f'<path class="tr-arrow {style}" d="{curve}"/><path class="tr-head" d="{head}"/>'


def _legend(traces: Sequence[Trace], layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """What the signs in the picture mean, of those that are in it."""
    used = {copy.difference.variant for trace in traces for copy in trace.copies}
    for variant in Variant:
        if variant in used:
            style = "tr-mark tr-altered" if variant is Variant.ALTERED else "tr-mark"
            yield f'<g class="{style}">{_SHAPES[variant]}</g>', variant.value
    if any(len(trace.copies) > 1 for trace in traces):
        is_leftmost = all(_is_origin_leftmost(trace) for trace in traces)
        yield (
            f'<circle class="tr-origin" r="{_R + 2}"/>',
            f"earliest known{'' if is_leftmost else ', by day of saying'}",
        )
    arrows = [arrow for layout in layouts for arrow in layout.arrows]
    signs = (
        ("", "from the source", any(not (arrow.is_weak or arrow.is_open) for arrow in arrows)),
        ("tr-weak", "from an outlet that is only named", any(arrow.is_weak for arrow in arrows)),
    )
    for style, words, is_used in signs:
        if is_used:
            yield f'<path class="tr-arrow {style}" d="M-9 0H4"/><path class="tr-head" d="M9 0l-6 -3v6z"/>', words
    if any(arrow.is_open for arrow in arrows):
        yield '<circle class="tr-end" r="4"/>', "named source, no such words in the record"
    if any(layout.unnamed for layout in layouts):
        yield '<path class="tr-arrow tr-open" d="M-7 0H7"/>', "names no outlet as its source"


def _is_origin_leftmost(trace: Trace) -> bool:
    """Whether no copy was printed before the earliest known one, which the day of the saying may make so."""
    printed = {copy.number: day_of(copy) or date.max for copy in trace.copies}
    return printed[trace.origin] == min(printed.values())


def _in_rows(legend: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The signs with their words, in lines."""
    line: list[str] = []
    x = MARGIN
    for sign, words in legend:
        width = 23 + CHAR * len(words) + 12
        if line and x + width > WIDTH:
            yield line
            line, x = [], MARGIN
        line.append(f'<g transform="translate({x + 9:.1f} 5)">{sign}</g>')
        line.append(_text(words, Point(x + 23, 9), style="tr-muted"))
        x += width
    if line:
        yield line


def _text(words: str, at: Point, *, style: str = "", anchor: str = "start", title: str | None = None) -> str:
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    told = f"<title>{_plain(title)}</title>" if title else ""
    return f'<text class="{style}" x="{at.x:.1f}" y="{at.y:.1f}"{anchored}>{told}{_plain(words)}</text>'


def _cut(words: str, n_chars: int) -> str:
    return words if len(words) <= n_chars else f"{words[: n_chars - 1].rstrip()}…"


def _plain(words: str) -> str:
    """Words as they can stand in SVG: escaped, without what no XML may hold."""
    return escape(_NOT_IN_XML.sub("\ufffd", words))

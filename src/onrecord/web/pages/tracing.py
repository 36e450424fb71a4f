"""One utterance through the record: its copies in time, how they differ, and the way of the words as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse

from onrecord.exchange.ways import circle_lines, difference_words, differing, label_of, way_lines, when_words
from onrecord.exchange.ways_svg import to_svg
from onrecord.record.traces import Copied, Trace, traces_at, traces_of
from onrecord.span import Span
from onrecord.web.access import LARGEST, Holding
from onrecord.web.asked import Blank, Typed
from onrecord.web.pages.shell import Shell

router = APIRouter(include_in_schema=False)
N_UTTERANCES = 5
# Of so many copies each is shown; what a page holds is bounded.
MOST_COPIES = 60


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """A copy as the page shows it: `differing` are the places of the words that the fullest copy has not."""

    copy: Copied
    when: str
    label: str
    how: tuple[str, ...]
    differing: Sequence[Span]
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTrace:
    """An utterance as the page shows it."""

    words: str
    speakers: tuple[str, ...]
    circles: tuple[str, ...]
    picture: Markup
    copies: tuple[ShownCopy, ...]
    n_others: int


@router.get("/trace")
def trace(
    held: Holding,
    shell: Shell,
    words: Annotated[Typed, Query()] = None,
    statement: Annotated[int | None, Blank, Query(ge=1, le=LARGEST)] = None,
) -> HTMLResponse:
    """The utterances that have these words, or that a statement quotes; without either, how to ask."""
    n_left = held.placings.n_left() if words or statement else 0
    with held.reading() as connection:
        found = traces_at(connection, statement) if statement else []
        if words and not statement:
            found = traces_of(connection, words, limit=N_UTTERANCES)
    traces = [_shown(one) for one in found]
    is_asked = words is not None or statement is not None
    return shell.page("trace.html.j2", words=words or "", is_asked=is_asked, traces=traces, n_left=n_left)


def _shown(trace: Trace) -> ShownTrace:
    full = next(copy for copy in trace.copies if copy.number == trace.fullest)
    return ShownTrace(
        words=full.words,
        speakers=trace.speakers,
        circles=tuple(circle_lines(trace)),
        # It is ours, and escapes what it shows.
        picture=Markup(to_svg([trace], is_whole=False)),  # noqa: S704
        copies=tuple(_copy(copy, trace) for copy in trace.copies[:MOST_COPIES]),
        n_others=max(0, len(trace.copies) - MOST_COPIES),
    )


def _copy(copy: Copied, trace: Trace) -> ShownCopy:
    origin = ("earliest known copy",) if copy.number == trace.origin and len(trace.copies) > 1 else ()
    how = (*origin, copy.difference.variant.value, *difference_words(copy.difference))
    return ShownCopy(copy, when_words(copy), label_of(copy), how, differing(copy), tuple(way_lines(copy, trace)))

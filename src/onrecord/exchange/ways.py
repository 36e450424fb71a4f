"""The way of a copy in words for people; the terminal and the picture share them. No verdict is among them."""

from collections.abc import Iterator, Mapping

from onrecord.exchange.wording import day_words
from onrecord.record.traces import Copied, Trace, Verdict
from onrecord.span import Span
from onrecord.tracing.sources import Evidence
from onrecord.tracing.variants import Difference, Variant
from onrecord.tracing.way import Citation, End

_CITES = {
    Evidence.LINK: "links to",
    Evidence.VIA: "cites",
    Evidence.TEXT: "has the text of",
    Evidence.MENTION: "names beside it",
    Evidence.CITATION: "has something from",
}


FOUND = {
    Verdict.VERBATIM: "found verbatim",
    Verdict.ALTERED: "found altered",
    Verdict.OTHER_SPEAKER: "found from another speaker",
    Verdict.NOT_FOUND: "not found",
}


def label_of(copy: Copied) -> str:
    """By what a copy is called: its outlet, else its article's name."""
    return copy.outlet or copy.article


def way_lines(copy: Copied, trace: Trace) -> Iterator[str]:
    """From where a copy has its words, a line for each outlet that it names."""
    way = copy.way
    if way is None:
        return
    places = {one.number: place for place, one in enumerate(trace.copies)}
    if way.is_first_hand:
        yield "at first hand, as it tells it"
    for cited in way.cites:
        if cited.copy is None:
            yield missing_words(cited, copy)
        else:
            where = "above" if places[cited.copy] < places[copy.number] else "below"
            yield f"{_CITES[cited.evidence]} {_whose(trace.copies[places[cited.copy]])} {where}"
    if way.missing and way.missing.end is End.NO_OUTLET:
        yield f"has it from {way.missing.name}" if way.missing.name else "names no source"


def missing_words(cited: Citation, copy: Copied) -> str:
    """What the record has of an outlet that is named as the source and has no copy."""
    until = " up to that day" if copy.published else ""
    its = f"names {cited.outlet} as its source: the record has"
    if not cited.n_articles:
        return f"{its} no article of it{until}"
    if cited.n_articles == 1:
        return f"{its} one of its articles{until}, without these words"
    return f"{its} {cited.n_articles:,} of its articles{until}, none with these words"


def circle_lines(trace: Trace) -> Iterator[str]:
    """Each circle in which copies cite each other."""
    labels: Mapping[int, str] = {copy.number: label_of(copy) for copy in trace.copies}
    for circle in trace.circles:
        names = [labels[number] for number in (*circle, circle[0])]
        yield f"in a circle: {' cites '.join(names)}"


def _whose(copy: Copied) -> str:
    """The outlet of a cited copy, with its day."""
    if copy.published is None:
        return f"{label_of(copy)}, whose copy without a date is"
    return f"{label_of(copy)}, whose copy of {day_words(copy.published)} is"


def difference_words(difference: Difference) -> Iterator[str]:
    """Where it is cut, and in what it differs, unless it is in other words altogether; no verdict."""
    if difference.variant is Variant.PARAPHRASE:
        return
    if difference.differs_in:
        yield f"differs in {', '.join(sorted(difference.differs_in))}"
    cut = [end for end, is_cut in (("front", difference.cut_front), ("end", difference.cut_end)) if is_cut]
    if cut:
        off = f", {', '.join(sorted(difference.cut_off))} cut off" if difference.cut_off else ""
        yield f"cut at the {' and the '.join(cut)}{off}"


def when_words(copy: Copied) -> str:
    """The day of the saying; where only that of the publication is known, that it was by then."""
    if copy.said:
        return day_words(copy.said)
    return f"by {day_words(copy.published)}" if copy.published else "no date"


def differing(copy: Copied) -> list[Span]:
    """Where in a copy's words those stand that the fullest copy has not, as far as their places are known."""
    if len(copy.words) != len(copy.span):  # white space was left out, and the places moved
        return []
    start = copy.span.start
    return [Span(change.span.start - start, change.span.end - start) for change in copy.changes if change.span]

"""The picture of an utterance's way: every copy and every citation is in it once, and in a browser it can be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from onrecord.exchange.ways_layout import RADIUS, WIDTH, laid_out
from onrecord.exchange.ways_svg import to_svg
from onrecord.record.traces import Copied, Trace
from onrecord.span import Span
from onrecord.tracing.sources import Evidence
from onrecord.tracing.variants import Difference, Variant
from onrecord.tracing.way import Break, Citation, End, Way

DAY = date(2031, 5, 3)
WORDS = "We will not close the quay on the word of one report, and nobody in the capital has asked us to do so."
SVG = "{http://www.w3.org/2000/svg}"
LEDGER, POST = "The Weyport Ledger", "Harbour Post"


def copy(
    number: int,
    outlet: str | None = LEDGER,
    *,
    day: int | None = 0,
    cites: tuple[Citation, ...] = (),
    missing: Break | None = None,
    variant: Variant = Variant.VERBATIM,
) -> Copied:
    """A copy in an article of its own, `day` days after the first one."""
    difference = Difference(variant, (), cut_front=False, cut_end=False, differs_in=frozenset(), cut_off=frozenset())
    return Copied(
        number=number,
        statement=number,
        article=f"article {number}",
        path=f"/{number}.txt",
        outlet=outlet,
        title=None,
        published=None if day is None else DAY + timedelta(days=day),
        url=None,
        span=Span(0, len(WORDS)),
        words=WORDS,
        speaker="Jorun Falk",
        said=None,
        difference=difference,
        changes=(),
        way=Way(cites, is_first_hand=not cites and not missing, missing=missing),
    )


def traced(*copies: Copied, speakers: tuple[str, ...] = ("Jorun Falk",)) -> Trace:
    """These copies as one utterance, of which the first is the origin and the fullest."""
    return Trace(7, speakers, copies, copies[0].number, copies[0].number)


def has_it_from(number: int, outlet: str = LEDGER, evidence: Evidence = Evidence.VIA) -> tuple[Citation, ...]:
    return (Citation(outlet, evidence, number),)


ONE = traced(copy(1, variant=Variant.FULL))
TWO = traced(*ONE.copies, copy(2, POST, day=2, cites=has_it_from(1), variant=Variant.ALTERED))
SIX = traced(
    *TWO.copies,
    copy(3, "The Association of Independent Broadcasters of the Grey Sound", day=2, cites=has_it_from(2, POST)),
    copy(4, "The Grey Sound Mail", day=30, cites=(Citation("Night Mail", Evidence.VIA, n_articles=4),)),
    copy(5, None, day=None, missing=Break(End.NO_OUTLET), variant=Variant.PARAPHRASE),
    copy(6, day=3, cites=has_it_from(2, POST, Evidence.MENTION), variant=Variant.FRAGMENT),
)  # fmt: skip
OUTLETS = [f"Outlet of Harbour No. {n}" for n in range(14)]
SIXTY = traced(
    *(
        copy(
            n,
            OUTLETS[n * 5 % 14],
            day=None if n % 19 == 18 else (n * n) % 23 if n % 3 else 0,
            cites=has_it_from(n // 2, OUTLETS[n // 2 * 5 % 14]) if n > 1 and n % 4 else (),
            variant=list(Variant)[n % 7],
        )
        for n in range(1, 61)
    )
)
ALL = {"one": ONE, "two": TWO, "six": SIX, "sixty": SIXTY}


def drawn(*traces: Trace) -> ET.Element:
    return ET.fromstring(to_svg(traces))  # noqa: S314 - it is our own


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def texts(root: ET.Element) -> list[str]:
    return [element.text or (element[0].tail or "") for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("trace", ALL.values(), ids=ALL)
def test_every_copy_and_every_citation_is_drawn_once(trace: Trace) -> None:
    root = drawn(trace)
    marks = [mark for mark in of_class(root, "tr-mark") if mark.find(f"{SVG}title") is not None]
    assert len(marks) == len(trace.copies)
    layout = laid_out(trace)
    assert sorted(mark.copy.number for mark in layout.marks) == [copy.number for copy in trace.copies]
    assert len(layout.arrows) == sum(len(copy.way.cites) for copy in trace.copies if copy.way)
    assert len(of_class(root, "tr-origin")) == (2 if len(trace.copies) > 1 else 0)


def test_a_mark_tells_what_it_stands_for_and_the_whole_is_told_in_words() -> None:
    root = drawn(TWO)
    titles = [title.text for mark in of_class(root, "tr-mark") if (title := mark.find(f"{SVG}title")) is not None]
    assert titles == [
        f"The Weyport Ledger, 3 May 2031, full, earliest known copy\n“{WORDS}”\nat first hand, as it tells it",
        f"Harbour Post, 5 May 2031, altered\n“{WORDS}”\ncites The Weyport Ledger, whose copy of 3 May 2031 is above",
    ]
    assert root.get("role") == "img"
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
    assert title.text == f"The way of “{WORDS}”"
    assert "Harbour Post, 5 May 2031, altered;" in (told.text or "")


def test_a_missing_source_has_a_row_and_an_open_end_and_who_names_none_a_loose_one() -> None:
    layout = laid_out(SIX)
    assert [row.name for row in layout.rows if row.is_missing] == ["Night Mail"]
    (end,) = layout.ends
    (row,) = (row for row in layout.rows if row.is_missing)
    assert end.name == "Night Mail"
    assert row.y < end.at.y < row.y + row.height
    assert sum(arrow.is_open for arrow in layout.arrows) == len(layout.unnamed) == 1
    assert "named source, no such words in the record" in texts(drawn(SIX))
    assert "named source, no such words in the record" not in texts(drawn(TWO))


def test_a_name_that_is_too_long_is_cut_and_told_whole() -> None:
    root = drawn(SIX)
    name = "The Association of Independent Broadcasters of the Grey Sound"
    (label,) = (text for text in root.iter(f"{SVG}text") if text.findtext(f"{SVG}title") == name)
    assert label[0].tail == "The Association of I…"


def test_an_outlet_has_one_row_however_it_is_written() -> None:
    trace = traced(copy(1, "The Harbour Post"), copy(2, "Harbour Post", day=1))
    assert [row.name for row in laid_out(trace).rows] == ["The Harbour Post"]


def test_time_goes_from_left_to_right_and_what_has_no_day_stands_behind() -> None:
    layout = laid_out(SIX)
    x = {mark.copy.number: mark.at.x for mark in layout.marks}
    assert x[1] < x[2] == x[3] < x[6] < x[4] < x[5] == layout.undated_x
    assert [(tick.day.day, tick.is_written, tick.has_year) for tick in layout.ticks] == [
        (3, True, True), (5, True, False), (6, False, False), (2, True, False)
    ]  # fmt: skip
    assert "no date" in texts(drawn(SIX))


def test_without_any_day_all_stand_in_one_column() -> None:
    layout = laid_out(traced(copy(1, day=None), copy(2, POST, day=None, cites=has_it_from(1))))
    assert {mark.at.x for mark in layout.marks} == {layout.undated_x}
    assert layout.ticks == ()


def test_several_utterances_stand_below_each_other_with_one_legend() -> None:
    root = drawn(ONE, TWO, SIX)
    assert texts(root).count("earliest known") == 1
    assert sum(text.startswith("Jorun Falk · ") for text in texts(root)) == 3
    assert root.findtext(f"{SVG}title") == "The way of 3 utterances"


def test_the_legend_says_where_the_earliest_by_the_saying_was_printed_later() -> None:
    said_before = replace(copy(1, day=4), said=DAY)
    assert "earliest known, by day of saying" in texts(drawn(traced(said_before, copy(2, POST, day=3))))


def test_no_text_becomes_markup_and_nothing_is_loaded() -> None:
    evil = '<script>alert(1)</script> & "x" \x00\x1b\ufffe\ud800'
    trace = traced(replace(copy(1, evil), words=evil), speakers=(evil,))
    root = drawn(trace)
    assert not list(root.iter(f"{SVG}script"))
    assert '<script>alert(1)</script> & "x" \ufffd\ufffd\ufffd\ufffd' in (root.findtext(f"{SVG}desc") or "")
    svg = to_svg([trace])
    assert re.findall(r"https?://[^\"' ]+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"\b(?:href|src|on\w+)=|url\(|@import", svg.replace(evil, ""))


COPIES = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 400), st.integers(0, 3))), min_size=1, max_size=60
)


@given(COPIES)
def test_no_mark_covers_another_or_leaves_the_picture(made: Sequence[tuple[int, int | None]]) -> None:
    layout = laid_out(traced(*(copy(n, OUTLETS[outlet], day=day) for n, (outlet, day) in enumerate(made))))
    for one, other in combinations([mark.at for mark in layout.marks], 2):
        assert abs(one.x - other.x) >= 2 * RADIUS or abs(one.y - other.y) >= 2 * RADIUS
    for mark in layout.marks:
        assert RADIUS < mark.at.x < WIDTH - RADIUS
        assert any(row.y < mark.at.y < row.y + row.height for row in layout.rows)
    assert all(0 < tick.x < WIDTH for tick in layout.ticks)


OUTSIDE = """() => {
    const whole = document.documentElement.getBoundingClientRect();
    return [...document.querySelectorAll("text, path, circle, rect")].filter((node) => {
        const box = node.getBoundingClientRect();
        return box.left < whole.left - 1 || box.right > whole.right + 1 || box.bottom > whole.bottom + 1;
    }).map((node) => node.outerHTML);
}"""
COVERED = """() => {
    const boxes = [...document.querySelectorAll("text")].map((node) => [node, node.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([other, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4
    ).map(([other, b]) => [one.textContent, other.textContent]));
}"""
SMALLEST_PX = """() => Math.min(...[...document.querySelectorAll("text")].map((node) =>
    parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a))"""
COLOURS = """() => ["rect.tr-paper", "text.tr-muted", "text.tr-quote", ".tr-mark"].map((one) =>
    getComputedStyle(document.querySelector(one)).fill)"""


@pytest.fixture(params=[(400, "light"), (400, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
    yield opened
    opened.close()


@pytest.mark.parametrize("trace", ALL.values(), ids=ALL)
def test_on_a_phone_and_on_a_desk_it_is_whole_and_large_enough(page: Page, trace: Trace, tmp_path: Path) -> None:
    file = tmp_path / "trace.svg"
    file.write_text(to_svg([trace]), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.getBoundingClientRect().width") == min(
        page.viewport_size["width"] if page.viewport_size else 0, 700
    )
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(COVERED) == []
    assert page.evaluate(SMALLEST_PX) > 10


def luminance(colour: str) -> float:
    """Of a colour as a browser gives it, by the formula of the WCAG."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_and_marks_stand_out_from_the_paper_in_light_and_dark(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "trace.svg"
    file.write_text(to_svg([SIX]), encoding="utf-8")
    page.goto(file.as_uri())
    paper, *others = map(luminance, page.evaluate(COLOURS))
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (paper < 0.1) == is_dark
    for other in others:
        assert (max(paper, other) + 0.05) / (min(paper, other) + 0.05) >= 4.5

"""The page in a real browser: the words marked are the article's words, and nothing is fetched from anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.exchange.page import to_page
from onrecord.exchange.segments import Role, spans_of
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement, Via, ViaRole
from tests.invented import BARE, HARBOUR, PUMPS, pumped

MARKED = "(nodes) => nodes.map((node) => node.textContent).join('')"
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
STYLE = """(node) => {
    const style = getComputedStyle(node);
    return [style.fontWeight, style.textDecorationLine, style.textDecorationStyle];
}"""
FONT_SIZE_PX = "(node) => parseFloat(getComputedStyle(node).fontSize)"

CROSSED = Article(
    id="crossed",
    text="one two three four",
    paragraphs=(Paragraph(Span(0, 18), ParagraphKind.BODY),),
    statements=(Statement(content=(Span(0, 13),)), Statement(content=(Span(4, 18),))),
)
REPORTED = Statement(
    content=pumped("The town"), via=(Via("ministry’s report", ViaRole.REPORTER, pumped("ministry’s report")[0]),)
)
LONG_WORD = Article(id="long", text="o" * 5000, paragraphs=(Paragraph(Span(0, 5000), ParagraphKind.BODY),))


class Opened:
    """A page in the browser, and what it asked for and complained of while it was loaded."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def marked(self, role: Role, index: int, *, article: int = 1) -> str:
        """The words marked as this role of this statement."""
        return str(self.page.eval_on_selector_all(f"#a{article} .{role}.s{index}", MARKED))


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    file = tmp_path / "page.html"

    def opened_page(*articles: Article) -> Opened:
        file.write_text(to_page(articles), encoding="utf-8")
        shown = Opened(page)
        page.goto(file.as_uri())
        return shown

    yield opened_page
    page.close()


def words(article: Article, spans: tuple[Span, ...]) -> str:
    return "".join(span.of(article.text) for span in spans)


def expected(article: Article) -> dict[tuple[str, int], str]:
    """Every role of every statement and its words."""
    return {
        (role, index): words(article, spans)
        for index, statement in enumerate(article.statements)
        for role, spans in spans_of(statement).items()
    }


@pytest.mark.parametrize("article", [HARBOUR, PUMPS], ids=lambda article: article.id)
def test_the_marked_words_of_every_statement_are_the_articles_words(opened: Open, article: Article) -> None:
    page = opened(article)
    assert {key: page.marked(Role(key[0]), key[1]) for key in expected(article)} == expected(article)


def test_the_marked_words_of_every_request_for_comment_are_the_articles_words(opened: Open) -> None:
    page = opened(PUMPS).page
    for index, request in enumerate(PUMPS.comment_requests):
        assert page.eval_on_selector_all(f".request.c{index}", MARKED) == request.span.of(PUMPS.text)


def test_contents_that_cross_are_both_marked_in_full(opened: Open) -> None:
    page = opened(CROSSED)
    assert page.marked(Role.CONTENT, 0) == "one two three"
    assert page.marked(Role.CONTENT, 1) == "two three four"


def test_a_content_over_two_paragraphs_is_marked_in_both(opened: Open) -> None:
    first, second = Span(0, 3), Span(5, 8)
    paragraphs = tuple(Paragraph(span, ParagraphKind.BODY) for span in (first, second))
    page = opened(Article(id="two", text="one\n\ntwo", paragraphs=paragraphs, statements=(Statement((Span(0, 8),)),)))
    assert page.marked(Role.CONTENT, 0) == "onetwo"
    assert page.page.locator(".ref").count() == 1


def test_the_text_on_the_page_is_the_articles_text_but_for_the_numbers(opened: Open) -> None:
    page = opened(HARBOUR)
    page.page.eval_on_selector_all(".row sup", "(nodes) => nodes.forEach((node) => node.remove())")
    shown = page.page.locator(".row > :is(h1, h2, p)").evaluate_all("(nodes) => nodes.map((node) => node.textContent)")
    assert shown == [paragraph.span.of(HARBOUR.text) for paragraph in HARBOUR.paragraphs]


def test_every_statement_has_one_number_in_the_text_and_one_note_and_they_lead_to_each_other(opened: Open) -> None:
    page = opened(HARBOUR).page
    for index in range(len(HARBOUR.statements)):
        assert page.locator(f".ref.r{index}").count() == page.locator(f".note.n{index}").count() == 1
    page.locator(".ref.r5").click()
    assert page.url.endswith("#a1-n5")
    assert page.locator(":target").is_visible()
    page.locator("#a1-n5 .label").click()
    assert page.locator(":target").text_content() == "6"


def note(page: Page, index: int) -> str:
    return " ".join((page.locator(f".note.n{index}").text_content() or "").split())


def test_a_note_says_who_speaks_how_that_is_known_and_what_else_is(opened: Open) -> None:
    page = opened(HARBOUR).page
    assert note(page, 4) == "5 Jorun Falk indirect · assert · 100% · answers 4"
    assert note(page, 3) == "4 Weyport Ledger (as “The paper”) direct · ask · 100%"
    assert note(page, 6) == "7 speaker unknown (no source) direct · assert · 25%"
    assert note(page, 8) == "9 speaker unknown (“العمدة”) indirect · assert · 100%"


def test_a_note_says_on_what_way_and_when(opened: Open) -> None:
    page = opened(PUMPS).page
    assert note(page, 0) == (
        "1 Anselm Corvin Anselm Corvin → Tarsian Morning Post → pumps indirect · assert · 100% · "
        "venue: Tarsian Moning Post [Tarsian Morning Post] · said “in February” (no date to count from)"
    )
    assert note(page, 4) == "5 A senior aide who feared for her post · not named assert · 100%"
    assert note(page, 9) == "9.1 Anselm Corvin Anselm Corvin → ministry’s report → pumps want · 100%"


def test_a_note_has_the_right_spelling_of_a_speaker_beside_the_articles_own(opened: Open) -> None:
    speaker = Speaker("Anselm Corvyn", SpeakerKind.PERSON, proper="Anselm Corvin")
    page = opened(replace(PUMPS, statements=(replace(PUMPS.statements[4], speaker=speaker),))).page
    assert note(page, 0) == "1 Anselm Corvyn [Anselm Corvin] assert · 100%"


def test_requests_for_comment_and_outlets_cited_stand_behind_the_text(opened: Open) -> None:
    page = opened(PUMPS).page
    first, last = (" ".join((page.locator(f"#a1-r{index}").text_content() or "").split()) for index in (0, 2))
    assert first == "C1 Anselm Corvin, town council asked by Tarsian Morning Post · by email · not answered"
    assert last == "C3 whom is not said asked by whom is not said · whether answered is not said"
    assert page.locator(".after ul li").all_text_contents() == ["Tarsian Morning Post", "Tide Weekly"]
    assert opened(HARBOUR).page.locator(".after").count() == 0


def test_a_request_and_its_place_in_the_text_lead_to_each_other(opened: Open) -> None:
    page = opened(PUMPS).page
    page.locator("#a1-c1").click()
    assert page.url.endswith("#a1-r1")
    page.locator("#a1-r1 .label").click()
    assert page.locator(":target").text_content() == "C2"


def test_hovering_over_a_note_lights_up_its_words_in_the_text(opened: Open) -> None:
    page = opened(HARBOUR).page
    colour = "(node) => getComputedStyle(node).backgroundColor"
    before = page.locator(".content.s3").first.evaluate(colour)
    page.locator(".note.n3").hover()
    assert page.locator(".content.s3").first.evaluate(colour) != before


def test_a_marked_word_says_on_hovering_what_it_is_in_each_of_its_statements(opened: Open) -> None:
    hint = opened(HARBOUR).page.locator(".source.s4.s5").get_attribute("title")
    assert hint is not None
    assert [line.split(" · ")[0] for line in hint.split("\n")] == ["source of 5: Jorun Falk", "source of 6: Jorun Falk"]


def test_an_outlet_a_time_and_a_request_say_on_hovering_whose_they_are(opened: Open) -> None:
    page = opened(PUMPS).page
    assert page.locator(".venue.s0").get_attribute("title") == "venue of 1: Anselm Corvin"
    assert page.locator(".when.s3").get_attribute("title") == "when of 4: Anselm Corvin"
    assert page.locator(".request.c1").get_attribute("title") == (
        "asked for comment · makers of the gates · asked by whom is not said · answered"
    )


def test_roles_are_told_apart_by_more_than_colour(opened: Open) -> None:
    page = opened(replace(PUMPS, statements=(*PUMPS.statements[:6], REPORTED))).page
    styles = {role: page.locator(f".{role}").nth(-1).evaluate(STYLE) for role in Role}
    assert styles == {
        "request": ["400", "overline", "solid"],
        "content": ["400", "underline", "solid"],
        "reporter": ["400", "underline", "double"],
        "venue": ["400", "underline", "double"],
        "when": ["400", "underline", "dashed"],
        "source": ["700", "none", "solid"],
        "cue": ["400", "underline", "dotted"],
    }


def test_the_title_is_the_heading_and_muted_paragraphs_are_smaller(opened: Open) -> None:
    page = opened(HARBOUR).page
    assert page.locator("h1").count() == 1
    assert page.locator("h2").all_text_contents() == ["Council divided"]
    body = page.locator(".body > p").first.evaluate(FONT_SIZE_PX)
    assert all(
        page.locator(f".{kind} > p").evaluate(FONT_SIZE_PX) < body for kind in ("promotion", "related", "sources")
    )


def test_an_article_whose_text_has_no_title_still_has_a_heading(opened: Open) -> None:
    assert opened(BARE).page.locator("h1").all_text_contents() == ["bare"]


def test_the_page_loads_nothing_and_complains_of_nothing(opened: Open) -> None:
    page = opened(replace(HARBOUR, url="https://weyport.example/harbour"))
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_no_width_scrolls_sideways(opened: Open, width: int, scheme: str) -> None:
    page = opened(HARBOUR, LONG_WORD, CROSSED, PUMPS).page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate(WIDER_THAN_SCREEN) is False


def test_text_from_right_to_left_is_shown_from_right_to_left(opened: Open) -> None:
    last = opened(HARBOUR).page.locator(".row > p").last
    assert last.evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_several_articles_share_a_page_with_a_list_of_them_and_anchors_of_their_own(opened: Open) -> None:
    page = opened(HARBOUR, CROSSED, HARBOUR)
    assert page.page.locator("nav a").count() == page.page.locator("article").count() == 3
    assert page.marked(Role.CONTENT, 1, article=2) == "two three four"
    ids = page.page.eval_on_selector_all("[id]", "(nodes) => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    assert 'href="javascript' not in to_page([replace(BARE, url="javascript:alert(1)")])


def test_html_in_an_article_stays_text() -> None:
    page = to_page([HARBOUR])
    assert "<safe>" not in page
    assert "&lt;safe&gt;" in page

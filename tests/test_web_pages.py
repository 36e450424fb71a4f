"""The pages in a real browser, from a real server: the way of somebody who never types a command."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.holdings import holdings
from onrecord.span import Span
from onrecord.statement import Form, Statement
from tests.invented import FALK, at
from tests.serving import SIGNER, Served, fill, serving
from tests.test_page import WIDER_THAN_SCREEN

PAGES = (
    "/",
    "/search?q=quay",
    "/search",
    "/search?q=zzz",
    "/articles/1",
    "/speakers",
    "/speakers/1",
    "/sign-in",
    "/check",
    "/trace?words=nobody+in+the+capital+listens",
    "/no",
)

# Of a page that says what was wrong with what was sent the browser says so, too.
REFUSED = "status of 422"
DRAFT = """Ferry to stop in winter

Mayor Jorun Falk told the council of Weyport on Monday what many had feared.

"The ferry will stop," Falk said. "Nobody in the capital listens."
"""


@pytest.fixture
def served(record: Record) -> Iterator[Served]:
    fill(record)
    with serving(record) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not complain of anything, nor ask anybody else for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: None if REFUSED in message.text else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if "127.0.0.1" in request.url else complaints.append(request.url))
    yield page
    assert complaints == []
    context.close()


def test_from_a_search_to_the_article_to_the_speaker_and_a_correction_that_is_taken_back(
    served: Served, page: Page
) -> None:
    page.goto(served.address)
    page.get_by_role("searchbox").fill("dyke")
    page.get_by_role("button", name="Search").click()
    found = page.locator(".statement").first
    expect(found.locator("mark")).to_have_text("dyke")
    expect(found).to_contain_text("Jorun Falk")
    found.locator(".where a").click()
    expect(page.locator(":target")).to_be_visible()
    expect(page.locator(".content", has_text="that the dyke would not hold").first).to_be_visible()
    note = page.locator(".note", has_text="Jorun Falk").last
    note.get_by_role("link", name="correct").click()
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Token").fill(served.token)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Speaker", exact=True).fill("Tomas Brandvold")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".statement .who")).to_have_text("Tomas Brandvold")
    expect(page.locator(".log")).to_contain_text(SIGNER)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".statement .who")).to_have_text("Jorun Falk")
    page.locator(".statement .where a").click()
    page.locator(".note a.who", has_text="Jorun Falk").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jorun Falk")
    expect(page.locator(".statement").first).to_be_visible()
    page.get_by_role("button", name=f"Sign out {SIGNER}").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_what_was_found_is_narrowed_by_a_facet_and_by_time(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/search?q=quay+OR+dyke+OR+flood&by=words")
    n_before = page.locator(".statement").count()
    page.locator("details", has_text="Act").get_by_role("link").first.click()
    assert 0 < page.locator(".statement").count() < n_before
    page.locator("[aria-current]").click()
    assert page.locator(".statement").count() == n_before
    page.get_by_label("Since").fill("2099")
    page.get_by_role("button", name="Narrow").click()
    expect(page.locator(".empty")).to_contain_text("narrowed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_no_page_is_wider_than_the_screen(served: Served, browser: Browser, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{served.address}{path}")
        assert not page.evaluate(WIDER_THAN_SCREEN), path
    context.close()


def test_every_page_works_without_a_script(served: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.get_by_role("searchbox").fill("dyke")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".statement mark").first).to_have_text("dyke")
    context.close()


def test_a_draft_is_checked_and_not_kept(record: Record, served: Served, page: Page) -> None:
    with record.snapshot() as connection:
        before = holdings(connection)
    page.goto(served.address)
    page.get_by_role("link", name="Check a text").click()
    page.get_by_label("Published").fill("2031-02-12")
    page.get_by_label("Text", exact=True).fill(DRAFT)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".content", has_text="The ferry will stop")).to_be_visible()
    expect(page.locator(".note .who", has_text="Jorun Falk").first).to_be_visible()
    expect(page.locator(".rests")).to_contain_text("attributed")
    with record.snapshot() as connection:
        assert holdings(connection) == before


def test_what_cannot_be_checked_says_why_and_keeps_the_text(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/check")
    page.get_by_label("Published").fill("tomorrow")
    page.get_by_label("Text", exact=True).fill(DRAFT)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("'tomorrow' is no date")
    expect(page.get_by_label("Text", exact=True)).to_have_value(DRAFT)


def test_a_quotation_is_traced_from_the_statement_that_has_it(record: Record, served: Served, page: Page) -> None:
    altered = "The storms come later every year, and nobody in the capital listens."
    text = f'Storm\n\nThe Weyport Ledger reported on Monday that Jorun Falk said: "{altered}"'
    report = Article(
        "storm",
        text,
        paragraphs=(Paragraph(Span(0, 5), ParagraphKind.TITLE), Paragraph(Span(7, len(text)), ParagraphKind.BODY)),
        statements=(
            Statement(
                content=at(f'"{altered}"', text=text),
                source=at("Jorun Falk", text=text),
                cue=at("said", text=text),
                speaker=FALK,
                form=Form.DIRECT,
            ),
        ),
        outlet="The Larkhaven Observer",
        published=date(2031, 2, 1),
    )
    with record.transaction() as connection:
        store(connection, report, model="reader-0")
    page.goto(f"{served.address}/search?q=storms&by=words")
    page.locator(".statement", has_text="earlier every year").first.get_by_role("link", name="trace").click()
    copies = page.locator(".utterance .statement")
    expect(copies.filter(has_text="altered").locator("mark")).to_have_text("earlier")
    expect(page.locator(".way svg")).to_be_visible()
    assert page.locator(".way svg").evaluate("(svg) => getComputedStyle(svg).maxWidth") == "700px"


def test_the_quotations_of_a_draft_are_looked_for_in_the_record(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/check")
    altered = "The storms come later every year,"
    draft = f'Storms\n\n"{altered}" said Mayor Jorun Falk.\n\n"Nothing of this was ever said," Falk said.'
    page.get_by_label("Text", exact=True).fill(draft)
    page.get_by_role("button", name="Look for its quotations").click()
    expect(page.locator(".statement", has_text=altered)).to_contain_text("found altered")
    expect(page.locator(".statement", has_text=altered).locator("ins")).to_have_text("later")
    expect(page.locator(".statement", has_text="Nothing of this")).to_contain_text("not found")

"""PDFs: paragraphs out of lines, what is printed for the page alone, and what cannot be read."""

import shutil
import textwrap
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from playwright.sync_api import sync_playwright

from onrecord.article import Article, Markup, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document
from onrecord.intake.inputs import articles_in
from onrecord.intake.pdf import article_from_pdf

CHROMIUM = shutil.which("chromium")

# A place in points from the lower left corner, the size of the type, and the words.
Print = tuple[float, float, float, str]

SIZE = 10.0
LEADING = 12.0
TOP = 780.0
MARGIN = 60.0
# Courier: every character is six tenths of its size wide.
CHARACTER = 0.6 * SIZE

LEAD = (
    "The town of Weyport will close its harbour to ferries from Monday, Mayor Jorun Falk said on Wednesday. “We have "
    "waited for the state long enough,” she told the council, adding that the quay walls had moved since autumn."
)
BACKGROUND = (
    "The engineer Tomas Brandvold, who wrote the report, said that he had warned the council before the winter. "
    "“Nobody can say that they did not know,” Brandvold said on the quay, with the water at his feet."
)
CLOSE = "Falk denied that the closing had anything to do with the vote. “It is a matter of weeks,” she said."
REPORT = (LEAD, BACKGROUND, CLOSE)


def pdf(*pages: Iterable[Print], title: str = "", extra: bytes = b"") -> bytes:
    """A PDF with these prints on its pages, in Courier; `extra` is one more object, which the trailer names Encrypt."""
    contents = [b"\n".join(map(_shown, page)) for page in pages]
    n_pages = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(n_pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, n_pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    for number, content in enumerate(contents):
        resources = b"/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R" % (5 + 2 * number)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % resources)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    trailer = b"/Root 1 0 R/Info %d 0 R" % len(objects)
    if extra:
        objects.append(extra)
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    return _file(objects, trailer)


def _shown(what: Print) -> bytes:
    left, baseline, size, words = what
    literal = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F %g Tf %g %g Td (%s) Tj ET" % (size, left, baseline, literal)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    data, starts = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        trailer,
        len(data),
    )


def printed(
    *paragraphs: str, top: float = TOP, left: float = MARGIN, width: int = 75, space: float = LEADING, indent: int = 0
) -> Iterator[Print]:
    """The lines of paragraphs below one another, so many points apart, first lines indented by so many characters."""
    baseline = top
    for paragraph in paragraphs:
        for number, line in enumerate(textwrap.wrap(" " * indent + paragraph, width, drop_whitespace=True)):
            shift = (len(line) - len(line.lstrip())) * CHARACTER if number == 0 else 0.0
            yield left + shift, baseline, SIZE, line.strip()
            baseline -= LEADING
        baseline -= space


def read(data: bytes, *, published: date | None = None) -> Article:
    """The article in a PDF."""
    return article_from_pdf(Document(data, "release.pdf", "release", published=published))


def words_of(article: Article) -> list[str]:
    """The words of each paragraph."""
    return [paragraph.span.of(article.text) for paragraph in article.paragraphs]


def test_lines_become_paragraphs_where_space_parts_them() -> None:
    article = read(pdf(printed(*REPORT)))
    assert words_of(article) == list(REPORT)
    assert article.text == "\n\n".join(REPORT)


def test_lines_become_paragraphs_where_only_the_first_lines_are_indented() -> None:
    assert words_of(read(pdf(printed(*REPORT, space=0, indent=4)))) == list(REPORT)


def test_lines_become_paragraphs_where_only_the_last_lines_are_short() -> None:
    assert words_of(read(pdf(printed(*REPORT, space=0, width=60)))) == list(REPORT)


def test_a_hyphen_goes_where_it_only_divides_a_word() -> None:
    lines = [
        "The council heard that the walls had moved by four centi-",
        "metres since autumn. Fenwick, a well-known engineer of the well-",
        "known firm, said in a letter to the council that the winter of 2030-",
        "31 was to blame, with its storms and its frost, or as the Anglo-",
        "Tarsian report has it, the builders of the quay.",
    ]
    (text,) = words_of(read(pdf([(MARGIN, TOP - LEADING * n, SIZE, line) for n, line in enumerate(lines)])))
    assert "four centimetres since" in text
    assert "the well-known firm" in text
    assert "of 2030-31 was" in text
    assert "the Anglo-Tarsian report" in text


def test_running_heads_and_page_numbers_are_no_text_and_a_paragraph_goes_on_over_the_page() -> None:
    lines = list(printed(LEAD, BACKGROUND))
    pages = [
        [(MARGIN, 820, 8, f"Town of Weyport - No. {number}"), *part, (300, 30, 8, f"Page {number} of 2")]
        for number, part in ((1, lines[:5]), (2, [(x, y + 5 * LEADING, s, w) for x, y, s, w in lines[5:]]))
    ]
    assert words_of(read(pdf(*pages))) == [LEAD, BACKGROUND]


def test_two_columns_are_read_one_after_the_other_below_a_title_across_both() -> None:
    title = (MARGIN, TOP, 16.0, "Weyport closes its harbour to ferries")
    left = list(printed(LEAD, BACKGROUND, top=740, width=36))
    right = list(printed(CLOSE, LEAD, top=740, left=310, width=36))
    mixed = [line for pair in zip(left, right, strict=False) for line in pair]
    mixed += left[len(right) :] + right[len(left) :]
    article = read(pdf([title, *mixed]))
    assert words_of(article) == ["Weyport closes its harbour to ferries", LEAD, BACKGROUND, CLOSE, LEAD]


def test_items_lose_their_bullets_and_are_marked() -> None:
    items = [
        (MARGIN, 600.0, SIZE, "•"),
        (MARGIN + 12, 600.0, SIZE, "Ferries stop on Monday at noon, and buses go instead,"),
        (MARGIN + 12, 588.0, SIZE, "from the old pier."),
        (MARGIN, 576.0, SIZE, "•"),
        (MARGIN + 12, 576.0, SIZE, "The council votes on Friday."),
    ]
    stray = (MARGIN, 500.0, SIZE, "•")
    article = read(pdf([*printed(*REPORT), *items, stray]))
    assert words_of(article)[3:] == [
        "Ferries stop on Monday at noon, and buses go instead, from the old pier.",
        "The council votes on Friday.",
    ]
    assert [paragraph.markup for paragraph in article.paragraphs] == [None] * 3 + [Markup.LIST_ITEM] * 2


def test_the_rows_of_a_table_are_not_columns() -> None:
    rows = [("Ferry", "2030", "2031"), ("Tarsia", "12,000", "9,500"), ("Fenwick", "900", "1,000"), ("All", "1", "2")]
    cells = [
        (MARGIN + 120 * column, 600.0 - LEADING * number, SIZE, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    article = read(pdf([*printed(*REPORT), *cells]))
    assert words_of(article)[3:] == ["\t".join(row) for row in rows]
    assert {paragraph.markup for paragraph in article.paragraphs[3:]} == {Markup.TABLE_ROW}


HEAD = (
    (MARGIN, 780.0, SIZE, "FOR IMMEDIATE RELEASE"),
    (MARGIN, 756.0, SIZE, "Weyport, January 15, 2031"),
    (MARGIN, 732.0, SIZE, "Contact: Edda Lund, press office"),
)
TITLE = (MARGIN, 700.0, 16.0, "Weyport closes its harbour to ferries")


def test_the_largest_type_is_the_title_and_what_stands_above_it_gives_the_date() -> None:
    article = read(pdf([*HEAD, TITLE, *printed(*REPORT, top=660), (MARGIN, 300, SIZE, "###")]))
    assert (article.title, article.published) == ("Weyport closes its harbour to ferries", date(2031, 1, 15))
    kinds = [ParagraphKind.BYLINE] * 3 + [ParagraphKind.TITLE] + [ParagraphKind.BODY] * 3 + [ParagraphKind.BYLINE]
    assert [paragraph.kind for paragraph in article.paragraphs] == kinds


def test_large_type_in_the_midst_of_the_text_is_no_title() -> None:
    quote = (MARGIN, 400.0, 16.0, "“Nobody listened to Brandvold”")
    article = read(pdf([*printed(*REPORT, top=660), quote, *printed(*REPORT, top=360)]))
    assert article.title is None
    assert [paragraph.kind for paragraph in article.paragraphs[:3]] == [ParagraphKind.BODY] * 3


def test_without_large_type_the_title_in_the_metadata_counts_if_it_stands_in_the_text() -> None:
    small = (MARGIN, 700.0, SIZE, "Weyport closes its harbour to ferries")
    page = [*HEAD, small, *printed(*REPORT, top=660)]
    assert read(pdf(page, title="Weyport Closes Its Harbour to Ferries")).title == small[3]
    assert read(pdf(page, title="release_final_3.docx")).title == small[3]
    assert read(pdf([*printed(*REPORT)], title="release_final_3.docx")).title is None


def test_a_date_given_with_the_call_serves_a_pdf_that_states_none() -> None:
    given = date(2024, 1, 2)
    assert read(pdf(printed(*REPORT)), published=given).published == given
    assert read(pdf([*HEAD, TITLE, *printed(*REPORT, top=660)]), published=given).published == date(2031, 1, 15)


LOCK = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"11" * 32, b"22" * 32)
SOUND = pdf(printed(*REPORT))


def _with_stream(content: bytes) -> bytes:
    return SOUND.replace(
        b"%PDF-1.7\n",
        b"%%PDF-1.7\n9 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(content), content),
        1,
    )


@pytest.mark.parametrize(
    ("data", "outcome", "message"),
    [
        (pdf(printed(*REPORT), extra=LOCK), Outcome.NOT_TEXT, "password"),
        (pdf([]), Outcome.NO_ARTICLE, "recognise the text"),
        (pdf(), Outcome.DAMAGED, "cannot be read"),
        (SOUND[: len(SOUND) // 2], Outcome.DAMAGED, "breaks off"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF\n", Outcome.DAMAGED, "cannot be read"),
        (pdf(*[[]] * 301), Outcome.TOO_LARGE, "301 pages"),
        (_with_stream(zlib.compress(b" " * (33 * 1024**2), 1)), Outcome.TOO_LARGE, "unpacks to more than 32 MB"),
    ],
    ids=["locked", "scan", "no page", "breaks off", "garbage", "many pages", "bomb"],
)
def test_what_cannot_be_read_is_one_error_that_says_why(data: bytes, outcome: Outcome, message: str) -> None:
    (error,) = articles_in(Document(data, "release.pdf", "release"))
    assert isinstance(error, InputError)
    assert error.outcome is outcome
    assert message in str(error)
    assert error.source == "release.pdf"


PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Release</title>
<style>
  body {{ font: 10pt serif; text-align: justify; hyphens: manual }}
  .columns {{ columns: 2; column-gap: 20pt }}
  p {{ margin: 0; text-indent: 1.5em }}
  .first {{ text-indent: 0; margin-bottom: 10pt }}
</style>
<p class="first">PRESS RELEASE</p><p class="first">15 January 2031</p>
<h1>Weyport closes its harbour to ferries after quay walls move by four centimetres, and Mayor Falk asks for time</h1>
<div class="columns">{"".join(f"<p>{words}</p>" for words in REPORT * 12).replace("engineer", "engi&shy;neer")}</div>"""


def test_what_a_browser_prints_is_read_back() -> None:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(PAGE)
        data = page.pdf(display_header_footer=True, margin={"top": "20mm", "bottom": "20mm"})
        browser.close()
    article = read(data)
    title = (
        "Weyport closes its harbour to ferries after quay walls move by four centimetres, and Mayor Falk asks for time"
    )
    assert (article.title, article.published) == (title, date(2031, 1, 15))
    assert words_of(article) == ["PRESS RELEASE", "15 January 2031", title, *REPORT * 12]

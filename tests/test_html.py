"""Web pages to articles: what is the report, the kinds of its paragraphs, links, encodings, and pages that are none."""

import codecs
import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Markup, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document
from onrecord.intake.html import article_from_html
from onrecord.intake.page.markup import MAX_PAGE_BYTES

EXAMPLE = Path(__file__).parents[1] / "examples" / "quay.html"
ADDRESS = "https://weyport-ledger.example/2031/02/12/quay"
PROSE = [
    "Mayor Jorun Falk said on Wednesday that the old quay would stay open until the spring tides are over.",
    "“I will not close the quay on the word of one report,” Falk told the town council of Weyport in the evening.",
    "The engineer, Tomas Brandvold, had written in January that two of the nine piers moved under the hand.",
    "Grey Sound Lines, which runs the ferry, said that it trusted the mayor and that it would sail as usual.",
]
BODY = "".join(f"<p>{line}</p>" for line in PROSE)


def page(body: str, *, head: str = "") -> bytes:
    """A page with a headline and this inside its article."""
    title = "<title>The quay stays open - Weyport Ledger</title>"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8>{title}{head}</head><body>"
        f"<article><h1>The quay stays open</h1>{body}</article></body></html>"
    ).encode()


def read(data: bytes, *, charset: str | None = None, url: str | None = ADDRESS) -> Article:
    return article_from_html(Document(data, source="quay.html", id="quay", url=url, charset=charset))


def texts(article: Article, kind: ParagraphKind) -> list[str]:
    return [p.span.of(article.text) for p in article.paragraphs if p.kind is kind]


def example() -> Article:
    return article_from_html(Document(EXAMPLE.read_bytes(), source=str(EXAMPLE), id="quay"))


def test_an_article_has_what_its_page_says_of_it() -> None:
    article = example()
    assert article.title == "Falk ‘will not close the quay’ before the spring tides"
    assert article.authors == ("Ilse Quandt", "Perpetua Oduya")
    assert article.outlet == "Weyport Ledger"
    assert article.domain == "weyport-ledger.example"
    assert article.url == ADDRESS
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2031-02-12T23:40:00-03:00"
    assert str(article.published) == "2031-02-12"
    assert article.language == "en"


def test_paragraphs_are_told_apart_by_their_kind_and_their_markup() -> None:
    found = [(p.kind, p.markup, p.span.of(example().text).split(maxsplit=1)[0]) for p in example().paragraphs]
    body, promotion, caption = ParagraphKind.BODY, ParagraphKind.PROMOTION, ParagraphKind.CAPTION
    assert found[:7] == [
        (ParagraphKind.TITLE, None, "Falk"),
        (ParagraphKind.STANDFIRST, None, "The"),
        (ParagraphKind.BYLINE, None, "By"),
        (caption, None, "The"),
        (body, None, "WEYPORT"),
        (body, None, "“I"),
        (body, None, "Tomas"),
    ]
    assert (promotion, None, "The") in found
    assert (ParagraphKind.HEADING, None, "What") in found
    assert [first for kind, markup, first in found if (kind, markup) == (body, Markup.LIST_ITEM)] == [
        *("closing", "moving", "divers’")
    ]
    assert (body, Markup.QUOTATION, "A") in found
    assert (body, Markup.POST, "They") in found


def test_what_is_no_part_of_the_report_is_not_among_what_is_read_in_it() -> None:
    article = example()
    read_text = " ".join(text for kind in (ParagraphKind.BODY, ParagraphKind.HEADING) for text in texts(article, kind))
    for foreign in (
        "cookies",
        "resign",
        "Read more",
        "I count every ship",
        "told the Ledger",
        "inbox",
        "rights reserved",
    ):
        assert foreign not in read_text
    for gone in ("cookies", "resign", "rights reserved", "Skip to", "About us"):
        assert gone not in article.text


def test_other_stories_are_kept_as_such() -> None:
    related = texts(example(), ParagraphKind.RELATED) + texts(example(), ParagraphKind.PROMOTION)
    assert any("Ferry to Stint Island" in text for text in related)
    assert any("I count every ship" in text for text in related)


def test_links_lead_from_the_words_to_whole_addresses() -> None:
    article = example()
    links = {link.span.of(article.text): link.address for link in article.links}
    assert links["Tarsian Morning Post"] == "https://tarsian-post.example/2031/02/10/piers"
    assert links["a report in January"] == "https://weyport-ledger.example/documents/brandvold-report.pdf"
    assert not [address for address in links.values() if not address.startswith("https://")]


def test_the_base_of_a_page_is_what_its_relative_links_are_relative_to() -> None:
    head = '<base href="https://archive.weyport-ledger.example/old/">'
    article = read(page(BODY + '<p>See <a href="brandvold">the report</a> that the town had asked for.</p>', head=head))
    assert [link.address for link in article.links] == ["https://archive.weyport-ledger.example/old/brandvold"]


@pytest.mark.parametrize(
    "href", ["#top", "javascript:void(0)", "mailto:a@b.example", "tel:1", "", "http://[", "data:,x"]
)
def test_what_leads_to_no_other_page_is_no_link(href: str) -> None:
    article = read(page(BODY + f'<p>See <a href="{href}">the report</a> that the town had asked for.</p>'))
    assert article.links == ()


def test_every_paragraph_and_link_is_where_its_span_says() -> None:
    article = example()
    end = 0
    for paragraph in article.paragraphs:
        text = paragraph.span.of(article.text)
        assert text == text.strip() != ""
        assert not article.text[end : paragraph.span.start].strip()
        end = paragraph.span.end
    assert end == len(article.text)
    assert all(link.span.of(article.text).strip() for link in article.links)


def test_white_space_inside_a_paragraph_is_one_blank_and_invisible_marks_are_gone() -> None:
    article = read(
        page(BODY + "<p>The  tide\n\n comes\tin at\u00a0nine; the bridge\u200b keeper waits\u00ad for it.</p>")
    )
    assert texts(article, ParagraphKind.BODY)[-1] == "The tide comes in at nine; the bridge keeper waits for it."


def test_two_line_breaks_end_a_paragraph_and_one_does_not() -> None:
    lines = "<br><br>".join(PROSE[:2]) + "<br>" + PROSE[2]
    article = read(page(f"<div>{lines}</div>"))
    assert texts(article, ParagraphKind.BODY) == [PROSE[0], f"{PROSE[1]} {PROSE[2]}"]


def test_hidden_text_and_scripts_stay_out() -> None:
    hidden = (
        '<p style="display: none">Falk said that nobody can see this sentence at all.</p>'
        "<p hidden>Falk said that nobody can see this sentence at all either.</p>"
        '<p class="sr-only">Falk said this to those who listen to the page alone.</p>'
        "<script>var said = 'Falk said that';</script><template><p>Falk said in a template.</p></template>"
    )
    assert read(page(BODY + hidden)).text == read(page(BODY)).text


def test_a_paragraph_that_a_page_holds_twice_is_kept_once() -> None:
    article = read(page(BODY + f'<div class="mobile-only">{BODY}</div>'))
    assert texts(article, ParagraphKind.BODY) == PROSE


def test_a_title_that_no_element_shows_heads_the_text() -> None:
    data = page(BODY).replace(b"<h1>The quay stays open</h1>", b"")
    assert texts(read(data), ParagraphKind.TITLE) == ["The quay stays open"]


@pytest.mark.parametrize(
    ("encoding", "stated", "charset"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", "latin-1"),  # both wrong: bytes that are UTF-8 are
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "windows-1252", None),
        ("cp1252", "utf-8", "windows-1252"),
        ("cp1252", "no-such-thing", None),
        ("utf-16", "utf-16", None),
    ],
)
def test_a_page_is_read_in_its_encoding(encoding: str, stated: str, charset: str | None) -> None:
    text = page(BODY).decode().replace("charset=utf-8", f"charset={stated}")
    data = text.encode(encoding)
    assert texts(read(data, charset=charset), ParagraphKind.BODY) == PROSE


def test_a_byte_order_mark_is_no_text() -> None:
    assert read(codecs.BOM_UTF8 + page(BODY)).text == read(page(BODY)).text


@pytest.mark.parametrize(
    "line",
    [
        '<div class="submitted">By <a href="/user/3">Ilse Quandt</a> on 12 February 2025</div>',
        "<p>By Ilse Quandt</p><p>Feb. 12, 2025 at 6:05 p.m. EST</p>",
        '<p class="byline">Ilse Quandt</p><p>Published: 14:05, 12 February 2025 | Updated: 13 February 2025</p>',
    ],
)
def test_the_day_at_the_top_of_a_site_is_not_the_report_s(line: str) -> None:
    body = (
        f'<header>Weyport Ledger <span class="date">Friday, 14 February 2025</span></header><main><h1>Quay</h1>{line}'
    )
    article = read(f"<html><body>{body}{BODY}</main></body></html>".encode(), url=None)
    assert (article.authors, str(article.published)) == (("Ilse Quandt",), "2025-02-12")


def test_characters_that_fit_no_encoding_are_replaced_and_told(caplog: pytest.LogCaptureFixture) -> None:
    data = page(BODY + "<p>The caf\u00e9 stays open until the tide comes in.</p>").replace("\u00e9".encode(), b"\xff")
    with caplog.at_level(logging.WARNING, logger="onrecord"):
        article = read(data, charset="utf-8")
    assert "The caf" in article.text
    assert article.text.count("Brandvold") == 1


def test_bytes_that_are_mostly_no_text_are_refused() -> None:
    with pytest.raises(InputError, match="save it again as UTF-8") as caught:
        read(b"<html><body><p>" + b"\x81\x8d\x8f\x90\x9d" * 100)
    assert caught.value.outcome is Outcome.NOT_TEXT


@pytest.mark.parametrize("data", [b"", b" \n", b"<!-- nothing -->", b"\x00\x00"])
def test_a_page_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(InputError, match=r"nothing to read|no article") as caught:
        read(data)
    assert caught.value.outcome in {Outcome.EMPTY, Outcome.NO_ARTICLE}


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><script>start()</script>",
        "<ul>" + "".join(f'<li><a href="/{n}">Story number {n} of the harbour</a></li>' for n in range(40)) + "</ul>",
        "<nav><a href=/>Home</a></nav><p>Not found.</p>",
    ],
)
def test_a_page_without_an_article_says_so(body: str) -> None:
    with pytest.raises(InputError, match="no article in this page") as caught:
        read(f"<html><body>{body}</body></html>".encode())
    assert caught.value.outcome is Outcome.NO_ARTICLE


def test_a_page_beyond_the_limit_is_refused() -> None:
    with pytest.raises(InputError, match="12 MB, the limit for one page") as caught:
        read(b"<p>" + b"a" * MAX_PAGE_BYTES)
    assert caught.value.outcome is Outcome.TOO_LARGE


def test_a_page_of_more_pieces_than_any_article_has_is_refused() -> None:
    with pytest.raises(InputError, match="20,000") as caught:
        read(page("<br><br>".join(["tide"] * 20_001)))
    assert caught.value.outcome is Outcome.TOO_LARGE


def test_elements_inside_one_another_a_thousand_deep_are_read() -> None:
    assert PROSE[0] in read(page("<div>" * 1000 + BODY + "</div>" * 1000)).text


def test_a_page_that_is_cut_off_in_a_tag_is_read_as_far_as_it_goes() -> None:
    article = read(page(BODY)[: -len("</p></article></body></html>") - 20] + b'<a href="')
    assert texts(article, ParagraphKind.BODY)[:3] == PROSE[:3]


def test_a_page_read_after_a_bad_one_is_read_as_ever() -> None:
    before = read(page(BODY))
    with pytest.raises(InputError):
        read(b"<html><body><p>Not found.</p></body></html>")
    assert read(page(BODY)) == before


TAGS = st.sampled_from(["<p>", "</p>", "<div", ">", "<li>", "<table><tr><td>", "<br>", "<a href='x'>", "</a>", "<h2>"])
PIECES = st.one_of(TAGS, st.sampled_from(PROSE), st.text(max_size=20))


@settings(deadline=None, max_examples=60)  # the first page reads the forest and the word lists
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_page_is_worse_than_an_input_error(html: str) -> None:
    try:
        article = read(html.encode("utf-8", "replace"), url=None)
    except InputError:
        return
    assert all(p.span.of(article.text).strip() for p in article.paragraphs)

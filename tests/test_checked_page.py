"""The page that shows what an article rests on, with its notes beside the text."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from onrecord.article import Article
from onrecord.checking.check import check
from onrecord.exchange.checked_page import to_page
from tests.conftest import CHROMIUM, FLAGS
from tests.invented import BARE, HARBOUR, PUMPS
from tests.test_page import WIDER_THAN_SCREEN

ROW = re.compile(r'<div class="row [^"]*">\s*<(p|h1|h2)\b[^>]*>(.*?)</\1>', re.DOTALL)
NUMBER = re.compile(r"<sup>.*?</sup>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def page(*articles: Article) -> str:
    return to_page([(article, check(article)) for article in articles])


def shown(html: str) -> list[str]:
    """The text of every paragraph on the page, without the numbers."""
    return [unescape(TAG.sub("", NUMBER.sub("", match[2]))) for match in ROW.finditer(html)]


@pytest.mark.parametrize("article", [HARBOUR, PUMPS, BARE], ids=lambda article: article.id)
def test_the_text_on_the_page_is_the_articles_text(article: Article) -> None:
    assert ["".join(words.split()) for words in shown(page(article))] == [
        "".join(paragraph.span.of(article.text).split()) for paragraph in article.paragraphs
    ]


@pytest.mark.parametrize("article", [HARBOUR, PUMPS, BARE], ids=lambda article: article.id)
def test_every_finding_has_one_number_in_the_text_and_one_note_and_they_lead_to_each_other(article: Article) -> None:
    html, n = page(article), len(check(article).findings)
    numbers = [str(number) for number in range(1, n + 1)]
    assert re.findall(r'id="a1-t(\d+)" href="#a1-n\1"', html) == numbers
    assert re.findall(r'id="a1-n(\d+)"><code><a class="ref" href="#a1-t\1"', html) == numbers


def test_what_is_attributed_is_told_apart_from_the_writers_own_words() -> None:
    html = page(PUMPS)
    theirs = " ".join(re.findall(r'<span class="theirs">(.*?)</span>', html, re.DOTALL))
    assert "We have had worse winters." in theirs
    assert "The Post has asked" not in theirs


def test_html_in_an_article_stays_text() -> None:
    assert "<safe>" not in page(replace(HARBOUR, title="<safe>", outlet="<safe>", source="<safe>"))


def test_several_articles_share_a_page_with_a_list_of_them() -> None:
    html = page(HARBOUR, PUMPS)
    assert '<a href="#a2">' in html
    assert '<article id="a2">' in html


def test_no_width_scrolls_sideways_in_either_scheme(tmp_path: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; apt-get install chromium")
    path = tmp_path / "page.html"
    path.write_text(page(HARBOUR, PUMPS), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for width in (400, 1280):
            for scheme in ("light", "dark"):
                opened = browser.new_page(
                    viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
                )
                opened.goto(path.as_uri())
                assert not opened.evaluate(WIDER_THAN_SCREEN)
        browser.close()

"""Which lines are one paragraph, and what kind each paragraph is of."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import ParagraphKind
from onrecord.errors import InputError
from onrecord.intake import article_from_text

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "paragraphs.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
# Each takes at most two seconds on two busy cores; anything quadratic would take hours.
MAX_SECONDS = 20

WORDS = ["Mara Quill", "the", "said,", "“We", "go.”", "''", "(Related:", ")", "Sources:", "a.example", "By ", "Title:"]
MARKS = [
    "•",
    "…",
    "?",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\f",
    "\t",
    "    ",
    "\x00",
    "\ufeff",
    "😀",
    "عاجل",
    "e\u0301",
]
PIECES = st.sampled_from([*WORDS, *MARKS])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join))


def kinds_and_texts(text: str) -> list[list[str]]:
    return [[paragraph.kind, paragraph.span.of(text)] for paragraph in article_from_text(text).paragraphs]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_paragraphs_are_told_apart_as_the_case_says(case: dict[str, Any]) -> None:
    assert kinds_and_texts(case["text"]) == case["paragraphs"]


@settings(deadline=None)  # the first text reads the word lists
@given(TEXTS)
def test_paragraphs_hold_every_character_that_is_no_space_in_order_without_overlap(text: str) -> None:
    try:
        article = article_from_text(text)
    except InputError:
        assert not text.strip()
        return
    end = 0
    for paragraph in article.paragraphs:
        assert not text[end : paragraph.span.start].strip()
        words = paragraph.span.of(text)
        assert words == words.strip()
        assert paragraph.span.start >= end
        end = paragraph.span.end
    assert not text[end:].strip()


def test_a_paragraph_may_end_at_the_end_of_the_text() -> None:
    article = article_from_text("The mayor left on Monday, and she did not look back")
    assert article.paragraphs[-1].span.end == len(article.text)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 1_000_000,
        "x" * 5_000_000,
        '"' * 5_000_000,
        "(Related: " * 500_000,
        "word,\n" * 200_000,
        " \n" * 10**6 + "x",
        "x\n" * 10**6,
    ],
    ids=["words", "one word", "quotation marks", "brackets", "broken lines", "blank lines", "short lines"],
)
def test_five_megabytes_take_linear_time(text: str) -> None:
    started = time.monotonic()
    assert article_from_text(text).paragraphs
    assert time.monotonic() - started < MAX_SECONDS


def test_the_example_article_comes_out_as_its_gold_says() -> None:
    if not ARTICLES.is_dir():
        pytest.skip(f"the shared articles are not at {ARTICLES}")
    gold = json.loads((ARTICLES / "french-troops.gold.json").read_text(encoding="utf-8"))
    article = article_from_text((ARTICLES / "french-troops.txt").read_bytes().decode("utf-8"))
    found = {(paragraph.span.start, paragraph.span.end, paragraph.kind) for paragraph in article.paragraphs}
    expected = {(one["start"], one["end"], ParagraphKind(one["kind"])) for one in gold["paragraphs"]}
    assert len(found & expected) == len(expected) == len(found)

"""JSON Lines of articles."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake import read_inputs
from tests.invented import outcome_of

TEXT = "Mara Quill opened the harbour on Monday,\r\n and nobody came. "


def outcomes(
    folder: Path, *lines: str | bytes, name: str = "tide.jsonl", published: date | None = None
) -> list[Article | InputError]:
    path = folder / name
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return list(read_inputs([str(path)], published=published))


def articles(found: list[Article | InputError]) -> list[Article]:
    return [outcome for outcome in found if isinstance(outcome, Article)]


def test_every_field_of_a_line_reaches_its_article(tmp_path: Path) -> None:
    line = {
        "id": "t1",
        "outlet": "The Tide",
        "published": "2024-10-03T10:15:00Z",
        "title": "Harbour to close",
        "authors": ["Mara Quill"],
        "url": "https://tide.example/1",
        "text": TEXT,
    }
    (article,) = articles(outcomes(tmp_path, json.dumps(line)))
    assert (article.id, article.outlet, article.published) == ("t1", "The Tide", date(2024, 10, 3))
    assert (article.title, article.authors, article.url) == (
        "Harbour to close",
        ("Mara Quill",),
        "https://tide.example/1",
    )
    assert article.text == TEXT
    assert article.source == str(tmp_path / "tide.jsonl")


def test_a_line_with_text_alone_gets_its_id_from_file_and_line(tmp_path: Path) -> None:
    found = outcomes(tmp_path, json.dumps({"text": TEXT}), "", json.dumps({"text": TEXT, "id": None}))
    assert [article.id for article in articles(found)] == ["tide-1", "tide-3"]


def test_json_lines_are_known_by_content_whatever_the_file_is_called(tmp_path: Path) -> None:
    found = outcomes(tmp_path, b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode(), name="tide.txt")
    assert [article.text for article in articles(found)] == [TEXT]


def test_a_text_that_begins_with_a_brace_is_plain_text(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "{sic} the mayor said.", json.dumps({"text": TEXT}), name="tide.txt")
    assert len(articles(found)) == len(found) == 1


def test_a_given_date_serves_lines_that_state_none(tmp_path: Path) -> None:
    lines = [json.dumps({"text": TEXT}), json.dumps({"text": TEXT, "published": "2023-05-06"})]
    found = articles(outcomes(tmp_path, *lines, published=date(2024, 1, 2)))
    assert [article.published for article in found] == [date(2024, 1, 2), date(2023, 5, 6)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("{}", '"text" should be a string, not None'),
        ('{"text": 7}', '"text" should be a string, not 7'),
        ('{"text": "a", "title": 7}', '"title" should be a string, not 7'),
        ('{"text": "a", "authors": "Mara"}', '"authors" should be a list of strings'),
        ('{"text": "a", "authors": [7]}', '"authors" should be a string, not 7'),
        ('{"text": "a", "published": "Monday"}', "ISO date"),
        ('{"text": "half \\ud83d"}', "surrogate"),
    ],
)
def test_a_bad_line_is_one_error_that_says_what_is_wrong_and_stops_no_other(
    tmp_path: Path, line: str, message: str
) -> None:
    good = json.dumps({"text": TEXT})
    before, error, after = outcomes(tmp_path, good, line, good)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(error, InputError)
    assert error.outcome is Outcome.BAD_ARTICLE
    assert str(error).startswith("line 2: ")
    assert message in str(error)
    assert error.source == str(tmp_path / "tide.jsonl")


def test_lines_that_are_no_text_or_hold_none_are_told_apart(tmp_path: Path) -> None:
    found = outcomes(tmp_path, b'{"text": "caf\xe9"}', json.dumps({"text": " \n"}))
    assert [outcome_of(taken) for taken in found] == ["not-text", "empty"]


def test_a_file_without_a_line_is_empty(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "", " ")
    assert outcome_of(outcome) is Outcome.EMPTY


def test_fields_that_are_not_used_are_named_once_a_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    line = json.dumps({"text": TEXT, "mood": "grim", "section": "News"})
    with caplog.at_level(logging.WARNING, logger="onrecord"):
        assert len(articles(outcomes(tmp_path, line, line))) == 2
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'tide.jsonl'}: fields that were not used: mood, section"
    ]

"""Bytes to text, files to articles: what is refused, with which words, and that nothing else changes."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.intake import article_from_text, read_inputs
from onrecord.intake.text import MAX_BYTES, decoded
from tests.invented import outcome_of

TEXT = "Mara Quill opened the harbour on Monday, and nobody came."


def written(folder: Path, data: bytes, name: str = "harbour.news.txt") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def only(outcomes: list[Article | InputError]) -> Article:
    assert len(outcomes) == 1
    assert isinstance(outcomes[0], Article)
    return outcomes[0]


@pytest.mark.parametrize("text", [TEXT, "a\r\nb\rc\n\n d\u2028\t", "é 😀 e\u0301 عاجل\n", "a\x00b" + TEXT * 5])
def test_a_plain_text_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    assert only(list(read_inputs([written(tmp_path, text.encode())]))).text == text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert only(list(read_inputs([written(tmp_path, b"\xef\xbb\xbf" + TEXT.encode())]))).text == TEXT


def test_the_id_is_the_file_name_without_its_last_suffix(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode())
    article = only(list(read_inputs([path])))
    assert (article.id, article.source) == ("harbour.news", path)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Größe\r\nzählt.".encode()), encoding="ascii"))
    article = only(list(read_inputs(["-"])))
    assert (article.id, article.source, article.text) == ("stdin", "-", "Größe\r\nzählt.")


def test_a_date_given_with_the_call_serves_articles_that_state_none(tmp_path: Path) -> None:
    given = date(2024, 1, 2)
    undated = written(tmp_path, TEXT.encode(), "undated.txt")
    dated = written(tmp_path, f"Date: 2023-05-06\n\n{TEXT}".encode(), "dated.txt")
    found = [only([outcome]).published for outcome in read_inputs([undated, dated], published=given)]
    assert found == [given, date(2023, 5, 6)]


def test_latin_1_is_refused_with_the_position_of_its_first_bad_byte_and_a_remedy() -> None:
    with pytest.raises(InputError, match=r"0xe9 at position 3 .*iconv -f latin1 -t utf-8") as caught:
        decoded("café au lait".encode("latin-1"), source="menu.txt")
    assert caught.value.source == "menu.txt"


def test_the_position_of_a_bad_byte_counts_the_byte_order_mark() -> None:
    with pytest.raises(InputError, match="at position 4 "):
        decoded(b"\xef\xbb\xbfa\xff", source="-")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_refused_with_a_remedy(encoding: str) -> None:
    with pytest.raises(InputError, match="iconv -f utf-16"):
        decoded(TEXT.encode(encoding), source="-")


@pytest.mark.parametrize(
    ("data", "word"), [(b"PK\x03\x04", "ZIP"), (b"BZh9", "bzip2"), (b"\x89PNG\r\n", "PNG"), (b"GIF89a", "GIF")]
)
def test_known_binary_files_are_named(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        decoded(data, source="-")


def test_many_nul_bytes_are_no_text() -> None:
    with pytest.raises(InputError, match="NUL"):
        decoded(b"\x00\x01\x02text" * 100, source="-")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", "\u00a0\u2028".encode()])
def test_an_input_without_a_word_is_empty(data: bytes) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        decoded(data, source="-")


def test_an_article_from_an_empty_text_is_an_error() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        article_from_text(" \n", source="note")


def test_more_than_the_limit_is_too_large() -> None:
    with pytest.raises(InputError, match="64 MB"):
        decoded(b"a" * (MAX_BYTES + 1), source="-")


def test_every_input_has_its_own_outcome_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    good = written(tmp_path, TEXT.encode(), "good.txt")
    bad = written(tmp_path, b"\xff\xff", "bad.txt")
    missing = str(tmp_path / "missing.txt")
    outcomes = list(read_inputs([bad, good, missing, "nul\x00name", good]))
    found = ["not-text", "read", "not-found", "not-found", "read"]
    assert [outcome_of(outcome) for outcome in outcomes] == found
    errors = [outcome for outcome in outcomes if isinstance(outcome, InputError)]
    assert [error.source for error in errors] == [bad, missing, "nul\x00name"]

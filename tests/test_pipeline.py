"""The way of an article: one outcome for each input, and a failed one that costs the others nothing."""

from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.article import Article
from onrecord.errors import InputError, ModelError, Outcome
from onrecord.pipeline import read_each
from onrecord.reading.reader import Reader
from tests.invented import outcome_of

RAIN = "“Rain will fall on Weyport,” said Jorun Falk, the mayor.\n"


class Stumbling(Reader):
    """The reader that ships, made to come to grief over "storm" and "thunder"."""

    def read(self, article: Article) -> Article:
        """The article as the reader reads it, or a fault."""
        if "storm" in article.text:
            raise IndexError("list index out of range")
        if "thunder" in article.text:
            raise ModelError("the model is damaged")
        return Reader.read(self, article)


READER = Stumbling.load()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "a.txt": "Falk said it rains.",
        "b.txt": "Then storm.",
        "c.txt": " \n",
        "d.txt": "Falk said the sun shone.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in texts]


def test_every_input_has_one_outcome_in_its_place(files: list[str]) -> None:
    outcomes = list(read_each([*files, "no.txt"], reader=READER))
    assert [outcome_of(outcome) for outcome in outcomes] == ["read", "failed", "empty", "read", "not-found"]
    assert [outcome.source for outcome in outcomes] == [*files, "no.txt"]


def test_the_article_after_a_failed_one_is_read_as_if_nothing_had_been(files: list[str]) -> None:
    alone = list(read_each(files[3:], reader=READER))
    assert list(read_each(files, reader=READER))[3:] == alone
    assert isinstance(alone[0], Article)
    assert alone[0].statements[0].content[0].of(alone[0].text) == "the sun shone"


def test_a_fault_while_reading_is_chained_and_says_what_to_do(files: list[str]) -> None:
    (failure,) = read_each(files[1:2], reader=READER)
    assert isinstance(failure, InputError)
    assert isinstance(failure.__cause__, IndexError)
    assert failure.outcome is Outcome.FAILED
    assert "IndexError: list index out of range" in str(failure)
    assert "report it" in str(failure)


def test_a_damaged_model_ends_everything(tmp_path: Path) -> None:
    (tmp_path / "thunder.txt").write_text("Then thunder.", encoding="utf-8")
    with pytest.raises(ModelError):
        list(read_each([str(tmp_path / "thunder.txt")], reader=READER))


def test_articles_come_as_they_are_read(files: list[str]) -> None:
    outcomes = read_each(files, reader=READER)
    assert isinstance(next(outcomes), Article)


def test_a_date_is_for_articles_that_state_none(files: list[str]) -> None:
    (article,) = read_each(files[:1], reader=READER, published=date(2031, 1, 15))
    assert isinstance(article, Article)
    assert article.published == date(2031, 1, 15)


def test_text_is_read_as_text() -> None:
    article = onrecord.read(RAIN)
    assert article.text == RAIN
    assert article.source == "-"
    assert article.statements


def test_a_path_and_a_string_that_names_a_file_are_read_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "rain on weyport.txt"
    file.write_text(RAIN, encoding="utf-8")
    article = onrecord.read(file, published=date(2031, 1, 15))
    assert (article.id, article.text, article.published) == ("rain on weyport", RAIN, date(2031, 1, 15))
    assert onrecord.read(str(file), published=date(2031, 1, 15)) == article


@pytest.mark.parametrize("name", ["report.txt", "in/report", "./x", "C:\\in\\report.txt", "report.jsonl"])
def test_a_string_that_looks_like_a_path_and_names_no_file_is_an_error(name: str) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        onrecord.read(name)
    assert caught.value.source == name


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        onrecord.read(tmp_path / "no such file")
    assert caught.value.outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize("text", ["Rain.", "It rains...", "“No,” said Falk/Quandt.", "x" * 10_000, "a\0b", "Ay 🚢"])
def test_a_text_is_never_taken_for_a_path(text: str) -> None:
    assert onrecord.read(text).text == text


def test_an_empty_text_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        onrecord.read(" \n")
    assert caught.value.outcome is Outcome.EMPTY


def test_a_file_with_several_articles_is_not_one_article(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "First rain."}\n{"text": "Then sun."}\n', encoding="utf-8")
    with pytest.raises(InputError, match="holds several articles"):
        onrecord.read(file)

"""docs/findings.md keeps its word: it has every finding, and each example in it gives the finding that it is about."""

import re
from pathlib import Path

import pytest

from onrecord import Article, Reader
from onrecord.checking.check import check
from onrecord.checking.report import Code, Finding
from onrecord.intake import article_from_text
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.beside import findings_beside
from onrecord.record.placing import placed_each

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
SECTION = re.compile(r"^### (?P<code>[a-z-]+)\n(?P<body>.*?)(?=^##)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(
    r"(?:^```record\n(?P<other>.*?)^```\n\n)?^```article\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def sections() -> dict[str, list[tuple[str, str]]]:
    """The examples of each finding, the one that is found, then the false alarm, each behind what a record has."""
    text = PAGE.read_text(encoding="utf-8")
    return {match["code"]: EXAMPLE.findall(match["body"]) for match in SECTION.finditer(text)}


SECTIONS = sections()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_every_finding_is_documented_in_the_order_of_its_weight() -> None:
    assert list(SECTIONS) == [code.value for code in Code]


@pytest.mark.parametrize("code", SECTIONS)
def test_the_examples_of_a_finding_give_it(code: str, reader: Reader, tmp_path: Path) -> None:
    assert len(SECTIONS[code]) == 2
    for n, (other, text) in enumerate(SECTIONS[code]):
        article = reader.read(article_from_text(text))
        address = str(tmp_path / f"{n}.db")
        beside = beside_record(reader.read(article_from_text(other, id="other")), article, at=address) if other else ()
        assert code in [finding.code for finding in check(article, beside=beside).findings], text


def beside_record(other: Article, article: Article, *, at: str) -> tuple[Finding, ...]:
    """The findings on an article beside a record that has another one."""
    with Record.open(at) as record:
        with record.transaction() as connection:
            store(connection, other, model="reader-0")
        list(placed_each(record))
        with record.snapshot() as connection:
            return findings_beside(connection, article)

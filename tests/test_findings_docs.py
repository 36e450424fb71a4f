"""docs/findings.md keeps its word: it has every finding, and each example in it gives the finding that it is about."""

import re
from pathlib import Path

import pytest

from onrecord import Reader
from onrecord.checking.check import check
from onrecord.checking.report import Code
from onrecord.intake import article_from_text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
SECTION = re.compile(r"^### (?P<code>[a-z-]+)\n(?P<body>.*?)(?=^##)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^```article\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, list[str]]:
    """The examples of each finding: the one that is found, then the false alarm."""
    text = PAGE.read_text(encoding="utf-8")
    return {match["code"]: EXAMPLE.findall(match["body"]) for match in SECTION.finditer(text)}


SECTIONS = sections()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_every_finding_is_documented_in_the_order_of_its_weight() -> None:
    assert list(SECTIONS) == [code.value for code in Code]


@pytest.mark.parametrize("code", SECTIONS)
def test_the_examples_of_a_finding_give_it(code: str, reader: Reader) -> None:
    assert len(SECTIONS[code]) == 2
    for text in SECTIONS[code]:
        found = check(reader.read(article_from_text(text))).findings
        assert code in [finding.code for finding in found], text

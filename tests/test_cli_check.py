"""`onrecord check` as a user runs it: formats, streams and exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.test_cli_read import run

LEVY = """Flood levy to go

The flood levy is to go, said a senior official.

Hein Ostrup of the farmers' union said that his members would be glad. "It cannot [now] come back," he said.
"""
ROAD = "Road closed\n\nThe road to Tarsk is closed, said Uwe Sand.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "levy.txt").write_text(LEVY, encoding="utf-8")
    (tmp_path / "road.txt").write_text(ROAD, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    return tmp_path


def test_one_article_is_shown_in_one_screen(folder: Path) -> None:
    done = run("check", "levy.txt", "--published", "2031-05-14", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "unnamed-source\n  “a senior official” is not named, and the text gives no reason.\n" in done.stdout
    assert "bracketed-quotation\n  [now] was put into the quotation" in done.stdout
    assert "undated-article" not in done.stdout
    assert len(done.stdout.splitlines()) <= 24


def test_json_has_sourcing_and_findings_whose_spans_cut_out_the_words(folder: Path) -> None:
    done = run("check", "levy.txt", "--format", "json", folder=folder)
    report = json.loads(done.stdout)
    assert report["sourcing"]["unnamed_sources"] == 1
    found = {finding["code"]: finding for finding in report["findings"]}
    (start, end), *_ = found["bracketed-quotation"]["spans"]
    assert LEVY[start:end] == "[now]"
    assert set(found) == {"unnamed-source", "bracketed-quotation", "undated-article"}


def test_several_articles_give_a_table_with_a_line_each(folder: Path) -> None:
    done = run("check", "levy.txt", "road.txt", folder=folder)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["article", "levy", "road"]
    assert done.stderr == "onrecord: 2 read\n"


def test_csv_and_json_lines_have_every_article(folder: Path) -> None:
    table = run("check", "levy.txt", "road.txt", "--format", "csv", folder=folder).stdout
    assert [row["article"] for row in csv.DictReader(io.StringIO(table))] == ["levy", "road"]
    lines = run("check", "levy.txt", "road.txt", "--format", "jsonl", folder=folder).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["levy", "road"]


def test_markdown_quotes_the_words_that_a_finding_rests_on(folder: Path) -> None:
    written = run("check", "levy.txt", "--format", "markdown", folder=folder).stdout
    assert written.startswith("# Flood levy to go\n")
    assert '> "It cannot \\[now\\] come back," he said.\n' in written


QUAY = """Quay to stay open

By Ilse Quandt, Ostmark Courier

Published: 2031-05-13

"We will close the quay only if the dyke breaks," said Jorun Falk, the mayor of Weyport.
"""


def test_a_record_that_is_named_is_compared_with_and_no_other(folder: Path) -> None:
    (folder / "quay.txt").write_text(QUAY, encoding="utf-8")
    (folder / "draft.txt").write_text(QUAY.replace("only if", "when").replace("Ostmark", "Weyport"), encoding="utf-8")
    assert run("add", "quay.txt", "--record", "onrecord.db", folder=folder).returncode == 0
    assert "quotation-differs" not in run("check", "draft.txt", folder=folder).stdout
    shown = run("check", "draft.txt", "--record", "onrecord.db", folder=folder).stdout
    assert "quotation-differs\n  Ostmark Courier of 13 May 2031 has this quotation otherwise: “when” here" in shown
    missing = run("check", "draft.txt", "--record", "none.db", folder=folder)
    assert (missing.returncode, missing.stdout) == (1, "")


def test_what_cannot_be_read_fails_and_leaves_the_others_alone(folder: Path) -> None:
    done = run("check", "empty.txt", "road.txt", folder=folder)
    assert done.returncode == 3
    assert "Road closed" in done.stdout
    assert "1 read, 1 failed (1 empty)" in done.stderr
    assert run("check", "empty.txt", folder=folder).returncode == 1


def test_the_help_has_an_example() -> None:
    assert "Example: onrecord check " in run("check", "--help").stdout


def test_html_is_one_page_with_every_article(folder: Path) -> None:
    page = run("check", "levy.txt", "road.txt", "--format", "html", folder=folder).stdout
    assert page.count("<!DOCTYPE html>") == 1
    assert page.count("<article ") == 2

"""Positions asked of a record, in either database, and `onrecord positions` as a user runs it."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.article import Article
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.placing import placed_each
from onrecord.record.positions import MAX_STATEMENTS, Positions, positions
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement
from tests.tracing import report, reported

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
ARTICLES = (
    report("We could close the quay before the spring tides.", id="ledger"),
    report("We will close the quay before the spring tides.", id="post", day=9),
    report("We will not close the quay before the spring tides.", id="tide", day=20),
    report("We will not close the quay before the spring tides.", id="wire", day=21, rest="told the wire."),
    report("Will we close the quay?", id="asks", day=22),
    report("The quay is safe. The ferry will return in May.", id="long", day=23),
    report("We will close the quay.", id="other", by="Tomas Brandvold", day=2),
)


def add(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for article in articles:
            store(connection, replace(article, source=f"/{article.id}.txt"), model="reader-0")


def asked(record: Record, *, about: str = "quay", limit: int = 50) -> Positions:
    with record.snapshot() as connection:
        return positions(connection, "Falk", about=about, limit=limit)


def told(found: Positions) -> list[tuple[str, str]]:
    return [(one.hit.article, one.stance.certainty.value) for one in found.stated]


def test_positions_stand_in_the_order_of_time(record: Record) -> None:
    add(record, *reversed(ARTICLES))
    found = asked(record)
    assert told(found) == [
        ("ledger", "possible"),
        ("post", "promised"),
        ("tide", "promised"),
        ("long", "asserted"),
    ]
    assert found.n_without == 1
    pairs = [(pair.earlier, pair.later, pair.relation.value) for pair in found.pairs]
    assert pairs == [(0, 1, "firmer"), (1, 2, "reversed")]


def test_the_same_words_in_another_report_are_one_position(record: Record) -> None:
    add(record, *ARTICLES)
    tide = asked(record).stated[2]
    assert tide.outlets == ("tide", "wire")
    with record.snapshot() as connection:
        wire = connection.scalar(
            select(schema.statements.c.id).join(schema.articles).where(schema.articles.c.name == "wire")
        )
    assert tide.copies == (wire,)


def test_copies_of_one_utterance_that_tracing_put_together_are_one_position(record: Record) -> None:
    full = "We will not close the quay before the spring tides, and nobody in the capital listens to a fisherman."
    add(record, report(full, id="a"), report("nobody in the capital listens to a fisherman", id="b", day=3))
    assert len(asked(record, about="capital").stated) == 2
    list(placed_each(record))
    assert [one.outlets for one in asked(record, about="capital").stated] == [("a", "b")]


def test_only_the_sentence_on_the_topic_counts(record: Record) -> None:
    add(record, *ARTICLES)
    last = asked(record).stated[-1]
    assert last.words == "“The quay is safe."
    assert [span.of(last.words) for span in last.matched] == ["quay"]
    ferry = asked(record, about="ferry").stated
    assert [one.words for one in ferry] == ["The ferry will return in May.”"]


def test_what_is_left_out_is_counted(record: Record) -> None:
    add(record, *ARTICLES)
    found = asked(record, limit=1)
    assert (len(found.stated), found.n_more, found.pairs) == (1, 3, ())


def test_of_very_many_statements_the_earliest_are_looked_at(record: Record) -> None:
    sentences = [f"Pier {n} of the quay is number {n}." for n in range(MAX_STATEMENTS + 1)]
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    contents = [Span(start, start + len(words)) for start, words in zip(starts, sentences, strict=True)]
    falk = Speaker("Jorun Falk", SpeakerKind.PERSON)
    add(record, Article(id="long", text=text, statements=tuple(Statement((one,), speaker=falk) for one in contents)))
    found = asked(record)
    assert (found.is_cut, len(found.stated), found.n_more) == (True, 50, MAX_STATEMENTS - 50)


def test_nobody_and_nothing_have_no_positions(record: Record) -> None:
    add(record, reported("the quay was safe", id="said"))
    with record.snapshot() as connection:
        assert not positions(connection, "Nobody", about="quay").meant
        assert not positions(connection, "Falk", about="-quay").understood
        assert positions(connection, "Falk", about="lighthouse").stated == ()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with four positions on a quay."""
    made = tmp_path_factory.mktemp("record") / "news.db"
    with Record.open(str(made)) as record:
        add(record, *ARTICLES)
    return made


def run(path: Path, *arguments: str, columns: int = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", "positions", *arguments, "--by", "words", "--record", str(path)],
        env=ENVIRONMENT | {"COLUMNS": str(columns)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_both_texts_stand_side_by_side_with_what_differs(path: Path) -> None:
    done = run(path, "Falk", "--about", "quay", "--until", "2031-03-30")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "by 14 March 2031  Jorun Falk",
        "    “We could close the quay before the spring tides.”",
        "    possible: “could”",
        "    ledger · no. 1",
    ]
    start = lines.index("        firmer · beside by 14 March 2031, no. 1")
    assert lines[start + 1] == "        differs in modality: could → will"
    assert re.fullmatch(
        r" {8}by 14 March 2031: “We could close .+ {4,}by 23 March 2031: “We will close .+", lines[start + 2]
    )


def test_in_a_narrow_terminal_one_text_stands_below_the_other(path: Path) -> None:
    lines = run(path, "Falk", "--about", "quay", columns=72).stdout.splitlines()
    start = lines.index("        differs in modality: could → will")
    assert lines[start + 1].startswith("        by 14 March 2031: “We could close the quay")
    assert all(len(line) <= 72 for line in lines)


def test_json_has_each_position_and_the_earlier_one_beside_it(path: Path) -> None:
    found = json.loads(run(path, "Falk", "--about", "quay", "--format", "json").stdout)
    assert [one["position"] for one in found] == [1, 2, 3, 4]
    second = found[1]
    assert (second["certainty"], second["polarity"], second["statement_id"]) == ("promised", "affirmative", 2)
    assert [second["words"][start:end] for start, end in second["shown"]] == ["will"]
    assert second["beside"] == {
        "position": 1,
        "statement_id": 1,
        "day": "2031-03-14",
        "words": "“We could close the quay before the spring tides.”",
        "relation": "firmer",
        "differs_in": ["modality"],
        "differences": [{"in": "modality", "earlier": ["could"], "later": ["will"]}],
        "likeness": 1.0,
    }
    lines = run(path, "Falk", "--about", "quay", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Nobody", "--about", "quay"), "nobody in the record is called “Nobody”"),
        (("Falk", "--about", "lighthouse"), "nothing that Jorun Falk"),
        (("Falk", "--about", "…"), "has no word to look for"),
    ],
)
def test_finding_nothing_is_no_failure_and_says_what_to_try(path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(path, *arguments)
    assert (done.returncode, done.stdout) == (0, "")
    assert says.replace("“", "'").replace("”", "'") in done.stderr.replace('"', "'") or says in done.stderr


def test_what_takes_no_position_and_what_is_left_out_is_told(path: Path) -> None:
    done = run(path, "Falk", "--about", "quay", "--limit", "2")
    assert "there are 2 more" in done.stderr
    assert "1 statement takes no position" in done.stderr

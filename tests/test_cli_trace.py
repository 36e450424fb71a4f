"""`onrecord trace` as a user runs it: what is shown, in which order, and what is said where there is nothing."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import shown
from onrecord.record import Record
from onrecord.record.articles import store
from tests.postgresql import Postgres
from tests.server import Server, page
from tests.tracing import by_way_of, report, reported

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
FULL = "We could send boats to the harbour, but nobody in the capital listens to a fisherman."
CUT = "cut at the front and the end, modality, qualifier cut off"
ARTICLES = (
    report("nobody in the capital listens", id="early", day=-1),
    report(FULL, id="ledger"),
    report("We will send boats to the harbour", id="post", day=2),
    reported("boats could be sent to the harbour but nobody in the capital would listen", id="reported", day=1),
    report("We will paint the lighthouse red before the regatta begins.", id="other", by="Tomas Brandvold"),
)


def filled(address: str, *articles: Article) -> None:
    with Record.open(address) as record, record.transaction() as connection:
        for article in articles or ARTICLES:
            store(connection, replace(article, source=f"/{article.id}.txt"), model="reader-0")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one utterance in four articles, and another one in a fifth."""
    made = tmp_path_factory.mktemp("record") / "news.db"
    filled(str(made))
    return made


@pytest.fixture(scope="module")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one utterance that the second outlet has from the first, and so on; the last one names another."""
    made = tmp_path_factory.mktemp("record") / "news.db"
    post = replace(report("nobody in the capital listens", id="post", day=1), outlet="Harbour Post")
    mail = replace(report("nobody in the capital will listen", id="mail", day=3))
    echo = report("nobody in the capital listens", id="echo", day=2, rest="told the council.")
    filled(
        str(made),
        replace(report(FULL, id="ledger"), outlet="Weyport Ledger", title="Boats"),
        by_way_of(post, "Weyport Ledger"),
        by_way_of(mail, "Tide Gazette", "Harbour Post"),
        by_way_of(echo, "Sound Courier"),
        replace(report("The price of herring has doubled.", id="other", day=-9), outlet="The Sound Courier"),
    )
    return made


def run(path: Path | str, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", "trace", *arguments, "--record", str(path)],
        env=ENVIRONMENT | {"COLUMNS": "140"},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_copies_are_shown_in_time_with_what_differs(path: Path) -> None:
    done = run(path, "in the capital listens")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"“{FULL}”",
        "Jorun Falk · 4 copies in 4 outlets",
        f"    by 13 March 2031  early · earliest known copy · fragment · {CUT}",
        "        “nobody in the capital listens”",
        "        at first hand, as it tells it",
        "        early · no. 1",
        "    by 14 March 2031  ledger · full",
        "        at first hand, as it tells it",
        "        ledger · no. 2",
        "    by 15 March 2031  reported · paraphrase",
        "        “boats could be sent to the harbour but nobody in the capital would listen”",
        "        at first hand, as it tells it",
        "        reported · no. 4",
        "    by 16 March 2031  post · altered · differs in modality · cut at the end, negation, qualifier cut off",
        "        “We will send boats to the harbour”",
        "        will for: could",
        "        at first hand, as it tells it",
        "        post · no. 3",
    ]


def test_under_each_copy_stands_from_where_it_is(retold: Path) -> None:
    lines = run(retold, "in the capital listens").stdout.splitlines()
    told = [line.strip() for line in lines if line.startswith("        ")]
    assert [line for line in told if not line.startswith(("“", "added", "listen for"))] == [
        "at first hand, as it tells it",
        "Boats · no. 1",
        "cites Weyport Ledger, whose copy of 14 March 2031 is above",
        "Jorun Falk → Weyport Ledger → Harbour Post",
        "post · no. 2",
        "names Sound Courier as its source: the record has one of its articles up to that day, without these words",
        "Jorun Falk → Sound Courier → echo",
        "echo · no. 4",
        "cites Harbour Post, whose copy of 15 March 2031 is above",
        "names Tide Gazette as its source: the record has no article of it up to that day",
        "Jorun Falk → Weyport Ledger → Harbour Post → mail",
        "mail · no. 3",
    ]


def test_the_way_is_in_the_json_of_each_copy(retold: Path) -> None:
    *_, family = map(json.loads, run(retold, "--all", "--format", "jsonl").stdout.splitlines())
    first, post, echo, mail = family["members"]
    assert (family["origin"], family["circles"]) == (first["quotation_id"], [])
    assert (first["cites"], first["break"]) == ([], None)
    assert first["way"] == {"names": ["Jorun Falk", "Weyport Ledger"], "back": [], "end": "first-hand"}
    assert post["cites"] == [
        {"quotation_id": first["quotation_id"], "outlet": "Weyport Ledger", "evidence": "via"}
        | {"span": None, "address": None, "n_articles": None}
    ]
    assert mail["break"] == {"kind": "not-in-record", "name": "Tide Gazette"}
    assert mail["way"]["back"] == [post["quotation_id"], first["quotation_id"]]
    assert (echo["break"], echo["cites"][0]["n_articles"]) == ({"kind": "no-copy", "name": "Sound Courier"}, 1)


def test_who_cites_each_other_is_said_to_be_a_circle(tmp_path: Path) -> None:
    ledger = by_way_of(replace(report(FULL, id="ledger"), outlet="Weyport Ledger"), "Harbour Post")
    post = by_way_of(replace(report(FULL, id="post"), outlet="Harbour Post", title="Again"), "Weyport Ledger")
    path = tmp_path / "news.db"
    filled(str(path), ledger, post)
    lines = run(path, "--all").stdout.splitlines()
    assert lines[2] == "in a circle: Weyport Ledger cites Harbour Post cites Weyport Ledger"


def test_every_family_is_a_line_whose_spans_leave_the_marks_out(path: Path) -> None:
    lines = run(path, "--all", "--format", "jsonl").stdout.splitlines()
    families = list(map(json.loads, lines))
    family = families[-1]
    assert all(len(other["members"]) == 1 for other in families[:-1])
    assert family["speaker"] == "Jorun Falk"
    found = {member["article"]: member for member in family["members"]}
    assert {name: member["variant"] for name, member in found.items()} == {
        "early": "fragment", "ledger": "full", "reported": "paraphrase", "post": "altered"
    }  # fmt: skip
    for article in ARTICLES[:4]:
        member = found[article.id]
        assert article.text[member["start"] : member["end"]] == member["words"]
    assert found["post"]["differs_in"] == ["modality"]
    assert found["post"]["changes"] == [{"words": "will", "instead_of": "could"}]
    assert json.loads(run(path, "--all", "--format", "json").stdout) == families


def test_a_statement_is_traced_by_its_number(path: Path) -> None:
    assert run(path, "--statement", "3").stdout == run(path, "boats to the harbour").stdout
    alone = run(path, "--statement", "5").stdout
    assert "Tomas Brandvold · 1 copy in 1 outlet" in alone
    nothing = run(path, "--statement", "99")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "the statement 99 quotes nothing" in nothing.stderr


def test_a_single_rare_word_is_found(path: Path) -> None:
    assert "Tomas Brandvold" in run(path, "lighthouse").stdout


def test_words_that_nobody_said_are_nothing(path: Path) -> None:
    done = run(path, "the price of herring has doubled")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no quotation has the words 'the price of herring has doubled'" in done.stderr
    for nothing in ("?!", "", " ", "“”"):
        done = run(path, nothing)
        assert (done.returncode, done.stdout) == (0, "")
        assert "no quotation has the words" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("boats", "--all"), ("--all", "--statement", "1")])
def test_one_thing_is_to_be_traced(path: Path, arguments: tuple[str, ...]) -> None:
    done = run(path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "say what to trace, one of" in done.stderr


def test_a_record_in_postgresql_answers_alike(path: Path, postgres: Postgres) -> None:
    address = postgres.new()
    filled(address)
    for call in (("--all", "--format", "jsonl"), ("boats to the harbour",), ("lighthouse",)):
        ours, theirs = run(path, *call), run(address, *call)
        assert (theirs.stdout, theirs.stderr, theirs.returncode) == (ours.stdout, ours.stderr, 0)
        assert theirs.stdout


def test_each_quotation_of_a_draft_is_looked_for(path: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Falk speaks up\n\n"
        "“Nobody in the capital listens to a fisherman,” Jorun Falk said on Monday.\n\n"
        "“We should send boats to the harbour,” Jorun Falk told reporters.\n\n"
        "“We will paint the lighthouse red before the regatta begins,” said Ilse Quandt.\n\n"
        "“The price of herring has doubled since the winter,” said Ilse Quandt.\n",
        encoding="utf-8",
    )
    done = run(path, str(draft))
    assert done.returncode == 0
    assert [line.strip() for line in done.stdout.splitlines() if "found" in line] == [
        "found verbatim · cut at the front, modality, qualifier cut off",
        "found altered · differs in modality · cut at the end, negation, qualifier cut off",
        "found from another speaker",
        "not found",
    ]
    assert done.stderr == "onrecord: 1 verbatim, 1 altered, 1 other-speaker, 1 not-found\n"
    lines = run(path, str(draft), "--format", "jsonl").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["found"] for one in found] == ["verbatim", "altered", "other-speaker", "not-found"]
    assert [one["copy"] and one["copy"]["article"] for one in found] == ["ledger", "ledger", "other", None]
    text = draft.read_text(encoding="utf-8")
    assert [text[one["start"] : one["end"]] for one in found] == [one["words"] for one in found]


@pytest.mark.parametrize("given", ["no.txt", "my draft.html", "no/such/draft.PDF", "{folder}/draft"])
def test_a_file_that_is_not_there_is_said(path: Path, given: str) -> None:
    given = given.format(folder=path.parent)
    done = run(path, given)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no file {shown(given)}" in done.stderr


@pytest.mark.parametrize("words", ["and/or", "U.S.", "nobody in the capital. listens", "boats " * 200])
def test_words_with_the_marks_of_a_path_are_words(path: Path, words: str) -> None:
    assert "there is no file" not in run(path, words).stderr


# A page with fewer words than a report has is none.
REST = "<p>The boats were back in the harbour before noon, and nobody had seen the minister anywhere near them.</p>" * 9


def test_a_draft_may_come_from_standard_input_and_from_an_address(path: Path) -> None:
    draft = "“Nobody in the capital listens to a fisherman,” Jorun Falk said on Monday."
    with Server() as server:
        body = f"<html lang=en><body><article><h1>Falk speaks up</h1><p>{draft}</p>{REST}"
        server.answer("/draft", page(body.encode()))
        for done in (run(path, "-", typed=draft), run(path, server.at("/draft"), "--allow-private")):
            assert (done.returncode, done.stderr) == (0, "onrecord: 1 verbatim\n")


def test_what_is_not_one_draft_is_said(path: Path, tmp_path: Path) -> None:
    assert "is a folder" in run(path, f"{tmp_path}/").stderr
    many = tmp_path / "many.jsonl"
    many.write_text('{"text": "One said “no”."}\n{"text": "Two said “yes”."}\n', encoding="utf-8")
    done = run(path, str(many))
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds several articles" in done.stderr
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert run(path, str(empty)).returncode == 1


def test_the_picture_has_the_copies_of_all_utterances_that_are_found(retold: Path, path: Path) -> None:
    done = run(retold, "in the capital listens", "--format", "svg")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<svg ")
    assert done.stdout.endswith("</svg>\n")
    assert "Jorun Falk · 4 copies" in done.stdout
    nothing = run(path, "the price of herring has doubled", "--format", "svg")
    assert (nothing.stdout, "no quotation has the words" in nothing.stderr) == ("", True)


def test_a_draft_has_no_picture(path: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("“Nobody listens,” Jorun Falk said.", encoding="utf-8")
    done = run(path, str(draft), "--format", "svg")
    assert (done.returncode, done.stdout) == (2, "")
    assert "for a draft there are text, json and jsonl" in done.stderr

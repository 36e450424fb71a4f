"""The CSV: complete, one row a statement, safe to open in a spreadsheet."""

import csv
import io
from dataclasses import replace

import pytest

from onrecord.article import Article
from onrecord.exchange.table import COLUMNS, to_table
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement
from tests.invented import BARE, HARBOUR, PUMPS


def rows(*articles: Article) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(to_table(articles)), newline="")))


def test_each_statement_of_each_article_is_a_row() -> None:
    found = rows(HARBOUR, BARE, replace(HARBOUR, id="again"))
    n_statements = len(HARBOUR.statements)
    assert [row["article"] for row in found] == ["harbour"] * n_statements + ["again"] * n_statements
    assert [row["statement"] for row in found] == [str(index) for index in range(n_statements)] * 2


def test_a_row_holds_everything_that_is_known_of_a_statement() -> None:
    assert rows(HARBOUR)[1] == {
        "article": "harbour",
        "source_path": "in/harbour.txt",
        "outlet": "The Weyport Ledger",
        "title": "Harbour [red]may close[/red], mayor says",
        "published": "2031-01-15",
        "statement": "1",
        "parent": "",
        "answers": "",
        "speaker": "Jorun Falk",
        "speaker_kind": "person",
        "source": "Mayor Jorun Falk",
        "cue": "told",
        "content": "“Our engineer Tomas Brandvold said ‘the quay is <safe> & sound’, and I believe him.”",
        "form": "direct",
        "act": "assert",
        "via": "Weyport Ledger (venue)",
        "said_start": "",
        "said_end": "",
        "confidence": "0.988",
        "content_start": "144",
        "content_end": "228",
        "known_by": "name",
        "speaker_confidence": "1.0",
        "proper": "",
        "chain": "Jorun Falk → Weyport Ledger → The Weyport Ledger",
        "when": "",
    }


def test_a_content_of_several_spans_is_one_cell_with_an_ellipsis() -> None:
    row = rows(HARBOUR)[2]
    assert row["content"] == '"The storms come earlier every year," … "and nobody in the capital listens."'
    assert (int(row["content_start"]), int(row["content_end"])) == (
        HARBOUR.statements[2].content[0].start,
        HARBOUR.statements[2].content[1].end,
    )


def test_parent_answers_and_days_are_in_the_row() -> None:
    found = rows(HARBOUR)
    assert (found[4]["answers"], found[11]["parent"]) == ("3", "7")
    assert (found[7]["said_start"], found[7]["said_end"]) == ("2031-01-06", "2031-01-12")


def test_the_chain_ends_with_the_article_and_opens_with_a_question_mark_for_no_speaker() -> None:
    chains = [row["chain"] for row in rows(PUMPS)]
    assert chains[0] == "Anselm Corvin → Tarsian Morning Post → pumps"
    assert chains[5:7] == ["? → pumps", "? → Tide Weekly → pumps"]


def test_how_surely_by_what_and_when_are_in_the_row() -> None:
    told, said, *_ = rows(PUMPS)
    assert (told["when"], told["said_start"]) == ("in February", "")
    assert (said["known_by"], said["speaker_confidence"]) == ("pronoun", "0.62")


def test_a_misspelt_speaker_has_the_right_name_in_a_column_of_its_own() -> None:
    speaker = Speaker("Weyport Leger", SpeakerKind.OUTLET, proper="Weyport Ledger")
    row = rows(replace(PUMPS, statements=(replace(PUMPS.statements[0], speaker=speaker),)))[0]
    assert (row["speaker"], row["proper"]) == ("Weyport Leger", "Weyport Ledger")


def test_columns_are_added_at_the_end_alone() -> None:
    assert COLUMNS[-6:] == ("content_end", "known_by", "speaker_confidence", "proper", "chain", "when")


def test_an_article_without_statements_leaves_the_header_alone() -> None:
    assert "".join(to_table([BARE])) == ",".join(COLUMNS) + "\r\n"


def test_every_line_ends_as_rfc_4180_says_and_no_cell_breaks_a_line() -> None:
    table = "".join(to_table([HARBOUR]))
    assert table.count("\n") == table.count("\r\n") == 1 + len(HARBOUR.statements)


@pytest.mark.parametrize("words", ["=SUM(A1)", "+1 for me", "-1 again", "@mayor", "=“quoted”"])
def test_a_cell_that_would_be_a_formula_is_marked_as_text(words: str) -> None:
    article = Article(id="=id", text=words, outlet="@outlet", statements=(Statement(content=(Span(0, len(words)),)),))
    row = rows(article)[0]
    assert (row["content"], row["article"], row["outlet"]) == (f"'{words}", "'=id", "'@outlet")


def test_a_lone_hyphen_is_no_formula() -> None:
    assert rows(replace(HARBOUR, source="-"))[0]["source_path"] == "-"

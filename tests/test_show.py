"""What a person sees in a terminal."""

from dataclasses import replace

import pytest

from onrecord.article import Article
from onrecord.cli.show import to_text
from onrecord.span import Span
from onrecord.statement import Statement
from tests.invented import BARE, HARBOUR


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for key in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(key, raising=False)


def shown(*articles: Article) -> str:
    return "".join(to_text(articles))


def test_the_head_says_title_outlet_author_date_and_how_many_statements() -> None:
    assert shown(HARBOUR).splitlines()[:3] == [
        "Harbour [red]may close[/red], mayor says",
        "The Weyport Ledger · Ilse Quandt · 15 January 2031 · 12",
        "statements",
    ]


def test_a_statement_shows_speaker_cue_content_and_what_is_known_and_inner_ones_follow_indented() -> None:
    assert """\
  2  Mayor Jorun Falk · told
     “Our engineer Tomas Brandvold said ‘the quay is <safe>
     & sound’, and I believe him.”
     direct · assert · 99% · venue Weyport Ledger

      2.1  Our engineer Tomas Brandvold · said
           ‘the quay is <safe> & sound’
           assert · 100%

      2.2  Jorun Falk (I) · believe
           him
           think · 100%

  3  Jorun Falk · said
     "The storms come earlier every year," … "and nobody in
     the capital listens."
""" in shown(HARBOUR)


def test_an_answer_names_its_question() -> None:
    assert "\n     indirect · assert · 100% · answers 4\n" in shown(HARBOUR)


def test_days_are_shown_as_people_write_them() -> None:
    assert "said 6–12 January 2031" in shown(HARBOUR)


def test_a_statement_without_source_and_speaker_says_so() -> None:
    assert "  7  (no source)\n" in shown(HARBOUR)


def test_a_source_whose_speaker_is_unknown_is_shown_by_its_words() -> None:
    assert "  9  العمدة · قال\n" in shown(HARBOUR)


def test_an_article_without_statements_has_a_head_alone() -> None:
    assert shown(BARE) == "bare\n0 statements\n"


@pytest.mark.parametrize("columns", [1, 20, 60, 120])
def test_lines_keep_to_the_terminals_width_and_end_in_no_blanks(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = shown(HARBOUR).splitlines()
    assert all(line == line.rstrip() for line in lines)
    assert max(map(len, lines)) <= max(columns, 31)


def test_no_article_steers_the_terminal() -> None:
    text = "\x1b[31mred\x1b[0m \x9b2J \x07 [bold]plain[/bold] :ship: ©"
    article = replace(BARE, text=text, title=text, statements=(Statement(content=(Span(0, len(text)),)),))
    assert shown(article).count("�[31mred�[0m �2J � [bold]plain[/bold] :ship: ©") == 2
    assert "\x1b" not in shown(article)


def test_colours_are_asked_for_or_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;36mJorun Falk\x1b[0m" in shown(HARBOUR)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1mJorun Falk\x1b[0m" in shown(HARBOUR)


def test_articles_are_apart_by_an_empty_line() -> None:
    assert shown(BARE, BARE) == "bare\n0 statements\n\nbare\n0 statements\n"

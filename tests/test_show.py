"""What a person sees in a terminal."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.article import Article
from onrecord.cli.show import to_text
from onrecord.span import Span
from onrecord.statement import KnownBy, Speaker, SpeakerKind, Statement, Via, ViaRole
from tests.invented import BARE, HARBOUR, PUMPS, at


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
        "The Weyport Ledger · Ilse Quandt · 15 January 2031",
        "12 statements",
    ]


def test_the_head_says_that_there_is_no_date_where_a_time_would_be_counted_from_it() -> None:
    assert shown(PUMPS).splitlines()[:2] == ["pumps", "no date of its own · 10 statements"]
    dated = tuple(statement for statement in PUMPS.statements if not statement.when or statement.said)
    assert "date" not in shown(replace(PUMPS, statements=dated[:3])).splitlines()[1]


def test_the_head_says_whose_text_a_copy_has() -> None:
    copy = replace(HARBOUR, copy_of="weyport-ledger.example/harbour")
    assert "the text of weyport-ledger.example/harbour" in shown(copy)
    assert "the text of" not in shown(HARBOUR)


def test_a_statement_in_a_line_about_another_story_says_that_it_is_not_the_report_s() -> None:
    owner = Statement(source=at("owner"), cue=at("vows"), content=at("Ferry “will never stop”"))
    assert shown(replace(HARBOUR, statements=(owner,))).count("beside the report") == 1
    assert "beside the report" not in shown(replace(HARBOUR, statements=HARBOUR.statements[:4]))


def test_a_statement_shows_speaker_cue_content_chain_and_what_is_known_and_inner_ones_follow_indented() -> None:
    assert """\
  2  Jorun Falk · told
     “Our engineer Tomas Brandvold said ‘the quay is <safe>
     & sound’, and I believe him.”
     Jorun Falk → Weyport Ledger → The Weyport Ledger
     direct · assert · 99%

      2.1  Tomas Brandvold · said
           ‘the quay is <safe> & sound’
           Tomas Brandvold → Jorun Falk → Weyport Ledger
           → The Weyport Ledger
           assert · 100%

      2.2  Jorun Falk (by the pronoun “I”) · believe
           him
           Jorun Falk → Weyport Ledger → The Weyport Ledger
           think · 100%

  3  Jorun Falk · said
     "The storms come earlier every year," … "and nobody in
     the capital listens."
""" in shown(HARBOUR)


def test_a_statement_says_how_its_speaker_is_known_and_how_surely() -> None:
    assert """\
  2  Anselm Corvin (by the pronoun “he”) · said
     “Nobody has to move,”
     direct · assert · 97% · speaker 62%

  3  Anselm Corvin (goes on)
     “We have had worse winters.”
     direct · assert · 100% · speaker 56%

  4  Anselm Corvin (as “The minister”) · promised
     new gates
     commit · 100% · venue: statement
     said on 3 January 2031

  5  A senior aide who feared for her post · not named ·
     called
""" in shown(PUMPS)


def test_the_writers_own_words_are_told_as_such() -> None:
    assert "  8  Ilse Quandt (by the pronoun “I”) · the author · hope\n" in shown(PUMPS)


def test_a_misspelt_outlet_has_the_right_name_beside_it_once_and_in_the_chain_alone() -> None:
    assert """\
     Anselm Corvin → Tarsian Morning Post → pumps
     indirect · assert · 100%
     venue: Tarsian Moning Post [Tarsian Morning Post]
     said “in February” (no date to count from)
""" in shown(PUMPS)
    assert shown(replace(PUMPS, statements=PUMPS.statements[:1] * 3)).count("Moning") == 1


def test_a_misspelt_speaker_has_the_right_name_beside_it() -> None:
    speaker = Speaker("Weyport Leger", SpeakerKind.OUTLET, KnownBy.ROLE, proper="Weyport Ledger")
    statement = replace(PUMPS.statements[3], speaker=speaker)
    assert "  1  Weyport Leger [Weyport Ledger] (as “The minister”) ·" in shown(replace(PUMPS, statements=(statement,)))


def test_an_outlet_that_is_its_own_venue_is_shown_as_speaker_alone() -> None:
    ledger = Speaker("Weyport Ledger", SpeakerKind.OUTLET)
    statement = replace(PUMPS.statements[5], speaker=ledger, via=(Via("Weyport Ledger", ViaRole.REPORTER),))
    assert shown(replace(PUMPS, statements=(statement,))).count("Ledger") == 1


def test_a_venue_that_is_the_articles_own_outlet_is_no_way_but_shown() -> None:
    article = replace(
        PUMPS, outlet="Tide Weekly", statements=(replace(PUMPS.statements[1], via=PUMPS.statements[6].via),)
    )
    assert "reporter: Tide Weekly\n" in shown(article)
    assert "→" not in shown(article)


def test_a_time_that_means_no_days_in_a_dated_article_is_shown_by_its_words() -> None:
    assert "said “in February”\n" in shown(replace(PUMPS, published=date(2031, 1, 15)))


def test_requests_for_comment_and_outlets_cited_stand_behind_the_statements() -> None:
    assert shown(PUMPS).endswith("""
Asked for comment
  Anselm Corvin, town council
    asked by Tarsian Morning Post · by email · not answered
  makers of the gates · asked by whom is not said
    answered
  whom is not said · asked by whom is not said
    whether answered is not said

Outlets cited
  Tarsian Morning Post · Tide Weekly
""")


def test_an_answer_names_its_question() -> None:
    assert "\n     indirect · assert · 100% · answers 4\n" in shown(HARBOUR)


def test_days_are_shown_as_people_write_them() -> None:
    assert "said 6–12 January 2031" in shown(HARBOUR)


def test_a_statement_without_source_and_speaker_says_so() -> None:
    assert "  7  speaker unknown (no source)\n" in shown(HARBOUR)
    assert "  7  speaker unknown (no source) · was said\n" in shown(PUMPS)
    assert "     ? → Tide Weekly → pumps\n" in shown(PUMPS)


def test_a_source_whose_speaker_is_unknown_is_shown_by_its_words() -> None:
    assert "  9  speaker unknown (“العمدة”) · قال\n" in shown(HARBOUR)


def test_an_article_without_statements_has_a_head_alone() -> None:
    assert shown(BARE) == "bare\n0 statements\n"


@pytest.mark.parametrize("columns", [1, 20, 60, 120])
def test_lines_keep_to_the_terminals_width_and_end_in_no_blanks(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = shown(HARBOUR, PUMPS).splitlines()
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

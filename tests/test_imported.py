"""JSON Lines of our own that are not as they should be: one error, with its line, for each article that it costs."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.errors import InputError, Outcome
from onrecord.exchange.contract import to_dict
from onrecord.exchange.imported import imported_of
from onrecord.exchange.kept import statement_lines
from onrecord.record.importing import Imported
from onrecord.record.kept import Kept
from onrecord.record.stored import NOTHING_BESIDE
from tests.invented import HARBOUR, PUMPS

Json = dict[str, Any]


def ends(*lines: str | bytes) -> list[Imported | InputError]:
    data = [line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass") for line in lines]
    return list(imported_of([line + b"\n" for line in data], source="export.jsonl"))


def errors(*lines: str | bytes) -> list[str]:
    return [str(end) for end in ends(*lines) if isinstance(end, InputError)]


def taken(*lines: str | bytes) -> list[str]:
    return [end.article.id for end in ends(*lines) if isinstance(end, Imported)]


def kept(article: Any, number: int) -> Kept:  # noqa: ANN401 - an article
    places = tuple(range(len(article.statements)))
    return Kept(number, article, "reader-0", NOTHING_BESIDE, superseded=False, statement_ids=places, wanted=places)


LINES = list(statement_lines([kept(HARBOUR, 1), kept(PUMPS, 2)], in_full=True))
N_HARBOUR = len(HARBOUR.statements)
WHOLE = json.dumps(to_dict(HARBOUR))


def changed(change: Callable[[Json], object]) -> str:
    """HARBOUR's line with something else in it."""
    fields: Json = json.loads(WHOLE)
    change(fields)
    return json.dumps(fields)


def of_statement(place: int, **values: object) -> str:
    return changed(lambda fields: fields["statements"][place].update(values))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (WHOLE[:300], "line 2: not JSON, or cut off: "),
        ("[1]", "line 2: not a JSON object: [1]"),
        ("[" * 100_000, "line 2: not JSON"),
        (b'{"text": "caf\xe9"}', "line 2: not UTF-8 text"),
        ('{"id": "quay"}', "line 2: neither an article"),
        ('{"text": "Rain.", "id": "rain"}', "`onrecord add` reads it"),
        (changed(lambda fields: fields.update(text=" ")), '"text" should be the text of the article'),
        (changed(lambda fields: fields.update(text="Half \ud83d")), "half of a character"),
        (changed(lambda fields: fields.update(id=7)), '"id" should be a string, not 7'),
        (changed(lambda fields: fields.update(published="yesterday")), '"published" should be an ISO date'),
        (changed(lambda fields: fields.update(fetched="2031-01-01T00:00:00")), '"fetched" should say its time zone'),
        (changed(lambda fields: fields.update(authors="Ilse")), '"authors" should be a list'),
        (changed(lambda fields: fields["paragraphs"][0].update(kind="poem")), '"paragraphs[0].kind" should be one of'),
        (changed(lambda fields: fields["paragraphs"][0].update(end=99)), '"paragraphs" should be in the order'),
        (changed(lambda fields: fields["paragraphs"][-1].update(end=9999)), '"paragraphs" should be in the text'),
        (of_statement(1, content=[[5, 99999]]), '"statements[1].content" should be in the text of'),
        (of_statement(1, content=[[7, 5]]), '"statements[1].content" should be a pair of offsets'),
        (of_statement(1, content=[[True, 5]]), '"statements[1].content" should be a pair of offsets'),
        (of_statement(1, content=[[8, 9], [1, 2]]), '"statements[1].content" should be spans in the order'),
        (of_statement(1, content=[]), "a statement needs at least one content span"),
        (of_statement(1, content=[[40, 42]]), '"statements[1].content" should be words of the text'),
        (of_statement(1, act="sing"), '"statements[1].act" should be one of assert'),
        (of_statement(1, speaker={"name": "Falk"}), '"statements[1].speaker.kind" should be one of person'),
        (of_statement(1, speaker={"name": "Falk", "kind": "cat"}), '"statements[1].speaker.kind" should be one of'),
        (of_statement(1, speaker={"name": "", "kind": "person"}), '"statements[1].speaker.name" should be a string'),
        (of_statement(1, via=[{"name": "Ledger"}]), '"statements[1].via[0].role" should be one of reporter'),
        (of_statement(1, via=["Ledger"]), '"statements[1].via" should be a list of objects'),
        (of_statement(1, said={"start": "2031-01-02"}), '"end" should both be days'),
        (of_statement(1, said={"start": "2031-01-02", "end": "2031-01-01"}), "days need start <= end"),
        (of_statement(1, when=[1]), '"statements[1].when" should be a pair of offsets'),
        (of_statement(1, confidence=1.5), '"statements[1].confidence" should be a number from 0 to 1'),
        (of_statement(1, confidence=float("nan")), "NaN is no number that JSON has"),
        (of_statement(1, parent=1), "statement 1 should have a parent that stands before it, not 1"),
        (of_statement(1, parent=99), "statement 1 should have a parent that stands before it, not 99"),
        (of_statement(1, parent=-1), '"statements[1].parent" should be a whole number from 0'),
        (of_statement(4, answers=99), "statement 4 should answer another one of 12, not 99"),
    ],
)
def test_a_line_that_is_wrong_is_told_and_the_others_are_taken(line: str | bytes, problem: str) -> None:
    after = json.dumps(to_dict(PUMPS))
    (message,) = errors(WHOLE, line, after)
    assert message.startswith("line 2: ")
    assert problem in message
    assert taken(WHOLE, line, after) == ["harbour", "pumps"]


def test_the_test_of_white_space_points_at_white_space() -> None:
    assert not HARBOUR.text[40:42].strip()


def test_an_article_ends_with_its_last_statement() -> None:
    assert taken(*LINES) == ["harbour", "pumps"]
    (harbour, pumps) = [end.article for end in ends(*LINES) if isinstance(end, Imported)]
    assert to_dict(harbour) == to_dict(HARBOUR)
    assert to_dict(pumps) == to_dict(PUMPS)


def test_blank_lines_and_a_byte_order_mark_are_nothing() -> None:
    assert taken(b"\xef\xbb\xbf" + LINES[0].encode(), b"", *LINES[1:N_HARBOUR], b" \r") == ["harbour"]


@pytest.mark.parametrize("place", [1, 5, N_HARBOUR - 1])
def test_a_wrong_statement_costs_its_article_once(place: int) -> None:
    lines = [*LINES]
    lines[place] = lines[place][:60]
    (message,) = errors(*lines)
    assert message.startswith(f"line {place + 1}: not JSON, or cut off")
    assert taken(*lines) == ["pumps"]


def test_a_wrong_first_line_costs_its_article_and_says_what_is_missing() -> None:
    cut, missing = errors(LINES[0][:60], *LINES[1:])
    assert cut.startswith("line 1: not JSON")
    assert missing.startswith("line 2: the article that this statement is in is not in the file")
    assert taken(LINES[0][:60], *LINES[1:]) == ["pumps"]


def test_an_article_with_a_wrong_text_costs_itself_once() -> None:
    fields = json.loads(LINES[0])
    fields["article_fields"]["text"] = "Short."
    (message,) = errors(json.dumps(fields), *LINES[1:])
    assert "should be in the text of 6 characters" in message
    assert taken(json.dumps(fields), *LINES[1:]) == ["pumps"]


@pytest.mark.parametrize("n_left", [1, 5, N_HARBOUR - 1])
def test_an_article_whose_statements_are_missing_is_not_taken(n_left: int) -> None:
    (message,) = errors(*LINES[:n_left], *LINES[N_HARBOUR:])
    assert f"here begin {n_left} of the {N_HARBOUR} statements of 'harbour'" in message
    (message,) = errors(*LINES[:n_left])
    assert message.startswith("line 1: here begin")
    assert not taken(*LINES[:n_left])


def test_a_statement_left_out_in_between_is_told() -> None:
    (message,) = errors(*LINES[:3], *LINES[4:])
    assert '"position" should be 3, that of the next statement, not 4' in message


def test_a_part_of_a_record_makes_no_articles() -> None:
    part = list(statement_lines([kept(HARBOUR, 1), kept(PUMPS, 2)], in_full=False))
    assert not taken(*part)
    assert len(errors(*part)) == 2


def test_statements_too_many_are_told() -> None:
    (message,) = errors(*LINES[:N_HARBOUR], LINES[2])
    assert message.startswith(f"line {N_HARBOUR + 1}: ")


def test_what_is_no_json_lines_at_all_is_told_once() -> None:
    (message,) = errors("article,outlet", "harbour,Ledger", "pumps,Ledger")
    assert message.startswith("line 1: not JSON Lines")
    (end,) = ends("", " ")
    assert isinstance(end, InputError)
    assert end.outcome is Outcome.EMPTY


def test_fields_that_nobody_knows_are_named_once(caplog: pytest.LogCaptureFixture) -> None:
    line = changed(lambda fields: fields.update(mood="grey", findings=[{"code": "x"}]))
    with caplog.at_level(logging.WARNING):
        assert taken(line, of_statement(1, tone="dry"), *LINES) == ["harbour", "harbour", "harbour", "pumps"]
    assert caplog.messages == ["export.jsonl: fields that were not used: mood, tone"]

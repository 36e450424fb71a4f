"""The JSON contract: fields, their order, their values."""

import json

from onrecord.exchange.contract import to_dict, to_line
from tests.invented import BARE, HARBOUR, TEXT

ARTICLE_KEYS = (
    "id source outlet title authors published language text "
    "paragraphs statements comment_requests cited_outlets findings"
)
STATEMENT_KEYS = "source cue content speaker form act via said parent answers confidence"


def test_an_article_has_the_contracts_keys_in_the_contracts_order() -> None:
    assert list(to_dict(HARBOUR)) == ARTICLE_KEYS.split()


def test_every_statement_has_the_contracts_keys_in_the_contracts_order() -> None:
    statements = json.loads(to_line(HARBOUR))["statements"]
    assert {tuple(statement) for statement in statements} == {tuple(STATEMENT_KEYS.split())}


def test_a_full_statement_is_written_field_by_field() -> None:
    told = json.loads(to_line(HARBOUR))["statements"][1]
    content = told.pop("content")
    assert [TEXT[start:end][:13] for start, end in content] == ["“Our engineer"]
    assert told == {
        "source": [[102, 118]],
        "cue": [[119, 123]],
        "speaker": {"name": "Jorun Falk", "kind": "person"},
        "form": "direct",
        "act": "assert",
        "via": [{"name": "Weyport Ledger", "role": "venue"}],
        "said": None,
        "parent": None,
        "answers": None,
        "confidence": 0.988,
    }


def test_dates_are_iso_dates() -> None:
    line = json.loads(to_line(HARBOUR))
    assert line["published"] == "2031-01-15"
    assert line["statements"][7]["said"] == {"start": "2031-01-06", "end": "2031-01-12"}


def test_an_inner_statement_names_its_parent_and_has_no_form() -> None:
    inner = json.loads(to_line(HARBOUR))["statements"][9]
    assert (inner["parent"], inner["form"]) == (1, None)


def test_what_is_unknown_is_null_or_empty() -> None:
    assert to_dict(BARE) == {
        "id": "bare",
        "source": "-",
        "outlet": None,
        "title": None,
        "authors": [],
        "published": None,
        "language": "en",
        "text": "Rain.",
        "paragraphs": [{"start": 0, "end": 5, "kind": "body"}],
        "statements": [],
        "comment_requests": [],
        "cited_outlets": [],
        "findings": [],
    }


def test_a_line_is_one_line_and_keeps_the_text_to_the_character() -> None:
    line = to_line(HARBOUR)
    assert "\n" not in line
    assert "🚢" in line
    assert json.loads(line)["text"] == TEXT

"""The JSON contract: fields, their order, their values."""

import json

from onrecord.exchange.contract import to_dict, to_line
from tests.invented import BARE, HARBOUR, PUMPS, PUMPS_TEXT, TEXT

ARTICLE_KEYS = (
    "id source outlet title authors published published_at url domain language copy_of fetched record_id text "
    "paragraphs links statements comment_requests cited_outlets findings"
)
STATEMENT_KEYS = "source cue content speaker form act via said when parent answers confidence"


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
        "speaker": {
            "name": "Jorun Falk",
            "kind": "person",
            "known_by": "name",
            "proper": None,
            "confidence": 1.0,
        },
        "form": "direct",
        "act": "assert",
        "via": [{"name": "Weyport Ledger", "role": "venue", "proper": None, "span": [128, 142]}],
        "said": None,
        "when": None,
        "parent": None,
        "answers": None,
        "confidence": 0.988,
    }


def test_dates_are_iso_dates() -> None:
    line = json.loads(to_line(HARBOUR))
    assert line["published"] == "2031-01-15"
    assert line["statements"][7]["said"] == {"start": "2031-01-06", "end": "2031-01-12"}


def test_how_the_speaker_is_known_and_how_surely_stands_beside_its_name() -> None:
    speakers = [statement["speaker"] for statement in json.loads(to_line(PUMPS))["statements"]]
    assert [speaker and speaker["known_by"] for speaker in speakers] == [
        *("name", "pronoun", "continuation", "role", "description", None, None),
        *("pronoun", "description", "name"),
    ]
    assert speakers[1]["confidence"] == 0.62


def test_a_misspelt_name_stays_as_it_is_and_the_right_one_stands_beside_it() -> None:
    told = json.loads(to_line(PUMPS))["statements"][0]
    (via,) = told["via"]
    start, end = via.pop("span")
    assert via == {"name": "Tarsian Moning Post", "role": "venue", "proper": "Tarsian Morning Post"}
    assert PUMPS_TEXT[start:end] == "Tarsian Moning Post"


def test_an_expression_of_time_is_there_whether_or_not_it_means_any_days() -> None:
    told, *_, promised = json.loads(to_line(PUMPS))["statements"][:4]
    assert (PUMPS_TEXT[slice(*told["when"])], told["said"]) == ("in February", None)
    assert PUMPS_TEXT[slice(*promised["when"])] == "on 3 January 2031"
    assert promised["said"] == {"start": "2031-01-03", "end": "2031-01-03"}


def test_requests_for_comment_and_cited_outlets_belong_to_the_article() -> None:
    line = json.loads(to_line(PUMPS))
    assert line["cited_outlets"] == ["Tarsian Morning Post", "Tide Weekly"]
    spans = [request.pop("span") for request in line["comment_requests"]]
    assert [PUMPS_TEXT[start:end][:8] for start, end in spans] == ["The Post", "Asked fo", "The aide"]
    assert line["comment_requests"] == [
        {
            "by": "Tarsian Morning Post",
            "of": ["Anselm Corvin", "town council"],
            "medium": "email",
            "answered": False,
        },
        {"by": None, "of": ["makers of the gates"], "medium": None, "answered": True},
        {"by": None, "of": [], "medium": None, "answered": None},
    ]


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
        "published_at": None,
        "url": None,
        "domain": None,
        "language": "en",
        "copy_of": None,
        "fetched": None,
        "record_id": None,
        "text": "Rain.",
        "paragraphs": [{"start": 0, "end": 5, "kind": "body", "markup": None}],
        "links": [],
        "statements": [],
        "comment_requests": [],
        "cited_outlets": [],
        "findings": [
            {
                "code": "undated-article",
                "spans": [[0, 5]],
                "message": "The article has no date, and none was given for it.",
                "evidence": ["Rain."],
                "confidence": 0.95,
            }
        ],
    }


def test_a_line_is_one_line_and_keeps_the_text_to_the_character() -> None:
    line = to_line(HARBOUR)
    assert "\n" not in line
    assert "🚢" in line
    assert json.loads(line)["text"] == TEXT

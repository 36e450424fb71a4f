"""The API: what the pages show, in the contract's words, from a real server on either database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from onrecord.exchange.contract import to_dict
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named
from onrecord.record.tokens import all_tokens, revoke_token
from tests.invented import HARBOUR
from tests.serving import SIGNER, Served, fill, serving

API = "/api/v1"


@pytest.fixture
def served(record: Record) -> Iterator[Served]:
    fill(record)
    with serving(record) as found:
        yield found


def answer(served: Served, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What the API says, which has to be what was asked for."""
    response = served.client.get(f"{API}{path}")
    assert response.status_code == 200, response.text
    return response.json()


def warned(served: Served) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The statement of the dyke."""
    return answer(served, "/statements?q=dyke&by=words")["statements"][0]


def fault(served: Served, path: str, *, status: int) -> str:
    """What the API says is wrong."""
    response = served.client.get(f"{API}{path}")
    found = response.json()["error"]
    assert (response.status_code, found["status"]) == (status, status)
    return str(found["message"])


def test_statements_are_found_by_their_words_and_say_where_they_stand(served: Served) -> None:
    found = warned(served)
    assert (found["words"], found["speaker"]["name"]) == ("that the dyke would not hold", "Jorun Falk")
    start, end = found["content"][0]
    article = answer(served, f"/articles/{found['article_id']}")
    assert article["text"][start:end] == found["words"]
    assert article["statement_ids"].index(found["statement_id"]) >= 0
    marked_start, marked_end = found["matched"][0]
    assert found["words"][marked_start:marked_end] == "dyke"


def test_what_a_speaker_said_comes_in_the_order_of_time_and_page_by_page_nothing_twice(served: Served) -> None:
    everything = answer(served, "/statements?speaker=Falk")
    assert everything["next"] is None
    ids = [one["statement_id"] for one in everything["statements"]]
    assert len(ids) > 3
    paged, after = [], ""
    while True:
        page = answer(served, f"/statements?speaker=Falk&limit=2&after={after}")
        paged += [one["statement_id"] for one in page["statements"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert paged == ids


def test_facets_count_what_is_found(served: Served) -> None:
    found = answer(served, "/statements?speaker=Falk&limit=100")["statements"]
    facets = answer(served, "/facets?speaker=Falk")
    assert (facets["n"], facets["is_part"]) == (len(found), False)
    acts = {one["value"]: one["n"] for one in facets["acts"]}
    assert acts == {act: sum(one["act"] == act for one in found) for act in acts}
    assert sum(acts.values()) == len(found)


def test_an_article_is_what_the_contract_says(record: Record, served: Served) -> None:
    with record.snapshot() as connection:
        (kept,) = articles_named(connection, HARBOUR.id)
        number = connection.scalar(select(schema.articles.c.id).where(schema.articles.c.name == HARBOUR.id))
    found = answer(served, f"/articles/{number}")
    contract = to_dict(kept)
    assert {name: found[name] for name in contract} | {"fetched": None} == contract | {"fetched": None}


def test_a_speaker_has_names_and_roles_and_is_found_by_name(served: Served) -> None:
    falk, *_ = answer(served, "/speakers?name=falk")["speakers"]
    found = answer(served, f"/speakers/{falk['id']}")
    assert found["speaker"] == falk
    assert "Jorun Falk" in [use["words"] for use in found["names"]]


def test_the_newest_articles_come_first_and_page_by_page(served: Served) -> None:
    page = answer(served, "/articles?limit=1")
    (first,) = page["articles"]
    (second,) = answer(served, f"/articles?limit=1&before={page['next']}")["articles"]
    assert first["id"] > second["id"]
    assert answer(served, "/record")["n_articles"] == 2


@pytest.mark.parametrize(
    ("path", "status", "complaint"),
    [
        ("/statements?query=quay", 400, "query"),
        ("/statements?q=quay&since=yesterday", 400, "is no date; write it as 2024"),
        ("/statements?q=quay&limit=101", 400, "limit"),
        ("/statements?q=quay&after=xyz", 400, "continues no page"),
        ("/statements?q=%00", 400, "a character that no text has"),
        ("/statements/999", 404, "there is no statement 999"),
        ("/articles/999", 404, "there is no article 999"),
        ("/speakers/99999999999999999999", 400, "number"),
        ("/speakers/999", 404, "there is no speaker 999"),
        ("/nothing", 404, "there is nothing at this address"),
    ],
)
def test_what_cannot_be_answered_says_what_was_wrong(served: Served, path: str, status: int, complaint: str) -> None:
    assert complaint in fault(served, path, status=status)


def test_a_correction_needs_a_token_is_signed_and_can_be_taken_back(served: Served) -> None:
    before = warned(served)
    path = f"{API}/statements/{before['statement_id']}/corrections"
    wanted = {"speaker": {"name": "Tomas Brandvold"}, "note": "the engineer"}
    refused = served.client.post(path, json=wanted)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    made = served.client.post(path, json=wanted, headers=served.bearer)
    assert made.status_code == 201
    (correction,) = made.json()["corrections"]
    assert (correction["decided_by"], correction["note"]) == (SIGNER, "the engineer")
    after = warned(served)
    assert (after["speaker"]["name"], after["corrected"]["by"]) == ("Tomas Brandvold", SIGNER)
    undone = served.client.post(f"{API}/corrections/{correction['id']}/undo", headers=served.bearer)
    assert undone.json()["undone_by"] == SIGNER
    assert warned(served) == before
    assert [one["id"] for one in answer(served, "/corrections")["corrections"]] == [correction["id"]]


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ({}, "say what is to be corrected"),
        ({"wrong": True, "act": "deny"}, "nothing else to correct"),
        ({"content": None}, "others, not none"),
        ({"said": "2031-01-09/2031-01-02"}, "ends before it begins"),
        ({"content": ["words that are not there"]}, "words that are not there"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    served: Served, wanted: dict[str, object], complaint: str
) -> None:
    before = warned(served)
    path = f"{API}/statements/{before['statement_id']}/corrections"
    refused = served.client.post(path, json=wanted, headers=served.bearer)
    assert refused.status_code == 400
    assert complaint in refused.json()["error"]["message"]
    assert warned(served) == before


def test_a_revoked_token_writes_nothing(record: Record, served: Served) -> None:
    with record.transaction() as connection:
        revoke_token(connection, all_tokens(connection)[0].id)
    refused = served.client.post(f"{API}/corrections/1/undo", headers=served.bearer)
    assert refused.status_code == 401


def test_of_a_record_that_is_public_nobody_writes(record: Record) -> None:
    fill(record)
    with serving(record, public=True) as served:
        refused = served.client.post(f"{API}/corrections/1/undo", headers=served.bearer)
        assert refused.status_code == 403
        assert "Sign in" not in served.client.get("/").text


def test_every_address_is_documented_with_its_method(served: Served) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    for path, methods in served.client.get("/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in documented


def test_a_text_that_is_sent_is_checked(served: Served) -> None:
    text = "Quay to close\n\nThe quay will close on Monday, Jorun Falk, the mayor of Weyport, told the council."
    found = served.client.post(f"{API}/check", json={"text": text, "published": "2031-02-12"}).json()
    assert found["text"] == text
    assert "Jorun Falk" in [source["name"] for source in found["sourcing"]["sources"]]
    for wanted, complaint in (({"text": " "}, "empty"), ({"text": text, "published": "soon"}, "is no date")):
        refused = served.client.post(f"{API}/check", json=wanted)
        assert refused.status_code in {400, 422}
        assert complaint in refused.json()["error"]["message"], refused.text

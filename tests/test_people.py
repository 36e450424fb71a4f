"""People across articles: who joins by itself, what is only proposed, and what people decide and take back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from onrecord.article import Article
from onrecord.errors import UsageError
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.deciding import Part, decide, keep_apart, merge, split, undo
from onrecord.record.listed import Linked, Listed, link
from onrecord.record.people import Person, list_people, people_called, person_called, person_of
from onrecord.record.proposing import open_proposals
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement, Via, ViaRole
from tests.invented import HARBOUR, PUMPS

BY = "ilse"
FALK = Listed("Q7", SpeakerKind.PERSON, "Jorun Falk", aliases=("Jo Falk",), roles=("mayor of Weyport",))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with Record.open(str(tmp_path / "news.db")) as record, record.transaction() as opened:
        yield opened


def report(
    source: str, *, name: str | None = None, number: int = 0, kind: SpeakerKind = SpeakerKind.PERSON, via: str = ""
) -> Article:
    """An article with one statement: the source's words, then that it will rain."""
    text = f"{source} said that it would rain {number} times {via}".strip()
    start = text.index("that")
    statement = Statement(
        source=(Span(0, len(source)),),
        content=(Span(start, len(text)),),
        speaker=Speaker(name or source, kind),
        via=(Via(via, ViaRole.REPORTER),) if via else (),
    )
    return Article(id=f"rain-{number}", text=text, source=f"in/rain-{number}.txt", statements=(statement,))


def stored(connection: Connection, *articles: Article) -> None:
    for article in articles:
        store(connection, article, model="reader-0")


def names(connection: Connection) -> list[tuple[str, int]]:
    """Everybody with the number of statements, in the order of their ids."""
    return [(entry.name, entry.n_statements) for entry in sorted(list_people(connection), key=lambda entry: entry.id)]


def called(connection: Connection, name: str) -> Person:
    return person_of(connection, person_called(connection, name))


def proposed(connection: Connection) -> list[tuple[int, int]]:
    return [(proposal.one, proposal.other) for proposal in open_proposals(connection)]


def test_everybody_named_is_somebody_and_nobody_else_is(connection: Connection) -> None:
    stored(connection, HARBOUR, PUMPS)
    assert names(connection) == [
        ("Jorun Falk", 6),
        ("Weyport Ledger", 4),
        ("Tomas Brandvold", 1),
        ("Ministry of Tides", 1),
        ("Anselm Corvin", 5),
        ("Tide Weekly", 1),
    ]
    assert not proposed(connection)


def test_one_full_name_in_several_articles_is_one_person_with_all_roles(connection: Connection) -> None:
    sources = ("Jorun Falk", "Mayor Jorun Falk", "Jorun Falk, the minister of tides,")
    stored(connection, *(report(source, name="Jorun Falk", number=n) for n, source in enumerate(sources)))
    falk = called(connection, "jorun falk")
    assert (falk.entry.n_statements, falk.entry.n_articles) == (3, 3)
    assert [(use.words, use.n_statements) for use in falk.roles] == [("mayor", 1), ("minister of tides", 1)]
    assert [said.article for said in falk.said] == ["rain-2", "rain-1", "rain-0"]


@pytest.mark.parametrize("source", ["Falk", "Mr. Falk", "He"])
def test_what_does_not_tell_who_is_meant_makes_nobody(connection: Connection, source: str) -> None:
    stored(connection, report("Jorun Falk"), report(source, number=1))
    assert names(connection) == [("Jorun Falk", 1)]


def test_an_outlet_is_one_whether_it_speaks_or_passes_on(connection: Connection) -> None:
    reuters = report("Reuters news agency", kind=SpeakerKind.OUTLET, number=1)
    stored(connection, report("Jorun Falk", via="Reuters"), reuters)
    assert ("Reuters", 2) in names(connection)
    assert {use.words for use in called(connection, "Reuters").names} == {"Reuters", "Reuters news agency"}


def test_a_doubtful_name_is_proposed_and_not_joined(connection: Connection) -> None:
    stored(connection, report("Benjamin Duforth"), report("Ben Duforth", number=1), report("Tom Duforth", number=2))
    assert names(connection) == [("Benjamin Duforth", 1), ("Ben Duforth", 1), ("Tom Duforth", 1)]
    assert [(p.one, p.other, "“Ben”" in p.reason) for p in open_proposals(connection)] == [(2, 1, True)]


def test_one_name_in_two_walks_of_life_is_proposed(connection: Connection) -> None:
    stored(connection, report("Senator Jorun Falk", name="Jorun Falk"))
    stored(connection, report("Jorun Falk, a surgeon,", name="Jorun Falk", number=1))
    assert names(connection) == [("Jorun Falk", 1), ("Jorun Falk", 1)]
    (proposal,) = open_proposals(connection)
    assert "medicine" in proposal.reason
    assert "politics" in proposal.reason


def test_while_nobody_has_decided_a_name_goes_to_whom_it_went_before(connection: Connection) -> None:
    test_one_name_in_two_walks_of_life_is_proposed(connection)
    stored(connection, report("Jorun Falk", number=2))
    assert names(connection) == [("Jorun Falk", 2), ("Jorun Falk", 1)]


def test_where_people_decided_that_two_are_two_a_name_alone_waits_for_them(connection: Connection) -> None:
    test_one_name_in_two_walks_of_life_is_proposed(connection)
    decide(connection, 1, accept=False, by=BY)
    stored(connection, report("Jorun Falk", number=2), report("Jorun Falk", number=3))
    stored(connection, report("Surgeon Jorun Falk", name="Jorun Falk", number=4))
    assert [n for _, n in names(connection)] == [1, 2, 2]
    assert proposed(connection) == [(3, 1), (3, 2)]


def test_a_title_with_a_family_name_is_proposed_where_somebody_bears_both(connection: Connection) -> None:
    stored(connection, report("Senator Jorun Falk", name="Jorun Falk"))
    stored(connection, report("Senator Falk", name="Falk", number=1), report("Bishop Falk", name="Falk", number=2))
    assert names(connection) == [("Jorun Falk", 1), ("Senator Falk", 1)]
    assert proposed(connection) == [(2, 1)]


def test_a_merge_keeps_every_name_and_is_taken_back_without_a_trace(connection: Connection) -> None:
    stored(connection, report("Benjamin Duforth"), report("Ben Duforth", number=1))
    decision = merge(connection, 1, 2, by=BY)
    merged = called(connection, "Ben Duforth")
    assert (merged.entry.name, merged.entry.n_statements, merged.merged) == ("Benjamin Duforth", 2, (2,))
    assert [use.words for use in merged.names] == ["Ben Duforth", "Benjamin Duforth"]
    assert [(d.decided_by, d.undone_at) for d in merged.decisions] == [(BY, None)]
    assert not proposed(connection)
    stored(connection, report("Ben Duforth", number=2))
    assert names(connection) == [("Benjamin Duforth", 3)]
    assert undo(connection, decision, by="tomas").decided_by == BY
    assert names(connection) == [("Benjamin Duforth", 1), ("Ben Duforth", 2)]
    assert proposed(connection) == [(2, 1)]
    (log,) = called(connection, "Benjamin Duforth").decisions
    assert log.undone_by == "tomas"


def test_merges_upon_merges_come_apart_in_any_order(connection: Connection) -> None:
    stored(connection, *(report(name, number=n) for n, name in enumerate(("Ada Lim", "Ilse Quandt", "Jorun Falk"))))
    first, second = merge(connection, 1, 2, by=BY), merge(connection, 3, 1, by=BY)
    assert names(connection) == [("Jorun Falk", 3)]
    undo(connection, first, by=BY)
    assert names(connection) == [("Ilse Quandt", 1), ("Jorun Falk", 2)]
    undo(connection, second, by=BY)
    assert names(connection) == [("Ada Lim", 1), ("Ilse Quandt", 1), ("Jorun Falk", 1)]


def test_what_was_rejected_is_not_proposed_again_until_that_is_undone(connection: Connection) -> None:
    stored(connection, report("Benjamin Duforth"), report("Ben Duforth", number=1))
    decision = decide(connection, 1, accept=False, by=BY)
    stored(connection, report("Ben Duforth", number=2))
    assert not proposed(connection)
    undo(connection, decision, by=BY)
    assert proposed(connection) == [(2, 1)]


def test_an_accepted_proposal_keeps_the_name_met_more_often(connection: Connection) -> None:
    stored(
        connection, report("Ben Duforth"), report("Benjamin Duforth", number=1), report("Benjamin Duforth", number=2)
    )
    decide(connection, 1, accept=True, by=BY)
    assert names(connection) == [("Benjamin Duforth", 3)]


@pytest.mark.parametrize("part", [Part(articles=("rain-1",)), Part(statements=(2,))], ids=["article", "statement"])
def test_a_part_that_is_split_off_is_somebody_else_and_comes_back(connection: Connection, part: Part) -> None:
    stored(connection, *(report("Jorun Falk", number=n) for n in range(3)))
    new, decision = split(connection, 1, part, by=BY)
    assert names(connection) == [("Jorun Falk", 2), ("Jorun Falk", 1)]
    assert [said.article for said in person_of(connection, new).said] == ["rain-1"]
    undo(connection, decision, by=BY)
    assert names(connection) == [("Jorun Falk", 3)]


def test_a_name_that_is_split_off_stays_with_its_new_bearer(connection: Connection) -> None:
    stored(connection, report("Benjamin Duforth"), report("Ben Duforth", number=1))
    merge(connection, 1, 2, by=BY)
    new, _ = split(connection, 1, Part(names=("Ben Duforth",)), by=BY)
    stored(connection, report("Ben Duforth", number=2))
    assert person_of(connection, new).entry.n_statements == 2
    assert called(connection, "Benjamin Duforth").entry.n_statements == 1


def test_a_new_version_of_an_article_keeps_what_people_decided_about_it(connection: Connection) -> None:
    articles = [report("Jorun Falk", number=n) for n in range(3)]
    stored(connection, *articles)
    new, _ = split(connection, 1, Part(articles=("rain-1",)), by=BY)
    stored(connection, replace(articles[1], title="Rain"))
    assert person_of(connection, new).entry.n_statements == 1
    assert names(connection) == [("Jorun Falk", 2), ("Jorun Falk", 1)]


def test_a_deleted_article_leaves_no_appearances(connection: Connection) -> None:
    stored(connection, HARBOUR, PUMPS)
    split(connection, person_called(connection, "Jorun Falk"), Part(statements=(3,)), by=BY)
    connection.execute(schema.articles.delete())
    for table in (schema.appearances, schema.moved):
        assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_decisions_that_make_no_sense_are_refused_with_a_reason(connection: Connection) -> None:
    stored(connection, HARBOUR)
    decision = merge(connection, 1, 3, by=BY)
    for refused, why in (
        (lambda: merge(connection, 3, 1, by=BY), "one already"),
        (lambda: merge(connection, 1, 4, by=BY), "cannot be one"),
        (lambda: merge(connection, 1, 99, by=BY), "no person 99"),
        (lambda: keep_apart(connection, 1, 3, by=BY), "are merged"),
        (lambda: decide(connection, 9, accept=True, by=BY), "no open proposal 9"),
        (lambda: split(connection, 1, Part(names=("Nobody",)), by=BY), "nothing of"),
        (lambda: split(connection, 1, Part(articles=("harbour",)), by=BY), "all of"),
        (lambda: undo(connection, 9, by=BY), "no decision 9"),
    ):
        with pytest.raises(UsageError, match=why):
            refused()
    undo(connection, decision, by=BY)
    with pytest.raises(UsageError, match="undone by ilse"):
        undo(connection, decision, by=BY)


def test_a_split_cannot_be_undone_before_a_merge_that_came_after_it(connection: Connection) -> None:
    stored(connection, *(report("Jorun Falk", number=n) for n in range(2)))
    new, decision = split(connection, 1, Part(articles=("rain-1",)), by=BY)
    merged = merge(connection, new, 1, by=BY)
    with pytest.raises(UsageError, match="undo the merge before"):
        undo(connection, decision, by=BY)
    undo(connection, merged, by=BY)
    undo(connection, decision, by=BY)
    assert names(connection) == [("Jorun Falk", 2)]


def test_a_name_means_one_person_or_says_which_there_are(connection: Connection) -> None:
    stored(connection, report("Jorun Falk"), report("Tomas Falk", number=1), report("Ada Lim", number=2))
    assert people_called(connection, "falk") == [1, 2]
    assert people_called(connection, "TOMAS FALK") == [2]
    assert people_called(connection, "%") == people_called(connection, "") == []
    assert person_called(connection, "3") == person_called(connection, "ada") == 3
    with pytest.raises(UsageError, match="1 Jorun Falk, 2 Tomas Falk"):
        person_called(connection, "Falk")
    with pytest.raises(UsageError, match="nobody is called"):
        person_called(connection, "Quandt")


def test_a_listed_name_that_one_person_bears_links_that_person(connection: Connection) -> None:
    stored(connection, report("Jorun Falk"))
    assert [link(connection, FALK), link(connection, FALK)] == [Linked.LINKED, Linked.UNCHANGED]
    stored(connection, report("Jo Falk", number=1))
    falk = called(connection, "Jorun Falk")
    assert (falk.entry.authority, falk.entry.n_statements) == ("Q7", 2)
    assert [(use.words, use.listed) for use in falk.names] == [("Jo Falk", True), ("Jorun Falk", True)]
    assert [use.words for use in falk.roles] == ["mayor of Weyport"]


def test_a_listed_name_is_new_or_proposed_where_it_is_not_certain(connection: Connection) -> None:
    stored(connection, report("Jorun Falk, a surgeon,", name="Jorun Falk"), report("Lenka Duforth", number=1))
    assert link(connection, FALK) is Linked.PROPOSED
    assert link(connection, Listed("Q8", SpeakerKind.PERSON, "Lenka Duforh")) is Linked.PROPOSED
    assert link(connection, Listed("Q9", SpeakerKind.PERSON, "Ada Lim")) is Linked.NEW
    assert proposed(connection) == [(3, 1), (4, 2)]


def test_two_entries_of_one_name_are_two_people(connection: Connection) -> None:
    stored(connection, report("Jorun Falk"))
    assert link(connection, FALK) is Linked.LINKED
    assert link(connection, replace(FALK, id="Q8")) is Linked.PROPOSED
    assert proposed(connection) == [(2, 1)]

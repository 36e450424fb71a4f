"""What people say of single statements: it is what everything finds, it can be undone, and nothing is overwritten."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import Table, select

from onrecord.article import Article
from onrecord.errors import UsageError
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named, store
from onrecord.record.correcting import Named, Wanted, add_missed, article_called, correct, mark_wrong, undo
from onrecord.record.corrections import Field, Signature, all_corrections, in_words
from onrecord.record.deciding import Part, split
from onrecord.record.people import list_people, person_called
from onrecord.statement import Act, Days, Form, SpeakerKind, Statement, Vector
from tests.invented import HARBOUR, PUMPS, TEXT, at

ILSE = Signature("ilse", "read it again")
WARNED = "that the dyke would not hold"
INNER = "‘the quay is <safe> & sound’"
DAY = Days(date(2031, 1, 10), date(2031, 1, 10))
# What a reading with its corrections is; names once met, and the people who bore them, may stay.
SHOWN = (
    schema.articles,
    schema.statements,
    schema.vias,
    schema.vectors,
    schema.appearances,
    schema.statements_as_read,
    schema.comment_requests,
)


def meaning(article: Article) -> Article:
    """The article, of whose statements each means something."""
    vectors = (Vector("projection-0", n, bytes([n, 127])) for n in range(len(article.statements)))
    with_vectors = (replace(one, vector=vector) for one, vector in zip(article.statements, vectors, strict=True))
    return replace(article, statements=tuple(with_vectors))


@pytest.fixture
def kept(record: Record) -> Record:
    """A record with two articles, of whose statements each means something."""
    with record.transaction() as connection:
        for article in (HARBOUR, PUMPS):
            store(connection, meaning(article), model="reader-0")
    return record


def rows(record: Record, *tables: Table) -> list[list[tuple[Any, ...]]]:
    with record.snapshot() as connection:
        return [sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables]


def number(record: Record, content: str) -> int:
    """The number of the statement with these words."""
    statements = schema.statements
    with record.snapshot() as connection:
        (found,) = connection.scalars(select(statements.c.id).where(statements.c.content == content))
    return int(found)


def corrected(record: Record, statement: int, wanted: Wanted) -> list[int]:
    with record.transaction() as connection:
        return correct(connection, statement, wanted, sign=ILSE)


def wrong(record: Record, statement: int) -> int:
    with record.transaction() as connection:
        return mark_wrong(connection, statement, sign=ILSE)


def added(record: Record, wanted: Wanted) -> tuple[int, int]:
    with record.transaction() as connection:
        return add_missed(connection, article_called(connection, "harbour"), wanted, sign=ILSE)


def undone(record: Record, *ids: int) -> None:
    with record.transaction() as connection:
        for one in ids:
            undo(connection, one, by="tomas")


def read(record: Record, name: str = "harbour") -> Sequence[Statement]:
    with record.snapshot() as connection:
        (article,) = articles_named(connection, name)
    return article.statements


def who(record: Record) -> dict[str, int]:
    """Everybody who appears, with the number of statements."""
    with record.snapshot() as connection:
        return {entry.name: entry.n_statements for entry in list_people(connection) if entry.n_statements}


def agrees(record: Record) -> bool:
    """Whether SQLite's index of words holds exactly what the statements say; FTS5 raises where it does not."""
    with record.transaction() as connection:
        if connection.dialect.name == "sqlite":
            check = "INSERT INTO statement_words(statement_words, rank) VALUES ('integrity-check', 1)"
            connection.exec_driver_sql(check)
    return True


def test_each_field_is_what_the_person_says_and_then_again_what_was_read(kept: Record) -> None:
    before = rows(kept, *SHOWN)
    wanted: Wanted = {
        Field.SPEAKER: Named("Tomas Brandvold", SpeakerKind.PERSON),
        Field.SOURCE: None,
        Field.CUE: ["and warned"],
        Field.CONTENT: ["the dyke would not hold"],
        Field.ACT: Act.DENY,
        Field.FORM: Form.MIXED,
        Field.SAID: DAY,
    }
    made = corrected(kept, number(kept, WARNED), wanted)
    now = read(kept)[5]
    assert now.speaker is not None
    assert (now.speaker.name, now.source, now.cue) == ("Tomas Brandvold", (), at("and warned"))
    assert (now.content, now.act, now.form, now.said) == (at("the dyke would not hold"), Act.DENY, Form.MIXED, DAY)
    assert len(made) == len(wanted)
    assert agrees(kept)
    undone(kept, *made)
    assert rows(kept, *SHOWN) == before
    assert agrees(kept)


def test_how_it_was_read_and_who_changed_it_stays_to_be_seen(kept: Record) -> None:
    statement = number(kept, WARNED)
    corrected(kept, statement, {Field.CONTENT: ["the dyke"]})
    with kept.snapshot() as connection:
        (correction,) = all_corrections(connection, statement=statement)
        assert in_words(connection, [correction]) == [(WARNED, "the dyke")]
        table = schema.statements_as_read
        was = connection.execute(select(table).where(table.c.statement_id == statement)).one()
    assert (correction.decided_by, correction.note, correction.article) == ("ilse", "read it again", "harbour")
    assert was.content == WARNED


def test_of_two_corrections_of_a_field_the_last_counts_and_either_can_be_undone(kept: Record) -> None:
    before = rows(kept, *SHOWN)
    statement = number(kept, WARNED)
    first = corrected(kept, statement, {Field.SPEAKER: Named("Ilse Quandt")})
    second = corrected(kept, statement, {Field.SPEAKER: Named("Weyport Ledger")})
    undone(kept, *first)
    speaker = read(kept)[5].speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == ("Weyport Ledger", SpeakerKind.OUTLET)  # as the record knows the name
    undone(kept, *second)
    assert rows(kept, *SHOWN) == before


def test_a_wrong_statement_is_nowhere_and_what_was_inside_of_it_is_inside_of_what_is_around(kept: Record) -> None:
    before = rows(kept, *SHOWN)
    n_statements = len(read(kept))
    outer = next(s for s in read(kept) if s.parent is not None)
    with kept.snapshot() as connection:
        of_outer = select(schema.statements.c.id).where(
            schema.statements.c.article_id == 1, schema.statements.c.position == outer.parent
        )
        parent = connection.scalars(of_outer).one()
    made = wrong(kept, parent)
    now = read(kept)
    assert len(now) == n_statements - 1
    assert [s.content for s in now if s.content == outer.content and s.parent is None]
    assert [s.answers for s in now if s.answers is not None] == [2]
    assert all(s.parent is None or s.parent < len(now) for s in now)
    assert agrees(kept)
    with pytest.raises(UsageError, match=rf"marked wrong by ilse; .*undo {made}"):
        wrong(kept, parent)
    undone(kept, made)
    assert rows(kept, *SHOWN) == before
    assert agrees(kept)


def test_a_question_that_is_wrong_is_answered_by_nothing(kept: Record) -> None:
    made = wrong(kept, number(kept, '"Will the ferry 🚢 stop?"'))
    assert not [s for s in read(kept) if s.answers is not None]
    undone(kept, made)
    assert [s.answers for s in read(kept) if s.answers is not None] == [3]


def test_the_number_of_a_wrong_statement_is_never_anothers(kept: Record) -> None:
    with kept.snapshot() as connection:
        last = max(connection.scalars(select(schema.statements.c.id)))
    wrong(kept, last)
    new, _ = added(kept, {Field.CONTENT: ["Council divided"]})
    assert new > last


def test_a_missed_statement_stands_where_its_words_do_and_leaves_no_trace_when_undone(kept: Record) -> None:
    before = rows(kept, *SHOWN)
    speaker = Named("Jorun Falk")
    new, made = added(kept, {Field.CONTENT: ["The winter storms leave Weyport no choice."], Field.SPEAKER: speaker})
    assert [s.content for s in read(kept)][1] == at("The winter storms leave Weyport no choice.")
    assert read(kept)[1].form is Form.INDIRECT
    corrected(kept, new, {Field.ACT: Act.DENY})
    inner, _ = added(kept, {Field.CONTENT: ["no choice"]})
    assert read(kept)[-1].parent == 1
    assert agrees(kept)
    with pytest.raises(UsageError, match=f"it is number {inner}"):
        added(kept, {Field.CONTENT: ["no choice"]})
    undone(kept, made)
    assert [s.content for s in read(kept) if s.parent is None].count(at("no choice")) == 1
    with kept.snapshot() as connection:
        (last,) = all_corrections(connection, statement=inner)
    undone(kept, last.id)
    assert rows(kept, *SHOWN) == before


def test_a_corrected_speaker_is_identified_anew_and_others_stay_whose_they_were(kept: Record) -> None:
    before = who(kept)
    with kept.transaction() as connection:
        falk = person_called(connection, "Jorun Falk")
        other, _ = split(connection, falk, Part(statements=(3,)), by="ilse")
    made = corrected(kept, number(kept, WARNED), {Field.SPEAKER: Named("Anselm Corvin")})
    assert who(kept)["Anselm Corvin"] == before["Anselm Corvin"] + 1
    table = schema.appearances
    with kept.snapshot() as connection:
        own = select(table.c.person_id).where(table.c.statement_id == 3, table.c.position == 0)
        assert connection.scalars(own).one() == other
    wrong_one = wrong(kept, 3)
    undone(kept, wrong_one, *made)
    with kept.snapshot() as connection:
        assert connection.scalars(own).one() == other


def test_the_form_follows_the_content_unless_a_person_says_what_it_is(kept: Record) -> None:
    statement = number(kept, WARNED)
    corrected(kept, statement, {Field.CONTENT: ['"Will the ferry 🚢 stop?" Falk answered yes']})
    assert read(kept)[5].form is Form.MIXED
    corrected(kept, statement, {Field.FORM: Form.DIRECT})
    assert read(kept)[5].form is Form.DIRECT


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ({Field.CONTENT: ["no such words"]}, "is not in the article's text"),
        ({Field.CONTENT: [f"5-{len(TEXT) + 1}"]}, "is no place in the text"),
        ({Field.CONTENT: ["30-20"]}, "is no place in the text"),
        ({Field.CONTENT: ["dyke", "the dyke"]}, "overlap"),
        ({Field.CONTENT: []}, "mark it --wrong"),
        ({Field.CONTENT: [WARNED]}, "is so already"),
        ({Field.SPEAKER: Named(" ")}, "needs a name"),
        ({Field.SPEAKER: Named("x" * 2000)}, "is no name"),
        ({}, "nothing is to be corrected"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(kept: Record, wanted: Wanted, complaint: str) -> None:
    before = rows(kept, *SHOWN, schema.corrections)
    with pytest.raises(UsageError, match=complaint):
        corrected(kept, number(kept, WARNED), wanted)
    assert rows(kept, *SHOWN, schema.corrections) == before


def test_words_that_are_there_several_times_are_the_nearest_and_of_a_missed_one_have_to_be_told(kept: Record) -> None:
    statement = number(kept, "yes")
    corrected(kept, statement, {Field.SOURCE: ["The paper"]})
    corrected(kept, statement, {Field.SOURCE: ["Falk"]})
    assert read(kept)[4].source == at("Falk", after="stop?")
    with pytest.raises(UsageError, match=r"in the text \d times; say which by its characters"):
        added(kept, {Field.CONTENT: ["Falk"]})


def test_what_is_not_there_cannot_be_undone(kept: Record) -> None:
    (made,) = corrected(kept, number(kept, WARNED), {Field.ACT: Act.DENY})
    undone(kept, made)
    with pytest.raises(UsageError, match="undone by tomas"):
        undone(kept, made)
    with pytest.raises(UsageError, match="there is no correction 99"):
        undone(kept, 99)
    with pytest.raises(UsageError, match="there is no statement 999"):
        wrong(kept, 999)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_corrected_and_undone_in_whatever_order_ends_as_it_was_read(kept: Record, seed: int) -> None:
    before = rows(kept, *SHOWN)
    random = Random(seed)  # noqa: S311 - the same every time
    names = [Named(name, SpeakerKind.PERSON) for name in ("Jorun Falk", "Ilse Quandt", "Tomas Brandvold")]
    for _ in range(40):
        _at_random(kept, random, names=names)
        assert [s.parent for s in read(kept) if s.parent is not None and s.parent >= len(read(kept))] == []
    while stands := _standing(kept):
        undone(kept, random.choice(stands))
    assert rows(kept, *SHOWN) == before
    assert agrees(kept)


def _at_random(record: Record, random: Random, *, names: Sequence[Named]) -> None:
    """Corrects something, adds something, or takes something back."""
    with record.snapshot() as connection:
        ids = list(connection.scalars(select(schema.statements.c.id)))
    start = random.randrange(len(TEXT) // 4)
    place = [f"{start}-{start + random.randrange(20, 200)}"]
    stands = _standing(record)
    act = random.randrange(6)
    with suppress(UsageError):  # what is so already, or was added already
        if act == 0 and len(ids) > 5:
            wrong(record, random.choice(ids))
        elif act == 1:
            added(record, {Field.CONTENT: place, Field.SPEAKER: random.choice(names)})
        elif act == 2 and stands:
            undone(record, random.choice(stands))
        elif act == 3:
            corrected(record, random.choice(ids), {Field.CONTENT: place, Field.CUE: None})
        else:
            corrected(
                record, random.choice(ids), {Field.SPEAKER: random.choice(names), Field.ACT: random.choice([*Act])}
            )


def _standing(record: Record) -> list[int]:
    with record.snapshot() as connection:
        return [one.id for one in all_corrections(connection) if one.undone_at is None]

"""A reading that changes, by another model or in a new version, and what people have corrected in the old one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.reading.reader import Reader
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named, store
from onrecord.record.carrying import replace_reading
from onrecord.record.correcting import Named
from onrecord.record.corrections import Correction, Field, all_corrections
from onrecord.record.deciding import Part, split
from onrecord.record.people import person_called
from onrecord.record.rereading import Again, Which, n_to_reread, reread_each
from onrecord.record.stored import Reread
from onrecord.statement import Act, Speaker, SpeakerKind, Statement
from tests.invented import HARBOUR, PUMPS, at
from tests.test_correcting import (
    SHOWN,
    WARNED,
    added,
    agrees,
    corrected,
    kept,
    meaning,
    number,
    read,
    rows,
    undone,
    wrong,
)

__all__ = ["kept"]  # a fixture
READER = Reader.load()
MODEL = READER.encoder.metadata.id
STORM = '"The storms come earlier every year,"'


def reread(record: Record, article: Article, *, model: str = "reader-1") -> None:
    """Puts these statements in the place of what was read of the article."""
    articles = schema.articles
    with record.transaction() as connection:
        current = (articles.c.name == article.id) & articles.c.superseded_by.is_(None)
        article_id = connection.execute(select(articles.c.id).where(current)).scalar_one()
        replace_reading(connection, article_id, article, model=model)


def without(index: int, *, statements: Sequence[Statement] = HARBOUR.statements) -> Article:
    """HARBOUR without one of its statements, which none points to."""
    return replace(HARBOUR, statements=tuple(s for n, s in enumerate(statements) if n != index))


def with_fifth(statement: Statement) -> Article:
    """HARBOUR with this in the place of the warning."""
    return replace(HARBOUR, statements=(*HARBOUR.statements[:5], statement, *HARBOUR.statements[6:]))


def corrections_of(record: Record) -> list[Correction]:
    with record.snapshot() as connection:
        return [one for one in all_corrections(connection) if one.undone_at is None and one.carried_to is None]


def ids(record: Record) -> list[int]:
    table = schema.statements
    with record.snapshot() as connection:
        return list(connection.scalars(select(table.c.id).where(table.c.article_id == 1).order_by(table.c.position)))


def test_the_same_reading_again_changes_no_row_but_the_models(kept: Record) -> None:
    before = rows(kept, *SHOWN[1:])
    reread(kept, meaning(HARBOUR))
    assert rows(kept, *SHOWN[1:]) == before
    with kept.snapshot() as connection:
        assert connection.scalar(select(schema.articles.c.model).where(schema.articles.c.id == 1)) == "reader-1"


def test_what_is_read_anew_is_there_and_what_stays_keeps_its_number(kept: Record) -> None:
    before = ids(kept)
    new = Statement(content=at("Council divided"), cue=at("reported"))
    reread(
        kept, replace(HARBOUR, statements=(*HARBOUR.statements[:6], *HARBOUR.statements[7:9], new), cited_outlets=())
    )
    assert len(ids(kept)) == 9
    assert ids(kept)[:8] == [*before[:6], *before[7:9]]
    assert ids(kept)[8] > max(before)
    assert [s.content for s in read(kept)][-1] == new.content
    assert agrees(kept)


def test_corrections_stand_after_another_reading_and_can_still_be_undone(kept: Record) -> None:
    statement = number(kept, WARNED)
    made = corrected(
        kept, statement, {Field.SPEAKER: Named("Tomas Brandvold"), Field.CONTENT: ["the dyke would not hold"]}
    )
    gone = wrong(kept, number(kept, "yes"))
    shown = read(kept)
    reread(kept, HARBOUR)
    assert read(kept) == shown
    reread(kept, with_fifth(replace(HARBOUR.statements[5], act=Act.DENY)), model="reader-2")
    now = read(kept)[4]
    assert now.speaker is not None
    assert (now.speaker.name, now.act, now.content) == ("Tomas Brandvold", Act.DENY, at("the dyke would not hold"))
    undone(kept, *made, gone)
    assert read(kept)[5] == replace(HARBOUR.statements[5], act=Act.DENY)
    assert len(read(kept)) == len(HARBOUR.statements)
    assert agrees(kept)


def test_what_a_new_reading_does_not_have_stays_as_the_person_left_it_until_that_is_undone(kept: Record) -> None:
    (made,) = corrected(kept, number(kept, WARNED), {Field.ACT: Act.DENY})
    gone = wrong(kept, number(kept, STORM + ' … "and nobody in the capital listens."'))
    reread(kept, replace(HARBOUR, statements=HARBOUR.statements[:2]))
    assert [(s.content, s.act) for s in read(kept)] == [
        *((s.content, s.act) for s in HARBOUR.statements[:2]),
        (at(WARNED), Act.DENY),
    ]
    reread(kept, HARBOUR, model="reader-2")
    assert len(read(kept)) == len(HARBOUR.statements) - 1
    reread(kept, replace(HARBOUR, statements=HARBOUR.statements[:2]), model="reader-3")
    undone(kept, made, gone)
    assert [s.content for s in read(kept)] == [s.content for s in HARBOUR.statements[:2]]
    assert rows(kept, schema.statements_as_read) == [[]]
    assert agrees(kept)


def test_that_a_new_reading_says_by_itself_what_a_person_says_is_noted(kept: Record) -> None:
    corrected(
        kept, number(kept, WARNED), {Field.ACT: Act.DENY, Field.SPEAKER: Named("Ilse Quandt", SpeakerKind.PERSON)}
    )
    wrong(kept, number(kept, "yes"))
    added(kept, {Field.CONTENT: ["Council divided"]})
    fifth = replace(HARBOUR.statements[5], act=Act.DENY)
    statements = [*with_fifth(fifth).statements, Statement(content=at("Council divided"))]
    reread(kept, without(4, statements=statements))
    assert {one.field: one.agreed_with for one in corrections_of(kept)} == {
        Field.ACT: "reader-1",
        Field.SPEAKER: None,
        Field.WRONG: "reader-1",
        Field.ADDED: "reader-1",
    }
    shown = read(kept)
    (addition,) = [one.id for one in corrections_of(kept) if one.field is Field.ADDED]
    undone(kept, addition)
    assert [s.content for s in read(kept)] == [s.content for s in shown]
    reread(kept, replace(HARBOUR, statements=HARBOUR.statements[:6]), model="reader-2")
    assert at("Council divided") not in [s.content for s in read(kept)]
    reread(kept, HARBOUR, model="reader-2")
    assert {one.agreed_with for one in corrections_of(kept)} == {None}
    assert agrees(kept)


def test_what_was_split_off_stays_apart_after_another_reading(kept: Record) -> None:
    with kept.transaction() as connection:
        falk = person_called(connection, "Jorun Falk")
        other, _ = split(connection, falk, Part(statements=(3,)), by="ilse")
    reread(kept, replace(HARBOUR, statements=HARBOUR.statements[:6]))
    table = schema.appearances
    with kept.snapshot() as connection:
        own = select(table.c.person_id).where(table.c.statement_id == 3, table.c.position == 0)
        assert connection.scalars(own).one() == other


def longer(article: Article, *, words: str = "It rains on Weyport. ") -> Article:
    """The article with words before its text, and its spans where they then are."""
    return replace(article, text=words + article.text, statements=(), paragraphs=())


def test_in_a_new_version_corrections_go_on_where_their_words_are(kept: Record) -> None:
    statement = number(kept, WARNED)
    corrected(kept, statement, {Field.CONTENT: ["the dyke would not hold"], Field.SPEAKER: Named("Tomas Brandvold")})
    wrong(kept, number(kept, "yes"))
    added(kept, {Field.CONTENT: ["Council divided"]})
    with kept.transaction() as connection:
        store(connection, longer(HARBOUR), model="reader-0")
    now = [(s.content[0].of(longer(HARBOUR).text), s.speaker and s.speaker.name) for s in read(kept)]
    assert now == [("the dyke would not hold", "Tomas Brandvold"), ("Council divided", None)]
    assert {one.article_id for one in corrections_of(kept)} == {3}
    assert len(corrections_of(kept)) == 4
    undone(kept, *[one.id for one in corrections_of(kept)])
    assert not read(kept)
    assert agrees(kept)


def test_what_is_gone_from_a_new_version_stays_with_the_old_one_and_is_said(
    kept: Record, caplog: pytest.LogCaptureFixture
) -> None:
    (made,) = corrected(kept, number(kept, WARNED), {Field.ACT: Act.DENY})
    with kept.transaction() as connection:
        store(connection, replace(HARBOUR, text=HARBOUR.text.replace("dyke", "mole")), model="reader-0")
    (message,) = caplog.messages
    assert message == f"correction {made} stays with the old version of harbour: its words are gone"
    (left,) = corrections_of(kept)
    assert (left.id, left.is_left) == (made, True)


@pytest.fixture
def unread(record: Record) -> Record:
    """A record with two articles that another model has read."""
    with record.transaction() as connection:
        for article in (HARBOUR, PUMPS):
            store(connection, replace(article, language="en"), model="another")
    return record


def again(record: Record, *names: str, read_by_same: bool = False) -> list[Again | InputError]:
    return list(reread_each(record, Which(names, read_by_same), reader=READER))


def test_what_another_model_has_read_is_read_again_and_only_once(unread: Record) -> None:
    assert n_to_reread(unread, Which(), model=MODEL) == 2
    with unread.snapshot() as connection:
        (before,) = articles_named(connection, "harbour")
    ended = again(unread)
    assert [one.ended for one in ended if isinstance(one, Again)] == [Reread.REREAD] * 2
    assert [s.content for s in read(unread)] == [s.content for s in READER.read(before).statements]
    assert again(unread) == []
    assert len(again(unread, "pumps", read_by_same=True)) == 1
    assert agrees(unread)
    outcomes = schema.outcomes
    with unread.snapshot() as connection:
        query = select(func.count()).select_from(outcomes).where(outcomes.c.outcome == "reread")
        assert connection.scalar(query) == 3


def test_an_interrupted_call_goes_on_where_it_stopped_and_leaves_each_article_whole(unread: Record) -> None:
    outcomes = reread_each(unread, Which(), reader=READER)
    next(outcomes)
    outcomes.close()
    models = select(schema.articles.c.model).order_by(schema.articles.c.id)
    with unread.snapshot() as connection:
        assert list(connection.scalars(models)) == [MODEL, "another"]
    assert read(unread, "pumps") == PUMPS.statements
    assert len(again(unread)) == 1


def test_what_somebody_else_has_read_meanwhile_is_left_alone(unread: Record) -> None:
    outcomes = reread_each(unread, Which(), reader=READER)
    next(outcomes)
    with unread.transaction() as connection:
        connection.execute(update(schema.articles).values(model=MODEL))
    (last,) = outcomes
    assert isinstance(last, Again)
    assert last.ended is Reread.UNCHANGED
    assert read(unread, "pumps") == PUMPS.statements


def test_a_speaker_with_the_same_name_and_another_kind_is_somebody_else(kept: Record) -> None:
    corrected(kept, number(kept, WARNED), {Field.SPEAKER: Named("Jorun Falk", SpeakerKind.ORGANISATION)})
    speaker = read(kept)[5].speaker
    assert isinstance(speaker, Speaker)
    table, people = schema.appearances, schema.people
    query = select(people.c.kind).join(table, table.c.person_id == people.c.id).where(table.c.statement_id == 6)
    with kept.snapshot() as connection:
        assert list(connection.scalars(query)) == ["organisation"]

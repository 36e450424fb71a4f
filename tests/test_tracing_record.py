"""Tests of families in the record: they are those of memory, and they follow what becomes of articles."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import select

from onrecord.article import Article
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.carrying import replace_reading
from onrecord.record.placing import n_to_place, placed_each
from onrecord.record.schema_tracing import quotation_counts, quotation_families, quotation_keys, quotations
from onrecord.statement import Speaker, SpeakerKind
from onrecord.tracing.families import Families
from onrecord.tracing.keys import keys_of
from onrecord.tracing.piece import pieces_of
from tests.tracing import report, reported

FULL = "The storms come earlier every year, the dyke is rotten, and nobody in the capital listens to a fisherman."
ARTICLES = (
    report("storms come earlier every year", id="a"),
    report("in the capital listens to a fisherman", id="b"),
    report("We will paint the lighthouse red before the regatta begins.", id="c", by="Tomas Brandvold"),
    report(FULL, id="d", day=1),
    reported("nobody in the capital would listen to a fisherman while the storms came earlier", id="e", day=2),
    report("paint the lighthouse red", id="f", by="Tomas Brandvold", day=3),
    report("paint the lighthouse", id="g", by="Ilse Quandt", day=40),
)
TOGETHER = [["a", "b", "d", "e"], ["c", "f"], ["g"]]


def add(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for article in articles:
            store(connection, replace(article, source=f"/{article.id}.txt"), model="reader-0")


def place(record: Record) -> int:
    return len(list(placed_each(record)))


def together(record: Record) -> list[list[str]]:
    """The articles of each family, the largest first."""
    found: dict[int, list[str]] = {}
    query = select(quotations.c.family_id, schema.articles.c.name).join(schema.articles)
    with record.snapshot() as connection:
        for family, name in connection.execute(query):
            found.setdefault(family, []).append(name)
    return sorted(map(sorted, found.values()), key=lambda names: (-len(names), names))


def counted(record: Record) -> dict[tuple[str, str], int]:
    with record.snapshot() as connection:
        return {(row.kind, row.word): row.n for row in connection.execute(select(quotation_counts)) if row.n}


def in_memory(articles: Iterable[Article]) -> Families:
    families = Families()
    for article in articles:
        families.place_all(pieces_of(article))
    return families


def test_a_record_has_the_families_that_memory_has(record: Record) -> None:
    add(record, *ARTICLES)
    assert place(record) == len(ARTICLES)
    families = in_memory(ARTICLES)
    theirs = [[families.pieces[n].article for n in family.members] for family in families.families.values()]
    assert together(record) == sorted(map(sorted, theirs), key=lambda ids: (-len(ids), ids)) == TOGETHER
    counts = counted(record)
    assert counts["all", "utterances"] == len(families.families)
    assert counts["all", "words"] == families.rarity.n_words
    assert {word: n for (kind, word), n in counts.items() if kind == "stem"} == dict(+families.rarity.counts)


def test_the_score_of_each_copy_is_that_of_memory(record: Record) -> None:
    add(record, *ARTICLES)
    place(record)
    families = in_memory(ARTICLES)
    with record.snapshot() as connection:
        scores = list(connection.scalars(select(quotations.c.score).order_by(quotations.c.id)))
    assert scores == [families.why[n].total if n in families.why else None for n in range(len(families.pieces))]


def test_articles_are_placed_in_the_order_of_their_dates(record: Record) -> None:
    add(record, *reversed(ARTICLES))
    place(record)
    assert together(record) == TOGETHER
    with record.snapshot() as connection:
        names = select(schema.articles.c.name).join(quotations).order_by(quotations.c.id)
        assert list(connection.scalars(names)) == ["c", "b", "a", "d", "e", "f", "g"]


def test_what_is_placed_is_not_placed_again_and_what_comes_joins(record: Record) -> None:
    add(record, *ARTICLES[:3])
    assert place(record) == 3
    add(record, *ARTICLES[3:])
    assert n_to_place(record) == 4
    assert place(record) == 4
    assert (place(record), n_to_place(record)) == (0, 0)
    assert together(record) == TOGETHER


def test_an_interrupted_call_goes_on_where_it_stopped(record: Record) -> None:
    articles = [replace(report(FULL, id=f"copy-{n}", day=n), title=f"No. {n}") for n in range(20)]
    add(record, *articles)
    placing = placed_each(record)
    next(placing)
    placing.close()
    assert 0 < n_to_place(record) < len(articles)
    place(record)
    assert together(record) == [sorted(article.id for article in articles)]


def test_a_fragment_moves_to_a_fuller_copy_that_comes_later(record: Record) -> None:
    card = report("Certainly, if they play the lighthouse card with me, that will be fair game.", id="a")
    nearer = report("The only thing she has got going is the lighthouse card and nothing else at all.", id="c", day=151)
    add(record, card, report("lighthouse card", id="b", day=150))
    place(record)
    assert together(record) == [["a", "b"]]
    add(record, nearer)
    place(record)
    assert together(record) == [["b", "c"], ["a"]]
    with record.snapshot() as connection:
        copies = select(quotation_families.c.n_copies).order_by(quotation_families.c.id)
        assert list(connection.scalars(copies)) == [1, 2]


def test_a_new_version_takes_the_place_of_the_old_one(record: Record) -> None:
    add(record, *ARTICLES)
    place(record)
    add(record, replace(report("We never said anything about the lighthouse at all.", id="d", day=1), id="d"))
    place(record)
    assert together(record) == [["b", "e"], ["c", "f"], ["a"], ["d"], ["g"]]
    add(record, replace(ARTICLES[3], title="Again"))
    place(record)
    assert together(record) == TOGETHER


def test_what_is_read_anew_is_placed_anew(record: Record) -> None:
    add(record, *ARTICLES)
    place(record)
    spoken = replace(ARTICLES[6].statements[0], speaker=Speaker("Tomas Brandvold", SpeakerKind.PERSON))
    with record.transaction() as connection:
        number = connection.scalar(select(schema.articles.c.id).where(schema.articles.c.name == "g"))
        assert number is not None
        replace_reading(connection, number, replace(ARTICLES[6], statements=(spoken,)), model="reader-1")
    assert place(record) == 1
    assert ["c", "f", "g"] in together(record)


@pytest.mark.parametrize("words", [FULL, "and"], ids=["with keys", "without keys"])
def test_nothing_is_left_of_what_was_taken_out(record: Record, words: str) -> None:
    article = report(words, id="d", by=None)
    assert bool(keys_of(pieces_of(article)[0])) == (words == FULL)
    add(record, article)
    place(record)
    add(record, replace(article, text="Nothing is quoted here.", statements=(), paragraphs=()))
    place(record)
    assert list(counted(record)) == [("all", "numbers")]  # which no other quotation is given
    with record.snapshot() as connection:
        assert not connection.execute(select(quotation_families)).all()
        assert not connection.execute(select(quotation_keys)).all()
        assert not connection.execute(select(quotations)).all()

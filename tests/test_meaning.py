"""Search by meaning: what is near comes first on either database, and words stay decisive where somebody was strict."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from sqlalchemy import delete, func, select

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.errors import UsageError
from onrecord.reading.vectors import Cells, Projector
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.carrying import replace_reading
from onrecord.record.correcting import correct, undo
from onrecord.record.corrections import Field, Signature, standing
from onrecord.record.fusing import fused, speaker_within
from onrecord.record.meaning import nearest, nearest_among
from onrecord.record.query import running, understood
from onrecord.record.search import Filters, Page, search
from onrecord.span import Span
from onrecord.statement import FoundBy, Speaker, SpeakerKind, Statement, Vector

FALK, TARRANT = (Speaker(name, SpeakerKind.PERSON) for name in ("Jorun Falk", "Maud Tarrant"))
SAID = (
    (FALK, "that two hundred workers had lost their jobs at the yard"),
    (FALK, "that the ferry would sail again in spring"),
    (TARRANT, "that unemployment on the island had doubled"),
    (TARRANT, "that the old quay was a danger to children"),
    (TARRANT, "that nobody would be hired before winter"),
)


@pytest.fixture(scope="module")
def projector() -> Projector:
    return Projector.load(threads=1)


def report(n: int, speaker: Speaker, words: str, vector: Vector | None) -> Article:
    text = f"{speaker.name} said {words}."
    content = Span(len(text) - len(words) - 1, len(text) - 1)
    return Article(
        id=f"note-{n}",
        text=text,
        source=f"in/note-{n}.txt",
        outlet="Tide Weekly",
        published=date(2031, 1, n),
        paragraphs=(Paragraph(Span(0, len(text)), ParagraphKind.BODY),),
        statements=(Statement(content=(content,), speaker=speaker, vector=vector),),
    )


def keep(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")


def keep_notes(record: Record, projector: Projector) -> None:
    keep(record, *(report(n, who, words, projector.vector(words)) for n, (who, words) in enumerate(SAID, start=1)))


@pytest.fixture
def notes(record: Record, projector: Projector) -> Record:
    keep_notes(record, projector)
    return record


def sought(record: Record, text: str, projector: Projector | None, **options: object) -> Page:
    with record.snapshot() as connection:
        return search(connection, text, projector=projector, **options)  # type: ignore[arg-type]


def contents(page: Page) -> list[str]:
    return [hit.content for hit in page.hits]


def pointing(*numbers: int, cell: int = 0, projection: str = "p") -> Vector:
    return Vector(projection, cell, np.array(numbers, dtype=np.int8).tobytes())


def names_of(record: Record, ids: Sequence[int]) -> list[str]:
    with record.snapshot() as connection:
        names = {
            row.id: row.name
            for row in connection.execute(
                select(schema.statements.c.id, schema.articles.c.name).join(
                    schema.articles, schema.articles.c.id == schema.statements.c.article_id
                )
            )
        }
    return [names[number] for number in ids]


def test_the_nearest_come_first_from_whichever_cell(record: Record) -> None:
    vectors = [pointing(127, 0), pointing(127, 90, cell=1), pointing(0, 127, cell=1), pointing(120, 10, projection="q")]
    keep(record, *(report(n, FALK, f"word{n}", vector) for n, vector in enumerate(vectors, start=1)))
    cells = Cells("p", np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32))
    with record.snapshot() as connection:
        near = nearest(connection, pointing(127, 40), cells=cells)
    assert names_of(record, near.ids.tolist()) == ["note-1", "note-2", "note-3"]
    assert (np.diff(near.likeness) < 0).all()


def test_of_one_speaker_only_the_own_statements_are_compared(record: Record) -> None:
    keep(record, report(1, FALK, "one", pointing(127, 0)), report(2, TARRANT, "two", pointing(127, 1)))
    own = select(schema.statements.c.id).where(schema.statements.c.speaker == TARRANT.name)
    with record.snapshot() as connection:
        near = nearest_among(connection, pointing(127, 0), chosen=own)
    assert names_of(record, near.ids.tolist()) == ["note-2"]


def test_vectors_go_with_their_statements(record: Record) -> None:
    keep(record, report(1, FALK, "one", pointing(127, 0)), report(2, FALK, "two", None))
    count = select(func.count()).select_from(schema.vectors)
    with record.transaction() as connection:
        assert connection.scalar(count) == 1
        connection.execute(delete(schema.articles))
        assert connection.scalar(count) == 0


def test_what_says_it_in_other_words_is_found_by_meaning(notes: Record, projector: Projector) -> None:
    page = sought(notes, "people out of work", projector, by=FoundBy.MEANING)
    assert set(contents(page)[:2]) < {SAID[0][1], SAID[2][1], SAID[4][1]}
    assert {hit.found_by for hit in page.hits} == {FoundBy.MEANING}
    assert not any(hit.matched or hit.passage for hit in page.hits)


def test_only_what_a_speaker_said_is_found_where_one_is_asked_for(notes: Record, projector: Projector) -> None:
    page = sought(notes, "people out of work", projector, by=FoundBy.MEANING, speaker="tarrant")
    assert page.hits
    assert {hit.statement.speaker for hit in page.hits} == {TARRANT}
    early = Filters(until=date(2031, 1, 2))
    assert set(contents(sought(notes, "people out of work", projector, by=FoundBy.MEANING, filters=early))) <= {
        words for _, words in SAID[:2]
    }


def test_old_versions_are_not_found_by_meaning(notes: Record, projector: Projector) -> None:
    keep(notes, report(1, FALK, "that the weather was fine", projector.vector("that the weather was fine")))
    assert SAID[0][1] not in contents(sought(notes, "people out of work", projector, by=FoundBy.MEANING))


def test_a_corrected_content_loses_its_vector_and_a_new_reading_brings_another(notes: Record) -> None:
    by_number = schema.vectors.c.statement_id == 1
    with notes.transaction() as connection:
        correct(connection, 1, {Field.CONTENT: ("lost their jobs",)}, sign=Signature("ilse"))
        assert connection.scalar(select(func.count()).where(by_number)) == 0
        (made,) = standing(connection, 1)[1]
        undo(connection, made.id, by="ilse")
        again = report(1, *SAID[0], pointing(1, 2, projection="q"))
        replace_reading(connection, 1, again, model="reader-1")
        assert connection.scalar(select(schema.vectors.c.projection).where(by_number)) == "q"


def test_a_query_may_name_its_speaker(notes: Record) -> None:
    with notes.snapshot() as connection:
        named = speaker_within(connection, understood("Falk lost jobs"))
        assert named
        assert (named.speaker.known_as, named.rest) == (("Jorun Falk",), "lost jobs")
        assert speaker_within(connection, understood("Jorun Falk")) is None
        assert speaker_within(connection, understood("jorun jobs")) is None
        assert speaker_within(connection, understood('"Falk" jobs')) is None


def test_what_stands_high_in_several_lists_stands_first() -> None:
    ranked = fused([1, 2, 3], [[3, 2, 4]])
    assert [(one.id, one.found_by) for one in ranked] == [
        (3, FoundBy.BOTH),
        (2, FoundBy.BOTH),
        (1, FoundBy.WORDS),
        (4, FoundBy.MEANING),
    ]


def test_running_words_leave_out_marks_and_what_is_not_wanted() -> None:
    assert running('"the old quay" OR ferr* -grant NOT "sea wall" is safe?') == "the old quay ferr is safe"


def test_each_hit_tells_what_it_was_found_by(notes: Record, projector: Projector) -> None:
    page = sought(notes, "unemployment", projector)
    assert page.hits[0].content == SAID[2][1]
    assert page.hits[0].found_by is FoundBy.BOTH
    assert page.hits[0].matched
    others = page.hits[1:]
    assert {hit.found_by for hit in others} == {FoundBy.MEANING}
    assert not any(hit.matched for hit in others)


def test_speaker_and_topic_may_stand_in_one_line(notes: Record, projector: Projector) -> None:
    assert sought(notes, "tarrant jobs", projector).hits[0].statement.speaker == TARRANT
    assert sought(notes, "falk unemployment", projector).hits[0].content == SAID[0][1]


def test_what_is_left_out_does_not_come_back_by_meaning(notes: Record, projector: Projector) -> None:
    for by in (FoundBy.MEANING, FoundBy.BOTH):
        assert SAID[0][1] not in contents(sought(notes, "unemployment -workers", projector, by=by))
        assert contents(sought(notes, 'unemployment "lost their jobs"', projector, by=by)) in ([SAID[0][1]], [])


def test_without_a_projector_words_alone_are_searched(notes: Record) -> None:
    page = sought(notes, "unemployment", None)
    assert [(hit.content, hit.found_by) for hit in page.hits] == [(SAID[2][1], FoundBy.WORDS)]


def test_pages_follow_one_another_without_gap_or_repetition(notes: Record, projector: Projector) -> None:
    whole = contents(sought(notes, "jobs on the island", projector))
    pages, after = [], None
    while True:
        page = sought(notes, "jobs on the island", projector, limit=1, after=after)
        pages += contents(page)
        if (after := page.after) is None:
            break
    assert len(whole) > 1
    assert pages == whole


def test_a_page_of_another_way_to_search_is_not_continued(notes: Record, projector: Projector) -> None:
    token = sought(notes, "that", None, limit=1).after
    assert token
    with pytest.raises(UsageError, match="continues no page"):
        sought(notes, "that", projector, after=token)

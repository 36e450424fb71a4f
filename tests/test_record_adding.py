"""From inputs into the record: what is read, what is not, and that every input has its outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import event

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake import article_from_text
from onrecord.reading.reader import Reader
from onrecord.record import Record, schema
from onrecord.record.adding import Added, added_each
from onrecord.record.articles import articles_named, recognised, store
from onrecord.record.stored import Stored
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement, Via, ViaRole
from tests.invented import HARBOUR

# Of both transactions of an article, with those about articles that may be its copies.
MOST_QUESTIONS = 40
HOME = "https://www.weyport-ledger.example/2031/harbour"
PAGE = replace(HARBOUR, source=HOME, url=HOME)
RAIN = article_from_text("“Rain will fall on Weyport,” said Jorun Falk, the mayor.", id="rain", source="rain.txt")


class Stumbling(Reader):
    """The reader that ships, made to come to grief over anything about a harbour."""

    def read(self, article: Article) -> Article:
        """The article as the reader reads it, or a fault."""
        if "harbour" in article.text.casefold():
            raise IndexError("list index out of range")
        return Reader.read(self, article)


READER = Stumbling.load()


@pytest.fixture
def record(new_address: str) -> Iterator[Record]:
    """A record that holds PAGE, as another model read it."""
    with Record.open(new_address) as opened:
        with opened.transaction() as connection:
            store(connection, PAGE, model="another")
        yield opened


def ended(record: Record, *taken: Article | InputError) -> list[Added | InputError]:
    return list(added_each(taken, record=record, reader=READER))


def noted(record: Record) -> list[tuple[str, str, bool, int | None]]:
    """Source, outcome, whether there is a reason, and article, of the last run's inputs."""
    columns = schema.outcomes.c
    query = schema.outcomes.select().where(columns.run_id.is_not(None)).order_by(columns.id)
    with record.snapshot() as connection:
        return [(row.source, row.outcome, bool(row.reason), row.article_id) for row in connection.execute(query)]


def test_what_the_record_holds_is_not_read_again(record: Record) -> None:
    unread = replace(PAGE, statements=())
    assert ended(record, unread) == [Added(unread, Stored.UNCHANGED)]
    with record.snapshot() as connection:
        assert articles_named(connection, "harbour") == [PAGE]


def crowded(number: int, *, names: Sequence[str]) -> Article:
    """An article in which each of these says something, by way of an outlet of its own."""
    lines = [f"Mayor {name} said that boat {n} sails." for n, name in enumerate(names)]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    places = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    statements = (
        Statement(
            content=(Span(place.end - 8, place.end),),
            source=(Span(place.start, place.start + len(f"Mayor {name}")),),
            speaker=Speaker(name, SpeakerKind.PERSON),
            via=(Via(f"Weyport {number} Post {n}", ViaRole.VENUE),),
        )
        for n, (place, name) in enumerate(zip(places, names, strict=True))
    )
    paragraphs = tuple(Paragraph(place, ParagraphKind.BODY) for place in places)
    source = f"https://www.weyport-ledger.example/2031/crowd-{number}"
    return Article(
        id=f"crowd-{number}",
        text=text,
        source=source,
        url=source,
        paragraphs=paragraphs,
        statements=tuple(statements),
        cited_outlets=("Tide Weekly",),
    )


def test_an_article_is_added_with_few_questions_however_many_it_names(record: Record) -> None:
    questions: list[str] = []

    @event.listens_for(record.engine, "before_cursor_execute")
    def count(_: object, __: object, question: str, *___: object) -> None:
        questions.append(question)

    given = ("Ada", "Bela", "Cora", "Dita", "Edda", "Fern", "Gerd", "Hans", "Inga", "Jorun")
    family = ("Falk", "Quandt", "Tarrant", "Brandvold", "Corvin")
    names = [f"{one} {other}" for one in given for other in family]
    titled = [f"{name[0]}. {name.split()[1]}" for name in names[::5]] + ["Falk", "Quandt", "Corvin"]
    n_questions = []
    for number, named in enumerate((names[:3], names, names, [*names, *titled], titled)):
        questions.clear()
        with record.transaction() as connection:
            assert recognised(connection, crowded(number, names=named)) is None
        with record.transaction() as connection:
            assert store(connection, crowded(number, names=named), model="reader-0") is Stored.ADDED
        n_questions.append(len(questions))
    assert max(n_questions) <= MOST_QUESTIONS


def test_a_fault_costs_one_article_and_the_others_are_kept_with_their_statements(record: Record) -> None:
    fault, rain = ended(record, replace(PAGE, text="The harbour is shut."), RAIN)
    assert isinstance(fault, InputError)
    assert isinstance(rain, Added)
    assert rain.article.statements
    assert noted(record) == [(HOME, "failed", True, None), ("rain.txt", "added", False, 2)]
    with record.snapshot() as connection:
        assert articles_named(connection, "rain") == [rain.article]
        assert articles_named(connection, "harbour") == [PAGE]


def test_a_page_that_is_gone_stays_in_the_record_and_its_end_is_noted(record: Record) -> None:
    failures = [
        InputError("the page is gone", source=source, outcome=Outcome.GONE)
        for source in (HOME, "https://tide-weekly.example/2031/pumps")
    ]
    assert ended(record, *failures) == [Added(PAGE, Stored.UNCHANGED), failures[1]]
    assert noted(record) == [(HOME, "unchanged", True, 1), (failures[1].source, "gone", True, None)]


def test_every_failure_is_noted_and_nothing_else_is_kept_of_it(record: Record) -> None:
    failures = [InputError("because", source=f"{n}.txt", outcome=outcome) for n, outcome in enumerate(Outcome)]
    assert ended(record, *failures) == failures
    assert noted(record) == [(failure.source, failure.outcome, True, None) for failure in failures]

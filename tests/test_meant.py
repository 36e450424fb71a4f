"""Whom a name, a part of one or a number means, and that their statements are found under whatever name they have."""

import threading

import pytest
from sqlalchemy import Engine

from onrecord.article import Article
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.called import note_words
from onrecord.record.deciding import Part, merge, split, undo
from onrecord.record.listed import Listed, link
from onrecord.record.meant import NOBODY, Meant, meant
from onrecord.record.search import Page, said, search
from onrecord.statement import SpeakerKind
from tests.postgresql import Postgres
from tests.test_people import BY, report

FALK = Listed("Q7", SpeakerKind.PERSON, "Jorun Falk", aliases=("Iron Ilse Tarrant",), roles=("mayor of Weyport",))
WAIT_S = 10


@pytest.fixture
def filled(record: Record) -> Record:
    """A record in which Jorun Falk (1), Ben (2) and Benjamin (3) Duforth and a Falk who is nobody's speak, in turn."""
    sources = ("Jorun Falk", "Ben Duforth", "Benjamin Duforth", "Falk")
    keep(record, *(report(source, number=n) for n, source in enumerate(sources)))
    return record


def keep(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")


def articles(page: Page) -> list[str]:
    return sorted(hit.article for hit in page.hits)


def told(record: Record, who: str, **options: object) -> list[str]:
    """The articles in which `said` finds something, the same as `search --speaker`."""
    with record.snapshot() as connection:
        found = articles(said(connection, who, **options))  # type: ignore[arg-type]
        assert found == articles(search(connection, "rain", speaker=who))
    return found


def whom(record: Record, who: str) -> Meant:
    with record.snapshot() as connection:
        return meant(connection, who)


def test_a_listed_name_finds_what_articles_have_under_another(filled: Record) -> None:
    assert told(filled, "iron ilse") == []
    with filled.transaction() as connection:
        link(connection, FALK)
    assert told(filled, "iron ilse") == ["rain-0"] == told(filled, "Tarrant", about="rain")
    keep(filled, report("Iron Ilse Tarrant", number=4))
    assert told(filled, "Jorun Falk") == ["rain-0", "rain-4"] == told(filled, "1")


def test_who_is_listed_and_never_quoted_takes_no_name_from_others(filled: Record) -> None:
    keep(filled, report("Tide Ledger", number=4, kind=SpeakerKind.OUTLET))
    with filled.transaction() as connection:
        link(connection, Listed("Q9", SpeakerKind.PERSON, "Ada Ledger"))
    assert told(filled, "ledger") == ["rain-4"]


def test_who_is_merged_is_found_by_either_name_until_that_is_undone(filled: Record) -> None:
    with filled.transaction() as connection:
        decision = merge(connection, 3, 2, by=BY)
    for who in ("Ben Duforth", "Benjamin Duforth", "duforth", "3", "2"):
        assert told(filled, who) == ["rain-1", "rain-2"], who
    assert whom(filled, "ben duforth").people == ((3, "Benjamin Duforth"),)
    assert whom(filled, "3").known_as == ("Ben Duforth", "Benjamin Duforth")
    with filled.transaction() as connection:
        undo(connection, decision, by=BY)
    assert told(filled, "Ben Duforth") == ["rain-1"] == told(filled, "2")
    assert told(filled, "duforth") == ["rain-1", "rain-2"]


def test_a_number_finds_what_that_person_kept_after_a_split_and_nobody_elses(filled: Record) -> None:
    keep(filled, report("Jorun Falk", number=4))
    with filled.transaction() as connection:
        new, _ = split(connection, 1, Part(articles=("rain-4",)), by=BY)
    assert (told(filled, "1"), told(filled, str(new))) == (["rain-0"], ["rain-4"])
    assert told(filled, "Jorun Falk") == ["rain-0", "rain-4"]


def test_a_name_that_is_nobodys_is_found_by_its_words_and_by_no_number(filled: Record) -> None:
    assert told(filled, "falk") == ["rain-0", "rain-3"]
    assert told(filled, "1") == ["rain-0"]
    named = whom(filled, "FALK")
    assert (named.names, named.people) == (("Falk", "Jorun Falk"), ((1, "Jorun Falk"),))


def test_a_title_that_no_name_has_still_tells_who_is_meant(filled: Record) -> None:
    assert told(filled, "Mayor Jorun Falk") == ["rain-0"]


@pytest.mark.parametrize("number", ["0", "77", "9" * 30])
def test_a_number_that_nobody_has_means_nobody(filled: Record, number: str) -> None:
    assert whom(filled, number) == NOBODY


def test_passing_on_is_not_saying(record: Record) -> None:
    keep(record, report("Jorun Falk", via="Reuters"))
    assert told(record, "Reuters") == []


def test_two_may_note_the_same_name_at_once(postgres: Postgres) -> None:
    """As other programs may, without the lock that our writers take."""

    def note(engine: Engine) -> None:
        with engine.begin() as connection:
            note_words(connection, ["Jorun Falk"])

    with Record.open(postgres.new()) as record:
        engine = record.engine.execution_options(onrecord_reads=True)
        with engine.begin() as first:
            note_words(first, ["Jorun Falk"])
            other = threading.Thread(target=note, args=(engine,))
            other.start()
            other.join(0.2)
        other.join(WAIT_S)
        assert not other.is_alive()
        with engine.begin() as connection:
            words = connection.exec_driver_sql("SELECT word FROM name_words ORDER BY word").scalars().all()
    assert words == ["falk", "jorun"]

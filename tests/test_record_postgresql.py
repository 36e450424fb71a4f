"""The record in a PostgreSQL database: made, shared, refused where it cannot be used, and the same as in a file."""

import gzip
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Connection, func, insert, select, table, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from onrecord.article import Article, Hyperlink
from onrecord.errors import InputError, Outcome, RecordError
from onrecord.intake import read_inputs
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named, recognised, store
from onrecord.record.database import exists
from onrecord.record.migrations import Step, is_current, migrate
from onrecord.record.tables import metadata
from onrecord.record.trigrams import has_trigrams
from onrecord.span import Span
from tests.invented import HARBOUR, PUMPS
from tests.postgresql import FALK_PASSWORD, Postgres, asked

MODEL = "reader-0"
CORPUS = Path(__file__).parents[2] / "shared" / "data" / "polnear_train.jsonl.gz"
N_ARTICLES = 40


def made(address: str) -> str:
    """A record with an article in it."""
    with Record.open(address) as record, record.transaction() as connection:
        store(connection, HARBOUR, model=MODEL)
    return address


def named(address: str, name: str) -> list[Article]:
    with Record.open(address, create=False) as record, record.snapshot() as connection:
        return articles_named(connection, name)


def refused(address: str) -> str:
    """What opening says, all that it hangs on included."""
    with pytest.raises(RecordError) as error:
        Record.open(address)
    return f"{error.value} {error.value.__cause__}"


def database_of(address: str) -> str:
    """What the server calls it."""
    return address.partition("?")[0].rpartition("/")[2]


def user_of(server: Postgres, name: str, address: str, *, password: str | None = None) -> str:
    """The same database as another user comes to it."""
    return server.address(database_of(address), user=name, password=password)


@pytest.fixture
def empty(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.new()


def test_a_record_opened_again_is_as_it_was(empty: str) -> None:
    made(empty)
    assert named(empty, "harbour") == [HARBOUR]
    assert asked(empty, "SELECT version FROM schema_version") == [(1,)]
    assert asked(empty, "SELECT name, n_statements FROM current_articles") == [("harbour", len(HARBOUR.statements))]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_either_name_of_the_scheme_is_understood(empty: str, scheme: str) -> None:
    made(empty.replace("postgresql", scheme, 1))
    assert named(empty, "harbour") == [HARBOUR]


def test_a_record_that_has_to_be_there_is_not_made(empty: str) -> None:
    assert not exists(empty)
    with pytest.raises(RecordError, match="there is no record 'postgresql://keeper@/news_"):
        Record.open(empty, create=False)
    assert asked(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert exists(made(empty))


def test_a_schema_of_its_own_is_a_record_of_its_own(postgres: Postgres, empty: str) -> None:
    made(empty)
    own = f"{empty}&options={quote('-csearch_path=tides', safe='')}"
    assert "there is no such schema; make it" in refused(own)
    postgres.run("CREATE SCHEMA tides", database=database_of(empty))
    with Record.open(own) as record, record.transaction() as connection:
        store(connection, PUMPS, model=MODEL)
    assert asked(empty, "SELECT name FROM articles") == [("harbour",)]
    assert asked(empty, "SELECT name FROM tides.articles") == [("pumps",)]


def test_whoever_has_a_password_comes_in_by_it_and_it_is_never_shown(postgres: Postgres, empty: str) -> None:
    postgres.run("GRANT ALL ON SCHEMA public TO falk", database=database_of(empty))
    address = user_of(postgres, "falk", empty, password=FALK_PASSWORD)
    with Record.open(address) as record:
        assert FALK_PASSWORD not in repr(record)
        assert quote(FALK_PASSWORD, safe="") not in repr(record)
    wrong = refused(user_of(postgres, "falk", empty, password="low-tide"))  # noqa: S106 - a wrong one
    assert "does not let this user in; check user and password" in wrong
    assert "low-tide" not in wrong


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://falk:low@tide@weyport.example/news",
        "postgresql://falk:low/tide@weyport.example/news",
        "postgresql://falk:50%tide@weyport.example/news",
        "postgresql://falk:tide@[weyport.example/news",
        "postgresql://falk:tide@weyport.example:gate/news",
        "postgresql://falk:tide@weyport.example/news?quay=1",
    ],
)
def test_an_address_that_cannot_be_understood_is_refused_without_showing_any_of_it(address: str) -> None:
    said = refused(address)
    assert "cannot be understood; write it as postgresql://user@host:5432/news" in said
    assert "tide" not in said


def test_what_the_server_says_comes_with_what_to_do(postgres: Postgres, empty: str) -> None:
    assert "there is no such database there; check its name" in refused(postgres.address("no_such"))
    assert "does not know this user" in refused(user_of(postgres, "nobody_we_know", empty))
    assert "this user may not do that there" in refused(user_of(postgres, "guest", empty))
    elsewhere = refused("postgresql://falk:tide@/news?host=/no/such/folder")
    assert "the server cannot be reached; check host and port" in elsewhere
    assert "'postgresql://falk@/news?host=%2Fno%2Fsuch%2Ffolder'" in elsewhere
    assert "tide" not in elsewhere


def test_a_database_without_all_characters_is_refused(postgres: Postgres) -> None:
    address = postgres.new(encoding="LATIN1")
    assert "is in LATIN1, which cannot hold every article" in refused(address)
    assert not exists(address)


@pytest.mark.parametrize("other", ["tides", "schema_version"])
def test_a_database_that_is_no_record_is_refused_and_stays_as_it_is(postgres: Postgres, empty: str, other: str) -> None:
    postgres.run(f"CREATE TABLE {other} (version text)", database=database_of(empty))
    assert "is a database, but no record" in refused(empty)
    assert asked(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [(other,)]


def test_a_record_of_a_newer_version_is_refused(empty: str) -> None:
    with Record.open(empty) as record, record.transaction() as connection:
        connection.execute(text("INSERT INTO schema_version VALUES (99, now())"))
    assert "is a record of version 99, this program knows those up to 1; update OnRecord" in refused(empty)


def test_a_server_that_lets_nobody_write_is_an_error_that_says_so(postgres: Postgres, empty: str) -> None:
    made(empty)
    postgres.run(f"ALTER DATABASE {database_of(empty)} SET default_transaction_read_only = on")
    assert named(empty, "harbour") == [HARBOUR]
    with Record.open(empty) as record, pytest.raises(RecordError, match="lets nobody write"), record.transaction() as c:
        store(c, PUMPS, model=MODEL)


def test_a_connection_that_breaks_off_undoes_the_transaction_and_the_next_one_has_a_new_one(empty: str) -> None:
    def broken_off(record: Record) -> None:
        with record.transaction() as connection:
            store(connection, PUMPS, model=MODEL)
            asked(empty, f"SELECT pg_terminate_backend({connection.scalar(text('SELECT pg_backend_pid()'))}, 5000)")
            store(connection, HARBOUR, model=MODEL)

    with Record.open(empty) as record:
        with pytest.raises(RecordError, match="repeat the call, which goes on where it stopped"):
            broken_off(record)
        with record.transaction() as connection:
            store(connection, HARBOUR, model=MODEL)
    assert asked(empty, "SELECT name FROM articles") == [("harbour",)]


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_record(empty: str) -> None:
    with Record.open(empty) as record, pytest.raises(IntegrityError, match="foreign key"), record.transaction() as c:
        c.execute(insert(schema.cited_outlets).values(article_id=99, position=0, name="Tide Weekly"))


def at_once(work: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))


def test_several_may_make_the_same_record_at_once(empty: str) -> None:
    def add(number: int) -> None:
        with Record.open(empty) as record, record.transaction() as connection:
            store(connection, replace(HARBOUR, id=f"{number}", source=f"in/{number}.txt"), model=MODEL)

    at_once(add)
    assert asked(empty, "SELECT count(*), count(DISTINCT copy_group) FROM articles") == [(8, 1)]
    assert asked(empty, "SELECT count(*) FROM schema_version") == [(1,)]


def test_several_that_add_the_same_articles_at_once_make_no_doubles(empty: str) -> None:
    with Record.open(empty) as record:

        def add(_: int) -> None:
            for number in range(10):
                with record.transaction() as connection:
                    store(connection, replace(PUMPS, id=f"{number}", source=f"in/{number}.txt"), model=MODEL)

        at_once(add)
    assert asked(empty, "SELECT count(*), count(DISTINCT name) FROM articles") == [(10, 10)]
    assert asked(empty, "SELECT outcome, count(*) FROM outcomes GROUP BY 1 ORDER BY 1") == [
        ("added", 10),
        ("unchanged", 70),
    ]


def _with_tides(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE tides (id INTEGER PRIMARY KEY)")


def _failing(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE ferries (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("ALTER TABLE no_such_table ADD COLUMN highest REAL")


def test_an_older_record_takes_the_steps_that_it_lacks_and_one_that_fails_changes_nothing(empty: str) -> None:
    steps = (Step(2, _with_tides), Step(3, _failing))
    with Record.open(made(empty)) as record:
        with record.transaction() as connection:
            migrate(connection, steps=steps[:1])
        with pytest.raises(ProgrammingError, match="no_such_table"), record.transaction() as connection:
            migrate(connection, steps=steps)
        with record.snapshot() as connection:
            assert is_current(connection, steps=steps[:1])
            assert not is_current(connection, steps=steps)
    assert asked(empty, "SELECT to_regclass('tides') IS NULL, to_regclass('ferries') IS NULL") == [(False, True)]


def test_similar_words_can_be_found_where_the_user_may_switch_that_on(postgres: Postgres, empty: str) -> None:
    with Record.open(empty) as record, record.snapshot() as connection:
        assert has_trigrams(connection)
    other = postgres.new()
    postgres.run("GRANT CREATE ON SCHEMA public TO guest", database=database_of(other))
    made(user_of(postgres, "guest", other))
    with Record.open(user_of(postgres, "guest", other)) as record, record.snapshot() as connection:
        assert not has_trigrams(connection)


def test_a_character_that_postgresql_lacks_has_a_stand_in_of_the_same_length(empty: str) -> None:
    article = Article(id="nul", text="Fal\x00k 🚢 spoke.", title="\x00", authors=("I\x00Q",), source="nul.jsonl")
    with Record.open(empty) as record, record.transaction() as connection:
        store(connection, article, model=MODEL)
    assert asked(empty, "SELECT text, authors FROM articles") == [("Fal\ufdd0k 🚢 spoke.", ["I\ufdd0Q"])]
    assert named(empty, "nul") == [article]


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (replace(PUMPS, text=PUMPS.text + "\ufdd0"), r"U\+FDD0 is no character"),
        (replace(PUMPS, outlet="Tide " * 400), "is 2000 bytes long; a record in PostgreSQL takes 1800"),
    ],
    ids=["stand-in", "outlet"],
)
def test_an_article_that_postgresql_cannot_hold_is_refused_before_it_is_read(
    empty: str, article: Article, message: str
) -> None:
    with Record.open(empty) as record:
        with pytest.raises(InputError, match=message) as error, record.transaction() as connection:
            recognised(connection, article)
        assert error.value.outcome is Outcome.BAD_ARTICLE
        with pytest.raises(InputError, match=message), record.transaction() as connection:
            store(connection, article, model=MODEL)
    assert asked(empty, "SELECT count(*) FROM articles") == [(0,)]


def test_links_and_addresses_are_of_any_length(empty: str) -> None:
    far = "data:text/plain," + "".join(f"{n * n:x}" for n in range(3000))
    address = f"https://weyport.example/{far}"
    article = replace(HARBOUR, source=address, url=address, links=(Hyperlink(Span(3, 9), far),))
    with Record.open(empty) as record:
        for expected in ("added", "unchanged"):
            with record.transaction() as connection:
                assert store(connection, article, model=MODEL) == expected
    assert named(empty, "harbour") == [article]


def counts(record: Record) -> dict[str, int]:
    """How many rows are in each table and view."""
    names = (*metadata.tables, *schema.VIEWS)
    with record.snapshot() as connection:
        return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}


def test_the_same_articles_are_the_same_on_both(tmp_path: Path, empty: str) -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus lies beside the repository only where it is developed")
    path = tmp_path / "news.jsonl"
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines, path.open("w", encoding="utf-8") as chosen:
        for number, line in enumerate(islice(lines, N_ARTICLES)):
            chosen.write(json.dumps({"id": f"{number}", "text": json.loads(line)["text"]}) + "\n")
    articles = [taken for taken in read_inputs([str(path)]) if isinstance(taken, Article)]
    found = []
    for address in (str(tmp_path / "news.db"), empty):
        with Record.open(address) as record:
            for article in articles:
                with record.transaction() as connection:
                    store(connection, article, model=MODEL)
            with record.snapshot() as connection:
                back = [found for article in articles for found in articles_named(connection, article.id)]
            found.append((counts(record), back))
    assert found[0] == found[1]
    assert found[0][0]["articles"] == len(found[0][1]) == N_ARTICLES

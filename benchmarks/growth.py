"""How the time to place quotations grows with those that there are: a quotation in memory, an article in a record.

The pieces of the articles are multiplied: each round has other speakers and, for all but the most frequent words,
others of the model's vocabulary, so that utterances stay as long and their common words as common as they are. Up to
100,000 pieces in memory; a million would take 4 GB so. A record is filled with them in bulk, in the families that the
articles' own pieces are in, and then articles that vary from the last ones are placed, each in a transaction of its
own.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, event, func, insert, select, text, update

from benchmarks.multiplied import FIRST_DAY, KEPT_NAMES, N_DAYS, WORD, varied
from benchmarks.table import print_table
from onrecord import Article
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.counting import Counted, Counts
from onrecord.record.placing import place
from onrecord.record.quoted import family_values, values_of
from onrecord.record.schema_tracing import quotation_families, quotation_keys, quotations
from onrecord.record.traced import NUMBERS, UTTERANCES, WORDS, TracedFamilies
from onrecord.tracing.families import Families
from onrecord.tracing.keys import keys_of, speaker_key
from onrecord.tracing.piece import Piece, PieceKind, pieces_of
from onrecord.tracing.placing import Copy, Family
from onrecord.tracing.rarity import rank
from onrecord.tracing.words import Word, forms_of, stem
from tests.postgresql import programs, running

SIZES = (10_000, 30_000, 100_000)
STATEMENTS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
STATEMENTS_POSTGRESQL = (10_000, 30_000, 100_000)
SEED = 10
N_TIMED = 500
N_WARM, N_ARTICLES = 10, 100
KEPT_RANK = 1_000


def report_growth(articles: Sequence[Article]) -> None:
    """One row a size: keys of a piece, and the time of one question for the families of a piece."""
    pieces = [piece for article in articles for piece in pieces_of(article) if piece.kind is PieceKind.QUOTED]
    asked = random.Random(SEED).sample(pieces, N_TIMED)  # noqa: S311 - a seed makes it repeatable
    n_keys = sum(len(keys_of(piece)) for piece in pieces) / len(pieces)
    families, rows, grown = Families(), [], _multiplied(pieces)
    for size in SIZES:
        while len(families.pieces) < size:
            families.place(next(grown))
        spent = sorted(_spent(families, piece) for piece in asked)
        cells = (median(spent), spent[int(0.95 * len(spent))], spent[-1])
        rows.append([f"{size:,}", *(f"{1000 * seconds:.2f}" for seconds in cells)])
    title = f"Placing one quotation ({n_keys:.1f} keys each); milliseconds on one core"
    print_table(title, ["pieces", "median", "95th of 100", "longest"], rows)


def _spent(families: Families, piece: Piece) -> float:
    start = time.perf_counter()
    families.find(piece)
    return time.perf_counter() - start


def _multiplied(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces as they are, then round after round in other words."""
    yield from pieces
    vocabulary = _vocabulary(pieces)
    number = 0
    while True:
        number += 1
        other = _others(vocabulary, number)
        for piece in pieces:
            speaker = f"{piece.speaker} {_letters(number)}" if piece.speaker else None
            yield replace(_reworded(piece, other), article=f"{piece.article}-{number}", speaker=speaker)


def _vocabulary(pieces: Sequence[Piece]) -> list[str]:
    return sorted({w.folded for piece in pieces for w in piece.words if rank(w.folded) > KEPT_RANK})


def _others(vocabulary: Sequence[str], number: int) -> dict[str, str]:
    """For each word another."""
    others = list(vocabulary)
    random.Random(number).shuffle(others)  # noqa: S311
    return dict(zip(vocabulary, others, strict=True))


def _reworded(piece: Piece, other: dict[str, str]) -> Piece:
    return replace(piece, words=tuple(_other(word, other) for word in piece.words))


def _other(word: Word, other: dict[str, str]) -> Word:
    return replace(word, folded=other.get(word.folded, word.folded))


def _letters(number: int) -> str:
    """A family name of its own for each round."""
    return "Z" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


def report_growth_in_record(articles: Sequence[Article], *, in_postgresql: bool = False) -> None:
    """One row a size: how long placing one article takes, on the processor and on the clock, and with which questions.

    The time on the processor has that of PostgreSQL's server in it, in hundredths of a second.
    """
    with ExitStack() as stack:
        if in_postgresql:
            binaries = programs()
            if binaries is None:
                raise SystemExit("PostgreSQL is not installed here")
            address = stack.enter_context(running(binaries)).new()
        else:
            address = str(Path(stack.enter_context(TemporaryDirectory())) / "news.db")
        record = stack.enter_context(Record.open(address))
        growing = _Growing.of(articles, record)
        rows = [
            [f"{size:,}", *growing.timed(size)] for size in (STATEMENTS_POSTGRESQL if in_postgresql else STATEMENTS)
        ]
        columns = ["statements", "quotations", "processor: median", "95th", "clock: median", "95th", "longest"]
        title = f"Placing one article in a record, {record.engine.dialect.name}; milliseconds"
        print_table(title, [*columns, "questions: median", "95th"], rows)


@dataclass(slots=True)
class _Growing:
    """A record that is filled with multiplied families; `per_piece` is how many statements there are to a piece."""

    record: Record
    articles: Sequence[Article]
    families: Families
    article_ids: dict[str, int]
    per_piece: float
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    n_rounds: int = 0
    n_pieces: int = 0

    @classmethod
    def of(cls, articles: Sequence[Article], record: Record) -> "_Growing":
        families = Families()
        for article in articles:
            families.place_all(pieces_of(article))
        with record.transaction() as connection:
            for article in articles:
                store(connection, article, model="reader-0")
            connection.execute(update(schema.articles).values(traced_at=datetime.now(UTC)))
            query = select(schema.articles.c.name, schema.articles.c.id)
            ids = {row.name: row.id for row in connection.execute(query)}
        n_statements = sum(len(article.statements) for article in articles)
        return cls(record, articles, families, ids, n_statements / len(families.pieces))

    def timed(self, n_statements: int) -> list[str]:
        """The cells of a row."""
        while self.n_pieces * self.per_piece < n_statements:
            most = int(n_statements / self.per_piece) - self.n_pieces
            with self.record.transaction() as connection:
                self._add_round(connection, most=max(1, most))
        with self.record.transaction() as connection:
            connection.execute(text("ANALYZE"))
        took = self._placed(N_WARM + N_ARTICLES)[N_WARM:]
        processor, clock, questions = (sorted(values) for values in zip(*took, strict=True))
        cells = [f"{values[len(values) * share // 100]:.0f}" for values in (processor, clock) for share in (50, 95)]
        asked = [f"{questions[len(questions) * share // 100]:.0f}" for share in (50, 95)]
        return [f"{self.n_pieces:,}", *cells, f"{clock[-1]:.0f}", *asked]

    def _add_round(self, connection: Connection, *, most: int) -> None:
        """The families once more, in other words and on other days, or so many of their pieces."""
        self.n_rounds += 1
        other = _others(_vocabulary(self.families.pieces), self.n_rounds) if self.n_rounds > 1 else {}
        suffix = "" if self.chance.random() < KEPT_NAMES else f" {_letters(self.n_rounds)}"
        first = date(2016, 1, 1)
        shift = FIRST_DAY - first + timedelta(days=self.chance.randrange(N_DAYS)) if other else timedelta()
        written = _Bulk(connection)
        for family in self.families.families.values():
            if written.n_pieces >= most:
                break
            pieces = [
                self._varied(self.families.pieces[n], other=other, suffix=suffix, shift=shift) for n in family.members
            ]
            written.put(pieces, first=self.n_pieces + 1)
            self.n_pieces += len(pieces)
        written.finish(last=self.n_pieces)

    def _varied(self, piece: Piece, *, other: dict[str, str], suffix: str, shift: timedelta) -> Piece:
        return replace(
            _reworded(piece, other),
            article=str(self.article_ids[piece.article]),
            statement=None,
            speaker=piece.speaker and piece.speaker + suffix,
            published=piece.published and piece.published + shift,
            said=None,
        )

    def _placed(self, n_articles: int) -> list[tuple[float, float, int]]:
        """For each article the milliseconds on the processor and on the clock, and the number of questions."""
        vocabulary = sorted({word for article in self.articles for word in WORD.findall(article.text)})
        took: list[tuple[float, float, int]] = []
        held: dict[int, Piece] = {}
        questions = Counter[str]()
        event.listen(self.record.engine, "before_cursor_execute", lambda *_: questions.update(["asked"]))
        for n, article in enumerate(self.articles[-n_articles:]):
            with self.record.transaction() as connection:
                name = f"{article.id}-{self.n_pieces}-{n}"
                new = replace(varied(article, chance=self.chance, vocabulary=vocabulary), id=name, source=name)
                stored = store(connection, new, model="reader-0")
                number = connection.scalar(select(schema.articles.c.id).where(schema.articles.c.name == name))
            if number is None:
                raise SystemExit(f"not stored: {stored}")
            questions.clear()
            with self.record.snapshot() as connection:
                began, began_clock = processor_s(connection), time.perf_counter()
            with self.record.transaction() as connection:
                place(TracedFamilies(connection, held), [number])
            clock = time.perf_counter() - began_clock
            n_questions = questions.total()
            with self.record.snapshot() as connection:
                took.append((1000 * (processor_s(connection) - began), 1000 * clock, n_questions))
        with self.record.snapshot() as connection:
            self.n_pieces = Counts(connection).of(Counted.ALL, NUMBERS)
        return took


@dataclass(slots=True)
class _Bulk:
    """Rows of families that nothing is compared with."""

    connection: Connection
    n_pieces: int = 0
    quotations: list[dict[str, Any]] = field(default_factory=list)
    families: list[dict[str, Any]] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)
    counted: dict[Counted, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in Counted})

    def put(self, pieces: Sequence[Piece], *, first: int) -> None:
        """One family, its founder first, with numbers from `first` on."""
        family = Family(first, lambda _: [])
        for number, piece in enumerate(pieces, first):
            family.add(Copy.of(piece, number))
            self.quotations.append(
                values_of(piece) | {"id": number, "family_id": first, "score": None, "relation": None}
            )
            if piece.kind is PieceKind.QUOTED:
                self.keys += [(key, number) for key in keys_of(piece)]
        self.families.append(family_values(family))
        self.n_pieces += len(pieces)
        stems = set(map(stem, forms_of(pieces[0].words)))
        self.counted[Counted.STEM].update(stems)
        self.counted[Counted.ALL].update({WORDS: len(stems), UTTERANCES: 1})
        if pieces[0].speaker and (key := speaker_key(pieces[0].speaker)):
            self.counted[Counted.SPEAKER][key] += 1

    def finish(self, *, last: int) -> None:
        """Writes them."""
        self.connection.execute(insert(quotations), self.quotations)
        self.connection.execute(insert(quotation_families), self.families)
        keys = [{"key": key, "quotation_id": number} for key, number in sorted(self.keys)]
        self.connection.execute(insert(quotation_keys), keys)
        counts = Counts(self.connection)
        for kind, words in self.counted.items():
            counts.fetch(kind, words)
            for word, n in words.items():
                counts.add(kind, [word], n)
        counts.add(Counted.ALL, [NUMBERS], last - counts.of(Counted.ALL, NUMBERS))
        counts.settle()


def processor_s(connection: Connection) -> float:
    """Of this process and, if it has one, of the server's that answers it; that one in hundredths of a second."""
    server = 0.0
    if connection.dialect.name == "postgresql":
        backend = connection.scalar(select(func.pg_backend_pid()))
        fields = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        server = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + server

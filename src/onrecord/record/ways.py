"""What the ways of utterances are found from, asked of the record for many copies at once.

Of links those in promotions and in the headlines of other stories do not count, and those that lead to an article are
told by the record's addresses. Which outlets the record has is asked once, and only where a name is that of no copy's
outlet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, func, or_, select

from onrecord.article import Hyperlink, ParagraphKind
from onrecord.intake.addresses import address_key
from onrecord.record import schema
from onrecord.record.called import outlet_names
from onrecord.record.hits import Hit
from onrecord.record.limits import shortened
from onrecord.record.rows import Found
from onrecord.record.schema_tracing import quotations
from onrecord.span import Span
from onrecord.statement import SpeakerKind
from onrecord.tracing.piece import Piece
from onrecord.tracing.sources import Keys, Report, Retold, keys_of
from onrecord.tracing.way import Ways, ways_of

_ARTICLES, _Q = schema.articles, quotations.c
_BESIDE = (ParagraphKind.RELATED.value, ParagraphKind.PROMOTION.value)
# So many characters on either side of a quotation are looked at for the names of outlets.
AROUND = 300
_START = case((_Q.start_char > AROUND, _Q.start_char - AROUND), else_=0)
# What a copy's way is found from in the rows of its quotation and its article, beside names and dates.
PLACED: tuple[ColumnElement[Any], ...] = (
    _Q.article_id,
    _ARTICLES.c.domain,
    _ARTICLES.c.copy_group,
    _START.label("around_start"),
    func.substr(_ARTICLES.c.text, _START + 1, _Q.end_char - _START + AROUND).label("around"),
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A report with its paragraphs."""

    report: Report
    paragraphs: Sequence[Span]


@dataclass
class RecordedOutlets:
    """The outlets of a record's articles, as they were when they were first asked for."""

    connection: Connection
    _counts: dict[tuple[Keys, date | None], int] = field(default_factory=dict)

    def has(self, keys: Keys) -> bool:
        """Whether there is an article of the outlet that is known by these."""
        return any(key in self._names for key in keys)

    def n_articles(self, keys: Keys, until: date | None) -> int:
        """How many there are up to a day, those without a day counted in; of all days if none is given."""
        if (keys, until) not in self._counts:
            self._counts[keys, until] = self._counted({n for key in keys for n in self._names.get(key, ())}, until)
        return self._counts[keys, until]

    def _counted(self, names: Collection[str], until: date | None) -> int:
        if not names:
            return 0
        query = select(func.count()).where(_ARTICLES.c.outlet.in_(names), _ARTICLES.c.superseded_by.is_(None))
        if until:
            query = query.where(or_(_ARTICLES.c.published <= until, _ARTICLES.c.published.is_(None)))
        return self.connection.scalar(query) or 0

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """The names of outlets as the articles have them, by what they are known by."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in outlet_names(self.connection):
            for key in keys_of(name):
                found[key].append(name)
        return found


@dataclass
class Routes:
    """Finds the ways of utterances in one record."""

    connection: Connection
    outlets: RecordedOutlets = field(init=False)

    def __post_init__(self) -> None:
        self.outlets = RecordedOutlets(self.connection)

    def of(
        self,
        families: Iterable[Sequence[int]],
        *,
        rows: Mapping[int, Found],
        pieces: Mapping[int, Piece],
        hits: Mapping[int, Hit],
    ) -> list[Ways]:
        """The ways of each family of copies.

        `rows` are theirs by their numbers, with what `PLACED` has; `hits` are statements by the numbers of these.
        """
        reports = _reports(self.connection, rows.values())
        found = {
            number: _retold(row, pieces[number], placed=reports[row.article_id], hit=hits.get(row.statement_id))
            for number, row in rows.items()
        }
        return [ways_of([found[number] for number in family], self.outlets) for family in families]


def _reports(connection: Connection, rows: Iterable[Found]) -> dict[int, _Placed]:
    """The articles of these copies, by their numbers."""
    of_article = {row.article_id: row for row in rows}
    paragraphs = _parts(connection, schema.paragraphs, of_article)
    cited = _parts(connection, schema.cited_outlets, of_article)
    links = _parts(connection, schema.links, of_article)
    speaking = _speaking(connection, of_article)
    known = _addresses(connection, of_article) if any(links.values()) else {}
    found = {}
    for number, row in of_article.items():
        beside = [_span(part) for part in paragraphs[number] if part.kind in _BESIDE]
        own = [link for link in links[number] if not any(span.meets(_span(link)) for span in beside)]
        leads_to = {link.address: known.get(shortened(address_key(link.address))) for link in own}
        report = Report(
            number,
            row.outlet or row.name,
            outlet=row.outlet,
            domain=row.domain,
            published=row.published,
            group=row.copy_group,
            cited=tuple(part.name for part in cited[number]),
            speaking=frozenset(speaking[number]),
            links=tuple(Hyperlink(_span(link), link.address) for link in own),
            leads_to={address: other for address, other in leads_to.items() if other is not None},
        )
        found[number] = _Placed(report, [_span(part) for part in paragraphs[number]])
    return found


def _parts(connection: Connection, table: Table, articles: Collection[int]) -> dict[int, list[Found]]:
    """What a table has of these articles, by article."""
    found: dict[int, list[Found]] = {number: [] for number in articles}
    query = select(table).where(table.c.article_id.in_(articles)).order_by(table.c.article_id, table.c.position)
    for row in connection.execute(query):
        found[row.article_id].append(row)
    return found


def _speaking(connection: Connection, articles: Collection[int]) -> Mapping[int, set[str]]:
    """The outlets to which these articles attribute words, by article."""
    statements = schema.statements.c
    name = func.coalesce(statements.speaker_proper, statements.speaker).label("name")
    query = select(statements.article_id, name).where(statements.article_id.in_(articles))
    found: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(query.where(statements.speaker_kind == SpeakerKind.OUTLET.value)):
        found[row.article_id].add(row.name)
    return found


def _addresses(connection: Connection, articles: Collection[int]) -> dict[str, int]:
    """By which addresses these articles are known."""
    addresses = schema.addresses.c
    query = select(addresses.key, addresses.article_id).where(addresses.article_id.in_(articles))
    return {row.key: row.article_id for row in connection.execute(query)}


def _retold(row: Found, piece: Piece, *, placed: _Placed, hit: Hit | None) -> Retold:
    """A copy with what its statement and the text beside it tell of its way."""
    statement = hit.statement if hit else None
    speaker = statement.speaker if statement else None
    around = Span(row.around_start, row.around_start + len(row.around))
    own = next((span for span in placed.paragraphs if span.meets(piece.span)), around)
    start, end = max(around.start, own.start), min(around.end, own.end)
    return Retold(
        number=row.id,
        report=placed.report,
        words=tuple(word.folded for word in piece.words),
        said=piece.said.start if piece.said else None,
        chain=hit.chain if hit else (),
        speaker=(speaker.proper or speaker.name) if speaker else None,
        vias=statement.via if statement else (),
        around=row.around[start - around.start : end - around.start],
        start_char=start,
    )


def _span(row: Found) -> Span:
    return Span(row.start_char, row.end_char)

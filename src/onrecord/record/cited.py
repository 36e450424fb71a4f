"""What a record has of the articles that an article has words from: whether they have them, and from whom.

A cited article is one that a link in the quotation's sentence leads to, or, where there is none, each of the cited
outlet's around the day that names the speaker. The words are there if every run of them, parted where brackets or an
ellipsis own up to a change, stands in the text. What it refuses to do: to conclude anything from an outlet of which the
record has nothing that fits.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from onrecord.checking.material import Material
from onrecord.checking.outlets import Mention, cited, is_same_outlet
from onrecord.checking.report import Code, Finding
from onrecord.record import schema
from onrecord.record.identity import at_addresses
from onrecord.record.identity import keys_of as address_keys_of
from onrecord.record.rows import Found, articles_of
from onrecord.record.schema_tracing import quotations
from onrecord.record.traces import Copied, copies_of
from onrecord.span import Span
from onrecord.statement import LinkRole, Statement
from onrecord.tracing.piece import Piece, PieceKind, pieces_of
from onrecord.tracing.sources import keys_of
from onrecord.tracing.words import words_of

_ARTICLES = schema.articles
_LOOKED_AT: tuple[ColumnElement[Any], ...] = (
    _ARTICLES.c.id,
    _ARTICLES.c.name,
    _ARTICLES.c.outlet,
    _ARTICLES.c.title,
    _ARTICLES.c.published,
    _ARTICLES.c.text,
)
BEFORE, AFTER = timedelta(days=7), timedelta(days=1)
FEWEST_WORDS = 4  # of a quotation, or a run of it, that tell where it is from


@dataclass(frozen=True, slots=True)
class _Source:
    """What was looked at for the words of a quotation: the articles, and how the message calls them."""

    articles: Sequence[Found]
    called: str
    confidence: float


def not_in_source(
    connection: Connection, material: Material, *, without: Collection[int], told: Mapping[Span, str]
) -> Iterator[Finding]:
    """The quotations whose words are not in the article that they are cited from.

    `told` are those that are known to differ from an article's, with its name: of that one nothing more is said.
    """
    for piece in _quoted(material):
        statement = _statement_of(material, piece.span)
        source = _linked(connection, material, piece, without=without) or (
            _of_outlet(connection, material, statement, without=without) if statement else None
        )
        if source is None or told.get(piece.span) in {article.name for article in source.articles}:
            continue
        if not any(_has(article.text, piece) for article in source.articles):
            message = f"These words are not in {source.called}."
            evidence = (material.words(piece.span), *(f"looked at: {_title(a)}" for a in source.articles))
            yield Finding(Code.QUOTATION_NOT_IN_SOURCE, (piece.span,), message, evidence, source.confidence)


def circular(connection: Connection, material: Material, *, without: Collection[int]) -> Iterator[Finding]:
    """The words that an article has from an outlet which has them from the article's own."""
    own = material.article.outlet
    mentions = cited(material) if own else ()
    told: set[str] = set()
    for piece in _quoted(material) if mentions else ():
        for copy in copies_of(connection, piece, without=without):
            mention = next((m for m in mentions if copy.outlet and _are_one(m.name, copy.outlet)), None)
            if mention and own and mention.name not in told and _cites(connection, copy, own):
                told.add(mention.name)
                yield _circle(material, piece, copy=copy, mention=mention)


def _circle(material: Material, piece: Piece, *, copy: Copied, mention: Mention) -> Finding:
    day = f" of {copy.published.day} {copy.published:%B %Y}" if copy.published else ""
    message = f"{mention.name}{day} has these words from {material.article.outlet}: the sources go round in a circle."
    evidence = (material.words(piece.span), f"“{copy.words}” ({copy.title or copy.article})")
    return Finding(Code.CIRCULAR_SOURCING, (*mention.spans, piece.span), message, evidence, 0.7)


def _cites(connection: Connection, copy: Copied, outlet: str) -> bool:
    """Whether a copy's way leads through an outlet, or its article has something from that outlet."""
    named = [link.name for link in copy.chain if link.role is not LinkRole.ARTICLE]
    named += [citation.outlet for citation in copy.way.cites] if copy.way else []
    of_copy = select(quotations.c.article_id).where(quotations.c.id == copy.number)
    rows = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id.in_(of_copy))).all()
    named += [mention.name for article in articles_of(connection, rows) for mention in cited(Material.of(article))]
    return any(_are_one(name, outlet) for name in named)


def _are_one(name: str, other: str) -> bool:
    """Whether two names are one outlet's, by the list of outlets, by its site, or by their words."""
    return bool(keys_of(name) & keys_of(other)) or is_same_outlet(name, other)


def _quoted(material: Material) -> Iterator[Piece]:
    """The quotations that are long enough to tell where they are from."""
    for piece in pieces_of(material.article):
        if piece.kind is PieceKind.QUOTED and len(piece.words) >= FEWEST_WORDS:
            yield piece


def _statement_of(material: Material, span: Span) -> Statement | None:
    return next((s for s in material.statements if any(part.meets(span) for part in s.content)), None)


def _linked(connection: Connection, material: Material, piece: Piece, *, without: Collection[int]) -> _Source | None:
    """The article that a link in the quotation's sentence leads to."""
    home = material.sentence_at(piece.span.start)
    links = [link for link in material.article.links if home and home.meets(link.span)]
    for link in links:
        row = connection.execute(at_addresses(*address_keys_of(link.address)).with_only_columns(*_LOOKED_AT)).first()
        if row and row.id not in without:
            return _Source([row], f"the article that is linked, {_title(row)}, as the record has it", 0.85)
    return None


def _of_outlet(
    connection: Connection, material: Material, statement: Statement, *, without: Collection[int]
) -> _Source | None:
    """The articles around the day, of the outlet that the statement is from, that name its speaker."""
    published, speaker = material.article.published, statement.speaker
    mention = next((m for m in cited(material) if _is_from(m, statement)), None)
    if mention is None or published is None or speaker is None:
        return None
    day = statement.said.start if statement.said else published
    first, last = day - BEFORE, published + AFTER
    query = select(*_LOOKED_AT).where(_ARTICLES.c.published.between(first, last), _ARTICLES.c.superseded_by.is_(None))
    outlets = select(_ARTICLES.c.outlet).where(_ARTICLES.c.published.between(first, last)).distinct()
    names = [name for name in connection.scalars(outlets) if name and _are_one(name, mention.name)]
    rows = connection.execute(query.where(_ARTICLES.c.outlet.in_(names))).all() if names else []
    last_name = speaker.name.rpartition(" ")[2]
    about = [row for row in rows if row.id not in without and last_name in row.text]
    days = f"from {_day(first)} to {_day(last)}"
    many = "the only article" if len(about) == 1 else f"any of the {len(about)} articles"
    names_it = "names" if len(about) == 1 else "name"
    called = f"{many} of {mention.name} {days} in the record that {names_it} {last_name}"
    return _Source(about, called, 0.5) if about else None


def _is_from(mention: Mention, statement: Statement) -> bool:
    """Whether an outlet that is cited is whom a statement is from: its cue, its source or its via is in the mention."""
    spans = (*statement.source, *statement.cue, *(via.span for via in statement.via if via.span))
    return any(span.meets(part) for span in spans for part in mention.spans)


def _has(text: str, piece: Piece) -> bool:
    """Whether a text has every run of a quotation's words that is long enough."""
    words = [word.folded for word in words_of(text, Span(0, len(text)))] if text else []
    line = f" {' '.join(words)} "
    return all(f" {' '.join(run)} " in line for run in _runs(piece))


def _runs(piece: Piece) -> list[list[str]]:
    """The quotation's words, parted at brackets and ellipses; those too short to tell left out."""
    found: list[list[str]] = [[]]
    for bracketed, group in groupby(piece.words, key=lambda word: word.bracketed):
        if bracketed:
            found.append([])
            continue
        for word in group:
            if word.after_gap:
                found.append([])
            found[-1].append(word.folded)
    return [run for run in found if len(run) >= FEWEST_WORDS]


def _title(row: Found) -> str:
    day = f", {_day(row.published)}" if row.published else ""
    return f"“{row.title or 'without a title'}” ({row.outlet or 'no outlet'}{day})"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

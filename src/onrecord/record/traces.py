"""What tracing found, asked of the record: families with their copies, and the quotations of a draft against them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, select

from onrecord.article import Article
from onrecord.record import schema
from onrecord.record.hits import Hit, hits_of
from onrecord.record.rows import Found
from onrecord.record.schema_tracing import quotation_counts, quotation_families, quotations
from onrecord.record.traced import Counted, TracedFamilies
from onrecord.record.ways import PLACED, Routes
from onrecord.span import Span
from onrecord.statement import Link
from onrecord.tracing.alignment import EditKind
from onrecord.tracing.decision import Relation, Score
from onrecord.tracing.piece import Piece, PieceKind, pieces_of
from onrecord.tracing.placing import JOIN, Family, Placing
from onrecord.tracing.variants import Difference, Variant
from onrecord.tracing.way import Way, Ways
from onrecord.tracing.words import Word, words_of

_ARTICLES, _Q, _FAMILIES = schema.articles, quotations.c, quotation_families.c
_OF_ARTICLE = ("name", "source", "outlet", "title", "published", "url")
DEFAULT_LIMIT = 5
AT_ONCE = 50
# With so many speakers' names words are looked for that are too few to be found without one.
MAX_SPEAKERS = 2_000
# So many copies a draft's quotation is laid beside.
MAX_BESIDE = 10


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a copy that the fuller text has not, and those that stand there in it; either may be none."""

    span: Span | None
    words: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy of an utterance: where it stands, in which words, and how these differ from the fullest copy's.

    `number` and `statement` are its numbers in the record, `article` its article's name; `words` are its own, in one
    line. `chain` is the way of the words, from the statement that they stand in; `way` is their way through the copies
    of the same utterance, which a copy that is shown beside a draft has not.
    """

    number: int
    statement: int | None
    article: str
    path: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None
    span: Span
    words: str
    speaker: str | None
    said: date | None
    difference: Difference
    changes: tuple[Change, ...]
    chain: tuple[Link, ...] = ()
    way: Way | None = None

    @property
    def day(self) -> date | None:
        """The day of the saying, else that of the publication."""
        return self.said or self.published


@dataclass(frozen=True, slots=True)
class Trace:
    """The copies of one utterance that the record has, the earliest first.

    `fullest` and `origin`, the earliest known that has it from no other one, are the numbers of copies; so are those of
    a circle, in which each cites the next.
    """

    family: int
    speakers: tuple[str, ...]
    copies: tuple[Copied, ...]
    fullest: int
    origin: int
    circles: tuple[tuple[int, ...], ...] = ()


class Verdict(StrEnum):
    """How a quotation of a draft is found in the record; of its truth it says nothing."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    OTHER_SPEAKER = "other-speaker"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation of a draft beside the copy in the record that is nearest to it, if there is one."""

    span: Span
    words: str
    speaker: str | None
    verdict: Verdict
    copy: Copied | None = None
    difference: Difference | None = None
    changes: tuple[Change, ...] = ()


def all_traces(connection: Connection, *, fewest: int = 1) -> Iterator[Trace]:
    """Every family that has at least so many copies, those with the most last, of equals in the order of founding."""
    several = select(_FAMILIES.id).where(_FAMILIES.n_copies >= fewest)
    ids = list(connection.scalars(several.order_by(_FAMILIES.n_copies, _FAMILIES.id)))
    families, routes = TracedFamilies(connection), Routes(connection)
    for start in range(0, len(ids), AT_ONCE):
        yield from _traces(families, ids[start : start + AT_ONCE], routes=routes)


def traces_of(connection: Connection, words: str, *, limit: int = DEFAULT_LIMIT) -> list[Trace]:
    """The families of an utterance that has these words, the likeliest first."""
    if not words.strip():
        return []
    families = TracedFamilies(connection)
    piece = Piece("", Span(0, len(words)), words_of(words, Span(0, len(words))), names=_speakers(connection))
    # One that has more of the words is likelier, and of those that have as many, one that more outlets print.
    found = sorted(_likely(families, piece), key=lambda pair: (-pair[1].matched, -len(pair[0].members)))
    return _traces(families, [family.id for family, _ in found[:limit]])


def traces_at(connection: Connection, statement: int) -> list[Trace]:
    """The families of what a statement quotes, in the order of its words."""
    query = select(_Q.family_id).where(_Q.statement_id == statement).order_by(_Q.start_char)
    article = select(schema.statements.c.article_id).where(schema.statements.c.id == statement).scalar_subquery()
    found = connection.scalars(query.where(_Q.article_id == article))
    return _traces(TracedFamilies(connection), list(dict.fromkeys(found)))


def checked(connection: Connection, draft: Article, *, without: Collection[int] = ()) -> list[Checked]:
    """Every quotation of a draft against the record, but for the articles of these numbers."""
    families = TracedFamilies(connection)
    pieces = (piece for piece in pieces_of(draft) if piece.kind is PieceKind.QUOTED)
    return [_checked(families, replace(piece, article=""), text=draft.text, without=without) for piece in pieces]


def copies_of(connection: Connection, piece: Piece, *, without: Collection[int] = ()) -> list[Copied]:
    """The copies in the record of what a piece of no article there has, but for those in these articles."""
    families = TracedFamilies(connection)
    likely = _likely(families, replace(piece, article=""))
    found = _traces(families, [likely[0][0].id]) if likely else []
    left_out = set(map(str, without))
    return [copy for trace in found for copy in trace.copies if families.piece(copy.number).article not in left_out]


def _speakers(connection: Connection) -> frozenset[str]:
    """Those who have the most utterances."""
    counts = quotation_counts.c
    query = select(counts.word).where(counts.kind == Counted.SPEAKER.value, counts.n > 0)
    return frozenset(connection.scalars(query.order_by(counts.n.desc(), counts.word).limit(MAX_SPEAKERS)))


def _likely(families: TracedFamilies, piece: Piece) -> list[tuple[Family, Score]]:
    """The families whose words a piece has, whoever said it; the likeliest first."""
    found = Placing(families).find(piece)
    return [(family, score) for family, score in found if score.total + score.speakers > JOIN]


def _traces(families: TracedFamilies, ids: Sequence[int], *, routes: Routes | None = None) -> list[Trace]:
    found = families.of_ids(ids)
    numbers = [number for family in found for number in family.members]
    families.fetch(numbers)
    rows = _rows(families.connection, numbers)
    statements = list(dict.fromkeys(row.statement_id for row in rows.values() if row.statement_id))
    hits = {hit.id: hit for hit in hits_of(families.connection, statements)} if statements else {}
    pieces = {number: families.piece(number) for number in numbers}
    routes = routes or Routes(families.connection)
    ways = routes.of([family.members for family in found], rows=rows, pieces=pieces, hits=hits)
    return [_trace(families, family, rows=rows, hits=hits, ways=way) for family, way in zip(found, ways, strict=True)]


def _rows(connection: Connection, numbers: Sequence[int]) -> dict[int, Found]:
    """Where quotations stand, with their words, by their numbers."""
    words = func.substr(_ARTICLES.c.text, _Q.start_char + 1, _Q.end_char - _Q.start_char).label("quoted")
    # A number that names no statement any more is that of an article which is to be placed anew.
    there = select(schema.statements.c.id).where(schema.statements.c.id == _Q.statement_id).scalar_subquery()
    of_article = [_ARTICLES.c[name] for name in _OF_ARTICLE]
    shown = select(_Q.id, there.label("statement_id"), words, *of_article, *PLACED)
    query = shown.join_from(quotations, _ARTICLES).where(_Q.id.in_(numbers))
    return {row.id: row for row in connection.execute(query)}


def _trace(
    families: TracedFamilies, family: Family, *, rows: dict[int, Found], hits: dict[int, Hit], ways: Ways
) -> Trace:
    full = families.piece(family.fullest)
    copies = (
        replace(
            _copied(rows[n], families.piece(n), full=full, families=families, hit=hits.get(rows[n].statement_id)),
            way=ways.of[n],
        )
        for n in ways.order
    )
    speakers = tuple(family.likely_speakers())
    return Trace(family.id, speakers, tuple(copies), family.fullest, ways.origin, ways.circles)


def _copied(row: Found, piece: Piece, *, full: Piece, families: TracedFamilies, hit: Hit | None = None) -> Copied:
    difference = Placing(families).difference_from(full, piece)
    return Copied(
        number=row.id,
        statement=row.statement_id,
        article=row.name,
        path=row.source,
        outlet=row.outlet,
        title=row.title,
        published=row.published,
        url=row.url,
        span=piece.span,
        words=" ".join(row.quoted.split()),
        speaker=piece.speaker,
        said=piece.said.start if piece.said else None,
        difference=difference,
        changes=tuple(_changes(difference, piece.words, full.words)),
        chain=hit.chain if hit else (),
    )


def _changes(difference: Difference, copy: Sequence[Word], full: Sequence[Word]) -> Iterator[Change]:
    """What is other than in the fuller text, but for what is cut off at the ends."""
    if difference.variant is Variant.PARAPHRASE:
        return
    for edit in difference.edits:
        is_cut = edit.kind is EditKind.DELETE and (edit.copy_start == 0 or edit.copy_end == len(copy))
        if edit.kind is EditKind.EQUAL or is_cut:
            continue
        ours, theirs = _parted(copy[edit.copy_start : edit.copy_end], full[edit.full_start : edit.full_end])
        span = Span(ours[0].span.start, ours[-1].span.end) if ours else None
        yield Change(span, _said(ours), _said(theirs))


def _parted(ours: Sequence[Word], theirs: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Both without the words in which they begin or end alike, which weigh too little to be a run."""
    while ours and theirs and ours[0].folded == theirs[0].folded:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1].folded == theirs[-1].folded:
        ours, theirs = ours[:-1], theirs[:-1]
    return ours, theirs


def _said(words: Iterable[Word]) -> str:
    return " ".join(word.folded for word in words)


def _checked(families: TracedFamilies, piece: Piece, *, text: str, without: Collection[int]) -> Checked:
    found = Checked(piece.span, " ".join(piece.span.of(text).split()), piece.speaker, Verdict.NOT_FOUND)
    likely = _likely(families, piece)
    if not likely:
        return found
    family, score = likely[0]
    nearest = _nearest(families, piece, family, without=set(map(str, without)))
    if nearest is None:
        return found
    number, difference, changes = nearest
    row = _rows(families.connection, [number])[number]
    copy = _copied(row, families.piece(number), full=families.piece(family.fullest), families=families)
    verdict = Verdict.VERBATIM
    if score.relation in {Relation.DIFFERENT, Relation.UNKNOWN} and piece.speaker and copy.speaker:
        verdict = Verdict.OTHER_SPEAKER
    elif changes:
        verdict = Verdict.ALTERED
    return replace(found, verdict=verdict, copy=copy, difference=difference, changes=changes)


def _nearest(
    families: TracedFamilies, piece: Piece, family: Family, *, without: Collection[str]
) -> tuple[int, Difference, tuple[Change, ...]] | None:
    """The copy from which a piece differs least, the fullest of those that differ so, with the difference."""
    others = [n for n in family.members if n != family.fullest and families.piece(n).kind is PieceKind.QUOTED]
    beside = []
    for number in [family.fullest, *others[:MAX_BESIDE]]:
        full = families.piece(number)
        difference = Placing(families).difference_from(full, piece)
        if difference.edits and full.article not in without:
            beside.append((number, difference, tuple(_changes(difference, piece.words, full.words))))
    return min(beside, key=lambda one: sum(_n_words(change) for change in one[2]), default=None)


def _n_words(change: Change) -> int:
    return len(change.words.split()) + len(change.instead_of.split())

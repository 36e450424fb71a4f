"""What the record shows of an article: its statements as they were read, with the corrections that stand.

That is worked out anew, for the whole article, whenever a correction is made or undone, and when a new model or a new
version changes the reading. So the order in which anything is taken back makes no difference, and with no correction
the reading is there again, to the row. Only what differs is written: `statements` is what everything else finds, and
how a statement was read, where that is not what is shown, stands in `statements_as_read`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.record import schema
from onrecord.record.called import note_words
from onrecord.record.changing import changed, sides_of, spans_of, with_corrections
from onrecord.record.corrections import SPANS, Correction, Field, Kept, added_in, standing
from onrecord.record.identifying import Owners, identify, owners_of
from onrecord.record.rows import Found, Values
from onrecord.record.words import index_statements
from onrecord.span import Span
from onrecord.statement import Act, Vector

_STATEMENTS, _AS_READ, _VIAS, _VECTORS = schema.statements, schema.statements_as_read, schema.vias, schema.vectors
_POINTERS = ("parent_id", "answers_id")
_VIA = ("position", "name", "role", "proper", "start_char", "end_char")
_VECTOR = ("projection", "cell", "numbers")
# All that a reading says of a statement; its place among the others follows from theirs.
FIELDS = tuple(
    column.name
    for column in _AS_READ.columns
    if column.name in _STATEMENTS.c and column.name not in {"article_id", "position"}
)
NEVER_READ: Values = {
    **dict.fromkeys(FIELDS),
    "source_spans": [],
    "cue_spans": [],
    "content_spans": [],
    "act": Act.ASSERT.value,
    "confidence": 1.0,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's statements by their numbers, as they are shown and as they were read.

    `read` has those of the present reading in their order, then those that are `kept` for their corrections alone;
    `noted` are the rows of those that are not shown as they were read, `added` those that a person added, whether that
    still stands or not; what is read of these is always noted. `vias` and `vectors` are those of the reading.
    """

    text: str
    paragraphs: tuple[Span, ...]
    shown: dict[int, Values]
    read: dict[int, Values]
    kept: frozenset[int]
    noted: dict[int, Found]
    vias: dict[int, list[Values]]
    vectors: dict[int, Values]
    corrections: dict[int, list[Correction]]
    added: frozenset[int]

    def corrected(self, number: int) -> Values | None:
        """A statement with its corrections; none for one that is wrong, or that nothing says any more."""
        own = self.corrections.get(number, [])
        fields = {correction.field for correction in own}
        is_there = number in self.read and (number not in self.kept or fields)
        if Field.WRONG in fields or not (is_there or Field.ADDED in fields):
            return None
        values = self.read.get(number, NEVER_READ)
        return dict(with_corrections(values, own, text=self.text, paragraphs=self.paragraphs))

    def around(self, missed: Kept) -> int | None:
        """The innermost statement whose content holds all that a correction gives of one that was missed."""
        own = [span for role in SPANS for span in spans_of(missed[role])]
        holding = []
        for number, values in self.shown.items():
            content = spans_of(values["content_spans"])
            if all(any(part.holds(span) and part != span for part in content) for span in own):
                holding.append((sum(map(len, content)), number))
        return min(holding)[1] if holding else None


def reading_of(connection: Connection, article_id: int) -> Reading:
    """What the record has of an article's statements."""
    articles, paragraphs = schema.articles, schema.paragraphs
    text = connection.execute(select(articles.c.text).where(articles.c.id == article_id)).scalar_one()
    parts = select(paragraphs).where(paragraphs.c.article_id == article_id).order_by(paragraphs.c.position)
    own = select(_STATEMENTS).where(_STATEMENTS.c.article_id == article_id).order_by(_STATEMENTS.c.position)
    shown = {row.id: fields_of(row) for row in connection.execute(own)}
    query = select(_AS_READ).where(_AS_READ.c.article_id == article_id).order_by(_AS_READ.c.position)
    noted = {row.statement_id: row for row in connection.execute(query)}
    vias = _vias(connection, article_id) | {number: row.vias for number, row in noted.items()}
    vectors = _vectors(connection, shown.keys() - noted.keys()) | {n: vector_of(row) for n, row in noted.items()}
    spans = tuple(Span(row.start_char, row.end_char) for row in connection.execute(parts))
    kept = frozenset(number for number, row in noted.items() if not row.is_read)
    added = frozenset(added_in(connection, article_id))
    found = Reading(text, spans, shown, {}, kept, noted, vias, vectors, standing(connection, article_id), added)
    order = [number for number in shown if number not in noted and number not in added]
    for number, row in noted.items():  # each at the place that it has in the reading, the first ones first
        if row.is_read:
            order.insert(row.position, number)
    for number in (*order, *sorted(found.kept)):
        found.read[number] = fields_of(noted[number]) if number in noted else shown[number]
    return found


def _vias(connection: Connection, article_id: int) -> dict[int, list[Values]]:
    """The vias of the statements that are shown."""
    columns = [_VIAS.c[name] for name in _VIA]
    query = select(_VIAS.c.statement_id, *columns).join(_STATEMENTS, _STATEMENTS.c.id == _VIAS.c.statement_id)
    query = query.where(_STATEMENTS.c.article_id == article_id).order_by(_VIAS.c.statement_id, _VIAS.c.position)
    found: dict[int, list[Values]] = defaultdict(list)
    for number, *via in connection.execute(query):
        found[number].append(dict(zip(_VIA, via, strict=True)))
    return found


def _vectors(connection: Connection, numbers: Collection[int]) -> dict[int, Values]:
    """What these statements mean, of those of which that is known."""
    query = select(_VECTORS).where(_VECTORS.c.statement_id.in_(numbers))
    return {row.statement_id: vector_of(row) for row in connection.execute(query)}


def vector_of(row: Found | Vector) -> Values:
    """What stands of a vector in a row; nothing but nulls where there is none."""
    return {name: getattr(row, name) for name in _VECTOR}


def new_row(connection: Connection, article_id: int, reading: Reading, missed: Kept) -> int:
    """A row for a statement that was missed, which can be found, as a correction gives it; its number."""
    values = changed(NEVER_READ, Field.ADDED, missed, text=reading.text) | {"parent_id": None}
    return insert_statement(connection, article_id, values)


def insert_statement(connection: Connection, article_id: int, values: Values) -> int:
    """A row for a statement that is new in an article that is not, behind all others; its number."""
    last = select(func.coalesce(func.max(_STATEMENTS.c.position), -1) + 1).where(_STATEMENTS.c.article_id == article_id)
    row = {**values, **dict.fromkeys(_POINTERS), "article_id": article_id, "position": last.scalar_subquery()}
    number = int(connection.execute(insert(_STATEMENTS).values(row).returning(_STATEMENTS.c.id)).scalar_one())
    index_statements(connection, [number])
    return number


def fields_of(row: Found) -> Values:
    """All that a row says of a statement itself."""
    return {name: getattr(row, name) for name in FIELDS}


def show_corrected(connection: Connection, article_id: int, *, owners: Owners | None = None) -> None:
    """Writes what the article's statements are with the corrections that stand now, and who appears in them.

    `owners` are whose each name was, where that does not stand in the record any more.
    """
    owners = owners_of(connection, article_id) if owners is None else owners
    reading = reading_of(connection, article_id)
    wanted = {
        number: values
        for number in (*reading.read, *sorted(reading.added - reading.read.keys()))
        if (values := reading.corrected(number)) is not None
    }
    _point_anew(wanted, reading.read)
    _note_as_read(connection, article_id, reading, wanted=wanted, owners=owners)
    write_shown(connection, article_id, reading, wanted=wanted)
    _forget_as_read(connection, reading, wanted=wanted)
    identify(connection, article_id, owners=owners)
    # Who said what has changed: what it quotes is placed anew when somebody traces.
    connection.execute(update(schema.articles).where(schema.articles.c.id == article_id).values(traced_at=None))


def _point_anew(wanted: dict[int, Values], read: Mapping[int, Values]) -> None:
    """What was inside of a statement that is gone is inside of whatever that was in, and answers nothing."""
    for values in wanted.values():
        while (parent := values["parent_id"]) is not None and parent not in wanted:
            values["parent_id"] = read[parent]["parent_id"] if parent in read else None
        if values["answers_id"] not in wanted:
            values["answers_id"] = None


def _is_as_read(reading: Reading, number: int, wanted: Mapping[int, Values]) -> bool:
    """Whether how a statement was read needs no noting."""
    if number in reading.kept:
        return number not in reading.corrections
    return number not in reading.added and wanted.get(number) == reading.read[number]


def _note_as_read(
    connection: Connection, article_id: int, reading: Reading, *, wanted: Mapping[int, Values], owners: Owners
) -> None:
    """Notes how those statements were read that will not be shown so."""
    new = [
        (place, number)
        for place, number in enumerate(reading.read)
        if number not in reading.noted and not _is_as_read(reading, number, wanted)
    ]
    for place, number in new:
        note_as_read(connection, article_id, reading, number=number, place=place, owners=owners)


def note_as_read(
    connection: Connection, article_id: int, reading: Reading, *, number: int, place: int | None, owners: Owners
) -> None:
    """Notes how a statement was read, and who appeared in it; without a place, that the present reading lacks it."""
    row = {
        **reading.read[number],
        "statement_id": number,
        "article_id": article_id,
        "position": place or 0,
        "vias": reading.vias.get(number, []),
        "people": owners.at(number),
        **reading.vectors.get(number, {}),
        "is_read": place is not None,
    }
    connection.execute(insert(_AS_READ).values(row))


def _forget_as_read(connection: Connection, reading: Reading, *, wanted: Mapping[int, Values]) -> None:
    """Forgets how statements were read that are shown so again."""
    again = [number for number in reading.noted if _is_as_read(reading, number, wanted)]
    if again:
        connection.execute(delete(_AS_READ).where(_AS_READ.c.statement_id.in_(again)))


def write_shown(connection: Connection, article_id: int, reading: Reading, *, wanted: Mapping[int, Values]) -> None:
    """Makes the rows what is wanted; of a row that stays only what changes is touched."""
    gone = [number for number in reading.shown if number not in wanted]
    new = [number for number in wanted if number not in reading.shown]
    if gone:
        connection.execute(delete(_STATEMENTS).where(_STATEMENTS.c.id.in_(gone)))
    for number in new:
        row = {
            **wanted[number],
            **dict.fromkeys(_POINTERS),
            "id": number,
            "article_id": article_id,
            "position": -number,
        }
        connection.execute(insert(_STATEMENTS).values(row))
        if vias := reading.vias.get(number):
            connection.execute(insert(_VIAS), [{"statement_id": number, **via} for via in vias])
    for number, values in wanted.items():
        before = reading.shown.get(number) or {**values, **dict.fromkeys(_POINTERS)}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            connection.execute(update(_STATEMENTS).where(_STATEMENTS.c.id == number).values(changed))
        if "content_spans" in changed:  # nothing here reads what the new words mean
            connection.execute(delete(_VECTORS).where(_VECTORS.c.statement_id == number))
    _put_back_vectors(connection, reading, wanted=wanted)
    _put_in_order(connection, article_id, _in_order(reading, wanted))
    if new:
        index_statements(connection, new)
    note_words(connection, {values["speaker"] for values in wanted.values() if values["speaker"]})


def _put_back_vectors(connection: Connection, reading: Reading, *, wanted: Mapping[int, Values]) -> None:
    """What those mean whose words are again those that were read."""
    as_read = {
        number: reading.vectors[number]
        for number, values in wanted.items()
        if number in reading.vectors and values["content_spans"] == reading.read[number]["content_spans"]
    }
    there = connection.scalars(select(_VECTORS.c.statement_id).where(_VECTORS.c.statement_id.in_(as_read))).all()
    rows = [
        {"statement_id": number, **vector}
        for number, vector in as_read.items()
        if number not in there and vector["projection"] is not None
    ]
    if rows:
        connection.execute(insert(_VECTORS), rows)


def _in_order(reading: Reading, wanted: Mapping[int, Values]) -> list[int]:
    """The statements in the order of the reading; the others among the outermost by their place, or at the end."""
    is_read = reading.read.keys() - reading.kept
    order = [number for number in wanted if number in is_read]
    for number in wanted:
        if number not in is_read:
            order.insert(_place_among(order, wanted[number], wanted), number)
    return order


def _place_among(order: Sequence[int], values: Values, wanted: Mapping[int, Values]) -> int:
    outermost = [n for n in order if wanted[n]["parent_id"] is None]
    if values["parent_id"] is not None or not outermost:
        return len(order)
    behind = next((n for n in outermost if _start(wanted[n]) > _start(values)), None)
    return order.index(behind) if behind is not None else order.index(outermost[-1]) + 1


def _start(values: Values) -> Span:
    sides = sides_of(values)
    return min((*sides.source, *sides.cue, *sides.content))


def _put_in_order(connection: Connection, article_id: int, order: Collection[int]) -> None:
    """Numbers the rows through in this order, by way of places that none has."""
    own = select(_STATEMENTS.c.id).where(_STATEMENTS.c.article_id == article_id).order_by(_STATEMENTS.c.position)
    least = select(_STATEMENTS.c.position).where(_STATEMENTS.c.article_id == article_id)
    if list(connection.scalars(own)) == list(order) and set(connection.scalars(least)) == set(range(len(order))):
        return
    this = update(_STATEMENTS).where(_STATEMENTS.c.article_id == article_id)
    lowest = min((0, *connection.scalars(least)))
    connection.execute(this.values(position=2 * lowest - 1 - _STATEMENTS.c.position))
    for place, number in enumerate(order):
        connection.execute(update(_STATEMENTS).where(_STATEMENTS.c.id == number).values(position=place))

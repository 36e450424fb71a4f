"""The index of words in PostgreSQL: a table of text search vectors, which triggers keep up to date.

Nothing is needed that a server may lack or forbid. Words are parted, freed of case and accents and cut to Porter's
stems, as in SQLite, by functions of the record's own: the server's configurations leave out common words, without which
no phrase can be found, and what it takes for one word goes by its language. One statement builds the index anew,
SELECT build_words().
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY, TSVECTOR
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import Float

from onrecord.errors import RecordError
from onrecord.record.columns import Words
from onrecord.record.marking import ACCENTS, APART, Sought, highlighted, passage_of, words_in
from onrecord.record.query import ENDINGS, MAX_NAMES, Query, Term, telling

OLDEST_SERVER = 14
# What a match counts: in the headline, the paragraph around, the speaker's name, what is said; as in SQLite, over 4.
WEIGHTS = (0.125, 0.25, 0.5, 1.0)
_CONTENT, _SPEAKER, _AROUND, _HEADLINE = _FIELDS = "ABCD"
# Of a paragraph that matches where the statement does not so many words are shown.
PASSAGE_WORDS = 16
_BY_LENGTH = 1  # a rank is divided by one more than the logarithm of how many words there are
# What is new waits in a list, which every search reads through, until there are so many kilobytes: to put in the words
# of several articles together takes a third of the time.
_WAITING_KB = 256
# Among so many of the latest statements one word is looked for first: what one in fifty has is there often enough.
_FIRST_LATEST = 100_000
# Blanks part words as they are.
_SIGNS = APART.replace(r"\u0001-/", r"\u0001-\u001f!-/")
# No more of a text is looked into, since a vector holds a megabyte, and no longer words, since it holds 2,046 bytes.
_MOST_CHARS, _LONGEST_WORD = 50_000, 255
# Capitals of whatever script are known to ICU, which a server may be built without; else to the database's own locale.
_HAS_ICU = "SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'"

# What is made, in this order, one statement after a blank line each.
_MADE = r"""
CREATE TEXT SEARCH DICTIONARY word_stems (TEMPLATE = snowball, LANGUAGE = porter)

CREATE TEXT SEARCH CONFIGURATION statement_words (PARSER = "default")

ALTER TEXT SEARCH CONFIGURATION statement_words
ADD MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, int, uint, float, sfloat, version WITH word_stems

CREATE FUNCTION plain_words(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(
    regexp_replace(regexp_replace(normalize(words, NFKD), '[{accents}]+', '', 'g'), '[{signs}]+', ' ', 'g'){icu}
)

CREATE FUNCTION words_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('statement_words', left(plain_words(coalesce(words, '')), {most}))

CREATE FUNCTION words_query(template text, terms text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsquery('statement_words', format(template, VARIADIC ARRAY(
    SELECT coalesce(nullif(regexp_replace(plain_words(term), '[^ ]{{{longest}}}[^ ]*', ' ', 'g'), ''), '_')
    FROM unnest(terms) WITH ORDINALITY AS given(term, place) ORDER BY place)))

CREATE VIEW statement_texts AS
SELECT s.id, s.article_id, s.content,
       (SELECT string_agg(substr(whole.text, p.start_char + 1, p.end_char - p.start_char), ' ' ORDER BY p.position)
        FROM paragraphs p
        WHERE p.article_id = s.article_id AND p.start_char < here.end_char AND p.end_char > here.start_char) AS around,
       coalesce(s.speaker, '') || ' ' || coalesce(s.speaker_proper, '') AS speaker, a.title AS headline
FROM articles a
     CROSS JOIN LATERAL (SELECT a.text || '' AS text OFFSET 0) whole -- unpacked once, and not for each paragraph
     JOIN statements s ON s.article_id = a.id
     CROSS JOIN LATERAL (SELECT (s.content_spans #>> '{{0,0}}')::integer AS start_char,
                                (s.content_spans #>> '{{-1,1}}')::integer AS end_char OFFSET 0) here
WHERE a.superseded_by IS NULL

CREATE VIEW statement_vectors AS
SELECT id AS statement_id, article_id,
       setweight(words_vector(content), 'A') || setweight(words_vector(speaker), 'B')
       || setweight(words_vector(around), 'C') || setweight(words_vector(headline), 'D') AS words
FROM statement_texts

CREATE TABLE statement_words (
    statement_id bigint CONSTRAINT statement_words_key PRIMARY KEY
        CONSTRAINT statement_words_statement_id_is_in_statements REFERENCES statements ON DELETE CASCADE,
    words tsvector NOT NULL
)

CREATE FUNCTION build_words() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    DROP INDEX IF EXISTS statement_words_words;
    TRUNCATE statement_words;
    INSERT INTO statement_words SELECT statement_id, words FROM statement_vectors;
    CREATE INDEX statement_words_words ON statement_words USING gin (words) WITH (gin_pending_list_limit = {waiting});
END $$

SELECT build_words()

CREATE FUNCTION words_of_statement() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM statement_words WHERE statement_id = new.id;
    INSERT INTO statement_words SELECT statement_id, words FROM statement_vectors WHERE statement_id = new.id;
    RETURN NULL;
END $$

CREATE TRIGGER words_of_changed_statement
AFTER UPDATE OF content, content_spans, speaker, speaker_proper ON statements
FOR EACH ROW EXECUTE FUNCTION words_of_statement()

CREATE FUNCTION words_of_article() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM statement_words WHERE statement_id IN (SELECT id FROM statements WHERE article_id = new.id);
    INSERT INTO statement_words SELECT statement_id, words FROM statement_vectors WHERE article_id = new.id;
    RETURN NULL;
END $$

CREATE TRIGGER words_of_changed_article
AFTER UPDATE OF title, text, superseded_by ON articles
FOR EACH ROW EXECUTE FUNCTION words_of_article()
"""
_ADD = "INSERT INTO statement_words SELECT statement_id, words FROM statement_vectors"

_WORDS = table("statement_words", column("statement_id", BigInteger), column("words", TSVECTOR))
_TEXTS = table("statement_texts", column("id", BigInteger), column("content", Words), column("around", Words))


def create_words(connection: Connection) -> None:
    """The functions, the views, the index and the triggers, in a database that has the tables; empty as they are.

    Raises RecordError for a server that is too old.
    """
    version = connection.dialect.server_version_info or ()
    if version < (OLDEST_SERVER,):
        number = ".".join(map(str, version))
        raise RecordError(f"the server is PostgreSQL {number}; a record needs {OLDEST_SERVER} or a newer one")
    icu = ' COLLATE "und-x-icu"' if connection.exec_driver_sql(_HAS_ICU).scalar_one() else ""
    limits = {"most": _MOST_CHARS, "longest": _LONGEST_WORD, "waiting": _WAITING_KB}
    made = _MADE.format(signs=_SIGNS, accents=ACCENTS, icu=icu, **limits)
    for statement in made.strip().split("\n\n"):
        connection.exec_driver_sql(statement)


class PostgresqlWords:
    """The index, asked. See `words.WordIndex`."""

    __slots__ = ()
    # A rank takes 4 µs, several times what it takes in SQLite.
    most_ranked = 2_000

    def add(self, connection: Connection, article_id: int) -> None:
        """Takes in the statements of an article that is new."""
        connection.execute(text(f"{_ADD} WHERE article_id = :article_id"), {"article_id": article_id})

    def add_statements(self, connection: Connection, ids: Sequence[int]) -> None:
        """Takes in single statements that are new."""
        connection.execute(text(f"{_ADD} WHERE statement_id = ANY(:ids)"), {"ids": list(ids)})

    def matching(
        self, connection: Connection, query: Query, *, names: Sequence[str] = (), at_most: int | None = None
    ) -> Select[tuple[int, float]]:
        """Ids and ranks, by ts_rank, of the statements that match anywhere; of more than `at_most` the latest."""
        query = _completed(connection, query)
        found = [
            select(_WORDS.c.statement_id.label("id")).where(_matches(part, names=names, fields=_FIELDS))
            for part in _parted(query)
        ]
        # Of several words together few statements have all, and these are found at once.
        size = _FIRST_LATEST if len(query.groups) == 1 else None
        latest = _numbers(_latest(connection, found, at_most=at_most, size=size)) if at_most else None
        one = union(*found).subquery() if latest is None else latest
        weights = cast(list(WEIGHTS), ARRAY(REAL))
        rank = func.ts_rank(weights, _WORDS.c.words, _asked(Query(query.groups), fields=_FIELDS), _BY_LENGTH)
        # As double, which is what Python has: a page goes on behind the very number that it ended with.
        ranked = select(-cast(rank, Float(53))).where(_WORDS.c.statement_id == one.c.id).scalar_subquery()
        return select(one.c.id, ranked.label("rank"))

    def about(self, connection: Connection, query: Query, *, names: Sequence[str] = ()) -> Select[tuple[int]]:
        """Ids of the statements that match by what is said or by the paragraph around it."""
        those = _matches(_completed(connection, query), names=names, fields=_CONTENT + _AROUND)
        return select(_WORDS.c.statement_id.label("id")).where(those)

    def marked(
        self, connection: Connection, query: Query, ids: Sequence[int], *, marks: tuple[str, str]
    ) -> dict[int, tuple[str, str]]:
        """The content, and a passage of the paragraph, of those of these statements that match, with the marks."""
        those = _matches(_completed(connection, query), fields=_FIELDS) & _WORDS.c.statement_id.in_(ids)
        rows = connection.execute(select(_TEXTS).join(_WORDS, _WORDS.c.statement_id == _TEXTS.c.id).where(those)).all()
        words = {word for row in rows for written in (row.content, row.around) for word in words_in(written)}
        sought = Sought.of(query, stem=lambda more: _stems(connection, words | more))
        return {
            row.id: (
                highlighted(row.content, sought, marks=marks),
                passage_of(row.around or "", sought, marks=marks, n_words=PASSAGE_WORDS),
            )
            for row in rows
        }


def _completed(connection: Connection, query: Query) -> Query:
    """The query with what else a prefix may begin: words of which the stem ends before the prefix does.

    Each such word is a term more to look for in every statement, so that no other is put in.
    """
    begun = {term for group in (*query.groups, query.without) for term in group if term.prefix}
    if not begun:
        return query
    stems = _stems(connection, {f"{_last(term)}{ending}" for term in begun for ending in ("", *ENDINGS)})

    def completed(terms: Iterable[Term]) -> tuple[Term, ...]:
        return tuple(one for term in terms for one in (term, *(_endings(term, stems) if term.prefix else ())))

    return Query(tuple(map(completed, query.groups)), completed(query.without))


def _endings(term: Term, stems: Mapping[str, str]) -> Iterator[Term]:
    """One term for each stem, that does not begin with the prefix, of a word that does."""
    last = _last(term)
    words = {stems[f"{last}{ending}"]: f"{term.words}{ending}" for ending in ENDINGS}
    yield from (Term(word) for stem, word in words.items() if not stem.startswith(stems[last]))


def _last(term: Term) -> str:
    return (words_in(term.words) or [term.words])[-1]


def _parted(query: Query) -> tuple[Query, ...]:
    """Queries that together find the same: into what may hold a phrase the server looks itself, row by row.

    So where there may be a phrase or single words, the single words are asked for by themselves.
    """
    for place, group in enumerate(query.groups):
        phrases = tuple(term for term in group if len(words_in(term.words)) > 1)
        others = tuple(term for term in group if term not in phrases)
        if phrases and others:
            groups = query.groups
            return tuple(
                replace(query, groups=(*groups[:place], part, *groups[place + 1 :])) for part in (others, phrases)
            )
    return (query,)


def _latest(
    connection: Connection, found: Sequence[Select[tuple[int]]], *, at_most: int, size: int | None
) -> list[int]:
    """The highest numbers that any of the questions finds, not more than so many.

    Looked for among the latest statements first, so many if that is said: the more have a word, the fewer have to be
    gone through.
    """
    ids: list[int] = []
    last = connection.scalar(select(func.max(_WORDS.c.statement_id))) or 0
    size = size or last
    while last > 0 and len(ids) < at_most:
        here = _WORDS.c.statement_id.between(last - size + 1, last)
        every = union(*(one.where(here) for one in found)).subquery()
        # By the number itself PostgreSQL would go through all statements from the last one on, and look into each.
        in_order = select(every.c.id).order_by((every.c.id + 0).desc())
        ids += connection.scalars(in_order.limit(at_most - len(ids)))
        last, size = last - size, 10 * size
    return ids


def _numbers(ids: Sequence[int]) -> TableValuedAlias:
    return func.unnest(cast(list(ids), ARRAY(BigInteger))).table_valued("id").render_derived()


def _matches(query: Query, *, names: Sequence[str] = (), fields: str) -> ColumnElement[bool]:
    """Whether a statement matches; it is looked for by telling words alone where words have to stand in a row."""
    matches = _WORDS.c.words.bool_op("@@")
    strictly = matches(_asked(query, names=names, fields=fields))
    if not any(len(words_in(term.words)) > 1 for group in query.groups for term in group):
        return strictly
    # "The" is everywhere: to go through its places takes longer than to look into whatever has the other word.
    return matches(_asked(Query(query.groups), names=names, fields=fields, in_a_row=False)) & strictly.is_(true())


def _asked(query: Query, *, names: Sequence[str] = (), fields: str, in_a_row: bool = True) -> ColumnElement[str]:
    """The query, and one of these names for the speaker's, as PostgreSQL understands it.

    It is a template: whatever was typed stands beside it and is put in by the database when it is plain words, so that
    nothing in it can be syntax. Not `in_a_row`, the telling ones of a term's words may stand anywhere.
    """
    terms: list[str] = []
    written = _written if in_a_row else _anywhere
    parts = [" | ".join(written(term, terms, fields=fields) for term in group) for group in query.groups]
    if 0 < len(names) <= MAX_NAMES:
        parts.append(" | ".join(_written(Term(name), terms, fields=_SPEAKER) for name in names))
    parts += [f"!({_written(term, terms, fields=fields)})" for term in query.without]
    template = " & ".join(f"({part})" for part in parts)
    return func.words_query(template, cast(terms, ARRAY(Text)), type_=TSQUERY)


def _written(term: Term, terms: list[str], *, fields: str) -> str:
    """A term as it stands in the template; its words join the others. A phrase has to be within one of the fields."""
    *before, last = words_in(term.words) or [term.words]
    terms.append(last)
    end, row = f"%{len(terms)}$s", ""
    if before:
        terms.append(" ".join(before))
        row = f"%{len(terms)}$s"
    within = tuple(fields) if before else ("" if fields == _FIELDS else fields,)
    return " | ".join(
        (f"{_operand(row, within=place)} <-> " if row else "") + _operand(end, within=place, may_go_on=term.prefix)
        for place in within
    )


def _anywhere(term: Term, terms: list[str], *, fields: str) -> str:
    """The telling words of a term as they stand in the template."""
    words = words_in(term.words) or [term.words]
    within, some = "" if fields == _FIELDS else fields, telling(words)
    first = len(terms)
    terms.extend(some)
    operands = [
        _operand(f"%{first + n}$s", within=within, may_go_on=term.prefix and word is words[-1])
        for n, word in enumerate(some, start=1)
    ]
    return f"({' & '.join(operands)})"


def _operand(words: str, *, within: str, may_go_on: bool = False) -> str:
    return f"'{words}':{'*' if may_go_on else ''}{within}" if may_go_on or within else f"'{words}'"


def _stems(connection: Connection, words: Iterable[str]) -> dict[str, str]:
    """Each of the words with what it is compared by."""
    given = func.unnest(cast(sorted(words), ARRAY(Text))).column_valued("word")
    stem = func.array_to_string(func.ts_lexize(literal_column("'word_stems'"), func.plain_words(given)), "")
    return {row[0]: row[1] for row in connection.execute(select(given, stem))}

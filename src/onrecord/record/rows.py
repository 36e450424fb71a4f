"""An article as rows, and the article again from its rows: the same in every field, to the character.

Whether it is new, changed or a copy is decided elsewhere; here it is only taken apart and put together.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, select, update

from onrecord.article import Article, CommentRequest, Hyperlink, Markup, Paragraph, ParagraphKind
from onrecord.record import schema
from onrecord.record.columns import NUL_STAND_IN
from onrecord.record.inserting import insert_rows
from onrecord.span import Span, spoken
from onrecord.statement import Act, Days, Form, KnownBy, Speaker, SpeakerKind, Statement, Vector, Via, ViaRole

Values = dict[str, Any]
Found = Row[Any]


def article_values(article: Article) -> Values:
    """What the article's own row holds of it."""
    return {
        "name": written(article.id),
        "source": written(article.source),
        "url": article.url,
        "outlet": article.outlet,
        "domain": article.domain,
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "fetched": article.fetched,
        "record_id": article.record_id,
        "text": article.text,
    }


def written(name: str) -> str:
    """A path as it can be written down: bytes in it that are no UTF-8, and what is no character, become escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").replace(NUL_STAND_IN, r"\ufdd0")


def insert_parts(connection: Connection, article: Article, *, article_id: int) -> None:
    """Everything of the article that is not in its own row."""
    _insert_in_order(connection, schema.paragraphs, map(_paragraph_values, article.paragraphs), article_id=article_id)
    _insert_in_order(connection, schema.links, map(_link_values, article.links), article_id=article_id)
    _insert_beside(connection, article, article_id=article_id)
    statements = (statement_values(statement, article.text) for statement in article.statements)
    _insert_in_order(connection, schema.statements, statements, article_id=article_id)
    _insert_between(connection, article.statements, article_id=article_id)


def replace_beside(connection: Connection, article: Article, *, article_id: int) -> None:
    """What reading found besides statements, in the place of what was found before."""
    for table in (schema.comment_requests, schema.cited_outlets):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    _insert_beside(connection, article, article_id=article_id)


def _insert_beside(connection: Connection, article: Article, *, article_id: int) -> None:
    requests = map(_request_values, article.comment_requests)
    _insert_in_order(connection, schema.comment_requests, requests, article_id=article_id)
    cited = ({"name": name} for name in article.cited_outlets)
    _insert_in_order(connection, schema.cited_outlets, cited, article_id=article_id)


def _insert_in_order(connection: Connection, table: Table, values: Iterable[Values], *, article_id: int) -> None:
    insert_rows(connection, table, [{"article_id": article_id, "position": n, **v} for n, v in enumerate(values)])


def _insert_between(connection: Connection, statements: Sequence[Statement], *, article_id: int) -> None:
    """What points to statements: vias, vectors, the inner ones to their parents, answers to their questions."""
    if not statements:
        return
    ids = _statement_ids(connection, article_id)
    vias = [
        {"statement_id": ids[n], "position": place, **via_values(via)}
        for n, statement in enumerate(statements)
        for place, via in enumerate(statement.via)
    ]
    insert_rows(connection, schema.vias, vias)
    insert_vectors(connection, {ids[n]: statement.vector for n, statement in enumerate(statements)})
    pointing = [
        {"this": ids[n], "parent_id": _id_at(s.parent, ids), "answers_id": _id_at(s.answers, ids)}
        for n, s in enumerate(statements)
        if s.parent is not None or s.answers is not None
    ]
    if pointing:
        connection.execute(update(schema.statements).where(schema.statements.c.id == bindparam("this")), pointing)


def _statement_ids(connection: Connection, article_id: int) -> list[int]:
    """The statements' ids by their position."""
    table = schema.statements
    query = select(table.c.id).where(table.c.article_id == article_id).order_by(table.c.position)
    return list(connection.scalars(query))


def _id_at(position: int | None, ids: Sequence[int]) -> int | None:
    return None if position is None else ids[position]


def _paragraph_values(paragraph: Paragraph) -> Values:
    markup = paragraph.markup.value if paragraph.markup else None
    return {**_place_values(paragraph.span), "kind": paragraph.kind.value, "markup": markup}


def _link_values(link: Hyperlink) -> Values:
    return {**_place_values(link.span), "address": link.address}


def _request_values(request: CommentRequest) -> Values:
    return {
        **_place_values(request.span),
        "asked_by": request.by,
        "asked": list(request.of),
        "medium": request.medium,
        "answered": request.answered,
    }


def statement_values(statement: Statement, text: str) -> Values:
    """What a statement's row has of it, but for those that it points to."""
    said = statement.said
    return {
        "source": spoken(text, statement.source) or None,
        "cue": spoken(text, statement.cue) or None,
        "content": spoken(text, statement.content),
        "source_spans": _pairs(statement.source),
        "cue_spans": _pairs(statement.cue),
        "content_spans": _pairs(statement.content),
        **_speaker_values(statement.speaker),
        "form": statement.form.value if statement.form else None,
        "act": statement.act.value,
        "said_start": said.start if said else None,
        "said_end": said.end if said else None,
        "when_span": _pairs((statement.when,))[0] if statement.when else None,
        "confidence": statement.confidence,
    }


def _speaker_values(speaker: Speaker | None) -> Values:
    return {
        "speaker": speaker.name if speaker else None,
        "speaker_kind": speaker.kind.value if speaker else None,
        "speaker_known_by": speaker.known_by.value if speaker else None,
        "speaker_proper": speaker.proper if speaker else None,
        "speaker_confidence": speaker.confidence if speaker else None,
    }


def via_values(via: Via) -> Values:
    """What a via's row has of it."""
    place = _place_values(via.span) if via.span else {"start_char": None, "end_char": None}
    return {"name": via.name, "role": via.role.value, "proper": via.proper, **place}


def insert_vectors(connection: Connection, vectors: Mapping[int, Vector | None]) -> None:
    """What statements mean, by their numbers."""
    rows = [
        {"projection": vector.projection, "cell": vector.cell, "statement_id": number, "numbers": vector.numbers}
        for number, vector in vectors.items()
        if vector is not None
    ]
    insert_rows(connection, schema.vectors, rows)


def _place_values(span: Span) -> Values:
    return {"start_char": span.start, "end_char": span.end}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def article_of(connection: Connection, row: Found) -> Article:
    """The article whose row, all columns of it, this is, with its statements as they were read."""
    return articles_of(connection, [row])[0]


def articles_of(connection: Connection, rows: Sequence[Found]) -> list[Article]:
    """The same for several rows, in their order; each table is asked once for all of them."""
    ids = [row.id for row in rows]
    firsts = _names_of_firsts(connection, rows)
    statements = _statements(connection, ids)
    paragraphs, links, requests, cited = (
        _parts(connection, table, ids)
        for table in (schema.paragraphs, schema.links, schema.comment_requests, schema.cited_outlets)
    )
    return [
        Article(
            id=row.name,
            text=row.text,
            source=row.source,
            outlet=row.outlet,
            title=row.title,
            authors=tuple(row.authors),
            published=row.published,
            published_at=datetime.fromisoformat(row.published_at) if row.published_at else None,
            url=row.url,
            domain=row.domain,
            language=row.language,
            copy_of=None if row.copy_group == row.id else firsts.get(row.copy_group),
            fetched=row.fetched,
            record_id=row.record_id,
            paragraphs=tuple(map(_paragraph, paragraphs[row.id])),
            links=tuple(Hyperlink(_place(part), part.address) for part in links[row.id]),
            statements=statements[row.id],
            comment_requests=tuple(map(_request, requests[row.id])),
            cited_outlets=tuple(part.name for part in cited[row.id]),
        )
        for row in rows
    ]


def _names_of_firsts(connection: Connection, rows: Iterable[Found]) -> dict[int, str]:
    """By their numbers, the names of the articles that these are copies of."""
    firsts = {row.copy_group for row in rows if row.copy_group not in {None, row.id}}
    if not firsts:
        return {}
    articles = schema.articles
    query = select(articles.c.id, articles.c.name).where(articles.c.id.in_(firsts))
    return {row.id: row.name for row in connection.execute(query)}


def _parts(connection: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[Found]]:
    """What the table has of these articles, by article."""
    found: dict[int, list[Found]] = {number: [] for number in ids}
    query = select(table).where(table.c.article_id.in_(ids)).order_by(table.c.article_id, table.c.position)
    for row in connection.execute(query):
        found[row.article_id].append(row)
    return found


def _statements(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Statement, ...]]:
    """The statements of these articles, by article."""
    rows = _parts(connection, schema.statements, ids)
    position_of = {row.id: row.position for parts in rows.values() for row in parts}
    vias: dict[int, list[Via]] = {number: [] for number in position_of}
    query = (
        select(schema.vias)
        .join(schema.statements, schema.statements.c.id == schema.vias.c.statement_id)
        .where(schema.statements.c.article_id.in_(ids))
        .order_by(schema.vias.c.statement_id, schema.vias.c.position)
    )
    for via in connection.execute(query):
        vias[via.statement_id].append(via_of(via))
    return {
        number: tuple(statement_of(row, vias=vias[row.id], position_of=position_of) for row in parts)
        for number, parts in rows.items()
    }


def via_of(row: Found) -> Via:
    """The via whose row this is."""
    place = None if row.start_char is None else _place(row)
    return Via(row.name, ViaRole(row.role), place, row.proper)


def statement_of(row: Found, *, vias: Sequence[Via], position_of: Mapping[int, int]) -> Statement:
    """The statement whose row this is; of those that it points to the positions have to be known."""
    return Statement(
        content=_spans(row.content_spans),
        source=_spans(row.source_spans),
        cue=_spans(row.cue_spans),
        speaker=_speaker(row),
        form=Form(row.form) if row.form else None,
        act=Act(row.act),
        via=tuple(vias),
        said=Days(row.said_start, row.said_end) if row.said_start else None,
        when=Span(*row.when_span) if row.when_span else None,
        parent=position_of.get(row.parent_id),
        answers=position_of.get(row.answers_id),
        confidence=row.confidence,
    )


def _speaker(row: Found) -> Speaker | None:
    if row.speaker is None:
        return None
    return Speaker(
        row.speaker,
        SpeakerKind(row.speaker_kind),
        known_by=KnownBy(row.speaker_known_by),
        proper=row.speaker_proper,
        confidence=row.speaker_confidence,
    )


def _paragraph(row: Found) -> Paragraph:
    return Paragraph(_place(row), ParagraphKind(row.kind), Markup(row.markup) if row.markup else None)


def _request(row: Found) -> CommentRequest:
    return CommentRequest(row.asked_by, tuple(row.asked), row.medium, row.answered, _place(row))


def _place(row: Found) -> Span:
    return Span(row.start_char, row.end_char)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)

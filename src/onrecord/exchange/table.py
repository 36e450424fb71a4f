"""The statements of articles as CSV, one statement a row, complete enough to be counted without the articles.

RFC 4180: rows end with CR LF, cells are quoted where they need it, and no text cell holds a line break, so that
spreadsheets and pandas read it alike. A text cell that a spreadsheet would take for a formula (it starts with one of
= + - @ and goes on) gets an apostrophe in front, the spreadsheets' own sign for "this is text".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.article import Article
from onrecord.exchange.wording import chain_names
from onrecord.span import Span, spoken
from onrecord.statement import Statement

COLUMNS = (
    "article",
    "source_path",
    "outlet",
    "title",
    "published",
    "statement",
    "parent",
    "answers",
    "speaker",
    "speaker_kind",
    "source",
    "cue",
    "content",
    "form",
    "act",
    "via",
    "said_start",
    "said_end",
    "confidence",
    "content_start",
    "content_end",
    "known_by",
    "speaker_confidence",
    "proper",
    "chain",
    "when",
)

Cell = str | int | float | None

FORMULA = re.compile(r"[=+\-@].")


def to_table(articles: Iterable[Article]) -> Iterator[str]:
    """The line of column names, then one line a statement, each with its end; "" where nothing is known."""
    yield csv_line(COLUMNS)
    for article in articles:
        yield from (csv_line(statement_cells(article, index)) for index in range(len(article.statements)))


def statement_cells(article: Article, index: int) -> tuple[Cell, ...]:
    """The row of one of the article's statements."""
    statement = article.statements[index]
    return (
        *_article_cells(article),
        index,
        *_statement_cells(statement, article.text),
        *_later_cells(statement, article),
    )


def _article_cells(article: Article) -> tuple[Cell, ...]:
    published = article.published.isoformat() if article.published else None
    return (
        text_cell(article.id),
        text_cell(article.source),
        text_cell(article.outlet),
        text_cell(article.title),
        published,
    )


def _statement_cells(statement: Statement, text: str) -> tuple[Cell, ...]:
    speaker, said = statement.speaker, statement.said
    return (
        statement.parent,
        statement.answers,
        text_cell(speaker.name) if speaker else None,
        speaker.kind if speaker else None,
        _words(text, statement.source),
        _words(text, statement.cue),
        _words(text, statement.content),
        statement.form,
        statement.act,
        text_cell("; ".join(f"{via.name} ({via.role})" for via in statement.via)),
        said.start.isoformat() if said else None,
        said.end.isoformat() if said else None,
        round(statement.confidence, 3),
        statement.content[0].start,
        statement.content[-1].end,
    )


def _later_cells(statement: Statement, article: Article) -> tuple[Cell, ...]:
    """The columns that came later; they stand at the end, so that a program which counts columns goes on working."""
    speaker = statement.speaker
    return (
        speaker.known_by if speaker else None,
        round(speaker.confidence, 3) if speaker else None,
        text_cell(speaker.proper) if speaker else None,
        text_cell(" → ".join(chain_names(statement, article))),
        _words(article.text, (statement.when,)) if statement.when else None,
    )


def _words(text: str, spans: tuple[Span, ...]) -> str | None:
    return text_cell(spoken(text, spans))


def text_cell(words: str | None) -> str:
    """The words in one line, so that no spreadsheet takes them for a formula; "" where nothing is known."""
    line = " ".join((words or "").split())
    return f"'{line}" if FORMULA.match(line) else line


def csv_line(cells: Sequence[Cell]) -> str:
    """One row with its end."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()

"""JSON Lines of our own, read back: whole articles with their statements, or statements, as `onrecord export` has them.

A line that is wrong costs the article that it belongs to and no other: an article is taken with all of its statements
or not at all. What a field that nobody knows holds is not used, and that is said once a file on the logger "onrecord".
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, shown
from onrecord.exchange.fields import Fields
from onrecord.exchange.parsed import article_of, check_pointers, statement_of
from onrecord.intake.text import decoded
from onrecord.record.importing import Imported
from onrecord.record.stored import NOT_STATED, Beside
from onrecord.statement import Statement

_LOG = logging.getLogger("onrecord")
_BOM = b"\xef\xbb\xbf"
# What follows from other fields.
_FOLLOWS = frozenset((
    *("article", "article_id", "path", "outlet", "domain", "title", "published", "url", "copy_of", "superseded"),
    *("statement_id", "source_words", "cue_words", "words", "chain", "model", "findings"),
))  # fmt: skip
_NO_ARTICLE = (
    "the article that this statement is in is not in the file, or not before it; "
    "only an export of all statements makes articles again"
)
Key = tuple[str | None, int | None]


@dataclass(frozen=True, slots=True)
class _Begun:
    """An article of which statements are still to come, and the line on which it began."""

    key: Key
    line: int
    imported: Imported
    n_statements: int
    statements: list[Statement] = field(default_factory=list)

    def ended(self) -> Imported:
        """The article with all its statements."""
        check_pointers(self.statements)
        return replace(self.imported, article=replace(self.imported.article, statements=tuple(self.statements)))


@dataclass(slots=True)
class _File:
    """A file while it is read; `failed` is the article of which one line was wrong, so that the others are passed."""

    source: str
    begun: _Begun | None = None
    failed: Key | None = None
    unused: set[str] = field(default_factory=set)

    def bad(self, line: int, error: object) -> InputError:
        """What is wrong with a line."""
        outcome = error.outcome if isinstance(error, InputError) else Outcome.BAD_ARTICLE
        return InputError(f"line {line}: {error}", source=self.source, outcome=outcome)

    def broken_off(self) -> Iterator[InputError]:
        """That statements are missing from the article that has begun, if one has."""
        begun, self.begun = self.begun, None
        if begun is not None:
            found = f"{len(begun.statements)} of the {begun.n_statements} statements of {shown(begun.key[0])}"
            yield self.bad(begun.line, f"here begin {found}; the others are missing, so that it was not taken")


def imported_of(lines: Iterable[bytes], *, source: str) -> Iterator[Imported | InputError]:
    """An article, or an error, for each article in the lines."""
    file, first = _File(source), True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if first and not line.removeprefix(_BOM).lstrip().startswith(b"{"):
            yield file.bad(number, f"not JSON Lines, which begin with {{: {shown(line[:80])}")
            return
        first = False
        yield from _line(line, number, file=file)
    yield from file.broken_off()
    if first:
        yield InputError("nothing to import: there is no article in the file", source=source, outcome=Outcome.EMPTY)
    if file.unused:
        _LOG.warning("%s: fields that were not used: %s", source, ", ".join(sorted(file.unused)))


def _line(line: bytes, number: int, *, file: _File) -> Iterator[Imported | InputError]:
    """What a line ends: nothing, where an article goes on behind it."""
    try:
        fields = Fields.of_line(decoded(line, source=file.source))
        if "text" in fields:
            yield from file.broken_off()
            yield _whole(fields)
        elif "content" in fields:
            yield from _statement(fields, number, file=file)
        else:
            names = shown(", ".join(fields.values))
            raise ValueError(f'neither an article with a "text" nor a statement with a "content", but {names}')
        file.unused |= fields.unasked() - _FOLLOWS
    except (ValueError, InputError) as error:
        if file.begun is not None:
            file.failed, file.begun = file.begun.key, None
        yield file.bad(number, error)


def _whole(fields: Fields) -> Imported:
    """The article of a line, its statements inside."""
    if "statements" not in fields:
        raise ValueError("an article that has not been read, as it has no statements; `onrecord add` reads it")
    article = article_of(fields)
    statements = tuple(statement_of(one, text=article.text) for one in fields.inners("statements"))
    check_pointers(statements)
    return _imported(fields, replace(article, statements=statements))


def _statement(fields: Fields, number: int, *, file: _File) -> Iterator[Imported | InputError]:
    """The article that ends with this statement, if it does."""
    key = (fields.string("article"), fields.integer("article_id"))
    head = fields.inner("article_fields")
    if head is None and key == file.failed:
        return
    if head is not None or (file.begun and file.begun.key != key):
        yield from file.broken_off()
    if head is not None:
        file.failed = key  # unless what comes now goes well
        file.begun = _Begun(key, number, _imported(head, article_of(head)), head.integer("n_statements") or 1)
    elif file.begun is None:
        file.failed = key
        raise ValueError(_NO_ARTICLE)
    begun = file.begun
    place = fields.integer("position")
    if place != len(begun.statements):
        raise ValueError(f'"position" should be {len(begun.statements)}, that of the next statement, not {place}')
    begun.statements.append(statement_of(fields, text=begun.imported.article.text))
    file.failed = None
    if len(begun.statements) == begun.n_statements:
        file.begun = None
        yield begun.ended()


def _imported(fields: Fields, article: Article) -> Imported:
    beside = Beside(fields.string("program") or NOT_STATED, fields.string("place"), fields.strings("addresses"))
    fields.truth("superseded")
    return Imported(article, fields.string("model") or NOT_STATED, beside)

"""Paths, addresses and standard input to articles.

Every input ends with its articles, each article with one outcome, and what cannot be one is an error with its reason.
What a file is decides what becomes of it: a page, a plain text and a PDF are an article each; JSON Lines, a feed, a
list of feeds and a web archive hold many; a folder is all the files below it. Nothing is raised that concerns one
input alone, so a bad file never stops the others, and of an input with many articles no more is held than one.
"""

# ruff: noqa: PLC0415 - what only pages, PDFs, feeds and archives need is imported when there is one

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, cast

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, faults_as_input_errors
from onrecord.intake.document import Document
from onrecord.intake.domains import registered_domain
from onrecord.intake.duplicates import Seen
from onrecord.intake.folders import files_in, not_readable
from onrecord.intake.jsonl import articles_of, is_article_line
from onrecord.intake.language import require_english
from onrecord.intake.plain.article import article_from_text
from onrecord.intake.sniff import BEGINNING_BYTES, Kind, kind_of
from onrecord.intake.streams import first_lines, lines_of, whole
from onrecord.intake.text import decoded

if TYPE_CHECKING:
    from onrecord.intake.fetch import Fetcher

STANDARD_INPUT = "-"
_SCHEMES = ("http://", "https://")
_JSONL_SUFFIXES = (".jsonl", ".ndjson")
_PACKED_SUFFIXES = (".gz", ".zst", ".zstd")
_ARCHIVE_SUFFIX = ".warc"
_OF_MANY = frozenset({Kind.FEED, Kind.FEED_LIST, Kind.ARCHIVE})


def read_inputs(
    inputs: Sequence[str], *, published: date | None = None, fetcher: "Fetcher | None" = None
) -> Iterator[Article | InputError]:
    """The articles of paths, of addresses, and of "-", standard input, in their order.

    `published` serves those that state no date. `fetcher` is for addresses, those in feeds included; without one they
    are errors. An article that came before, by its address, is an error too; a copy of an earlier text says so.
    """
    seen, run = Seen(), _Run(published, fetcher)
    for source in inputs:
        for taken in run.taken(source):
            try:
                yield taken if isinstance(taken, InputError) else seen.place(taken)
            except InputError as error:
                yield error


def is_address(source: str) -> bool:
    """Whether an input is an address, rather than a path or standard input."""
    return source.lower().startswith(_SCHEMES)


def articles_in(document: Document) -> Iterator[Article | InputError]:
    """The article in a document, a page, a text or a PDF, or the error that it ends with."""
    try:
        with faults_as_input_errors(document.source):
            article = require_english(_article(document))
        yield article
    except InputError as error:
        yield error


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for all inputs of one call, and the way from each to its articles."""

    published: date | None
    fetcher: "Fetcher | None"

    def taken(self, source: str) -> Iterator[Article | InputError]:
        """The articles of one input, errors in their places; raises none."""
        try:
            if source == STANDARD_INPUT:
                stdin = cast(io.BufferedIOBase, sys.stdin.buffer)
                yield from self._in_stream(stdin, self._about(source, id="stdin"))
            elif is_address(source):
                yield from self._at_address(source)
            elif _is_folder(source):
                yield from self._in_folder(Path(source))
            else:
                yield from self._in_file(source)
        except InputError as error:
            yield error

    def _about(self, source: str, *, id: str) -> Document:
        """What is known of a document before its bytes."""
        return Document(b"", source, id, published=self.published)

    def _in_folder(self, folder: Path) -> Iterator[Article | InputError]:
        for found in files_in(folder):
            try:
                if isinstance(found, InputError):
                    raise found
                yield from self._in_file(str(found))
            except InputError as error:
                yield error

    def _in_file(self, source: str) -> Iterator[Article | InputError]:
        path = PurePath(source)
        try:
            with _opened(source) as stream:
                yield from self._in_stream(stream, self._about(source, id=path.stem), suffix=path.suffix)
        except OSError as error:
            raise not_readable(source, error) from error

    def _at_address(self, source: str) -> Iterator[Article | InputError]:
        page = self._given_fetcher(source).get(source)
        about = replace(page, data=b"", published=page.published or self.published)
        return self._in_stream(io.BytesIO(page.data), about, suffix=PurePath(page.id).suffix)

    def _in_stream(
        self, stream: io.BufferedIOBase, about: Document, *, suffix: str = "", is_unpacked: bool = False
    ) -> Iterator[Article | InputError]:
        """The articles in the bytes of a stream; `suffix` is that of the file's name."""
        is_jsonl = suffix.lower() in _JSONL_SUFFIXES
        lines = first_lines(stream, is_jsonl=is_jsonl)
        if is_jsonl or is_article_line(lines[-1]):
            every_line = chain(lines, lines_of(stream))
            articles = articles_of(every_line, source=about.source, stem=about.id, published=about.published)
            yield from map(_in_english, articles)
            return
        beginning = b"".join(lines)
        beginning += stream.read(max(0, BEGINNING_BYTES - len(beginning)))
        match kind_of(beginning):
            case Kind.PACKED if not is_unpacked:
                yield from self._in_packed(stream, about, beginning=beginning, suffix=suffix)
            case Kind.ARCHIVE:
                yield from self._in_archive(stream, about, beginning=beginning)
            case Kind.FEED:
                yield from self._in_feed(replace(about, data=whole(stream, beginning)))
            case Kind.FEED_LIST:
                yield from self._in_feeds(replace(about, data=whole(stream, beginning)))
            case _:
                yield from articles_in(replace(about, data=whole(stream, beginning)))

    def _in_packed(
        self, stream: io.BufferedIOBase, about: Document, *, beginning: bytes, suffix: str
    ) -> Iterator[Article | InputError]:
        from onrecord.intake.packed import DICTIONARY, Unpacked, opening_of

        opening = opening_of(beginning)
        inside, inner_suffix = _without_suffix(about, suffix)
        is_damaged_archive = not opening and inner_suffix.lower() == _ARCHIVE_SUFFIX
        if opening.startswith(b"WARC/") or is_damaged_archive or beginning.startswith(DICTIONARY):
            yield from self._in_archive(stream, about, beginning=beginning)
            return
        unpacked = io.BufferedReader(Unpacked(stream, source=about.source, beginning=beginning))
        yield from self._in_stream(unpacked, inside, suffix=inner_suffix, is_unpacked=True)

    def _in_archive(
        self, stream: io.BufferedIOBase, about: Document, *, beginning: bytes
    ) -> Iterator[Article | InputError]:
        from onrecord.intake.archives.warc import documents_of

        return self._in_documents(documents_of(stream, source=about.source, beginning=beginning))

    def _in_feed(self, about: Document) -> Iterator[Article | InputError]:
        from onrecord.intake.feeds.feed import documents_of, feed_of

        feed = feed_of(about.data, source=about.source, url=about.url, charset=about.charset)
        return self._in_documents(documents_of(feed, self._given_fetcher(about.source)))

    def _in_feeds(self, about: Document) -> Iterator[Article | InputError]:
        from onrecord.intake.feeds.opml import addresses_of_opml

        for address in addresses_of_opml(about.data, source=about.source):
            try:
                yield from self._in_feed(self._given_fetcher(about.source).get(address))
            except InputError as error:
                yield error

    def _in_documents(self, documents: Iterable[Document | InputError]) -> Iterator[Article | InputError]:
        for document in documents:
            if isinstance(document, InputError):
                yield document
            else:
                yield from articles_in(replace(document, published=document.published or self.published))

    def _given_fetcher(self, source: str) -> "Fetcher":
        if self.fetcher is None:
            message = "nothing is fetched from addresses here; give read_inputs() a Fetcher"
            raise InputError(message, source=source, outcome=Outcome.UNREACHABLE)
        return self.fetcher


def _is_folder(source: str) -> bool:
    return os.path.isdir(source)  # noqa: PTH112 - Path.is_dir raises on a text that can be no path


def _opened(source: str) -> io.BufferedReader:
    """The file's bytes. Raises InputError for a text that can be no path, OSError for a file that cannot be opened."""
    try:
        return Path(source).open("rb")
    except ValueError as error:
        raise not_readable(source, error) from error


def _article(document: Document) -> Article:
    """The article in a document. Raises InputError."""
    kind = kind_of(document.data[:BEGINNING_BYTES])
    match kind:
        case Kind.TEXT:
            return _article_from_bytes(document)
        case Kind.PAGE:
            from onrecord.intake.html import article_from_html

            return article_from_html(document)
        case Kind.PDF:
            from onrecord.intake.pdf import article_from_pdf

            return article_from_pdf(document)
    outcome = Outcome.NO_ARTICLE if kind in _OF_MANY else Outcome.NOT_TEXT
    message = f"not an article but {kind}; read are pages, plain texts and PDFs, and JSON Lines, feeds and WARC of them"
    raise InputError(message, source=document.source, outcome=outcome)


def _article_from_bytes(document: Document) -> Article:
    article = article_from_text(
        decoded(document.data, source=document.source),
        id=document.id,
        source=document.source,
        published=document.published,
    )
    return replace(
        article,
        url=article.url or document.url,
        domain=registered_domain(document.url) if document.url else None,
        fetched=document.fetched,
        record_id=document.record_id,
    )


def _in_english(taken: Article | InputError) -> Article | InputError:
    try:
        return taken if isinstance(taken, InputError) else require_english(taken)
    except InputError as error:
        return error


def _without_suffix(about: Document, suffix: str) -> tuple[Document, str]:
    """The same for what is packed in a file: its id and its suffix, without the one that says it is packed."""
    if suffix.lower() not in _PACKED_SUFFIXES:
        return about, ""
    if about.url:
        return about, PurePath(about.id.removesuffix(suffix)).suffix
    return replace(about, id=PurePath(about.id).stem), PurePath(about.id).suffix

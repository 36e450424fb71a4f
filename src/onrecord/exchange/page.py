"""Articles as one self-contained HTML page, made to be read: every statement marked where it stands.

The page runs no script and loads nothing. Beside each paragraph, below it on a phone, stands a numbered note for each
statement whose content begins there; numbers in the text and in the notes lead to each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.article import Article, ParagraphKind
from onrecord.exchange.outline import Entry, head_words, outline, title_words
from onrecord.exchange.segments import Mark, Role, Segment, segments

HEADINGS = {ParagraphKind.TITLE: "h1", ParagraphKind.HEADING: "h2"}
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Note:
    """A statement and its place among those that begin in the same paragraph, from 0."""

    place: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as the template shows it: its text inside nested elements, one for each of `layers`, outermost first.

    `layers` are CSS classes: the role and, for each statement it serves, "s3" (by its index) and "k0" (by its place
    among those that begin in the paragraph; the style sheet lights these up together with their notes).
    """

    text: str
    layers: tuple[str, ...]
    hint: str
    begins: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: the element and the kind it is shown as, its pieces, and the statements that begin in it."""

    tag: str
    kind: ParagraphKind
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the template shows it; `title` is empty where a paragraph of the text is the title."""

    anchor: str
    article: Article
    name: str
    title: str
    head: tuple[str, ...]
    link: str | None
    rows: tuple[Row, ...]


def to_page(articles: Sequence[Article]) -> str:
    """One HTML page with all the articles, in their order."""
    shown = [_shown(article, f"a{n}") for n, article in enumerate(articles, start=1)]
    return _environment().get_template("page.html.j2").render(articles=shown)


@cache
def _environment() -> Environment:
    loader = PackageLoader("onrecord.exchange")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _shown(article: Article, anchor: str) -> Shown:
    titled = any(paragraph.kind is ParagraphKind.TITLE for paragraph in article.paragraphs)
    return Shown(
        anchor=anchor,
        article=article,
        name=title_words(article),
        title="" if titled else title_words(article),
        head=head_words(article),
        link=article.url if article.url and article.url.startswith(WEB) else None,
        rows=tuple(_rows(article)),
    )


def _rows(article: Article) -> Iterator[Row]:
    entries = outline(article)
    by_paragraph = segments(article, entries)
    beginning = _beginning(by_paragraph, entries)
    for paragraph, cut in zip(article.paragraphs, by_paragraph, strict=True):
        places = count()
        begins = [tuple(Note(next(places), entry) for entry in beginning[segment.span.start]) for segment in cut]
        notes = tuple(chain.from_iterable(begins))
        classes = {note.entry.index: f"s{note.entry.index} k{note.place}" for note in notes}
        pieces = (
            Piece(
                text=segment.span.of(article.text),
                layers=tuple(_layers(segment.marks, classes)),
                hint="\n".join(map(_hint, segment.marks)),
                begins=numbered,
            )
            for segment, numbered in zip(cut, begins, strict=True)
        )
        yield Row(HEADINGS.get(paragraph.kind, "p"), paragraph.kind, tuple(pieces), notes)


def _beginning(by_paragraph: Iterable[list[Segment]], entries: Iterable[Entry]) -> Mapping[int, list[Entry]]:
    """The statements to number at each segment's start: those of whose contents it is the first that is shown."""
    first: dict[int, int] = {}
    for segment in chain.from_iterable(by_paragraph):
        for mark in segment.marks:
            if mark.role is Role.CONTENT:
                first.setdefault(mark.entry.index, segment.span.start)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.index in first:
            found[first[entry.index]].append(entry)
    return found


def _layers(marks: Sequence[Mark], classes: Mapping[int, str]) -> Iterator[str]:
    """A layer for each content, one for all the sources, one for all the cues."""
    contents = [[mark] for mark in marks if mark.role is Role.CONTENT]
    others = [[mark for mark in marks if mark.role is role] for role in (Role.SOURCE, Role.CUE)]
    for together in filter(None, (*contents, *others)):
        serves = (classes.get(mark.entry.index, f"s{mark.entry.index}") for mark in together)
        yield " ".join((together[0].role, *serves))


def _hint(mark: Mark) -> str:
    return " · ".join((f"{mark.role} of {mark.entry.label}: {mark.entry.who}", *mark.entry.traits))

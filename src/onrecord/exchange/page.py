"""Articles as one self-contained HTML page, made to be read: every statement marked where it stands.

The page runs no script and loads nothing. Beside each paragraph, below it on a phone, stands a numbered note for each
statement whose content begins there; numbers in the text and in the notes lead to each other. Requests for comment are
marked as well, and listed behind the text with the outlets that it cites.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from typing import TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.article import Article, Markup, ParagraphKind
from onrecord.exchange.outline import Asked, Entry, asked, head_words, outline, title_words
from onrecord.exchange.segments import VIAS, Mark, Role, Segment, segments

HEADINGS = {ParagraphKind.TITLE: "h1", ParagraphKind.HEADING: "h2"}
WEB = ("http://", "https://")

T = TypeVar("T", Entry, Asked)


@dataclass(frozen=True, slots=True)
class Note:
    """A statement and its place among those that begin in the same paragraph, from 0."""

    place: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as the template shows it: its text inside nested elements, one for each of `layers`, outermost first.

    `layers` are CSS classes: the role and, for each statement it serves, "s3" (by its index) and "k0" (by its place
    among those that begin in the paragraph; the style sheet lights these up together with their notes). `begins` and
    `asks` are the statements and the requests for comment that are numbered before it.
    """

    text: str
    layers: tuple[str, ...]
    hint: str
    begins: tuple[Note, ...]
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: as what element, kind and markup it is shown, its pieces, and the statements that begin in it."""

    tag: str
    kind: ParagraphKind
    markup: Markup | None
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
    asked: tuple[Asked, ...]


def to_page(articles: Sequence[Article]) -> str:
    """One HTML page with all the articles, in their order."""
    shown = [shown_article(article, f"a{n}") for n, article in enumerate(articles, start=1)]
    return _environment().get_template("page.html.j2").render(articles=shown)


@cache
def _environment() -> Environment:
    loader = PackageLoader("onrecord.exchange")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def shown_article(article: Article, anchor: str) -> Shown:
    """The article as a template shows it, whose ids on the page begin with the anchor."""
    titled = any(paragraph.kind is ParagraphKind.TITLE for paragraph in article.paragraphs)
    requests = asked(article)
    return Shown(
        anchor=anchor,
        article=article,
        name=title_words(article),
        title="" if titled else title_words(article),
        head=head_words(article),
        link=article.url if article.url and article.url.startswith(WEB) else None,
        rows=tuple(_rows(article, requests)),
        asked=requests,
    )


def _rows(article: Article, requests: Sequence[Asked]) -> Iterator[Row]:
    entries = outline(article)
    by_paragraph = segments(article, (*entries, *requests))
    beginning, asking = _first(by_paragraph, Role.CONTENT, entries), _first(by_paragraph, Role.REQUEST, requests)
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
                asks=tuple(asking[segment.span.start]),
            )
            for segment, numbered in zip(cut, begins, strict=True)
        )
        yield Row(HEADINGS.get(paragraph.kind, "p"), paragraph.kind, paragraph.markup, tuple(pieces), notes)


def _first(by_paragraph: Iterable[list[Segment]], role: Role, owners: Iterable[T]) -> Mapping[int, list[T]]:
    """The owners to number at each segment's start: those of whose spans in this role it is the first that is shown."""
    first: dict[int, int] = {}
    for segment in chain.from_iterable(by_paragraph):
        for mark in segment.marks:
            if mark.role is role:
                first.setdefault(mark.owner.index, segment.span.start)
    found: dict[int, list[T]] = defaultdict(list)
    for owner in owners:
        if owner.index in first:
            found[first[owner.index]].append(owner)
    return found


def _layers(marks: Sequence[Mark], classes: Mapping[int, str]) -> Iterator[str]:
    """A layer for each content, one for all that the stretch is in any other role."""
    for role in Role:
        marked = [mark for mark in marks if mark.role is role]
        named = ("via", role) if role in VIAS.values() else (role,)
        for together in filter(None, [[mark] for mark in marked] if role is Role.CONTENT else [marked]):
            yield " ".join((*named, *dict.fromkeys(_class(mark, classes) for mark in together)))


def _class(mark: Mark, classes: Mapping[int, str]) -> str:
    if isinstance(mark.owner, Asked):
        return f"c{mark.owner.index}"
    return classes.get(mark.owner.index, f"s{mark.owner.index}")


def _hint(mark: Mark) -> str:
    if isinstance(mark.owner, Asked):
        return " · ".join(("asked for comment", *mark.owner.words))
    known = mark.owner.traits if mark.role in (Role.CONTENT, Role.SOURCE, Role.CUE) else ()
    return " · ".join((f"{mark.role} of {mark.owner.label}: {mark.owner.who.name}", *known))

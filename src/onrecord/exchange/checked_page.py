"""What articles rest on, as one self-contained HTML page: each article with a note beside every span that is queried.

The page runs no script and loads nothing. On top of each article stand a bar of attributed and own words and a picture
of its sources; in the text what is attributed is underlined, and numbers in the text and in the notes lead to each
other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.checking.material import Material
from onrecord.checking.report import Finding, Report, Source
from onrecord.checking.sourcing import attributed_mask
from onrecord.exchange.outline import head_words, title_words
from onrecord.exchange.remarks import fact_words, share_words, source_words

HEADINGS = {ParagraphKind.TITLE: "h1", ParagraphKind.HEADING: "h2"}
MOST_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number in the article, from 1."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: whether it is attributed, the notes whose spans hold it, and those numbered before it."""

    text: str
    attributed: bool
    within: tuple[Note, ...]
    begins: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as an element, with its pieces and the notes that stand beside it."""

    tag: str
    kind: ParagraphKind
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A source with the width of its bar, in per cent of the widest."""

    name: str
    named: bool
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the template shows it; `title` is empty where a paragraph of the text is the title."""

    anchor: str
    article: Article
    title: str
    name: str
    head: tuple[str, ...]
    share: float
    shares: str
    sources: tuple[Bar, ...]
    n_others: int
    facts: tuple[str, ...]
    rows: tuple[Row, ...]
    n_findings: int


def to_page(reports: Sequence[tuple[Article, Report]]) -> str:
    """One HTML page with all the articles, in their order."""
    shown = [_shown(article, report, anchor=f"a{n}") for n, (article, report) in enumerate(reports, start=1)]
    return _environment().get_template("check.html.j2").render(articles=shown)


@cache
def _environment() -> Environment:
    loader = PackageLoader("onrecord.exchange")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _shown(article: Article, report: Report, *, anchor: str) -> Shown:
    sourcing = report.sourcing
    titled = any(paragraph.kind is ParagraphKind.TITLE for paragraph in article.paragraphs)
    return Shown(
        anchor=anchor,
        article=article,
        title="" if titled else title_words(article),
        name=title_words(article),
        head=head_words(article),
        share=round(100 * sourcing.share_attributed, 1),
        shares=share_words(sourcing),
        sources=tuple(_bars(sourcing.sources[:MOST_SOURCES])),
        n_others=max(0, len(sourcing.sources) - MOST_SOURCES),
        facts=tuple(fact_words(sourcing)),
        rows=tuple(_rows(article, report)),
        n_findings=len(report.findings),
    )


def _bars(sources: Sequence[Source]) -> Iterator[Bar]:
    widest = max((source.n_words for source in sources), default=0) or 1
    for source in sources:
        width = round(100 * source.n_words / widest, 1)
        yield Bar(source.description or source.name, source.is_named, width, " · ".join(source_words(source)))


def _rows(article: Article, report: Report) -> Iterator[Row]:
    """The paragraphs; a finding's note stands beside the paragraph in which its first span begins."""
    in_place = sorted(report.findings, key=lambda finding: finding.spans[0])
    notes = [Note(number, finding) for number, finding in enumerate(in_place, start=1)]
    mask = attributed_mask(Material.of(article))
    left = list(notes)
    for paragraph in article.paragraphs:
        beside = [note for note in left if note.finding.spans[0].start < paragraph.span.end]
        left = left[len(beside) :]
        pieces = tuple(_pieces(article.text, paragraph, notes=notes, mask=mask, beside=beside))
        yield Row(HEADINGS.get(paragraph.kind, "p"), paragraph.kind, pieces, tuple(beside))


def _pieces(
    text: str, paragraph: Paragraph, *, notes: Sequence[Note], mask: bytearray, beside: Sequence[Note]
) -> Iterator[Piece]:
    """The paragraph cut wherever a finding's span or what is attributed begins or ends."""
    span = paragraph.span
    meeting = [(part, note) for note in notes for part in note.finding.spans if part.meets(span)]
    cuts = {span.start, span.end, *(place for part, _ in meeting for place in (part.start, part.end))}
    cuts |= {place for place in range(span.start + 1, span.end) if mask[place] != mask[place - 1]}
    numbered: set[int] = set()
    for start, end in pairwise(sorted(place for place in cuts if span.start <= place <= span.end)):
        begins = tuple(n for n in beside if n.number not in numbered and n.finding.spans[0].start <= start)
        numbered |= {note.number for note in begins}
        within = dict.fromkeys(note for part, note in meeting if part.start <= start < part.end)
        yield Piece(text[start:end], bool(mask[start]), tuple(within), begins)

"""A web page to an Article: what the page says of itself, which of its text is the report, and the links in it.

`text` is the report as the page has it, in the page's order, a blank line between paragraphs; white space inside a
paragraph is one blank, as browsers show it. Nothing else is changed, and nothing is fetched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from onrecord.article import Article, Hyperlink, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document
from onrecord.intake.page.blocks import Anchor, Block, Box, blocks_of
from onrecord.intake.page.content import Part, parts_of
from onrecord.intake.page.features import PageFacts, bare, features_of
from onrecord.intake.page.forest import Forest, shipped_forest
from onrecord.intake.page.markup import tree_of
from onrecord.intake.page.metadata import Metadata, metadata_of
from onrecord.span import Span

_APART = "\n\n"
_MIN_WORDS = 25
# The 121 pages of eval/pages_open.jsonl have 179 blocks on average and 663 at most.
_MAX_BLOCKS = 20_000
_READ = frozenset((ParagraphKind.STANDFIRST, ParagraphKind.HEADING, ParagraphKind.BODY))


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page taken apart: what it states, its blocks, and their features, float32 (blocks, features)."""

    metadata: Metadata
    facts: PageFacts
    blocks: Sequence[Block]
    features: npt.NDArray[np.float32]
    base: str | None


def article_from_html(document: Document, *, forest: Forest | None = None) -> Article:
    """The article on a page. Raises InputError where the page is empty, no text, or holds no article.

    `forest` judges the blocks, by default the one that comes with OnRecord.
    """
    page = page_of(document)
    probabilities = (forest or shipped_forest()).probabilities(page.features) if page.blocks else ()
    parts = parts_of(page.blocks, list(probabilities), page.facts, authors=page.metadata.authors)
    if sum(part.block.n_words for part in parts if part.kind in _READ) < _MIN_WORDS:
        raise InputError(
            "no article in this page: next to no running text, as on a front page, a list of links or a page that "
            "only a browser's scripts fill; give the address of one article, or save the page from a browser",
            source=document.source,
            outcome=Outcome.NO_ARTICLE,
        )
    return _article(document, page, _with_title(parts, page.metadata.title))


def page_of(document: Document) -> Page:
    """The page taken apart, nothing judged. Raises InputError where it is empty, too large or no text."""
    tree = tree_of(document)
    metadata = metadata_of(tree, url=document.url)
    base = _base_of(tree, document.url or metadata.url)
    body = tree.find("body")
    blocks = blocks_of(tree if body is None else body)
    if len(blocks) > _MAX_BLOCKS:
        message = f"{len(blocks):,} pieces of text, the limit for one page is {_MAX_BLOCKS:,}; save its text as a file"
        raise InputError(message, source=document.source, outcome=Outcome.TOO_LARGE)
    # From here on the tree is trafilatura's, which takes out what it does not want.
    extracted = bare_extraction(tree, url=document.url, include_comments=False, with_metadata=False)
    facts = PageFacts(
        extracted=bare(getattr(extracted, "text", None) or ""),
        stated=bare(metadata.body or ""),
        title=bare(metadata.title or ""),
        standfirst=bare(metadata.standfirst or ""),
    )
    return Page(metadata, facts, blocks, features_of(blocks, facts), base)


def _base_of(tree: HtmlElement, url: str | None) -> str | None:
    """What relative addresses in the page are relative to."""
    stated = tree.find("head/base")
    href = stated.get("href") if stated is not None else None
    return _joined(url, href) if href else url


def _with_title(parts: list[Part], title: str | None) -> list[Part]:
    """The same, headed by the title where no block of the page shows it."""
    if title is None or any(part.kind is ParagraphKind.TITLE for part in parts):
        return parts
    return [Part(Block(Box("h1", "", None), title, ()), ParagraphKind.TITLE, None), *parts]


def _article(document: Document, page: Page, parts: Sequence[Part]) -> Article:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part.block.text) + len(_APART))
    spans = [Span(start, start + len(part.block.text)) for start, part in zip(starts, parts, strict=False)]
    stated = page.metadata
    return Article(
        id=document.id,
        text=_APART.join(part.block.text for part in parts),
        source=document.source,
        outlet=stated.outlet,
        title=stated.title,
        authors=stated.authors,
        published=stated.published or document.published,
        published_at=stated.published_at,
        url=stated.url or document.url,
        domain=stated.domain,
        language=(stated.language or "en").split("-")[0].lower(),
        fetched=document.fetched,
        record_id=document.record_id,
        paragraphs=tuple(Paragraph(span, part.kind, part.markup) for span, part in zip(spans, parts, strict=True)),
        links=tuple(
            link
            for span, part in zip(spans, parts, strict=True)
            for link in _links(part.block.anchors, offset=span.start, base=page.base)
        ),
    )


def _links(anchors: Sequence[Anchor], *, offset: int, base: str | None) -> Iterator[Hyperlink]:
    """The links to other pages, absolute; those within the page, to mailboxes and to scripts are left out."""
    for anchor in anchors:
        address = _joined(base, anchor.address.strip())
        if address and not anchor.address.startswith("#"):
            yield Hyperlink(Span(offset + anchor.start, offset + anchor.end), address)


def _joined(base: str | None, address: str) -> str | None:
    try:
        joined = urljoin(base or "", address)
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:  # an address that is none: an unpaired square bracket
        return None

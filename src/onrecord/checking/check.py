"""Checks one article that has been read: its sourcing, and the findings, ranked."""

from collections.abc import Callable, Iterable, Iterator

from onrecord.article import Article
from onrecord.checking.findings import claims, dates, headings, marks, names, promotions, replies, sources
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding, Report
from onrecord.checking.sourcing import sourcing_of

Finder = Callable[[Material], Iterator[Finding]]

FINDERS: tuple[Finder, ...] = (
    headings.outrunning,
    headings.loaded,
    claims.unattributed,
    claims.no_reply,
    sources.single,
    sources.anonymous,
    sources.second_hand,
    replies.pending,
    dates.undated,
    dates.unresolved,
    names.misspelt,
    names.two_spellings,
    marks.unbalanced,
    marks.elided,
    marks.bracketed,
    promotions.promotions,
)
_RANK = {code: rank for rank, code in enumerate(Code)}


def check(article: Article, *, beside: Iterable[Finding] = ()) -> Report:
    """What an article rests on, and the remarks on its text with those `beside` them, those that weigh most first."""
    material = Material.of(article)
    found = [*beside, *(finding for finder in FINDERS for finding in finder(material))]
    ranked = sorted(found, key=lambda finding: (_RANK[finding.code], finding.spans[0]))
    return Report(sourcing_of(material), tuple(ranked))

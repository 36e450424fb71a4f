"""Findings on an article beside the others that a record holds: what the article alone cannot tell.

They are remarks like all findings, each of which can be checked: in the article and in the one of the record that the
message names. The quotations of the record are to be placed before (`placing.placed_each`). An article that the record
has as well, under its address, as its file or in the same words by the same outlet, is not compared with itself.
"""

from sqlalchemy import Connection, and_, or_, select

from onrecord.article import Article
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.record import schema
from onrecord.record.cited import circular, not_in_source
from onrecord.record.identity import Given, earlier, known
from onrecord.record.spelling import misspelt
from onrecord.record.traces import Checked, Copied, checked
from onrecord.tracing.variants import Variant

_ARTICLES = schema.articles


def findings_beside(connection: Connection, article: Article) -> tuple[Finding, ...]:
    """What comparing an article that has been read with the record's gives, by kind."""
    material = Material.of(article)
    own = itself(connection, article)
    altered = [one for one in checked(connection, article, without=own) if _is_altered(one)]
    told = {one.span: one.copy.article for one in altered if one.copy}
    return (
        *misspelt(connection, material, without=own),
        *filter(None, map(_differing, altered)),
        *not_in_source(connection, material, without=own, told=told),
        *circular(connection, material, without=own),
    )


def itself(connection: Connection, article: Article) -> frozenset[int]:
    """The articles of the record that are this one, in any version."""
    given = Given.of(article)
    of_outlet = or_(_ARTICLES.c.outlet.is_(None), _ARTICLES.c.outlet == article.outlet)
    same_text = _ARTICLES.c.text_key == given.text_key
    same = same_text if article.outlet is None else and_(same_text, of_outlet)
    query = select(_ARTICLES.c.id).where(or_(_ARTICLES.c.content_hash == given.content_hash, same))
    found = set(connection.scalars(query))
    if newest := known(connection, given):
        found.add(newest.id)
    return frozenset(found | {row.id for number in found for row in earlier(connection, number)})


def _is_altered(one: Checked) -> bool:
    """Whether another article has other words, and no bracket and no ellipsis owns up to it."""
    return one.difference is not None and one.difference.variant is Variant.ALTERED and bool(one.changes)


def _differing(one: Checked) -> Finding | None:
    """That another article has a quotation in other words, and which they are."""
    if one.copy is None or one.difference is None:
        return None
    meant = f" That touches {', '.join(one.difference.differs_in)}." if one.difference.differs_in else ""
    message = f"{whose(one.copy)} has this quotation otherwise: {_changed(one)}.{meant}"
    evidence = (f"“{one.words}”", f"“{one.copy.words}” ({whose(one.copy)})")
    confidence = 0.9 if one.difference.differs_in else 0.75
    return Finding(Code.QUOTATION_DIFFERS, (one.span,), message, evidence, confidence)


def _changed(one: Checked) -> str:
    """What a quotation has and the other copy has in its place, in words."""
    told = []
    for change in one.changes:
        if change.words and change.instead_of:
            told.append(f"“{change.words}” here, “{change.instead_of}” there")
        elif change.words:
            told.append(f"“{change.words}” is not there")
        else:
            told.append(f"“{change.instead_of}” is left out here")
    return ", ".join(told)


def whose(copy: Copied) -> str:
    """An article of the record by its outlet and its day."""
    day = f" of {copy.published.day} {copy.published:%B %Y}" if copy.published else ""
    return f"{copy.outlet or f'“{copy.title or copy.article}”'}{day}"

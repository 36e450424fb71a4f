"""Who wrote the report, one name for each.

JSON-LD is believed first, then meta tags, microdata, and the byline that readers see. A source that names the outlet
alone names nobody as long as another names somebody; where none does, the outlet stays, as the page gives it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from onrecord.intake.page.linked import Node
from onrecord.intake.page.names import distinct, from_address, inverted, is_page_wording, is_person, names_in
from onrecord.intake.page.stated import Stated
from onrecord.intake.page.values import key, plain, texts
from onrecord.intake.page.visible import BylineElement, bold_lines, byline_groups
from onrecord.intake.plain.bylines import byline

_METAS = (
    "article:author article:author_name article:author:name og:article:author og:author author author.name authors byl "
    "byline article.author sailthru.author parsely-author cxenseparse:author mrf:authors dcsext.author rnews:author"
).split()
_LIBRARY_METAS = ("citation_author", "dc.creator", "dcterms.creator", "dc.contributor")
_ADDRESS = re.compile(r"^(?:https?:)?/{1,2}\S+$|^@\w+$")
_BY = re.compile(r"(?:\A|(?<=\W))(?:[Bb]y|BY)\b:?[\s|]+(?=\S)")
_MAX_DEPTH = 6
_MAX_WORDS = 4


def authors_of(stated: Stated, *, site_names: Sequence[str], heading: HtmlElement | None) -> tuple[str, ...]:
    """The authors' names; none where the page names nobody.

    `site_names` are what its outlet is called, `heading` is where its headline stands.
    """
    own = {_without_article(name) for name in site_names}
    outlet: tuple[str, ...] = ()
    for names in _given(stated, heading=heading):
        others = tuple(name for name in names if _without_article(name) not in own)
        if others:
            return _in_usual_case(distinct(others), stated)
        outlet = outlet or names
    return tuple(filter(None, (_by_address(stated),))) or distinct(outlet)


def _given(stated: Stated, *, heading: HtmlElement | None) -> Iterator[tuple[str, ...]]:
    """The names that each source gives, the surest source's first; a source is only looked at when it is asked."""
    yield from (_all_names(_linked_names(value, stated)) for value in _of_nodes(stated.reports))
    yield from (_all_names([value]) for value in stated.meta(*_METAS))
    yield _all_names(map(inverted, stated.meta(*_LIBRARY_METAS)))
    yield from (_names_of_byline(group) for group in byline_groups(stated, heading=heading))
    yield from (_all_names(_linked_names(value, stated)) for value in _of_nodes(stated.pages))
    yield _all_names(stated.microdata.get("author", ())[:1])
    for line in bold_lines(heading):
        names = names_in(line)
        yield names if all(map(is_person, names)) else ()


def _without_article(name: str) -> str:
    return key(name).removeprefix("the")


def _of_nodes(nodes: Sequence[Node]) -> Iterator[object]:
    return (node[name] for node in nodes for name in ("author", "creator") if node.get(name))


def _all_names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for value in values if not _ADDRESS.match(value) for name in names_in(value))


def _linked_names(value: object, stated: Stated, *, depth: int = 0) -> Iterator[str]:
    """The names in an author of JSON-LD: a string, an object, the id of one, or a list of them."""
    if depth == _MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _linked_names(each, stated, depth=depth + 1)
    elif isinstance(value, dict) and "@list" in value:
        yield from _linked_names(value["@list"], stated, depth=depth + 1)
    elif isinstance(value, dict):
        node = stated.linked.whole(value)
        in_parts = " ".join(text for name in ("givenName", "familyName") for text in texts(node.get(name)))
        yield from texts(node.get("name") or in_parts)
    else:
        yield from texts(value)


def _names_of_byline(bylines: Sequence[BylineElement]) -> tuple[str, ...]:
    """The names in bylines that readers see: persons that are links, persons in its words, or else what is a link."""
    linked = [name for each in bylines for writer in each.writers for name in names_in(writer) if _is_author(name)]
    if not any(map(is_person, linked)):
        in_words = [name for each in bylines for name in _names_in_line(each)]
        linked = in_words if any(map(is_person, in_words)) or not linked else linked
    return (*linked[:1], *(name for name in linked[1:] if " " in name))


def _names_in_line(given: BylineElement) -> tuple[str, ...]:
    """The names with which a line begins, or those behind "by"; whatever else the whole line is, is a name too.

    Of an element that nothing but its words shows to be a byline, only what a printed one would say.
    """
    if not (given.is_named or given.is_marked):
        found = byline(given.line)
        return found.authors or tuple(filter(None, (found.outlet,))) if found else ()
    by = _BY.search(given.line)
    line = given.line[by.end() :] if by else given.line
    names = names_in(line)
    persons = tuple(takewhile(is_person, names))
    if persons and (by or key(line).startswith(key(persons[0]))):
        return persons
    is_alone = names and key(line.partition(" | ")[0]) == key(names[0])
    return names[:1] if is_alone and _is_author(names[0]) else ()


def _is_author(name: str) -> bool:
    """Whether a name may be an author's where the page says that one stands here: a person's, an agency's, a desk's."""
    return is_person(name) or (name[:1].isupper() and len(name.split()) <= _MAX_WORDS and not is_page_wording(name))


def _by_address(stated: Stated) -> str | None:
    """The author by the address of the profile, where the page names nobody in words."""
    linked = (url for value in stated.linked_values("author") for url in _linked_addresses(value))
    addresses = (*linked, *stated.meta(*_METAS))
    return next((name for address in addresses if (name := from_address(address))), None)


def _linked_addresses(value: object, *, depth: int = 0) -> Iterator[str]:
    if isinstance(value, list) and depth < _MAX_DEPTH:
        for each in value:
            yield from _linked_addresses(each, depth=depth + 1)
    elif isinstance(value, dict):
        yield from texts([value.get("url"), value.get("@id")])
    else:
        yield from texts(value)


def _in_usual_case(names: Sequence[str], stated: Stated) -> tuple[str, ...]:
    """The names, those in capitals as the page writes them elsewhere in small letters, if it does."""
    if not any(map(_is_capitals, names)):
        return tuple(names)
    seen = plain(" ".join(stated.tree.itertext()))
    return tuple(_as_elsewhere(name, seen) if _is_capitals(name) else name for name in names)


def _is_capitals(name: str) -> bool:
    return name.isupper() and " " in name


def _as_elsewhere(name: str, seen: str) -> str:
    """The name as the text writes it where it is not in capitals."""
    forms = (match[0] for match in re.finditer(rf"\b{re.escape(name)}\b", seen, re.IGNORECASE))
    return next((form for form in forms if is_person(form) and not form.isupper()), name)

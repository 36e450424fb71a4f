"""The headline: what readers see above the report, without what the site hangs onto it.

JSON-LD, og:title and the first-level heading are three witnesses that go wrong in different ways: search engines get a
headline of their own, social networks a livelier one, and a heading may be the site's name or another story's. Two
that agree are believed against the third. Where they differ in punctuation alone the fullest form stands, since tools
drop quotation marks and add none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from onrecord.intake.page.stated import Stated
from onrecord.intake.page.values import key, texts, words_of
from onrecord.intake.page.words import words_in
from onrecord.intake.phrases import words

_BETWEEN = re.compile(r"\s+(?:[-|–—·•»›~/:]|::|\|\|)\s+|\s*\|\s*")
_FRONT = re.compile(r"(?P<site>[^:|]{2,40}?)(?::|\s*\|)\s+(?=\S)")
_CUT = re.compile(r"\s*(?:…|\.{3,})\s*$")
_MARK = re.compile(r"[^\w\s]")
_LOOSE_ENDS = " |–—•»›·"
_METAS = ("twitter:title", "headline", "sailthru.title", "parsely-title", "dc.title", "dcterms.title", "citation_title")
# How much two forms of one headline may differ at their ends: a kicker ("Exclusive", "Opinion") or the page's section.
_MAX_EXTRA_CHARS = 25
_MIN_SHARED_CHARS = 25
# Search engines show 110 characters of a headline, so some programs cut it there.
_CUT_CHARS = range(95, 112)
_MAX_SECTION_WORDS = 2
_MIN_WORDS = 3
_MAX_CHARS = 500
_EDITIONS = frozenset(("com", "sport", "uk", "us", "usa", "asia", "africa", "europe", "australia", "canada", "india"))
_MIN_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """The headline as each of those gives it that count, and as all others do."""

    linked: str | None
    social: str | None
    headings: tuple[str, ...]
    others: tuple[str, ...]


def title_of(stated: Stated, *, site_names: Sequence[str]) -> str | None:
    """The page's headline; none where nothing on it names one. `site_names` are what its outlet is called."""
    seen = _witnesses(stated, site_names)
    every = [form for form in (seen.linked, seen.social, *seen.headings, *seen.others) if form]
    chosen = _agreed(seen) or _undisputed(seen)
    return _fullest(chosen, every) if chosen else None


def heading_of(stated: Stated, *, title: str | None) -> HtmlElement | None:
    """Where the headline stands on the page: the first-level heading most like it, or a lower one that is the same.

    None where no heading is like it.
    """
    if title is None:
        return None
    alike = max(stated.headings, key=lambda heading: _likeness(heading.text, title), default=None)
    if alike and _likeness(alike.text, title) >= _MIN_LIKENESS:
        return alike.element
    return next((each for each in stated.tree.iter("h2", "h3") if key(words_in(each)) == key(title)), None)


def without_site(title: str, site_names: Sequence[str]) -> str:
    """The title without the site's name at its end or beginning, and without the section beside it."""
    names = [of_name for name in site_names if (of_name := _site_words(name))]
    bare, mark = title, None
    while between := list(_BETWEEN.finditer(bare)):
        head, tail = bare[: between[-1].start()], bare[between[-1].end() :]
        is_section = mark == between[-1][0] and _may_be_section(tail) and len(words_of(head)) >= _MIN_WORDS
        if not words_of(head) or not (is_section or _names_site(_site_words(tail), names)):
            break
        bare, mark = head, between[-1][0]
    front = _FRONT.match(bare)
    if mark is None and front and len(words_of(front["site"])) > 1 and _site_words(front["site"]) in names:
        bare = bare[front.end() :]
    return bare.strip(_LOOSE_ENDS)


def _site_words(name: str) -> tuple[str, ...]:
    """The words of a site's name, without "the" in front."""
    found = words_of(name)
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def _may_be_section(tail: str) -> bool:
    return len(tail.split()) <= _MAX_SECTION_WORDS and all(word[0].isupper() for word in tail.split())


def _witnesses(stated: Stated, site_names: Sequence[str]) -> _Witnesses:
    sites = {key(name) for name in site_names}
    headings = tuple(heading.text[:_MAX_CHARS].strip(_LOOSE_ENDS) for heading in stated.headings)
    headings = tuple(text for text in headings if key(text) and key(text) not in sites)

    def bare(title: str) -> str:
        found = (text for text in headings if _goes_on(title, text))
        return next(found, None) or without_site(title[:_MAX_CHARS], site_names)

    linked = (text for name in ("headline", "name") for node in stated.reports for text in texts(node.get(name)))
    marked = stated.microdata.get("headline", ())
    others = [*stated.meta(*_METAS), *(marked if len(marked) == 1 else ()), *stated.meta("title")]
    return _Witnesses(
        linked=next(map(bare, linked), None),
        social=next(map(bare, stated.meta("og:title")), None),
        headings=headings,
        others=tuple(map(bare, filter(None, [*others, stated.document_title]))),
    )


def _goes_on(title: str, heading: str) -> bool:
    """Whether a title is the heading and, behind a mark, the site's name or a section."""
    rest = title[len(heading) :]
    return title.startswith(heading) and _BETWEEN.match(rest) is not None


def _names_site(tail: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    """Whether the words behind a mark are the site's name, alone or with words that outlets and sections bear."""
    return any("".join(tail) == "".join(name) or _with_section(tail, name) for name in names)


def _with_section(tail: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words are a name and the like of "News", "World News", "UK" before or behind it."""
    n = len(name)
    more = {tuple(tail[:n]): tail[n:], tuple(tail[-n:]): tail[:-n]}.get(tuple(name), ())
    return bool(more) and all(word in words("outlet_words") | words("byline_roles") | _EDITIONS for word in more)


def _agreed(seen: _Witnesses) -> str | None:
    """What two of the three witnesses give; those that agree to the letter before those that nearly do."""
    pairs = [(seen.linked, seen.social)]
    pairs += [(first, heading) for first in (seen.linked, seen.social) for heading in seen.headings]
    both = [(first, second) for first, second in pairs if first and second]
    exact = (first for first, second in both if key(first) == key(second) != "")
    return next(exact, None) or next((_better(first, second) for first, second in both if _same(first, second)), None)


def _undisputed(seen: _Witnesses) -> str | None:
    """What is believed where no two agree: the heading, if it has its words in common with what is stated.

    A heading without such may be the site's or another story's. Where og:title is the heading with words left out and
    no JSON-LD is there to decide, og:title is the headline and the heading its long form.
    """
    stated = [form for form in (seen.linked, seen.social, *seen.others) if form]
    alike = (each for each in seen.headings if any(_likeness(each, form) >= _MIN_LIKENESS for form in stated))
    heading = next(alike, None)
    is_tightened = heading and seen.social and not seen.linked and _is_shortened(seen.social, heading)
    only = seen.headings[0] if len(seen.headings) == 1 else None
    last = next(iter((*stated, *seen.headings)), None)
    return (seen.social if is_tightened else heading) or seen.social or seen.linked or only or last


def _is_shortened(short: str, long: str) -> bool:
    """Whether one form is the other with words left out."""
    left = iter(words_of(long))
    return all(word in left for word in words_of(short))


def _same(first: str, second: str) -> bool:
    """Whether two forms are one headline, but for a cut, or a kicker or section at an end."""
    shorter, longer = sorted((first, second), key=lambda form: len(key(form)))
    short, long = key(shorter), key(longer)
    if len(short) < _MIN_SHARED_CHARS:
        return False
    if long.startswith(short) and _is_cut(shorter):
        return True
    return len(long) - len(short) <= _MAX_EXTRA_CHARS and (long.startswith(short) or long.endswith(short))


def _is_cut(form: str) -> bool:
    return _CUT.search(form) is not None or len(form) in _CUT_CHARS


def _better(first: str, second: str) -> str:
    """The whole one where the other is cut, else the one without a kicker."""
    short, long = sorted((first, second), key=lambda form: len(key(form)))
    return long if _is_cut(short) else short


def _likeness(first: str, second: str) -> float:
    """How many of the words of the shorter are in the other, between 0 and 1."""
    ours, theirs = set(words_of(first)), set(words_of(second))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _fullest(chosen: str, every: Sequence[str]) -> str:
    """Of the forms with the chosen one's letters the one with the most marks, unless it is all in capitals.

    A full stop at the end does not count: some programs add it.
    """
    alike = [form for form in every if key(form) == key(chosen)] or [chosen]
    return max(alike, key=lambda form: (not form.isupper(), len(_MARK.findall(form.removesuffix(".")))))

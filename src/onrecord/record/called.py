"""Who and which outlet is meant by a name that somebody types: the names in the record that have its words.

Case and accents do not count, and a part of a name is enough: "haddad" is Benjamin Haddad. Nothing is decided here
about who is one person; whatever knows that can give its names in the place of these.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, func, select

from onrecord.errors import UsageError, shown
from onrecord.record import schema
from onrecord.statement import SpeakerKind

# More names than that are no answer to who was meant, and more than a database takes in one question.
MAX_NAMES = 5000
_LIKE_ENOUGH = 75
# "Falk’s" is a word of its own: Falk’s lawyer is not Falk.
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_STATEMENTS = schema.statements


def speakers_called(connection: Connection, who: str, *, kind: SpeakerKind | None = None) -> list[str]:
    """The names, right spellings among them, of those that somebody may mean by `who`; the most quoted first.

    Where people are called so it is they, not their campaigns and ministries: for those name the kind, or say more.
    Nobody is called what an unnamed source is described as. Raises UsageError where the names are too many.
    """
    counts: dict[str, Counter[str]] = {}
    for column in (_STATEMENTS.c.speaker, _STATEMENTS.c.speaker_proper):
        names = _called(_distinct(connection, column), who)
        query = (
            select(column, _STATEMENTS.c.speaker_kind, func.count())
            .where(column.in_(names))
            .group_by(column, _STATEMENTS.c.speaker_kind)
        )
        for name, its_kind, n in connection.execute(query):
            counts.setdefault(name, Counter())[its_kind] += n
    kinds = {kind.value} if kind else _kinds_meant(counts.values())
    totals = {name: sum(n for one, n in its.items() if one in kinds) for name, its in counts.items()}
    return sorted((name for name, n in totals.items() if n), key=lambda name: (-totals[name], name))


def outlets_called(connection: Connection, outlet: str) -> list[str]:
    """The same for the names of outlets."""
    return _called(_distinct(connection, schema.articles.c.outlet), outlet)


def speakers_like(connection: Connection, who: str, *, limit: int = 3) -> list[str]:
    """Names that are spelt much like `who`, the likest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nobody was found

    names = {name: folded(name) for name in _distinct(connection, _STATEMENTS.c.speaker)}
    found = process.extract(folded(who), names, scorer=fuzz.WRatio, score_cutoff=_LIKE_ENOUGH, limit=limit)
    return [name for _, _, name in found]


def folded(name: str) -> str:
    """The name as names compare: without case and accents."""
    if name.isascii():
        return name.lower()
    parted = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char))


def _kinds_meant(counts: Iterable[Counter[str]]) -> set[str]:
    """People where there are any, else whoever there is with a name."""
    found = {kind for its in counts for kind in its} - {SpeakerKind.UNNAMED.value}
    people = {SpeakerKind.PERSON.value, SpeakerKind.AUTHOR.value}
    return found & people or found


def _called(names: Iterable[str], typed: str) -> list[str]:
    wanted = _WORD.findall(folded(typed))
    found = sorted(name for name in names if wanted and _bears(name, wanted))
    if len(found) > MAX_NAMES:
        raise UsageError(f"{shown(typed)} is part of {len(found)} names; give more of the name")
    return found


def _bears(name: str, wanted: list[str]) -> bool:
    """Whether the name has these words, in this order."""
    whole = folded(name)
    if not all(word in whole for word in wanted):  # far quicker, and nearly always enough
        return False
    words = iter(_WORD.findall(whole))
    return all(word in words for word in wanted)


def _distinct(connection: Connection, column: Column[str]) -> Iterator[str]:
    """Every value of an indexed column once, by asking for the next one: a name may stand in a million rows."""
    names = select(func.min(column).label("name")).cte("names", recursive=True)
    further = select(func.min(column)).where(column > names.c.name).scalar_subquery()
    names = names.union_all(select(further).where(names.c.name.is_not(None)))
    yield from connection.scalars(select(names.c.name).where(names.c.name.is_not(None)))

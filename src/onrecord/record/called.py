"""Who and which outlet is meant by a name that somebody types: the names in the record that have its words.

Case and accents do not count, and a part of a name is enough: "haddad" is Benjamin Haddad. Nothing is decided here
about who is one person; whatever knows that can give its names in the place of these.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, func, insert, intersect, select

from onrecord.errors import UsageError, shown
from onrecord.record import schema
from onrecord.statement import Speaker, SpeakerKind

# More names than that are no answer to who was meant, and more than a database takes in one question.
MAX_NAMES = 5000
_LIKE_ENOUGH = 75
# "Falk’s" is a word of its own: Falk’s lawyer is not Falk.
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_STATEMENTS, _NAMES = schema.statements, schema.name_words


def note_names(connection: Connection, speakers: Iterable[Speaker | None]) -> None:
    """Keeps what the speakers of new statements are found by."""
    names = {name for speaker in speakers if speaker for name in (speaker.name, speaker.proper) if name}
    pairs = {(word, name) for name in names for word in _WORD.findall(folded(name))}
    known = select(_NAMES.c.word, _NAMES.c.name).where(
        _NAMES.c.name.in_(names), _NAMES.c.word.in_({w for w, _ in pairs})
    )
    new = pairs - {(row.word, row.name) for row in connection.execute(known)}
    if new:
        connection.execute(insert(_NAMES), [{"word": word, "name": name} for word, name in sorted(new)])


def speakers_called(connection: Connection, who: str, *, kind: SpeakerKind | None = None) -> list[str]:
    """The names, right spellings among them, of those that somebody may mean by `who`; the most quoted first.

    Where people are called so it is they, not their campaigns and ministries: for those name the kind, or say more.
    Nobody is called what an unnamed source is described as. Raises UsageError where the names are too many.
    """
    counts: dict[str, Counter[str]] = {}
    names = _called(_with_words(connection, _WORD.findall(folded(who))), who)
    for column in (_STATEMENTS.c.speaker, _STATEMENTS.c.speaker_proper):
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

    names = {name: folded(name) for name in connection.scalars(select(_NAMES.c.name).distinct())}
    found = process.extract(folded(who), names, scorer=fuzz.WRatio, score_cutoff=_LIKE_ENOUGH, limit=limit)
    return [name for _, _, name in found]


def folded(name: str) -> str:
    """The name as names compare: without case and accents."""
    if name.isascii():
        return name.lower()
    parted = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char))


def _with_words(connection: Connection, words: list[str]) -> Iterator[str]:
    """The names that have all of these words, in whatever order."""
    if words:
        having = [select(_NAMES.c.name).where(_NAMES.c.word == word) for word in dict.fromkeys(words)]
        yield from connection.scalars(intersect(*having) if len(having) > 1 else having[0])


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
    """Every value of an indexed column once, by asking for the next one: one outlet may stand in a million rows."""
    names = select(func.min(column).label("name")).cte("names", recursive=True)
    further = select(func.min(column)).where(column > names.c.name).scalar_subquery()
    names = names.union_all(select(further).where(names.c.name.is_not(None)))
    yield from connection.scalars(select(names.c.name).where(names.c.name.is_not(None)))

"""Names in the record by the words that somebody types: of speakers, of people, of outlets.

Case and accents do not count, and a part of a name is enough: "haddad" is Benjamin Haddad. Nothing is decided here
about who is one person: `meant` does that.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Column, Connection, func, intersect, select

from onrecord.errors import UsageError, shown
from onrecord.record import schema
from onrecord.record.inserting import insert_rows
from onrecord.statement import SpeakerKind

# More names than that are no answer to who was meant, and more than a database takes in one question.
MAX_NAMES = 5000
_LIKE_ENOUGH = 75
# "Falk’s" is a word of its own: Falk’s lawyer is not Falk.
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_STATEMENTS, _NAMES = schema.statements, schema.name_words


def note_words(connection: Connection, names: Iterable[str]) -> None:
    """Keeps what names are found by, those of speakers and of people alike."""
    pairs = sorted({(word, name) for name in names for word in _WORD.findall(folded(name))})
    rows = [{"word": word, "name": name} for word, name in pairs]
    insert_rows(connection, _NAMES, rows, unless_there=True)


def names_with(connection: Connection, who: str) -> list[str]:
    """The names that have these words in this order. Raises UsageError where they are too many."""
    return _called(_with_words(connection, _WORD.findall(folded(who))), who)


def speakers_by_kind(connection: Connection, names: Sequence[str]) -> dict[str, Counter[str]]:
    """How many statements each of these names has, right spellings among them, by the kind of the speaker.

    Nobody is called what an unnamed source is described as.
    """
    counts: dict[str, Counter[str]] = {}
    for column in (_STATEMENTS.c.speaker, _STATEMENTS.c.speaker_proper) if names else ():
        query = (
            select(column, _STATEMENTS.c.speaker_kind, func.count())
            .where(column.in_(names), _STATEMENTS.c.speaker_kind != SpeakerKind.UNNAMED.value)
            .group_by(column, _STATEMENTS.c.speaker_kind)
        )
        for name, kind, n in connection.execute(query):
            counts.setdefault(name, Counter())[kind] += n
    return counts


def outlets_called(connection: Connection, outlet: str) -> list[str]:
    """The same for the names of outlets."""
    return _called(outlet_names(connection), outlet)


def outlet_names(connection: Connection) -> Iterator[str]:
    """Every outlet's name as the articles have it, once."""
    return _distinct(connection, schema.articles.c.outlet)


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

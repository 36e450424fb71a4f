"""How rare what quotations share is, as the record counts it: asked for many words at once, and written at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.record.columns import Words
from onrecord.record.schema_tracing import quotation_counts

_COUNTS = quotation_counts.c
AT_ONCE = 1_000
_OF_WORDS = select(_COUNTS.word, _COUNTS.n).where(
    _COUNTS.kind == bindparam("of"), _COUNTS.word.in_(bindparam("words", expanding=True, type_=Words))
)


class Counted(StrEnum):
    """What is counted: utterances with a stem, utterances of a speaker, and everything."""

    STEM = "stem"
    SPEAKER = "speaker"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts as they are in a transaction in which nobody else counts."""

    connection: Connection
    _known: dict[Counted, dict[str, int]] = field(default_factory=lambda: {kind: {} for kind in Counted})
    _changed: set[tuple[Counted, str]] = field(default_factory=set)

    def fetch(self, kind: Counted, words: Iterable[str]) -> None:
        """Asks for those of these words that were not asked for."""
        known = self._known[kind]
        missing = [word for word in dict.fromkeys(words) if word not in known]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            known |= dict.fromkeys(some, 0)
            rows = self.connection.execute(_OF_WORDS, {"of": kind.value, "words": some})
            known |= {row.word: row.n for row in rows}

    def all_of(self, kind: Counted, words: Sequence[str]) -> list[int]:
        """How many there are of each."""
        known = self._known[kind]
        try:
            return [known[word] for word in words]
        except KeyError:
            self.fetch(kind, words)
            return [known[word] for word in words]

    def of(self, kind: Counted, word: str) -> int:
        """How many there are of one."""
        return self.all_of(kind, [word])[0]

    def add(self, kind: Counted, words: Iterable[str], by: int) -> None:
        """So many more of each."""
        words = list(words)
        self.fetch(kind, words)
        for word in words:
            self._known[kind][word] += by
            self._changed.add((kind, word))

    def settle(self) -> None:
        """Writes what has changed; of what there is none any more nothing is left."""
        counted = [(kind, word, self._known[kind][word]) for kind, word in sorted(self._changed)]
        rows = [{"kind": kind.value, "word": word, "n": n} for kind, word, n in counted if n]
        gone = [{"of": kind.value, "about": word} for kind, word, n in counted if not n]
        if rows:
            dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
            insert = dialect.insert(quotation_counts)
            same = [_COUNTS.kind, _COUNTS.word]
            self.connection.execute(
                insert.on_conflict_do_update(index_elements=same, set_={"n": insert.excluded.n}), rows
            )
        if gone:
            own = (_COUNTS.kind == bindparam("of")) & (_COUNTS.word == bindparam("about"))
            self.connection.execute(delete(quotation_counts).where(own), gone)
        self._changed.clear()

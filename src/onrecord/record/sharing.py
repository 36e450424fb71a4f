"""Which quotations have which keys, asked for all keys of an article at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, bindparam, delete, insert

from onrecord.record.schema_tracing import quotation_keys
from onrecord.tracing.keys import PER_KEY

AT_ONCE = 500
# Of each key the latest quotations that have it, in one value: most of the time goes into rows. As text with the keys
# in it, since that is asked for each article, and to put it together from its parts takes longer than to run it.
_LATEST = """
    WITH asked(key) AS (VALUES {keys})
    SELECT asked.key, (SELECT {joined} FROM (
        SELECT CAST(sharing.quotation_id AS TEXT) AS number FROM quotation_keys sharing WHERE sharing.key = asked.key
        ORDER BY sharing.quotation_id DESC LIMIT {per_key}) latest)
    FROM asked"""
_JOINED = {"sqlite": "group_concat(number, ',')", "postgresql": "string_agg(number, ',')"}


@dataclass(frozen=True, slots=True)
class Sharing:
    """The quotations with each key, as they are in a transaction in which nobody else places any."""

    connection: Connection
    _known: dict[int, list[int]] = field(default_factory=dict)
    _new: list[tuple[int, int]] = field(default_factory=list)

    def fetch(self, keys: Iterable[int]) -> None:
        """Asks for those of these keys that were not asked for."""
        missing = [key for key in keys if key not in self._known]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            query = _LATEST.format(
                keys=",".join(f"({key})" for key in some),
                joined=_JOINED[self.connection.dialect.name],
                per_key=PER_KEY,
            )
            for key, numbers in self.connection.exec_driver_sql(query):
                self._known[key] = sorted(map(int, numbers.split(","))) if numbers else []

    def latest(self, keys: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Of each of the keys that quotations have the latest of them."""
        return {key: found[-PER_KEY:] for key in keys if (found := self._known[key])}

    def put(self, number: int, keys: Iterable[int]) -> None:
        """Notes the keys of a new quotation."""
        for key in keys:
            self._new.append((key, number))
            self._known[key].append(number)

    def take(self, number: int, keys: Iterable[int]) -> None:
        """Takes out a quotation that is gone, all others being written."""
        own = and_(quotation_keys.c.key == bindparam("of"), quotation_keys.c.quotation_id == number)
        rows = [{"of": key} for key in keys]
        if rows:  # a single word that everybody uses has none
            self.connection.execute(delete(quotation_keys).where(own), rows)
        self._known.clear()

    def settle(self) -> None:
        """Writes what is new, in the order of the keys, which is that of the table."""
        if self._new:
            rows = [{"key": key, "quotation_id": number} for key, number in sorted(self._new)]
            self.connection.execute(insert(quotation_keys), rows)
            self._new.clear()

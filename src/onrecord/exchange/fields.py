"""The fields of a JSON object, each asked for by its name and what it has to be; whatever else is there is told.

A field that is absent is as good as null. Every complaint is a ValueError that names the field, its value and what it
should be.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from onrecord.errors import shown
from onrecord.span import Span

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """An object, and where it stands in its line: "" for the line itself.

    `asked` gathers the names that were asked for, and `inside` the objects in it that were.
    """

    values: dict[str, Any]
    where: str = ""
    asked: set[str] = field(default_factory=set)
    inside: "list[Fields]" = field(default_factory=list)

    @classmethod
    def of_line(cls, line: str) -> "Fields":
        """The object that a line is. Raises ValueError for anything else, NaN included."""
        try:
            value = json.loads(line, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON, or cut off: {error.msg} at character {error.pos}") from error
        except RecursionError as error:
            raise ValueError("not JSON that anybody writes: nested too deeply") from error
        if not isinstance(value, dict):
            raise ValueError(f"not a JSON object: {shown(value)}")  # noqa: TRY004 - a line's value, not a caller's
        return cls(value)

    def __contains__(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def unasked(self) -> set[str]:
        """The names of fields, here and in the objects inside, that nobody asked for and that hold anything."""
        here = {name for name, value in self.values.items() if value not in (None, [], {}) and name not in self.asked}
        return here.union(*(fields.unasked() for fields in self.inside))

    def string(self, name: str) -> str | None:
        """A string, or none."""
        value = self._value(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse(name, "a string")
        return _whole(value)

    def words(self, name: str) -> str:
        """A string with something in it."""
        value = self.string(name)
        if not value or not value.strip():
            self._refuse(name, "a string that is not empty")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            self._refuse(name, "a list of strings")
        return tuple(map(_whole, values))

    def integer(self, name: str) -> int | None:
        """A whole number from 0, or none."""
        value = self._value(name)
        if value is None:
            return None
        if not _is_count(value):
            self._refuse(name, "a whole number from 0")
        return int(value)

    def probability(self, name: str) -> float:
        """A number from 0 to 1; 1 where there is none."""
        value = self._value(name)
        if value is None:
            return 1.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self._refuse(name, "a number from 0 to 1")
        return float(value)

    def truth(self, name: str) -> bool | None:
        """True, false or none."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            self._refuse(name, "true, false or null")
        return value

    def one_of(self, words: type[Word], name: str) -> Word | None:
        """One of a closed set of words, or none."""
        value = self.string(name)
        if value is not None and value not in list(words):
            self._refuse(name, f"one of {', '.join(words)}")
        return words(value) if value is not None else None

    def day(self, name: str) -> date | None:
        """An ISO date, or none."""
        value = self.string(name)
        try:
            return date.fromisoformat(value) if value is not None else None
        except ValueError:
            self._refuse(name, "an ISO date such as 2024-10-03")

    def moment(self, name: str) -> datetime | None:
        """An ISO moment, or none."""
        value = self.string(name)
        try:
            return datetime.fromisoformat(value) if value is not None else None
        except ValueError:
            self._refuse(name, "an ISO moment such as 2024-10-03T12:00:00+00:00")

    def place(self) -> Span:
        """The span that the object's own `start` and `end` are."""
        pair = [self._value("start"), self._value("end")]
        return self._span(pair, "start")

    def span(self, name: str) -> Span | None:
        """A pair of offsets, or none."""
        value = self._value(name)
        return None if value is None else self._span(value, name)

    def spans(self, name: str) -> tuple[Span, ...]:
        """A list of pairs of offsets, in the order of the text."""
        spans = tuple(self._span(value, name) for value in self._list(name))
        if list(spans) != sorted(spans):
            self._refuse(name, "spans in the order of the text")
        return spans

    def inner(self, name: str) -> "Fields | None":
        """An object, or none."""
        value = self._value(name)
        if value is not None and not isinstance(value, dict):
            self._refuse(name, "an object")
        return None if value is None else self._entered(value, f"{self.where}{name}.")

    def inners(self, name: str) -> Iterator["Fields"]:
        """A list of objects."""
        for number, value in enumerate(self._list(name)):
            if not isinstance(value, dict):
                self._refuse(name, "a list of objects")
            yield self._entered(value, f"{self.where}{name}[{number}].")

    def _entered(self, values: dict[str, Any], where: str) -> "Fields":
        fields = Fields(values, where)
        self.inside.append(fields)
        return fields

    def _value(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        self.asked.add(name)
        return self.values.get(name)

    def _list(self, name: str) -> list[Any]:
        value = self._value(name)
        if value is not None and not isinstance(value, list):
            self._refuse(name, "a list")
        return value or []

    def _span(self, value: object, name: str) -> Span:
        if isinstance(value, list) and len(value) == 2 and all(map(_is_count, value)) and value[0] < value[1]:
            return Span(*value)
        raise ValueError(_refusal(f"{self.where}{name}", "a pair of offsets, the first one smaller", value))

    def _refuse(self, name: str, allowed: str) -> NoReturn:
        raise ValueError(_refusal(f"{self.where}{name}", allowed, self.values.get(name)))


def _refusal(name: str, allowed: str, value: object) -> str:
    return f'"{name}" should be {allowed}, not {shown(value)}'


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _whole(words: str) -> str:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{shown(words[error.start])} is half of a character; write the character whole") from error
    return words


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number that JSON has")

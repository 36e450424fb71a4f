"""How values stand in the columns of either database, so that what goes in comes out, to the character and the moment.

Whatever SQLite and PostgreSQL hold in different ways is evened out here and nowhere else.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

# What stands for NUL in PostgreSQL: one of the code points that Unicode keeps free of any character, for good.
NUL_STAND_IN = "\ufdd0"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. In SQLite, which has no such type, the ISO text, so that it sorts and any tool can read it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in this database."""
        kind: TypeEngine[Any] = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """The moment as the database keeps it. Raises ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment in the record needs its time zone: {value.isoformat()}")
        in_utc = value.astimezone(UTC)
        return in_utc.isoformat() if dialect.name == "sqlite" else in_utc

    def process_result_value(
        self,
        value: datetime | str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """The moment again."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value and value.astimezone(UTC)


def _without_nul(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value with the stand-in where a NUL was."""
    if isinstance(value, str):
        return value.replace("\x00", NUL_STAND_IN)
    if isinstance(value, dict):
        return {key: _without_nul(part) for key, part in value.items()}
    return [_without_nul(part) for part in value] if isinstance(value, list) else value


def _with_nul(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value with its NULs again."""
    if isinstance(value, str):
        return value.replace(NUL_STAND_IN, "\x00")
    if isinstance(value, dict):
        return {key: _with_nul(part) for key, part in value.items()}
    return [_with_nul(part) for part in value] if isinstance(value, list) else value


class Words(TypeDecorator[str]):
    """Text to the character. In PostgreSQL, which has no NUL, another character stands for it, so that offsets hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the database keeps it."""
        return value if value is None or dialect.name == "sqlite" else value.replace("\x00", NUL_STAND_IN)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text again."""
        return value if value is None or dialect.name == "sqlite" else value.replace(NUL_STAND_IN, "\x00")


class Listed(TypeDecorator[list[Any]]):
    """A list as JSON, its words kept like Words."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in this database."""
        kind: TypeEngine[Any] = JSON(none_as_null=True) if dialect.name == "sqlite" else JSONB(none_as_null=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        """The list as the database keeps it."""
        return value if dialect.name == "sqlite" else _without_nul(value)

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        """The list again."""
        return value if dialect.name == "sqlite" else _with_nul(value)


class Valued(Listed):
    """Any value as JSON: a word, a list, an object."""

    cache_ok = True

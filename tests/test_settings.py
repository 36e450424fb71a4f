"""What the environment may set, and what it may not."""

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.settings import Settings


def test_an_empty_environment_gives_the_model_in_the_wheel_and_onnxruntimes_own_threads() -> None:
    assert Settings.from_environment({}) == Settings(model=None, threads=0)


def test_the_model_and_the_threads_come_from_the_environment() -> None:
    given = {"ONRECORD_MODEL": "models/large", "ONRECORD_THREADS": "2", "HOME": "/home/quandt"}
    assert Settings.from_environment(given) == Settings(model=Path("models/large"), threads=2)


def test_a_key_that_nobody_knows_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'ONRECORD_THREAD'.*ONRECORD_MODEL, ONRECORD_RECORD, ONRECORD_THREADS"):
        Settings.from_environment({"ONRECORD_THREAD": "2"})


def test_the_record_is_a_known_key() -> None:
    assert Settings.from_environment({"ONRECORD_RECORD": "onrecord.db"}) == Settings()


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "²", "2 "])
def test_threads_that_are_no_whole_number_are_an_error(value: str) -> None:
    with pytest.raises(UsageError, match=r"ONRECORD_THREADS is .*whole number"):
        Settings.from_environment({"ONRECORD_THREADS": value})


@pytest.mark.parametrize("key", ["ONRECORD_MODEL", "ONRECORD_RECORD", "ONRECORD_THREADS"])
def test_a_key_without_a_value_is_an_error(key: str) -> None:
    with pytest.raises(UsageError, match=rf"{key} is empty"):
        Settings.from_environment({key: " "})

"""What the environment may set, and what it may not."""

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.settings import KNOWN, Settings, cache_folder

HOME = "/home/quandt"


def test_an_empty_environment_gives_the_model_in_the_wheel_a_record_here_and_no_cache() -> None:
    assert Settings.from_environment({}) == Settings(model=None, threads=0, record="onrecord.db", cache=None)


def test_every_setting_comes_from_the_environment() -> None:
    given = {
        "ONRECORD_CACHE": "pages",
        "ONRECORD_MODEL": "models/large",
        "ONRECORD_RECORD": "sqlite:///news.db",
        "ONRECORD_THREADS": "2",
        "HOME": HOME,
    }
    assert Settings.from_environment(given) == Settings(
        model=Path("models/large"), threads=2, record="sqlite:///news.db", cache=Path("pages")
    )


def test_a_key_that_nobody_knows_is_an_error_that_names_the_known_ones() -> None:
    known = "ONRECORD_CACHE, ONRECORD_MODEL, ONRECORD_RECORD, ONRECORD_THREADS"
    with pytest.raises(UsageError, match=rf"'ONRECORD_THREAD'.*{known}"):
        Settings.from_environment({"ONRECORD_THREAD": "2"})


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"HOME": HOME}, "/home/quandt/.cache/onrecord"),
        ("linux", {"HOME": HOME, "XDG_CACHE_HOME": "/var/cache/quandt"}, "/var/cache/quandt/onrecord"),
        ("linux", {"HOME": HOME, "XDG_CACHE_HOME": "relative"}, "/home/quandt/.cache/onrecord"),
        ("darwin", {"HOME": HOME}, "/home/quandt/Library/Caches/onrecord"),
        ("win32", {"LOCALAPPDATA": "C:/Users/quandt/AppData/Local"}, "C:/Users/quandt/AppData/Local/onrecord"),
    ],
)
def test_the_cache_is_where_the_platform_keeps_caches(platform: str, environment: dict[str, str], folder: str) -> None:
    assert cache_folder(environment, platform=platform) == Path(folder)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_without_a_home_there_is_no_cache(platform: str) -> None:
    assert cache_folder({}, platform=platform) is None


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "²", "2 "])
def test_threads_that_are_no_whole_number_are_an_error(value: str) -> None:
    with pytest.raises(UsageError, match=r"ONRECORD_THREADS is .*whole number"):
        Settings.from_environment({"ONRECORD_THREADS": value})


@pytest.mark.parametrize("key", KNOWN)
def test_a_key_without_a_value_is_an_error(key: str) -> None:
    with pytest.raises(UsageError, match=rf"{key} is empty"):
        Settings.from_environment({key: " "})

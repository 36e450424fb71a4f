"""The documentation keeps its word: its examples run, its links lead somewhere, and it leaves nothing out.

Blocks marked `python` are executed, each in a process of its own; of blocks marked `console` every line that calls
`onrecord`. Both run in a copy of the repository's examples. What they print is not compared: it changes with the model.
"""

import os
import re
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from onrecord.article import ParagraphKind
from onrecord.cli import app
from onrecord.statement import Act, Form, SpeakerKind, ViaRole

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
TIMEOUT_S = 120


def blocks(language: str) -> dict[str, str]:
    """Every block in that language, by its page and line."""
    found = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            if match[1] == language:
                line = text.count("\n", 0, match.start()) + 1
                found[f"{page.relative_to(ROOT)}:{line}"] = match[2]
    return found


PYTHON = blocks("python")
CONSOLE = blocks("console")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def run(command: list[str], *, folder: Path) -> None:
    """Run a command, with the tested program first on the path; it must succeed and have nothing to complain of."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")} | {"PATH": path}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("code", PYTHON.values(), ids=PYTHON)
def test_a_python_example_runs_without_a_warning(code: str, folder: Path) -> None:
    run([sys.executable, "-W", "error", "-c", code], folder=folder)


@pytest.mark.parametrize("session", CONSOLE.values(), ids=CONSOLE)
def test_a_console_example_runs(session: str, folder: Path) -> None:
    typed = re.sub(r"\\\n", "", session)
    commands = re.findall(r"^\$ (.+)$", typed, re.MULTILINE)
    assert commands, "a console block shows commands, each after a $"
    for command in commands:
        if "onrecord " in command:
            run(["sh", "-c", command], folder=folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_within_the_repository_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_every_command_and_option_is_documented() -> None:
    everything = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    missing = {f"onrecord {name}" for name in group.commands if f"onrecord {name}" not in everything}
    for command in (group, *group.commands.values()):
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        missing |= {option for option in options if option not in everything}
    assert not missing


@pytest.mark.parametrize("words", [ParagraphKind, SpeakerKind, Form, Act, ViaRole], ids=lambda words: words.__name__)
def test_every_value_of_a_closed_set_is_defined_in_the_glossary(words: type[StrEnum]) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert not [word.value for word in words if f"\n| `{word}` |" not in glossary]


def test_every_example_is_introduced() -> None:
    introduction = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert not [path.name for path in ROOT.glob("examples/*.txt") if f"({path.name})" not in introduction]

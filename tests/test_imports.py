"""What `import onrecord` gives, and what it does not load."""

import subprocess
import sys

import onrecord

HEAVY = {
    *("babel", "feedparser", "fastwarc", "httpcore", "httpx", "jinja2", "lxml", "numpy", "onnxruntime", "py3langid"),
    *("psycopg", "pypdfium2", "rich", "sqlalchemy", "tokenizers", "trafilatura", "typer"),
}
LIST_MODULES = "import sys, {}; print(*sys.modules)"


def loaded_by(module: str) -> set[str]:
    """The modules that a fresh Python has loaded after importing one."""
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES.format(module)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_onrecord_loads_nothing_heavy() -> None:
    assert not loaded_by("onrecord") & HEAVY


def test_importing_the_command_loads_typer_and_nothing_else_that_is_heavy() -> None:
    assert loaded_by("onrecord.cli") & HEAVY == {"typer"}


def test_the_public_names_are_these() -> None:
    assert onrecord.__all__ == [
        "Act",
        "Article",
        "CommentRequest",
        "Days",
        "Form",
        "Hyperlink",
        "InputError",
        "KnownBy",
        "Link",
        "LinkRole",
        "Markup",
        "OnRecordError",
        "Outcome",
        "Paragraph",
        "ParagraphKind",
        "Reader",
        "Span",
        "Speaker",
        "SpeakerKind",
        "Statement",
        "Via",
        "ViaRole",
        "__version__",
        "read",
    ]
    assert dir(onrecord) == onrecord.__all__


def test_every_public_name_is_there() -> None:
    for name in onrecord.__all__:
        assert getattr(onrecord, name)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(onrecord, "lie")

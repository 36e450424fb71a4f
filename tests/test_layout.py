"""The shape of the code base: who may import whom, how long things may grow, and that nothing goes undocumented.

What is tested here is the source, not what it does: of all the files only errors.py is run. Part of `make check`.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onrecord import errors

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "onrecord"

# Top to bottom: a module may import from the rows above its own and, in a package, from the package itself.
ROWS = (
    {"errors"},
    {"span"},
    {"statement"},
    {"article"},
    {"settings"},
    {"quotations"},
    {"outlets"},
    {"intake"},
    {"reading"},
    {"pipeline"},
    {"workers"},
    {"checking"},
    {"tracing"},
    {"record"},
    {"watching"},
    {"exchange"},
    {"web"},
    {"cli"},
    {"__main__"},
)
ROW_OF = {name: number for number, row in enumerate(ROWS) for name in row}
FACE = {
    "onrecord"
}  # the package's own __init__, which re-exports; only the command, the pages and programs outside may use it

MODULE_LINES = 500
FUNCTION_LINES = 60
USUAL_FUNCTION_LINES = 25
USUAL_SHARE = 0.9

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    """Every Python file below the folders, relative to the repository."""
    return sorted(path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))


LIBRARY = modules("src/onrecord")
EVERYTHING = modules("src", "training", "benchmarks", "tests")


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def home(path: Path) -> str:
    """The module or package right below `onrecord` that a file belongs to."""
    parts = path.relative_to("src/onrecord").with_suffix("").parts
    return "onrecord" if parts == ("__init__",) else parts[0]


def imported(path: Path) -> Iterator[str]:
    """What of our own a file imports anywhere, TYPE_CHECKING included, as names right below `onrecord`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: a relative import; write it out"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "onrecord":
                below = rest.partition(".")[0]
                yield below if below in ROW_OF else "onrecord"


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def is_data(node: ast.AST) -> bool:
    """Whether an expression is a table: a display, nested or not, of constants alone."""
    displays = (ast.List, ast.Tuple, ast.Set, ast.Dict)
    parts = (*displays, ast.Constant, ast.Load, ast.UnaryOp, ast.USub)
    return isinstance(node, displays) and all(isinstance(part, parts) for part in ast.walk(node))


def tables(node: ast.AST) -> Iterator[ast.expr]:
    """The outermost tables of data inside a piece of code."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and is_data(child):
            yield child
        else:
            yield from tables(child)


def n_lines(function: Function) -> int:
    """How many lines a function takes, each table of data in it counted as one."""
    in_tables = sum((table.end_lineno or table.lineno) - table.lineno for table in tables(function))
    return (function.end_lineno or function.lineno) - function.lineno + 1 - in_tables


@pytest.mark.parametrize("path", LIBRARY, ids=str)
def test_a_module_imports_only_from_the_rows_above_its_own(path: Path) -> None:
    here = home(path)
    if here == "onrecord":
        return
    assert here in ROW_OF, f"{path} stands in no row; give it one"
    row = ROW_OF[here]
    allowed = {here} | {name for name, above in ROW_OF.items() if above < row}
    allowed |= FACE if row >= ROW_OF["web"] else set()
    assert not set(imported(path)) - allowed


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_a_module_stays_short(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) < MODULE_LINES


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_no_function_is_long(path: Path) -> None:
    assert not [f"{f.name}: {n_lines(f)} lines" for f in functions(path) if n_lines(f) > FUNCTION_LINES]


def test_nine_functions_in_ten_fit_a_glance() -> None:
    sizes = [n_lines(function) for path in EVERYTHING for function in functions(path)]
    assert sum(size <= USUAL_FUNCTION_LINES for size in sizes) >= USUAL_SHARE * len(sizes)


@pytest.mark.parametrize("path", EVERYTHING, ids=str)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(parsed(path)) or not parsed(path).body


def test_the_whole_program_has_one_broad_except_at_most() -> None:
    broad = {"Exception", "BaseException"}
    handlers = [
        f"{path}:{node.lineno}"
        for path in LIBRARY
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or any(isinstance(n, ast.Name) and n.id in broad for n in ast.walk(node.type)))
    ]
    assert len(handlers) <= 1, handlers


@pytest.mark.parametrize("path", [path for path in LIBRARY if home(path) != "cli"], ids=str)
def test_the_library_never_prints_and_never_exits(path: Path) -> None:
    calls = [ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert not {"print", "exit", "quit", "sys.exit", "os._exit", "SystemExit"} & set(calls)


def documentation() -> str:
    """README.md and everything in docs/ as one text."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_data_file_of_the_package_is_documented() -> None:
    files = {p.name for p in PACKAGE.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc", ".pyi"}}
    assert not {name for name in files - {"py.typed"} if f"`{name}`" not in documentation()}


def test_every_setting_is_documented() -> None:
    settings = {
        node.value
        for path in LIBRARY
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"ONRECORD_[A-Z_]*[A-Z]", node.value)
    }
    assert settings
    assert not {name for name in settings if f"`{name}`" not in documentation()}


def error_classes() -> list[type[errors.OnRecordError]]:
    """Every error of ours, the base first."""
    found = [value for value in vars(errors).values() if isinstance(value, type)]
    return [value for value in found if issubclass(value, errors.OnRecordError)]


def test_the_error_tree_is_small_and_drawn_whole() -> None:
    assert len(error_classes()) <= 11
    assert not {error.__name__ for error in error_classes() if f" {error.__name__} " not in (errors.__doc__ or "")}


def documented_rows(*columns: str) -> dict[str, tuple[str, ...]]:
    """The rows of the table in docs/errors.md that has these columns, by their first cell."""
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in page.splitlines() if "|" in line]
    start = rows.index(list(columns))
    table = itertools.takewhile(lambda row: len(row) == len(columns), rows[start:])
    return {row[0]: tuple(row[1:]) for row in table}


def test_every_error_is_documented_with_its_exit_code() -> None:
    documented = documented_rows("error", "exit code", "meaning", "what to do")
    for error in error_classes():
        assert documented[error.__name__][0] == str(error.exit_code), error.__name__
        assert error.__doc__


def test_every_outcome_is_documented() -> None:
    assert not set(errors.Outcome) - documented_rows("outcome", "meaning", "what to do").keys()

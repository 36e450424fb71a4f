"""Files that are there whole or not at all: written beside their place, and put there when nothing is left to write."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from onrecord.errors import UsageError, shown


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the path's place at the end; on any error what was there stays.

    Raises UsageError for a place where no file can be, and OSError.
    """
    target = path.resolve()  # of a link, where it leads to: the link stays
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {shown(str(path.parent))}; make it first, or name another one")
    if target.exists() and not target.is_file():
        raise UsageError(f"{shown(str(path))} is no file; name a file, or - for standard output")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)

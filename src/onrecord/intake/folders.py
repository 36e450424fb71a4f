"""The files below a folder, whatever they are; what each one is, is seen when it is read.

Hidden files and folders are left out, because programs keep their own things in them. Links are followed, each folder
entered once, so that links in a circle come to an end.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import InputError, Outcome


def files_in(folder: Path) -> Iterator[Path | InputError]:
    """The files in the order of their names, those of inner folders at their folder's place.

    An error for what cannot be read and for what is no file, such as a pipe; one for a folder without any file.
    """
    is_empty = True
    for found in _files_in(folder):
        is_empty = False
        yield found
    if is_empty:
        message = "there is no file in the folder; hidden ones are left out"
        yield InputError(message, source=str(folder), outcome=Outcome.EMPTY)


def _files_in(folder: Path) -> Iterator[Path | InputError]:
    waiting, entered = [folder], set[tuple[int, int]]()
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in entered:
                    entered.add((status.st_dev, status.st_ino))
                    waiting += sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True)
                continue
        except OSError as error:
            yield not_readable(path, error)
            continue
        yield path if stat.S_ISREG(status.st_mode) else _no_file(path)


def not_readable(source: object, error: OSError | ValueError) -> InputError:
    """The error for a path that cannot be opened."""
    reason = error.strerror if isinstance(error, OSError) else error
    return InputError(
        f"cannot be read: {reason}; check the path and its permissions", source=str(source), outcome=Outcome.NOT_FOUND
    )


def _no_file(path: Path) -> InputError:
    message = "neither a file nor a folder but a pipe, a socket or a device; left out"
    return InputError(message, source=str(path), outcome=Outcome.NOT_TEXT)

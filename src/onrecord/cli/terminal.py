"""The two streams: data on standard output, everything else on standard error; and how the program leaves them.

Whatever goes wrong ends in one line on standard error and an exit code, never in a traceback.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from onrecord.errors import OnRecordError

FAILED = 1
PARTLY_DONE = 3
INTERRUPTED = 130
PIPE_CLOSED = 141

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def use_utf8() -> None:
    """Both streams in UTF-8, with plain line feeds, on every system.

    A lone surrogate is written as its escape: in JSON that is the character itself.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def printable(text: str) -> str:
    """The text without control characters, so that no article and no file name can steer the terminal."""
    return CONTROL.sub("\ufffd", text)


def complain(message: str) -> None:
    """One line on standard error, under the program's name."""
    sys.stderr.write(f"onrecord: {printable(message)}\n")
    sys.stderr.flush()


@contextmanager
def ended_cleanly() -> Iterator[None]:
    """Whatever a user can run into leaves the program here, with its exit code; output is flushed before.

    A closed pipe is nothing to complain of (`onrecord read … | head`); 130 and 141 are what a shell reports for a
    program that Ctrl-C or a closed pipe ended.
    """
    try:
        yield
        sys.stdout.flush()
    except OnRecordError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        complain("interrupted")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        sys.exit(PIPE_CLOSED)
    except OSError as error:
        _drop_output()
        complain(f"cannot go on: {error}")
        sys.exit(FAILED)


def _drop_output() -> None:
    """What is still buffered goes nowhere; else Python would try to write it once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

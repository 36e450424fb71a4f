"""Everything that is measured: `python -m benchmarks.run [accuracy|precision|speed ...]`, by default all of it."""

import sys

from benchmarks import accuracy, precision, speed
from benchmarks.gold import require_gold
from onrecord import Reader

PARTS = ("accuracy", "precision", "speed")


def main() -> None:
    require_gold()
    wanted = sys.argv[1:] or PARTS
    if unknown := set(wanted) - set(PARTS):
        raise SystemExit(f"no part {min(unknown)!r}; there are {', '.join(PARTS)}")
    reader = Reader.load()
    if "accuracy" in wanted:
        accuracy.report(reader)
    if "precision" in wanted:
        precision.report(reader)
    if "speed" in wanted:
        speed.report()


if __name__ == "__main__":
    main()

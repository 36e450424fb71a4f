"""Everything that is measured: `python -m benchmarks.run [PART ...]`, by default every part (see `--help`)."""

import argparse

from benchmarks import accuracy, checks, coreference, errors, pages, precision, speakers, speed
from benchmarks.gold import require_gold
from onrecord import Reader

PARTS = ("accuracy", "speakers", "coreference", "errors", "precision", "checks", "pages", "speed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--show-errors", type=int, default=0, metavar="N", help="print so many errors in full")
    args = parser.parse_args()
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"no part {min(unknown)!r}; there are {', '.join(PARTS)}")
    require_gold()
    reader = Reader.load()
    if "accuracy" in args.parts:
        accuracy.report(reader)
    if "speakers" in args.parts:
        speakers.report(reader, n_shown=args.show_errors)
    if "coreference" in args.parts:
        coreference.report(reader)
    if "errors" in args.parts:
        errors.report(reader, n_shown=args.show_errors)
    if "precision" in args.parts:
        precision.report(reader)
    if "checks" in args.parts:
        checks.report(reader, n_shown=args.show_errors)
    if "pages" in args.parts:
        pages.report()
    if "speed" in args.parts:
        speed.report()


if __name__ == "__main__":
    main()

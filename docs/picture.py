"""Draws docs/read.svg, the picture in the README: `python docs/picture.py`, from the repository's root."""

import io

from rich.console import Console

import onrecord
from onrecord.cli.show import lines

ARTICLE = "examples/interview.txt"
N_LINES = 34


def main() -> None:
    console = Console(record=True, width=96, file=io.StringIO(), highlight=False)
    for line in list(lines(onrecord.read(ARTICLE), console))[:N_LINES]:
        console.print(line, soft_wrap=True)
    console.save_svg("docs/read.svg", title=f"onrecord read {ARTICLE}")


if __name__ == "__main__":
    main()

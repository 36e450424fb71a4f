"""Intake: files, standard input and JSON Lines to articles. Pure but for the reading of the inputs themselves."""

from onrecord.intake.dates import parse_date
from onrecord.intake.inputs import read_inputs
from onrecord.intake.plain import article_from_text

__all__ = ["article_from_text", "parse_date", "read_inputs"]

"""Intake: files, folders, addresses, feeds, archives and standard input to articles.

Pure but for the reading of the inputs themselves: `fetch` alone goes to the network.
"""

from onrecord.intake.dates import parse_date
from onrecord.intake.inputs import articles_in, is_address, read_inputs
from onrecord.intake.plain.article import article_from_text

__all__ = ["article_from_text", "articles_in", "is_address", "parse_date", "read_inputs"]

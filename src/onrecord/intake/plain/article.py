"""A plain text to an Article: head, paragraphs, and the text as it came."""

from datetime import date

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake.plain.head import read_head
from onrecord.intake.plain.layout import blocks_of
from onrecord.intake.plain.paragraphs import paragraphs_of


def article_from_text(
    text: str,
    *,
    id: str = "text",
    source: str = "-",
    published: date | None = None,
    title: str | None = None,
) -> Article:
    """The article that a text holds; what is given here and `text` does not state itself is taken from here.

    `title` is different: it is known from elsewhere, and comes before what the head says. Raises InputError.
    """
    blocks = blocks_of(text)
    if not blocks:
        raise InputError("nothing to read: the text is empty or white space only", source=source, outcome=Outcome.EMPTY)
    head = read_head(blocks, title=title)
    return Article(
        id=id,
        text=text,
        source=source,
        outlet=head.outlet,
        title=title or head.title,
        authors=head.authors,
        # The day of a change is the last resort: most reports are changed on the day they come out, few much later, and
        # without any date nothing that the text calls "Monday" or "last week" could be dated.
        published=head.published or published or head.updated,
        url=head.url,
        paragraphs=paragraphs_of(blocks, head=head),
    )

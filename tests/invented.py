"""An invented article, read by hand, with whatever a statement can be: for the tests of formats.

Nobody and nothing in it exists. Statements 9 to 11 are inner ones.
"""

from datetime import date

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.span import Span
from onrecord.statement import Act, Days, Form, Speaker, SpeakerKind, Statement, Via, ViaRole

PARAGRAPHS = (
    (ParagraphKind.TITLE, "Harbour [red]may close[/red], mayor says"),
    (ParagraphKind.BYLINE, "By Ilse Quandt"),
    (ParagraphKind.STANDFIRST, "The winter storms leave Weyport no choice."),
    (
        ParagraphKind.BODY,
        (
            "Mayor Jorun Falk told the Weyport Ledger: “Our engineer Tomas Brandvold said\n"
            "‘the quay is <safe> & sound’, and I believe him.”"
        ),
    ),
    (
        ParagraphKind.BODY,
        (
            '"The storms come earlier every year," Falk said, "and nobody in the capital listens." '
            'The paper asked her: "Will the ferry 🚢 stop?" Falk answered yes, and warned that the dyke would not hold.'
        ),
    ),
    (ParagraphKind.BODY, '"It is a matter of weeks, and the cafe\u0301 knows it.'),
    (ParagraphKind.HEADING, "Council divided"),
    (
        ParagraphKind.BODY,
        "=Last week= the Ledger reported that the Ministry of Tides expects a flood; there was =SUM(A1) of doubt.",
    ),
    (ParagraphKind.PROMOTION, "Watch this video of the storm."),
    (ParagraphKind.RELATED, "Ferry “will never stop”, owner vows"),
    (ParagraphKind.SOURCES, "Sources include: Weyport Ledger"),
    (ParagraphKind.BODY, "قال العمدة إن الميناء آمن"),
)
TEXT = "\n\n".join(words for _, words in PARAGRAPHS)


def at(words: str, *, after: str = "") -> tuple[Span, ...]:
    """The span of these words, the first ones behind `after`."""
    start = TEXT.index(words, TEXT.index(after) + len(after))
    return (Span(start, start + len(words)),)


FALK = Speaker("Jorun Falk", SpeakerKind.PERSON)
LEDGER = Speaker("Weyport Ledger", SpeakerKind.OUTLET)
MINISTRY = Speaker("Ministry of Tides", SpeakerKind.ORGANISATION)
OUTERMOST = (
    Statement(source=at("mayor"), cue=at("says"), content=at("Harbour [red]may close[/red]"), speaker=FALK),
    Statement(
        source=at("Mayor Jorun Falk"),
        cue=at("told"),
        content=at("“Our engineer Tomas Brandvold said\n‘the quay is <safe> & sound’, and I believe him.”"),
        speaker=FALK,
        form=Form.DIRECT,
        via=(Via("Weyport Ledger", ViaRole.VENUE),),
        confidence=0.98765,
    ),
    Statement(
        source=at("Falk", after="every year"),
        cue=at("said", after="every year"),
        content=at('"The storms come earlier every year,"') + at('"and nobody in the capital listens."'),
        speaker=FALK,
        form=Form.DIRECT,
    ),
    Statement(
        source=at("The paper"),
        cue=at("asked"),
        content=at('"Will the ferry 🚢 stop?"'),
        speaker=LEDGER,
        form=Form.DIRECT,
        act=Act.ASK,
    ),
    Statement(
        source=at("Falk", after="stop?"),
        cue=at("answered"),
        content=at("yes"),
        speaker=FALK,
        form=Form.INDIRECT,
        answers=3,
    ),
    Statement(
        source=at("Falk", after="stop?"),
        cue=at("warned"),
        content=at("that the dyke would not hold"),
        speaker=FALK,
        form=Form.INDIRECT,
        act=Act.EVALUATE,
    ),
    Statement(content=at('"It is a matter of weeks, and the cafe\u0301 knows it.'), form=Form.DIRECT, confidence=0.25),
    Statement(
        source=at("the Ledger"),
        cue=at("reported"),
        content=at("that the Ministry of Tides expects a flood"),
        speaker=LEDGER,
        form=Form.INDIRECT,
        said=Days(date(2031, 1, 6), date(2031, 1, 12)),
    ),
    Statement(source=at("العمدة"), cue=at("قال"), content=at("إن الميناء آمن"), form=Form.INDIRECT),
)
INNER = (
    Statement(
        source=at("Our engineer Tomas Brandvold"),
        cue=at("said", after="Brandvold"),
        content=at("‘the quay is <safe> & sound’"),
        speaker=Speaker("Tomas Brandvold", SpeakerKind.PERSON),
        parent=1,
    ),
    Statement(
        source=at("I", after="sound’"), cue=at("believe"), content=at("him"), act=Act.THINK, speaker=FALK, parent=1
    ),
    Statement(
        source=at("the Ministry of Tides"),
        cue=at("expects"),
        content=at("a flood"),
        speaker=MINISTRY,
        act=Act.THINK,
        parent=7,
        via=(Via("Weyport Ledger", ViaRole.REPORTER),),
    ),
)


def paragraphs() -> tuple[Paragraph, ...]:
    """The paragraphs in their places, an empty line between any two."""
    found, start = [], 0
    for kind, words in PARAGRAPHS:
        found.append(Paragraph(Span(start, start + len(words)), kind))
        start += len(words) + 2
    return tuple(found)


HARBOUR = Article(
    id="harbour",
    text=TEXT,
    source="in/harbour.txt",
    outlet="The Weyport Ledger",
    title="Harbour [red]may close[/red], mayor says",
    authors=("Ilse Quandt",),
    published=date(2031, 1, 15),
    paragraphs=paragraphs(),
    statements=OUTERMOST + INNER,
)
BARE = Article(id="bare", text="Rain.", paragraphs=(Paragraph(Span(0, 5), ParagraphKind.BODY),))

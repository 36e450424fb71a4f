"""Two invented articles, read by hand, with whatever a statement can be: for the tests of formats.

Nobody and nothing in them exists. HARBOUR is whatever a text can hold; its statements 9 to 11 are inner ones. PUMPS, at
third hand, without outlet and date, is whatever can be known of a speaker, a way and a time; its statement 9 is inner.
"""

from dataclasses import replace
from datetime import date

from onrecord.article import Article, CommentRequest, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.span import Span
from onrecord.statement import Act, Days, Form, KnownBy, Speaker, SpeakerKind, Statement, Via, ViaRole

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


def at(words: str, *, after: str = "", text: str = TEXT) -> tuple[Span, ...]:
    """The span of these words, the first ones behind `after`."""
    start = text.index(words, text.index(after) + len(after))
    return (Span(start, start + len(words)),)


def outcome_of(taken: Article | InputError) -> Outcome:
    """With what an input ended."""
    return taken.outcome if isinstance(taken, InputError) else Outcome.READ


FALK = Speaker("Jorun Falk", SpeakerKind.PERSON)
AS_MAYOR = replace(FALK, known_by=KnownBy.ROLE)
AS_I = replace(FALK, known_by=KnownBy.PRONOUN)
LEDGER = Speaker("Weyport Ledger", SpeakerKind.OUTLET)
MINISTRY = Speaker("Ministry of Tides", SpeakerKind.ORGANISATION)
OUTERMOST = (
    Statement(source=at("mayor"), cue=at("says"), content=at("Harbour [red]may close[/red]"), speaker=AS_MAYOR),
    Statement(
        source=at("Mayor Jorun Falk"),
        cue=at("told"),
        content=at("“Our engineer Tomas Brandvold said\n‘the quay is <safe> & sound’, and I believe him.”"),
        speaker=FALK,
        form=Form.DIRECT,
        via=(Via("Weyport Ledger", ViaRole.VENUE, at("Weyport Ledger")[0]),),
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
        speaker=replace(LEDGER, known_by=KnownBy.ROLE),
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
        when=at("Last week")[0],
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
        source=at("I", after="sound’"), cue=at("believe"), content=at("him"), act=Act.THINK, speaker=AS_I, parent=1
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


def paragraphs(kinds_and_words: tuple[tuple[ParagraphKind, str], ...]) -> tuple[Paragraph, ...]:
    """The paragraphs in their places, an empty line between any two."""
    found, start = [], 0
    for kind, words in kinds_and_words:
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
    paragraphs=paragraphs(PARAGRAPHS),
    statements=OUTERMOST + INNER,
)
BARE = Article(id="bare", text="Rain.", paragraphs=(Paragraph(Span(0, 5), ParagraphKind.BODY),))

PUMPS_PARAGRAPHS = (
    (
        ParagraphKind.BODY,
        (
            "Anselm Corvin, the minister of tides, told the Tarsian Moning Post in February that the pumps would hold. "
            "“Nobody has to move,” he said."
        ),
    ),
    (ParagraphKind.BODY, "“We have had worse winters.”"),
    (
        ParagraphKind.BODY,
        (
            "The minister promised new gates in a statement on 3 January 2031. A senior aide who feared for her post "
            "called the old ones rusty, and they doubted even the new ones. The town was said to be safe. "
            "I hope so. The ministry’s report warned that Corvin had wanted no gates."
        ),
    ),
    (
        ParagraphKind.BODY,
        (
            "The Post has asked Corvin and the town council by email for comment. Neither has replied. "
            "Asked for comment, the makers of the gates praised them. The aide was asked, too."
        ),
    ),
    (ParagraphKind.SOURCES, "Sources: Tarsian Morning Post, Tide Weekly"),
)
PUMPS_TEXT = "\n\n".join(words for _, words in PUMPS_PARAGRAPHS)


def pumped(words: str, *, after: str = "") -> tuple[Span, ...]:
    """The same as `at`, in the text of PUMPS."""
    return at(words, after=after, text=PUMPS_TEXT)


CORVIN = Speaker("Anselm Corvin", SpeakerKind.PERSON)
AS_HE = replace(CORVIN, known_by=KnownBy.PRONOUN, confidence=0.62)
GOING_ON = replace(CORVIN, known_by=KnownBy.CONTINUATION, confidence=0.558)
AS_MINISTER = replace(CORVIN, known_by=KnownBy.ROLE, confidence=0.95)
AIDE = Speaker("senior aide", SpeakerKind.UNNAMED, KnownBy.DESCRIPTION)
WRITER = Speaker("Ilse Quandt", SpeakerKind.AUTHOR, KnownBy.PRONOUN)
REPORT = Speaker("ministry’s report", SpeakerKind.DOCUMENT, KnownBy.DESCRIPTION)
POST = Via("Tarsian Moning Post", ViaRole.VENUE, pumped("Tarsian Moning Post")[0], proper="Tarsian Morning Post")
PUMPS_STATEMENTS = (
    Statement(
        source=pumped("Anselm Corvin, the minister of tides"),
        cue=pumped("told"),
        content=pumped("that the pumps would hold"),
        speaker=CORVIN,
        form=Form.INDIRECT,
        via=(POST,),
        when=pumped("in February")[0],
    ),
    Statement(
        source=pumped("he", after="move,” "),
        cue=pumped("said"),
        content=pumped("“Nobody has to move,”"),
        speaker=AS_HE,
        form=Form.DIRECT,
        confidence=0.97,
    ),
    Statement(content=pumped("“We have had worse winters.”"), speaker=GOING_ON, form=Form.DIRECT),
    Statement(
        source=pumped("The minister"),
        cue=pumped("promised"),
        content=pumped("new gates"),
        speaker=AS_MINISTER,
        act=Act.COMMIT,
        via=(Via("statement", ViaRole.VENUE, pumped("statement")[0]),),
        when=pumped("on 3 January 2031")[0],
        said=Days(date(2031, 1, 3), date(2031, 1, 3)),
    ),
    Statement(
        source=pumped("A senior aide who feared for her post"),
        cue=pumped("called"),
        content=pumped("the old ones rusty"),
        speaker=AIDE,
    ),
    Statement(source=pumped("they"), cue=pumped("doubted"), content=pumped("even the new ones")),
    Statement(
        cue=pumped("was said"),
        content=pumped("The town") + pumped("to be safe"),
        via=(Via("Tide Weekly", ViaRole.REPORTER),),
    ),
    Statement(source=pumped("I", after="safe. "), cue=pumped("hope"), content=pumped("so"), speaker=WRITER),
    Statement(
        source=pumped("The ministry’s report"),
        cue=pumped("warned"),
        content=pumped("that Corvin had wanted no gates"),
        speaker=REPORT,
    ),
    Statement(
        source=pumped("Corvin", after="warned that "),
        cue=pumped("wanted"),
        content=pumped("no gates"),
        speaker=CORVIN,
        act=Act.WANT,
        parent=8,
    ),
)
ASKED = (
    CommentRequest(
        by="Tarsian Morning Post",
        of=("Anselm Corvin", "town council"),
        medium="email",
        answered=False,
        span=pumped("The Post has asked Corvin and the town council by email for comment. Neither has replied.")[0],
    ),
    CommentRequest(
        by=None,
        of=("makers of the gates",),
        medium=None,
        answered=True,
        span=pumped("Asked for comment, the makers of the gates praised them.")[0],
    ),
    CommentRequest(by=None, of=(), medium=None, answered=None, span=pumped("The aide was asked, too.")[0]),
)
PUMPS = Article(
    id="pumps",
    text=PUMPS_TEXT,
    source="in/pumps.txt",
    paragraphs=paragraphs(PUMPS_PARAGRAPHS),
    statements=PUMPS_STATEMENTS,
    comment_requests=ASKED,
    cited_outlets=("Tarsian Morning Post", "Tide Weekly"),
)

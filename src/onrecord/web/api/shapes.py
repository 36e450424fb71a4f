"""What the API answers with, in the contract's words; docs/api.md has each with an example.

Offsets count code points into the article's `text`. Days are ISO dates.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from onrecord.article import Markup, ParagraphKind
from onrecord.record.corrections import Field as CorrectedField
from onrecord.statement import Act, Form, FoundBy, KnownBy, LinkRole, SpeakerKind, ViaRole

Place = Annotated[tuple[int, int], Field(description="Where it begins, and where it ends.", examples=[[412, 436]])]


class Fault(BaseModel):
    """What was wrong, and what to do."""

    status: int
    code: str
    message: str


class Refused(BaseModel):
    """The answer where something was wrong."""

    error: Fault


Answers = dict[int | str, dict[str, Any]]
# What any request may get instead, and what one that names something by its number may get.
REFUSALS: Answers = {status: {"model": Refused} for status in (400, 413, 421, 429, 503)}
UNSIGNED: Answers = {status: {"model": Refused} for status in (401, 403)}
UNREADABLE: Answers = {422: {"model": Refused}, **REFUSALS}
NOTHING_HERE: Answers = {404: {"model": Refused}, **REFUSALS}


class Speaker(BaseModel):
    """Whom the words are attributed to."""

    name: str
    kind: SpeakerKind
    known_by: KnownBy
    proper: str | None = Field(description="The right spelling, where the article's is wrong.")
    confidence: float


class Via(BaseModel):
    """Who or what stands between the speaker and the article."""

    name: str
    role: ViaRole
    proper: str | None
    span: Place | None


class Days(BaseModel):
    """The days of the saying, both included."""

    start: date
    end: date


class Link(BaseModel):
    """One link of the way of the words."""

    name: str
    role: LinkRole


class Corrected(BaseModel):
    """What people have corrected."""

    fields: list[str]
    by: str
    at: datetime


class Statement(BaseModel):
    """One attribution in its article."""

    source: list[Place]
    cue: list[Place]
    content: list[Place]
    speaker: Speaker | None
    form: Form | None
    act: Act
    via: list[Via]
    said: Days | None
    when: Place | None
    parent: int | None = Field(description="The statement in whose content it stands: its place in the article.")
    answers: int | None = Field(description="The question that it answers: its place in the article.")
    confidence: float


class Found(Statement):
    """A statement that was found, with what it takes to understand and to cite it."""

    statement_id: int
    speaker_id: int | None = Field(description="The speaker's number in the record.")
    words: str
    matched: list[Place] = Field(description="Where in `words` those stand that were looked for.")
    passage: str | None
    found_by: FoundBy | None
    article: str
    article_id: int
    path: str
    outlet: str | None
    outlets: list[str]
    title: str | None
    published: date | None
    url: str | None
    chain: list[Link]
    corrected: Corrected | None


class Meant(BaseModel):
    """Somebody who is meant by the name that was given."""

    id: int
    name: str


class Statements(BaseModel):
    """A page of statements."""

    statements: list[Found]
    meant: list[Meant]
    next: str | None = Field(description="What to give as `after` for the next page; null on the last one.")


class Correction(BaseModel):
    """What somebody said of a statement; spans are pairs of offsets, a speaker an object, the saying two days."""

    id: int
    article_id: int
    article: str
    statement_id: int
    field: CorrectedField
    before: Any = None
    after: Any = None
    note: str | None
    decided_by: str
    decided_at: datetime
    undone_by: str | None
    undone_at: datetime | None
    agreed_with: str | None = Field(description="The model that has since read the same by itself.")
    carried_from: int | None
    carried_to: int | None
    is_left: bool


class Corrections(BaseModel):
    """Corrections, in the order in which they were made."""

    corrections: list[Correction]


class Count(BaseModel):
    """How many statements have a value."""

    value: str
    n: int


class Facets(BaseModel):
    """What was found, counted."""

    n: int
    is_part: bool = Field(description="Whether more was found than was counted.")
    speakers: list[Count]
    outlets: list[Count]
    kinds: list[Count]
    forms: list[Count]
    acts: list[Count]
    days: list[Count]


class Paragraph(BaseModel):
    """A paragraph of the text."""

    start: int
    end: int
    kind: ParagraphKind
    markup: Markup | None


class Address(BaseModel):
    """Where a link of the text leads."""

    start: int
    end: int
    address: str


class Request(BaseModel):
    """A request for comment."""

    by: str | None
    of: list[str]
    medium: str | None
    answered: bool | None
    span: Place


class Finding(BaseModel):
    """One remark on the text."""

    code: str
    spans: list[Place]
    message: str
    evidence: list[str]
    confidence: float


class Listed(BaseModel):
    """An article in a list."""

    id: int
    name: str
    outlet: str | None
    title: str | None
    published: date | None
    added_at: datetime
    version: int
    n_statements: int


class ReadArticle(BaseModel):
    """An article with its text, its statements and the remarks on it."""

    id: str
    source: str
    outlet: str | None
    title: str | None
    authors: list[str]
    published: date | None
    published_at: str | None
    url: str | None
    domain: str | None
    language: str
    copy_of: str | None
    fetched: datetime | None
    record_id: str | None
    text: str
    paragraphs: list[Paragraph]
    links: list[Address]
    statements: list[Statement]
    comment_requests: list[Request]
    cited_outlets: list[str]
    findings: list[Finding]


class Article(ReadArticle):
    """An article of the record, with what is around it there."""

    article_id: int
    statement_ids: list[int] = Field(description="The statements' numbers in the record, in their order.")
    versions: list[Listed]
    copies: list[Listed]


class Source(BaseModel):
    """Somebody on whom an article rests."""

    name: str
    kind: SpeakerKind
    named: bool
    statements: int
    words: int
    direct: int
    indirect: int
    second_hand: bool
    through: list[str]
    description: str | None
    reason: str | None


class Outlet(BaseModel):
    """An outlet from which an article has something."""

    name: str
    linked: bool


class Asked(BaseModel):
    """Who was asked for comment."""

    by: str | None
    of: list[str]
    medium: str | None
    answered: bool | None


class Sourcing(BaseModel):
    """What an article rests on."""

    words: int
    attributed_words: int
    quoted_words: int
    attributed_share: float
    own_share: float
    named_sources: int
    unnamed_sources: int
    single_source: str | None
    sources: list[Source]
    outlets: list[Outlet]
    comment_requests: list[Asked]
    silent: list[str]


class CheckedArticle(ReadArticle):
    """A text that was sent, and what it rests on."""

    sourcing: Sourcing


class Articles(BaseModel):
    """The newest articles."""

    articles: list[Listed]
    next: int | None = Field(description="What to give as `before` for those before; null at the end.")


class Entry(BaseModel):
    """Somebody in a list."""

    id: int
    kind: SpeakerKind
    name: str
    n_statements: int
    n_articles: int
    first: date | None
    last: date | None
    authority: str | None


class Use(BaseModel):
    """A name or a role, and how often articles use it."""

    words: str
    n_statements: int
    first: date | None
    last: date | None
    listed: bool


class Proposal(BaseModel):
    """Somebody who may be the same."""

    id: int
    other: Entry
    reason: str


class Person(BaseModel):
    """A speaker, with every name and role."""

    speaker: Entry
    names: list[Use]
    roles: list[Use]
    merged: list[int]
    proposals: list[Proposal]


class Speakers(BaseModel):
    """Those whose names have the words, the most quoted first."""

    speakers: list[Entry]


class Counted(BaseModel):
    """An outcome, a model or a program, and how many there are of it."""

    name: str
    n: int


class Holdings(BaseModel):
    """What the record holds."""

    version: int
    size: int
    n_articles: int
    n_old_versions: int
    n_copies: int
    n_statements: int
    n_speakers: int
    n_outlets: int
    first: date | None
    last: date | None
    models: list[Counted]
    programs: list[Counted]
    outcomes: list[Counted]

"""The other outlets that an article has something from, where it first says so, and whether it gives an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.checking.material import Material
from onrecord.intake.outlets import is_outlet
from onrecord.outlets import OutletKind, outlet_at, outlet_like, outlet_named
from onrecord.span import Span
from onrecord.statement import Act, KnownBy, SpeakerKind, Statement

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|co|uk|de|fr|info|tv|news|io|eu|example)\b\S*",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:report|wr[io]t|print|publish|reveal|according)", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:told|tells|telling|informed)\s+(?:the\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:told|tells|telling)$", re.IGNORECASE)
_TOLD_TO = re.compile(r"\s+(?:the\s+)?(?P<name>[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*)*)")
# What a source may call an outlet beside its name: "the magazine Inside Brannock".
_CALLED = re.compile(
    r"\b(?i:news agency|newspaper|paper|magazine|daily|weekly|tabloid|broadcaster|channel|station|website|"
    r"site|podcast)\b"
)
# Names that papers bear as well as others: they are outlets where they report.
_PRINTED = re.compile(
    r"\w (?:Post|Sun|Star|Mirror|Ledger|Standard|Record|Mercury|World|Globe|Reporter|Press|Leader|Dagblad|Tidende|"
    r"Posten|Bladet|Avis|Zeitung|Tagblatt|Tageblatt|Anzeiger|Kurier|Rundschau|Nachrichten|Presse|Gazeta|Gazzetta|Corriere|"
    r"Diario|Jornal|Matin|Dnevnik|Pravda|Vestnik|Insider|Today|Online)$"
)
_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’&.-]*(?:\s(?:(?:of|the|de|du|der|des|la|le|and|&|for)\s)?[A-ZÀ-Þ][\w'’&-]*){0,6})"
# How a report says that it has something from another: "citing the weekly Le Phare", "Le Phare, a weekly, wrote".
_TAKES_FROM = re.compile(
    rf"\b(?P<cue>[Aa]ccording to|[Aa]s reported (?:by|in|on)|(?:first|earlier|also) reported (?:by|in|"
    rf"on)|reported (?:by|in)|"
    r"reports? (?:by|in|from)|(?:in )?an? (?:[\w-]+ )?interview (?:with|in|on|for)|interviewed by|"
    r"sp(?:oke|eaking|oken) to|"
    r"told|tells|telling|quoted (?:by|in)|cited (?:by|in)|citing|quoting|obtained by|seen by|revealed (?:by|in)|"
    r"published (?:by|in|on)|in (?:comments|remarks) to|broadcast (?:by|on)|aired (?:by|on)|disclosed (?:by|in)|"
    r"an? (?:[\w-]+ )?(?:report|article|story|investigation|piece) (?:by|in|from|on)|unearthed by|leaked to|shown to)"
    rf"\s+(?P<called>(?:the\s+)?(?:[a-z][\w-]*\s+){{0,4}}?(?:[A-ZÀ-Þ]\w+\s+(?=(?:daily|weekly|newspaper|magazine|broadcaster)\b))?(?:[a-z][\w-]*\s+){{0,3}}?){_NAME}"
)
_GIVES = re.compile(
    rf"(?P<called>\b(?:[Tt]he\s+)?(?:[a-z][\w-]*\s+){{0,3}}?){_NAME}(?P<after>,\s(?:an?|the|which)\s[^,.;]{{3,80}},|\s+(?:newspaper|magazine|"
    r"news agency|news site|television|TV|radio))?\s+(?:has |had |have )?(?:first |earlier |also |later )?"
    r"(?P<cue>reported|reports|wrote|writes|revealed|reveals|published|broke the (?:story|news)|"
    r"disclosed|quoted|quotes|aired|broadcast|cited)\b"
)
LONGEST_NAME = 5  # words of an outlet's name that stands alone on a line
_WORD = re.compile(r"[^\W_]{4,}")
_COMMON = frozenset("news daily weekly post times morning evening radio the press".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """An outlet by its `name`, where the text first has something from it, with the cue, and whether it is linked."""

    name: str
    spans: tuple[Span, ...]
    linked: bool
    confidence: float


def cited(material: Material) -> tuple[Mention, ...]:
    """The outlets that the body has something from, each at its first mention, in the order of the text."""
    article = material.article
    own = [name for name in (article.outlet, article.outlet and _known(article.outlet), article.domain) if name]
    own += _of_head(material)
    found: dict[str, Mention] = {}
    for name, spans, confidence in sorted(_mentions(material), key=lambda mention: mention[1]):
        if not any(is_same_outlet(name, other) for other in own) and not any(
            name in other or other in name for other in found
        ):
            found[name] = Mention(name, spans, _is_linked(material, name, spans), confidence)
    return tuple(found.values())


def _of_head(material: Material) -> list[str]:
    """What stands above the body alone on a line and is an outlet's name: the article's own."""
    start = material.body[0].span.end if material.body else 0
    lines = [" ".join(line.split()) for line in material.article.text[:start].splitlines()]
    return [line for line in lines if line and len(line.split()) <= LONGEST_NAME and is_outlet(line.title())]


def outlet_name(name: str, *, kind: SpeakerKind | None = None) -> str | None:
    """The proper name of the outlet that a name is, none where it is no outlet's, or that of a platform for anybody."""
    known = outlet_named(name, in_context=kind is SpeakerKind.OUTLET) or outlet_like(name)
    if known:
        return None if known.kind is OutletKind.PLATFORM else known.name
    return name if kind is SpeakerKind.OUTLET or is_outlet(name) else None


def _mentions(material: Material) -> Iterator[tuple[str, tuple[Span, ...], float]]:
    yield from _by_words(material)
    for statement in material.statements:
        yield from _told_to(material, statement)
        yield from _speaking(material, statement)
        for via in statement.via:
            name = outlet_name(via.proper or via.name)
            if name is None and via.span and _is_told(material.article.text, via.span):
                name = via.name
            if name and via.span:
                yield name, (via.span, *statement.cue), 0.85


def _by_words(material: Material) -> Iterator[tuple[str, tuple[Span, ...], float]]:
    """The outlets that the words of a sentence take something from, whether or not a statement was read there."""
    text = material.article.text
    for sentence in material.sentences:
        for form in (_TAKES_FROM, _GIVES):
            for match in form.finditer(text, sentence.start, sentence.end):
                name = " ".join(match["name"].split()).rstrip(".")
                name = name.removesuffix("’s").removesuffix("'s").removeprefix("The ")
                beside = f"{match['called']} {match.groupdict().get('after') or ''}"
                proper = _outlet_by_words(name, beside=beside)
                if proper and not material.quoted[match.start("cue")]:
                    spans = sorted((Span(*match.span("cue")), Span(*match.span("name"))))
                    yield proper, tuple(spans), 0.8


def _outlet_by_words(name: str, *, beside: str) -> str | None:
    """The outlet that a name is: called one, known as one, or bearing a name that papers bear."""
    if _CALLED.search(beside):
        return outlet_name(name, kind=SpeakerKind.OUTLET)
    printed = name if _PRINTED.search(name) and "the " in beside.lower() else None
    return outlet_name(name) or printed


def _speaking(material: Material, statement: Statement) -> Iterator[tuple[str, tuple[Span, ...], float]]:
    """The outlet that speaks in a statement, named in its source: known as one, or called one, or a paper's by name."""
    speaker = statement.speaker
    if (
        speaker is None
        or speaker.known_by is not KnownBy.NAME
        or not statement.source
        or statement.act is not Act.ASSERT
    ):
        return
    source = material.words(statement.source[0])
    bare = source.removeprefix("the ").removeprefix("The ")
    name = None
    if speaker.kind in (SpeakerKind.OUTLET, SpeakerKind.ORGANISATION):
        kind = SpeakerKind.OUTLET if _CALLED.search(source) else speaker.kind
        name = outlet_name(speaker.proper or speaker.name, kind=kind)
    if speaker.kind is SpeakerKind.PERSON and re.search(rf"{_CALLED.pattern}\s+{re.escape(speaker.name)}$", source):
        name = speaker.name  # "the tabloid Kveld"
    if name is None and bare[:1].isupper() and _REPORTS.search(material.words(*statement.cue)):
        name = bare if _PRINTED.search(bare) and (source != bare or speaker.kind is SpeakerKind.ORGANISATION) else None
    if name:
        yield name, tuple(sorted((*statement.source, *statement.cue))), 0.9


def _told_to(material: Material, statement: Statement) -> Iterator[tuple[str, tuple[Span, ...], float]]:
    """The outlet that is right behind a statement's "told", where the reader has no venue for it."""
    for cue in statement.cue:
        match = _TOLD_TO.match(material.article.text, cue.end)
        name = outlet_name(" ".join(match["name"].split())) if match and _TELLS.search(material.words(cue)) else None
        if match and name:
            yield name, (Span(*match.span("name")), cue), 0.85


def _is_told(text: str, via: Span) -> bool:
    """Whether a venue with a name is whom somebody told: an outlet, for what else is told in a report."""
    return text[via.start].isupper() and _TOLD.search(text[max(0, via.start - 40) : via.start]) is not None


def is_same_outlet(name: str, other: str) -> bool:
    """Whether two names are one outlet's: each word of the shorter begins one of the longer's, in its order."""
    short, long = sorted((_parts(name), _parts(other)), key=len)
    left = iter(long)
    return bool(short) and all(any(part.startswith(word) or word.startswith(part) for part in left) for word in short)


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"[^\W_]+", name.lower()) if part not in {"the", "com", "www", "org", "net"}]


def _known(name: str) -> str:
    return outlet_name(name, kind=SpeakerKind.OUTLET) or name


def _is_linked(material: Material, name: str, spans: tuple[Span, ...]) -> bool:
    """Whether the text gives an address that is the outlet's, or any in the sentence that has something from it."""
    article = material.article
    addresses = [(Span(*a.span()), a.group()) for a in _ADDRESS.finditer(article.text)]
    addresses += [(link.span, link.address) for link in article.links]
    home = material.sentence_at(spans[0].start)
    return any((home and home.meets(span)) or _is_of(address, name) for span, address in addresses)


def _is_of(address: str, name: str) -> bool:
    """Whether an address is an outlet's: in the list of outlets, or by a word of its name in the host."""
    known = outlet_at(address)
    if known:
        return known.name == name
    try:
        host = urlsplit(address if "//" in address else f"//{address}").netloc.lower()
    except ValueError:
        return False
    telling = [word.lower() for word in _WORD.findall(name) if word.lower() not in _COMMON]
    return any(word in host for word in telling)

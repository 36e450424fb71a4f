"""What an article's body rests on: whose words it has, how many, at first hand or through whom, and who is silent.

Words are the body's; titles, headings, promotions and lines about other stories count for nothing. Words between
quotation marks are somebody's even where no statement was found for them, once they are as many as a sentence has.
"""

from collections.abc import Iterable

from onrecord.checking.accusations import unheard
from onrecord.checking.material import Material, masked, words_in
from onrecord.checking.outlets import cited
from onrecord.checking.report import CitedOutlet, Source, Sourcing
from onrecord.checking.unnamed import unnamed
from onrecord.checking.voices import Voice, single_voice, voices
from onrecord.span import Span
from onrecord.statement import Form, SpeakerKind, ViaRole

# Shorter ones are titles of works and words held at arm's length. On every fourth of PolNeAR's training articles five,
# eight and twelve differ by .0001 in how far the shares are from the annotators'.
FEWEST_QUOTED = 8


def sourcing_of(material: Material) -> Sourcing:
    """The sourcing of an article's body."""
    text = material.article.text
    words = [word for p in material.body for word in words_in(text, p.span)]
    attributed = attributed_mask(material)
    alone = single_voice(material)
    return Sourcing(
        n_words=len(words),
        n_attributed=sum(attributed[word.start] for word in words),
        n_quoted=sum(attributed[word.start] and material.quoted[word.start] for word in words),
        sources=_sources(material),
        outlets=tuple(CitedOutlet(mention.name, mention.linked) for mention in cited(material)),
        comment_requests=material.article.comment_requests,
        silent=tuple(one.accused for one in unheard(material)),
        single_source=alone.name if alone else None,
    )


def attributed_mask(material: Material) -> bytearray:
    """The mask of what is somebody else's words: contents, and longer quotations without a statement."""
    text = material.article.text
    outer = (q.span for q in material.quotations if q.depth == 0)
    long = [span for span in outer if len(words_in(text, span)) >= FEWEST_QUOTED]
    return masked(len(text), [*long, *(span for s in material.statements for span in s.content)])


def _sources(material: Material) -> tuple[Source, ...]:
    """Every speaker of the body, those with the most words first."""
    kept = {one.name: (material.words(one.span), one.reason) for one in unnamed(material)}
    found = [_source(material, voice, *kept.get(voice.name, (None, None))) for voice in voices(material)]
    return tuple(sorted(found, key=lambda source: -source.n_words))


def _source(material: Material, voice: Voice, description: str | None, reason: str | None) -> Source:
    text = material.article.text
    contents = {span for s in voice.statements for span in s.content}
    through = (v.proper or v.name for s in voice.statements for v in s.via if _is_between(v.role, v.name))
    return Source(
        name=voice.name,
        kind=voice.kind,
        n_statements=len(voice.statements),
        n_words=_n_words(text, contents),
        n_direct=sum(s.form is Form.DIRECT for s in voice.statements),
        through=tuple(dict.fromkeys(through)),
        description=description if voice.kind is SpeakerKind.UNNAMED else None,
        reason=reason,
    )


def _is_between(role: ViaRole, name: str) -> bool:
    """Whether a via passes words on: a reporter, or a venue with a name."""
    return role is ViaRole.REPORTER or name[:1].isupper()


def _n_words(text: str, spans: Iterable[Span]) -> int:
    """How many words the spans hold, each counted once."""
    return len({word for span in spans for word in words_in(text, span)})

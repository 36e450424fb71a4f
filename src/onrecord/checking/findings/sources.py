"""Who speaks in an article: other outlets without an address, people without a name, one speaker alone."""

from collections.abc import Iterator

from onrecord.checking.material import Material, clipped
from onrecord.checking.outlets import cited
from onrecord.checking.report import Code, Finding
from onrecord.checking.unnamed import unnamed
from onrecord.checking.voices import single_voice


def second_hand(material: Material) -> Iterator[Finding]:
    """What is taken from another outlet for which the text gives no address."""
    for mention in cited(material):
        if not mention.linked:
            message = f"What comes from {mention.name} cannot be followed: the text gives no address for it."
            home = material.sentence_at(mention.spans[0].start) or mention.spans[0]
            yield Finding(
                Code.SECOND_HAND_UNLINKED, mention.spans, message, (material.words(home),), mention.confidence
            )


def anonymous(material: Material) -> Iterator[Finding]:
    """People who are kept anonymous, with the reason where the text gives one."""
    for one in unnamed(material):
        who = material.words(one.span)
        why = f"for this reason: {one.reason}" if one.reason else "and the text gives no reason"
        message = (
            f"“{who}” is not named, {why}." if one.name else f"Somebody is kept anonymous (“{clipped(who)}”), {why}."
        )
        home = material.sentence_at(one.span.start) or one.span
        yield Finding(Code.UNNAMED_SOURCE, (one.span,), message, (material.words(home),), one.confidence)


def single(material: Material) -> Iterator[Finding]:
    """That all the article's news rests on one speaker."""
    voice = single_voice(material)
    if voice:
        message = f"Everything that the article tells of others' words comes from {voice.name}."
        n = len(voice.statements)
        evidence = (f"{n} statements, all of {voice.name}",)
        yield Finding(Code.SINGLE_SOURCE, (voice.naming,), message, evidence, 0.8)

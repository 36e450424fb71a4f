"""How a speaker puts one sentence of a statement: affirmed or negated, and how surely; from its words, cue and act.

By rules and the lists of data/stance.txt. What is asked, refused without a word on the matter, or only mentioned
("attacked the plan") is no stance. What it refuses to do: to ask whether it is so, or why it is said.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.span import Span
from onrecord.statement import Act, Form, Statement
from onrecord.tracing.clause import Clause, main_clause
from onrecord.tracing.clausestance import Said, said_in
from onrecord.tracing.cues import Effect, effect_of
from onrecord.tracing.stances import Certainty, Polarity, Stance
from onrecord.tracing.stancewords import found, longest, single, spans
from onrecord.tracing.words import Word, words_of

FEWEST_WORDS = 3
_NAMES = frozenset({"may", "will"})
_CLOSING = "\"”’'»)] "


def stance_in(text: str, sentence: Span, *, statement: Statement) -> Stance | None:
    """The stance of one sentence of a statement's content; none where it takes none."""
    words = sentence_words(text, sentence)
    cue = tuple(word for span in statement.cue for word in words_of(text, span))
    if not words or _is_question(sentence.of(text), words, cue=cue, act=statement.act):
        return None
    source = words_of(text, statement.source[0]) if statement.source else ()
    effect = effect_of(cue, source, words, act=statement.act)
    clause = main_clause(text, words)
    if effect is None or not (effect.holds_all or _is_clause(clause, cue=cue, form=statement.form)):
        return None
    return _joined(effect, said_in(clause, statement=statement), clause=clause)


def sentence_words(text: str, sentence: Span) -> tuple[Word, ...]:
    """The words of a sentence; the month May, the man Will and the "no" of "no-fly" and "No, …" pass for other words.

    A headline in title case has capitals everywhere, so that they tell nothing there.
    """
    words = words_of(text, sentence)
    in_title_case = 2 * sum(word.capital for word in words) > len(words)

    def is_other(place: int, word: Word) -> bool:
        if word.folded in _NAMES:
            return word.capital and not in_title_case
        behind = text[word.span.end : word.span.end + 1]
        return word.folded == "no" and (behind == "-" or (behind == "," and not place and len(words) > 1))

    return tuple(
        replace(word, folded=f"{word.folded}-") if is_other(place, word) else word for place, word in enumerate(words)
    )


def _is_question(sentence: str, words: Sequence[Word], *, cue: Sequence[Word], act: Act) -> bool:
    """Whether it asks: by its mark, or by a cue of asking; a cue of saying is one only of its questions."""
    if sentence.rstrip(_CLOSING).endswith("?") or (words[0].folded in {"whether", "if"} and "," not in sentence):
        return True
    return act is Act.ASK and bool(cue) and not any(found(cue, "saying"))


def _is_clause(clause: Clause, *, cue: Sequence[Word], form: Form | None) -> bool:
    """Whether the content says something, and does not only name it."""
    words = clause.words
    if form is Form.DIRECT and longest(words, 0, "instructing", "negating"):
        return True
    if len(words) < FEWEST_WORDS:
        return False
    if not cue or any(found(cue, "saying")):
        return True
    if cue[-1].folded in single("mentioning"):
        return False
    return clause.auxiliary or bool(clause.framed) or words[0].folded in single("pronoun")


def _joined(effect: Effect, said: Said, *, clause: Clause) -> Stance:
    """What the cue, and the verbs that frame the clause, make of what it says."""
    negative, certainty = said.negative, said.certainty
    places = [*effect.places, *said.places]
    for frame, negated in clause.framed:
        doubts = longest(clause.words, frame.start, "doubting") > 0
        negative ^= negated ^ doubts
        if doubts and not negated:
            certainty = Certainty.POSSIBLE
        if doubts or negated:
            places += spans(clause.words, [range(max(frame.start - 1, 0), frame.stop)])
    if effect.certainty and not (effect.certainty is Certainty.PROMISED and _assures(clause)):
        certainty = effect.certainty
    negative ^= effect.negative
    if negative and certainty is Certainty.ASSERTED:
        certainty = Certainty.DENIED
    polarity = Polarity.NEGATIVE if negative else Polarity.AFFIRMATIVE
    return Stance(polarity, certainty, tuple(sorted(set(places))))


def _assures(clause: Clause) -> bool:
    """Whether what is promised is how things are: "I promise that the quay is safe"."""
    verb = clause.words[clause.verb].folded
    future = verb == "would" or any(found(clause.words, "promised", start=clause.verb, end=clause.end))
    return (clause.auxiliary or clause.words[0].folded == "that") and not future

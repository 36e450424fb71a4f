"""Whether an article is in English, the one language that is read.

Most are, and show it by words that no English text does without, which costs nothing; only where they are missing is
the language identified, by a model that takes half a second to load. What cannot be told is read: a headline, a list of
names and figures. Nothing is cut out of an article in two languages; where about a third of it is English it is read.
"""

# ruff: noqa: PLC0415 - the model and the names of languages are loaded for the few articles that need them

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.article import Article, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.phrases import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
_NO_LANGUAGE = "zxx"
_MAX_CHARS = 20_000
_RUNNING_KINDS = (ParagraphKind.BODY, ParagraphKind.STANDFIRST)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

# Sizes are bytes of UTF-8, in which a Chinese character counts for three letters, of words that begin small: names and
# figures are of no language. A hundred are about 150 characters of a language of Europe, 35 of Chinese.
_MIN_BYTES = 100
# Where the page itself states the language that its text turns out to be in, one sentence is enough.
_MIN_BYTES_AS_STATED = 50
# By letters, English is a fifth english_words.txt, and the 39 languages of tests/cases/languages.jsonl hold none of it.
# Of an article of 2,000 characters in one of these that goes on in English all are refused where a tenth is English,
# two in three where a quarter is, one in five at a third, none at half.
_ENGLISH_SHARE = 0.05
# Of the 1,460 English texts in polnear_train, attributions_dev, gum, ewt_names and pages_open none is refused, nor are
# their first 1,000, 600, 300 and 150 characters, 4,046 windows of 300 within them, and the same in capitals; the model
# is asked about 2 in 1,000 whole texts and 1 in 80 of the beginnings, and refuses all 39 others. By itself it takes two
# of the beginnings for something else, at .34 and .55 of probability, and Croatian for Croatian at no more than .65.
_MIN_SURE = 0.4
_MAX_ENGLISH = 0.05


def require_english(article: Article) -> Article:
    """The article, with "en" for its language. Raises InputError where it is surely in another one.

    What the page states, `article.language`, is not believed, but where the text bears it out less text is enough.
    """
    text = _running_text(article)
    running = [word for word in _WORD.findall(text) if not word[0].isupper()]
    size, stated = sum(map(_n_bytes, running)), re.split("[-_]", article.language.lower())[0]
    n_needed = _MIN_BYTES if stated == ENGLISH else _MIN_BYTES_AS_STATED
    if size < n_needed or _shows_english(running):
        return replace(article, language=ENGLISH)
    found = _other_language(text)
    if found and (size >= _MIN_BYTES or found[0] == stated):
        language, probability = found
        raise InputError(
            f"the text is in {_named(language)}, with a probability of {probability:.2f}, and only English is read; "
            "give an English version of it or leave it out",
            source=article.source,
            outcome=Outcome.UNSUPPORTED_LANGUAGE,
        )
    return replace(article, language=ENGLISH)


def _running_text(article: Article) -> str:
    """The beginning of the body and of what leads to it, in small letters where most are capitals."""
    found, n_left = [], _MAX_CHARS
    for paragraph in article.paragraphs:
        if paragraph.kind in _RUNNING_KINDS and n_left > 0:
            found.append(paragraph.span.of(article.text)[:n_left])
            n_left -= len(found[-1])
    text = "\n".join(found) or article.text[:_MAX_CHARS]
    is_shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return text.lower() if is_shouted else text


def _n_bytes(word: str) -> int:
    return len(word.encode("utf-8", "surrogatepass"))


def _shows_english(running: Sequence[str]) -> bool:
    of_english = (len(word) for word in running if word.replace("’", "'") in words("english_words"))
    return sum(of_english) >= _ENGLISH_SHARE * sum(map(len, running))


def _other_language(text: str) -> tuple[str, float] | None:
    """The code of the language that a text is surely in, and its probability; none for English and in doubt."""
    ranking = _identifier().rank(text)
    language, probability = ranking[0]
    is_sure = probability >= _MIN_SURE and dict(ranking)[ENGLISH] <= _MAX_ENGLISH
    return (language, probability) if is_sure and language != _NO_LANGUAGE else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _named(language: str) -> str:
    """A language by its English name and its code; by the code alone where it is one of the few without."""
    from babel import Locale

    name = Locale(ENGLISH).languages.get(language)
    return f"{name} ({language})" if name else f'the language "{language}"'

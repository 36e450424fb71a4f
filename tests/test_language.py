"""Which articles are taken for English, and that nothing is refused that may be."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.language import require_english
from onrecord.intake.plain.article import article_from_text
from onrecord.span import Span
from tests.invented import BARE, HARBOUR, PUMPS

SHARED = Path(__file__).parents[2] / "shared"
LANGUAGES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "languages.jsonl").read_text(encoding="utf-8").splitlines()
]
FRENCH, GERMAN = (next(case["text"] for case in LANGUAGES if case["language"] == code) for code in ("fr", "de"))
ENGLISH = (
    "The mayor of Weyport, Jorun Falk, said on Tuesday that the harbour would not close this year. “We have enough "
    "money to repair the wall before the storms of winter,” she told reporters. The fishermen do not believe her and "
    "want to protest in front of the town hall next week."
)
NAMES = (
    "Jorun Falk, Ilse Quandt, Tomas Brandvold, Anselm Corvin, Lenka Duforth, Matteo de la Riva, Joost van der Meer, "
    "Séverine Oudot, Piet Hask, Renate Vogelsang, Ålesund, Örnsköldsvik, Zürich, Besançon, Łódź, Coimbra, Gijón."
)
RESULTS = "1. Falk (NOR) 45.21; 2. Quandt (GER) 45.80; 3. Duforth (FRA) 46.02; 4. Hask (NED) 46.77 (pb); 5. Vogel (SUI)"
TRANSCRIPT = (
    "FALK: No.\n\nQUANDT: Never?\n\nFALK: Never, Ilse.\n\nCORVIN: Weyport pays, Ostmark waits.\n\nFALK: Ja, ja."
)


def refusal(article: Article) -> str:
    """The message with which an article is refused."""
    with pytest.raises(InputError) as caught:
        require_english(article)
    assert caught.value.outcome is Outcome.UNSUPPORTED_LANGUAGE
    assert caught.value.source == article.source
    return str(caught.value)


def is_read(article: Article) -> bool:
    """That an article is taken for English; raises where it is refused."""
    return require_english(article).language == "en"


def in_parts(*parts: tuple[ParagraphKind, str]) -> Article:
    """An article of paragraphs of these kinds."""
    text = "\n\n".join(words for _, words in parts)
    spans = ((kind, text.index(words), len(words)) for kind, words in parts)
    return Article("parts", text, paragraphs=tuple(Paragraph(Span(at, at + n), kind) for kind, at, n in spans))


@pytest.mark.parametrize("case", LANGUAGES, ids=[case["name"] for case in LANGUAGES])
def test_an_article_in_another_language_is_refused_by_name(case: dict[str, str]) -> None:
    assert f"{case['name']} ({case['language']})" in refusal(article_from_text(case["text"], source="in/report.txt"))
    assert f"({case['language']})" in refusal(Article("loud", case["text"].upper()))


def test_the_refusal_says_how_sure_it_is_and_what_to_do() -> None:
    assert refusal(article_from_text(FRENCH)) == (
        "the text is in French (fr), with a probability of 1.00, and only English is read; "
        "give an English version of it or leave it out"
    )


@pytest.mark.parametrize("stated", ["en", "en-GB", "fr", "de_DE", "", "klingon"])
def test_english_is_read_whatever_the_page_states(stated: str) -> None:
    assert require_english(Article("said", ENGLISH, language=stated)) == Article("said", ENGLISH)


@pytest.mark.parametrize("stated", ["en", "en-US", "de"])
def test_french_is_refused_whatever_the_page_states(stated: str) -> None:
    assert "French" in refusal(Article("said", FRENCH, language=stated))


def test_one_sentence_is_refused_only_where_the_page_states_the_same_language() -> None:
    sentence = Article("short", FRENCH[: FRENCH.index(".") + 1])
    assert "French" in refusal(replace(sentence, language="fr-CA"))
    assert require_english(replace(sentence, language="de")) == sentence
    assert require_english(sentence) == sentence


@pytest.mark.parametrize(
    "text",
    [
        *("Rain.", "Harbour may close, mayor says", "Déjà vu à Weyport", "“C’est la vie,” says Falk", "🚢🚢🚢", " \n"),
        *(NAMES, RESULTS, TRANSCRIPT, "Ostmark 3, Weyport 1 (Falk, Hask, Brandvold; Quandt)\n" * 20),
        *(ENGLISH.upper(), ENGLISH.title(), f"{NAMES}\n\n{ENGLISH}", f"{ENGLISH}\n\nقال العمدة إن الميناء آمن"),
        "Wamble frindle, throop the mocksey vindar. Brillow sanned, and quilp trandled.",
        f"{ENGLISH}\n\n{FRENCH}\n\n{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}",
    ],
)
def test_what_may_be_english_is_read(text: str) -> None:
    assert is_read(Article("doubt", text))


@pytest.mark.parametrize("article", [BARE, HARBOUR, PUMPS], ids=lambda article: article.id)
def test_an_english_article_comes_back_as_it_was(article: Article) -> None:
    assert require_english(article) == article


def test_half_english_is_read_and_a_tenth_is_not() -> None:
    assert is_read(article_from_text(f"{FRENCH}\n\n{ENGLISH}"))
    assert is_read(article_from_text(f"{ENGLISH}\n\n{FRENCH}"))
    assert "French" in refusal(article_from_text("\n\n".join([FRENCH] * 9 + [ENGLISH])))


def test_only_the_body_and_what_leads_to_it_count() -> None:
    around = ((ParagraphKind.RELATED, ENGLISH * 5), (ParagraphKind.PROMOTION, ENGLISH * 4))
    assert "French" in refusal(in_parts((ParagraphKind.BODY, FRENCH), *around))
    assert "French" in refusal(in_parts((ParagraphKind.STANDFIRST, FRENCH), *around))
    assert is_read(in_parts((ParagraphKind.BODY, ENGLISH), (ParagraphKind.RELATED, FRENCH * 5)))


def test_an_article_without_a_body_is_judged_by_its_whole_text() -> None:
    assert "German" in refusal(in_parts((ParagraphKind.HEADING, GERMAN)))
    assert is_read(in_parts((ParagraphKind.HEADING, ENGLISH)))


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert is_read(Article("long", ENGLISH * 100 + FRENCH * 1000))
    assert "French" in refusal(Article("long", FRENCH * 100 + ENGLISH * 1000))


@given(text=st.text() | st.lists(st.sampled_from([*"aé.\ud800中A", " the ", " und "]), max_size=200).map("".join))
def test_any_text_is_english_or_refused(text: str) -> None:
    article = Article("any", text)
    try:
        read = require_english(article)
    except InputError:
        return
    assert read == article


def test_no_model_is_loaded_for_english() -> None:
    program = (
        "import sys; from onrecord.article import Article; from onrecord.intake.language import require_english; "
        "require_english(Article('a', sys.argv[1])); print({'babel', 'py3langid'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, ENGLISH], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def english_texts() -> Iterator[str]:
    """Real English: articles of eight outlets, and the bodies of pages."""
    with gzip.open(SHARED / "data" / "polnear_train.jsonl.gz", "rt", encoding="utf-8") as articles:
        yield from (json.loads(line)["text"] for line in articles)
    with (SHARED / "eval" / "pages_open.jsonl").open(encoding="utf-8") as pages:
        yield from ("\n\n".join(json.loads(line)["body"]) for line in pages)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the corpora are not part of the repository")
def test_no_real_english_article_and_no_beginning_of_one_is_refused() -> None:
    texts = list(english_texts())
    assert len(texts) > 900
    for text in chain.from_iterable((text, text[:300], text[:150]) for text in texts):
        assert is_read(Article("real", text))

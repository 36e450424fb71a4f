"""The same article twice, and the same text in several outlets."""

import gzip
import json
import pickle
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.duplicates import Seen, fingerprint, is_copy, text_key
from onrecord.intake.plain.article import article_from_text
from tests.invented import BARE, HARBOUR, PUMPS, paragraphs

NOW = datetime(2031, 2, 13, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"

REPORT = """
The town of Weyport will keep its harbour open through the winter, Mayor Jorun Falk said on Tuesday, rejecting a plan
of the Ministry of Tides to move the ferries to Ostmark until the wall has been repaired.

“We have enough money to mend what the October storm broke,” Falk told reporters outside the town hall. “Nobody in the
capital has asked the people who live from this harbour what it would mean to lose it for five months.”

The ministry had warned last week that the eastern part of the wall, built in 1911, could give way in a spring tide.
Its engineers found cracks in eleven of the forty blocks and put the cost of new ones at nine million.

Fishermen are divided. Tomas Brandvold, who runs two boats, said that he would rather sail from Ostmark for a season
than see his crew drown at the pier. Others fear that the buyers would not come back in April.

The council is to vote on the repairs on 3 February. A spokeswoman for the ministry declined to say whether it would
close the harbour by decree if the town refuses.

Weyport was cut off for nine days in the winter of 2019, when the coastal road was flooded and the ferries could not
land. Two people died because no doctor could reach them.
""".strip().split("\n\n")
OTHER_REPORT = """
Ferries will go on calling at Weyport this winter although engineers of the state doubt that the harbour wall is safe,
the town's mayor announced yesterday after a meeting of three hours with the owners of the boats.

Jorun Falk said the repairs could be paid for. “Nobody in the capital has asked the people who live from this harbour
what it would mean to lose it for five months,” she added, to applause.

According to the Ministry of Tides there are cracks in more than a quarter of the blocks. It proposed on 8 January to
let the ferries land at Ostmark, thirty kilometres to the south, as they did for a month in 1987.

For the skipper Tomas Brandvold that would be the lesser evil; the fish traders of the town see it otherwise. A
decision of the council is expected at the beginning of February, and protests have been announced.
""".strip().split("\n\n")
BOILERPLATE = """
Sign up to our newsletter and get the stories that matter to the coast every morning, free of charge.

The Weyport Ledger is owned by its readers. If you value what we do, please consider a gift, however small.

Have you seen something that we should know of? Write to our desk; we never name those who do not want to be named.
""".strip().split("\n\n")


def article(
    parts: Iterable[str], id: str = "a", *, title: str = "", url: str | None = None, source: str = "-"
) -> Article:
    """An article of these paragraphs, with a title above them if one is given."""
    body = tuple((ParagraphKind.BODY, part) for part in parts)
    kinds_and_words = ((ParagraphKind.TITLE, title), *body) if title else body
    text = "\n\n".join(words for _, words in kinds_and_words)
    return Article(id, text, title=title or None, url=url, source=source, paragraphs=paragraphs(kinds_and_words))


AGENCY = article(REPORT, "agency", title="Weyport to keep harbour open, mayor says")
LEDGER = article(
    (REPORT[0].replace("The town of Weyport", "WEYPORT (Coastal News) — Weyport"), *REPORT[1:3], *REPORT[4:]),
    "ledger",
    title="“Nobody has asked us”: Falk defies ministry",
)
COURIER = article(
    (
        *REPORT[:2],
        REPORT[2].replace("had warned last week", "warned a week ago").replace("nine million", "nine million crowns"),
        "Brandvold, who owns two trawlers, would rather leave for a season. Others fear for their buyers.",
        *REPORT[4:],
    ),
    "courier",
    title="No winter break for Weyport’s ferries",
)
BRIEF = article(REPORT[:2], "brief", title="Harbour stays open")
OTHER = article(OTHER_REPORT, "other", title="Weyport to keep harbour open, mayor says")


def with_words(seed: int, n: int) -> list[str]:
    """Words drawn at random, as many articles have no others in common than these."""
    return random.Random(seed).choices([f"w{number}" for number in range(5000)], k=n)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    ("one", "other"), [*combinations((AGENCY, LEDGER, COURIER), 2), (AGENCY, BRIEF), (COURIER, BRIEF)]
)
def test_an_agency_s_report_is_a_copy_in_every_outlet_that_prints_it(one: Article, other: Article) -> None:
    assert is_copy(one, other)
    assert is_copy(other, one)
    assert set(fingerprint(one)) & set(fingerprint(other))
    assert text_key(one) != text_key(other)


@pytest.mark.parametrize("other", [OTHER, HARBOUR, PUMPS, BARE, article([REPORT[2]]), article(())], ids=lambda a: a.id)
def test_another_report_on_the_same_and_a_single_paragraph_are_no_copies(other: Article) -> None:
    assert not is_copy(AGENCY, other)
    assert not is_copy(other, AGENCY)


def test_two_short_texts_are_not_copies_by_what_stands_below_every_article() -> None:
    one = article(("The ferry to Ostmark sails an hour later from Monday on, says its owner.", *BOILERPLATE))
    other = article(("The library opens again in March after a year of works.", *BOILERPLATE[:2], REPORT[5]))
    assert not is_copy(one, other)


def test_an_extract_from_a_much_longer_text_is_no_copy() -> None:
    words = with_words(1, 3000)
    assert not is_copy(article([" ".join(words)]), article([" ".join(words[:200])]))
    assert is_copy(article([" ".join(words)]), article([" ".join(words[:400])]))


def test_a_heading_counts_for_the_text_s_key_and_a_title_does_not() -> None:
    assert text_key(AGENCY) == text_key(replace(article(REPORT), title="Another"))
    divided = [(ParagraphKind.BODY, REPORT[0]), (ParagraphKind.HEADING, "Divided"), (ParagraphKind.BODY, REPORT[1])]
    text = "\n\n".join(words for _, words in divided)
    with_heading = Article("a", text, paragraphs=paragraphs(tuple(divided)))
    assert text_key(with_heading) != text_key(article(REPORT[:2]))
    assert fingerprint(with_heading) == fingerprint(article(REPORT[:2]))


def test_white_space_capitals_and_quotation_marks_do_not_make_another_text() -> None:
    plain = article(part.replace("“", '"').replace("”", '"').replace(" ", " \n") for part in REPORT)
    loud = article(part.upper().replace("“", "«").replace("”", "»") for part in REPORT)
    decomposed = article(["The cafe\u0301 closes."])
    assert len(text_key(plain)) == 16
    assert text_key(AGENCY) == text_key(plain) == text_key(loud)
    assert text_key(decomposed) == text_key(article(["The café closes."]))
    assert fingerprint(AGENCY) == fingerprint(plain) == fingerprint(loud)


def test_texts_without_a_word_are_the_same_where_their_marks_are() -> None:
    assert is_copy(Article("a", "🚢 🚢"), Article("b", "🚢\n🚢"))
    assert not is_copy(Article("a", "🚢"), Article("b", "🌊"))
    assert fingerprint(Article("a", "🚢")) == ()


def test_keys_and_fingerprints_are_stored_and_therefore_never_change() -> None:
    assert text_key(AGENCY).hex() == "0a180bd75c2c4f7749d231fee32a1eee"
    assert fingerprint(AGENCY)[::5] == (176523611142685296, 28573163298638550, 688784807226255241, 233070596515606489)


@given(text=st.text())
def test_any_text_is_its_own_copy_and_has_a_fingerprint_for_a_database(text: str) -> None:
    one, other = Article("a", text), Article("b", text)
    assert is_copy(one, other)
    assert len(fingerprint(one)) in {0, 16}
    assert all(-(2**63) <= band < 2**63 for band in fingerprint(one))
    assert Seen().place(one) == one


def test_a_syndicated_report_is_kept_with_the_id_of_the_first() -> None:
    seen = Seen()
    placed = [seen.place(each) for each in (AGENCY, OTHER, LEDGER, HARBOUR, COURIER, BRIEF, PUMPS)]
    assert [each.copy_of for each in placed] == [None, None, "agency", None, "agency", "agency", None]


def test_a_copy_of_a_copy_names_the_first() -> None:
    seen = Seen()
    later = article((REPORT[1], REPORT[3], *REPORT[3:]), "later")
    assert not is_copy(BRIEF, later)
    assert [seen.place(each).copy_of for each in (BRIEF, AGENCY, later)] == [None, "brief", "brief"]


def test_the_same_file_given_twice_is_kept_as_a_copy() -> None:
    seen = Seen()
    assert seen.place(replace(BARE, source="in/bare.txt")).copy_of is None
    assert seen.place(replace(BARE, id="again", source="in/bare.txt")).copy_of == "bare"


def test_long_texts_are_compared_by_a_sample() -> None:
    seen = Seen()
    texts = [with_words(seed, 1500) for seed in range(40)]
    for number, words in enumerate(texts):
        assert seen.place(Article(f"first-{number}", " ".join(words))).copy_of is None
    for number, words in enumerate(texts):
        changed = ["other" if place % 40 == 7 else word for place, word in enumerate(words[:1000])]
        assert seen.place(Article(f"second-{number}", " ".join(changed))).copy_of == f"first-{number}"


def test_no_text_is_kept() -> None:
    seen = Seen()
    for number in range(20):
        seen.place(Article(f"article-{number}", " ".join(with_words(number, 10_000))))
    assert len(pickle.dumps(seen)) < 20 * 4_000


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (("https://weyport.example/a", "p.html"), ("https://www.weyport.example/a/?utm_source=x", "q.html")),
        (("https://weyport.example/a", "p.html"), ("https://amp.weyport.example/a/amp/", "q.html")),
        (("https://weyport.example/a", "p.html"), (None, "https://weyport.example/a")),
        ((None, "https://weyport.example/a"), ("http://weyport.example/a#top", "-")),
        ((None, "https://weyport.example/b?p=1"), (None, "HTTPS://WEYPORT.EXAMPLE/b?p=1&fbclid=1")),
        (("https://weyport.example/a", "https://weyport.example/b"), (None, "https://weyport.example/b")),
    ],
)
def test_an_article_at_an_address_that_was_there_is_a_duplicate(
    first: tuple[str | None, str], again: tuple[str | None, str]
) -> None:
    seen = Seen()
    seen.place(replace(HARBOUR, url=first[0], source=first[1], fetched=NOW))
    with pytest.raises(InputError) as caught:
        seen.place(replace(PUMPS, url=again[0], source=again[1], fetched=NOW))
    assert caught.value.outcome is Outcome.DUPLICATE
    assert caught.value.source == again[1]


def test_the_message_names_the_article_that_was_there_and_the_address() -> None:
    seen = Seen()
    seen.place(replace(HARBOUR, url="https://weyport.example/a?id=1"))
    with pytest.raises(InputError) as caught:
        seen.place(replace(HARBOUR, url="https://m.weyport.example/a?id=1&ref=home"))
    assert str(caught.value) == (
        "the same article as 'harbour' from 'in/harbour.txt', by their address 'weyport.example/a?id=1'; "
        "that one was read, leave this one out"
    )


def test_a_duplicate_s_other_address_is_known_from_then_on() -> None:
    seen = Seen()
    seen.place(replace(HARBOUR, url="https://weyport.example/a"))
    with pytest.raises(InputError):
        seen.place(replace(HARBOUR, url="https://weyport.example/a", source="https://weyport.example/b", fetched=NOW))
    with pytest.raises(InputError, match=r"'harbour' from 'in/harbour\.txt'"):
        seen.place(replace(PUMPS, source="https://weyport.example/b", fetched=NOW))


def test_articles_out_of_one_archive_or_file_that_was_fetched_are_no_duplicates_of_each_other() -> None:
    seen = Seen()
    archive = "https://weyport.example/news.warc.gz"
    records = [
        replace(each, source=f"{archive}#{each.id}", record_id=each.id, fetched=NOW) for each in (HARBOUR, PUMPS)
    ]
    lines = [replace(each, source="https://weyport.example/news.jsonl") for each in (BARE, AGENCY)]
    assert [seen.place(each).copy_of for each in (*records, *lines)] == [None] * 4


@pytest.mark.parametrize("url", ["https://weyport.example/", "https://www.weyport.example/index.html", "n/a", "", None])
def test_articles_that_all_state_their_site_s_front_are_not_lost(url: str | None) -> None:
    seen = Seen()
    placed = [seen.place(replace(each, url=url)) for each in (HARBOUR, PUMPS, AGENCY)]
    assert [each.copy_of for each in placed] == [None, None, None]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the corpora are not part of the repository")
def test_of_840_real_articles_those_are_copies_that_people_called_so() -> None:
    seen = Seen()
    with gzip.open(SHARED / "data" / "polnear_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    placed = [seen.place(article_from_text(each["text"], id=each["id"], title=each["title"])) for each in documents]
    with (SHARED / "eval" / "trace_open.jsonl").open(encoding="utf-8") as lines:
        families = [family for line in lines if (family := json.loads(line))["near_duplicate_articles"]]
    called_so = {frozenset(member["article"] for member in family["members"]) for family in families}
    assert {frozenset((each.id, each.copy_of)) for each in placed if each.copy_of} == called_so

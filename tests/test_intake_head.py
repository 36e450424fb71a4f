"""Title, standfirst, authors and date from the head of a text."""

from datetime import date

import pytest

from onrecord.article import ParagraphKind
from onrecord.errors import UsageError
from onrecord.intake import article_from_text, parse_date

BODY = (
    "The harbour of Ostervik will close next year, the mayor told a crowd of several hundred people on Monday evening."
)
DAY = date(2024, 10, 3)


def kinds(text: str) -> list[ParagraphKind]:
    return [paragraph.kind for paragraph in article_from_text(text).paragraphs]


def test_labelled_lines_give_every_field() -> None:
    article = article_from_text(
        "Title: Harbour to close\nBy: Mara Quill and Tom Ash, Staff Writers\nDate: 2024-10-03\nOutlet: The Tide\n"
        f"URL: https://tide.example/1\n\n{BODY}"
    )
    assert article.title == "Harbour to close"
    assert article.authors == ("Mara Quill", "Tom Ash")
    assert (article.published, article.outlet, article.url) == (DAY, "The Tide", "https://tide.example/1")
    assert [paragraph.kind for paragraph in article.paragraphs] == ["title", *["byline"] * 4, "body"]


def test_an_unlabelled_head_is_read_line_by_line() -> None:
    article = article_from_text(
        f"Harbour to close next year\nCouncil votes eight to one\nBy Mara Quill | 3 October 2024\n{BODY}"
    )
    assert (article.title, article.authors, article.published) == ("Harbour to close next year", ("Mara Quill",), DAY)
    assert [paragraph.kind for paragraph in article.paragraphs] == ["title", "standfirst", "byline", "body"]


def test_a_name_above_the_date_is_a_byline() -> None:
    article = article_from_text(f"Harbour to close next year\n\nMara Quill\n\nOct. 3, 2024\n\n{BODY}")
    assert (article.authors, article.published) == (("Mara Quill",), DAY)


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Harbour To Close In Ostervik", "Harbour To Close In Ostervik"),
        ("Harbour to close in Ostervik.", "Harbour to close in Ostervik"),
        ("Harbour to close; \nMayor blames ferry for losses.", "Harbour to close; Mayor blames ferry for losses"),
        ("Mayor Says Harbour ‘Must Close.’", "Mayor Says Harbour ‘Must Close’"),
        ("Harbour to close? Not so fast.", "Harbour to close? Not so fast."),
        ("Harbour sold to the U.S.", "Harbour sold to the U.S."),
    ],
)
def test_a_headline_is_recognised_with_or_without_a_full_stop(headline: str, title: str) -> None:
    article = article_from_text(f"{headline}\n\n{BODY}")
    assert article.title == title
    assert article.paragraphs[0].kind is ParagraphKind.TITLE


@pytest.mark.parametrize(
    "opening",
    [
        BODY,
        "OSTERVIK (Example Wire) — " + BODY,
        "The mayor of Ostervik was not in the town hall on Monday when it was sold, she said.",
        "By Friday, the harbour was closed.",
        "• Harbour to close",
        "...",
    ],
)
def test_a_text_that_opens_with_its_first_sentence_has_no_title(opening: str) -> None:
    article = article_from_text(f"{opening}\n\n{BODY}")
    assert article.title is None
    assert article.paragraphs[0].kind is ParagraphKind.BODY


def test_a_single_line_is_body_and_no_title() -> None:
    assert kinds("Harbour to close") == ["body"]


def test_a_title_known_from_elsewhere_is_recognised_in_the_text() -> None:
    article = article_from_text(
        f"The mayor of Ostervik is the last to go.\n{BODY}", title="The mayor of Ostervik is the last to go"
    )
    assert article.paragraphs[0].kind is ParagraphKind.TITLE


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Mara Quill", ("Mara Quill",)),
        ("BY MARA QUILL", ("MARA QUILL",)),
        ("By Mara Quill and Tom Ash, Staff Writers", ("Mara Quill", "Tom Ash")),
        ("By Mara Quill, Tom Ash and Ida van der Fenn", ("Mara Quill", "Tom Ash", "Ida van der Fenn")),
        ("By Mara Quill in Ostervik", ("Mara Quill",)),
        ("By Mara Quill for The Tide", ("Mara Quill",)),
        ("By Mara Quill, Political Editor", ("Mara Quill",)),
        ("By J. R. O’Quill", ("J. R. O’Quill",)),
        ("By Reuters", ()),
        ("By Staff Writer Mara Quill", ("Mara Quill",)),
        ("By Mara Quill @maraquill", ("Mara Quill",)),
        ("By Mara Quill, The Hague", ("Mara Quill",)),
        ("By Mara Quill, New York", ("Mara Quill",)),
        ("By Mara Quill and Tom Ash, Hong Kong", ("Mara Quill", "Tom Ash")),
        ("By Mei Sun and Emily Post", ("Mei Sun", "Emily Post")),
    ],
)
def test_a_byline_gives_persons_and_neither_posts_nor_places(byline: str, authors: tuple[str, ...]) -> None:
    article = article_from_text(f"Harbour to close next year\n\n{byline}\n\n{BODY}")
    assert article.authors == authors
    assert article.paragraphs[1].kind is ParagraphKind.BYLINE


@pytest.mark.parametrize(
    ("byline", "authors", "outlet"),
    [
        ("By Mara Quill, The Brindle Letter", ("Mara Quill",), "The Brindle Letter"),
        ("By Mara Quill, political editor, The Brindle Letter", ("Mara Quill",), "The Brindle Letter"),
        ("By Mara Quill and Tom Ash, Associated Press", ("Mara Quill", "Tom Ash"), "Associated Press"),
        ("By MARA QUILL, Associated Press Writer", ("MARA QUILL",), "Associated Press"),
        ("By Mara Quill, Staff Writer", ("Mara Quill",), None),
        ("By Mara Quill, World News Editor", ("Mara Quill",), None),
        ("By Mara Quill, Newsweek", ("Mara Quill",), "Newsweek"),
        ("By Mara Quill, Bloomberg", ("Mara Quill",), "Bloomberg"),
        ("By Mara Quill, Phoenix", ("Mara Quill",), None),
        ("By Mara Quill | Twitter", ("Mara Quill",), None),
        ("By Mara Quill in Ostervik for The Tide", ("Mara Quill",), "The Tide"),
        ("By Mara Quill of the Fenwick Wire", ("Mara Quill",), "Fenwick Wire"),
        ("By Mara Quill | Fenwick Wire | 3 October 2024", ("Mara Quill",), "Fenwick Wire"),
        ("By Mara Quill (Reuters)", ("Mara Quill",), "Reuters"),
        ("By Fenwick Wire political editor Mara Quill", ("Mara Quill",), "Fenwick Wire"),
        ("Mara Quill, The Brindle Letter", ("Mara Quill",), "The Brindle Letter"),
        ("By: Mara Quill, The Tide", ("Mara Quill",), "The Tide"),
        ("By Reuters", (), "Reuters"),
    ],
)
def test_a_byline_tells_the_outlet_from_the_authors(byline: str, authors: tuple[str, ...], outlet: str | None) -> None:
    article = article_from_text(f"Harbour to close next year\n\n{byline}\n\n{BODY}")
    assert (article.authors, article.outlet) == (authors, outlet)
    assert article.paragraphs[1].kind is ParagraphKind.BYLINE


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("The Larkhaven Observer, 3 October 2024", "The Larkhaven Observer"),
        ("Larkhaven Observer | Thursday, 3 October 2024, 10:15 BST", "Larkhaven Observer"),
        ("3 October 2024 – Reuters", "Reuters"),
        ("The Tide, 2024/10/03", "The Tide"),
        ("Castle Brindle, 3 October 2024", None),
        ("The Hague, 3 October 2024", None),
    ],
)
def test_a_line_of_outlet_and_date_gives_both_and_a_place_is_no_outlet(line: str, outlet: str | None) -> None:
    article = article_from_text(f"Harbour to close next year\n\nBy Mara Quill\n\n{line}\n\n{BODY}")
    assert (article.authors, article.outlet, article.published) == (("Mara Quill",), outlet, DAY)
    assert [paragraph.kind for paragraph in article.paragraphs] == ["title", "byline", "byline", "body"]


def test_an_outlet_on_a_line_of_its_own_is_part_of_the_byline() -> None:
    article = article_from_text(f"Harbour to close next year\nBy Mara Quill\nFenwick Wire\n3 October 2024\n{BODY}")
    assert (article.authors, article.outlet, article.published) == (("Mara Quill",), "Fenwick Wire", DAY)


def test_an_outlet_and_date_may_stand_above_the_title() -> None:
    article = article_from_text(f"Larkhaven Observer, 3 October 2024\n\nHarbour to close next year\n\n{BODY}")
    assert (article.title, article.outlet) == ("Harbour to close next year", "Larkhaven Observer")


@pytest.mark.parametrize(
    "opening",
    [
        "By press time, the mayor had left.",
        "By today, nobody had come.",
        "By the time it rained, Mara Quill had left.",
        "By The Hague, they had given up hope.",
    ],
)
def test_a_sentence_that_opens_like_a_byline_is_none(opening: str) -> None:
    article = article_from_text(f"{BODY}\n\n{opening} {BODY}")
    assert (article.authors, article.outlet) == ((), None)


@pytest.mark.parametrize(
    ("above", "dateline", "outlet"),
    [
        ("", "LARKHAVEN (Fenwick Wire) —", "Fenwick Wire"),
        ("", "Larkhaven, Oct. 3 (AP) --", "AP"),
        ("By Mara Quill, The Tide\n\n", "LARKHAVEN (Fenwick Wire) —", "The Tide"),
        ("Outlet: The Tide\n\n", "LARKHAVEN (Fenwick Wire) —", "The Tide"),
        ("", "LARKHAVEN —", None),
    ],
)
def test_the_agency_of_a_dateline_is_the_outlet_where_nothing_better_states_one(
    above: str, dateline: str, outlet: str | None
) -> None:
    article = article_from_text(f"Harbour to close next year\n\n{above}{dateline} {BODY}")
    assert article.outlet == outlet
    assert article.paragraphs[-1].kind is ParagraphKind.BODY


@pytest.mark.parametrize(
    "line",
    [
        "2024-10-03",
        "2024/10/03",
        "2024.10.03 10:15",
        "Date: 20241003",
        "3-Oct-2024",
        "Thursday, 3 October 2024",
        "3 Oct 2024, 10:15 BST",
        "Oct 3rd, 2024",
        "Published 3 October 2024 at 10:15",
        "10:15 AM EDT, Thu October 3, 2024",
        "Thu, 03 Oct 2024 10:15:00 +0000",
        "(Published October 3, 2024)",
        "Published Oct. 3, 2024 | Updated Oct. 5, 2024, 10:15 a.m.",
        "Updated 5 October 2024; first published 3 October 2024",
        "Oct. 3, 2024 Updated 10:15 a.m. ET",
        "2024-10-03T10:15:00+02:00",
        "3 October 2024",
        "3rd October 2024",
        "October 3, 2024",
        "Oct. 3, 2024 10:15 a.m. EDT",
        "Thursday, Oct 3 2024",
        "Published: October 3, 2024 at 10:15",
        "Published on 3 Oct 2024",
        "Date: Thursday 3 October 2024",
    ],
)
def test_common_forms_of_the_date_are_read(line: str) -> None:
    article = article_from_text(f"Harbour to close next year\n\n{line}\n\n{BODY}")
    assert article.published == DAY
    assert article.paragraphs[1].kind is ParagraphKind.BYLINE


def test_a_dateline_with_a_year_gives_the_date_and_stays_in_the_body() -> None:
    article = article_from_text(f"OSTERVIK, Oct. 3, 2024 (Example Wire) — {BODY}")
    assert article.published == DAY
    assert [paragraph.kind for paragraph in article.paragraphs] == ["body"]


@pytest.mark.parametrize(
    "line",
    [
        "OSTERVIK, Oct. 3 — " + BODY,
        "Date: 10/03/2024\n" + BODY,
        "Harbour to close\n\n03.10.2024\n\n" + BODY,
        "Harbour to close\n\n20241003\n\n" + BODY,
        "Harbour to close\n\n2024/13/40\n\n" + BODY,
        "Date: 31 February 2024\n" + BODY,
        "On Oct. 3, 2024, " + BODY,
    ],
)
def test_what_is_no_whole_date_of_the_head_gives_none(line: str) -> None:
    assert article_from_text(line).published is None


def test_the_day_of_an_update_is_not_the_day_of_publication() -> None:
    article = article_from_text(f"Harbour to close\n\nUpdated October 5, 2024\n\nPublished October 3, 2024\n\n{BODY}")
    assert article.published == DAY


@pytest.mark.parametrize("line", ["Last updated: October 3, 2024, 10:15", "By Mara Quill | Updated 3 October 2024"])
def test_the_day_of_an_update_serves_where_no_other_is_known(line: str) -> None:
    text = f"Harbour to close\n\n{line}\n\n{BODY}"
    assert article_from_text(text).published == DAY
    assert article_from_text(text, published=date(2024, 1, 2)).published == date(2024, 1, 2)


def test_a_date_on_the_command_line_is_an_iso_date() -> None:
    assert parse_date("2024-10-03") == DAY


@pytest.mark.parametrize("text", ["2024-02-30", "3 October 2024", "20241003", "2024-10-03T10:00", "", "٢٠٢٤-١٠-٠٣"])
def test_what_is_no_iso_date_is_a_usage_error_that_names_the_value(text: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD") as caught:
        parse_date(text)
    assert repr(text) in str(caught.value)

"""What a page says of itself: headline, authors, dates, outlet, address, and which of it is believed."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.intake.page.dates import moment_in
from onrecord.intake.page.metadata import Metadata, metadata_of
from onrecord.intake.page.names import names_in
from onrecord.intake.page.title import without_site

URL = "https://www.weyport-ledger.example/news/2020/01/15/harbour-to-close"
TITLE = "Harbour to close after storms, mayor says"
BODY = "<p>" + "The harbour of Weyport will close next year, the mayor told a crowd of several hundred people. " * 3
REPORT = {"@context": "https://schema.org", "@type": "NewsArticle", "url": URL, "headline": TITLE}
AT = datetime(2020, 1, 15, 8, 30, tzinfo=timezone(timedelta(hours=1)))


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of cases/`name`.jsonl."""
    lines = (Path(__file__).parent / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def metadata(head: str = "", body: str = "", *, url: str | None = URL) -> Metadata:
    """What the page with this head and this body states."""
    return metadata_of(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), url=url)


def block(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def linked(**fields: object) -> str:
    """A block of JSON-LD: the report on the page, with these fields."""
    return block(json.dumps(REPORT | fields))


def meta(**contents: str) -> str:
    """Meta tags; two underscores stand for the colon."""
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{each}">' for name, each in contents.items())


def authors(head: str = "", body: str = "", *, h1: str = TITLE) -> tuple[str, ...]:
    return metadata(head + meta(og__site_name="Weyport Ledger"), f"<main><h1>{h1}</h1>{body}{BODY}{BODY}").authors


def published(head: str = "", body: str = "", *, url: str | None = None) -> date | None:
    return metadata(head, f"<main><h1>{TITLE}</h1>{body}{BODY}{BODY}", url=url).published


def test_json_ld_gives_every_field() -> None:
    said = linked(
        author={"@type": "Person", "name": "Ilse Quandt"},
        datePublished="2020-01-15T08:30:00+01:00",
        dateModified="2020-01-16T09:00:00Z",
        publisher={"@type": "Organization", "name": "Weyport Ledger"},
        inLanguage="en-GB",
        description="The winter storms leave Weyport no choice.",
        articleBody="<p>The harbour will close. " + "It was old. " * 40 + "</p><p>Nobody &amp; nothing stays.</p>",
    )
    found = metadata(said)
    assert found == Metadata(
        title=TITLE,
        authors=("Ilse Quandt",),
        published_at=AT,
        published=date(2020, 1, 15),
        modified_at=datetime(2020, 1, 16, 9, tzinfo=UTC),
        outlet="Weyport Ledger",
        domain="weyport-ledger.example",
        url=URL,
        language="en-GB",
        standfirst="The winter storms leave Weyport no choice.",
        body="The harbour will close. " + "It was old. " * 39 + "It was old.\n\nNobody & nothing stays.",
        is_article=True,
    )
    assert found.published_at
    assert found.published_at.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ('{"@list": ', "}"), ('{"name": ', "}"), ('{"@graph": ', "}")]
)
def test_what_is_nested_deep_names_nobody(opening: str, closing: str) -> None:
    assert authors(linked(author="deep").replace('"deep"', opening * 400 + '"Ilse Quandt"' + closing * 400)) == ()


def test_a_page_that_states_nothing_gives_nothing() -> None:
    assert metadata("", "", url=None) == Metadata()


REPORT_JSON = json.dumps(REPORT | {"author": "Ilse Quandt"})


@pytest.mark.parametrize(
    "text",
    [
        REPORT_JSON,
        f"[{REPORT_JSON}]",
        f"[[{REPORT_JSON}]]",
        f'{{"@graph": [{{"@type": "WebSite", "name": "Weyport Ledger"}}, {REPORT_JSON}]}}',
        f'{{"@type": "WebPage", "mainEntity": {REPORT_JSON}}}',
        f"<!-- {REPORT_JSON} -->",
        f"//<![CDATA[\n{REPORT_JSON}\n//]]>",
        f"/*<![CDATA[*/ {REPORT_JSON} /*]]>*/",
        f"{REPORT_JSON};",
        f'{{"@type": "WebSite"}}\n{REPORT_JSON}',
        REPORT_JSON.replace("}", ",}"),
        REPORT_JSON.replace("}", ', "keywords": ["harbour", "storm",],}'),
        REPORT_JSON.replace("Ilse", "Ilse\n\t"),
        REPORT_JSON.replace('"url"', '/* the address */ "url"'),
        REPORT_JSON.replace("}", ', "description": "The \\\'old\\\' harbour \\x"}'),
        REPORT_JSON.replace("}", ', "description": "The "old" harbour, so "rotten", goes"}'),
        REPORT_JSON.replace('"', "&quot;"),
        REPORT_JSON.replace("NewsArticle", "http://schema.org/ReportageNewsArticle"),
        REPORT_JSON.replace('"NewsArticle"', '["Article", "NewsArticle"]'),
        REPORT_JSON.replace("NewsArticle", "LiveBlogPosting"),
    ],
)
def test_json_ld_is_read_in_whatever_shape_it_comes(text: str) -> None:
    found = metadata(block(text))
    assert (found.title, found.authors, found.is_article) == (TITLE, ("Ilse Quandt",), True)


@pytest.mark.parametrize("text", ["", "{", "not JSON", '{"@type": "NewsArticle", "headline": "Harbour', "[" * 100_000])
def test_a_block_that_cannot_be_mended_leaves_the_page_to_its_other_means(text: str) -> None:
    assert metadata(block(text) + f"<title>{TITLE}</title>").title == TITLE


def test_of_several_reports_the_one_about_this_page_is_believed() -> None:
    other = {
        "@type": "NewsArticle",
        "url": "https://www.weyport-ledger.example/news/ferry",
        "headline": "Ferry to stop",
    }
    others = block(json.dumps([other | {"author": "Noor Feldkamp"}, {"@type": "ItemList", "itemListElement": [other]}]))
    found = metadata(others + linked(author="Ilse Quandt") + others)
    assert (found.title, found.authors) == (TITLE, ("Ilse Quandt",))


def test_a_front_page_is_no_report_though_it_lists_some() -> None:
    teasers = block(json.dumps([REPORT, REPORT | {"url": f"{URL}-again", "headline": "Ferry to stop"}]))
    found = metadata(teasers + meta(og__type="website"), url="https://www.weyport-ledger.example/")
    assert (found.is_article, found.title, found.url) == (False, None, None)


@pytest.mark.parametrize("case", cases("page_titles"))
def test_the_headline_is_what_the_witnesses_agree_on(case: dict[str, Any]) -> None:
    head = linked(headline=case["linked"]) if case["linked"] else ""
    head += meta(og__title=case["social"], og__site_name="Weyport Ledger")
    assert metadata(head, f"<h1>{case['heading']}</h1>").title == case["title"]


@pytest.mark.parametrize(
    "form",
    [
        "Harbour to close after storms - Weyport Ledger",
        "Harbour to close after storms | The Weyport Ledger",
        "Harbour to close after storms — Weyport Ledger News",
        "Harbour to close after storms | Politics | Weyport Ledger",
        "Harbour to close after storms :: weyport-ledger.example",
        "Weyport Ledger: Harbour to close after storms",
        "Weyport Ledger | Harbour to close after storms",
        "Harbour to close after storms |",
    ],
)
def test_a_title_is_rid_of_its_sites_name(form: str) -> None:
    names = ("Weyport Ledger", "The Weyport Ledger", "weyport-ledger.example")
    assert without_site(form, names) == "Harbour to close after storms"


@pytest.mark.parametrize(
    "title",
    ["Weyport Ledger", "Falk - a life", "Harbour | Storm | Ferry", "Storms: harbour to close", "Ledger – the end?"],
)
def test_a_title_keeps_what_is_no_sites_name(title: str) -> None:
    assert without_site(title, ("Weyport Ledger", "Ledger")) == title


def test_a_heading_in_pieces_is_put_together() -> None:
    assert metadata("", "<h1><span>H</span>arbour <b>to</b><br>close</h1>").title == "Harbour to close"


@pytest.mark.parametrize("case", cases("page_authors"))
def test_a_value_names_the_authors_that_the_case_says(case: dict[str, Any]) -> None:
    assert list(names_in(case["value"])) == case["names"]


@pytest.mark.parametrize(
    "author",
    [
        "Ilse Quandt and Noor Feldkamp",
        ["Ilse Quandt", "Noor Feldkamp"],
        [["Ilse Quandt"], [{"name": "Noor Feldkamp"}]],
        {"@type": "Person", "name": ["Ilse Quandt", "Noor Feldkamp"]},
        {"@type": "Person", "name": "By ILSE QUANDT and NOOR FELDKAMP, Wire Harbour Writers"},
        {"@list": [{"name": "Ilse Quandt"}, {"givenName": "Noor", "familyName": "Feldkamp"}]},
        [{"name": "Ilse Quandt"}, {"name": "ILSE QUANDT"}, {"name": {"@value": "Noor Feldkamp"}}],
        [{"name": "Ilse Quandt"}, {"name": "Noor Feldkamp"}, {"@type": "Organization", "name": "The Weyport Ledger"}],
        [{"@id": "#ilse"}, {"@id": "#noor"}],
    ],
)
def test_json_ld_names_authors_in_whatever_form(author: object) -> None:
    persons = [{"@id": "#ilse", "name": "Ilse Quandt"}, {"@type": "Person", "@id": "#noor", "name": "Noor Feldkamp"}]
    head = block(json.dumps({"@graph": [REPORT | {"author": author}, *persons]})) + meta(publisher="The Weyport Ledger")
    assert authors(head, "<p>Ilse Quandt and Noor Feldkamp saw it.</p>") == ("Ilse Quandt", "Noor Feldkamp")


@pytest.mark.parametrize(
    "head",
    [
        meta(author="Ilse Quandt"),
        meta(article__author="https://www.weyport-ledger.example/author/ilse-quandt", author="Ilse Quandt"),
        meta(article__author="https://www.weyport-ledger.example/people/ilse-quandt/"),
        meta(author="The Weyport Ledger") + '<meta name="sailthru.author" content="By Ilse Quandt, Staff writer">',
        '<meta name="dc.creator" content="Quandt, Ilse">',
        '<meta itemprop="author" content="Ilse Quandt">',
        linked(author={"url": "https://www.weyport-ledger.example/staff/ilse-quandt"}),
    ],
)
def test_meta_tags_name_the_author(head: str) -> None:
    assert authors(head) == ("Ilse Quandt",)


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By Ilse Quandt</p>',
        '<div class="post-meta">By <a rel="author" href="/x">Ilse Quandt</a> <time>15 January 2020</time></div>',
        '<div class="article-byline"><span>By</span> <span>Ilse Quandt</span><span>Political Editor</span></div>',
        '<div class="author-name">Ilse Quandt<br>Monday, January 15, 2020</div>',
        '<div class="byline"><a href="/author/ilse">Ilse Quandt</a><button>Follow</button></div>',
        '<span itemprop="author"><span itemprop="name">Ilse Quandt</span></span>',
        "<div>By Ilse Quandt, Harbour Correspondent</div>",
        '<ul><li>By <a href="/profile/iq">Ilse Quandt</a></li></ul>',
        '<div class="meta">Posted by <span class="author vcard">Ilse Quandt</span></div>',
        '<div class="related"><p class="byline">By Noor Feldkamp</p></div><p class="byline">By Ilse Quandt</p>',
        '<aside><p class="byline">By Noor Feldkamp</p></aside><p class="byline">By Ilse Quandt</p>',
        '<div class="author-box">View Profile</div><div class="author-box">Ilse Quandt</div>',
        "<p><strong>Ilse Quandt</strong></p>",
    ],
)
def test_the_byline_that_readers_see_names_the_author(body: str) -> None:
    assert authors("", body) == ("Ilse Quandt",)
    assert authors(linked(author={"@type": "Organization", "name": "Weyport Ledger"}), body) == ("Ilse Quandt",)


@pytest.mark.parametrize(
    "body",
    [
        '<p class="author">Ilse Quandt</p><p class="author">Noor Feldkamp</p>',
        "<p><b>Ilse Quandt/Noor Feldkamp</b></p>",
        '<p class="byline">By Ilse Quandt and Noor Feldkamp | The Associated Press</p>',
    ],
)
def test_a_byline_names_all_authors(body: str) -> None:
    assert authors("", body) == ("Ilse Quandt", "Noor Feldkamp")


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comment-author">Noor Feldkamp says</div>',
        '<nav><a rel="author" href="/x">Noor Feldkamp</a></nav>',
        '<p class="author">Follow Us</p>',
        "<p>By Friday, the harbour was closed.</p>",
        "<p><strong>Harbour closed</strong> since Monday.</p>",
    ],
)
def test_what_only_looks_like_a_byline_names_nobody(body: str) -> None:
    assert authors("", body) == ()


def test_the_outlet_stays_where_the_page_gives_it_alone() -> None:
    assert authors(linked(author={"@type": "Organization", "name": "Weyport Ledger"})) == ("Weyport Ledger",)


@pytest.mark.parametrize("seen", ["<i>ilse quandt</i>", ""])
def test_a_name_in_capitals_stays_so_where_the_page_never_writes_it_otherwise(seen: str) -> None:
    assert authors(meta(author="ILSE QUANDT"), seen) == ("ILSE QUANDT",)
    assert authors(meta(author="ILSE QUANDT"), f"{seen}<p>Ilse Quandt saw it.</p>") == ("Ilse Quandt",)


@pytest.mark.parametrize("case", cases("page_moments"))
def test_a_day_and_a_time_are_read_in_the_forms_that_programs_write(case: dict[str, Any]) -> None:
    moment = moment_in(case["text"])
    assert moment is not None
    assert moment.day == date(2020, 1, 15)
    assert (moment.at and moment.at.isoformat()) == case["at"]


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2020-13-45", "01/02/2020", "0000-00-00", "9" * 50, "2020", "31.31.2020"]
)
def test_what_names_no_day_for_certain_is_none(text: str) -> None:
    assert moment_in(text) is None


LATER = '<time datetime="2020-03-09">9 March 2020</time>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked(datePublished="2020-03-04", dateModified="2020-03-09"), LATER),
        (linked(datePublished=1583280000), LATER),
        (meta(article__published_time="2020-03-04T10:00:00Z"), LATER),
        (meta(article__published_time="0001-01-01T00:00:00Z", date="2020-03-04"), LATER),
        (linked(datePublished="2999-01-01") + meta(date="2020-03-04"), LATER),
        (meta(weyport__publish_date="2020-03-04", weyport__publish_date_modified="2020-03-09"), LATER),
        ('<meta itemprop="datePublished" content="2020-03-04">', LATER),
        ("", '<time class="updated" datetime="2020-03-09"></time><time datetime="2020-03-04">4 March</time>'),
        ("", '<p class="post-date">Updated: 9 March 2020</p><p class="post-date">Published: 4 March 2020</p>'),
        ("", '<div class="comment"><time datetime="2020-03-09"></time></div><p class="date">4 March 2020</p>'),
        ("", '<time class="entry-date published updated" datetime="2020-03-04T10:00:00+01:00">4 March</time>'),
    ],
)
def test_the_day_of_publishing_is_told_from_others(head: str, body: str) -> None:
    assert published(head, body) == date(2020, 3, 4)


@pytest.mark.parametrize(
    "path", ["/2020/03/04/harbour", "/2020/mar/04/harbour", "/2020-03-04-harbour", "/news/20200304-1"]
)
def test_the_address_tells_the_day_where_nothing_else_does(path: str) -> None:
    assert published("", '<p class="date">Updated 9 March 2020</p>', url=f"https://ledger.example{path}") == date(
        2020, 3, 4
    )


def test_a_day_takes_its_time_from_a_source_that_knows_it() -> None:
    found = metadata(
        linked(datePublished="January 15, 2020") + meta(article__published_time="2020-01-15T08:30:00+01:00")
    )
    assert found.published_at == datetime(2020, 1, 15, 7, 30, tzinfo=UTC)
    later = metadata(
        linked(datePublished="January 15, 2020") + meta(article__published_time="2020-01-16T08:30:00+01:00")
    )
    assert (later.published, later.published_at) == (date(2020, 1, 15), None)


def test_a_doubtful_date_is_better_than_none() -> None:
    assert published(meta(date="1889-03-04")) == date(1889, 3, 4)


@pytest.mark.parametrize(
    ("head", "url", "outlet"),
    [
        (meta(og__site_name="Reuters UK"), "https://www.reuters.com/world/1", "Reuters"),
        (meta(og__site_name="Hosted"), "https://hosted.ap.org/ledger/1", "The Associated Press"),
        (meta(og__site_name="Weyport Ledger"), URL, "Weyport Ledger"),
        (linked(publisher={"name": "Associated Press"}) + meta(og__site_name="Weyport Ledger"), URL, "Weyport Ledger"),
        (
            linked(publisher={"name": "WL Media"}) + meta(og__site_name="Ledger") + f"<title>{TITLE} - Ledger",
            URL,
            "Ledger",
        ),
        (meta(og__site_name="weyport-ledger.example", publisher="Weyport Ledger"), URL, "Weyport Ledger"),
        (
            meta(og__site_name="https://weyport-ledger.example") + f"<title>{TITLE} | Weyport-Ledger",
            URL,
            "Weyport-Ledger",
        ),
        (linked() + f"<title>The Tide: {TITLE}", URL, "The Tide"),
        (linked(), URL, None),
    ],
)
def test_the_outlet_has_its_proper_name(head: str, url: str, outlet: str | None) -> None:
    assert metadata(head, url=url).outlet == outlet


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (URL, URL),
        ("/news/harbour", "https://www.weyport-ledger.example/news/harbour"),
        ("http://weyport-ledger.example/news/harbour", "http://weyport-ledger.example/news/harbour"),
        ("https://www.weyport-ledger.example/", None),
        ("https://other.example/news/harbour", None),
        ("javascript:void(0)", None),
        ("https://[broken/news", None),
        ("null", None),
    ],
)
def test_the_canonical_address_is_on_the_pages_site_and_no_front_page(given: str, url: str | None) -> None:
    assert metadata(meta(og__url=given)).url == url
    assert metadata(f'<link rel="canonical" href="{given}">').url == url


@pytest.mark.parametrize(
    ("description", "standfirst"),
    [
        ("The winter storms leave Weyport no choice.", "The winter storms leave Weyport no choice."),
        ("The winter storms leave Weyport…", None),
        ("The winter storms leave Weyport [...]", None),
        (TITLE, None),
    ],
)
def test_a_standfirst_is_whole_and_more_than_the_headline(description: str, standfirst: str | None) -> None:
    assert metadata(linked() + meta(description=description)).standfirst == standfirst


@pytest.mark.parametrize("body", ["Too short to be one.", "The harbour will close. " * 50 + "Subscribe to read ..."])
def test_a_body_that_is_short_or_cut_is_none(body: str) -> None:
    assert metadata(linked(articleBody=body)).body is None


@pytest.mark.parametrize(
    ("head", "is_article"),
    [(linked(), True), (meta(og__type="article"), True), (meta(og__type="website"), False), ("", None)],
)
def test_a_page_says_whether_it_is_an_article(head: str, is_article: bool | None) -> None:
    assert metadata(head).is_article is is_article


def test_the_tree_is_not_changed() -> None:
    tree = html.document_fromstring(f"<html><head>{linked()}</head><body><h1>{TITLE}</h1>{BODY}</body></html>")
    before = html.tostring(tree)
    metadata_of(tree, url=None)
    assert html.tostring(tree) == before


FIELDS = (
    "@type",
    "@id",
    "@graph",
    "author",
    "creator",
    "headline",
    "name",
    "datePublished",
    "dateModified",
    "publisher",
)
MORE = (
    "url",
    "mainEntityOfPage",
    "mainEntity",
    "inLanguage",
    "description",
    "articleBody",
    "givenName",
    "@value",
    "@list",
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(("NewsArticle", "#a", URL)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS + MORE), inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS + MORE), VALUES))
def test_no_json_ld_is_too_odd(odd: dict[str, object]) -> None:
    found = metadata(block(json.dumps([odd, REPORT | odd])), f"<h1>{TITLE}</h1>")
    str(found).encode("utf-8")


XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60)


@settings(max_examples=100, deadline=None)
@given(XML_TEXT, XML_TEXT, st.text(max_size=60))
def test_no_value_is_too_odd(content: str, line: str, url: str) -> None:
    tree = html.document_fromstring(f"<html><head><title>t</title></head><h1>{TITLE}</h1><p class=byline></p>{BODY}")
    for name in ("og:title", "author", "date", "og:url", "og:site_name", "dc.creator", "description"):
        tree.head.append(html.Element("meta", name=name, content=content))
    tree.find(".//p").text = line
    assert metadata_of(tree, url=url).title


SLOW = {
    "quotes": '{"a":' + '"a' * 300_000,
    "comments": '{"a":' + "/*" * 300_000,
    "commas": '{"a":' + ", " * 300_000,
    "blanks": " " * 600_000 + "x" + " " * 600_000,
    "names": json.dumps(REPORT | {"articleBody": "<!-- word " * 100_000, "author": "Ilse Quandt, " * 50_000}),
    "huge": json.dumps(REPORT | {"articleBody": "x" * 10_000_000}),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_block_made_to_take_long_does_not(name: str) -> None:
    assert metadata(block(SLOW[name]), f"<h1>{TITLE}</h1>").title == TITLE

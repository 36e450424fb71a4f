"""Lists of feeds in OPML."""

from pathlib import Path

import pytest

from onrecord.errors import InputError, Outcome
from onrecord.intake.feeds.feed import is_opml
from onrecord.intake.feeds.opml import addresses_of_opml
from tests.feeding import ENTITIES, rss

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_the_example_list_gives_every_feed_once_in_its_order() -> None:
    data = (EXAMPLES / "feeds.opml").read_bytes()
    assert is_opml(data[:1000])
    assert addresses_of_opml(data, source="feeds.opml") == (
        "https://weyport-ledger.example/harbour/feed.xml",
        "https://weyport-ledger.example/council/feed.xml",
        "https://tarsian-post.example/atom.xml",
        "https://grey-sound-press.example/feed.json",
    )


def test_a_list_may_be_old_broken_and_in_any_case() -> None:
    text = (
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{ENTITIES.replace("rss", "opml")}<OPML><body><outline text="&a;">'
        '<outline XMLURL=" https://a.example/f?x=1&y=2 "/><outline xmlurl="feed://b.example/g" text="M\xf6we">'
        '<outline xmlUrl=""/><outline text="no feed" htmlUrl="https://c.example"/>'
        '<outline xmlUrl="feed:https://d.example/h"/><outline xmlUrl="ftp://e.example/i"/></body>'
    )
    assert addresses_of_opml(text.encode("latin-1"), source="old.opml") == (
        "https://a.example/f?x=1&y=2",
        "http://b.example/g",
        "https://d.example/h",
        "ftp://e.example/i",
    )


def test_entities_in_a_list_are_not_expanded() -> None:
    text = ENTITIES.replace("rss", "opml") + '<opml><outline xmlUrl="https://a.example/&b;"/></opml>'
    assert "aaaa" not in addresses_of_opml(text.encode(), source="x.opml")[0]


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        (rss(), Outcome.NO_ARTICLE, "no OPML list: it begins with '<rss"),
        ("", Outcome.NO_ARTICLE, "no OPML list: it begins with ''"),
        ("<opml><body><outline/></body></opml>", Outcome.EMPTY, 'no outline in it has an "xmlUrl"'),
        ("<opml", Outcome.NO_ARTICLE, "no OPML list"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(text: str, outcome: Outcome, words: str) -> None:
    with pytest.raises(InputError) as caught:
        addresses_of_opml(text.encode(), source="x.opml")
    assert (caught.value.source, caught.value.outcome) == ("x.opml", outcome)
    assert words in str(caught.value)

"""Tests of families: which pieces are put together, which are kept apart, and why."""

from onrecord.article import Article
from onrecord.tracing.decision import Relation
from onrecord.tracing.families import Families
from onrecord.tracing.piece import pieces_of
from onrecord.tracing.placing import JOIN
from onrecord.tracing.variants import Variant
from tests.tracing import FALK, quoted, report, reported

FULL = "The storms come earlier every year, the dyke is rotten, and nobody in the capital listens to a fisherman."


def placed(*articles: Article) -> Families:
    families = Families()
    for article in articles:
        families.place_all(pieces_of(article))
    return families


def together(*articles: Article) -> list[list[str]]:
    """The articles of each family, the largest first."""
    families = placed(*articles)
    found = [[families.pieces[n].article for n in family.members] for family in families.families.values()]
    return sorted(map(sorted, found), key=lambda ids: (-len(ids), ids))


def test_a_fragment_finds_its_sentence_whichever_comes_first() -> None:
    whole, fragment = report(FULL), report("nobody in the capital listens", id="post", day=2)
    assert together(whole, fragment) == together(fragment, whole) == [["ledger", "post"]]


def test_the_fullest_copy_is_the_longest_and_of_equals_the_earliest() -> None:
    late, early, short = (
        report(FULL, id="late", day=3),
        report(FULL, id="early"),
        report("the dyke is rotten", id="short"),
    )
    families = placed(late, short, early)
    (family,) = families.families.values()
    assert families.pieces[family.fullest].article == "early"
    variants = {families.pieces[n].article: families.difference(n).variant for n in family.members}
    assert variants == {"early": Variant.FULL, "late": Variant.VERBATIM, "short": Variant.FRAGMENT}


CARD = "Certainly, if they play the lighthouse card with me, that will be fair game."
NEARER = "The only thing she has got going is the lighthouse card and nothing else at all."
DRAWN = (report(CARD, id="a"), report("lighthouse card", id="b", day=150), report(NEARER, id="c", day=149))


def test_a_fragment_moves_to_a_fuller_copy_that_it_belongs_to_more_surely() -> None:
    assert together(*DRAWN[:2]) == [["a", "b"]]
    assert together(*DRAWN) == [["b", "c"], ["a"]]


def test_what_moves_is_no_copy_of_the_family_that_it_leaves() -> None:
    families = placed(*DRAWN)
    left, home = (families.family_of(number) for number in (0, 2))
    assert (left.n_copies, left.members, len(left.days)) == (1, [0], 1)
    assert (home.n_copies, sorted(home.members), len(home.days)) == (2, [1, 2], 2)
    assert left.speakers[FALK] == 1


def test_two_fragments_meet_when_their_sentence_comes() -> None:
    fragments = (
        report("storms come earlier every year", id="a"),
        report("in the capital listens to a fisherman", id="b"),
    )
    assert together(*fragments) == [["a"], ["b"]]
    assert together(*fragments, report(FULL, id="c")) == [["a", "b", "c"]]


def test_a_long_copy_under_another_name_belongs_and_is_marked() -> None:
    families = placed(report(FULL))
    _, score = families.find(quoted(FULL, id="post", by="Tomas Brandvold", day=40))[0]
    assert score.total > JOIN
    assert score.relation is Relation.DIFFERENT


def test_a_short_copy_under_another_name_does_not_belong() -> None:
    one, other = report("The dyke is rotten"), report("The dyke is rotten", id="post", by="Tomas Brandvold", day=40)
    assert together(one, other) == [["ledger"], ["post"]]


def test_a_rare_word_of_one_speaker_is_traced_and_a_common_one_is_not() -> None:
    assert together(report("It was an unconscionable plan."), report("unconscionable", id="post", day=1)) == [
        ["ledger", "post"]
    ]
    assert together(report("It was a better plan."), report("better", id="post", day=1)) == [["ledger"], ["post"]]


def test_a_formula_makes_no_family() -> None:
    one = report("She will be the next president of the United States and she will cut the taxes on our boats.")
    other = report("I want to be the next president of the United States.", id="post", by="Tomas Brandvold", day=60)
    assert together(one, other) == [["ledger"], ["post"]]


def test_sentences_that_only_begin_alike_are_two() -> None:
    one = report("There is a special place in the harbour for boats that never leave.")
    other = report("There is a special place in the harbour for captains who talk too much.", id="post", day=30)
    assert together(one, other) == [["ledger"], ["post"]]


def test_who_quotes_a_quotation_is_no_copy_of_it() -> None:
    article = report("I laughed when she said ‘the dyke is rotten and leaking’ to us", id="post", by="Tomas Brandvold")
    families = placed(report("The dyke is rotten and leaking"), article)
    by_words = {len(families.pieces[n].words): f.id for f in families.families.values() for n in f.members}
    assert len(set(by_words.values())) == 2
    assert together(report("The dyke is rotten and leaking"), article) == [["ledger", "post"], ["post"]]


def test_reported_words_join_as_a_paraphrase_and_found_no_family() -> None:
    words = "nobody in the capital would listen to a fisherman while the storms came earlier"
    families = placed(report(FULL), reported(words, id="post", day=1))
    (family,) = families.families.values()
    assert [families.difference(n).variant for n in family.members] == [Variant.FULL, Variant.PARAPHRASE]
    assert not placed(reported(words, id="post")).families


def test_the_score_of_a_member_says_why() -> None:
    families = placed(report(FULL), report("nobody in the capital listens", id="post", day=2))
    (family,) = families.families.values()
    first, second = map(families.why.get, family.members)
    assert first is None
    assert second is not None
    assert (second.relation, second.days, second.gaps) == (Relation.SAME, 2, 0.0)
    assert second.matched > second.chance


def test_a_copy_without_a_date_or_a_speaker_is_placed() -> None:
    piece = quoted("the dyke is rotten, and nobody in the capital listens", id="post", by=None)
    families = placed(report(FULL))
    assert families.place(piece) is not None
    assert len(families.families) == 1


def test_an_article_without_words_changes_nothing() -> None:
    families = placed(report(FULL), Article(id="empty", text=""))
    assert len(families.families) == 1

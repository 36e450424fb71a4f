"""The form of a statement: how much of its content stands between quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotations import quotations, quoted
from onrecord.reading.form import form_of
from onrecord.span import Span
from onrecord.statement import Form


def form(text: str, *contents: str) -> Form:
    """The form of these words of the text as one content."""
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in contents]
    return form_of(text, spans, quoted=quoted(len(text), quotations(text)))


@pytest.mark.parametrize(
    ("text", "contents", "expected"),
    [
        ('"The quay is shut," said Falk.', ['"The quay is shut,"'], Form.DIRECT),
        ('"The quay is shut," said Falk.', ["The quay is shut"], Form.DIRECT),
        ("Falk said the quay was shut.", ["the quay was shut"], Form.INDIRECT),
        ("Falk called the quay “a ruin”.", ["the quay “a ruin”"], Form.MIXED),
        ("Falk said the “old” quay", ["the “old” quay"], Form.MIXED),
        ("“Shut,” said Falk, “for good.”", ["“Shut,”", "“for good.”"], Form.DIRECT),
        ("“Shut,” said Falk, and for good.", ["“Shut,”", "and for good"], Form.MIXED),
        ("«Fermé», a dit Falk", ["«Fermé»"], Form.DIRECT),
        ("“The quay is shut, said Falk", ["The quay"], Form.DIRECT),
        ("“cafe\u0301 😀” Falk said", ["“cafe\u0301 😀”"], Form.DIRECT),
        ("“قال” Falk said", ["“قال”"], Form.DIRECT),
        ("Falk said “…”", ["“…”"], Form.INDIRECT),
        ("It ends “so", ["“so"], Form.DIRECT),
        ("It ends so", ["so"], Form.INDIRECT),
    ],
)
def test_the_words_between_marks_decide_the_form(text: str, contents: list[str], expected: Form) -> None:
    assert form(text, *contents) is expected


def test_no_content_is_indirect() -> None:
    assert form("“Yes.”") is Form.INDIRECT


@given(text=st.text(alphabet="ab “”\"'.😀\n", min_size=1), data=st.data())
def test_any_content_has_a_form(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert form_of(text, [span], quoted=quoted(len(text), quotations(text))) in Form

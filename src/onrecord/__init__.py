"""OnRecord: who said what, in which words, through which outlet, and when.

    import onrecord
    article = onrecord.read("report.txt")

Names are loaded when they are first used, so that `import onrecord` costs nothing and loads no model.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.article import Article, CommentRequest, Hyperlink, Markup, Paragraph, ParagraphKind
    from onrecord.errors import InputError, OnRecordError, Outcome
    from onrecord.pipeline import read
    from onrecord.reading.reader import Reader
    from onrecord.span import Span
    from onrecord.statement import (
        Act,
        Days,
        Form,
        KnownBy,
        Link,
        LinkRole,
        Speaker,
        SpeakerKind,
        Statement,
        Via,
        ViaRole,
    )

    __version__: str

__all__ = [
    "Act",
    "Article",
    "CommentRequest",
    "Days",
    "Form",
    "Hyperlink",
    "InputError",
    "KnownBy",
    "Link",
    "LinkRole",
    "Markup",
    "OnRecordError",
    "Outcome",
    "Paragraph",
    "ParagraphKind",
    "Reader",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Statement",
    "Via",
    "ViaRole",
    "__version__",
    "read",
]

_HOME = {
    **dict.fromkeys(("Article", "CommentRequest", "Hyperlink", "Markup", "Paragraph"), "onrecord.article"),
    **dict.fromkeys(("Act", "Days", "Form", "KnownBy", "Link", "LinkRole"), "onrecord.statement"),
    **dict.fromkeys(("Speaker", "SpeakerKind", "Statement", "Via", "ViaRole"), "onrecord.statement"),
    **dict.fromkeys(("InputError", "OnRecordError", "Outcome"), "onrecord.errors"),
    "ParagraphKind": "onrecord.article",
    "Reader": "onrecord.reading.reader",
    "Span": "onrecord.span",
    "read": "onrecord.pipeline",
}


def __getattr__(name: str) -> object:
    """The public name, from the module that it lives in, kept here for the next time."""
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("onrecord")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

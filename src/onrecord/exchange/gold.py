"""Articles that people have checked, in the format in which the gold for training and scoring is written.

One article a line: `id`, `publisher`, `date`, `title`, `text` and `statements` with their spans, speaker, form, act,
via, said and parent. Besides, a statement has `checked`, whether a person has said what it is, and an article has
`rejected`, the spans of what a person has marked wrong. Whatever is neither, only the model has said.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.exchange.contract import Json, statement_dict
from onrecord.record.changing import pairs_of
from onrecord.record.checked import Checked
from onrecord.statement import Statement

_AS_IN_CONTRACT = ("source", "cue", "content", "form", "act", "said", "parent")


def gold_lines(articles: Iterable[Checked]) -> Iterator[str]:
    """JSON Lines, each with its end. Of several articles with one name each has its number behind the name."""
    found = list(articles)
    names = Counter(one.article.id for one in found)
    for one in found:
        name = one.article.id if names[one.article.id] == 1 else f"{one.article.id}-{one.number}"
        yield f"{json.dumps(_article(one, name), ensure_ascii=False)}\n"


def _article(one: Checked, name: str) -> Json:
    article = one.article
    return {
        "id": name,
        "publisher": article.outlet,
        "date": article.published.isoformat() if article.published else None,
        "title": article.title,
        "text": article.text,
        "statements": [
            {**_statement(statement), "checked": place in one.checked}
            for place, statement in enumerate(article.statements)
        ],
        "rejected": [
            {"source": pairs_of(s.source), "cue": pairs_of(s.cue), "content": pairs_of(s.content)} for s in one.wrong
        ],
    }


def _statement(statement: Statement) -> Json:
    given = statement_dict(statement)
    speaker = statement.speaker
    return {
        **{name: given[name] for name in _AS_IN_CONTRACT},
        "speaker": {"name": speaker.name, "kind": speaker.kind} if speaker else None,
        "via": [{"name": via.name, "role": via.role} for via in statement.via],
    }

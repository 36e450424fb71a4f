"""What an article rests on, as JSON: `{"sourcing": {…}, "findings": [{"code", "spans", "message", "evidence", …}]}`.

Offsets count code points into the article's text.
"""

from onrecord.article import Article
from onrecord.checking.report import Finding, Report, Source, Sourcing
from onrecord.statement import SpeakerKind

Json = dict[str, object]


def report_dict(article: Article, report: Report) -> Json:
    """The report as the contract has it, behind what it is of."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "sourcing": sourcing_dict(report.sourcing),
        "findings": [finding_dict(finding) for finding in report.findings],
    }


def finding_dict(finding: Finding) -> Json:
    """One finding."""
    return {
        "code": finding.code,
        "spans": [[span.start, span.end] for span in finding.spans],
        "message": finding.message,
        "evidence": list(finding.evidence),
        "confidence": round(finding.confidence, 3),
    }


def sourcing_dict(sourcing: Sourcing) -> Json:
    """The sourcing, with the shares and counts that people ask for first."""
    named = [source for source in sourcing.sources if source.is_named]
    return {
        "words": sourcing.n_words,
        "attributed_words": sourcing.n_attributed,
        "quoted_words": sourcing.n_quoted,
        "attributed_share": round(sourcing.share_attributed, 3),
        "own_share": round(sourcing.share_own, 3),
        "named_sources": len(named),
        "unnamed_sources": len(sourcing.sources) - len(named),
        "single_source": sourcing.single_source,
        "sources": [_source(source) for source in sourcing.sources],
        "outlets": [{"name": outlet.name, "linked": outlet.linked} for outlet in sourcing.outlets],
        "comment_requests": [
            {"by": r.by, "of": list(r.of), "medium": r.medium, "answered": r.answered}
            for r in sourcing.comment_requests
        ],
        "silent": list(sourcing.silent),
    }


def _source(source: Source) -> Json:
    return {
        "name": source.name,
        "kind": source.kind,
        "named": source.is_named,
        "statements": source.n_statements,
        "words": source.n_words,
        "direct": source.n_direct,
        "indirect": source.n_statements - source.n_direct,
        "second_hand": bool(source.through) or source.kind is SpeakerKind.OUTLET,
        "through": list(source.through),
        "description": source.description,
        "reason": source.reason,
    }

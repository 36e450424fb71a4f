"""`onrecord correct` and `onrecord corrections`: what is wrong with a statement, who says so, and never mind."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.deciding import By, signature, to_decide, to_read
from onrecord.cli.filters import days_given
from onrecord.cli.inputs import RecordAddress
from onrecord.cli.listing import ListAs, ListFormat, listing
from onrecord.cli.terminal import complain, ended_cleanly
from onrecord.errors import UsageError
from onrecord.statement import Act, Days, Form, SpeakerKind

if TYPE_CHECKING:
    from onrecord.record.corrections import Correction


def _days(given: str) -> Days:
    """One day, a year or a month, or from one to another. Raises typer.BadParameter."""
    first, _, last = given.partition("/")
    try:
        return Days(days_given(first)[0], days_given(last or first)[1])
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} ends before it begins; write the first day first") from error


Speaker = Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Who says it, by the full name.")]
Kind = Annotated[SpeakerKind | None, typer.Option("--speaker-kind", help="What the speaker is.")]
_PLACE = "The words as they stand in the text, or its characters: 120-180. Again for each further span."
Content = Annotated[list[str] | None, typer.Option("--content", metavar="WORDS", help=f"What is said. {_PLACE}")]
Cue = Annotated[list[str] | None, typer.Option("--cue", metavar="WORDS", help="By which words; as for --content.")]
Source = Annotated[list[str] | None, typer.Option("--source", metavar="WORDS", help="Who, in the words of the text.")]
ActTo = Annotated[Act | None, typer.Option("--act", help="What the source does.")]
FormTo = Annotated[Form | None, typer.Option("--form", help="How much of it is quoted.")]
Said = Annotated[
    Days | None,
    typer.Option("--said", metavar="DATE", parser=_days, help="2024-10-03, 2024-10, 2024-10-01/2024-10-07."),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark, kept beside it.")]


@ended_cleanly()
def correct(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The statement's, as `said` and `search` show it.")],
    wrong: Annotated[bool, typer.Option("--wrong", help="This is no statement.")] = False,
    speaker: Speaker = None,
    speaker_kind: Kind = None,
    no_speaker: Annotated[bool, typer.Option("--no-speaker", help="Nobody is clear.")] = False,
    content: Content = None,
    cue: Cue = None,
    no_cue: Annotated[bool, typer.Option("--no-cue", help="There is no cue.")] = False,
    source: Source = None,
    no_source: Annotated[bool, typer.Option("--no-source", help="There is no source.")] = False,
    act: ActTo = None,
    form: FormTo = None,
    said: Said = None,
    no_said: Annotated[bool, typer.Option("--no-said", help="The text gives no time for the saying.")] = False,
    by: By = None,
    note: Note = None,
    record: RecordAddress = None,
) -> None:
    """Correct a statement of the record, or mark it wrong.

    What was read stays and can be shown, and every correction can be undone.

    Example: onrecord correct 12 --speaker "Jorun Falk" --record news.db
    """
    from onrecord.record import correcting
    from onrecord.record.corrections import Field, Signature

    given = _wanted(speaker, speaker_kind, spans={"content": content, "cue": cue, "source": source})
    given |= {field: value for field, value in ((Field.ACT, act), (Field.FORM, form), (Field.SAID, said)) if value}
    absent = {Field.SPEAKER: no_speaker, Field.CUE: no_cue, Field.SOURCE: no_source, Field.SAID: no_said}
    for field, is_absent in absent.items():
        if is_absent and field in given:
            raise UsageError(f"--{field} and --no-{field} contradict each other; give one of them")
        given |= {field: None} if is_absent else {}
    if wrong and given:
        raise UsageError("a statement that is --wrong has nothing else to correct; give --wrong alone")
    sign = Signature(signature(by), note)
    with to_decide(context, record) as connection:
        made = (
            [correcting.mark_wrong(connection, number, sign=sign)]
            if wrong
            else correcting.correct(connection, number, given, sign=sign)
        )
    complain(f"statement {number} is {'marked wrong' if wrong else 'corrected'}: {_undoing(made)}")


corrections = typer.Typer(
    name="corrections",
    help="What people have corrected in the record: listed, undone, added to, and written as training data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@corrections.command()
@ended_cleanly()
def add(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="What the article is called, or its number.")],
    content: Content = None,
    cue: Cue = None,
    source: Source = None,
    speaker: Speaker = None,
    speaker_kind: Kind = None,
    act: ActTo = None,
    form: FormTo = None,
    said: Said = None,
    by: By = None,
    note: Note = None,
    record: RecordAddress = None,
) -> None:
    """Add a statement that was missed in an article.

    Example: onrecord corrections add council --content "the ferry is late" --cue said --speaker "Jorun Falk"
    """
    from onrecord.record.correcting import add_missed, article_called
    from onrecord.record.corrections import Field, Signature

    given = _wanted(speaker, speaker_kind, spans={"content": content, "cue": cue, "source": source})
    given |= {field: value for field, value in ((Field.ACT, act), (Field.FORM, form), (Field.SAID, said)) if value}
    with to_decide(context, record) as connection:
        article_id = article_called(connection, article)
        number, made = add_missed(connection, article_id, given, sign=Signature(signature(by), note))
    complain(f"statement {number} is added: {_undoing([made])}")


@corrections.command("list")
@ended_cleanly()
def list_(
    context: typer.Context,
    statement: Annotated[
        int | None, typer.Option("--statement", metavar="NUMBER", help="Only those of this statement, undone ones too.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Those that were undone, too, and of old versions.")
    ] = False,
    output: ListAs = ListFormat.TABLE,
    record: RecordAddress = None,
) -> None:
    """List the corrections that stand, with what was read before.

    Example: onrecord corrections list --format csv --record news.db
    """
    from onrecord.record.corrections import all_corrections, in_words

    columns = ("id", "statement", "article", "field", "before", "after", "state", "by", "on", "note")
    with to_read(context, record) as connection:
        found = all_corrections(connection, statement=statement)
        if not everything and statement is None:
            found = [one for one in found if one.undone_at is None and one.carried_to is None]
        words = in_words(connection, found)
    rows = (
        (c.id, c.statement_id, c.article, c.field, before, after, _state(c), c.decided_by, c.decided_at.date(), c.note)
        for c, (before, after) in zip(found, words, strict=True)
    )
    for piece in listing(columns, rows, output=output):
        sys.stdout.write(piece)


@corrections.command()
@ended_cleanly()
def undo(
    context: typer.Context,
    numbers: Annotated[list[int], typer.Argument(metavar="CORRECTION", help="Their numbers, as `list` has them.")],
    by: By = None,
    record: RecordAddress = None,
) -> None:
    """Take corrections back, in any order; what was read is shown again, and the log keeps them.

    Example: onrecord corrections undo 3 --record news.db
    """
    from onrecord.record import correcting

    with to_decide(context, record) as connection:
        undone = [correcting.undo(connection, number, by=signature(by)) for number in numbers]
    for one in undone:
        complain(f"undone: correction {one.id}, {one.field} of statement {one.statement_id}, by {one.decided_by}")


@corrections.command()
@ended_cleanly()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, one article a line.")],
    record: RecordAddress = None,
) -> None:
    """Write the articles that have corrections as training data: every statement as corrected, and which were checked.

    Example: onrecord corrections export checked.jsonl --record news.db
    """
    from onrecord.exchange.files import replacing
    from onrecord.exchange.gold import gold_lines
    from onrecord.record.checked import checked_articles

    with to_read(context, record) as connection, replacing(file) as out:
        lines = list(gold_lines(checked_articles(connection)))
        out.writelines(line.encode() for line in lines)
    complain(f"{len(lines)} article{'' if len(lines) == 1 else 's'} with corrections in {file}")


def _wanted(
    speaker: str | None, kind: SpeakerKind | None, *, spans: Mapping[str, list[str] | None]
) -> "dict[Any, Any]":
    """The speaker and the spans that are given. Raises UsageError."""
    from onrecord.record.correcting import Named
    from onrecord.record.corrections import Field

    if kind is not None and speaker is None:
        raise UsageError("--speaker-kind says what a --speaker is; give the name, too")
    given: dict[Field, Any] = {Field(role): words for role, words in spans.items() if words}
    return given if speaker is None else given | {Field.SPEAKER: Named(speaker, kind)}


def _undoing(made: list[int]) -> str:
    numbers = " ".join(map(str, sorted(made)))
    return f"correction {numbers}, to be taken back with `onrecord corrections undo {numbers}`"


def _state(correction: "Correction") -> str:
    if correction.undone_at is not None:
        return f"undone by {correction.undone_by}"
    if correction.carried_to is not None:
        return f"carried over as {correction.carried_to}"
    if correction.is_left:
        return "left with the old version"
    return "read so, too" if correction.agreed_with else "stands"

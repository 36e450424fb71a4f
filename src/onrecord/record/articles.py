"""Articles in the record: adding one, and getting one back.

What is there is never overwritten. An article is known again by its addresses or by the file that it came from; if its
text or what it states of itself has changed, it becomes a new version, and the old one stays. These functions join the
transaction that they are handed; each input that goes through them gets its outcome in it.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from onrecord.article import Article
from onrecord.intake.addresses import address_key
from onrecord.record import schema
from onrecord.record.carrying import carry_over
from onrecord.record.copies import group_of, note_fingerprint
from onrecord.record.identifying import NOBODY, identify
from onrecord.record.identity import Given, at_addresses, earlier, keys_of, known
from onrecord.record.inserting import insert_rows
from onrecord.record.limits import check_fits, shortened
from onrecord.record.outcomes import note_outcome, program_version
from onrecord.record.rows import Found, article_of, article_values, insert_parts
from onrecord.record.stored import NOTHING_BESIDE, Beside, Stored
from onrecord.record.words import index


def store(
    connection: Connection, article: Article, *, model: str, run: int | None = None, beside: Beside = NOTHING_BESIDE
) -> Stored:
    """Keeps the article with its statements, as the model of this id read them; says what it was to the record.

    Of what it is a copy is decided anew, among all that the record holds. Raises InputError for an article that the
    database cannot hold; then nothing was written.
    """
    given = Given.of(article, beside)
    check_fits(connection, article)
    before = known(connection, given)
    held = _noted_again(connection, given, before, run=run)
    if held is not None:
        return held
    return _kept(connection, given, before=before, run=run, read_by=(model, beside.program or program_version()))


def recognised(connection: Connection, article: Article, *, run: int | None = None) -> Stored | None:
    """What `store` says of an article that the record holds already, with its outcome noted; else none.

    It does not look at the statements, so that nothing needs to be read by the model twice. Raises InputError.
    """
    given = Given.of(article)
    check_fits(connection, article)
    return _noted_again(connection, given, known(connection, given), run=run)


def stored_at(connection: Connection, address: str) -> Article | None:
    """The newest version of the article that the record knows by this address, whichever of its addresses it is."""
    row = connection.execute(at_addresses(*keys_of(address))).first()
    return article_of(connection, row) if row else None


def articles_named(connection: Connection, name: str) -> list[Article]:
    """The newest versions of the articles with this id, in the order in which they came: files may share a name."""
    articles = schema.articles
    query = select(articles).where(articles.c.name == name, articles.c.superseded_by.is_(None)).order_by(articles.c.id)
    return [article_of(connection, row) for row in connection.execute(query)]


def _noted_again(connection: Connection, given: Given, held: Found | None, *, run: int | None) -> Stored | None:
    """Unchanged or a duplicate, and noted, if it is one of the two to the article that the record holds."""
    if held is None:
        return None
    versions = [held, *earlier(connection, held.id)]
    from_elsewhere = given.source_key not in {version.source_key for version in versions}
    same_content = given.content_hash in {version.content_hash for version in versions}
    # At another of its addresses, such as its AMP form, a page has another head and other captions but the same report.
    same_text = from_elsewhere and given.text_key in {version.text_key for version in versions}
    if not (same_content or same_text):
        return None
    stored = Stored.DUPLICATE if from_elsewhere else Stored.UNCHANGED
    _note_addresses(connection, given, article_id=held.id)
    note_outcome(connection, source=given.article.source, outcome=stored, run=run, article_id=held.id)
    return stored


def _kept(
    connection: Connection, given: Given, *, before: Found | None, run: int | None, read_by: tuple[str, str]
) -> Stored:
    """Added, or a new version of the article before; written and noted. `read_by`: a model and a program's version."""
    article, articles = given.article, schema.articles
    model, program = read_by
    values = {
        **article_values(article),
        "source_key": given.source_key,
        "content_hash": given.content_hash,
        "text_key": given.text_key,
        "version": before.version + 1 if before else 1,
        "model": model,
        "program": program,
        "added_at": datetime.now(UTC),
    }
    article_id = connection.execute(insert(articles).values(values).returning(articles.c.id)).scalar_one()
    insert_parts(connection, article, article_id=article_id)
    index(connection, article, article_id=article_id)
    note_fingerprint(connection, article, article_id=article_id)
    leads = before is not None and _supersede(connection, before.id, by=article_id)
    group = article_id if leads else group_of(connection, article, article_id=article_id)
    connection.execute(update(articles).where(articles.c.id == article_id).values(copy_group=group))
    _note_addresses(connection, given, article_id=article_id)
    if before is None:
        identify(connection, article_id, owners=NOBODY)
    elif not carry_over(connection, before.id, new=article_id, model=model):
        identify(connection, article_id)
    stored = Stored.NEW_VERSION if before else Stored.ADDED
    note_outcome(connection, source=article.source, outcome=stored, run=run, article_id=article_id)
    return stored


def _supersede(connection: Connection, old: int, *, by: int) -> bool:
    """Puts a new version in the place of the old one; whether that one had copies, which now are the new one's."""
    articles, addresses = schema.articles, schema.addresses
    copies = update(articles).where(articles.c.copy_group == old, articles.c.id != old).values(copy_group=by)
    n_copies = connection.execute(copies).rowcount
    values = {"superseded_by": by, "copy_group": None, "traced_at": None}
    connection.execute(update(articles).where(articles.c.id == old).values(values))
    connection.execute(update(addresses).where(addresses.c.article_id == old).values(article_id=by))
    return n_copies > 0


def _note_addresses(connection: Connection, given: Given, *, article_id: int) -> None:
    """Adds those of its addresses that the record does not know."""
    as_given = {shortened(address_key(address)): address for address in given.addresses}
    here = {"article_id": article_id, "noted_at": datetime.now(UTC)}
    rows = [{"key": key, "address": as_given[key], **here} for key in given.keys]
    insert_rows(connection, schema.addresses, rows, unless_there=True)

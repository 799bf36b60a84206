"""Documents of GraphQL that clients were built with: registered by their hash, taken away."""

from collections.abc import Mapping
from hashlib import sha256

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import get_owned, hold, hold_provider
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid, LimitReached
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.provider.registered_documents import (
    MOST_AT_ONCE,
    MOST_DOCUMENTS,
    MOST_TEXT,
    GraphQLSide,
    RegisteredDocument,
)
from server.kit.paging import Listing

LISTING: Listing[RegisteredDocument] = Listing(
    "registered_documents", RegisteredDocument, left_out=(col(RegisteredDocument.text),)
)
ALGORITHM = "For relay-compiler say persistConfig.algorithm: SHA256."


def documents_query(actor: Actor) -> SelectOfScalar[RegisteredDocument]:
    """Select the provider's documents. Raises: Forbidden."""
    actor.require(Permission.SETTINGS_READ)
    return select(RegisteredDocument).where(RegisteredDocument.provider_id == actor.provider_id)


def clean_documents(documents: Mapping[str, object]) -> dict[str, str]:
    """Check documents by their hashes. Raises: Invalid."""
    if not 1 <= len(documents) <= MOST_AT_ONCE:
        raise Invalid(f"must be 1 to {MOST_AT_ONCE} documents.", field="documents")
    cleaned = {}
    for name, text in documents.items():
        digest = name.removeprefix("sha256:").lower()
        if not isinstance(text, str) or not 0 < len(text) <= MOST_TEXT:
            raise Invalid(f"must be texts of up to {MOST_TEXT} characters.", field="documents")
        try:
            made = sha256(text.encode()).hexdigest()
        except UnicodeEncodeError as error:
            raise Invalid("must be texts in UTF-8.", field="documents") from error
        if made != digest:
            raise Invalid(
                f"has a hash that is not the SHA-256 of its text: {name[:70]}. {ALGORITHM}",
                field="documents",
            )
        cleaned[digest] = text
    return cleaned


def register_documents(
    work: Work, side: GraphQLSide, documents: Mapping[str, str]
) -> list[RegisteredDocument]:
    """Register documents, by their digests; those that are known stay as they are.

    Raises: Forbidden, Invalid, LimitReached.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    cleaned = clean_documents(documents)
    hold_provider(work)
    mine = documents_query(work.actor)
    of_side = mine.where(RegisteredDocument.side == side)
    known = {
        row.digest: row
        for row in work.db.exec(of_side.where(col(RegisteredDocument.digest).in_(cleaned)))
    }
    fresh = [
        RegisteredDocument(
            provider_id=work.actor.provider_id,
            side=side.value,
            digest=digest,
            text=text,
            created_at=work.now,
        )
        for digest, text in cleaned.items()
        if digest not in known
    ]
    counted = work.db.exec(select(func.count()).select_from(mine.subquery())).one()
    if counted + len(fresh) > MOST_DOCUMENTS:
        raise LimitReached(f"You may have {MOST_DOCUMENTS} documents. Delete others.")
    if fresh:
        work.db.add_all(fresh)
        work.db.flush()
        facts = {"side": side.value, "count": len(fresh)}
        work.record(Event(EventKind.DOCUMENTS_REGISTERED, facts=facts))
    return [*known.values(), *fresh]


def delete_document(work: Work, document_id: int) -> RegisteredDocument:
    """Take a document away. Raises: Forbidden, NotFound."""
    work.actor.require(Permission.SETTINGS_EDIT)
    row = hold(work.db, get_owned(work, RegisteredDocument, document_id))
    work.db.delete(row)
    facts = {"side": row.side, "digest": row.digest}
    work.record(Event(EventKind.DOCUMENT_DELETED, row.id, facts=facts))
    return row


def find_document(db: Session, provider_id: int, side: str, digest: str) -> str | None:
    """Find the text of a registered document. Cost: one query by its key."""
    query = select(RegisteredDocument.text).where(
        RegisteredDocument.provider_id == provider_id,
        RegisteredDocument.side == side,
        RegisteredDocument.digest == digest,
    )
    return db.exec(query).first()

"""Cases and races of bulk operations and registered documents."""

from hashlib import sha256

from sqlmodel import Session, select

from server.actions.provider import bulk, registered_documents
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.provider.bulk import BulkOperation, BulkState
from server.domain.provider.registered_documents import GraphQLSide, RegisteredDocument
from tests.kit.cases.case import case, keeps
from tests.kit.cases.race import Race
from tests.kit.world import World

QUERY = "{ provider { name } }"
DOCUMENTS = {sha256(QUERY.encode()).hexdigest(): QUERY}


def _export(work: Work, _world: World) -> int:
    return bulk.start_export(work, QUERY, {}).id


def _running(work: Work, world: World) -> int:
    number = _export(work, world)
    work.db.get_one(BulkOperation, number).state = BulkState.RUNNING.value
    return number


def _registered(work: Work, _world: World) -> int:
    return registered_documents.register_documents(work, GraphQLSide.ADMIN, DOCUMENTS)[0].id


def _is_one(db: Session, _world: World) -> bool:
    return len(db.exec(select(RegisteredDocument)).all()) == 1


END = bulk.Progress(["{}"], 0, "", is_end=True)
BULK = (
    case(bulk.start_export, _export, Kind.BULK_STARTED),
    case(
        bulk.start_import,
        lambda work, _: bulk.start_import(work, QUERY, "{}"),
        Kind.BULK_STARTED,
    ),
    case(
        bulk.cancel_operation,
        lambda work, w: bulk.cancel_operation(work, w.kept["bulk"]),
        Kind.BULK_CANCELED,
        before=keeps("bulk", _export),
    ),
    case(
        bulk.bring_on,
        lambda work, w: bulk.bring_on(work, w.kept["bulk"], END),
        Kind.BULK_FINISHED,
        before=keeps("bulk", _running),
    ),
    case(
        bulk.fail_operation,
        lambda work, w: bulk.fail_operation(work, w.kept["bulk"], "It was too much."),
        Kind.BULK_FINISHED,
        before=keeps("bulk", _export),
    ),
    case(
        registered_documents.register_documents,
        _registered,
        Kind.DOCUMENTS_REGISTERED,
    ),
    case(
        registered_documents.delete_document,
        lambda work, w: registered_documents.delete_document(work, w.kept["document"]),
        Kind.DOCUMENT_DELETED,
        before=keeps("document", _registered),
    ),
)
RACES_OF_BULK = (
    Race(
        name="one export at a time",
        act=lambda work, world, _: _export(work, world),
        wins=1,
    ),
    Race(
        name="the same document, registered by many",
        act=lambda work, world, _: _registered(work, world),
        claim=_is_one,
        holds=("registered_documents.provider_id,side,digest",),
    ),
)

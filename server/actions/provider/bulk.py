"""Bulk operations: started, canceled, claimed by a job, and brought on part by part.

What a part brings and how far the operation is are committed together: a job that is ended
midway has written a part or has not, and the next one goes on behind it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import hold, hold_provider, not_here
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid, LimitReached, NotFound, StateConflict
from server.domain.events import Event, EventKind
from server.domain.installation import Installation
from server.domain.permissions import Permission
from server.domain.provider.bulk import (
    LEASE,
    MOST_INPUT,
    MOST_LINES,
    MOST_RESULT,
    OPEN,
    BulkKind,
    BulkOperation,
    BulkPart,
    BulkState,
)
from server.kit.paging import Listing

LINES = 500  # of a part of what is imported
LISTING: Listing[BulkOperation] = Listing(
    "bulk_operations", BulkOperation, newest_first=True, left_out=(col(BulkOperation.document),)
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What one step brings: whole lines, and where to go on; the end where there is nothing."""

    lines: Sequence[str]
    errors: int
    position: str
    is_end: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operation is made of."""

    document: str
    variables: Mapping[str, Any]
    subject: str


def operations_query(actor: Actor) -> SelectOfScalar[BulkOperation]:
    """Select the operations of the acting user, or of the provider key. Raises: Forbidden."""
    actor.require(Permission.ACCOUNTS_READ)
    return select(BulkOperation).where(
        BulkOperation.provider_id == actor.provider_id,
        col(BulkOperation.user_id).is_(None)
        if actor.user_id is None
        else BulkOperation.user_id == actor.user_id,
    )


def get_operation(work: Work, operation_id: int | None) -> BulkOperation:
    """Find one of one's own. Raises: Forbidden, NotFound."""
    row = work.db.exec(operations_query(work.actor).where(BulkOperation.id == operation_id)).first()
    if row is None:
        raise not_here(BulkOperation)
    return row


def start_export(
    work: Work, document: str, variables: Mapping[str, Any], subject: str = ""
) -> BulkOperation:
    """Have a query exported, of the list that is its subject. Raises: Forbidden, LimitReached."""
    return _start(work, BulkKind.EXPORT, Asked(document, variables, subject))


def start_import(work: Work, document: str, lines: str, subject: str = "") -> BulkOperation:
    """Have a mutation carried out for each line. Raises: Forbidden, Invalid, LimitReached."""
    work.actor.require(Permission.ACCOUNTS_EDIT)
    parts = list(_parts_of(lines))
    row = _start(work, BulkKind.IMPORT, Asked(document, {}, subject))
    for number, part in enumerate(parts):
        sealed = work.installation.vault.seal("\n".join(part))
        work.db.add(
            BulkPart(
                operation_id=row.id,
                is_result=False,
                number=number,
                lines=len(part),
                text_sealed=sealed,
            )
        )
    return row


def _start(work: Work, kind: BulkKind, asked: Asked) -> BulkOperation:
    work.actor.require(Permission.ACCOUNTS_EDIT)
    hold_provider(work)
    is_open = select(func.count()).where(
        BulkOperation.provider_id == work.actor.provider_id,
        col(BulkOperation.state).in_(OPEN),
        BulkOperation.kind == kind,
    )
    if work.db.exec(is_open).one():
        raise LimitReached(f"Another {kind} is at work. Wait for its end, or cancel it.")
    sealed = work.installation.vault.seal(json.dumps(dict(asked.variables)))
    row = BulkOperation(
        provider_id=work.actor.provider_id,
        kind=kind,
        user_id=work.actor.user_id,
        token_id=work.actor.token_id,
        document=asked.document,
        subject=asked.subject,
        variables_sealed=sealed,
        created_at=work.now,
    )
    work.db.add(row)
    work.db.flush()
    work.record(Event(EventKind.BULK_STARTED, row.id, facts={"kind": row.kind}))
    return row


def _parts_of(text: str) -> Iterator[list[str]]:
    """Check what is imported. Raises: Invalid."""
    if len(text) > MOST_INPUT:
        raise Invalid(f"holds at most {MOST_INPUT} characters.", field="lines")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid("must be text in UTF-8.", field="lines") from error
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        raise Invalid(f"must be 1 to {MOST_LINES} lines of JSON.", field="lines")
    for at in range(0, len(lines), LINES):
        yield lines[at : at + LINES]


def cancel_operation(work: Work, operation_id: int) -> BulkOperation:
    """End an operation; what it has done so far stays. Raises: NotFound, StateConflict."""
    work.actor.require(Permission.ACCOUNTS_EDIT)
    row = hold(work.db, get_operation(work, operation_id))
    if row.state not in OPEN:
        raise StateConflict(row.state, "cancel")
    row.state, row.finished_at = BulkState.CANCELED.value, work.now
    work.record(Event(EventKind.BULK_CANCELED, row.id, facts={"kind": row.kind}))
    return row


def has_waiting(work: Work) -> bool:
    """Tell whether there is an operation that nobody is at. Cost: one query by an index."""
    return work.db.exec(_waiting(work)).first() is not None


def claim_operation(work: Work) -> BulkOperation | None:
    """Take the oldest operation that nobody is at, for a while; None when there is none."""
    row = work.db.exec(_waiting(work).with_for_update(skip_locked=True)).first()
    if row is not None:
        row.state, row.claimed_until = BulkState.RUNNING.value, work.now + LEASE
    return row


def _waiting(work: Work) -> SelectOfScalar[BulkOperation]:
    until = col(BulkOperation.claimed_until)
    query = select(BulkOperation).where(
        col(BulkOperation.state).in_(OPEN), or_(until.is_(None), until < work.now)
    )
    return query.order_by(col(BulkOperation.id)).limit(1)


def bring_on(work: Work, operation_id: int, progress: Progress) -> bool:
    """Write what a step brought; False when it was canceled meanwhile. Raises: NotFound."""
    row = hold(work.db, work.db.get_one(BulkOperation, operation_id))
    if row.state != BulkState.RUNNING:
        return False
    if progress.lines:
        text = "".join(f"{line}\n" for line in progress.lines)
        part = BulkPart(
            operation_id=row.id,
            is_result=True,
            number=row.pages,
            lines=len(progress.lines),
            errors=progress.errors,
            text_sealed=work.installation.vault.seal(text),
        )
        work.db.add(part)
        row.pages += 1
        row.object_count += len(progress.lines)
        row.error_count += progress.errors
        row.result_size += len(text)
    row.position, row.claimed_until = progress.position, work.now + LEASE
    if row.result_size > MOST_RESULT:
        _finish(work, row, f"The result holds more than {MOST_RESULT} characters.")
    elif progress.is_end:
        _finish(work, row, "")
    return row.state == BulkState.RUNNING


def fail_operation(work: Work, operation_id: int, problem: str) -> None:
    """End an operation that can't go on; what it has done so far stays."""
    row = hold(work.db, work.db.get_one(BulkOperation, operation_id))
    if row.state in OPEN:
        _finish(work, row, problem)


def let_go(work: Work, operation_id: int) -> None:
    """Let whoever comes next go on with an operation."""
    row = hold(work.db, work.db.get_one(BulkOperation, operation_id))
    if row.state in OPEN:
        row.claimed_until = None


def _finish(work: Work, row: BulkOperation, problem: str) -> None:
    row.state = (BulkState.FAILED if problem else BulkState.COMPLETED).value
    row.problem, row.finished_at, row.claimed_until = problem[:500], work.now, None
    work.record(Event(EventKind.BULK_FINISHED, row.id, facts={"kind": row.kind}))


def read_part(
    db: Session, installation: Installation, operation_id: int, number: int, *, is_result: bool
) -> str | None:
    """Read a part; None behind the last one. Cost: one query by key."""
    part = db.get(BulkPart, (operation_id, is_result, number))
    return None if part is None else installation.vault.unseal(part.text_sealed)


def get_result(work: Work, operation_id: int | None) -> BulkOperation:
    """Find an operation whose result can be read. Raises: NotFound."""
    row = get_operation(work, operation_id)
    if row.state in OPEN:
        raise NotFound("There is no result yet.")
    return row

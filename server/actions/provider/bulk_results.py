"""What came of a bulk operation, line by line: which lines went wrong, and why."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from server.actions.provider.bulk import get_operation, read_part
from server.actions.work import Work
from server.domain.installation import Installation
from server.domain.provider.bulk import BulkKind, BulkOperation, BulkPart

CUT = "A list within it goes on behind what was read of it: export that list by itself."


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line of the result that is an error: of an import, which line of what was given."""

    number: int
    problems: str


def is_refused(told: Any) -> bool:
    """Return whether a line of an import was refused, by what was told of it."""
    payloads = (told.get("data") or {}).values()
    refused = any(isinstance(each, dict) and each.get("userErrors") for each in payloads)
    return refused or "errors" in told


def is_cut(node: Any) -> bool:
    """Return whether a list in an exported object goes on behind what was read of it."""
    if isinstance(node, dict):
        info = node.get("pageInfo")
        if isinstance(info, dict) and info.get("hasNextPage") is True:
            return True
        return any(map(is_cut, node.values()))
    return isinstance(node, list) and any(map(is_cut, node))


def count_lines(work: Work, operation: BulkOperation) -> int:
    """Count what is to be imported. Cost: one query by key."""
    query = select(func.sum(BulkPart.lines)).where(
        BulkPart.operation_id == operation.id, col(BulkPart.is_result).is_(False)
    )
    return work.db.exec(query).one() or 0


def list_wrong_lines(work: Work, operation_id: int, most: int) -> list[WrongLine]:
    """List the first lines that are errors. Raises: NotFound. Cost: the parts that hold them."""
    operation = get_operation(work, operation_id)
    found: list[WrongLine] = []
    if not operation.error_count:
        return found
    for number in _parts_with_errors(work.db, operation_id):
        for line in list_wrong_of_part(work.db, work.installation, operation, number):
            found.append(_told(operation, line))
            if len(found) == most:
                return found
    return found


def list_wrong_of_part(
    db: Session, installation: Installation, operation: BulkOperation, number: int
) -> Iterator[str]:
    """Give the lines of a part of the result that are errors, as they stand there."""
    is_wrong = is_cut if operation.kind == BulkKind.EXPORT else is_refused
    text = read_part(db, installation, operation.id, number, is_result=True) or ""
    return (line for line in text.split("\n") if line and is_wrong(json.loads(line)))


def find_part_with_errors(db: Session, operation_id: int, after: int) -> int | None:
    """Find the next part that has lines that are errors. Cost: one query by key."""
    query = select(BulkPart.number).where(
        BulkPart.operation_id == operation_id,
        col(BulkPart.is_result).is_(True),
        BulkPart.errors > 0,
        BulkPart.number > after,
    )
    return db.exec(query.order_by(col(BulkPart.number)).limit(1)).first()


def _parts_with_errors(db: Session, operation_id: int) -> Iterator[int]:
    number = find_part_with_errors(db, operation_id, -1)
    while number is not None:
        yield number
        number = find_part_with_errors(db, operation_id, number)


def _told(operation: BulkOperation, line: str) -> WrongLine:
    told = json.loads(line)
    if operation.kind == BulkKind.EXPORT:
        name = told.get("id") or told.get("legacyId") or ""
        return WrongLine(0, f"{name}: {CUT}" if name else CUT)
    return WrongLine(told["line"], " ".join(_problems_of(told)))


def _problems_of(told: Any) -> Iterator[str]:
    for error in told.get("errors") or ():
        yield str(error.get("message", ""))
    for payload in (told.get("data") or {}).values():
        for error in (payload or {}).get("userErrors") or ():
            field = ".".join(error.get("field") or ())
            words = error.get("message") or error.get("code") or "It was refused."
            yield f"{field}: {words}" if field else str(words)

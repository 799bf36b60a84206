"""What came of a bulk operation as a file of JSON lines: whole, or the lines that are errors."""

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from server.actions.provider.bulk import read_part
from server.actions.provider.bulk_results import find_part_with_errors, list_wrong_of_part
from server.auth.dependencies import Dependencies
from server.domain.provider.bulk import BulkOperation

MEDIA_TYPE = "application/jsonl"


def result_file(deps: Dependencies, operation: BulkOperation) -> StreamingResponse:
    """Stream the result. Cost: one part at a time."""

    async def parts() -> AsyncIterator[str]:
        at = 0
        while (text := await deps.executor.run(_part, deps, operation.id, at)) is not None:
            yield text
            at += 1

    return _file(parts(), f"bulk-{operation.id}.jsonl")


def errors_file(deps: Dependencies, operation: BulkOperation) -> StreamingResponse:
    """Stream those lines of the result that are errors. Cost: one part at a time, of those."""

    async def parts() -> AsyncIterator[str]:
        found = await deps.executor.run(_wrong, deps, operation, -1)
        while found is not None:
            at, text = found
            yield text
            found = await deps.executor.run(_wrong, deps, operation, at)

    return _file(parts(), f"bulk-{operation.id}-errors.jsonl")


def _file(parts: AsyncIterator[str], name: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(parts, headers=headers, media_type=MEDIA_TYPE)


def _part(deps: Dependencies, operation_id: int, number: int) -> str | None:
    with deps.database.read() as db:
        return read_part(db, deps.installation, operation_id, number, is_result=True)


def _wrong(deps: Dependencies, operation: BulkOperation, after: int) -> tuple[int, str] | None:
    with deps.database.read() as db:
        number = find_part_with_errors(db, operation.id, after)
        if number is None:
            return None
        lines = list_wrong_of_part(db, deps.installation, operation, number)
        return number, "".join(f"{line}\n" for line in lines)

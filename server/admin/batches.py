"""One verb for many rows of a list: those that were chosen, each by itself."""

from collections.abc import Callable, Sequence
from typing import Any

from starlette.responses import Response

from server.admin.context import AdminContext
from server.admin.forms import ON, summary_of
from server.domain.errors import Conflict, DomainError, Invalid, NotFound
from server.domain.events import savepoint
from server.kit.ids import id_or_none
from server.kit.paging import MAX_PAGE

PICK = "pick_"  # the name of a row's checkbox, before its id


def chosen_ids(ctx: AdminContext) -> Sequence[int]:
    """Read the rows that a form names: all that were shown, or those that are ticked.

    In their order, which is that in which rows are held. Raises: Invalid.
    """
    ticked = [name.removeprefix(PICK) for name, value in ctx.values.items() if value == ON]
    wanted = ctx.text("shown").split() or ticked
    ids = sorted({number for text in wanted if (number := id_or_none(text)) is not None})
    if not ids:
        raise Invalid("Choose at least one first.")
    if len(ids) > MAX_PAGE:
        raise Invalid(f"Choose at most {MAX_PAGE} at once.")
    return ids


def act_on_many(
    ctx: AdminContext, act: Callable[[AdminContext, int], Any], path: str, done: str
) -> Response:
    """Do it to each chosen row; one that refuses leaves the others done. Raises: Conflict."""
    ids, refusals = chosen_ids(ctx), list[DomainError]()
    for row_id in ids:
        try:
            with savepoint(ctx.db):
                act(ctx, row_id)
        except (Conflict, NotFound) as error:
            refusals.append(error)
    count = len(ids) - len(refusals)
    if not count:
        raise Conflict(f"None of them could be: {summary_of(refusals[0])}")
    told = f"{count} {'is' if count == 1 else 'are'} {done}."
    if refusals:
        told += f" {len(refusals)} could not be: {summary_of(refusals[0])}"
    return ctx.go_back(path, told)

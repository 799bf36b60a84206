"""Bulk operations: lists exported, lines imported, and what came of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.bulk import (
    LISTING,
    cancel_operation,
    get_operation,
    get_result,
    operations_query,
    start_export,
    start_import,
)
from server.actions.provider.bulk_results import WrongLine, count_lines, list_wrong_lines
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.domain.errors import Blank
from server.domain.permissions import Permission
from server.domain.provider.bulk import (
    KEPT,
    MOST_INPUT,
    MOST_LINES,
    OPEN,
    BulkKind,
    BulkOperation,
)
from server.domain.provider.graphql_documents import WrittenImport
from server.web.bulk_files import errors_file, result_file

HOME = "/bulk_operations"
FIRST_LIST, FIRST_MUTATION = "accounts", "accountCreate"
LINES_SHOWN = 50  # lines that are errors
WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OperationsPage:
    """One's own operations, newest first."""

    operations: Pager[BulkOperation]
    kept_days: int = KEPT.days


@dataclass(frozen=True, slots=True)
class NewExportPage:
    chosen: str
    choices: Choices
    document: str


@dataclass(frozen=True, slots=True)
class NewImportPage:
    chosen: str
    choices: Choices
    written: WrittenImport
    most_lines: int = MOST_LINES
    most_input: int = MOST_INPUT // 1_000_000


@dataclass(frozen=True, slots=True)
class OperationPage:
    """One operation: how far it is, and which lines went wrong."""

    operation: BulkOperation
    is_export: bool
    is_open: bool
    lines: int  # that are to be imported
    wrong: Sequence[WrongLine]

    @property
    def more_wrong(self) -> int:
        """How many errors are not shown."""
        return self.operation.error_count - len(self.wrong)


def index(ctx: AdminContext) -> Response:
    operations = page_through(ctx, LISTING, operations_query(ctx.actor))
    return render(ctx, "bulk_operations/index.html.j2", OperationsPage(operations))


def show(ctx: AdminContext) -> Response:
    operation = get_operation(ctx, ctx.path_id("operation_id"))
    page = OperationPage(
        operation,
        operation.kind == BulkKind.EXPORT,
        operation.state in OPEN,
        count_lines(ctx, operation),
        list_wrong_lines(ctx, operation.id, LINES_SHOWN),
    )
    return render(ctx, "bulk_operations/show.html.j2", page)


def new_export(ctx: AdminContext) -> Response:
    """Show the form, with a document of the list that the address names."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    reader = ctx.deps.documents()
    names = reader.lists(ctx.actor)
    chosen = _chosen(ctx, names, FIRST_LIST)
    page = NewExportPage(chosen, _choices(names), reader.write_export(ctx.actor, chosen))
    return render(ctx, "bulk_operations/new_export.html.j2", page)


def new_import(ctx: AdminContext) -> Response:
    """Show the form, with a document of the mutation that the address names."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    reader = ctx.deps.documents()
    names = reader.mutations(ctx.actor)
    chosen = _chosen(ctx, names, FIRST_MUTATION)
    page = NewImportPage(chosen, _choices(names), reader.write_import(ctx.actor, chosen))
    return render(ctx, "bulk_operations/new_import.html.j2", page)


def export(page_request: AdminRequest) -> Response:
    """Start an export; its document is checked before the transaction."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.ACCOUNTS_EDIT)
        document = _document(ctx, "query")
        subject = ctx.deps.documents().check_export(ctx.actor, document)
    with page_request.open() as ctx:
        operation = start_export(ctx, document, {}, subject)
        return ctx.go(f"{HOME}/{operation.id}", "The export has begun.")


def import_lines(page_request: AdminRequest) -> Response:
    """Start an import of the file that was chosen, or else of the lines that were typed."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.ACCOUNTS_EDIT)
        document = _document(ctx, "mutation")
        lines = ctx.values.get("file") or ctx.values.get("lines", "")
        if not lines.strip():
            raise Blank("lines")
        subject = ctx.deps.documents().check_import(ctx.actor, document)
    with page_request.open() as ctx:
        operation = start_import(ctx, document, lines, subject)
        return ctx.go(f"{HOME}/{operation.id}", "The import has begun.")


def cancel(ctx: AdminContext) -> Response:
    operation = cancel_operation(ctx, ctx.path_id("operation_id"))
    told = "It is canceled. What was done so far stays, and is in its result."
    return ctx.go(f"{HOME}/{operation.id}", told)


def download(ctx: AdminContext) -> Response:
    return result_file(ctx.deps, get_result(ctx, ctx.path_id("operation_id")))


def download_errors(ctx: AdminContext) -> Response:
    return errors_file(ctx.deps, get_result(ctx, ctx.path_id("operation_id")))


def _document(ctx: AdminContext, name: str) -> str:
    """Read the document. Raises: Blank."""
    text = ctx.text(name).replace("\r\n", "\n")
    if not text:
        raise Blank(name)
    return text


def _chosen(ctx: AdminContext, names: Sequence[str], first: str) -> str:
    """Tell which name was chosen; where there is none such, the first that most people want."""
    given = ctx.text("of") or ctx.query("of")
    if given in names:
        return given
    return names[0] if names and first not in names else first


def _choices(names: Sequence[str]) -> Choices:
    return [(name, words_of(name)) for name in names]


def words_of(name: str) -> str:
    """Write a name of GraphQL as words: `accountPlans` is "Account plans"."""
    return " ".join(WORDS.findall(name)).lower().capitalize()

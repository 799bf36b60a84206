"""The operations of the REST API as a page."""

from collections import defaultdict
from collections.abc import Sequence

from server.rest.formats import MASTER_PREFIX
from server.rest.openapi import is_masters
from server.rest.operations import Operation
from server.rest.pages import PAGING
from server.rest.provider.tenants import OPERATIONS as OF_MASTER
from server.rest.registry import OPERATIONS
from server.rest.shapes import PREFIX
from tools.reference.markdown import code, page, table

INTRO = (
    f"Every path begins with `{PREFIX}` and may end in `.xml` or `.json`; without that the Accept "
    "header decides, and XML is the default. A body is a form (urlencoded or multipart) or JSON; "
    "what it holds may come wrapped in an object of the resource's name, and in the query; `*` "
    "must be given. Parameters that an operation does not know are ignored. The same as OpenAPI "
    f"3.1: `{PREFIX}/openapi.json`."
)
PAGED = (
    "Lists marked *paged* take `page` and `per_page` (1 to 500, which is also the default). When "
    f"there is more than one page, {', '.join(map(code, PAGING))} are attributes of the root in "
    "XML and `metadata` in JSON."
)
MASTER = (
    f"These paths begin with `{MASTER_PREFIX}`, `/sso_tokens` with `{PREFIX}`. They answer at the "
    "installation's own address (a bare host, that of `GATEHOUSE_PUBLIC_URL`, or `master.` and "
    "`master-admin.` before the domain) to who sends the token of `GATEHOUSE_MASTER_TOKEN`, and to "
    f"everybody else 401. The same as OpenAPI 3.1: `{MASTER_PREFIX}/openapi.json`."
)


def rest() -> str:
    """Write the page of the REST API."""
    topics: dict[str, list[Operation]] = defaultdict(list)
    for operation in OPERATIONS:
        topics[operation.path.split("/")[1]].append(operation)
    parts = [f"## {topic}\n\n{_table(operations)}" for topic, operations in topics.items()]
    master = f"## Master API\n\n{MASTER}\n\n{_table(OF_MASTER)}"
    return page("REST", INTRO, [PAGED, *parts, master])


def _table(operations: Sequence[Operation]) -> str:
    rows = [
        [
            operation.method,
            code(operation.path),
            operation.summary,
            ", ".join(_parameters(operation)),
            "the master token" if is_masters(operation) else _permissions(operation),
        ]
        for operation in operations
    ]
    return table(["Method", "Path", "What it does", "Parameters", "Permission"], rows)


def _parameters(operation: Operation) -> list[str]:
    takes, filters = operation.takes, operation.filters
    body = [
        code(name) + ("*" if field.is_required() else "")
        for name, field in (takes.model_fields if takes else {}).items()
    ]
    query = [code(name) for name in (filters.model_fields if filters else ())]
    return [*body, *query, *(["paged"] if operation.is_paged else [])]


def _permissions(operation: Operation) -> str:
    return ", ".join(code(each) for each in (operation.permission, *operation.also))

"""Every error code as a page: its kind and statuses, what it means, and the way out."""

import inspect
from collections.abc import Iterator

from gateway.codes import FAULTS, OBJECTIONS, REFUSALS
from server.domain import errors as domain
from server.domain.errors import DomainError
from server.rest.errors import STATUSES as REST_STATUSES
from server.runtime.wire import REFUSALS as WIRE_REFUSALS
from server.web.statuses import STATUSES, status_of
from tools.reference.markdown import code, page, table

INTRO = (
    "Every refusal carries a stable code. GraphQL answers with the code in capitals in "
    "`userErrors`, pages with the message at the field, REST and pages with the status below. A "
    "message names what was wrong and the way out; a refused request has changed nothing."
)
GATEWAY = (
    "A refusal carries its code in the header `X-Gatehouse-Error`. Status and text of refused "
    "calls are the service's own, set on its integration page."
)
OBJECTED = (
    "Credentials that do not open the service are answered alike, so that nobody can try them "
    "out; only the header tells the operator which it was:"
)
WIRE = (
    "What is too much, too slow or no HTTP is refused before anybody reads it, and the connection "
    "is closed; the code stands behind the text. The bounds are in "
    "[Behind a proxy](behind-a-proxy.md)."
)
AUTHREP = (
    "The Service Management API answers with the codes that its clients know, in "
    '`<error code="…">`; ours alone are `content_too_large` (413: a report holds at most 1 MiB), '
    "`counter_store_unavailable` and `directory_unavailable` (503)."
)


def errors() -> str:
    """Write the page of errors."""
    return page(
        "Errors",
        INTRO,
        [
            "## Kinds",
            *(_section(kind) for kind in STATUSES),
            "### `error`\n500. A fault of Gatehouse itself. The reply has the request id that the "
            "log names too.",
            *_kinds(),
            "## At the gateway",
            GATEWAY,
            *(f"### {code(name)}\n{text}" for name, text in REFUSALS.items()),
            OBJECTED,
            table(["Code", "What"], ([code(name), text] for name, text in OBJECTIONS.items())),
            "Faults are ours or the upstream's, not the caller's:",
            table(
                ["Code", "Status", "What"],
                ([code(name), str(status), text] for name, (status, text) in FAULTS.items()),
            ),
            AUTHREP,
            "## On the wire",
            WIRE,
            table(
                ["Code", "Status", "What"],
                ([code(name), str(status), text] for name, (status, text) in WIRE_REFUSALS.items()),
            ),
        ],
    )


def _kinds() -> Iterator[str]:
    """Write the codes of each kind that has some."""
    for kind in STATUSES:
        codes = [each for each in _list_errors() if kind in each.__mro__[1:]]
        if codes:
            yield f"## {_words(kind)}"
            yield from (_section(each) for each in codes)


def _list_errors() -> list[type[DomainError]]:
    found = [each for each in vars(domain).values() if inspect.isclass(each)]
    return [each for each in found if issubclass(each, DomainError) and "code" in vars(each)]


def _section(kind: type[DomainError]) -> str:
    error = kind.__new__(kind)
    page_status, rest_status = status_of(error), status_of(error, REST_STATUSES)
    status = str(page_status)
    if rest_status != page_status:
        status += f" on pages, {rest_status} in REST"
    return f"### {code(kind.code)}\n{status}. {' '.join((kind.__doc__ or '').split())}"


def _words(kind: type[DomainError]) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__).strip()
    return words.capitalize()

"""The one table from refusals to statuses and bodies. Source: reference-portal 1.0."""

from collections.abc import Iterable

from starlette.responses import PlainTextResponse, Response

from server.auth.throttle import Throttled
from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    LimitReached,
    StateConflict,
)
from server.domain.portal.pages import BuiltIn
from server.kit.xml import Element
from server.rest.formats import Format, json_answer, xml_answer
from server.web.requests import BadRequest
from server.web.statuses import STATUSES as PAGE_STATUSES
from server.web.statuses import Statuses, status_of, tell_when

NO_STORE = {"cache-control": "private, no-store"}  # as formats.py says of all other errors
STATUSES: Statuses = {**PAGE_STATUSES, Conflict: 422, LimitReached: 422}
ACCESS_DENIED = "Access denied"
WEAK_TOKEN = "Your access token does not have the correct permissions"  # noqa: S105 - a text


class TokenTooWeak(Forbidden):
    """The token's user might do it, the token may not: its scope or read-only permission."""


class ImpossibleMove(StateConflict):
    """A step that a state does not know, of what the reference tells apart from wrong input."""

    def __init__(self, error: StateConflict, kind: str) -> None:
        super().__init__(error.state, error.event)
        self.kind = kind


class AccessDenied(Exception):
    """No credential, or one that means nobody here."""


class NotTheMaster(Exception):
    """Not the token of who runs the installation."""


class ProviderClosed(Exception):
    """The provider is suspended or not approved yet."""


def refusal(language: Format, error: DomainError, method: str = "GET") -> Response:
    """Write a domain error as the reference does; what can't be deleted is forbidden."""
    status = status_of(error, STATUSES)
    if isinstance(error, Throttled):
        response = one_error(language, error.message, 429)
        tell_when(response, error)
        return response
    if isinstance(error, TokenTooWeak):
        return one_error(language, WEAK_TOKEN, status)
    if status == 403:
        return _bare(language, "Forbidden", status)
    if status == 404:
        return _bare(language, "Not found", status)
    if isinstance(error, ImpossibleMove):
        return _impossible(language, error, status)
    is_kept = method == "DELETE" and status == 422 and not isinstance(error, BuiltIn)
    response = _field_errors(language, error, 403 if is_kept else status)
    tell_when(response, error)
    return response


def told_by_parameter(error: DomainError, called: Iterable[tuple[str, str]]) -> DomainError:
    """Name the parameters that were sent where a refusal names our attributes."""
    names = dict(called)
    for each in (error, *error.others):
        each.field = names.get(each.field or "", each.field)
    return error


def access_denied(language: Format) -> Response:
    """Answer a call without a valid credential; never 401."""
    return one_error(language, ACCESS_DENIED, 403)


def unauthorized() -> Response:
    """Answer a call of the master API by somebody else: here alone it is 401."""
    return PlainTextResponse("unauthorized", 401, NO_STORE)


def provider_closed() -> Response:
    """Answer a call to a provider that is suspended or not approved yet."""
    return Response(None, 403, NO_STORE)


def one_error(language: Format, message: str, status: int) -> Response:
    """Write a body that holds one `error`."""
    if language is Format.XML:
        return xml_answer(Element("error", message), status)
    return json_answer({"error": message}, status)


def unreadable(error: BadRequest) -> Response:
    """Answer a request that could not be read."""
    return PlainTextResponse(f"{error.message}\n", error.status, NO_STORE)


def unknown_format() -> Response:
    """Answer a request for another language than ours."""
    return PlainTextResponse("Ask for .xml or .json.\n", 406, NO_STORE)


def _impossible(language: Format, error: ImpossibleMove, status: int) -> Response:
    """Tell which step was not possible, of what, and why."""
    told = {
        "from": error.state,
        "event": error.event,
        "error": f"State {error.message}",
        "object": error.kind,
    }
    if language is Format.JSON:
        return json_answer({"error": told}, status)
    parts = [Element(name, text) for name, text in told.items()]
    return xml_answer(Element("error", parts), status)


def _bare(language: Format, status_text: str, status: int) -> Response:
    if language is Format.JSON:
        return json_answer({"status": status_text}, status)
    return Response(None, status, NO_STORE, "application/xml")


def _field_errors(language: Format, error: DomainError, status: int) -> Response:
    errors = (error, *error.others)
    if language is Format.JSON:
        told: dict[str, list[str]] = {}
        for each in errors:
            told.setdefault(each.field or "base", []).append(each.message)
        return json_answer({"errors": told}, status)
    return xml_answer(
        Element("errors", [Element("error", _words_of(each)) for each in errors]), status
    )


def _words_of(error: DomainError) -> str:
    subject = f"{error.field.replace('_', ' ').capitalize()} " if error.field else ""
    return f"{subject}{error.message}"

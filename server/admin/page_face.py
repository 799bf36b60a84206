"""What the admin portal says of its pages: everybody logs in, errors are pages of their own."""

from dataclasses import dataclass

from starlette.responses import Response

from server.admin.context import AdminContext
from server.admin.render import render_plain
from server.domain.errors import DomainError, Forbidden, NotFound, sentence
from server.web.cookies import ADMIN, ADMIN_HOME, ADMIN_PLACES
from server.web.headers import SEVERED
from server.web.pages import Page, PageFace, PageRequest
from server.web.statuses import status_of

AdminPage = Page[AdminContext]
AdminRequest = PageRequest[AdminContext]
TITLES = {
    403: "You may not do this",
    404: "There is nothing here",
    409: "This can't be done now",
    413: "Too much at once",
    500: "Something went wrong on our side",
    503: "Try again in a moment",
}
FAULT = "Try again. If it stays, tell the operator the id below: the log has the details."


@dataclass(frozen=True, slots=True)
class ErrorPage:
    status: int
    title: str
    message: str
    request_id: str = ""


class AdminPages(PageFace[AdminContext]):
    """The admin portal."""

    portal = ADMIN
    context = AdminContext
    csrf_field = "csrf"
    lets_visitors_in = False
    scripts = f"{ADMIN_HOME}/static/"
    headers = SEVERED
    places = ADMIN_PLACES
    final = (NotFound, Forbidden)

    def refusal(self, page_request: AdminRequest, error: DomainError) -> Response:
        return _error_page(status_of(error), error.message)

    def fault(self, page_request: AdminRequest, request_id: str) -> Response:
        return _error_page(500, FAULT, request_id)

    def unreadable(self, status: int, message: str) -> Response:
        return _error_page(status, message)


def _error_page(status: int, message: str, request_id: str = "") -> Response:
    title = TITLES.get(status, "This did not work")
    page = ErrorPage(status, title, sentence(message), request_id)
    return render_plain("error.html.j2", page, status=status)

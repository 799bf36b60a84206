"""ActiveDocs: the specifications that developers read in the portal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.portal.api_docs import (
    LISTING,
    NewApiDocs,
    api_docs_of,
    api_docs_query,
    create_api_docs,
    delete_api_docs,
    update_api_docs,
)
from server.actions.services.services import services_query
from server.admin.lists import Pager, by_id, page_through
from server.admin.render import render
from server.admin.screen import Screen
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service

TEXTS = ("name", "description")
FLAGS = ("published", "skip_swagger_validations")
MOVES = {
    "publish": (True, "is published: developers find it in the portal."),
    "hide": (False, "is hidden: developers don't see it any more."),
}


@dataclass(frozen=True, slots=True)
class ApiDocsListPage:
    """The list of specifications with the service of each."""

    api_docs: Pager[ApiDocs]
    services: Mapping[int, Service]


@dataclass(frozen=True, slots=True)
class ApiDocsPage:
    """One specification, and where the portal serves it."""

    api_docs: ApiDocs
    service: Service | None
    url: str


@dataclass(frozen=True, slots=True)
class NewApiDocsPage:
    """The form of a new specification."""

    services: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditApiDocsPage:
    """The form of a specification."""

    api_docs: ApiDocs
    services: Sequence[tuple[str, str]]


def index(screen: Screen) -> Response:
    """List specifications."""
    api_docs = page_through(screen, LISTING, api_docs_query(screen.actor))
    services = by_id(
        screen.db, Service, (row.service_id for row in api_docs.rows if row.service_id)
    )
    return render(screen, "api_docs/index.html.j2", ApiDocsListPage(api_docs, services))


def new(screen: Screen) -> Response:
    """Show the form of a new specification."""
    screen.actor.require(Permission.SERVICES_EDIT)
    return render(screen, "api_docs/new.html.j2", NewApiDocsPage(_service_choices(screen)))


def create(screen: Screen) -> Response:
    """Add a specification."""
    draft = NewApiDocs(
        name=screen.text("name"),
        body=_body(screen),
        system_name=screen.text("system_name") or None,
        description=screen.text("description"),
        service_id=screen.number_or_none("service_id"),
        published=screen.flag("published"),
        skip_swagger_validations=screen.flag("skip_swagger_validations"),
    )
    api_docs = create_api_docs(screen.db, screen.actor, draft)
    return screen.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} is added.")


def show(screen: Screen) -> Response:
    """Show a specification."""
    api_docs = _api_docs(screen)
    service = screen.db.get(Service, api_docs.service_id) if api_docs.service_id else None
    url = f"{screen.installation.addresses.portal(screen.provider)}{api_docs.path}"
    return render(screen, "api_docs/show.html.j2", ApiDocsPage(api_docs, service, url))


def edit(screen: Screen) -> Response:
    """Show the form of a specification."""
    screen.actor.require(Permission.SERVICES_EDIT)
    page = EditApiDocsPage(_api_docs(screen), _service_choices(screen))
    return render(screen, "api_docs/edit.html.j2", page)


def update(screen: Screen) -> Response:
    """Change a specification."""
    changes = {
        **screen.texts(*TEXTS),
        **{flag: screen.flag(flag) for flag in FLAGS},
        "body": _body(screen),
        "service_id": screen.number_or_none("service_id"),
    }
    api_docs = update_api_docs(screen.db, screen.actor, screen.path_id("api_docs_id"), changes)
    return screen.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} is saved.")


def move(screen: Screen) -> Response:
    """Publish or hide a specification."""
    event = str(screen.request.path_params["event"])
    if event not in MOVES:
        raise NotFound("There is no such page.")
    published, done = MOVES[event]
    api_docs_id, changes = screen.path_id("api_docs_id"), {"published": published}
    api_docs = update_api_docs(screen.db, screen.actor, api_docs_id, changes)
    return screen.go(f"/api_docs/{api_docs.id}", f"{api_docs.name} {done}")


def delete(screen: Screen) -> Response:
    """Take a specification away."""
    api_docs = delete_api_docs(screen.db, screen.actor, screen.path_id("api_docs_id"))
    return screen.go("/api_docs", f"{api_docs.name} is deleted.")


def _api_docs(screen: Screen) -> ApiDocs:
    return api_docs_of(screen.db, screen.actor, screen.path_id("api_docs_id"))


def _body(screen: Screen) -> str:
    """Read the document with the line ends that it had: browsers send others."""
    return screen.text("body").replace("\r\n", "\n")


def _service_choices(screen: Screen) -> list[tuple[str, str]]:
    services = screen.db.exec(services_query(screen.actor).order_by(col(Service.id)))
    named = [(str(service.id), service.name) for service in services]
    return [("", "No API in particular"), *named]

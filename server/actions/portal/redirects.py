"""Redirects of the portal."""

from urllib.parse import urlsplit

from sqlmodel import select

from server.actions.portal.content import hold_tree, refuse_reserved
from server.actions.resources import Lifecycle, Resource
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.redirects import Redirect, RedirectDraft
from server.kit.paging import Listing


def _refuse_loop(work: Work, redirect: Redirect) -> None:
    """Refuse a redirect that leads back to itself, also by way of others. Raises: Invalid."""
    refuse_reserved(work, redirect.source, "source")
    hold_tree(work)
    query = select(Redirect.source, Redirect.target).where(
        Redirect.provider_id == work.actor.provider_id, Redirect.id != redirect.id
    )
    targets = dict(work.db.exec(query).all())
    way = [redirect.source]
    path = _path_of(redirect.target)
    while path is not None:
        way.append(path)
        if path == redirect.source:
            raise Invalid(f"leads back to itself: {' -> '.join(way)}.", field="target")
        path = _path_of(targets[path]) if path in targets else None


def _path_of(target: str) -> str | None:
    """Tell which path of the portal a target is; None for an address elsewhere."""
    return (urlsplit(target).path.rstrip("/") or "/") if target.startswith("/") else None


REDIRECTS = Resource(
    name="redirect",
    model=Redirect,
    draft=RedirectDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.REDIRECT_CREATED,
        updated=EventKind.REDIRECT_UPDATED,
        deleted=EventKind.REDIRECT_DELETED,
    ),
    listing=Listing("redirects", Redirect),
    unique="source",
    facts=("source", "target"),
    prepare=_refuse_loop,
)

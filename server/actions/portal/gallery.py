"""The gallery: a developer asks for his application to be shown, the provider decides. E11."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, exists, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.applications import get_application
from server.actions.applications.keys import get_editable
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.drafts import parse
from server.domain.errors import Blank, EditConflict, NotFound
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.gallery import (
    GalleryDraft,
    GalleryEntry,
    GalleryPicture,
    RefusalDraft,
    clean_picture,
)
from server.domain.provider.settings import Setting
from server.domain.states import GALLERY, move
from server.kit.paging import Listing

LISTING = Listing("gallery_entries", GalleryEntry, newest_first=True)
OFF = "There is no gallery here."
PICTURE = ("picture_type", "picture_digest")  # what is stored of one beside its bytes


def shown_query(provider_id: int) -> SelectOfScalar[GalleryEntry]:
    """Select what anybody sees: approved ones of live applications, while there is a gallery."""
    return (
        select(GalleryEntry)
        .join(Application, col(Application.id) == GalleryEntry.application_id)
        .join(Account, col(Account.id) == GalleryEntry.account_id)
        .where(GalleryEntry.provider_id == provider_id, GalleryEntry.state == "approved")
        .where(Application.state == "live", Account.state == "approved")
        .where(_is_on(provider_id))
    )


def entries_query(actor: Actor) -> SelectOfScalar[GalleryEntry]:
    """Select all entries of the provider; for a developer those of his account."""
    actor.require(Permission.APPLICATIONS_READ, account_id=actor.account_id)
    query = select(GalleryEntry).where(GalleryEntry.provider_id == actor.provider_id)
    if actor.is_developer:
        query = query.where(GalleryEntry.account_id == actor.account_id, _is_on(actor.provider_id))
    return query


def find_entry(work: Work, application_id: int) -> GalleryEntry | None:
    """Find what was asked for an application. Raises: NotFound, Forbidden."""
    application = get_application(work, application_id)
    query = select(GalleryEntry).where(GalleryEntry.application_id == application.id)
    return work.db.exec(query).first()


def get_entry(work: Work, entry_id: int) -> GalleryEntry:
    """Find an entry within the actor's reach. Raises: NotFound, Forbidden."""
    found = work.db.exec(entries_query(work.actor).where(GalleryEntry.id == entry_id)).first()
    if found is None:
        raise NotFound("There is no such entry of the gallery.", field="id")
    return found


def find_picture(work: Work, entry: GalleryEntry) -> bytes | None:
    """Read the picture of an entry that one may see."""
    found = work.db.get(GalleryPicture, entry.id) if entry.picture_digest else None
    return found.content if found is not None else None


def ask_for_gallery(
    work: Work, application_id: int, values: Mapping[str, Any], picture: bytes | None = None
) -> GalleryEntry:
    """Ask for an application to be shown, or change what is said of it: both wait for approval.

    `picture` are the bytes of a new one, none of them to have none, None for the one that stands.
    Raises: NotFound where there is no gallery, Forbidden, Invalid and its kind.
    """
    application, _ = get_editable(work, application_id)
    _require_on(work)
    query = select(GalleryEntry).where(GalleryEntry.application_id == application.id)
    entry = work.db.exec(query).first()
    if entry is not None:
        hold(work.db, entry)
    given = _said(entry, values, picture)
    if entry is None:
        entry = GalleryEntry(
            provider_id=application.provider_id,
            account_id=application.account_id,
            application_id=application.id,
            created_at=work.now,
            **given,
        )
    else:
        is_same = all(getattr(entry, name) == value for name, value in given.items())
        if is_same and entry.state in {"pending", "approved"}:
            return entry  # nothing to look at anew
        for name, value in given.items():
            setattr(entry, name, value)
        move(entry, GALLERY, "ask")
        entry.reason, entry.approved_at, entry.version = "", None, entry.version + 1
    work.db.add(entry)
    work.db.flush()
    if picture is not None:
        _put(work, entry, picture)
    _tell(work, EventKind.GALLERY_ASKED, entry)
    return entry


def _said(
    entry: GalleryEntry | None, values: Mapping[str, Any], picture: bytes | None
) -> dict[str, Any]:
    """Read what is said of an application, its picture included. Raises: Invalid."""
    given = parse(GalleryDraft, values).complete()
    if picture is not None:
        given |= clean_picture(picture)
    else:
        given |= {name: getattr(entry, name, "") for name in PICTURE}
    if not given["picture_digest"]:
        given["picture_alt"] = ""
    elif not given["picture_alt"] and "picture_alt" not in values and picture is None:
        given["picture_alt"] = getattr(entry, "picture_alt", "")
    elif not given["picture_alt"]:
        raise Blank("picture_alt")
    return given


def _put(work: Work, entry: GalleryEntry, picture: bytes) -> None:
    """Store the bytes of a picture in the place of those that were there."""
    column = col(GalleryPicture.entry_id)
    work.db.execute(delete(GalleryPicture).where(column == entry.id))
    if picture:
        work.db.add(GalleryPicture(entry_id=entry.id, content=picture))
    work.db.flush()


def withdraw_from_gallery(work: Work, application_id: int) -> None:
    """Take an application out of the gallery, at once. Raises: NotFound, Forbidden."""
    application, _ = get_editable(work, application_id)
    query = select(GalleryEntry).where(GalleryEntry.application_id == application.id)
    entry = work.db.exec(query).first()
    if entry is None:
        raise NotFound("This application is not in the gallery.", field="id")
    _tell(work, EventKind.GALLERY_WITHDRAWN, entry)
    work.db.delete(entry)
    work.db.flush()


def approve_entry(work: Work, entry_id: int, seen: int | None = None) -> GalleryEntry:
    """Show an application; `seen` is the version that was looked at.

    Raises: NotFound, Forbidden, StateConflict, EditConflict for what was changed meanwhile.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    entry = hold(work.db, get_entry(work, entry_id))
    if seen is not None and seen != entry.version:
        raise EditConflict("Its owner has changed it meanwhile. Look at it again.", field="id")
    before = entry.state
    move(entry, GALLERY, "approve")
    entry.reason, entry.approved_at = "", work.now
    _tell(work, EventKind.GALLERY_APPROVED, entry, before)
    return entry


def refuse_entry(work: Work, entry_id: int, reason: str = "") -> GalleryEntry:
    """Do not show an application, or no longer. Raises: NotFound, Forbidden, StateConflict."""
    work.actor.require(Permission.PORTAL_EDIT)
    given = parse(RefusalDraft, {"reason": reason}).complete()
    entry = hold(work.db, get_entry(work, entry_id))
    before = entry.state
    move(entry, GALLERY, "refuse")
    entry.reason, entry.approved_at = given["reason"], None
    _tell(work, EventKind.GALLERY_REFUSED, entry, before)
    return entry


def _is_on(provider_id: int) -> Any:
    return exists().where(
        col(Setting.provider_id) == provider_id, col(Setting.app_gallery_enabled).is_(True)
    )


def _require_on(work: Work) -> None:
    if not work.db.get_one(Setting, work.actor.provider_id).app_gallery_enabled:
        raise NotFound(OFF)


def _tell(work: Work, kind: EventKind, entry: GalleryEntry, before: str = "") -> None:
    facts = {"name": entry.title, "application_id": entry.application_id}
    if entry.reason:
        facts["reason"] = entry.reason
    work.record(
        Event(
            kind,
            entry.id,
            account_id=entry.account_id,
            changes={"state": [before, entry.state]} if before else {},
            facts=facts,
        )
    )

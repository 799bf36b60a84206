"""How the portal of a provider looks: its theme, and what of it he sets himself."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from server.actions.rows import fingerprint_of, hold_provider
from server.actions.work import Work
from server.domain.drafts import attributes_of, changes_model, parse, word_of
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.portal.looks import FILES, LookDraft, LookFile, digest_of
from server.domain.provider.providers import Provider

CHANGES = changes_model(LookDraft)
DEFAULTS: Mapping[str, Any] = {each.name: each.default for each in attributes_of(LookDraft)}


def get_look(work: Work) -> dict[str, Any]:
    """Read all attributes. Raises: Forbidden."""
    work.actor.require(Permission.PORTAL_READ)
    provider = work.db.get_one(Provider, work.actor.provider_id)
    files = work.db.exec(select(LookFile).where(LookFile.provider_id == provider.id))
    stored = {name: value for name, value in provider.look.items() if name in DEFAULTS}
    return {**DEFAULTS, **stored, **{file.name: file.text for file in files}}


def update_look(work: Work, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Change attributes; those that are not named stay, `null` and empty are the theme's own.

    Raises: Forbidden, Invalid with what is wrong.
    """
    work.actor.require(Permission.PORTAL_EDIT)
    provider = hold_provider(work)
    wanted = {name: word_of(value) for name, value in parse(CHANGES, changes).given().items()}
    before = get_look(work)
    changed = {
        name: [before[name], value] for name, value in wanted.items() if before[name] != value
    }
    look = dict(provider.look)
    for name, (_, value) in changed.items():
        if name in FILES:
            _keep(work.db, provider.id, name, value)
            value = digest_of(value)
        look[name] = value
    if changed:
        provider.look = {name: value for name, value in look.items() if value != DEFAULTS[name]}
        told = {
            name: [fingerprint_of(old), fingerprint_of(new)] if name in FILES else [old, new]
            for name, (old, new) in changed.items()
        }
        work.record(Event(EventKind.LOOK_UPDATED, provider.id, changes=told))
    return {**before, **wanted}


def find_look_file(db: Session, provider_id: int, name: str) -> str:
    """Read the logo or the rules of a look; empty when there are none."""
    file = db.get(LookFile, (provider_id, name))
    return file.text if file is not None else ""


def _keep(db: Session, provider_id: int, name: str, text: str) -> None:
    file = db.get(LookFile, (provider_id, name))
    if file is None:
        file = LookFile(provider_id=provider_id, name=name)
        db.add(file)
    file.text = text

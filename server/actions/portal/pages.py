"""Portal templates that a provider changed."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, fingerprint_of, get_owned, save
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid, TooLong
from server.domain.events import Event, EventKind
from server.domain.fields import clean_choice, clean_optional_text, clean_text, is_comparable
from server.domain.permissions import Permission
from server.domain.portal.pages import HANDLERS, KINDS, Template

MOST_TEMPLATE = 262_144


def _template_text(value: str | None, field: str) -> str | None:
    if value is not None and len(value) > MOST_TEMPLATE:
        raise TooLong(field, MOST_TEMPLATE)
    if value is not None and not is_comparable(value):
        raise Invalid("must be valid Unicode text without NUL characters.", field=field)
    return value


TEXTS: Rules = {
    "published": lambda v: _template_text(v, "published"),
    "draft": lambda v: _template_text(v, "draft"),
}
RULES: Rules = {
    "kind": lambda v: clean_choice(v, "kind", KINDS),
    "name": lambda v: clean_text(v, "name"),
    "title": lambda v: clean_optional_text(v, "title"),
    "layout": lambda v: clean_optional_text(v, "layout"),
    "handler": lambda v: clean_choice(v, "handler", HANDLERS),
    **TEXTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """A template as it shall be; what was never published has no such text."""

    kind: str
    name: str
    title: str = ""
    layout: str = "main_layout"
    handler: str = ""
    published: str | None = None
    draft: str | None = None


def templates_query(actor: Actor) -> SelectOfScalar[Template]:
    actor.require(Permission.PORTAL_READ)
    return select(Template).where(Template.provider_id == actor.provider_id)


def save_template(work: Work, wanted: NewTemplate) -> Template:
    """Set the template of a kind and name, new or not. Raises: Invalid."""
    work.actor.require(Permission.PORTAL_EDIT)
    values = {name: rule(getattr(wanted, name)) for name, rule in RULES.items()}
    kind, name = values["kind"], values["name"]
    query = templates_query(work.actor).where(Template.kind == kind, Template.name == name)
    template = work.db.exec(query).first()
    if template is None:
        template = Template(provider_id=work.actor.provider_id, **values)
        save(work.db, template, unique="name")
        _tell(work, template, EventKind.TEMPLATE_CREATED, {})
        return template
    changed = change(template, values, RULES)
    save(work.db, template, unique="name")
    if changed:
        _tell(work, template, EventKind.TEMPLATE_UPDATED, changed)
    return template


def delete_template(work: Work, template_id: int) -> Template:
    """Delete a template; the theme's shows again. Raises: NotFound."""
    work.actor.require(Permission.PORTAL_EDIT)
    template = get_owned(work, Template, template_id)
    work.db.delete(template)
    _tell(work, template, EventKind.TEMPLATE_DELETED, {})
    return template


def _tell(work: Work, template: Template, kind: EventKind, changes: dict[str, list[Any]]) -> None:
    for name in changes.keys() & TEXTS.keys():
        changes[name] = [text and fingerprint_of(text) for text in changes[name]]
    facts = {"kind": template.kind, "name": template.name}
    work.record(Event(kind, template.id, changes=changes, facts=facts))

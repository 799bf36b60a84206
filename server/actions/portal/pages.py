"""Portal templates that a provider changed."""

import re

from sqlmodel import col

from server.actions.resources import Lifecycle, Resource
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.pages import Template, TemplateDraft, TemplateKind
from server.kit.paging import Listing

PATH = re.compile(r"/|(/[^/?#]+)+")


def _refuse_unserved(work: Work, template: Template) -> None:
    """Refuse a page that no address leads to. Raises: Invalid."""
    name = template.name
    if template.kind != TemplateKind.PAGE or PATH.fullmatch(name):
        return
    if name.startswith("/"):
        raise Invalid(
            "must be a path as it is asked for: /trail, without '/' at its end, '?' or '#'.",
            field="name",
        )
    if "/" not in name:
        raise Invalid(f"must be a path: '/' for the home page, else /{name}.", field="name")


TEMPLATES = Resource(
    name="template",
    model=Template,
    draft=TemplateDraft,
    read=Permission.PORTAL_READ,
    edit=Permission.PORTAL_EDIT,
    events=Lifecycle(
        created=EventKind.TEMPLATE_CREATED,
        updated=EventKind.TEMPLATE_UPDATED,
        deleted=EventKind.TEMPLATE_DELETED,
    ),
    listing=Listing("templates", Template, left_out=(col(Template.published), col(Template.draft))),
    unique="name",
    facts=("kind", "name"),
    prepare=_refuse_unserved,
)

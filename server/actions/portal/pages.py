"""Portal templates that a provider changed."""

from sqlmodel import col

from server.actions.resources import Lifecycle, Resource
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.pages import Template, TemplateDraft
from server.kit.paging import Listing

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
)

"""All drafts of the portal, and publishing many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.publishing import list_changes, publish_changes
from server.admin.batches import chosen_ids
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.errors import Invalid
from server.domain.portal.pages import Template


@dataclass(frozen=True, slots=True)
class ChangesPage:
    templates: Sequence[Template]


def index(ctx: AdminContext) -> Response:
    return render(ctx, "portal/changes.html.j2", ChangesPage(list_changes(ctx)))


def publish(ctx: AdminContext) -> Response:
    """Publish the chosen drafts, all or none."""
    chosen = chosen_ids(ctx)
    if not chosen:
        raise Invalid("Choose at least one draft to publish.")
    done = publish_changes(ctx, chosen)
    words = done[0].name if len(done) == 1 else f"{len(done)} templates"
    told = f"{words} {'is' if len(done) == 1 else 'are'} published: developers see that now."
    return ctx.go("/portal/changes", told)

"""A mail that is not saved yet is rendered, or what is wrong with it is told."""

import pytest

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.accounts import UserDrop
from cms.liquid.drops.render_data import RenderData
from cms.rendering.order import Order, Rendered
from cms.rendering.trial import try_unsaved
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.previews import PreviewFault, Unsaved
from tests.cms.browser import patient_renderer


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Dear {{ user.username }}", "Dear john\n"), ("a\n{{ 1 | nope }}", 2)],
    ids=["fine", "broken"],
)
def test_an_unsaved_mail_is_tried(
    deps: Dependencies, acme: NewProvider, text: str, wanted: str | int
) -> None:
    unsaved = Unsaved("email", "lost_password_email", text)
    with deps.database.read() as db:
        data = RenderData(db, deps.installation, acme.provider, acme.sample.user.account_id)
        user = UserDrop(acme.sample.user, data)
        order = Order(
            kind="email",
            name=unsaved.name,
            data=data,
            now=data.now,
            variables={"user": user},
        )
        library = Library(db, default_theme(), acme.provider.id)
        found = try_unsaved(patient_renderer(deps), order, library, unsaved)

    if isinstance(found, Rendered):
        assert found.text == wanted
    else:
        assert isinstance(found, PreviewFault)
        assert found.line == wanted

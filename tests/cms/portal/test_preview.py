"""Previews: the portal's own pages, as anybody, with what is not saved; and nothing changes."""

from html import unescape

import pytest
from sqlmodel import col, select

from cms.portal.preview import PortalPreview
from cms.portal.preview_paths import SEEN_AT
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User, UserSession
from server.domain.errors import NotFound
from server.domain.events import EventRecord
from server.domain.portal.previews import PreviewAsked, Previewed, Unsaved
from tests.cms.browser import patient_renderer
from tests.kit.make import make_provider


@pytest.fixture
def preview(deps: Dependencies) -> PortalPreview:
    return PortalPreview(deps, patient_renderer(deps))


def _unsaved(name: str, text: str, *, title: str = "", handler: str = "") -> Unsaved:
    return Unsaved("page", name, text, title=title, handler=handler)


def _as_john(
    preview: PortalPreview, acme: NewProvider, unsaved: Unsaved, path: str = ""
) -> Previewed:
    return preview(PreviewAsked(acme.provider.id, path, acme.sample.user.id, unsaved=unsaved))


def test_a_page_that_is_not_saved_is_rendered_within_its_layout(
    preview: PortalPreview, acme: NewProvider
) -> None:
    unsaved = _unsaved("/new", "# Hello {{ provider.name }}", title="New", handler="markdown")

    seen = preview(PreviewAsked(acme.provider.id, "", unsaved=unsaved))

    assert seen.fault is None
    assert seen.path == "/new"
    assert ">Hello Acme</h1>" in seen.html
    assert "<title>New" in seen.html


def test_a_system_page_shows_the_rows_of_the_developer_who_is_chosen(
    preview: PortalPreview, acme: NewProvider
) -> None:
    text = "{{ current_user.username }} has {{ application.name }}: {{ application.user_key }}"

    seen = _as_john(preview, acme, _unsaved("dashboards/show", text))

    shown, named = unescape(seen.html), f"john has {acme.sample.application.name}: "
    assert named in shown
    assert len(shown.partition(named)[2].split()[0]) >= 16


def test_a_partial_and_a_layout_are_seen_on_a_page(
    preview: PortalPreview, acme: NewProvider
) -> None:
    layout = Unsaved("layout", "main_layout", "<main>{% content %}</main>mine")
    partial = Unsaved("partial", "footer", "my footer")
    page = _unsaved("/", "{% include 'footer' %}")

    assert "</main>mine" in preview(PreviewAsked(acme.provider.id, "", unsaved=layout)).html
    assert preview(PreviewAsked(acme.provider.id, "/docs", unsaved=partial)).status == 200
    assert preview(PreviewAsked(acme.provider.id, "", unsaved=page)).fault is None


def test_what_fails_is_told_with_its_line_and_nothing_of_the_themes_is_shown(
    preview: PortalPreview, acme: NewProvider
) -> None:
    seen = preview(
        PreviewAsked(acme.provider.id, "", unsaved=_unsaved("/", "fine\n{{ 1 | nope }}"))
    )

    assert seen.html == ""
    assert seen.fault is not None
    assert (seen.fault.kind, seen.fault.name, seen.fault.line) == ("page", "/", 2)
    assert "^" in seen.fault.caret


def test_a_page_for_developers_leads_visitors_to_the_login(
    preview: PortalPreview, acme: NewProvider
) -> None:
    seen = preview(PreviewAsked(acme.provider.id, "", unsaved=_unsaved("dashboards/show", "x")))

    assert seen.leads_to == "/login"


def test_every_page_of_the_portal_has_somewhere_to_be_seen(
    preview: PortalPreview, acme: NewProvider
) -> None:
    for name in SEEN_AT:
        seen = _as_john(preview, acme, _unsaved(name, "This is it"))

        assert seen.fault is None, name
        assert "This is it" in seen.html or seen.leads_to or name == "applications/choose_service"


def test_a_page_that_no_address_leads_to_is_rendered_without_its_variables(
    preview: PortalPreview, acme: NewProvider
) -> None:
    seen = _as_john(preview, acme, _unsaved("errors/conflict", "Sorry {{ message }}."))

    assert "Sorry ." in seen.html


def test_nothing_is_written_and_nobody_is_logged_in(
    deps: Dependencies, preview: PortalPreview, acme: NewProvider
) -> None:
    with deps.database.read() as db:
        before = len(db.exec(select(EventRecord)).all())

    _as_john(preview, acme, _unsaved("dashboards/show", "{{ 1 | nope }}"))
    _as_john(preview, acme, _unsaved("dashboards/show", "fine"))

    with deps.database.read() as db:
        assert len(db.exec(select(EventRecord)).all()) == before
        assert not db.exec(select(UserSession)).all()


def test_nobody_looks_as_a_developer_of_somebody_else_or_as_staff(
    deps: Dependencies, preview: PortalPreview, acme: NewProvider
) -> None:
    other = make_provider(deps, "Other")
    with deps.database.read() as db:
        admin = db.exec(select(User).where(col(User.account_id).is_(None))).first()
    assert admin is not None

    for user_id in (other.sample.user.id, admin.id, 999_999):
        with pytest.raises(NotFound):
            preview(PreviewAsked(acme.provider.id, "/", user_id))

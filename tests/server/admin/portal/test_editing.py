"""What the editor asks while somebody types."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cms.portal.preview import PortalPreview
from server.actions.portal.groups import GROUPS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.browser import patient_renderer
from tests.kit.browser import Browser
from tests.kit.make import make_deps, staff
from tests.kit.work import by
from tests.server.admin.portal.test_templates import make_page


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies with a portal to be previewed."""
    deps = make_deps(tmp_path)
    deps = replace(deps, preview=PortalPreview(deps, patient_renderer(deps)))
    yield deps
    deps.database.close()


def _asked(admin: Browser, path: str, **fields: str) -> dict[str, str]:
    return {
        **admin.open(path).hidden(path),
        "title": "Guide",
        "layout": "main_layout",
        "liquid_enabled": "yes",
        **fields,
    }


def test_a_text_is_checked_without_being_saved(admin: Browser) -> None:
    path = make_page(admin)

    bad = admin.post(f"{path}/check", _asked(admin, path, draft="a\n{% if x %}"))
    fine = admin.post(f"{path}/check", _asked(admin, path, draft="a"))
    off = admin.post(f"{path}/check", _asked(admin, path, draft="{% if", liquid_enabled="no"))

    (fault,) = bad.json()["faults"]
    assert fault["line"] == 2
    assert "never closed" in fault["message"]
    assert fine.json() == off.json() == {"faults": []}


def test_a_preview_can_do_nothing(admin: Browser) -> None:
    path = make_page(admin)
    text = "<script>alert(1)</script><form action='/session'></form>Hello {{ provider.name }}"

    answer = admin.post(f"{path}/preview", _asked(admin, path, draft=text))

    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "Hello Acme" in answer.text
    assert "<script" not in answer.text
    assert policy.endswith("sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_preview_is_seen_as_a_developer_or_a_group(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = make_page(admin)
    text = "Hello {{ current_user.username }}."
    with deps.database.write() as db:
        GROUPS.create(by(db, staff(acme), deps.installation), {"name": "Gold"})

    def seen(viewer: str) -> str:
        return admin.post(f"{path}/preview", _asked(admin, path, draft=text, viewer=viewer)).text

    assert "Hello john." in seen("john")
    assert "Hello ." in seen("group: Gold")
    assert "Hello ." in seen("")
    assert "Nobody has" in seen("nobody@x.example")
    assert "There is no group Silver" in seen("group: Silver")


def test_what_fails_is_told_in_the_frame_with_its_line(admin: Browser) -> None:
    path = make_page(admin)

    answer = admin.post(f"{path}/preview", _asked(admin, path, draft="a\n{{ 1 | nope }}"))

    assert "line 2" in answer.text
    assert "unknown filter" in answer.text


def test_another_path_is_previewed_within_the_portal_alone(admin: Browser) -> None:
    path = make_page(admin)

    docs = admin.post(f"{path}/preview", _asked(admin, path, draft="x", preview_path="/docs"))
    far = admin.post(
        f"{path}/preview", _asked(admin, path, draft="x", preview_path="https://evil.example/")
    )

    assert "Documentation" in docs.text
    assert "evil.example" not in far.headers["content-security-policy"]
    assert far.status_code == 200


def test_who_may_only_read_asks_for_nothing(admin: Browser, member: Browser) -> None:
    path = make_page(admin)
    token = member.open("/personal").hidden("/personal")["csrf"]

    for verb in ("check", "preview", "here", "left"):
        answer = member.post(f"{path}/{verb}", {"csrf": token, "draft": "x"})

        assert answer.status_code == 403, verb

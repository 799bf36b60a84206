"""The overview of content costs the same however much there is."""

from server.actions.portal.pages import TEMPLATES
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

PAGES = ("/portal", "/portal/builtins", "/portal/changes", "/portal/partials")


def _fill(deps: Dependencies, acme: NewProvider, numbers: range) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        for number in numbers:
            section = SECTIONS.create(work, {"title": f"Section {number}"})
            page = {"kind": "page", "name": f"/p{number}", "title": f"P {number}", "draft": "x"}
            TEMPLATES.create(work, {**page, "section_id": section.id})
            TEMPLATES.create(work, {"kind": "partial", "name": f"part_{number}", "draft": "x"})


def test_more_content_takes_no_more_statements(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    _fill(deps, acme, range(2))
    before = {}
    for path in PAGES:
        with counted(deps) as statements:
            admin.page(path)
        before[path] = len(statements)
    _fill(deps, acme, range(2, 12))

    for path in PAGES:
        with counted(deps) as statements:
            admin.page(path)
        assert len(statements) == before[path], path

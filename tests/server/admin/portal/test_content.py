"""The tree of content: what is in it is moved to another section."""

from server.actions.portal.files import FILES, add_file
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_pages_files_and_sections_are_moved_but_no_section_into_itself(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        above, below = (SECTIONS.create(work, {"title": title}).id for title in ("Up", "Down"))
        draft = {"kind": "page", "name": "/p", "title": "P", "draft": "x"}
        page = TEMPLATES.create(work, draft).id
        file = add_file(work, {"path": "/f.txt"}, b"x").id

    def move(what: str, into: int | str) -> str:
        return admin.done("/portal/move", "move", what=what, section_id=str(into))

    told = (
        move(f"section-{below}", above) + move(f"page-{page}", below) + move(f"file-{file}", above)
    )
    refused = [
        admin.send("/portal/move", "move", what=what, section_id=str(into))
        for what, into in (
            (f"section-{above}", above),
            (f"section-{above}", below),
            ("section-999", above),
            ("tenant-1", above),
            (f"page-{page}", 999),
        )
    ]

    assert ("Down is moved." in told, "P is moved." in told) == (True, True)
    assert [answer.status_code for answer in refused] == [422, 422, 404, 422, 404]
    for answer in refused[:2]:
        assert "Move to can" in answer.text.replace("&#39;", "'")
    with deps.database.read() as db:
        work = by(db, staff(acme))
        assert SECTIONS.get(work, below).parent_id == above
        assert TEMPLATES.get(work, page).section_id == below
        assert FILES.get(work, file).section_id == above
    tree = admin.open("/portal").tree
    assert tree.xpath(f"//li[@data-into='{above}']//li[@data-move='page-{page}']")
    move(f"section-{below}", "")
    assert not admin.open("/portal").tree.xpath(f"//li[@data-into='{above}']//li[@data-into]")

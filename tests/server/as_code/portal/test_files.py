"""Content as code: written, applied and pruned as it is, files byte for byte."""

from pathlib import Path

import pytest
from sqlmodel import Session

from server.actions.portal.files import FILES, add_file, read_file
from server.actions.portal.groups import GROUPS, sections_of_groups, set_group_section
from server.actions.portal.pages import TEMPLATES, find_template
from server.actions.portal.publishing import list_versions
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider, create_provider
from server.as_code.apply import read_state, run
from server.as_code.changeset import compare
from server.as_code.entries import BadFolder
from server.as_code.folder import read_folder, write_folder
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.as_code.writing import texts_of
from server.auth.dependencies import Dependencies
from tests.kit.make import staff
from tests.kit.work import HERE

LOGO = b"\x89PNG\r\n\xff\xfe\x00" + bytes(range(256))


def workspace(acme: NewProvider, db: Session) -> Workspace:
    return Workspace(db, staff(acme), HERE)


def fill(work: Workspace) -> None:
    """Make some of everything."""
    outer = SECTIONS.create(work, {"title": "Zebras", "public": False}).id
    inner = SECTIONS.create(work, {"title": "Apes", "parent_id": outer}).id
    group = GROUPS.create(work, {"name": "Partners"}).id
    set_group_section(work, group, outer, included=True)
    page = {"kind": "page", "name": "/apes", "title": "Our apes", "published": "Here."}
    TEMPLATES.create(work, {**page, "section_id": inner, "handler": "textile"})
    raw = {"kind": "page", "name": "/my.js", "content_type": "text/javascript", "draft": "{{{"}
    TEMPLATES.create(work, {**raw, "liquid_enabled": False, "layout": "none"})
    news = {"kind": "partial", "name": "news", "portlet": "table_of_contents"}
    TEMPLATES.create(work, news)
    add_file(work, {"path": "/images/logo.png", "section_id": inner}, LOGO)
    add_file(work, {"path": "/data/a.yaml"}, b"a: 1\r\n")
    REDIRECTS.create(work, {"source": "/old", "target": "/apes"})


def test_content_comes_back_as_it_was(
    deps: Dependencies, acme: NewProvider, db: Session, tmp_path: Path
) -> None:
    fill(workspace(acme, db))
    write_folder(tmp_path / "out", texts_of(read_state(workspace(acme, db))))
    assert (tmp_path / "out/portal/files/images/logo.png").read_bytes() == LOGO
    assert (tmp_path / "out/portal/files/data/a.yaml").read_bytes() == b"a: 1\r\n"

    wanted = parse_folder(read_folder(tmp_path / "out"))
    globex = create_provider(db, deps.installation, "Globex", "admin@globex.example")
    work = workspace(globex, db)
    plan = compare(wanted, read_state(work), prune=True)
    run(work, plan, wanted, prune=True)

    assert compare(wanted, read_state(workspace(globex, db)), prune=True).edits == []
    (logo,) = [f for f in db.exec(FILES.query(work.actor)) if f.path == "/images/logo.png"]
    assert read_file(work, logo.id) == LOGO
    sections = {row.system_name: row for row in db.exec(SECTIONS.query(work.actor))}
    assert sections["apes"].parent_id == sections["zebras"].id
    (group,) = db.exec(GROUPS.query(work.actor))
    assert sections_of_groups(work, [group.id]) == {group.id: [sections["zebras"].id]}


def test_a_folder_without_content_prunes_it_and_leaves_the_root(
    acme: NewProvider, db: Session
) -> None:
    bare = texts_of(read_state(workspace(acme, db)))
    fill(workspace(acme, db))
    wanted = parse_folder(bare)
    work = workspace(acme, db)

    run(work, compare(wanted, read_state(work), prune=True), wanted, prune=True)

    for resource in (TEMPLATES, FILES, REDIRECTS, GROUPS):
        assert db.exec(resource.query(work.actor)).all() == []
    assert [row.is_builtin for row in db.exec(SECTIONS.query(work.actor))] == [True]


def test_a_page_keeps_its_versions_when_its_section_is_pruned(
    acme: NewProvider, db: Session
) -> None:
    work = workspace(acme, db)
    section = SECTIONS.create(work, {"title": "Old"}).id
    page = {"kind": "page", "name": "/x", "published": "one", "section_id": section}
    number = TEMPLATES.create(work, page).id
    TEMPLATES.update(work, number, {"published": "two"})
    texts = dict(texts_of(read_state(work)))
    del texts["portal/sections.yaml"]
    texts["portal/templates.yaml"] = texts["portal/templates.yaml"].replace("section: old", "")
    wanted = parse_folder(texts)

    run(work, compare(wanted, read_state(work), prune=True), wanted, prune=True)

    found = find_template(work, "page", "/x")
    assert found is not None
    assert (found.id, found.section_id) == (number, None)
    assert len(list_versions(work, number)) == 2


def test_a_section_before_its_parent_and_a_missing_file_are_told(
    acme: NewProvider, db: Session
) -> None:
    work = workspace(acme, db)
    texts = texts_of(read_state(work))
    upside_down = (
        "sections:\n- {system_name: a, title: A, parent: b}\n- {system_name: b, title: B}\n"
    )
    with pytest.raises(BadFolder, match="there is no section 'b'"):
        parse_folder({**texts, "portal/sections.yaml": upside_down})
    files = "files:\n- {path: /a.png, content: files/a.png}\n"
    with pytest.raises(BadFolder, match=r"portal/files.yaml:2: files\[0\]\.content"):
        parse_folder({**texts, "portal/files.yaml": files})
    stray = {**texts, "portal/files/b.png": "x"}
    with pytest.raises(BadFolder, match=r"b\.png"):
        parse_folder(stray)

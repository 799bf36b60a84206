"""Sections, redirects and groups: a tree without circles, ways without loops."""

import pytest
from sqlmodel import Session

from server.actions.accounts.accounts import delete_account
from server.actions.portal.content import root_of
from server.actions.portal.files import FILES, add_file
from server.actions.portal.groups import GROUPS, accounts_of_groups, set_group_account
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.domain.errors import Conflict, Invalid, NotFound
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused


def test_what_is_in_a_section_moves_up_when_it_is_deleted(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    outer = SECTIONS.create(work, {"title": "Outer"})
    middle = SECTIONS.create(work, {"title": "Middle", "parent_id": outer.id})
    inner = SECTIONS.create(work, {"title": "Inner", "parent_id": middle.id})
    page = TEMPLATES.create(work, {"kind": "page", "name": "/x", "section_id": middle.id})
    file = add_file(work, {"path": "/x.txt", "section_id": middle.id}, b"x")

    SECTIONS.delete(work, middle.id)
    db.expire_all()

    assert {inner.parent_id, page.section_id, file.section_id} == {outer.id}


def test_no_section_is_within_itself_and_the_root_stays(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    root = root_of(work)
    outer = SECTIONS.create(work, {"title": "Outer", "parent_id": root.id})
    inner = SECTIONS.create(work, {"title": "Inner", "parent_id": outer.id})
    assert outer.parent_id is None  # the root

    for parent in (outer, inner):
        refused(
            work, Invalid, SECTIONS.update, outer.id, {"parent_id": parent.id}, field="parent_id"
        )
    refused(work, Conflict, SECTIONS.delete, root.id)
    refused(work, Conflict, SECTIONS.update, root.id, {"public": False})
    assert SECTIONS.update(work, root.id, {"title": "Everything"}).title == "Everything"


def test_a_redirect_never_leads_back(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))
    REDIRECTS.create(work, {"source": "/a", "target": "/b"})
    second = REDIRECTS.create(work, {"source": "/b", "target": "/c?x=1"})

    for target in ("/a", "/b", "/a#part", "/b/?x=2"):
        refused(work, Invalid, REDIRECTS.update, second.id, {"target": target}, field="target")
    with pytest.raises(Invalid, match="/c -> /a -> /b -> /c"):
        REDIRECTS.create(work, {"source": "/c", "target": "/a"})
    assert second.target == "/c?x=1"


@pytest.mark.parametrize(
    "target",
    ["docs", "//evil.example", "/\\evil", "javascript:alert(1)", "https://", "/a\r\nb", " "],
)
def test_a_target_that_is_none_is_refused(acme: NewProvider, db: Session, target: str) -> None:
    values = {"source": "/a", "target": target}

    refused(by(db, staff(acme)), Invalid, REDIRECTS.create, values, field="target")


def test_a_group_holds_accounts_of_its_provider_while_they_are_there(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    group = GROUPS.create(work, {"name": "Friends"})
    mine, theirs = (p.sample.user.account_id or 0 for p in (acme, globex))
    with pytest.raises(NotFound):
        set_group_account(work, group.id, theirs, included=True)

    set_group_account(work, group.id, mine, included=True)
    set_group_account(work, group.id, mine, included=True)
    assert accounts_of_groups(work, [group.id]) == {group.id: [mine]}
    delete_account(work, mine)

    assert accounts_of_groups(work, [group.id]) == {}


def test_two_providers_have_files_of_one_path(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    ours = add_file(by(db, staff(acme)), {"path": "/x.txt"}, b"ours")
    theirs = add_file(by(db, staff(globex)), {"path": "/x.txt"}, b"theirs")

    assert ours.id != theirs.id
    refused(by(db, staff(globex)), NotFound, FILES.get, ours.id)

"""The team in the admin portal: who works here, and what members reach."""

from sqlmodel import select

from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from tests.kit.browser import Browser

CLERK = {"username": "clerk", "email": "clerk@acme.example", "password": "staplers are red"}


def find(deps: Dependencies, name: str) -> User | None:
    with deps.database.read() as db:
        return db.exec(select(User).where(User.username == name)).first()


def test_a_colleague_is_added_given_reach_and_taken_away_by_what_the_page_shows(
    deps: Dependencies, admin: Browser
) -> None:
    admin.submit(admin.open("/team"), "/team", **CLERK)
    clerk = find(deps, "clerk")
    assert clerk
    path = f"/team/{clerk.id}"

    page = admin.open(path)
    assert not page.tree.xpath("//fieldset[@disabled]")
    assert page.tree.xpath("//main//button[normalize-space()='Save']")
    assert "This is you" not in page.text
    reach = {"reach": "chosen", "section_plans": "yes", "apis": "chosen", "service_1": "yes"}
    saved = admin.submit(page, path, **reach)
    assert "clerk is saved." in saved.text
    chosen = find(deps, "clerk")
    admin.submit(admin.open(path), path, role="admin")
    promoted = find(deps, "clerk")
    suspended = admin.submit(admin.open(path), f"{path}/suspend")
    assert "Let in again" in suspended.text
    admin.submit(suspended, f"{path}/unsuspend")
    admin.submit(admin.open(path), f"{path}/delete")

    assert chosen
    assert promoted
    assert (chosen.role, chosen.sections, chosen.service_ids) == ("member", ["plans"], [1])
    assert promoted.role == "admin"
    assert find(deps, "clerk") is None


def test_ones_own_reach_is_somebody_elses_to_change(deps: Dependencies, admin: Browser) -> None:
    own = find(deps, "admin")
    assert own

    page = admin.open(f"/team/{own.id}")

    assert "This is you" in page.text
    assert len(page.tree.xpath("//fieldset[@disabled]")) == 3
    assert not page.tree.xpath("//main//button[normalize-space()='Save']")
    assert not [form for form in page.tree.forms if (form.action or "").endswith("/delete")]

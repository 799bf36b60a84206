"""Groups, sections and redirects in the admin portal."""

from server.actions.portal.groups import accounts_of_groups, sections_of_groups
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def _section(deps: Dependencies, acme: NewProvider, title: str = "Partners") -> int:
    with deps.database.write() as db:
        values = {"title": title, "public": False}
        return SECTIONS.create(by(db, staff(acme), deps.installation), values).id


def test_a_group_gets_accounts_and_sections(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    section_id = _section(deps, acme)
    page = admin.submit(admin.open("/portal/groups"), "/portal/groups", name="Gold")
    path = page.url.partition("/p/admin")[2]
    group_id = int(path.rpartition("/")[2])

    page = admin.submit(page, f"{path}/accounts", account="john")
    page = admin.submit(page, f"{path}/sections", **{f"section_{section_id}": "yes"})

    account_id = acme.sample.application.account_id
    with deps.database.read() as db:
        work = by(db, staff(acme), deps.installation)
        assert accounts_of_groups(work, [group_id]) == {group_id: [account_id]}
        assert sections_of_groups(work, [group_id]) == {group_id: [section_id]}
        name = db.get_one(Account, account_id).org_name
    assert name in page.text
    page = admin.submit(page, f"/accounts/{account_id}/remove")
    assert "Nobody is in it yet" in page.text


def test_an_account_that_is_none_is_said_at_its_field(admin: Browser) -> None:
    page = admin.submit(admin.open("/portal/groups"), "/portal/groups", name="Gold")

    page = admin.submit(page, "/accounts", account="nobody")

    assert page.status == 422
    assert "Is no account" in page.value("//p[@class='error']/text()")


def test_a_sections_groups_are_ticked(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    section_id = _section(deps, acme)
    admin.submit(admin.open("/portal/groups"), "/portal/groups", name="Gold")
    path = f"/portal/sections/{section_id}"
    box = admin.open(path).value("//input[starts-with(@name, 'group_')]/@name")

    page = admin.submit(admin.open(path), f"{path}/groups", **{box: "yes"})

    assert page.tree.xpath(f"//input[@name='{box}'][@type='checkbox']/@checked")


def test_the_tree_holds_sections_pages_and_redirects_and_is_searched(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    section_id = _section(deps, acme)
    new = admin.open(f"/portal/templates/new?kind=page&section_id={section_id}")
    admin.submit(new, "/portal/templates", name="/partners/prices", title="Prices")
    admin.submit(
        admin.open("/portal/redirects"), "/portal/redirects", source="/old", target="/docs"
    )

    page = admin.open("/portal")
    assert page.tree.xpath("//details[contains(., 'Partners')]//a[.='/partners/prices']")
    assert "groups only" in page.text
    assert "/old" in page.text
    found = admin.open("/portal?search=price")
    assert "/partners/prices" in found.text
    assert "/old" not in found.text
    assert "Nothing has" in admin.open("/portal?search=zzz").text


def test_a_redirect_to_itself_is_refused_and_one_is_deleted(admin: Browser) -> None:
    page = admin.submit(
        admin.open("/portal/redirects"), "/portal/redirects", source="/old", target="/old"
    )
    assert page.status == 422
    page = admin.submit(page, "/portal/redirects", source="/old", target="/new")

    page = admin.submit(page, "/delete")

    assert "No redirects yet" in page.text


def test_a_visit_leads_to_the_portal_by_a_signed_link(admin: Browser) -> None:
    token = admin.open("/portal").hidden("/portal/visit")["csrf"]

    answer = admin.post("/portal/visit", {"csrf": token, "path": "/docs"})

    assert answer.status_code == 303
    assert "signature=" in answer.headers["location"]
    assert "return_to=%2Fdocs" in answer.headers["location"]

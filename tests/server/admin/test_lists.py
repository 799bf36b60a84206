"""Lists: pages of rows at a constant cost."""

import re

import pytest

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.keys import user_key_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def add_accounts(deps: Dependencies, provider: NewProvider, names: range) -> None:
    with deps.database.write() as db:
        for n in names:
            draft = NewSignup(org_name=f"Org {n}", username=f"user{n}", email=f"u{n}@x.example")
            sign_up(by(db, staff(provider), deps.installation), draft, "provider")


def test_pages_lead_on_and_back_and_keep_the_filter(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(30))

    first = admin.page("/accounts?search=Org")
    forward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.page(forward.removeprefix("/p/admin"))
    back = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "Org 29<" in first
    assert "Org 4<" not in first
    assert "Org 4<" in second
    assert 'rel="next"' not in second
    assert "search=Org" in forward
    assert "Org 29<" in admin.page(back.removeprefix("/p/admin"))


def test_a_broken_link_says_so(admin: Browser) -> None:
    for cursor in ("x", "%F0%9F%98%80", "AAAA"):
        assert admin.get(f"/accounts?after={cursor}").status_code == 404


def names_on(page: str) -> list[str]:
    """List the names of the rows of a list."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_a_list_tells_its_total_and_is_sorted_and_narrowed(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(3))
    service = acme.sample.service.id

    assert "4 accounts</p>" in admin.page("/accounts")
    assert names_on(admin.page("/accounts?sort=name")) == ["Developer", "Org 0", "Org 1", "Org 2"]
    assert names_on(admin.page("/accounts?sort=oldest&search=org")) == ["Org 0", "Org 1", "Org 2"]
    assert "0 accounts fit this filter" in admin.page("/accounts?state=suspended")
    assert "4 accounts fit this filter" in admin.page(f"/accounts?service={service}")
    plan = acme.sample.application.plan_id
    assert "4 applications fit this filter" in admin.page(f"/applications?plan={plan}")
    nobodys = "/applications?plan=99&service=x&state=none&sort=size"
    assert "4 applications</p>" in admin.page(nobodys)


@pytest.mark.parametrize("path", ["/services", "/api_docs", "/mails", "/audit"])
def test_each_list_tells_how_long_it_is(path: str, admin: Browser) -> None:
    assert 'id="total"' in admin.page(path)


def test_pages_of_a_sorted_list_keep_its_order(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(30))

    first = admin.page("/accounts?sort=name")
    forward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.page(forward.removeprefix("/p/admin"))

    everything = [*names_on(first), *names_on(second)]
    assert everything == sorted(everything, key=str.lower)
    assert len(everything) == 31


def test_an_application_is_found_by_its_key_which_no_address_holds(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    key = user_key_of(deps.installation.vault, acme.sample.application)

    found = admin.send("/applications/by_key", "by-key", key=key)
    lost = admin.send("/applications/by_key", "by-key", key="nobodys-key")

    assert found.headers["location"] == f"/p/admin/applications/{acme.sample.application.id}"
    assert lost.status_code == 422
    assert "Find by key is no key of an application here." in lost.text
    assert "/by_key?" not in lost.text

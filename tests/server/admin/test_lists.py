"""Lists: pages of rows at a constant cost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


@contextmanager
def counted(deps: Dependencies) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(deps.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(deps.database.engine, "before_cursor_execute", note)


def add_accounts(deps: Dependencies, provider: NewProvider, names: range) -> None:
    with deps.database.write() as db:
        for n in names:
            draft = NewSignup(org_name=f"Org {n}", username=f"user{n}", email=f"u{n}@x.example")
            sign_up(by(db, staff(provider), deps.installation), draft, "provider")


@pytest.mark.parametrize("path", ["/accounts", "/applications", "/audit", ""])
def test_a_list_costs_the_same_for_one_row_and_for_many(
    path: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with counted(deps) as before:
        admin.page(path)
    add_accounts(deps, acme, range(12))

    with counted(deps) as after:
        admin.page(path)

    assert len(after) <= len(before)
    assert len(after) <= 20


def test_the_list_of_services_costs_the_same_for_many(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with counted(deps) as before:
        admin.page("/services")
    with deps.database.write() as db:
        for n in range(8):
            create_service(by(db, staff(acme), deps.installation), {"name": f"More {n}"})

    with counted(deps) as after:
        admin.page("/services")

    assert len(after) == len(before)


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

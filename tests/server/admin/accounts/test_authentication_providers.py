"""Providers of identity in the admin portal: added, tested, changed, and what went wrong there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from server.auth.sso.issuers import Issuers
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.domain.provider.settings import Setting
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.identity import SITE, StandIn

LIST = "/authentication_providers"
GIVEN = {"kind": "oidc", "name": "Id", "client_id": "portal", "client_secret": "hush-hush"}


@contextmanager
def admin_beside(
    deps: Dependencies, acme: NewProvider, elsewhere: StandIn
) -> Iterator[tuple[Browser, Dependencies]]:
    """Log the admin in, where a provider of identity answers."""
    deps = replace(deps, issuers=Issuers(elsewhere))
    with TestClient(Starlette(routes=routes(deps)), base_url="http://localhost:8000") as client:
        browser = Browser(client, PROVIDERS)
        browser.log_in(acme.admin.username, acme.admin_password)
        yield browser, deps


def test_a_login_is_added_tested_and_changed(deps: Dependencies, acme: NewProvider) -> None:
    elsewhere = StandIn(lambda: 0)
    with admin_beside(deps, acme, elsewhere) as (admin, deps):
        made = admin.done(LIST, "authentication_provider", **GIVEN, site=f"{SITE}/")
        assert "http://localhost:8000/auth/id/callback" in made
        assert "hush-hush" not in made
        page = f"{LIST}/1"
        assert f"{SITE} answers, with 1 key." in admin.done(f"{page}/test")
        elsewhere.is_away = True
        refused = admin.send(f"{page}/test")
        assert refused.status_code == 422
        assert "can&#39;t be reached" in refused.text
        assert "The last login by it failed" in admin.page(page)
        assert "failed" in admin.page(LIST)
        elsewhere.is_away = False
        admin.done(f"{page}/test")
        assert "The last login by it failed" not in admin.page(page)

        changed = {"name": "Other", "client_id": "portal", "client_secret": "", "published": "yes"}
        admin.done(page, "authentication_provider", **changed, site=SITE)
        with deps.database.read() as db:
            row = db.exec(select(AuthenticationProvider)).one()
        assert (row.name, row.published) == ("Other", True)
        assert deps.installation.vault.unseal(row.client_secret_sealed) == "hush-hush"
        assert "is deleted" in admin.done(f"{page}/delete")


def test_what_can_be_no_login_is_refused_at_its_field(admin: Browser) -> None:
    for field, over in {
        "site": {"site": ""},
        "client_id": {"client_id": "", "site": SITE},
        "client_secret": {"client_secret": "", "site": SITE},
        "identifier_key": {"identifier_key": "email", "site": SITE},
        "system_name": {"system_name": "invitations", "site": SITE},
        "kind": {"kind": "saml", "site": SITE},
    }.items():
        refused = admin.send(LIST, "authentication_provider", **{**GIVEN, **over})
        assert refused.status_code == 422, field
        assert f"authentication_provider-{field}" in refused.text
    for site in (
        "http://id.example.com",
        "https://u:p@id.example.com",
        "https://id.example.com/?a=b",
        "ftp://id.example.com",
        "id.example.com",
        "https://" + "x" * 600,
    ):
        refused = admin.send(LIST, "authentication_provider", **{**GIVEN, "site": site})
        assert refused.status_code == 422, site
        assert "authentication_provider-site-error" in refused.text, site


def test_a_key_for_signed_logins_is_made_and_replaced(
    deps: Dependencies, acme: NewProvider, admin: Browser, member: Browser
) -> None:
    def key() -> str:
        with deps.database.read() as db:
            sealed = db.get_one(Setting, acme.provider.id).sso_key_sealed
            return deps.installation.vault.unseal(sealed) if sealed else ""

    assert key() == ""
    assert member.send(f"{LIST}/sso_key").status_code == 403
    assert "Make a key" in admin.page(LIST)
    first = admin.done(f"{LIST}/sso_key")
    made = key()
    assert made in first
    assert made not in member.page(LIST)
    admin.done(f"{LIST}/sso_key")
    assert key() not in {"", made}

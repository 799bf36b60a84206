"""The staff logs in by an account elsewhere: who is let in, and what a password does then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.staff import change_reach
from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.admin.routes import routes
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sso.issuers import Issuers
from server.domain.accounts.users import User
from server.domain.errors import Conflict, Invalid, MoreThanOwn
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.identity import CLIENT, SITE, Login, StandIn
from tests.kit.make import staff
from tests.kit.work import by

WORK = {**CLIENT, "kind": "keycloak", "name": "Work", "site": SITE, "account_type": "provider"}
PASSWORD = "six green apples fell down"


@dataclass
class Office:
    """An admin portal whose staff may come by a provider of identity, called work."""

    deps: Dependencies
    acme: NewProvider
    elsewhere: StandIn
    client: TestClient

    def browser(self) -> Browser:
        """Open a browser."""
        self.client.cookies.clear()
        return Browser(self.client, PROVIDERS)

    def come_by(self, *, state: str = "", **claims: Any) -> str:
        """Log in there as whoever the claims say, and come back; tell where one is then."""
        self.client.cookies.clear()
        login = Login.of(self.client.get("/p/admin/auth/work").headers["location"])
        self.elsewhere.grant("code", login, **claims)
        back = f"/p/admin/auth/work/callback?code=code&state={state or login.state}"
        return str(self.client.get(back).headers["location"])

    def act(self, action: Any, *args: Any) -> Any:
        """Carry an action out as the provider."""
        with self.deps.database.write() as db:
            return action(by(db, staff(self.acme), self.deps.installation), *args)


@pytest.fixture
def office(deps: Dependencies, acme: NewProvider) -> Iterator[Office]:
    """Let the staff come by an account elsewhere."""
    elsewhere = StandIn(lambda: deps.installation.clock.now().timestamp())
    deps = replace(deps, issuers=Issuers(elsewhere))
    app = Starlette(routes=routes(deps))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        made = Office(deps, acme, elsewhere, client)
        made.act(AUTHENTICATION_PROVIDERS.create, {**WORK, "published": True})
        yield made


def test_who_is_of_the_staff_by_a_verified_mail_comes_in_and_nobody_else(office: Office) -> None:
    mail, john = office.acme.admin.email, office.acme.sample.user.email
    assert "Continue with Work" in office.browser().page("/login")

    assert office.come_by(email=mail, email_verified=False) == "/p/admin/login"
    assert office.come_by(email=john, email_verified=True) == "/p/admin/login"  # a developer
    assert office.come_by(email="eve@x.example", email_verified=True) == "/p/admin/login"
    assert "Nobody of the staff" in office.client.get("/p/admin/login").text
    assert office.come_by(state="forged", email=mail, email_verified=True) == "/p/admin/login"
    assert office.come_by(email=mail, email_verified=True, sub="boss") == "/p/admin"
    assert office.client.get("/p/admin/services").status_code == 200
    assert office.come_by(email="", sub="boss") == "/p/admin"  # linked since
    office.elsewhere.is_away = True
    away = office.client.get("/p/admin/auth/work")
    assert away.headers["location"] == "/p/admin/login" or away.status_code == 303


def test_where_it_is_enforced_passwords_let_nobody_in_until_no_login_is_left(
    office: Office,
) -> None:
    name, password = office.acme.admin.username, office.acme.admin_password
    early = office.browser()
    form = {**early.hidden("/login", "/login"), "username": name, "password": password}
    office.act(update_settings, {"enforce_sso": True})
    refused = early.post("/login", form)
    page = office.browser().page("/login")

    assert 'type="password"' not in page
    assert "Continue with Work" in page
    assert (refused.status_code, "Passwords let nobody in" in refused.text) == (403, True)
    assert office.come_by(email=office.acme.admin.email, email_verified=True) == "/p/admin"
    office.act(AUTHENTICATION_PROVIDERS.update, 1, {"published": False})
    assert office.browser().log_in(name, password).status_code == 303
    with pytest.raises(Conflict, match="published"):
        office.act(update_settings, {"enforce_sso": True})


def test_only_who_reaches_everything_lets_others_in_by_a_login_and_never_by_github(
    office: Office,
) -> None:
    values = {"username": "sam", "email": "sam@acme.example"}
    sam = office.act(create_user, None, {**values, "password": PASSWORD})
    office.act(change_reach, sam.id, {"sections": ["settings"]})

    with office.deps.database.write() as db:
        work = by(db, actor_of_user(db.get_one(User, sam.id)), office.deps.installation)
        with pytest.raises(MoreThanOwn):
            AUTHENTICATION_PROVIDERS.create(work, {**WORK, "name": "Sam's"})
    with pytest.raises(Invalid, match="issuer of its own"):
        office.act(AUTHENTICATION_PROVIDERS.create, {**WORK, "name": "Hub", "kind": "github"})

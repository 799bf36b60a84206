"""A call that a live application could make: the `curl` to copy."""

import base64
import shlex
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from server.actions.applications.keys import list_keys, user_key_of
from server.actions.secrets import may_read
from server.actions.services.lookup import get_proxy
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.fields import HIDDEN
from server.domain.installation import Installation
from server.domain.provider.providers import Provider
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service


@dataclass(frozen=True, slots=True)
class SampleCall:
    """A GET of the API test path with the credentials of a live application."""

    base_url: str  # the public base URL of the environment
    path: str  # path and query, credentials included
    headers: tuple[tuple[str, str], ...]

    @property
    def curl(self) -> str:
        """The command line to copy."""
        options = [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in self.headers]
        return " ".join(["curl", *options, shlex.quote(f"{self.base_url}{self.path}")])


def shown_sample_call(work: Work, service: Service, environment: str) -> SampleCall | None:
    """Tell the call; None when no application is live. Who may not read keys sees where they go."""
    application = _find_live_application(work.db, service)
    if application is None:
        return None
    provider = work.db.get_one(Provider, service.provider_id)
    proxy = get_proxy(work.db, service)
    credentials = _credentials(work.db, work.installation, service, proxy, application)
    if not may_read(work.actor, Application, "user_key_sealed"):
        credentials = dict.fromkeys(credentials, HIDDEN)
    path, headers = _placed(proxy, credentials)
    base_url = work.installation.addresses.gateway(provider, service, environment)
    return SampleCall(base_url, path, headers)


def _find_live_application(db: Session, service: Service) -> Application | None:
    query = (
        select(Application)
        .where(Application.account_id == Account.id, Account.state == "approved")
        .where(Application.service_id == service.id, Application.state == "live")
    )
    return db.exec(query.order_by(col(Application.id)).limit(1)).first()


def _credentials(
    db: Session,
    installation: Installation,
    service: Service,
    proxy: Proxy,
    application: Application,
) -> dict[str, str]:
    if service.backend_version == "1":
        return {proxy.auth_user_key: user_key_of(installation.vault, application)}
    credentials = {proxy.auth_app_id: application.application_id}
    for key in list_keys(db, application.id)[:1]:
        credentials[proxy.auth_app_key] = installation.vault.unseal(key.sealed)
    return credentials


def _placed(proxy: Proxy, credentials: dict[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    path = proxy.api_test_path
    match proxy.credentials_location:
        case "headers":
            return path, tuple(credentials.items())
        case "authorization":
            pair = ":".join([*credentials.values(), ""][:2])
            return path, (("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"),)
        case _:
            joint = "&" if "?" in path else "?"
            return f"{path}{joint}{urlencode(credentials)}", ()

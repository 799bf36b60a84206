"""The calls about tenants and about logins of the staff whose documents are kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.auth.dependencies import Dependencies
from server.rest.formats import MASTER_PREFIX
from server.rest.master import master_routes
from tests.kit.rest import RestClient

TOKEN = "a-master-token-of-more-than-32-characters"
Calls = Mapping[str, tuple[str, str, Mapping[str, str]]]


@contextmanager
def master_client(deps: Dependencies) -> Iterator[RestClient]:
    """Talk to the master API with its token."""
    app = Starlette(routes=master_routes(replace(deps, master_token=TOKEN)))
    with TestClient(app, base_url="http://localhost") as client:
        yield RestClient(client, TOKEN, MASTER_PREFIX)


def calls_of_staff_logins() -> Calls:
    """Name the calls about where staff logs in."""
    path = "/account/authentication_providers"
    work = {
        "kind": "keycloak",
        "name": "Work {}",
        "client_id": "gate-{}",
        "client_secret": "of-the-{}",
        "site": "https://id.example.com/realms/{}",
    }
    return {
        "staff_login_made": ("POST", path, work),
        "staff_login_faulty": ("POST", path, {"kind": "github", "client_id": "x"}),
        "staff_login": ("GET", f"{path}/3", {}),
        "staff_login_changed": ("PUT", f"{path}/3", {"published": "true"}),
        "staff_logins": ("GET", path, {}),
        "staff_login_deleted": ("DELETE", f"{path}/4", {}),
    }


def calls_of_master(key: str) -> Calls:
    """Name the calls about tenants; `key` is the provider key of the first one."""
    first, second = "/providers/1", "/providers/2"  # the one made in XML comes first
    made = {
        "org_name": "Initech & <Sons> {}",
        "username": "peter",
        "email": "peter@{}.example",
        "password": "six green apples fell",
    }
    return {
        "tenant_made": ("POST", "/providers", made),
        "tenant_faulty": ("POST", "/providers", {"org_name": "", "username": "x"}),
        "tenant": ("GET", first, {}),
        "tenant_found": ("GET", f"/providers/find?buyer_provider_key={key}", {}),
        "tenant_changed": ("PUT", second, {"support_email": "{}@help.example"}),
        "tenant_suspended": ("PUT", second, {"state_event": "suspend"}),
        "tenant_resumed": ("PUT", second, {"state_event": "resume"}),
        "tenant_flown": ("PUT", second, {"state_event": "fly"}),
        "tenants": ("GET", "/providers", {}),
        "tenant_deleted": ("DELETE", "/providers/3", {}),
        "tenant_kept": ("DELETE", first, {}),
        "tenant_missing": ("GET", "/providers/999999", {}),
    }

"""A double of the reference system's Account Management API: its shapes, its pages, its moods."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-of-the-tenant"


@dataclass
class Answer:
    """What is answered once, whatever is asked."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # promise more than is sent


@dataclass
class Reference:
    """A tenant: objects and lists by path (below `/admin/api`, without a suffix)."""

    objects: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, tuple[str, list[dict[str, Any]]]] = field(default_factory=dict)
    raw: dict[str, Answer] = field(default_factory=dict)  # by whole path
    moods: list[Answer] = field(default_factory=list)  # answered first, one each
    asked: list[str] = field(default_factory=list)
    url: str = ""
    page_most: int = 500

    def listing(self, path: str, root: str, *rows: dict[str, Any]) -> None:
        """Serve a list; `root` names it, and without its s each object."""
        self.lists[path] = root, list(rows)

    def answer(self, path: str, query: dict[str, list[str]], login: str) -> Answer:
        """Answer as the reference does."""
        if self.moods:
            return self.moods.pop(0)
        if path in self.raw:
            return self.raw[path]
        if login != f"Basic {b64encode(f'{TOKEN}:'.encode()).decode()}":
            return Answer(403, b'{"error":"Access denied"}')
        name = path.removeprefix("/admin/api").removesuffix(".json")
        if name in self.objects:
            return Answer(200, json.dumps(self.objects[name]).encode())
        if name in self.lists:
            return Answer(200, json.dumps(self._page(name, query)).encode())
        return Answer(404, b'{"status":"Not found"}')

    def _page(self, name: str, query: dict[str, list[str]]) -> dict[str, Any]:
        """Cut a page: metadata only where there are more."""
        root, rows = self.lists[name]
        page = int(query.get("page", ["1"])[0])
        size = min(int(query.get("per_page", ["500"])[0]), self.page_most)
        shown = rows[(page - 1) * size : page * size]
        if root != "collection":
            one = "proxy_config" if root == "proxy_configs" else root.removesuffix("s")
            shown = [{one: row} for row in shown]
        if size >= len(rows):
            return {root: shown}
        numbers = {
            "per_page": size,
            "total_entries": len(rows),
            "total_pages": -(-len(rows) // size),
            "current_page": page,
        }
        return {root: shown, "metadata": numbers}


@contextmanager
def served(reference: Reference) -> Iterator[Reference]:
    """Serve a double over a socket."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # head and body in one packet

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            reference.asked.append(self.path)
            login = self.headers.get("authorization", "")
            told = reference.answer(parts.path, parse_qs(parts.query), login)
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(told.body) + 100 * told.cut))
            self.end_headers()
            self.wfile.write(told.body)
            self.wfile.flush()
            self.close_connection = told.cut

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    reference.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield reference
    finally:
        server.shutdown()
        server.server_close()


BARN_LANE = {"name": "Farm", "address1": "1 Barn Lane", "city": "Ely", "country": "GB"}


def small_tenant() -> Reference:
    """Make a tenant with what our own API has no like of."""
    told = Reference()
    account = {"id": 9, "org_name": "Acme", "support_email": "help@acme.example"}
    settings = {"signups_enabled": True, "change_service_plan_permission": "credit_card"}
    told.objects |= {"/provider": {"account": account}, "/settings": {"settings": settings}}
    told.listing(
        "/fields_definitions",
        "fields_definitions",
        {"id": 1, "target": "Account", "name": "org_name", "label": "Company", "required": True},
        {"id": 2, "target": "Account", "name": "vat_code", "label": "VAT", "position": 2},
    )
    told.listing("/account_plans", "plans", _plan(31, "Default", type="account_plan"))
    told.listing(
        "/services",
        "services",
        {
            "id": 2555417,
            "name": "Pets",
            "system_name": "api",
            "state": "published",
            "backend_version": "1",
            "buyer_plan_change_permission": "request_credit_card",
            "notification_settings": {"web_buyer": [50, 100]},
        },
    )
    _below_service(told)
    _gateway_of_service(told)
    _customers(told)
    return told


def _gateway_of_service(told: Reference) -> None:
    path = "/services/2555417/proxy"
    told.objects[path] = {
        "proxy": {
            "service_id": 2555417,
            "endpoint": "https://api.acme.example:443",
            "api_backend": "https://upstream.acme.example:443",
            "auth_user_key": "api-key",
            "error_status_no_match": 418,
            "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_1234",
            "hostname_rewrite": None,
        }
    }
    link = {"version": "builtin", "configuration": {}, "enabled": True}
    chain = [{"name": "apicast", **link}, {"name": "of_our_own", **link}]
    told.objects[f"{path}/policies"] = {"policies_config": chain}
    flows = {"id": None, "standard_flow_enabled": True}
    told.objects[f"{path}/oidc_configuration"] = {"oidc_configuration": flows}


def _customers(told: Reference) -> None:
    told.objects["/accounts/501/plan"] = {"account_plan": {"id": 31, "name": "Default"}}
    told.listing(
        "/accounts",
        "accounts",
        {"id": 501, "org_name": "Farm", "state": "approved", "vat_code": "X1", "created_at": "x"}
        | {"billing_address": BARN_LANE},
    )
    people = ((601, "jane", "admin"), (602, "x", "member"))
    told.listing(
        "/accounts/501/users",
        "users",
        *(
            {
                "id": number,
                "username": name,
                "email": f"{name}@farm.example",
                "state": "active",
                "role": role,
            }
            for number, name, role in people
        ),
    )
    told.listing(
        "/accounts/501/applications",
        "applications",
        {**_application(701, 41, "the-key-of-barn"), "name": "Barn"},
        {**_application(702, 77, "the-key-of-own"), "name": "Own"},
    )


def _below_service(told: Reference) -> None:
    path = "/services/2555417"
    own = {"id": 77, "name": "Gold (custom)", "custom": True, "state": "hidden"}
    told.objects[f"{path}/application_plans/77"] = {"application_plan": own}
    hits, adopt = (
        {"id": number, "name": name, "system_name": name, "friendly_name": name.title()}
        for number, name in ((11, "hits"), (12, "adopt"))
    )
    told.listing(f"{path}/metrics", "metrics", {**hits, "unit": "hit"}, {**adopt, "unit": "hit"})
    told.listing(f"{path}/metrics/11/methods", "methods", adopt)
    told.listing(
        f"{path}/proxy/mapping_rules",
        "mapping_rules",
        {
            "id": 21,
            "metric_id": 12,
            "pattern": "/adopt",
            "http_method": "POST",
            "delta": 1,
            "position": 1,
            "last": False,
            "redirect_url": None,
        },
    )
    told.listing(
        f"{path}/application_plans", "plans", _plan(41, "Gold", cost_per_month=9.9, default=True)
    )
    told.listing(f"{path}/service_plans", "plans", _plan(51, "Default", type="service_plan"))
    told.listing(
        "/application_plans/41/limits",
        "limits",
        {"id": 61, "metric_id": 11, "plan_id": 41, "period": "month", "value": 10},
    )
    told.listing(
        "/application_plans/77/limits",
        "limits",
        {"id": 62, "metric_id": 11, "plan_id": 77, "period": "month", "value": 99},
    )


def _plan(number: int, name: str, **more: Any) -> dict[str, Any]:
    shared = {"id": number, "name": name, "state": "published", "custom": False, "setup_fee": 0.0}
    return {**shared, "system_name": name.lower(), **more}


def _application(number: int, plan: int, user_key: str) -> dict[str, Any]:
    shared = {"id": number, "state": "live", "service_id": 2555417, "plan_id": plan}
    return {**shared, "user_key": user_key, "account_id": 501, "description": ""}

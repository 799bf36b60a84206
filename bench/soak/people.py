"""What ordinary people do: call, read pages, log in, query, change, deploy, export."""

import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.soak.town import Tenant, Town
from bench.soak.wire import Answers, Client, pause
from tests.kit.process import COMMAND

Act = Callable[[], None]
READ = "{ accounts(first: 20) { nodes { id orgName applications(first: 2) { nodes { id } } } } }"
WRITE = """mutation($id: ID!, $text: String!) {
  serviceUpdate(input: {id: $id, description: $text}) { userErrors { code } } }"""
DEPLOY = "mutation($id: ID!) { proxyDeploy(input: {serviceId: $id}) { userErrors { code } } }"
TOKEN = re.compile(r'name="authenticity_token" value="([^"]+)"')


@dataclass
class Crowd:
    """Threads that each do one thing again and again, at a pace."""

    stopping: threading.Event = field(default_factory=threading.Event)
    answers: Answers = field(default_factory=Answers)
    _threads: list[threading.Thread] = field(default_factory=list)

    def keep(self, every_s: float, act: Act) -> None:
        """Do something every so many seconds, until the end."""

        def run() -> None:
            while not self.stopping.is_set():
                began_s = time.monotonic()
                act()
                pause(every_s, began_s)

        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """End all of it."""
        self.stopping.set()
        for thread in self._threads:
            thread.join(60)


@dataclass(frozen=True)
class Meter:
    """Calls of the tenant that is measured, one after the other, at a steady pace."""

    tenant: Tenant
    answers: Answers
    took_ms: list[tuple[float, float]]  # when, how long

    def run(self, until_s: float, every_s: float = 0.02) -> None:
        """Call until a time; what fails is no measurement."""
        client = Client(self.tenant.gateway)
        while (began_s := time.monotonic()) < until_s:
            status, _, _ = client.send(self.tenant.call)
            self.answers.note("measured call", status)
            if status == 200:
                self.took_ms.append((began_s, (time.monotonic() - began_s) * 1000))
            pause(every_s, began_s)
        client.close()


def begin(town: Town) -> Crowd:
    """Let ordinary people in."""
    crowd = Crowd()
    for tenant in (town.measured, town.ordinary, town.nuisance):
        crowd.keep(0.05, _calls(crowd, tenant))
    for tenant in (town.measured, town.ordinary):
        crowd.keep(0.1, _authrep(crowd, tenant))
        crowd.keep(0.2, _pages(crowd, tenant))
        crowd.keep(0.5, _reads(crowd, tenant))
        crowd.keep(2, _writes(crowd, tenant))
        crowd.keep(5, _logins(crowd, tenant))
    crowd.keep(15, _deploys(crowd, town.ordinary))
    crowd.keep(60, _exports(crowd, town))
    return crowd


def _calls(crowd: Crowd, tenant: Tenant) -> Act:
    client = Client(tenant.gateway)
    return lambda: crowd.answers.note("call", client.send(tenant.call)[0])


def _authrep(crowd: Crowd, tenant: Tenant) -> Act:
    client, service = Client(tenant.admin), tenant.summary["service"]
    asked = {"service_token": service["service_token"], "service_id": service["id"]}
    asked |= {"user_key": tenant.summary["sample"]["user_key"], "usage[hits]": 1}
    path = f"/transactions/authrep.xml?{urlencode(asked)}"
    return lambda: crowd.answers.note("authrep", client.send(path)[0])


def _pages(crowd: Crowd, tenant: Tenant) -> Act:
    client, paths = Client(tenant.portal), ("/", "/docs", "/login", "/signup")

    def read() -> None:
        for path in paths:
            crowd.answers.note("page", client.send(path)[0])

    return read


def _logins(crowd: Crowd, tenant: Tenant) -> Act:
    def log_in() -> None:
        client, sample = Client(tenant.portal), tenant.summary["sample"]
        status, page, headers = client.send("/login")
        crowd.answers.note("login form", status)
        found = TOKEN.search(page.decode(errors="replace"))
        if found is None or headers is None:
            return
        cookies = [value.partition(";")[0] for value in headers.get_all("set-cookie", [])]
        form = {"username": sample["username"], "password": sample["password"]}
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{tenant.portal.host}",
            "Cookie": "; ".join(cookies),
        }
        body = urlencode({**form, "authenticity_token": found[1]}).encode()
        crowd.answers.note("login", client.send("/session", body, sent)[0])
        client.close()

    return log_in


def _asks(tenant: Tenant, client: Client, query: str, **variables: Any) -> tuple[int, bytes]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {"Content-Type": "application/json"}
    headers["Authorization"] = f"Bearer {tenant.summary['access_token']}"
    return client.send("/admin/api/graphql", body, headers)[:2]


def _reads(crowd: Crowd, tenant: Tenant) -> Act:
    client = Client(tenant.admin)
    return lambda: crowd.answers.note("query", _asks(tenant, client, READ)[0])


def _service_id(tenant: Tenant, client: Client) -> str:
    _, body = _asks(tenant, client, "{ services(first: 1) { nodes { id } } }")
    return str(json.loads(body)["data"]["services"]["nodes"][0]["id"])


def _writes(crowd: Crowd, tenant: Tenant) -> Act:
    client = Client(tenant.admin)
    service_id = _service_id(tenant, client)

    def write() -> None:
        text = f"Changed at {time.time():.0f}."
        crowd.answers.note("mutation", _asks(tenant, client, WRITE, id=service_id, text=text)[0])

    return write


def _deploys(crowd: Crowd, tenant: Tenant) -> Act:
    client = Client(tenant.admin)
    service_id = _service_id(tenant, client)
    return lambda: crowd.answers.note("deploy", _asks(tenant, client, DEPLOY, id=service_id)[0])


def _exports(crowd: Crowd, town: Town) -> Act:
    numbers = iter(range(10_000))

    def export() -> None:
        folder = Path(town.gatehouse.data_dir) / f"export{next(numbers)}"
        words: Sequence[str] = [*COMMAND, "export", str(folder)]
        done = subprocess.run(
            words, env=town.gatehouse.environment, capture_output=True, check=False
        )
        crowd.answers.note("export", 200 if done.returncode == 0 else 0)

    return export

"""What is measured: nginx as upstream and as peer, and one Gatehouse process before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import httpx2 as httpx
from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import (
    create_application,
    get_application,
)
from server.actions.plans.limits import set_limit
from server.actions.services.configs import promote
from server.actions.services.lookup import get_service
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import list_metrics
from server.actions.services.proxies import update_proxy
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.installation import Installation
from server.domain.services.services import Service
from server.kit.bulk import in_bulk
from server.kit.crypto import Vault
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.process import Gatehouse
from tests.kit.services import running_nginx

ANSWER = "0123456789" * 6
UPSTREAM = f'location / {{ return 200 "{ANSWER}"; }}'
# The peer keeps its connections as we do; the plain one opens a connection for each call.
KEPT = "upstream kept {{ server {address}; keepalive 64; keepalive_requests 1000000; }}"
PEER = """location / {
    proxy_pass http://kept; proxy_http_version 1.1; proxy_set_header Connection "";
}"""
PLAIN_PEER = "location / {{ proxy_pass {upstream}; }}"
NEVER_REACHED = 1_000_000_000
KEYS_IN_USE = 100
CHUNK = 10_000


@dataclass(frozen=True)
class Shape:
    """How much there is of everything."""

    rules: int = 10
    accounts: int = 50
    applications: int = 0  # beside those of the accounts
    known_keys: int = KEYS_IN_USE  # so many of them, the first, have keys that `key_of` tells


SMALL = Shape()


@dataclass(frozen=True)
class World:
    """The running servers."""

    gatehouse: Gatehouse
    upstream: str
    peer: str
    plain_peer: str

    @property
    def call(self) -> str:
        """A call through the production gateway with a key."""
        start = self.gatehouse.first_start
        key = start["sample"]["user_key"]
        return f"{start['service']['production_base_url']}/hello?user_key={key}"

    @property
    def production_path(self) -> str:
        """Where the production gateway of the sample service is mounted."""
        start = self.gatehouse.first_start
        return urlsplit(str(start["service"]["production_base_url"])).path.rstrip("/")

    @property
    def authrep(self) -> str:
        """The same check-and-count without an upstream."""
        start = self.gatehouse.first_start
        service, key = start["service"], start["sample"]["user_key"]
        return (
            f"{self.gatehouse.url}/transactions/authrep.xml?service_token={service['service_token']}"
            f"&service_id={service['id']}&user_key={key}&usage%5Bhits%5D=1"
        )


@contextmanager
def running_world(
    shape: Shape = SMALL, redis_url: str = "", database_url: str = ""
) -> Iterator[World]:
    """Start everything on the loopback interface; stop it at the end."""
    with TemporaryDirectory() as folder, running_nginx(UPSTREAM) as port:
        upstream = f"http://127.0.0.1:{port}"
        env = {
            "GATEHOUSE_LOG": "warning",
            "GATEHOUSE_REDIS_URL": redis_url,
            "GATEHOUSE_DATABASE_URL": database_url,
        }
        gatehouse = Gatehouse(Path(folder), env)
        seed(gatehouse, shape, upstream)
        kept = KEPT.format(address=f"127.0.0.1:{port}")
        with (
            running_nginx(PEER, kept) as peer,
            running_nginx(PLAIN_PEER.format(upstream=upstream)) as plain,
        ):
            gatehouse.start()
            httpx.get(gatehouse.url, timeout=30)  # or the pages' loading would be measured too
            peers = (f"http://127.0.0.1:{number}/hello" for number in (peer, plain))
            try:
                yield World(gatehouse, upstream, *peers)
            finally:
                gatehouse.stop()


def seed(gatehouse: Gatehouse, shape: Shape, upstream: str) -> None:
    """Fill the database before the process starts: two limits, rules, accounts."""
    env = {
        "GATEHOUSE_DATA_DIR": str(gatehouse.data_dir),
        "GATEHOUSE_PUBLIC_URL": gatehouse.url,
        "GATEHOUSE_DATABASE_URL": gatehouse.env.get("GATEHOUSE_DATABASE_URL", ""),
    }
    storage = open_storage(Settings.from_env(env))
    summary = ensure_provider(storage, gatehouse.data_dir) or gatehouse.first_start
    actor = Actor.system(summary["provider"]["id"])
    with storage.database.write() as db:
        work = Work(db, actor, storage.installation)
        service = get_service(work, summary["service"]["id"])
        sample = get_application(work, summary["sample"]["application_id"])
        _add_accounts(work, shape.accounts)
        _add_limits(work, sample)
        _add_rules(work, service, shape.rules - 1)
        _add_applications(db, storage.installation, sample, shape)
        update_proxy(work, service.id, {"api_backend": upstream})
        promote(work, service.id)
    storage.database.close()


def _add_accounts(work: Work, count: int) -> None:
    """Add accounts with two applications each."""
    for number in range(count):
        draft = NewSignup(
            org_name=f"Account {number}", username=f"user{number}", email=f"u{number}@x.example"
        )
        made = sign_up(work, draft, "api")
        plan_id = made.applications[0].plan_id
        create_application(work, made.account.id, plan_id, {"name": "Second"})


def _add_applications(
    db: Session, installation: Installation, sample: Application, shape: Shape
) -> None:
    """Add copies of an application, by themselves: as many as a large provider has."""
    table = SQLModel.metadata.tables["applications"]
    row = {
        name: getattr(sample, name) for name in [column.name for column in table.c] if name != "id"
    }
    count = shape.applications
    for start in range(0, count, CHUNK):
        copies = [
            {
                **row,
                "application_id": f"copy{number}",
                "user_key_digest": _digest(installation.vault, number, shape.known_keys),
            }
            for number in range(start, min(start + CHUNK, count))
        ]
        db.execute(insert(table), copies)


def _digest(vault: Vault, number: int, known: int) -> bytes:
    """Digest a known key for the first ones; the others only take up room."""
    return vault.digest(key_of(number)) if number < known else number.to_bytes(32, "big")


def key_of(number: int) -> str:
    """Tell the user_key of an added application."""
    return f"key{number}"


def _add_limits(work: Work, application: Application) -> None:
    hits = list_metrics(work.db, application.service_id)[0]
    for period in ("hour", "day"):
        limit = {"metric_id": hits.id, "period": period, "value": NEVER_REACHED}
        set_limit(work, limit, application.plan_id)


def _add_rules(work: Work, service: Service, count: int) -> None:
    hits = list_metrics(work.db, service.id)[0]
    with in_bulk(work.db):
        for number in range(count):
            pattern = f"/resource{number}/{{id}}"
            rule = {"http_method": "GET", "pattern": pattern, "metric_id": hits.id}
            MAPPING_RULES.create(work, rule, service.id)

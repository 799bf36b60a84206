"""Who lives in the soak: a tenant that is measured, ordinary ones, and one that is a nuisance."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
from sqlmodel import select

from bench.world import SMALL, UPSTREAM, seed
from server.actions.portal.pages import TEMPLATES
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.provider.providers import Provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.process import COMMAND, Gatehouse
from tests.kit.services import running_nginx

HOSTILE = """{% for i in (1..3000000) %}{% for j in (1..3000000) %}{{ i | times: j }}{% endfor %}
{% endfor %}{{ 'x' | append: 'x' | split: '' | join: '<b>' | strip_html | squish }}"""
MARKDOWN = "[" * 5_000 + "[a](<" * 3_000


@dataclass(frozen=True, slots=True)
class Site:
    """Where one tenant's part is reached on the loopback interface."""

    port: int
    host: str  # as the Host header has it
    path: str = ""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A provider, and what its people and callers know."""

    gateway: Site
    portal: Site
    admin: Site
    summary: dict[str, Any]

    @property
    def call(self) -> str:
        """The path of a call with a key."""
        return f"{self.gateway.path}/hello?user_key={self.summary['sample']['user_key']}"


@dataclass(frozen=True, slots=True)
class Town:
    """All that runs."""

    gatehouse: Gatehouse
    measured: Tenant
    ordinary: Tenant
    nuisance: Tenant


@contextmanager
def running_town() -> Iterator[Town]:
    """Start everything on the loopback interface; stop it at the end."""
    with TemporaryDirectory() as folder, running_nginx(UPSTREAM) as port:
        gatehouse = Gatehouse(Path(folder), {"GATEHOUSE_LOG": "error"})
        seed(gatehouse, SMALL, f"http://127.0.0.1:{port}")
        made = [_more(gatehouse, name) for name in ("Ordinary", "Nuisance")]
        _write_pages(gatehouse, "Nuisance")
        gatehouse.start()
        try:
            httpx.get(gatehouse.url, timeout=60)
            first = _tenant(gatehouse, gatehouse.first_start, "production_base_url")
            others = [_tenant(gatehouse, each, "staging_base_url") for each in made]
            yield Town(gatehouse, first, *others)
        finally:
            gatehouse.stop()


def _more(gatehouse: Gatehouse, name: str) -> dict[str, Any]:
    """Create a further provider by the command."""
    words = ["provider", "create", "--name", name, "--admin-email", f"{name}@x.example", "--json"]
    done = subprocess.run(
        [*COMMAND, *words], env=gatehouse.environment, capture_output=True, text=True, check=True
    )
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary


def _write_pages(gatehouse: Gatehouse, name: str) -> None:
    """Put a template that never ends in place of the home page, and Markdown of its kind."""
    storage = open_storage(Settings.from_env(gatehouse.environment))
    with storage.database.write() as db:
        provider = db.exec(select(Provider).where(Provider.name == name)).one()
        work = Work(db, Actor.system(provider.id), storage.installation)
        page = {"kind": "page", "name": "home", "title": "Home", "published": HOSTILE}
        TEMPLATES.create(work, page, provider.id)
        docs = {"kind": "page", "name": "docs", "title": "Docs", "handler": "markdown"}
        TEMPLATES.create(work, {**docs, "published": MARKDOWN}, provider.id)
    storage.database.close()


def _tenant(gatehouse: Gatehouse, summary: dict[str, Any], gateway: str) -> Tenant:
    def site(url: str) -> Site:
        parts = urlsplit(url)
        return Site(gatehouse.port, parts.netloc, parts.path.rstrip("/"))

    return Tenant(
        gateway=site(summary["service"][gateway]),
        portal=site(summary["provider"]["portal_base_url"]),
        admin=site(summary["provider"]["admin_base_url"]),
        summary=summary,
    )

"""The composition root of a process that only lets calls in, beside those that serve all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.types import ASGIApp

from server.runtime import ops
from server.runtime.calls import CallPath
from server.runtime.dispatch import Apps, Dispatch
from server.runtime.forwarded import behind_proxies
from server.runtime.logs import RequestLog
from server.runtime.storage import Storage
from server.settings import Settings


def build_gateway_app(settings: Settings, storage: Storage) -> ASGIApp:
    """Build gateways, Service Management API and operations; the rest is an unknown host here."""
    calls = CallPath(settings, storage)

    @asynccontextmanager
    async def run(_app: Starlette) -> AsyncIterator[None]:
        async with calls.running():
            yield
        storage.database.close()

    checks = ops.checks_of(settings, storage.database, calls.is_counting)
    routes = ops.routes(checks, metrics_token=settings.metrics_token)
    operations = Starlette(routes=routes, lifespan=run)
    apps = Apps(
        operations=RequestLog(operations),
        gateway=calls.gateway,
        mounted_gateway=calls.gateway.mounted,
        echo=calls.gateway,
        transactions=calls.transactions,
        ownership=calls.ownership,
        admin=calls.gateway,
        portal=calls.gateway,
    )
    dispatch = Dispatch(
        apps,
        settings.domain,
        calls.subdomains.find_kind,
        calls.is_taken,
        storage.installation.addresses.is_master,
    )
    return behind_proxies(dispatch, settings.trusted_proxies)

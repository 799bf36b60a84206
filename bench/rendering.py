"""What a page costs in a worker, beside the same in the process: `python -m bench.rendering`."""

import json
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.pages import Asked, FlashDrop, RequestDrop, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.rendering.carry_out import carry_out
from cms.rendering.order import Order
from cms.rendering.renderer import Renderer
from server.actions.provider.providers import create_provider
from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from server.domain.provider.providers import Provider
from tests.kit.make import make_deps

ROUNDS = 300
PAGES = ("/", "/plans", "/docs")


def main() -> None:
    """Print medians and 95th percentiles in milliseconds, both ways in turn."""
    with TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        with deps.database.write() as db:
            provider = create_provider(db, deps.installation, "Acme", "a@acme.example").provider
            # It takes part in every page and changes none: both ways do the same work.
            row = Template(provider_id=provider.id, kind="partial", name="mine", published="")
            db.add(row)
        renderer = Renderer(deps.database, deps.installation)
        began_s = time.monotonic()
        _in_worker(deps, provider, renderer, "/")
        print(f"first page, start included: {(time.monotonic() - began_s) * 1000:.0f} ms")
        for page in PAGES:
            _compare(deps, provider, renderer, page)
        renderer.close()
        deps.database.close()


def _compare(deps: Dependencies, provider: Provider, renderer: Renderer, page: str) -> None:
    here, there = [], []
    for _ in range(ROUNDS):
        began_s = time.perf_counter()
        _here(deps, provider, page)
        between_s = time.perf_counter()
        _in_worker(deps, provider, renderer, page)
        here.append((between_s - began_s) * 1000)
        there.append((time.perf_counter() - between_s) * 1000)
    row = {
        "page": page,
        "here_ms": round(median(here), 2),
        "worker_ms": round(median(there), 2),
        "here_p95_ms": round(quantiles(here, n=20)[-1], 2),
        "worker_p95_ms": round(quantiles(there, n=20)[-1], 2),
    }
    print(json.dumps(row))


def _order(data: RenderData, page: str) -> Order:
    variables = {
        "flash": FlashDrop((), data),
        "provider": ProviderDrop(data.provider, data),
        "request": RequestDrop(Asked(page, page, "localhost"), data),
        "urls": UrlsDrop(page, data),
        "current_account": None,
        "current_user": None,
    }
    return Order(kind="page", name=page, data=data, now=data.now, variables=variables)


def _here(deps: Dependencies, provider: Provider, page: str) -> None:
    with deps.database.read() as db:
        library = Library(db, default_theme(), provider.id)
        carry_out(_order(RenderData(db, deps.installation, provider), page), library)


def _in_worker(deps: Dependencies, provider: Provider, renderer: Renderer, page: str) -> None:
    with deps.database.read() as db:
        library = Library(db, default_theme(), provider.id)
        renderer.render(_order(RenderData(db, deps.installation, provider), page), library)


if __name__ == "__main__":
    main()

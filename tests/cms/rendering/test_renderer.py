"""Whatever a provider publishes: it is answered in time and in little memory, or refused."""

import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.pages import Asked, FlashDrop, RequestDrop, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.errors import TemplateError
from cms.rendering.order import Order
from cms.rendering.renderer import Renderer
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import Unavailable
from server.domain.provider.providers import Provider
from server.kit.killable import Bounds
from tests.kit.hostile_templates import LIQUID, MARKDOWN
from tests.kit.publish import publish

LONGEST_S = 8.0  # one second in the code; a machine that does much else starts what is nice late
MOST_BYTES = 64 * 1024 * 1024


@pytest.fixture
def renderer(deps: Dependencies) -> Iterator[Renderer]:
    """Open the door; nothing is refused because the same was stopped before."""
    renderer = Renderer(deps.database, deps.installation, bounds=Bounds(refuse_s=0))
    yield renderer
    renderer.close()


def show(deps: Dependencies, renderer: Renderer, provider: Provider, name: str) -> str:
    """Render a page of a provider's for a visitor."""
    with deps.database.read() as db:
        library = Library(db, default_theme(), provider.id)
        return renderer.render(order_of(db, deps, provider, name), library).text


def order_of(db: object, deps: Dependencies, provider: Provider, name: str) -> Order:
    data = RenderData(db, deps.installation, provider)  # type: ignore[arg-type]  # any session
    variables = {
        "flash": FlashDrop((), data),
        "provider": ProviderDrop(provider, data),
        "request": RequestDrop(Asked(name, name, "localhost"), data),
        "urls": UrlsDrop(name, data),
        "current_account": None,
        "current_user": None,
    }
    return Order(kind="page", name=name, data=data, now=data.now, variables=variables)


def grown(renderer: Renderer) -> int:
    """Tell by how many bytes the largest living worker has grown at most since it was forked."""
    peaks = [peak_of(worker.pid) for worker in renderer._pool._idle]
    return max(peaks, default=0)


def peak_of(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmHWM"].split()[0]) * 1024


@pytest.mark.slow
@pytest.mark.parametrize("handler", ["", "markdown"])
def test_every_hostile_page_ends_in_time_and_memory(
    deps: Dependencies, acme: NewProvider, renderer: Renderer, handler: str
) -> None:
    texts = {f"/{name}": text for name, text in (MARKDOWN if handler else LIQUID).items()}
    publish(deps, acme.provider, texts, handler=handler)
    publish(deps, acme.provider, {"again": texts.get("/endless includes", "")}, "partial")
    publish(deps, acme.provider, {"/quiet": "quiet"})
    show(deps, renderer, acme.provider, "/quiet")
    base = grown(renderer)
    own_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late, large = {}, {}
    for name in texts:
        began_s = time.monotonic()
        with suppress(TemplateError, Unavailable):
            show(deps, renderer, acme.provider, name)
        spent_s = time.monotonic() - began_s
        if spent_s > LONGEST_S:
            late[name] = spent_s
        if (size := grown(renderer) - base) > MOST_BYTES:
            large[name] = size
    assert len(texts) >= 75
    assert not late
    assert not large
    own_growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own_before
    assert own_growth * 1024 < MOST_BYTES / 2

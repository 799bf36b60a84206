"""The door through which everything is rendered that visitors and developers get to see."""

import json
import pickle
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from cms.content.library import Library
from cms.liquid.errors import Place, TemplateError
from cms.rendering.carry_out import MAIL_LAYOUT, carry_out
from cms.rendering.order import Order, Prose, Rendered
from cms.rendering.worker import Setup, prepare
from server.domain.errors import Unavailable
from server.domain.installation import Installation
from server.kit.clock import SystemClock
from server.kit.db import Database
from server.kit.killable import Bounds, Busy, KillablePool, Stopped

DEAR_S = 0.1  # a failure that took longer is not repeated for a while
BUSY = "Too many pages are being made at this moment. Try again in a few seconds."


class Renderer:
    """Renders orders: the theme's in this process, a provider's in one that can be killed.

    The processes are started by the first order that needs one. Thread-safe.
    """

    def __init__(
        self, database: Database, installation: Installation, *, bounds: Bounds | None = None
    ) -> None:
        setup = Setup(database.url, replace(installation, clock=SystemClock()))
        self._pool = KillablePool(prepare, setup, bounds=bounds)

    def render(self, order: Order, library: Library) -> Rendered:
        """Render with the templates of a library.

        Raises: TemplateError, for its author and the log; Unavailable when no worker is free.
        Cost: bounded, whatever the templates are. What was stopped is not tried for a minute.
        """
        provider_id = order.data.provider.id
        if not may_be_bad(order, library):
            return carry_out(order, library, partial(self._read, provider_id))
        name = (provider_id, order.kind, order.name, library.version, order.source)
        sent = replace(
            order,
            shipped=not library.has_own(),
            left_out=library.left_out,
            unsaved=library.unsaved,
        )
        return Rendered(**self._ask(sent, provider_id, name, f"{order.kind} {order.name}"))

    def _read(self, provider_id: int, prose: Prose) -> str:
        """Have Markdown read where it can be stopped."""
        name = provider_id, prose.handler, sha256(prose.text.encode()).digest()
        return str(self._ask(prose, provider_id, name, prose.handler)["text"])

    def _ask(
        self, wanted: Order | Prose, provider_id: int, name: tuple[object, ...], title: str
    ) -> dict[str, Any]:
        try:
            pickled = pickle.dumps(wanted)
            answer: dict[str, Any] = json.loads(
                self._pool.run(pickled, owner=provider_id, name=name)
            )
        except Stopped as error:
            raise TemplateError(f"{title}: this template {error}", Place.unknown()) from error
        except Busy as error:
            raise Unavailable(BUSY) from error
        if "error" in answer:
            if answer["spent_s"] > DEAR_S:
                self._pool.refuse(name, "takes too long and fails")
            place = answer["place"]
            raise TemplateError(answer["error"], Place(**place) if place else None)
        return answer

    def close(self) -> None:
        """End the processes."""
        self._pool.close()


def may_be_bad(order: Order, library: Library) -> bool:
    """Tell whether anything takes part that is the provider's.

    The theme's Markdown is no danger as a template; what it becomes is read elsewhere.
    """
    if library.has_own("partial") or library.has_own(order.kind, order.name):
        return True
    if order.kind == "email":
        return order.source is not None or library.has_own("layout", MAIL_LAYOUT)
    page = library.find("page", order.name)
    return page is not None and library.has_own("layout", page.layout)

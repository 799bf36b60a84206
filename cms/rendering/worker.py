"""What the processes do in which templates of providers are rendered."""

import json
import pickle
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial

from cms.content.index import View
from cms.content.library import Library
from cms.content.theme import FOLDERS, default_theme, theme_of
from cms.liquid.errors import TemplateError
from cms.liquid.portal_template import RAW_ERRORS
from cms.markdown import html_of
from cms.rendering.carry_out import carry_out, engine, read_here
from cms.rendering.order import Order, Prose
from server.domain.installation import Installation
from server.kit.clock import FixedClock
from server.kit.db import Database


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker stands on; its vault unseals and does nothing else."""

    database_url: str
    installation: Installation


def prepare(setup: Setup) -> Callable[[], Callable[[bytes], bytes]]:
    """Load everything, before workers are forked; none of it opens a connection."""
    theme = default_theme()
    for kind in FOLDERS:
        liquid = engine(autoescape=kind != "email")
        for source in map(partial(theme.find, kind), theme.names(kind)):
            if source is not None:
                liquid.template(source)
    html_of("# Loads *everything*")
    database = Database.for_reading(setup.database_url)
    return partial(_start, Desk(database, setup.installation))


def _start(desk: "Desk") -> Callable[[bytes], bytes]:
    with desk.database.read() as db:
        Library(db, default_theme(), 0)  # so that the first order waits for no connection
    return desk.answer


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers orders, one after the other; nothing of who looks is kept for the next."""

    database: Database
    installation: Installation

    def answer(self, pickled: bytes) -> bytes:
        """Carry out an order of our parent's; what was wrong with the template is an answer too."""
        order: Order | Prose = pickle.loads(pickled)  # noqa: S301 - only our parent sends orders
        began_s = time.process_time()
        try:
            if isinstance(order, Prose):
                return json.dumps({"text": _html_of(order)}).encode()
            with self.database.read() as db:
                order.data.attach(db, replace(self.installation, clock=FixedClock(order.now)))
                provider = order.data.provider
                view = View(account_id=order.data.account_id, drafts=order.drafts)
                library = Library(db, theme_of(provider), provider.id, view)
                rendered = carry_out(order, _narrowed(library, order))
        except TemplateError as error:
            spent_s = time.process_time() - began_s
            place = asdict(error.place) if error.place else None
            told = {"error": error.message, "place": place, "spent_s": spent_s}
            return json.dumps(told).encode()
        return json.dumps(asdict(rendered)).encode()


def _html_of(prose: Prose) -> str:
    try:
        return read_here(prose)
    except (RecursionError, *RAW_ERRORS) as error:
        raise TemplateError(f"{prose.handler.title()} that can't be read ({error})") from error


def _narrowed(library: Library, order: Order) -> Library:
    """Leave out what an order leaves out."""
    if order.shipped:
        return library.shipped()
    if order.unsaved is not None:
        library = library.with_unsaved(order.unsaved)
    for kind, name in order.left_out:
        library = library.without(kind, name)
    return library

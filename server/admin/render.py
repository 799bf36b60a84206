"""From a template and one typed page to a response with its security headers."""

from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from server.admin.context import HOME, AdminContext
from server.admin.tables import labelled
from server.kit.fingerprints import fingerprint
from server.kit.money import Money
from server.kit.wording import begun, words_of
from server.kit.zones import DEFAULT_ZONE, zone_of

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
WORDS = {
    "ro": "read only",
    "rw": "read and write",
    "kept": "kept here",
    "created": "not activated",
    "scheduled_for_deletion": "being deleted",
    "rest": "REST",
    "graphql": "GraphQL",
}
TONES = {
    "good": frozenset(
        {"delivered", "completed", "approved", "active", "live", "published", "sent", "verified"}
    ),
    "waiting": frozenset({"created", "pending", "queued", "hidden", "kept", "draft", "running"}),
    "bad": frozenset(
        {
            "paused",
            "rejected",
            "suspended",
            "failed",
            "failing",
            "scheduled_for_deletion",
            "deleted",
        }
    ),
}


# Of the page that is rendered: macros know nothing of the page, and filters less.
_zone: ContextVar[str] = ContextVar("zone", default=DEFAULT_ZONE)


def when(at: datetime | None) -> str:
    """Write a time down for people, in the provider's zone, and for machines.

    It is a dash when it has not come.
    """
    if at is None:
        return Markup("<span class='quiet'>–</span>")
    machine = at.isoformat(timespec="seconds")
    text = at.astimezone(zone_of(_zone.get())).strftime("%Y-%m-%d %H:%M %Z")
    return Markup("<time datetime='{}'>{}</time>").format(machine, text)


def number(value: int) -> str:
    """Write a number with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def words(value: str) -> str:
    """Write a state or kind as words."""
    return WORDS.get(value) or words_of(value)


def sentence(value: str) -> str:
    """Write a state or kind as words that begin a line."""
    return begun(words(value))


def tone(state: str) -> str:
    """Return which tone a state's badge has; the word is always beside it."""
    return next((name for name, states in TONES.items() if state in states), "plain")


def asset(path: str) -> str:
    """Give the address of a file of ours, which changes when any of them does."""
    return f"{HOME}/static/{path}?v={fingerprint(STATIC)}"


def built(path: str) -> bool:
    """Return whether `make assets` has built a file of ours: pages work without it."""
    return (STATIC / path).is_file()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": when,
        "number": number,
        "money": lambda amount, currency: str(Money(amount, currency)),
        "unit_price": lambda amount, currency: Money(amount, currency).exact,
        "figures": lambda amount, currency: Money(amount, currency).figures,
        "words": words,
        "sentence": sentence,
        "tone": tone,
        "segment": lambda text: quote(str(text), safe=""),
    }
    environment.globals |= {"home": HOME, "asset": asset, "built": built}
    return environment


ENVIRONMENT = _environment()


def render(ctx: AdminContext, template: str, page: object, *, status: int = 200) -> Response:
    """Show a page to who is logged in."""
    _zone.set(ctx.provider.timezone)
    html = ENVIRONMENT.get_template(template).render(ctx=ctx, page=page)
    response = HTMLResponse(labelled(html), status_code=status)
    ctx.forget_notice(response)
    return response


def render_plain(template: str, page: object, *, status: int = 200) -> Response:
    """Show a page that needs no login."""
    html = ENVIRONMENT.get_template(template).render(page=page)
    return HTMLResponse(html, status_code=status)

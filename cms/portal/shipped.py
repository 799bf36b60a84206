"""What actions ask of the portal: what is shipped, which addresses are its own, what is broken.

Everything is loaded by the first question: no process that renders nothing pays for it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from server.domain.portal.pages import MAIN_LAYOUT, TemplateKind
from server.domain.portal.shipped import Flaw

# What answers by path where portals, admin portal and gateway share one host.
ELSEWHERE = (
    "/p/admin", "/admin/api", "/api/", "/stats/", "/master/api", "/gateway/", "/echo", "/healthz",
    "/readyz", "/metrics", "/transactions", "/graphql", "/developer/graphql",
)  # fmt: skip
PARAMETER = re.compile(r"\{\w+\}")
NO_CONTENT = (
    "The main layout must hold {% content %}: the place where pages stand. Without it no page "
    "would show anything of its own."
)


class PortalShipped:
    """The default theme, the portal's addresses, and its template engine. Has no state."""

    def find_text(self, kind: str, name: str) -> str | None:
        from cms.content.theme import default_theme

        source = default_theme().find(kind, name)
        return source.load() if source else None

    def find_title(self, kind: str, name: str) -> str | None:
        from cms.content.theme import default_theme

        source = default_theme().find(kind, name)
        return source.title if source else None

    def find_values(self, kind: str, name: str) -> Mapping[str, str] | None:
        from cms.content.theme import default_theme

        found = default_theme().find(kind, name)
        if found is None:
            return None
        return {"title": found.title, "layout": found.layout, "handler": found.handler}

    def names(self, kind: str) -> Sequence[str]:
        from cms.content.theme import default_theme

        return default_theme().names(kind)

    def find_owner(self, path: str) -> str | None:
        for pattern, shown in _own_addresses():
            if pattern.fullmatch(path):
                return shown
        taken = (each for each in ELSEWHERE if path == each.rstrip("/") or path.startswith(each))
        return next(taken, None)

    def find_flaw(self, kind: str, name: str, text: str) -> Flaw | None:
        from cms.liquid.checks import check_template
        from cms.liquid.errors import TemplateError

        try:
            needs = check_template(kind, name, text)
        except TemplateError as error:
            place = error.place
            if place is None or not place.line:
                return Flaw(error.message)
            return Flaw(error.message, place.line, place.column, place.caret())
        is_main = (kind, name) == (TemplateKind.LAYOUT, MAIN_LAYOUT)
        if is_main and not (needs.has_content or needs.is_open or needs.partials):
            return Flaw(NO_CONTENT)
        return None


@cache
def _own_addresses() -> Sequence[tuple[re.Pattern[str], str]]:
    """List what answers before content does."""
    from cms.portal.routes import CONTENT, table

    paths = [path for path in table() if path != CONTENT]
    return [(re.compile(_pattern(path)), path) for path in paths]


def _pattern(path: str) -> str:
    parts = (re.escape(part) for part in PARAMETER.split(path))
    return "[^/]+".join(parts) + "/?"

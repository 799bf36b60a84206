"""Finding a route among many by the first word of the path, instead of trying all of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

FOUND = "gatehouse.route"  # in the scope


class ByFirstWord(BaseRoute):
    """Routes in their order, of which only those are tried whose first word may be the path's.

    The answer is the one that a router over all of them would give.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        named: defaultdict[str, list[Route]] = defaultdict(list)
        words = {word for word in map(_first_word, routes) if word is not None}
        for route in routes:
            word = _first_word(route)
            for each in words if word is None else (word,):
                named[each].append(route)
        self._named: Mapping[str, Sequence[Route]] = dict(named)
        self._others = [route for route in routes if _first_word(route) is None]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Find the first route that takes the request, else the first that takes its path."""
        if scope["type"] != "http":
            return Match.NONE, {}
        word = scope["path"].split("/", 2)[1] if "/" in scope["path"] else ""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._named.get(word, self._others):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "route": route, FOUND: route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = match, {**found, "route": route, FOUND: route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the route answer that was found."""
        await scope[FOUND].handle(scope, receive, send)


def _first_word(route: Route) -> str | None:
    """Tell the first word of a route's path; None where it may be any."""
    word = route.path.split("/", 2)[1]
    return None if "{" in word else word

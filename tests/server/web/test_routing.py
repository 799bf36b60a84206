"""Routes that are found by the first word are those that trying all of them would find."""

from itertools import product

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from cms.portal.routes import METHODS, table
from server.web.routing import ByFirstWord

WORDS = ("admin", "api_docs", "docs", "a b", "é", "1", "new", "specs")
PATHS = ["", "/", "//", "/admin/", "/adminer", "/swagger/spec.json", "/nothing/{id}"]


async def nothing(_request: Request) -> Response:
    return Response()


def first_of(routes: list[Route], path: str, method: str) -> tuple[Match, object, object]:
    """Try all of them, as the library does."""
    scope = {"type": "http", "method": method, "path": path, "root_path": ""}
    found = [(route, *route.matches(scope)) for route in routes]
    for wanted in (Match.FULL, Match.PARTIAL):
        for route, match, child in found:
            if match is wanted:
                return match, route, child["path_params"]
    return Match.NONE, None, None


def test_the_same_route_is_found() -> None:
    routes = [Route(path, nothing, methods=METHODS) for path in table()]
    some = [Route("/only", nothing, methods=["POST"]), Route("/{any}.md", nothing), *routes]
    paths = [*PATHS, *(f"/{'/'.join(words)}" for words in product(WORDS, repeat=3))]
    paths += [route.path for route in some]
    paths += [path.replace("{", "").replace("}", "") for path in table()]

    for routes in (some, some[:2]):
        by_word = ByFirstWord(routes)
        for path, method in product(paths, ("GET", "HEAD", "POST", "PATCH")):
            scope = {"type": "http", "method": method, "path": path, "root_path": ""}
            match, child = by_word.matches(scope)
            found = match, child.get("route"), child.get("path_params")
            assert found == first_of(routes, path, method), (path, method)

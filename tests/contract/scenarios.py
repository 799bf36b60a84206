"""What is allowed: services, applications and calls, for every face alike."""

from base64 import b64encode

from gateway.directory import Limit
from gateway.settings import GatewaySettings
from gateway.windows import Period
from tests.contract.conftest import Call, Scenario
from tests.kit.gateway import HITS, SEARCH

FORM = ("Content-Type", "application/x-www-form-urlencoded")
CHUNKED = ("Transfer-Encoding", "chunked")
MOST_FORM = GatewaySettings().most_form_bytes
HITS_1 = {"usage[hits]": "1"}
K1 = {"user_key": "k1", **HITS_1}
APP1 = {"app_id": "app1", **HITS_1}
OK_TEST = {"referrer": "www.ok.test"}
LET_IN = Call("/?user_key=k1", asks=K1)


def chunked(*parts: bytes) -> bytes:
    """Write a body in chunks."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))


def rule(pattern: str, metric: str = "hits", **over: object) -> dict[str, object]:
    """Make a mapping rule of a document."""
    made = {"http_method": "GET", "pattern": pattern, "metric_system_name": metric, "delta": 1}
    return made | over


def hits(value: int, period: Period = Period.HOUR) -> Limit:
    """Limit the hits."""
    return Limit("hits", HITS.id, period, value)


def basic(text: str) -> tuple[str, str]:
    """Write a Basic credential."""
    return "Authorization", f"Basic {b64encode(text.encode()).decode()}"


KEYS = Scenario(
    "user keys in the query",
    [
        LET_IN,
        Call("/?USER_KEY=k1", asks=K1),
        Call("/?user_key=k1&user_key=wrong", asks=K1),
        Call("/?user_key=wrong&user_key=k1", asks=K1 | {"user_key": "wrong"}),
        Call("/?User_Key=k1&USER_KEY=wrong", asks=K1),
        Call("/?user_key=wrong", asks=K1 | {"user_key": "wrong"}),
        Call("/?user_key=", asks=HITS_1),
        Call("/?user_key=%20", asks=K1 | {"user_key": " "}),
        Call("/?user_key=%ff"),
        Call(f"/?user_key={'x' * 2000}"),
        Call("/"),
        Call("/", headers=[("User-Key", "k1")]),
        Call("/?user_key=k1", "HEAD"),
        Call("/", "POST", [FORM], b"a=1&user_key=k1", asks=K1),
        Call("/?user_key=k1", "POST", [FORM], b"user_key=wrong", asks=K1),
        Call("/", "POST", [("Content-Type", "text/plain")], b"user_key=k1"),
        Call("/", "POST", [FORM], b"user_key=k1&user_key=wrong", asks=K1),
        Call("/", "POST", [FORM], b"x" * 66_000 + b"&user_key=k1", asks=K1),
        Call("/", "POST", [FORM], b"user_key=k1&" + b"x" * (MOST_FORM - 12), asks=K1),
        Call("/", "POST", [FORM], b"user_key=k1&" + b"x" * (MOST_FORM - 11)),
        Call("/?user_key=k1", "POST", [FORM], b"x" * (MOST_FORM + 1), asks=K1),
        Call("/", "POST", [FORM, CHUNKED], chunked(b"a=1&user_", b"key=k1"), asks=K1),
        Call("/", "POST", [FORM, CHUNKED], chunked(b"x" * 66_000, b"&user_key=k1"), asks=K1),
        Call("/", "POST", [FORM, CHUNKED], chunked(b"x" * MOST_FORM, b"&user_key=k1")),
        Call("/", "POST", [FORM, CHUNKED], chunked(b"a=1")),
    ],
    [
        *(200, 200, 200, 403, 200, 403, 403, 403, 403, 403, 403, 403, 404, 200, 200, 403),
        *(200, 200, 200, 413, 200, 200, 200, 413, 403),
    ],
)
HEADERS = Scenario(
    "application id and key in headers",
    [
        Call("/", headers=[("App_Id", "app1"), ("app-key", "s1")], asks=APP1 | {"app_key": "s1"}),
        Call("/", headers=[("app-id", "app1"), ("app-key", " s1 ")], asks=APP1 | {"app_key": "s1"}),
        Call("/", headers=[("app-id", "app1"), ("app-key", "no")], asks=APP1 | {"app_key": "no"}),
        Call("/", headers=[("app-id", "app1"), ("app-key", "é")], asks=APP1 | {"app_key": "é"}),
        Call("/", headers=[("app-id", "app2"), ("app-key", "s1")], asks=APP1 | {"app_id": "app2"}),
        Call("/", headers=[("app-id", "app1")]),
        Call("/?app_id=app1&app_key=s1"),
    ],
    [200, 200, 403, 403, 403, 403, 403],
    proxy={"backend_version": "2", "credentials_location": "headers"},
    keys=["s1", "s2"],
)
KEY_SPACES = Scenario(
    "application keys with spaces and of any length",
    [
        Call("/?app_id=app1&app_key=%20s1+", asks=APP1 | {"app_key": " s1 "}),
        Call("/?app_id=app1&app_key=", asks=APP1 | {"app_key": ""}),
        Call(f"/?app_id=app1&app_key={'k' * 9000}", asks=APP1 | {"app_key": "k" * 9000}),
        Call("/?app_id=app1", "GET"),
    ],
    [200, 403, 403, 403],
    proxy={"backend_version": "2"},
    keys=["s1"],
)
NO_KEYS = Scenario(
    "an application without keys takes any",
    [
        Call("/?app_id=app1&app_key=x", asks=APP1 | {"app_key": "x"}),
        Call("/?app_id=app1"),
    ],
    [200, 403],
    proxy={"backend_version": "2"},
)
BASIC = Scenario(
    "user keys in the Authorization header",
    [
        Call("/", headers=[basic("k1:")], asks=K1),
        Call("/", headers=[basic("k1")], asks=K1),
        Call("/", headers=[("Authorization", "Bearer k1")], asks=K1),
        Call("/", headers=[("authorization", "bearer  k1 ")], asks=K1),
        Call("/", headers=[basic(":k1")]),
        Call("/", headers=[("Authorization", "Basic azE6")], asks=K1),
        Call("/", headers=[("Authorization", "Basic azE6A")]),
        Call("/", headers=[("Authorization", "Basic !!!!")]),
        Call("/", headers=[("Authorization", "Basic /w==")]),
        Call("/", headers=[("Authorization", "Digest k1")]),
        Call("/?user_key=k1"),
    ],
    [200, 200, 200, 200, 403, 200, 403, 403, 403, 403, 403],
    proxy={"credentials_location": "authorization"},
)
BASIC_PAIR = Scenario(
    "application id and key in the Authorization header",
    [
        Call("/", headers=[basic("app1:s1")], asks=APP1 | {"app_key": "s1"}),
        Call("/", headers=[basic("app1:")], asks=APP1 | {"app_key": ""}),
        Call("/", headers=[basic("app1")]),
        Call("/", headers=[("Authorization", "Bearer app1")]),
    ],
    [200, 403, 403, 403],
    proxy={"backend_version": "2", "credentials_location": "authorization"},
    keys=["s1"],
)
OTHER_NAME = Scenario(
    "a parameter of the service's own name",
    [Call("/?API-Key=k1", asks=K1), Call("/?user_key=k1")],
    [200, 403],
    proxy={"auth_user_key": "Api-Key"},
)
RULES = Scenario(
    "mapping rules",
    [
        Call("/abcd?user_key=k1", asks={"user_key": "k1", "usage[hits]": "1"}),
        Call("/exact?user_key=k1", asks={"user_key": "k1", "usage[search]": "2"}),
        Call("/exactly?user_key=k1"),
        Call("/u/7/orders/9?user_key=k1", asks={"user_key": "k1", "usage[deep]": "1"}),
        Call("/u//orders/9?user_key=k1"),
        Call("/stop/here?user_key=k1", asks={"user_key": "k1", "usage[search]": "5"}),
        Call("/q?mode=full&user_key=k1", asks={"user_key": "k1", "usage[hits]": "3"}),
        Call("/q?mode=part&user_key=k1"),
        Call("/q?user_key=k1&any=", asks={"user_key": "k1", "usage[deep]": "4"}),
        Call("/abc?user_key=k1", "PUT"),
        Call("/form?user_key=k1", "POST", [FORM], b"mode=full", asks=K1),
        Call("/form?user_key=k1&mode=part", "POST", [FORM], b"mode=full", asks=K1),
        Call("/form?user_key=k1&mode=full", "POST", [FORM], b"mode=part"),
        Call("/form?mode=part&mode=full&user_key=k1", "POST", asks=K1),
        Call("/form?mode=full&mode=part&user_key=k1", "POST"),
        Call("/form?user_key=k1&mode=full", "POST", [FORM], b"x" * (MOST_FORM + 1)),
        Call("/gone?user_key=k1", asks={"user_key": "k1", "usage[none]": "1"}),
        Call("/minus?user_key=k1"),
        Call("/sp%20ace?user_key=k1", asks=K1),
        Call("/"),
        Call("/any?user_key=k1", "DELETE", asks={"user_key": "k1", "usage[search]": "1"}),
        Call("/any/x?user_key=k1", "OPTIONS", asks={"user_key": "k1", "usage[search]": "1"}),
    ],
    [
        *(200, 200, 418, 200, 418, 200, 200, 418, 200, 418, 200, 200, 418, 200, 418, 413),
        *(403, 418, 200, 403, 200, 200),
    ],
    proxy={
        "proxy_rules": [
            rule("/abc"),
            rule("/exact$", "search", delta=2),
            rule("/u/{id}/orders/{n}", "deep"),
            rule("/stop", "search", delta=5, last=True),
            rule("/stop/here", "hits"),
            rule("/q?mode=full", delta=3, querystring_parameters={"mode": "full"}),
            rule("/q?any={any}", "deep", delta=4, querystring_parameters={"any": "{any}"}),
            rule("/form?mode=full", http_method="ANY", querystring_parameters={"mode": "full"}),
            rule("/gone", "none"),
            rule("/minus", delta=0),
            rule("/sp%20ace"),
            rule("/any", "search", http_method="ANY", last=True, redirect_url="https://x.example"),
            rule("/any", "deep", http_method="DELETE"),
        ],
        "error_no_match": "nichts für dich",
        "error_status_no_match": 418,
    },
)
PATHS = Scenario(
    "spellings of a path",
    [
        Call(target)
        for target in (
            "/a%2Fb//c/./d/../e?user_key=k1",
            "/a/../..?user_key=k1",
            "/%2e%2e/b?user_key=k1",
            "/a%zz?user_key=k1",
            "/a%00?user_key=k1",
            "/a%01?user_key=k1",
            "/%c3%a9%ff?user_key=k1",
            "/%c3%a9/{x}?user_key=k1&user_key=k1&x=%zz&y=a+b",
            "/a/..;/b?user_key=k1",
            "/a?user_key=k1&b?c=d/../e",
            "/_threescale/healthz",
        )
    ],
    [200, 400, 400, 400, 400, 400, 400, 200, 400, 200, 200],
)
LIMITS = Scenario(
    "limits",
    [LET_IN, LET_IN, LET_IN, Call("/s?user_key=k1", asks={"user_key": "k1", "usage[search]": "1"})],
    [200, 200, 429, 429],
    limits=[hits(2), hits(9, Period.DAY), Limit("search", SEARCH.id, Period.ETERNITY, 1)],
    proxy={
        "proxy_rules": [rule("/s", "search", last=True), rule("/")],
        "error_limits_exceeded": '{"error":"slow down"}',
        "error_headers_limits_exceeded": "application/json",
    },
)
FOR_EVER = Scenario(
    "a limit for ever", [LET_IN, LET_IN], [200, 429], limits=[hits(1, Period.ETERNITY)]
)
DISABLED = Scenario("a disabled metric", [LET_IN], [403], limits=[hits(5), hits(0, Period.DAY)])
SUSPENDED = Scenario("a suspended application", [LET_IN], [403], application={"active": False})
NO_UPSTREAM = Scenario("no upstream", [Call("/?user_key=k1")], [404], proxy={"api_backend": ""})
PREFIX = Scenario(
    "an upstream with a path and a host of its own",
    [Call("/?user_key=k1&x=1"), Call("/a/b?user_key=k1")],
    [200, 200],
    proxy={"api_backend": "{upstream}/base/", "hostname_rewrite": "inner.example:81"},
)
QUERY = Scenario(
    "an upstream with a query of its own",
    [Call("/a?user_key=k1")],
    [200],
    proxy={"api_backend": "{upstream}/base?fixed=1"},
)
CALLERS_WORD = Scenario(
    "what only the gateway may say",
    [
        Call(
            "/?user_key=k1",
            headers=[
                ("X-Forwarded-For", "6.6.6.6"),
                ("X_Forwarded_Host", "evil"),
                ("X-Real-Ip", "6.6.6.6"),
                ("x_real_ip", "6.6.6.6"),
                ("Forwarded", "for=6.6.6.6"),
                ("X-Original-URL", "/other"),
                ("X_Rewrite_URL", "/other"),
                ("X-3scale-Proxy-Secret-Token", "mine"),
                ("Proxy-Authorization", "Basic x"),
                ("TE", "trailers"),
                ("Upgrade", "h2c"),
                ("Transfer_Encoding", "chunked"),
                ("Content_Length", "3"),
                ("Connection", "x-hop, host, content-type"),
                ("X-Hop", "1"),
                ("Content-Type", "text/x"),
                ("X-Kept", "1"),
                ("X_Kept_Too", "2"),
                ("Cookie", "a=1"),
            ],
        ),
    ],
    [200],
)
DEBUG = Scenario(
    "debug headers",
    [
        Call("/?user_key=k1", headers=[("X-3scale-Debug", "token")]),
        Call("/?user_key=wrong%26", headers=[("X-3scale-Debug", "token")]),
        Call("/?user_key=k1", headers=[("X-3scale-Debug", "other")]),
    ],
    [200, 403, 200],
)
OTHER_MODE = Scenario(
    "a service whose mode has changed since it was deployed",
    [Call("/?user_key=k1"), Call("/?app_id=app1&app_key=x")],
    [200, 403],
    service={"backend_version": "2"},
)

REFERRERS = Scenario(
    "referrer filters",
    [
        Call("/?user_key=k1", headers=[("Referer", "www.ok.test")], asks=K1 | OK_TEST),
        Call("/?user_key=k1", headers=[("Referer", "ok.test")], asks=K1 | {"referrer": "ok.test"}),
        Call("/?user_key=k1", headers=[("Referer", "")]),
        Call("/?user_key=k1", asks=K1),
        Call("/?user_key=k1", headers=[("Referer", "*")]),
        Call(
            "/?user_key=k1",
            headers=[("Referer", "https://www.ok.test/page?a=b")],
            asks=K1 | OK_TEST,
        ),
        Call("/?user_key=k1", headers=[("Referer", "https://evil.test/?www.ok.test")]),
        Call("/?user_key=k1", headers=[("Referer", "https://evil.test/#.ok.test")]),
        Call("/?user_key=k1", headers=[("Referer", "http://*/")]),
        Call("/?user_key=k1", headers=[("Referer", "x.ok.test/page")]),
    ],
    [200, 403, 403, 403, 403, 200, 403, 403, 403, 403],
    service={"referrer_filters_required": True},
    application={"referrer_filters": ("*.ok.test",)},
)
NO_REFERRERS = Scenario(
    "an application without filters of a service that requires them",
    [
        Call("/?user_key=k1", asks=K1),
        Call("/?user_key=k1", headers=[("Referer", "x.test")], asks=K1 | {"referrer": "x.test"}),
    ],
    [200, 200],
    service={"referrer_filters_required": True},
)
LONG_REFERRER = Scenario(
    "a referrer that is longer than authrep's address",
    [Call("/?user_key=k1", headers=[("Referer", f"http://a.test/{'x' * 9000}")], asks=K1)],
    [200],
)
BLANK_WORDS = Scenario(
    "refusals whose words are blank",
    [Call("/"), Call("/?user_key=no", asks=K1 | {"user_key": "no"})],
    [403, 403],
    proxy={"error_auth_missing": "", "error_auth_failed": ""},
)

SCENARIOS = [
    LONG_REFERRER,
    BLANK_WORDS,
    KEYS,
    HEADERS,
    KEY_SPACES,
    NO_KEYS,
    BASIC,
    BASIC_PAIR,
    OTHER_NAME,
    RULES,
    PATHS,
    LIMITS,
    FOR_EVER,
    DISABLED,
    SUSPENDED,
    NO_UPSTREAM,
    PREFIX,
    QUERY,
    CALLERS_WORD,
    DEBUG,
    OTHER_MODE,
    REFERRERS,
    NO_REFERRERS,
]

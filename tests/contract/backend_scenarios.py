"""Services made of several backends: which calls go where, and count for what, by every face."""

from gateway.directory import Limit, Metric
from gateway.windows import Period
from tests.contract.conftest import Call, Scenario
from tests.contract.scenarios import K1, rule
from tests.kit.gateway import HITS


def route(path: str, owner: int, url: str = "{upstream}/b") -> dict[str, object]:
    """Make a route of a document to a backend, which is told the rest of the path."""
    value = "/.*" if path == "/" else f"{path}/.*|{path}/?"  # as the reference writes it
    made: dict[str, object] = {
        "url": f"{url}{owner}",
        "owner_id": owner,
        "owner_type": "BackendApi",
        "condition": {"operations": [{"match": "path", "op": "matches", "value": value}]},
    }
    if path != "/":
        made["replace_path"] = f"{{{{uri | remove_first: '{path}'}}}}"
    return made


def of_backend(owner: int, pattern: str, metric: str, **over: object) -> dict[str, object]:
    """Make a rule of a backend, as the document has it."""
    return rule(pattern, metric, owner_id=owner, owner_type="BackendApi") | over


BACKENDS = Scenario(
    "a service made of several backends",
    [
        Call("/plain/x?user_key=k1", asks=K1),
        Call("/stock?user_key=k1", asks=K1 | {"usage[hits.7]": "1"}),
        Call("/stock/?a=1&user_key=k1", asks=K1 | {"usage[hits.7]": "1"}),
        Call("/stock/items/7?user_key=k1", asks=K1 | {"usage[hits.7]": "1", "usage[items.7]": "2"}),
        Call("/stock/v2/items?user_key=k1", asks=K1 | {"usage[hits.8]": "1"}),
        Call("/stock/v22/items?user_key=k1", asks=K1 | {"usage[hits.7]": "1"}),
        Call("/stocks?user_key=k1", asks=K1),
        Call(
            "/stock;a=b/items;c?user_key=k1",
            asks=K1 | {"usage[hits.7]": "1", "usage[items.7]": "2"},
        ),
        Call(
            "/;x/stock/;y/items?user_key=k1",
            asks=K1 | {"usage[hits.7]": "1", "usage[items.7]": "2"},
        ),
        Call(
            "/sto%63k//items?user_key=k1", asks=K1 | {"usage[hits.7]": "1", "usage[items.7]": "2"}
        ),
        Call("/stock/../plain?user_key=k1", asks=K1),
        Call("/stock/only?user_key=k1", "POST", asks={"user_key": "k1", "usage[items.7]": "1"}),
        Call("/plain/only?user_key=k1", "POST"),
        Call("/stock/v2/items?user_key=k1", asks=K1 | {"usage[hits.8]": "1"}),
        Call("/stock/v2/items?user_key=k1", asks=K1 | {"usage[hits.8]": "1"}),
    ],
    [*(200,) * 12, 404, 200, 429],
    proxy={
        "api_backend": "{upstream}/own",
        "ambiguous_paths": "without_parameters",
        "policy_chain": [
            {
                "name": "routing",
                "configuration": {"rules": [route("/stock/v2", 8), route("/stock", 7)]},
            },
            {"name": "apicast"},
        ],
        "proxy_rules": [
            rule("/"),
            of_backend(7, "/stock$", "hits.7"),
            of_backend(7, "/stock/", "hits.7"),
            of_backend(7, "/stock/items", "items.7", delta=2),
            of_backend(7, "/stock/only", "items.7", http_method="POST"),
            of_backend(8, "/stock/v2/", "hits.8", last=True),
            of_backend(8, "/plain", "hits.8"),  # of a backend that never gets such calls
        ],
    },
    service={
        "metrics": {
            metric.system_name: metric
            for metric in (
                HITS,
                Metric(4, "hits.7", "hits"),
                Metric(5, "items.7", "hits.7"),
                Metric(6, "hits.8", "hits"),
            )
        }
    },
    limits=[Limit("hits.8", 6, Period.HOUR, 2)],
)
ALL_BACKENDS = Scenario(
    "a service without an upstream of its own",
    [
        Call("/other?user_key=k1", asks=K1 | {"usage[hits.7]": "1"}),
        Call("/a?user_key=k1", asks=K1),
    ],
    [200, 200],
    proxy={
        "api_backend": "",
        "policy_chain": [
            {"name": "apicast"},
            {"name": "routing", "configuration": {"rules": [route("/a", 8), route("/", 7)]}},
        ],
        "proxy_rules": [rule("/"), of_backend(7, "/", "hits.7")],
    },
    service={"metrics": {"hits": HITS, "hits.7": Metric(4, "hits.7", "hits")}},
)
# Mounts within mounts, the root among them: the longest path decides, by what rules see of a call.
NESTED_CALLS = {
    "/": (7, "/"),
    "/x/?q=/a/b": (7, "/x/"),
    "/a": (8, "/"),
    "/a/": (8, "/"),
    "/a?q=/a/b/c&q=1": (8, "/"),
    "/a/bc/": (8, "/bc/"),
    "/ab/c": (7, "/ab/c"),
    "/A/b": (7, "/A/b"),
    "/a/b": (9, "/"),
    "/a/b/cc/d": (9, "/cc/d"),
    "/a/b/c": (10, "/"),
    "/a/b/c/": (10, "/"),
    "/a/b/c/d?y=1&y=2": (10, "/d"),
    "/a/b/c/a/b/c": (10, "/a/b/c"),
    "/a//b/./x/../c/e": (10, "/e"),
    "/%61/b/%63/%7Ee": (10, "/~e"),
    "/a%2Fb/c": (10, "/"),
    "/a/b%2Fc/d": (10, "/d"),
    "/a/b/c/d%2Fe/f": (10, "/d/e/f"),
    "/a/b/c%3Fx": (9, "/c%3Fx"),
}
NESTED = Scenario(
    "mounts within mounts",
    [
        Call(
            f"{path}{'&' if '?' in path else '?'}user_key=k1",
            asks=K1 | {f"usage[hits.{owner}]": "1"},
        )
        for path, (owner, _) in NESTED_CALLS.items()
    ],
    [200] * len(NESTED_CALLS),
    proxy={
        "api_backend": "",
        "policy_chain": [
            {
                "name": "routing",
                "configuration": {
                    "rules": [
                        route("/a/b/c", 10),
                        route("/a/b", 9),
                        route("/a", 8),
                        route("/", 7),
                    ]
                },
            },
            {"name": "apicast"},
        ],
        "proxy_rules": [
            rule("/"),
            *(
                of_backend(owner, f"{mount}{end}", f"hits.{owner}")
                for mount, owner in (("/a/b/c", 10), ("/a/b", 9), ("/a", 8))
                for end in ("$", "/")
            ),
            of_backend(7, "/", "hits.7"),
        ],
    },
    service={
        "metrics": {
            "hits": HITS,
            **{f"hits.{owner}": Metric(owner, f"hits.{owner}", "hits") for owner in range(7, 11)},
        }
    },
    told=[f"/b{owner}{rest if rest != '/' else ''}" for owner, rest in NESTED_CALLS.values()],
)

BACKEND_SCENARIOS = [BACKENDS, NESTED, ALL_BACKENDS]

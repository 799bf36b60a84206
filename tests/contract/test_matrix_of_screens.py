"""Operation × role × scope × read-only, for GraphQL and the screens: who may not is told so.

`test_matrix.py` does the same for REST. Nothing is named here but what is open to everybody: the
fields come from the schema, the screens from the admin portal's table.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from graphql import get_named_type, is_leaf_type
from starlette.applications import Starlette
from starlette.routing import Route

from server.admin.context import HOME
from server.admin.routes import routes as admin_routes
from server.domain.permissions import OF_SECTION, OF_STAFF_ROLE, Permission, Role, Section
from server.graphql.admin.schema import ADMIN
from server.graphql.paths import ADMIN_PATH
from server.graphql.routes import routes as graphql_routes
from tests.contract.test_matrix import NOBODY, PASSWORD, ROLES, Holder, holders, member, site
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.direct import direct_client, direct_loop
from tests.kit.graphql import Client
from tests.kit.site import Site
from tests.server.graphql.admin.test_schema import OPEN, value_of
from tests.server.graphql.faces import ManyCallers

__all__ = ["site"]  # the fixture
THERE = "1"  # the first of everything is the provider's
TRIED = 2  # tokens that lack a permission, a field
LACKS = re.compile(r"You need the permission ([a-z_]+:[a-z_]+) for this")
# Screens that ask for no permission: one's own things, what is shown before a login, the way out.
FOR_ALL = {
    ("GET", ""),  # the dashboard: what one may not see is not on it
    ("GET", "/"),
    ("GET", "/api_reference"),
    *((method, "/leave_mail/{code}") for method in ("GET", "POST")),
    ("GET", "/login"),
    ("GET", "/password"),
    ("GET", "/sso"),  # a login by an address that is signed
    ("POST", "/password"),
    ("POST", "/password/new"),
    *((method, "/personal") for method in ("GET", "POST")),
    ("POST", "/personal/notifications"),
}


def root_fields() -> Iterator[tuple[str, str, Any, Permission | None]]:
    """List the fields of both roots with the permission that the schema says."""
    schema = ADMIN.schema._schema
    for root, kind in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert kind is not None
        for name, field in kind.fields.items():
            directives = field.extensions["strawberry-definition"].directives
            named = [each.permission for each in directives if hasattr(each, "permission")]
            yield root, name, field, Permission(named[0]) if named else None


def asked(root: str, name: str, field: Any) -> tuple[str, Mapping[str, Any]]:
    """Write an operation of one field, and what its arguments are given."""
    asked_for = {n: each for n, each in field.args.items() if str(each.type).endswith("!")}
    wanted = {**asked_for, **{n: each for n, each in field.args.items() if n == "first"}}
    told = ", ".join(f"${n}: {each.type}" for n, each in wanted.items())
    given = ", ".join(f"{n}: ${n}" for n in wanted)
    inner = "{ userErrors { code } }" if root == "mutation" else "{ __typename }"
    shown = "" if is_leaf_type(get_named_type(field.type)) else inner
    head, call = (f"({told})", f"({given})") if wanted else ("", "")
    values = {n: value_of(get_named_type(each.type)) for n, each in wanted.items()}
    values = {n: [v] if "[" in str(wanted[n].type) else v for n, v in values.items()}
    return f"{root}{head} {{ {name}{call} {shown} }}", values


def test_whoever_holds_the_permission_passes_in_graphql_and_nobody_else(site: Site) -> None:
    by_size = sorted(holders(site), key=lambda each: len(each.permissions))
    app = ManyCallers(Starlette(routes=graphql_routes(site.deps)))
    wrong, tried = [], 0
    with direct_loop() as loop:
        client = Client(direct_client(app, loop), ADMIN_PATH)

        def codes(holder: Holder, query: str, given: Mapping[str, Any]) -> set[str]:
            client.http.headers["authorization"] = f"Bearer {holder.token}"
            errors = client.send(query, **given).json().get("errors", [])
            return {error["extensions"]["code"] for error in errors}

        for root, name, field, permission in root_fields():
            query, given = asked(root, name, field)
            if permission is None:
                assert name in OPEN
                continue
            lacking = [each for each in reversed(by_size) if permission not in each.permissions]
            kinds = {(each.role, each.writes): each for each in lacking}
            for each in [*kinds.values()][:TRIED]:
                tried += 1
                if codes(each, query, given) != {"FORBIDDEN"}:
                    wrong.append((name, "lacks it", each.role, codes(each, query, given)))
            holding = next(each for each in by_size if permission in each.permissions)
            told = codes(holding, query, given)
            if told & {"FORBIDDEN", "UNAUTHENTICATED", "BAD_REQUEST"}:
                wrong.append((name, "holds it", holding.role, told))
    assert wrong == []
    assert tried > TRIED * 200


def screens(site: Site) -> Iterator[tuple[str, str]]:
    """List methods and paths of the admin portal."""
    for route in admin_routes(site.deps):
        if isinstance(route, Route) and route.path.startswith(HOME) and "{rest" not in route.path:
            for method in sorted((route.methods or set()) & {"GET", "POST"}):
                yield method, route.path.removeprefix(HOME)


def with_ids(path: str, number: str) -> str:
    """Put the same id wherever one is asked for."""
    return re.sub(r"\{\w+[^}]*\}", number, path)


def smallest_of(permissions: set[str]) -> str:
    """Name the role or section that holds some permissions and the fewest others."""
    sets = {each.value: OF_SECTION[each] for each in Section}
    sets["admin"] = OF_STAFF_ROLE[Role("admin")]
    holding = {name: len(held) for name, held in sets.items() if permissions <= held}
    return min(holding, key=lambda name: holding[name])


@pytest.fixture
def browsers(site: Site) -> Iterator[dict[str, Browser]]:
    """Log somebody of each section in, and one who was let into none."""
    with site.deps.database.write() as db:
        for name, (role, sections) in ROLES.items():
            member(db, site, name, sections=sections).role = role
    app = ManyCallers(site.app)
    with direct_loop() as loop:
        opened = {}
        for name in ROLES:
            http = direct_client(app, loop, "http://localhost:8000")
            browser = Browser(http, PROVIDERS)
            assert browser.log_in(f"of-{name}", PASSWORD).status_code == 303
            opened[name] = browser
        yield opened


def test_every_screen_and_form_asks_for_a_permission(
    site: Site, browsers: dict[str, Browser]
) -> None:
    tokens = {name: browser.token("/personal") for name, browser in browsers.items()}
    wrong, open_to_all, guarded = [], set(), 0

    def visited(name: str, method: str, path: str) -> Any:
        if method == "GET":
            return browsers[name].get(path)
        return browsers[name].post(path, {"csrf": tokens[name]})

    for method, path in screens(site):
        if path == "/logout":
            continue
        needed: set[str] = set()
        answer = visited("nothing", method, with_ids(path, THERE))
        if answer.status_code not in {403, 404}:
            open_to_all.add((method, path))
            continue
        while lacking := LACKS.search(answer.text) if answer.status_code == 403 else None:
            if lacking[1] in needed:
                wrong.append((method, path, needed, "is refused to who holds it"))
                break
            needed.add(lacking[1])
            answer = visited(smallest_of(needed), method, with_ids(path, NOBODY))
        guarded += bool(needed)
        if answer.status_code == 401 or answer.status_code >= 500:
            wrong.append((method, path, needed, f"{answer.status_code} {answer.text[-600:]}"))
    assert wrong == []
    assert open_to_all == FOR_ALL, "\n".join(map(str, sorted(open_to_all ^ FOR_ALL)))
    assert guarded > 250, guarded

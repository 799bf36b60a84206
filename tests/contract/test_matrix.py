"""Operation × role × scope × read-only: who holds the permission passes, nobody else does.

The permissions of roles, sections and scopes stand in docs/reference/permissions.md; here every
combination calls, and a member who is let into some APIs finds nothing of the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.accounts.staff import change_reach
from server.actions.accounts.users import create_user
from server.actions.provider.tokens import create_token
from server.actions.registry import EVERY
from server.auth.actors import actor_of_user, find_actor_by_token
from server.domain.accounts.users import User
from server.domain.permissions import (
    OF_SCOPE,
    OF_SECTION,
    OF_STAFF_ROLE,
    READS,
    Permission,
    Role,
    Scope,
    Section,
)
from server.domain.provider.tokens import AccessToken
from server.domain.services.services import Service
from server.graphql.admin.schema import ADMIN
from server.graphql.ids import global_id
from server.graphql.paths import ADMIN_PATH
from server.kit.crypto import token_digest
from server.rest.operations import Operation
from server.rest.registry import OPERATIONS
from tests.kit.graphql import Client
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.site import Site, open_site
from tests.kit.work import by

ROLES: Mapping[str, tuple[str, list[str] | None]] = {
    "admin": ("admin", None),
    "member": ("member", None),
    "nothing": ("member", []),
    **{section.value: ("member", [section.value]) for section in Section},
}
SCOPES = [*([scope] for scope in Scope), list(Scope)]
PASSWORD = "staplers are red"
NOBODY = "999999"
TRIED = 3  # tokens that lack a permission, an operation


@dataclass(frozen=True)
class Holder:
    """Somebody of the staff, by a token of his."""

    role: str
    scopes: tuple[str, ...]
    writes: bool
    token: str
    permissions: frozenset[Permission]

    @property
    def wanted(self) -> frozenset[Permission]:
        """What the tables say that he may."""
        role, sections = ROLES[self.role]
        if sections is None:
            own = OF_STAFF_ROLE[Role(role)]
        else:
            of_sections = [OF_SECTION[Section(each)] for each in sections]
            own = frozenset().union(*of_sections, {Permission.TOKENS_EDIT} if sections else ())
        reached = frozenset().union(*(OF_SCOPE[Scope(each)] for each in self.scopes))
        return own & reached if self.writes else own & reached & READS


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    deps = make_deps(tmp_path)
    with open_site(deps, make_provider(deps)) as opened:
        yield opened
    deps.database.close()


def member(db: Session, site: Site, name: str, **reach: Any) -> User:
    """Add somebody to the staff."""
    root = by(db, staff(site.acme), site.deps.installation)
    values = {"username": f"of-{name}", "email": f"of-{name}@acme.example", "password": PASSWORD}
    return create_user(root, None, values, reach)


def holders(site: Site) -> list[Holder]:
    """Make somebody of each role and section, with tokens of all kinds."""
    made = []
    with site.deps.database.write() as db:
        for name, (role, sections) in ROLES.items():
            user = member(db, site, name, sections=sections)
            user.role = role
            for number, (scopes, permission) in enumerate(product(SCOPES, ("ro", "rw"))):
                value = f"{name} {number}"
                db.add(
                    AccessToken(
                        provider_id=site.acme.provider.id,
                        user_id=user.id,
                        name=value,
                        digest=token_digest(value),
                        hint="",
                        scopes=[scope.value for scope in scopes],
                        permission=permission,
                    )
                )
                made.append((name, scopes, permission, value))
        db.flush()
        clock, owner = site.deps.installation.clock, site.acme.provider.id
        found = []
        for name, scopes, permission, value in made:
            actor = find_actor_by_token(db, clock, owner, "provider", value)
            assert actor is not None
            words = tuple(scope.value for scope in scopes)
            found.append(Holder(name, words, permission == "rw", value, actor.permissions))
    return found


def called(site: Site, operation: Operation, token: str, place: Mapping[str, str]) -> Any:
    """Call an operation without a body; where ids are asked for, of nothing or as they are told."""
    path = re.sub(r"\{(\w+)\}", lambda match: place.get(match[1], NOBODY), operation.path)
    client = site.client(authorization=f"Bearer {token}")
    return client.request(operation.method, f"/admin/api{path}.json")


def test_whoever_holds_the_permission_passes_and_nobody_else(site: Site) -> None:
    everybody = holders(site)
    assert [each.permissions for each in everybody] == [each.wanted for each in everybody]
    by_size = sorted(everybody, key=lambda each: len(each.permissions))

    wrong = []
    for operation in OPERATIONS:
        needed = {operation.permission, *operation.also}
        lacking = [each for each in reversed(by_size) if not needed <= each.permissions]
        kinds = {(each.role, each.writes): each for each in lacking}
        holding = next(each for each in by_size if needed <= each.permissions)

        for each in [*kinds.values()][:TRIED]:
            answer = called(site, operation, each.token, {})
            if answer.status_code != 403 or not {*answer.json()} <= {"error", "status"}:
                wrong.append((operation.method, operation.path, each.role, answer.text))
        passed = called(site, operation, holding.token, {})
        if passed.status_code in {401, 403}:
            wrong.append((operation.method, operation.path, holding.role, passed.text))
    assert wrong == []


def test_faces_ask_for_the_same_permission() -> None:
    verbs = {"POST": "Create", "PUT": "Update", "DELETE": "Delete"}
    mutations = ADMIN.schema._schema.mutation_type
    assert mutations is not None
    compared = 0
    for operation in OPERATIONS:
        resource = operation.resource
        if resource is None or operation.method not in verbs:
            continue
        word = "".join(part.capitalize() for part in resource.name.split("_"))
        name = f"{word[0].lower()}{word[1:]}{verbs[operation.method]}"
        field = mutations.fields.get(name)
        if field is None:
            continue
        definition = field.extensions["strawberry-definition"]
        needed = [each.permission for each in definition.directives if hasattr(each, "permission")]
        assert needed == [operation.permission.value], name
        compared += 1
    assert compared > len(EVERY)


# Paths whose ids are of a service, as REST writes them.
OF_SERVICE = re.compile(
    r"\{service_id\}|\{application_id\}|/applications/\{id\}|^/application_plans/\{plan_id\}"
    r"|^/active_docs/\{id\}|/service_(subscriptions|contracts)/\{id\}|_plans/\{id\}/buy"
)


def rows_of_services(db: Session) -> Mapping[str, str]:
    """Name a row of each kind that belongs to a service: the first one, of the sample API."""
    tables: dict[str, Any] = {
        kind: model
        for kind, (model, _) in ADMIN.kinds.items()
        if model is Service or hasattr(model, "service_id")
    }
    return {
        kind: global_id(kind, row.id)
        for kind, model in tables.items()
        if (row := db.exec(select(model)).first()) is not None
    }


def test_a_member_finds_nothing_of_apis_that_he_is_not_let_into(site: Site) -> None:
    with site.deps.database.write() as db:
        user = member(db, site, "some", sections=[*Section])
        clerk = by(db, actor_of_user(user), site.deps.installation)
        _, token = create_token(clerk, {"name": "t", "scopes": [*Scope], "permission": "rw"})
        root = by(db, staff(site.acme), site.deps.installation)
        change_reach(root, user.id, {"service_ids": []})
        rows = rows_of_services(db)
    known = {name: "1" for each in OPERATIONS for name in re.findall(r"\{(\w+)\}", each.path)}

    wrong = []
    for operation in OPERATIONS:
        is_there = OF_SERVICE.search(operation.path) is not None
        # What takes something may ask for that first.
        unseen = {404, 422} if operation.takes else {404}
        if is_there or (operation.method == "GET" and "{" not in operation.path):
            answer = called(site, operation, token, known)
            tells = '"service_id":1' in answer.text.replace(" ", "")
            if tells or (is_there and answer.status_code not in unseen):
                wrong.append((operation.method, operation.path, answer.status_code, answer.text))
    assert wrong == []

    client = Client(site.client(authorization=f"Bearer {token}"), ADMIN_PATH)
    assert {"Service", "Application", "ApplicationPlan", "Metric", "Proxy"} <= set(rows)
    for kind, identity in rows.items():
        asked = client.send("query($id: ID!) { node(id: $id) { id } }", id=identity).json()
        assert asked["data"]["node"] is None, kind
    for name in ("services", "applications"):
        assert client.ask(f"{{ {name}(first: 1) {{ nodes {{ id }} }} }}") == {name: {"nodes": []}}


def test_each_section_opens_the_pages_that_its_menu_names(site: Site) -> None:
    with site.deps.database.write() as db:
        for section in Section:
            member(db, site, section.value, sections=[section.value])
        member(db, site, "nothing", sections=[])
    wrong: list[tuple[str, str]] = []
    for name in (*(section.value for section in Section), "nothing"):
        browser = site.browser("provider")
        assert browser.log_in(f"of-{name}", PASSWORD).status_code == 303
        page = browser.open("")
        links = page.tree.xpath("//nav[@aria-label='Main']//a/@href")
        for link in links:
            if browser.get(link.removeprefix("/p/admin")).status_code != 200:
                wrong.append((name, link))
        assert len(links) >= (1 if name in {"nothing", "policy_registry"} else 2), name
    assert wrong == []

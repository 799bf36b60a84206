"""Nobody gives what he has not: tokens, roles and activations, in every face that gives them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import combinations, product
from pathlib import Path

import pytest
from sqlmodel import Session

from server.actions.accounts.users import (
    activate_user,
    create_user,
    unsuspend_user,
    update_user,
)
from server.actions.provider.tokens import create_token
from server.auth.actors import actor_of_user, find_actor_by_token
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.errors import Forbidden
from server.domain.permissions import (
    EVERYTHING,
    OF_DEVELOPER_ROLE,
    OF_STAFF_ROLE,
    Permission,
    Role,
    Scope,
)
from server.graphql.ids import global_id
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.site import Site, open_site
from tests.kit.work import by

SIDES = ("provider", "developer")
TRIED = (Scope.ACCOUNT_MANAGEMENT, Scope.STATS, Scope.FINANCE)
SETS = [list(some) for size in (1, 2, 3) for some in combinations(TRIED, size)]
PERMISSIONS = ("ro", "rw")
SOON = datetime.now(UTC) + timedelta(days=1)
ENDS: tuple[datetime | None, ...] = (None, SOON, SOON + timedelta(days=1))
GOOD = "staplers are red"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    deps = make_deps(tmp_path)
    with open_site(deps, make_provider(deps)) as opened:
        yield opened
    deps.database.close()


def person(db: Session, site: Site, side: str, role: Role) -> User:
    """Find a side's first admin, with that role."""
    made = site.acme.admin if side == "provider" else site.acme.sample.user
    user = db.get_one(User, made.id)
    user.role = role.value
    db.flush()
    return user


def recognised(db: Session, site: Site, side: str, value: str) -> Actor:
    actor = find_actor_by_token(
        db, site.deps.installation.clock, site.acme.provider.id, side, value
    )
    assert actor is not None
    return actor


def is_within(given: Actor, giver: Actor) -> bool:
    """Return whether one actor may nothing that the other may not, nor for longer."""
    scopes = given.scopes or frozenset()
    return (
        given.permissions <= giver.permissions
        and (giver.scopes is None or scopes <= giver.scopes)
        and (
            giver.expires_at is None
            or (given.expires_at is not None and given.expires_at <= giver.expires_at)
        )
    )


@pytest.mark.parametrize(("side", "role"), list(product(SIDES, Role)))
def test_a_token_makes_none_that_may_more(site: Site, side: str, role: Role) -> None:
    tried = made = 0
    with site.deps.database.write() as db:
        user = person(db, site, side, Role.ADMIN)
        admin = by(db, actor_of_user(user), site.deps.installation)
        tokens: list[str] = []
        for scopes, permission, end in product(SETS, PERMISSIONS, ENDS[:2]):
            values = {"name": "g", "scopes": scopes, "permission": permission, "expires_at": end}
            tokens.append(create_token(admin, values)[1])
        givers = [actor_of_user(person(db, site, side, role))]
        givers += [recognised(db, site, side, token) for token in tokens]
        for giver, scopes, permission in product(givers, SETS, PERMISSIONS):
            end = ENDS[tried % 3]
            values = {"name": "t", "scopes": scopes, "permission": permission, "expires_at": end}
            tried += 1
            try:
                _, value = create_token(by(db, giver, site.deps.installation), values)
            except Forbidden:
                continue
            made += 1
            assert is_within(recognised(db, site, side, value), giver), (giver, values)
    every = len(SETS) * len(PERMISSIONS)
    assert (len(SETS), tried) == (7, (2 * every + 1) * every)
    assert bool(made) is (role is Role.ADMIN)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("own", SETS, ids=",".join)
def test_over_graphql_too(site: Site, side: str, own: list[Scope]) -> None:
    with site.deps.database.write() as db:
        user = person(db, site, side, Role.ADMIN)
        admin = by(db, actor_of_user(user), site.deps.installation)
        values = {"name": "own", "scopes": own, "permission": "rw", "expires_at": SOON}
        _, value = create_token(admin, values)
    client = site.by_token(side, value)

    for wanted, permission, end in product(SETS, ("READ_ONLY", "READ_WRITE"), ENDS):
        given = {
            "name": "t",
            "scopes": [scope.name for scope in wanted],
            "permission": permission,
            "expiresAt": end and end.isoformat(),
        }
        query = (
            "mutation($input: AccessTokenCreateInput!) { accessTokenCreate(input: $input) "
            "{ value userErrors { code field } } }"
        )
        answer = client.send(query, input=given).json()
        if "errors" in answer:
            assert Scope.ACCOUNT_MANAGEMENT not in own
            continue
        payload = answer["data"]["accessTokenCreate"]
        is_more = not set(wanted) <= set(own) or end != SOON
        assert bool(payload["value"]) is not is_more
        if is_more:
            assert payload["userErrors"][0]["code"] == "MORE_THAN_OWN"
            assert payload["userErrors"][0]["field"] in (["scopes"], ["expiresAt"])


def _roles(side: str) -> dict[Role, frozenset[Permission]]:
    return OF_STAFF_ROLE if side == "provider" else OF_DEVELOPER_ROLE


def _givers(site: Site, db: Session, side: str) -> Iterator[Actor]:
    """Make everybody of a side who may edit users, and those who lack one permission of them."""
    user = db.get_one(User, person(db, site, side, Role.ADMIN).id)
    full = actor_of_user(user)
    yield full
    for missing in sorted(full.permissions):
        permissions = full.permissions - {missing}
        yield Actor(full.kind, full.provider_id, "almost", permissions, None, full.account_id)


@dataclass
class Town:
    """Makes users of a side, as they are needed."""

    site: Site
    db: Session
    account_id: int | None
    made: int = 0

    def new(self, role: Role) -> dict[str, object]:
        """Tell what makes a user with a role."""
        self.made += 1
        name = f"user{self.made}"
        return {"username": name, "email": f"{name}@x.example", "role": role.value}

    def user(self, role: Role, state: str = "active") -> int:
        """Make a user with a role and a state."""
        root = by(self.db, staff(self.site.acme), self.site.deps.installation)
        user = create_user(root, self.account_id, self.new(role))
        user.state = state
        self.db.flush()
        return user.id

    def gives(self, giver: Actor, role: Role) -> list[Callable[[], User]]:
        """List what lets somebody act with a role, or takes over who does."""
        work = by(self.db, giver, self.site.deps.installation)
        other = Role.MEMBER if role is Role.ADMIN else Role.ADMIN
        email = {"email": f"other{self.made}@x.example"}
        return [
            partial(create_user, work, self.account_id, self.new(role)),
            partial(update_user, work, self.user(other), {"role": role.value}),
            partial(activate_user, work, self.user(role, "pending")),
            partial(unsuspend_user, work, self.user(role, "suspended")),
            partial(update_user, work, self.user(role), email),
        ]


@pytest.mark.parametrize("side", SIDES)
def test_nobody_makes_somebody_who_may_more_than_himself(site: Site, side: str) -> None:
    tried = done = 0
    with site.deps.database.write() as db:
        account_id = None if side == "provider" else site.acme.sample.user.account_id
        town = Town(site, db, account_id)
        for giver, role in product(list(_givers(site, db, side)), Role):
            for give in town.gives(giver, role):
                tried += 1
                try:
                    give()
                except Forbidden:
                    continue
                done += 1
                assert _roles(side)[role] <= giver.permissions, (giver.permissions, role)

    assert tried == 5 * 2 * (1 + len(_roles(side)[Role.ADMIN]))
    assert done >= 10


def test_a_token_of_account_management_makes_developers_but_no_staff(site: Site) -> None:
    with site.deps.database.write() as db:
        admin = by(db, actor_of_user(site.acme.admin), site.deps.installation)
        values = {"name": "t", "scopes": ["account_management"], "permission": "rw"}
        _, value = create_token(admin, values)
    client = site.by_token("provider", value)
    account = global_id("Account", site.acme.sample.application.account_id)

    for role, password in product(("ADMIN", "MEMBER"), (None, GOOD)):
        name = f"{role.lower()}{bool(password)}"
        user = {"username": name, "email": f"{name}@x.example", "role": role, "password": password}
        refused = client.do("userCreate", user)["userErrors"]
        assert [(error["code"], error["field"]) for error in refused] == [
            ("MORE_THAN_OWN", ["role"])
        ]
        assert not client.do("userCreate", {**user, "accountId": account})["userErrors"]


def test_the_admins_of_each_side_hold_all_that_their_side_gives() -> None:
    assert OF_STAFF_ROLE[Role.ADMIN] == EVERYTHING
    for roles in (OF_STAFF_ROLE, OF_DEVELOPER_ROLE):
        assert roles[Role.MEMBER] <= roles[Role.ADMIN]

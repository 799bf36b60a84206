"""What a session, a token or a key still opens when its person, account or provider may not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.actions.accounts.accounts import (
    approve_account,
    delete_account,
    make_account_pending,
    reject_account,
    resume_account,
    suspend_account,
)
from server.actions.accounts.users import create_user, suspend_user, unsuspend_user, update_user
from server.actions.provider.tokens import create_token
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.domain.accounts.users import User
from server.domain.permissions import Role, Scope
from server.domain.provider.providers import Provider
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.site import Site, graphql_of, open_site
from tests.kit.work import by

PASSWORD = "four words in a row"
TOKEN = {"name": "t", "scopes": list(Scope), "permission": "rw"}
VIEWER = "{ viewer { __typename } }"
Change = Callable[[Work, "Subject"], object]


@dataclass(frozen=True)
class Subject:
    """A person, and by what he comes in."""

    user_id: int
    account_id: int | None
    opens: dict[str, Callable[[], bool]]  # by face: whether it lets him in now


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    deps = make_deps(tmp_path)
    with open_site(deps, make_provider(deps)) as opened:
        yield opened
    deps.database.close()


def subject(site: Site, side: str) -> Subject:
    """Add somebody to the staff or to the sample account; he logs in and makes a token."""
    account_id = None if side == "provider" else site.acme.sample.application.account_id
    values = {"username": "jane", "email": "jane@x.example", "password": PASSWORD, "role": "admin"}
    with site.deps.database.write() as db:
        root = by(db, staff(site.acme), site.deps.installation)
        user = create_user(root, account_id, values)
        _, token = create_token(by(db, actor_of_user(user), site.deps.installation), TOKEN)
    browser = site.browser(side)
    browser.log_in("jane", PASSWORD)
    by_cookie = graphql_of(browser, side)
    by_token = site.by_token(side, token)
    home = "" if side == "provider" else "/admin"

    def viewer(answer: object) -> bool:
        return '"viewer":{"__typename"' in str(getattr(answer, "text", "")).replace(" ", "")

    opens = {
        "page": lambda: browser.get(home).status_code == 200,
        "graphql with a cookie": lambda: viewer(by_cookie.send(VIEWER)),
        "graphql with a token": lambda: viewer(by_token.send(VIEWER)),
    }
    if side == "provider":
        opens["rest"] = lambda: site.rest("/accounts.json", token).status_code == 200
        key = site.acme.provider_key
        opens["provider key"] = lambda: site.rest("/accounts.json", key).status_code == 200
    return Subject(user.id, account_id, opens)


def _provider_state(state: str) -> Change:
    def change(work: Work, _who: Subject) -> None:
        work.db.get_one(Provider, work.actor.provider_id).state = state

    return change


def _of_account(action: Callable[[Work, int], object]) -> Change:
    return lambda work, who: action(work, who.account_id or 0)


def _of_user(action: Callable[[Work, int], object]) -> Change:
    return lambda work, who: action(work, who.user_id)


BY_SESSION = {"page", "graphql with a cookie"}
BY_TOKEN = {"graphql with a token", "rest"}
KEY = {"provider key"}

# Side, what happens, what is open then, what makes it good again, and what is open after that.
TABLE: dict[str, tuple[str, Change, set[str], Change | None, set[str]]] = {
    "an account is suspended": (
        "developer",
        _of_account(suspend_account),
        set(),
        _of_account(resume_account),
        BY_TOKEN,
    ),
    "an account is rejected": (
        "developer",
        _of_account(reject_account),
        set(),
        _of_account(approve_account),
        BY_TOKEN,
    ),
    "an account waits again": (
        "developer",
        _of_account(make_account_pending),
        set(),
        _of_account(approve_account),
        BY_TOKEN,
    ),
    "an account is deleted": ("developer", _of_account(delete_account), set(), None, set()),
    "a developer is suspended": (
        "developer",
        _of_user(suspend_user),
        set(),
        _of_user(unsuspend_user),
        BY_TOKEN,
    ),
    "somebody of the staff is suspended": (
        "provider",
        _of_user(suspend_user),
        KEY,
        _of_user(unsuspend_user),
        BY_TOKEN | KEY,
    ),
    "the provider is suspended, seen by staff": (
        "provider",
        _provider_state("suspended"),
        set(),
        _provider_state("approved"),
        BY_SESSION | BY_TOKEN | KEY,
    ),
    "the provider is suspended, seen by developers": (
        "developer",
        _provider_state("suspended"),
        set(),
        _provider_state("approved"),
        BY_SESSION | BY_TOKEN,
    ),
    "a developer becomes a member": (
        "developer",
        lambda work, who: update_user(work, who.user_id, {"role": Role.MEMBER.value}),
        BY_TOKEN,
        None,
        set(),
    ),
    "somebody of the staff becomes a member": (
        "provider",
        lambda work, who: update_user(work, who.user_id, {"role": Role.MEMBER.value}),
        BY_TOKEN | KEY,
        None,
        set(),
    ),
}


def _open(who: Subject) -> set[str]:
    return {face for face, opens in who.opens.items() if opens()}


@pytest.mark.parametrize("what", TABLE)
def test_each_state_is_asked_at_every_request(site: Site, what: str) -> None:
    side, change, left, mend, back = TABLE[what]
    who = subject(site, side)
    assert _open(who) == set(who.opens)

    with site.deps.database.write() as db:
        change(by(db, staff(site.acme), site.deps.installation), who)
    assert _open(who) == left & set(who.opens)

    if mend is not None:
        with site.deps.database.write() as db:
            mend(by(db, staff(site.acme), site.deps.installation), who)
        assert _open(who) == back & set(who.opens)


@pytest.mark.parametrize("side", ["provider", "developer"])
def test_another_role_counts_for_a_token_at_once(site: Site, side: str) -> None:
    who = subject(site, side)
    client = site.by_token(side, _another_token(site, who))
    tokens = "{ accessTokens(first: 1) { nodes { name } } }"
    assert "errors" not in client.send(tokens).json()

    with site.deps.database.write() as db:
        root = by(db, staff(site.acme), site.deps.installation)
        update_user(root, who.user_id, {"role": Role.MEMBER.value})

    assert client.codes(tokens) == ["FORBIDDEN"]


def _another_token(site: Site, who: Subject) -> str:
    with site.deps.database.write() as db:
        actor = actor_of_user(db.get_one(User, who.user_id))
        return create_token(by(db, actor, site.deps.installation), TOKEN)[1]

"""What somebody logs in with changes only for who knows the password, in every face."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.actions.accounts.users import PASSWORD_RESET, create_user, issue_link, update_user
from server.actions.provider.tokens import create_token
from server.auth.actors import actor_of_user
from server.domain.accounts.users import OneTimeToken, User, mask_email
from server.domain.permissions import Scope
from server.domain.provider.tokens import AccessToken
from server.graphql.ids import global_id
from tests.kit.make import make_deps, make_provider
from tests.kit.site import Site, open_site
from tests.kit.work import by, proof_of

AUDIENCES = ("developer", "provider")
CHANGES = (
    {"email": "thief@evil.example"},
    {"username": "thief"},
    {"email": "thief@evil.example", "username": "thief", "firstName": "T"},
)
NEW = "another horse of another colour"
TOKEN = {"name": "t", "scopes": list(Scope), "permission": "rw"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    deps = make_deps(tmp_path)
    acme = make_provider(deps)
    with open_site(deps, acme) as opened:
        yield opened
    deps.database.close()


def person(site: Site, audience: str) -> User:
    """Read a side's first admin as he is stored."""
    made = site.acme.admin if audience == "provider" else site.acme.sample.user
    with site.deps.database.read() as db:
        return db.get_one(User, made.id)


def colleague(site: Site, audience: str) -> User:
    """Add somebody to the account or the staff of the first admin."""
    account_id = person(site, audience).account_id
    values = {"username": "jane", "email": "jane@x.example", "password": NEW}
    with site.deps.database.write() as db:
        admin = actor_of_user(db.get_one(User, person(site, audience).id))
        return create_user(by(db, admin), account_id, values)


def token_of(site: Site, user: User) -> str:
    """Make an access token that may all that its user may."""
    with site.deps.database.write() as db:
        actor = actor_of_user(db.get_one(User, user.id))
        return create_token(by(db, actor, site.deps.installation), TOKEN)[1]


Sender = Callable[[User, dict[str, Any]], tuple[bool, str, list[str]]]


def _by_graphql(site: Site, audience: str, *, with_token: bool) -> Sender:
    if with_token:
        client = site.by_token(audience, token_of(site, person(site, audience)))
    else:
        client = site.by_cookie(audience)

    def send(user: User, changes: dict[str, Any]) -> tuple[bool, str, list[str]]:
        given = {"id": global_id("User", user.id), **changes}
        errors = client.do("userUpdate", given)["userErrors"]
        return not errors, errors[0]["code"] if errors else "", errors[0]["field"] if errors else []

    return send


PAGES = {
    "provider": ("/personal", "/personal", "{}"),
    "developer": (
        "/admin/account/personal_details",
        "/admin/account/personal_details",
        "user[{}]",
    ),
}
FORM_NAMES = {
    "email": "email",
    "username": "username",
    "firstName": "first_name",
    "currentPassword": "current_password",
}


def _by_form(site: Site, audience: str) -> Sender:
    browser = site.logged_in(audience)
    path, page, names = PAGES[audience]

    def send(_user: User, changes: dict[str, Any]) -> tuple[bool, str, list[str]]:
        form = {names.format(FORM_NAMES[name]): value for name, value in changes.items()}
        if audience == "developer":
            form["_method"] = "put"
        answer = browser.send(path, {"form_id": "details", **form}, page=page)
        is_needed = answer.status_code == 403 and "password" in answer.text
        return (
            answer.status_code == 303,
            "PASSWORD_NEEDED" if is_needed else str(answer.status_code),
            ["currentPassword"] if is_needed else [],
        )

    return send


FACES: dict[str, Callable[[Site, str], Sender]] = {
    "form": _by_form,
    "graphql with a cookie": lambda site, side: _by_graphql(site, side, with_token=False),
    "graphql with a token": lambda site, side: _by_graphql(site, side, with_token=True),
}


@pytest.mark.parametrize(("audience", "face"), list(product(AUDIENCES, FACES)))
def test_what_one_logs_in_with_takes_the_password(site: Site, audience: str, face: str) -> None:
    send, user = FACES[face](site, audience), person(site, audience)
    password = site.first_admin(audience)[1]

    for changes, wrong in product(CHANGES, ({}, {"currentPassword": ""}, {"currentPassword": "x"})):
        done, code, field = send(user, {**changes, **wrong})
        assert (done, code, field) == (False, "PASSWORD_NEEDED", ["currentPassword"])
    kept = person(site, audience)
    assert (kept.username, kept.email) == (user.username, user.email)

    assert send(user, {"firstName": "Ann"})[0]
    assert send(user, {**CHANGES[0], "currentPassword": password})[0]
    assert person(site, audience).email == CHANGES[0]["email"]


@pytest.mark.parametrize(
    ("audience", "face"), list(product(AUDIENCES, [face for face in FACES if face != "form"]))
)
def test_a_colleagues_takes_ones_own_password(site: Site, audience: str, face: str) -> None:
    jane = colleague(site, audience)
    send, password = FACES[face](site, audience), site.first_admin(audience)[1]

    for changes in CHANGES:
        assert send(jane, changes)[1:] == ("PASSWORD_NEEDED", ["currentPassword"])
        assert send(jane, {**changes, "currentPassword": NEW})[1] == "PASSWORD_NEEDED"
    assert send(jane, {"firstName": "Jo"})[0]
    assert send(jane, {**CHANGES[2], "currentPassword": password})[0]
    if audience == "provider":
        assert send(jane, {"password": NEW})[1:] == ("PASSWORD_NEEDED", ["currentPassword"])
        assert send(jane, {"password": NEW, "currentPassword": password})[0]


def test_guesses_of_ones_own_password_are_counted_in_every_face(site: Site) -> None:
    user = person(site, "developer")
    senders = [make(site, "developer") for make in FACES.values()]  # two log in

    codes = [
        senders[turn % 3](user, {**CHANGES[0], "currentPassword": f"guess {turn}"})[1]
        for turn in range(12)
    ]

    assert codes[:8] == ["PASSWORD_NEEDED"] * 8
    assert set(codes[8:]) <= {"LIMIT_REACHED", "429"}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("current", ["", "wrong"])
def test_a_password_is_not_changed_without_the_old_one(
    site: Site, audience: str, current: str
) -> None:
    browser = site.logged_in(audience)
    if audience == "provider":
        fields = {"current_password": current, "password": NEW, "password_again": NEW}
        answer = browser.send("/personal/password", "password", **fields)
    else:
        form = {
            "_method": "put",
            "user[current_password]": current,
            "user[password]": NEW,
            "user[password_confirmation]": NEW,
        }
        page = "/admin/account/personal_details"
        answer = browser.send(f"{page}/password", form, page=page)

    assert answer.status_code == 403
    assert (
        person(site, audience).password_hash
        == (site.acme.admin if audience == "provider" else site.acme.sample.user).password_hash
    )


def _mail_to_old(site: Site, changes: dict[str, str]) -> tuple[User, list[str]]:
    """Change what john logs in with, and read whom the event names."""
    user = person(site, "developer")
    with site.deps.database.write() as db:
        john = db.get_one(User, user.id)
        issue_link(db, site.deps.installation, john, PASSWORD_RESET)
        actor = actor_of_user(john)
        update_user(by(db, actor, site.deps.installation), john.id, changes, proof_of(john))
        links = db.exec(select(OneTimeToken).where(OneTimeToken.user_id == john.id)).all()
        return user, ["used" if link.used_at else "live" for link in links]


@pytest.mark.parametrize("changes", [{"email": "new@x.example"}, {"username": "newname"}])
def test_links_that_were_mailed_to_the_old_address_are_dead(
    site: Site, changes: dict[str, str]
) -> None:
    _user, links = _mail_to_old(site, changes)

    assert links == ["used"]


def test_a_changed_password_ends_all_that_the_old_one_opened(site: Site) -> None:
    john = person(site, "developer")
    token = token_of(site, john)
    other, browser = site.logged_in("developer"), site.logged_in("developer")
    form = {
        "_method": "put",
        "user[current_password]": site.acme.sample.password,
        "user[password]": NEW,
        "user[password_confirmation]": NEW,
    }
    page = "/admin/account/personal_details"

    assert browser.send(f"{page}/password", form, page=page).status_code == 303

    assert browser.get("/admin").status_code == 200
    assert other.get("/admin").status_code == 303
    assert site.by_token("developer", token).send("{ viewer { id } }").status_code == 401
    with site.deps.database.read() as db:
        assert not db.exec(select(AccessToken).where(AccessToken.user_id == john.id)).all()


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("jo@example.com", "j…@e….com"),
        ("x@y.co.uk", "x…@y….uk"),
        ("root@localhost", "r…@l…"),
    ],
)
def test_a_masked_address_tells_its_owner_only(email: str, masked: str) -> None:
    assert mask_email(email) == masked

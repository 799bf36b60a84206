"""Whatever a form or a program sends besides: no attribute changes that is not its to change.

Each column of the tables, and words that other systems have for them, go with what is good into
each form and operation that makes or changes people, accounts and applications; the rows prove it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from tests.kit.make import make_deps, make_provider
from tests.kit.site import Site, open_site

PASSWORD = "staplers are red"
WORDS = {"admin": "1", "is_admin": "1", "paid": "1", "plan": "2", "provider": "2", "buyer": "0"}
EVIL: Mapping[type, str] = {bool: "", int: "98765", str: "evil-word", dict: '{"a": "evil-word"}'}
EVIL_TIME = "2031-05-05T05:05:05Z"
CHANCE = re.compile(r"_at$|digest|sealed|hash|^id$|^application_id$|^account_id$|hint$|code$")
FOLLOWS = frozenset({"search_text", "beside_text", "sort_name"})  # made of the others


@dataclass(frozen=True)
class Case:
    """One form or operation: what is good for it, where it puts names, what it may change."""

    face: str
    method: str
    path: str
    model: Any  # a table
    good: Mapping[str, str]  # `#` stands for a number that keeps names apart
    places: tuple[str, ...] = ("{}",)
    may: frozenset[str] = field(default_factory=frozenset)
    page: str = ""

    def __str__(self) -> str:
        return f"{self.face} {self.method} {self.path} {self.model.__name__}"

    @property
    def makes(self) -> bool:
        """Return whether each call makes a row."""
        return self.method == "POST"


NAMES = frozenset({"first_name", "last_name", "title", "username", "email"})
SIGNUP = {
    "account[org_name]": "Org #",
    "account[user][username]": "user#",
    "account[user][email]": "user#@example.com",
    "account[user][password]": PASSWORD,
}
FLAT = {"org_name": "Org #", "username": "user#", "email": "user#@x.example", "password": PASSWORD}
OF_ACCOUNT = ("account[{}]", "{}")
OF_USER = ("account[user][{}]", "user[{}]", "{}")
OF_APPLICATION = ("application[{}]", "cinstance[{}]", "{}")
APPLICATION = {"application[name]": "App #", "application[plan_id]": "1"}
# What a provider's program may set; the rest is not for it either.
BY_STAFF = frozenset(
    {
        "org_name",
        "extra_fields",
        "managed_by",
        "billing_address",
        "monthly_billing_enabled",
        "monthly_charging_enabled",
    }
)
OF_AN_APPLICATION = frozenset({"name", "description", "redirect_url"})
CASES = [
    Case("portal", "POST", "/signup", Account, SIGNUP, OF_ACCOUNT, page="/signup"),
    Case("portal", "POST", "/signup", User, SIGNUP, OF_USER, NAMES, page="/signup"),
    Case("developer", "PUT", "/admin/account", Account, {"account[org_name]": "Org"}, OF_ACCOUNT),
    Case(
        "developer",
        "PUT",
        "/admin/account/personal_details",
        User,
        {"user[first_name]": "Jo"},
        OF_USER,
        NAMES,
    ),
    Case(
        "developer",
        "POST",
        "/admin/applications",
        Application,
        APPLICATION,
        OF_APPLICATION,
        OF_AN_APPLICATION,
    ),
    Case(
        "developer",
        "PUT",
        "/admin/applications/1",
        Application,
        {"application[name]": "App"},
        OF_APPLICATION,
        OF_AN_APPLICATION,
    ),
    Case("rest", "POST", "/signup.json", Account, FLAT, OF_ACCOUNT, BY_STAFF),
    Case("rest", "POST", "/signup.json", User, FLAT, OF_USER, NAMES),
    Case("rest", "PUT", "/accounts/1.json", Account, {"org_name": "Org"}, OF_ACCOUNT, BY_STAFF),
    Case("rest", "PUT", "/accounts/1/users/2.json", User, {"first_name": "Jo"}, OF_USER, NAMES),
    Case(
        "rest",
        "POST",
        "/accounts/1/applications.json",
        Application,
        {"name": "App #", "description": "x", "plan_id": "1"},
        OF_APPLICATION,
        OF_AN_APPLICATION,
    ),
    Case(
        "rest",
        "PUT",
        "/accounts/1/applications/1.json",
        Application,
        {"name": "App"},
        OF_APPLICATION,
        OF_AN_APPLICATION,
    ),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    deps = make_deps(tmp_path)
    with open_site(deps, make_provider(deps)) as opened:
        yield opened
    deps.database.close()


def sender(site: Site, case: Case) -> Any:
    """Make what sends fields."""
    if case.face == "rest":
        client = site.client(authorization=f"Bearer {site.acme.access_token}")
        return lambda fields: client.request(case.method, f"/admin/api{case.path}", data=fields)
    browser = site.browser("developer") if case.face == "portal" else site.logged_in("developer")
    page = case.page or "/admin/account/edit"
    verb = {} if case.makes else {"_method": "put"}
    return lambda fields: browser.send(case.path, {**verb, **fields}, page=page)


def row_of(site: Site, case: Case) -> dict[str, Any]:
    """Read the newest row, or the one that is changed: the developer's own."""
    query: Any = select(case.model)
    if case.makes:
        query = query.order_by(case.model.id.desc())
    elif case.model is User:
        query = query.where(User.username == "john")
    with site.deps.database.read() as db:
        return dict(db.exec(query).first().model_dump())


def evils(case: Case) -> Iterator[tuple[str, str]]:
    """List attributes with values that are not theirs to have."""
    for column in case.model.__table__.columns:
        kind = column.type.python_type
        if kind is bool:
            yield from ((column.name, value) for value in ("1", "0"))
        else:
            yield column.name, EVIL.get(kind, EVIL_TIME)
    yield from (("state", value) for value in ("active", "approved", "live", "suspended"))
    yield from (("role", value) for value in ("admin", "member"))
    yield from WORDS.items()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_sent_besides_changes_nothing(site: Site, case: Case) -> None:
    send, numbers, given = sender(site, case), count(), {*re.findall(r"\w+", str(case.good))}

    def sent(extra: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        number = str(next(numbers))
        good = {name: value.replace("#", number) for name, value in case.good.items()}
        status = send({**extra, **good}).status_code
        row = row_of(site, case)
        own = {n: v for n, v in row.items() if n not in FOLLOWS}
        kept = {n: v for n, v in own.items() if not CHANCE.search(n) and n not in given}
        assert "evil-word" not in str({n: v for n, v in row.items() if n not in case.may})
        return status, {n: v for n, v in kept.items() if n not in case.may}

    status, right = sent({})
    assert status in {200, 201, 303}
    wrong = []
    for name, value in evils(case):
        if name in given or name in case.may:
            continue
        status, row = sent({place.format(name): value for place in case.places})
        if status >= 500 or row != right:
            differs = {n: (right[n], row[n]) for n in right if right[n] != row[n]}
            wrong.append((name, value, status, differs))
    assert wrong == []

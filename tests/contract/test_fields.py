"""A field of each kind in every face: who sees it, who fills it in, and how it is refused."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlmodel import Session, col, select

from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.render_data import RenderData
from server.actions.accounts.accounts import update_account
from server.actions.accounts.lists import AccountFilter, narrowed_accounts
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import update_user
from server.actions.applications.applications import update_application
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventRecord
from server.domain.provider.field_definitions import FieldTarget
from server.rest.shapes import PREFIX
from tests.cms.browser import signup_form
from tests.kit.field_faces import ACCOUNT, APPLICATION, FACES, USER, FieldFace, reaches
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.site import Site, open_site
from tests.kit.work import by

KINDS: Mapping[str, Mapping[str, Any]] = {
    "open": {},
    "needed": {"required": True},
    "secret": {"hidden": True},
    "told": {"read_only": True},
    "chosen": {"choices": ["red", "blue"]},
}
TABLES: Mapping[FieldTarget, type[Any]] = {ACCOUNT: Account, USER: User, APPLICATION: Application}
PASSWORD = "six green apples fell down"


def name_of(target: FieldTarget, kind: str) -> str:
    """Name the field of a kind."""
    return f"{target.value}_{kind}"


def value_of(target: FieldTarget, kind: str) -> str:
    """Tell what stands in it."""
    return "red" if kind == "chosen" else f"{target.value} says {kind}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Run all faces, with a field of each kind on everything, and a value in each."""
    deps = make_deps(tmp_path)
    acme = make_provider(deps)
    with deps.database.write() as db:
        work, sample = by(db, staff(acme)), acme.sample
        for target, (kind, flags) in product(FieldTarget, KINDS.items()):
            given = {"target": target.value, "name": name_of(target, kind), "label": f"A {kind}"}
            FIELD_DEFINITIONS.create(work, {**given, **flags})
        extra = {
            target: {"extra_fields": {name_of(target, k): value_of(target, k) for k in KINDS}}
            for target in FieldTarget
        }
        update_account(work, sample.user.account_id or 0, extra[ACCOUNT])
        update_user(work, sample.user.id, extra[USER])
        update_application(work, sample.application.id, extra[APPLICATION])
    with open_site(deps, acme) as site:
        yield site
    deps.database.close()


def stored(site: Site, target: FieldTarget) -> dict[str, Any]:
    """Read the values of the sample's object."""
    sample = site.acme.sample
    ids = {ACCOUNT: sample.user.account_id, USER: sample.user.id}
    with site.deps.database.read() as db:
        row = db.get_one(TABLES[target], ids.get(target, sample.application.id))
        return dict(row.extra_fields)


@pytest.mark.parametrize(("face", "target"), list(product(FACES, FieldTarget)))
def test_staff_see_every_field_and_developers_all_but_hidden_ones(
    site: Site, face: type[FieldFace], target: FieldTarget
) -> None:
    if not reaches(face, target, to_write=False):
        return
    text = face(site).read(target)

    for kind in KINDS:
        is_shown = face.is_staff or kind != "secret"
        assert (value_of(target, kind) in text) is is_shown, kind
    if not face.is_staff:
        assert name_of(target, "secret") not in text


# What comes of writing: (kind, value) -> whether developers may, whether staff may.
WRITTEN: Mapping[tuple[str, str], tuple[bool, bool]] = {
    ("open", "new"): (True, True),
    ("open", ""): (True, True),
    ("open", "x" * 256): (False, False),
    ("needed", "new"): (True, True),
    ("needed", ""): (False, True),
    ("secret", "new"): (False, True),
    ("told", "new"): (False, True),
    ("chosen", "blue"): (True, True),
    ("chosen", "green"): (False, False),
    ("chosen", ""): (True, True),
}


@pytest.mark.parametrize(("face", "target"), list(product(FACES, FieldTarget)))
def test_each_face_takes_and_refuses_the_same_values(
    site: Site, face: type[FieldFace], target: FieldTarget
) -> None:
    if not reaches(face, target, to_write=True):
        return
    opened = face(site)
    for (kind, value), allowed in WRITTEN.items():
        name, before = name_of(target, kind), stored(site, target)

        told = opened.write(target, name, value)

        after = stored(site, target)
        if allowed[face.is_staff]:
            assert told.done, (kind, value, told)
            assert after == {k: v for k, v in {**before, name: value}.items() if v}
        else:
            assert after == before, (kind, value)
            is_stripped = told.done and kind in {"secret", "told"}  # a form's input of no field
            assert is_stripped or told.blames == (name,), (kind, value, told)


@pytest.mark.parametrize("face", [face for face in FACES if not face.is_staff])
def test_a_field_of_nobodys_is_no_field(site: Site, face: type[FieldFace]) -> None:
    before = stored(site, ACCOUNT)

    told = face(site).write(ACCOUNT, "nonsense", "x")

    assert stored(site, ACCOUNT) == before
    assert told.done or told.blames == ("nonsense",)


def test_drops_show_what_developers_see_and_nothing_hidden(site: Site) -> None:
    sample = site.acme.sample
    with site.deps.database.read() as db:
        data = RenderData(db, site.deps.installation, site.acme.provider, sample.user.account_id)
        account = AccountDrop(db.get_one(Account, sample.user.account_id), data)
        user = UserDrop(db.get_one(User, sample.user.id), data)
        application = ApplicationDrop(db.get_one(Application, sample.application.id), data)
        shown: Any = {ACCOUNT: account, USER: user, APPLICATION: application}

        for target, drop in shown.items():
            names = [str(each["name"]) for each in drop["extra_fields"]]
            assert names == [name_of(target, kind) for kind in KINDS if kind != "secret"]
            needed = drop["fields"][name_of(target, "needed")]
            assert (needed["required"], needed["read_only"]) == (True, False)
            assert needed["input_name"] == f"{target.value}[{target.value}_needed]"
            assert drop["fields"][name_of(target, "told")]["read_only"] is True
            chosen = drop["fields"][name_of(target, "chosen")]
            assert [each["id"] for each in chosen["choices"]] == ["red", "blue"]
            assert str(chosen) == chosen["value"] == "red"
        assert "account says secret" not in str(account["fields_plain_text"])
        assert "A open: account says open" in str(account["fields_plain_text"])


NEW = {
    "org_name": "Initech",
    "username": "peter",
    "email": "peter@initech.example",
    "password": PASSWORD,
}
FILLED = {"account_needed": "yes", "user_needed": "too", "account_chosen": "blue"}


def _rest_signup(site: Site, fields: Mapping[str, str]) -> str:
    client = site.client(authorization=f"Bearer {site.acme.access_token}")
    answer = client.post(f"{PREFIX}/signup.xml", data={**NEW, **fields})
    return "" if answer.status_code == 201 else answer.text


def _graphql_signup(site: Site, fields: Mapping[str, str], mutation: str, side: str) -> str:
    def of(target: str) -> list[dict[str, str]]:
        return [{"name": n, "value": v} for n, v in fields.items() if n.startswith(target)]

    if side == "provider":
        client = site.by_cookie("provider")
    else:
        client = site.by_token("developer", "")
        del client.http.headers["authorization"]
    names = {"org_name": "orgName"}
    given: dict[str, Any] = {names.get(name, name): value for name, value in NEW.items()}
    given |= {"extraFields": of("account"), "userExtraFields": of("user")}
    errors = client.do(f"{mutation}: SignupInput", given)["userErrors"]
    return str(errors) if errors else ""


def _form_signup(site: Site, fields: Mapping[str, str]) -> str:
    form = signup_form(
        "peter",
        **{
            f"account[{n}]" if n.startswith("account") else f"account[user][{n}]": v
            for n, v in fields.items()
        },
    )
    answer = site.browser("developer").send("/signup", form, page="/signup")
    return "" if answer.status_code == 303 else answer.text


def _staff_signup(site: Site, fields: Mapping[str, str]) -> str:
    browser = site.logged_in("provider")
    answer = browser.send(
        "/accounts", {"form_id": "account", **NEW, **fields}, page="/accounts/new"
    )
    return "" if answer.status_code == 303 else answer.text


SIGNUPS = {
    "rest": _rest_signup,
    "graphql express": lambda s, f: _graphql_signup(s, f, "signupExpress", "provider"),
    "graphql staff": lambda s, f: _graphql_signup(s, f, "accountCreate", "provider"),
    "graphql developer": lambda s, f: _graphql_signup(s, f, "signup", "developer"),
    "form": _form_signup,
    "staff": _staff_signup,
}


@pytest.mark.parametrize("how", SIGNUPS)
def test_every_signup_asks_for_the_required_fields_and_keeps_them(site: Site, how: str) -> None:
    try_it = SIGNUPS[how]

    refused = try_it(site, {})
    of_no_choice = try_it(site, {**FILLED, "account_chosen": "green"})
    done = try_it(site, FILLED)

    for name in ("account_needed", "user_needed"):
        words = (name, name.replace("_", "-"), name.replace("_", " ").capitalize())
        assert any(word in refused for word in words), refused
    assert "red, blue" in of_no_choice
    assert done == ""
    with site.deps.database.read() as db:
        user = db.exec(select(User).where(User.username == "peter")).one()
        account = db.get_one(Account, user.account_id)
    assert account.extra_fields == {"account_needed": "yes", "account_chosen": "blue"}
    assert user.extra_fields == {"user_needed": "too"}


def test_the_audit_log_tells_each_field_before_and_after(site: Site) -> None:
    sample = site.acme.sample
    with site.deps.database.write() as db:
        changes = {"extra_fields": {"account_open": "", "account_chosen": "blue"}}
        update_account(by(db, staff(site.acme)), sample.user.account_id or 0, changes)

    with site.deps.database.read() as db:
        query = select(EventRecord).where(EventRecord.kind == "account.updated")
        event = db.exec(query.order_by(col(EventRecord.id).desc())).first()
    assert event is not None
    assert event.payload == {
        "account_open": ["account says open", ""],
        "account_chosen": ["red", "blue"],
    }


def _found(db: Session, site: Site, **narrowed: Any) -> list[str]:
    work = by(db, staff(site.acme))
    query = narrowed_accounts(work, AccountFilter(**narrowed)).query
    return sorted(row.org_name for row in db.exec(query))


def test_accounts_are_found_by_what_their_fields_say(site: Site) -> None:
    other = NewSignup(
        org_name="Initech",
        username="peter",
        email="peter@initech.example",
        fields={"account_needed": "yes", "account_chosen": "blue"},
        user_fields={"user_needed": "too"},
    )
    with site.deps.database.write() as db:
        known = _found(db, site)
        sign_up(by(db, staff(site.acme)), other, "provider")
    with site.deps.database.read() as db:
        by_value = _found(db, site, search="SAYS secret")
        by_name = _found(db, site, search="account_secret")
        chosen = _found(db, site, fields={"account_chosen": "red"})
        others = _found(db, site, fields={"account_chosen": "blue"})

    assert by_value == chosen == known
    assert (by_name, others) == ([], ["Initech"])


def test_what_a_provider_types_is_shown_as_it_is_everywhere(site: Site) -> None:
    evil = "<script>alert(1)</script>{{ 7 | times: 7 }}"
    given = {"target": "account", "name": "evil", "label": evil, "hint": evil, "choices": [evil]}
    with site.deps.database.write() as db:
        work = by(db, staff(site.acme))
        FIELD_DEFINITIONS.create(work, given)
        values = {"extra_fields": {"evil": evil}}
        update_account(work, site.acme.sample.user.account_id or 0, values)

    pages = [
        site.browser("developer").page("/signup"),
        site.logged_in("developer").page("/admin/account"),
        site.logged_in("developer").page("/admin/account/edit"),
        site.logged_in("provider").page("/field_definitions"),
        site.logged_in("provider").page("/accounts"),
        site.logged_in("provider").page("/accounts/1"),
    ]

    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 | times: 7 }}" in page


def test_built_in_fields_have_elements_of_their_own(site: Site) -> None:
    with site.deps.database.write() as db:
        work = by(db, staff(site.acme))
        for name in ("country", "vat_rate", "city"):
            given = {"target": "account", "name": name, "label": name}
            FIELD_DEFINITIONS.create(work, given)
    client = site.client(authorization=f"Bearer {site.acme.access_token}")
    path = f"{PREFIX}/accounts/{site.acme.sample.user.account_id}"

    wrong = client.put(f"{path}.json", json={"country": "Atlantis", "vat_rate": "much"})
    xml = client.put(f"{path}.xml", data={"country": "spain", "vat_rate": "21", "city": "Ávila"})
    json = client.get(f"{path}.json").json()["account"]

    assert set(wrong.json()["errors"]) == {"country", "vat_rate"}
    tree = etree.fromstring(xml.content)
    told = {name: tree.findtext(name) for name in ("country", "vat_rate", "city")}
    assert told == {"country": "Spain", "vat_rate": "21", "city": "Ávila"}
    assert {name: json[name] for name in told} == told
    assert tree.findtext("extra_fields/account_open") == "account says open"


def test_a_deleted_field_is_out_of_sight_and_comes_back(site: Site) -> None:
    rest = next(face for face in FACES if face.__name__ == "RestJSON")(site)
    given = {"target": "account", "name": "account_open", "label": "A open"}
    with site.deps.database.write() as db:
        work = by(db, staff(site.acme))
        rows = db.exec(FIELD_DEFINITIONS.query(staff(site.acme))).all()
        row = next(row for row in rows if row.name == "account_open")
        FIELD_DEFINITIONS.delete(work, row.id)
    gone = rest.read(ACCOUNT)
    with site.deps.database.write() as db:
        FIELD_DEFINITIONS.create(by(db, staff(site.acme)), given)
    back = rest.read(ACCOUNT)

    assert "account says open" not in gone
    assert "account says open" in back

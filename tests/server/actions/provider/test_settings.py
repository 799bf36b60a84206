"""Settings: switches of one provider; approval lives on the account plan."""

import pytest
from sqlmodel import Session, select

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.plans.plans import ACCOUNT_PLANS, PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import (
    APPROVAL,
    CURRENCY,
    approval_required,
    currency_of,
    details_of,
    get_settings,
    update_settings,
)
from server.auth.actors import actor_of_user
from server.domain.drafts import attributes_of
from server.domain.errors import Conflict, Forbidden, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.domain.provider.settings import WITHDRAWN, SettingDraft
from tests.kit.make import staff
from tests.kit.settings_world import STAFF_LOGIN
from tests.kit.work import by
from tests.server.actions.conftest import event_is, kinds, refused, without

FLAGS = [
    each.name for each in attributes_of(SettingDraft) if each.type is bool and each.name != APPROVAL
]


def test_each_switch_turns_and_only_here(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    actor, here = staff(acme), acme.provider.id
    AUTHENTICATION_PROVIDERS.create(by(db, actor), STAFF_LOGIN)  # enforce_sso needs one
    elsewhere = get_settings(by(db, staff(globex))).model_dump(exclude={"updated_at"})

    for flag in FLAGS:
        before = getattr(get_settings(by(db, actor)), flag)
        assert getattr(update_settings(by(db, actor), {flag: not before}), flag) is not before
        event_is(db, EventKind.SETTING_UPDATED, here, {flag: [before, not before]})
        for bad in (None, "perhaps", 1):
            refused(by(db, actor), Invalid, update_settings, {flag: bad}, field=flag)
    assert get_settings(by(db, staff(globex))).model_dump(exclude={"updated_at"}) == elsewhere
    said = len(kinds(db))
    update_settings(by(db, actor), {"signups_enabled": False})
    assert len(kinds(db)) == said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://app.example.com", "https://app.example.com"),
        (
            " HTTPS://App.Example.com:443/\r\nhttp://b.example:81 ",
            "https://app.example.com\nhttp://b.example:81",
        ),
        ("http://a.example\nhttp://A.example:80\n*", "http://a.example\n*"),
        ("http://b\u00fccher.example", "http://xn--bcher-kva.example"),
        ("http://localhost:3000 http://[::1]:3000", "http://localhost:3000\nhttp://[::1]:3000"),
        *(
            (bad, None)
            for bad in (
                *(
                    "app.example.com",
                    "null",
                    "https://*.example.com",
                    "ftp://a.example",
                    "ws://a.example",
                ),
                *(
                    "https://a.example/path",
                    "https://a.example?x",
                    "https://a.example?",
                    "https://jo@a.example",
                ),
                *(
                    "https://",
                    "https://a.example:99999",
                    "https://a.example#x",
                    "**",
                    "http://a\u200b.example",
                ),
                "\n".join(f"http://a{number}.example" for number in range(51)),
            )
        ),
    ],
)
def test_origins_are_kept_in_one_spelling(
    acme: NewProvider, db: Session, given: str, kept: str | None
) -> None:
    work, changes = by(db, staff(acme)), {"allowed_origins": given}

    if kept is None:
        refused(work, Invalid, update_settings, changes, field="allowed_origins")
    else:
        assert update_settings(work, changes).allowed_origins == kept


def test_a_form_and_json_set_switches_alike(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))

    typed = update_settings(work, {"multiple_applications": "yes", "signups_enabled": "no"})

    assert typed.multiple_applications is True
    assert typed.signups_enabled is False


def test_approval_is_kept_on_the_only_account_plan(acme: NewProvider, db: Session) -> None:
    actor, here = staff(acme), acme.provider.id

    update_settings(by(db, actor), {APPROVAL: True})
    event_is(db, EventKind.SETTING_UPDATED, here, {APPROVAL: [False, True]})
    db.flush()
    assert approval_required(db, here)
    said = len(kinds(db))
    update_settings(by(db, actor), {APPROVAL: True})
    assert len(kinds(db)) == said
    refused(by(db, actor), Invalid, update_settings, {APPROVAL: None}, field=APPROVAL)
    create_plan(by(db, actor), ACCOUNT_PLANS, {"name": "Gold"})

    refused(by(db, actor), Conflict, update_settings, {APPROVAL: False}, field=APPROVAL)
    update_settings(by(db, actor), {APPROVAL: True})  # as it is
    plan = db.exec(
        select(AccountPlan).where(AccountPlan.provider_id == here, AccountPlan.is_default)
    ).one()
    assert plan.approval_required


def test_settings_have_their_permission(acme: NewProvider, db: Session) -> None:
    lesser, john = without(acme, Permission.SETTINGS_EDIT), actor_of_user(acme.sample.user)

    refused(by(db, lesser), Forbidden, update_settings, {"signups_enabled": False})
    refused(by(db, john), NotFound, update_settings, {"signups_enabled": False})
    for field in ("provider_id", "updated_at", "nothing", *WITHDRAWN):
        refused(by(db, staff(acme)), Invalid, update_settings, {field: 1}, field=field)
    assert get_settings(by(db, lesser)).signups_enabled
    with pytest.raises(Forbidden):
        get_settings(by(db, without(acme, Permission.SETTINGS_READ)))


def test_a_currency_is_chosen_when_it_can_pay_all_prices(acme: NewProvider, db: Session) -> None:
    work = by(db, staff(acme))

    update_settings(work, {CURRENCY: "eur"})
    event_is(db, EventKind.SETTING_UPDATED, acme.provider.id, {CURRENCY: ["USD", "EUR"]})
    said = len(kinds(db))
    update_settings(work, {CURRENCY: "EUR"})
    assert len(kinds(db)) == said
    for wrong in ("", "EURO", "XXX"):
        refused(work, Invalid, update_settings, {CURRENCY: wrong}, field=CURRENCY)
    for kind in PLANS.values():
        home = acme.sample.service.id if kind.parent else None
        plan = create_plan(work, kind, {"name": "Odd", "setup_fee": "0.50"}, home)
        refused(work, Conflict, update_settings, {CURRENCY: "JPY"}, field=CURRENCY)
        kind.update(work, plan.id, {"setup_fee": "1"})

    update_settings(work, {CURRENCY: "JPY"})

    assert currency_of(work) == "JPY"


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("name", " Acme & Söhne ", "Acme & Söhne"),
        ("from_email", "Portal@Acme.example", "portal@acme.example"),
        ("from_email", "", ""),
        ("support_email", "help@acme.example", "help@acme.example"),
        ("timezone", "Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_who_the_provider_is_can_be_changed(
    name: str, value: str, stored: str, acme: NewProvider, db: Session
) -> None:
    work, before = by(db, staff(acme)), getattr(acme.provider, name)

    update_settings(work, {name: value})

    assert details_of(work)[name] == stored
    event_is(db, EventKind.SETTING_UPDATED, acme.provider.id, {name: [before, stored]})
    said = len(kinds(db))
    update_settings(work, {name: value})
    assert len(kinds(db)) == said


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("name", ""),
        ("name", "\u3164"),
        ("name", "a\nb"),
        ("from_email", "nobody"),
        ("support_email", "a b@x.example"),
        ("timezone", ""),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../UTC"),
    ],
)
def test_who_the_provider_is_keeps_to_rules(
    name: str, wrong: str, acme: NewProvider, db: Session
) -> None:
    refused(by(db, staff(acme)), Invalid, update_settings, {name: wrong}, field=name)

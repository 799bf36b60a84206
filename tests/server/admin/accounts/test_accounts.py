"""Accounts in the admin portal."""

import pytest
from sqlmodel import Session, col, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from tests.kit.browser import Browser

PASSWORD = "quite a long password"
NEW = {"org_name": "Initech", "username": "peter", "email": "peter@initech.example"}


def newest(db: Session) -> Account:
    return db.exec(select(Account).order_by(col(Account.id).desc()).limit(1)).one()


@pytest.fixture
def account_id(acme: NewProvider) -> int:
    return acme.sample.application.account_id


def test_a_provider_signs_a_developer_up(deps: Dependencies, admin: Browser) -> None:
    with deps.database.read() as db:
        plan = db.exec(select(ApplicationPlan).where(ApplicationPlan.name == "Unlimited")).one()

    shown = admin.done(
        "/accounts", **NEW, password=PASSWORD, application_plan_id=str(plan.id), first_name="P"
    )

    assert "<h1>Initech</h1>" in shown
    assert "Initech is created." in shown
    assert "approved" in shown
    assert "Unlimited" in shown
    assert "Initech&#39;s App" in shown


def test_a_refused_signup_keeps_what_was_typed_and_names_the_field(admin: Browser) -> None:
    response = admin.send("/accounts", "account", **{**NEW, "email": "nowhere"}, password="short")

    assert response.status_code == 422
    assert 'value="Initech"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert "account-email-error" in response.text
    assert "Mail address must be a mail address" in response.text
    assert "short" not in response.text


def test_a_taken_name_leaves_nothing_half_done(deps: Dependencies, admin: Browser) -> None:
    response = admin.send("/accounts", "account", **{**NEW, "username": "john"})

    assert response.status_code == 409
    assert "Has already been taken." in response.text
    with deps.database.read() as db:
        assert newest(db).org_name == "Developer"


def test_accounts_are_found_by_name_user_and_state(admin: Browser) -> None:
    admin.done("/accounts", **NEW)

    assert "Initech" in admin.page("/accounts?search=peter%40initech")
    assert "Developer<" not in admin.page("/accounts?search=initech")
    assert "Initech" in admin.page("/accounts?state=created")
    assert "No account fits" in admin.page("/accounts?state=suspended")


def test_an_account_goes_through_its_states(account_id: int, admin: Browser) -> None:
    suspended = admin.done(f"/accounts/{account_id}/suspend")
    resumed = admin.done(f"/accounts/{account_id}/resume")
    rejected = admin.done(f"/accounts/{account_id}/reject")
    approved = admin.done(f"/accounts/{account_id}/approve")

    assert 'badge bad">suspended' in suspended
    assert 'badge good">approved' in resumed
    assert 'badge bad">rejected' in rejected
    assert 'badge good">approved' in approved


def test_a_step_that_the_state_does_not_know_is_refused(account_id: int, admin: Browser) -> None:
    response = admin.send(f"/accounts/{account_id}/approve")

    assert response.status_code == 409
    assert "Can&#39;t approve while it is approved." in response.text
    assert admin.send(f"/accounts/{account_id}/explode").status_code == 404


def test_an_account_is_renamed(account_id: int, admin: Browser) -> None:
    assert "<h1>New name</h1>" in admin.done(f"/accounts/{account_id}", org_name="New name")
    refused = admin.send(f"/accounts/{account_id}", "account", org_name=" ")
    assert "Can&#39;t be blank." in refused.text


def test_an_account_moves_to_another_plan(
    account_id: int, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        plan = AccountPlan(provider_id=acme.provider.id, name="Gold", system_name="gold")
        db.add(plan)

    shown = admin.done(f"/accounts/{account_id}/plan", plan_id=str(plan.id))

    assert "<dd>Gold</dd>" in shown
    assert admin.send(f"/accounts/{account_id}/plan", plan_id="x").status_code == 422


def test_a_user_is_activated_suspended_let_in_again_and_given_a_role(
    deps: Dependencies, admin: Browser
) -> None:
    admin.done("/accounts", **NEW)
    with deps.database.read() as db:
        user = db.exec(select(User).where(User.username == "peter")).one()
    path = f"/accounts/{user.account_id}/users/{user.id}"

    assert "peter may log in now." in admin.done(f"{path}/activate")
    assert "peter is locked out." in admin.done(f"{path}/suspend")
    assert "peter may log in again." in admin.done(f"{path}/unsuspend")
    assert admin.send(f"{path}/make_member").status_code == 409  # the last admin stays one
    second = {"username": "ann", "email": "ann@x.example", "role": "admin"}
    admin.done(f"/accounts/{user.account_id}/users", **second, password="correct horse battery")
    assert "peter is a member of the account now." in admin.done(f"{path}/make_member")
    assert "peter is an admin of the account now." in admin.done(f"{path}/make_admin")
    assert admin.send(f"/accounts/1/users/{user.id}/suspend").status_code == 404

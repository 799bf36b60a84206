"""A provider's switches."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from server.actions.accounts.authentication_providers import has_staff_login
from server.actions.portal.legal import put_terms
from server.actions.rows import hold, hold_provider, hold_to_delete
from server.actions.work import Work
from server.domain.drafts import changes_model, parse
from server.domain.errors import Conflict
from server.domain.events import HIDDEN, Event, EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.portal.legal import TermsKind
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting, SettingDraft
from server.kit.money import Money

CHANGES = changes_model(SettingDraft)
PLAN_KINDS: tuple[type[Plan], ...] = (AccountPlan, ServicePlan, ApplicationPlan)
APPROVAL = "account_approval_required"
CURRENCY = "currency"
SSO = "enforce_sso"
NO_SSO = "needs a login for the staff that is published: add one under Logins first."
ACCESS_CODE = "site_access_code"  # opens the portal: no log tells it
DETAILS = (
    "name",
    "from_email",
    "support_email",
    "finance_support_email",
    "reply_to_email",
    "timezone",
)  # columns of the provider


def get_settings(work: Work) -> Setting:
    work.actor.require(Permission.SETTINGS_READ)
    return work.db.get_one(Setting, work.actor.provider_id)


def approval_required(db: Session, provider_id: int) -> bool:
    """Return whether new accounts wait for approval: what the default account plan says."""
    plan = _find_default_plan(db, provider_id)
    return plan is not None and plan.approval_required


def update_settings(work: Work, changes: Mapping[str, Any]) -> Setting:
    """Change switches; `account_approval_required`, `currency` and `DETAILS` are among them.

    Raises: Invalid; Conflict when approval can't be set here because there are several plans, or
    when there are prices that the currency can't pay.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    settings = hold(work.db, work.db.get_one(Setting, work.actor.provider_id))
    wanted = parse(CHANGES, changes).given()
    changed: dict[str, Any] = {}
    if APPROVAL in wanted:
        changed |= _set_approval(work, wanted.pop(APPROVAL))
    if CURRENCY in wanted:
        changed |= _set_currency(work, wanted.pop(CURRENCY))
    changed |= _set_details(work, {name: wanted.pop(name) for name in DETAILS if name in wanted})
    legal = [kind.value for kind in TermsKind if kind.value in wanted]
    if legal:
        hold_provider(work)  # versions are counted
        changed |= put_terms(work, {name: wanted.pop(name) for name in legal})
    if wanted.get(SSO) and not has_staff_login(work.db, work.actor.provider_id):
        raise Conflict(NO_SSO, field=SSO)
    for name, value in wanted.items():
        before = getattr(settings, name)
        if before != value:
            setattr(settings, name, value)
            changed[name] = [HIDDEN, HIDDEN] if name == ACCESS_CODE else [before, value]
    if changed:
        work.record(Event(EventKind.SETTING_UPDATED, work.actor.provider_id, changes=changed))
    return settings


def currency_of(work: Work) -> str:
    """Return what the provider's prices are in."""
    work.actor.require(Permission.SETTINGS_READ)
    return work.db.get_one(Provider, work.actor.provider_id).currency


def details_of(work: Work) -> dict[str, str]:
    """Return what the provider is called, where it writes from, and its time zone."""
    work.actor.require(Permission.SETTINGS_READ)
    provider = work.db.get_one(Provider, work.actor.provider_id)
    return {name: getattr(provider, name) for name in DETAILS}


def _set_details(work: Work, wanted: Mapping[str, Any]) -> dict[str, Any]:
    if not wanted:
        return {}
    provider = hold_provider(work)
    changed = {
        name: [getattr(provider, name), value]
        for name, value in wanted.items()
        if getattr(provider, name) != value
    }
    for name, (_, value) in changed.items():
        setattr(provider, name, value)
    return changed


def _set_currency(work: Work, currency: str) -> dict[str, Any]:
    provider = work.db.get_one(Provider, work.actor.provider_id)
    if provider.currency == currency:
        return {}
    before = hold_to_delete(work.db, provider).currency  # who sets a price relies on it
    for kind in PLAN_KINDS:
        for plan in work.db.exec(select(kind).where(kind.provider_id == provider.id)):
            if not all(Money(amount, currency).is_payable for amount in plan.prices):
                raise Conflict(f"can't pay the prices of the plan {plan.name}.", field=CURRENCY)
    provider.currency = currency
    return {CURRENCY: [before, currency]}


def _set_approval(work: Work, required: bool) -> dict[str, Any]:
    if approval_required(work.db, work.actor.provider_id) is required:
        return {}
    plans = select(AccountPlan).where(AccountPlan.provider_id == work.actor.provider_id)
    if len(work.db.exec(plans.limit(2)).all()) > 1:
        raise Conflict("is set on each account plan, since there are several.", field=APPROVAL)
    plan = _find_default_plan(work.db, work.actor.provider_id)
    if plan is None:
        raise Conflict("needs a default account plan.", field=APPROVAL)
    hold(work.db, plan).approval_required = required
    return {APPROVAL: [not required, required]}


def _find_default_plan(db: Session, provider_id: int) -> AccountPlan | None:
    plans = select(AccountPlan).where(AccountPlan.provider_id == provider_id)
    order = (col(AccountPlan.is_default).desc(), col(AccountPlan.id))
    return db.exec(plans.order_by(*order)).first()

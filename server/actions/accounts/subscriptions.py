"""Subscriptions of accounts to APIs: subscribe, approve, suspend, change the plan, unsubscribe.

Source: reference-portal 1.4, 4.1 and 6, "Contract rules".
"""

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.applications import accept_application, refuse_second_service
from server.actions.plans.changes import OF_SUBSCRIPTIONS, get_wish, may_change_at_once
from server.actions.portal.legal import require_terms
from server.actions.rows import (
    get_owned,
    hold,
    hold_to_delete,
    rely_on,
    save,
    tell,
    within_services,
)
from server.actions.services.lookup import rely_on_service
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Forbidden, InUse, NotFound, PlanMismatch, counted
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.plans.trials import trial_on
from server.domain.portal.legal import TermsKind
from server.domain.provider.settings import Setting
from server.domain.states import CONTRACT, move
from server.kit.paging import Listing

LISTING = Listing("service_contracts", ServiceContract)


def contracts_query(actor: Actor) -> SelectOfScalar[ServiceContract]:
    """Select the provider's subscriptions; for a developer, those of his account."""
    query = select(ServiceContract).where(ServiceContract.provider_id == actor.provider_id)
    if actor.is_developer:
        actor.require(Permission.APPLICATIONS_READ, account_id=actor.account_id)
        return query.where(ServiceContract.account_id == actor.account_id)
    actor.require(Permission.APPLICATIONS_READ)
    return query.where(*within_services(actor, ServiceContract))


def get_contract(work: Work, contract_id: int | None) -> ServiceContract:
    """Find a subscription within the actor's reach. Raises: NotFound."""
    contract = get_owned(work, ServiceContract, contract_id)
    work.actor.require(Permission.APPLICATIONS_READ, account_id=contract.account_id)
    return contract


def subscribe(work: Work, account_id: int, plan_id: int) -> ServiceContract:
    """Subscribe an account to an API on a service plan; it waits where the plan wants approval.

    Raises: NotFound, Forbidden, PlanMismatch, Conflict when it is subscribed already, or may not
    be to a second API.
    """
    account = get_owned(work, Account, account_id)
    work.actor.require(Permission.APPLICATIONS_EDIT, account_id=account.id)
    service = rely_on_service(work, get_owned(work, ServicePlan, plan_id).service_id)
    plan = rely_on(work.db, get_owned(work, ServicePlan, plan_id))
    hold(work.db, account)
    settings = work.db.get_one(Setting, account.provider_id)
    if work.actor.is_developer:
        _check_developer(work, account)
        if service.state != "published" or not (plan.state == "published" or plan.is_default):
            raise PlanMismatch("must be a published plan.", field="plan_id")
    standing = select(ServiceContract.id).where(
        ServiceContract.account_id == account.id, ServiceContract.service_id == service.id
    )
    if work.db.exec(standing).first() is not None:
        raise Conflict("The account is subscribed to this API. Change its plan.", field="plan_id")
    if work.actor.is_developer:
        require_terms(work, TermsKind.SUBSCRIPTION, account)
        refuse_second_service(work.db, account, settings)
    contract = ServiceContract(
        provider_id=account.provider_id,
        account_id=account.id,
        service_id=service.id,
        service_plan_id=plan.id,
        state="pending" if plan.approval_required else "live",
        **trial_on(plan, work.now),
    )
    save(work.db, contract, unique="plan_id")
    tell(work, contract, EventKind.CONTRACT_CREATED)
    return contract


def _check_developer(work: Work, account: Account) -> None:
    """Refuse what developers may not do with subscriptions here. Raises: Forbidden."""
    settings = work.db.get_one(Setting, account.provider_id)
    if not settings.service_plans_ui_visible:
        raise Forbidden("Subscriptions are managed by the provider. Write to them.")
    if account.state != "approved":
        raise Forbidden("Your account is not approved.")


def approve_contract(work: Work, contract_id: int) -> ServiceContract:
    """Make a pending subscription live, and the applications that waited for it alone.

    Raises: NotFound, StateConflict.
    """
    contract = _move(work, contract_id, "accept", EventKind.CONTRACT_ACCEPTED)
    waiting = (
        select(Application.id)
        .join(ApplicationPlan, col(ApplicationPlan.id) == Application.plan_id)
        .where(
            Application.account_id == contract.account_id,
            Application.service_id == contract.service_id,
            Application.state == "pending",
            col(ApplicationPlan.approval_required).is_(False),
        )
    )
    for application_id in work.db.exec(waiting.order_by(col(Application.id))).all():
        accept_application(work, application_id)
    return contract


def suspend_contract(work: Work, contract_id: int) -> ServiceContract:
    """Let an account make no new applications of an API; those that it has go on.

    Raises: NotFound, StateConflict.
    """
    return _move(work, contract_id, "suspend", EventKind.CONTRACT_SUSPENDED)


def resume_contract(work: Work, contract_id: int) -> ServiceContract:
    """Make a suspended subscription live again. Raises: NotFound, StateConflict."""
    return _move(work, contract_id, "resume", EventKind.CONTRACT_RESUMED)


def _move(work: Work, contract_id: int, event: str, kind: EventKind) -> ServiceContract:
    contract = _held(work, contract_id)
    before = contract.state
    move(contract, CONTRACT, event)
    tell(work, contract, kind, {"state": [before, contract.state]})
    return contract


def _held(work: Work, contract_id: int) -> ServiceContract:
    """Hold a subscription, and before it its account, for the staff. Raises: NotFound."""
    work.actor.require(Permission.APPLICATIONS_EDIT)
    contract = get_owned(work, ServiceContract, contract_id)
    hold(work.db, work.db.get_one(Account, contract.account_id))
    return hold(work.db, contract)


def change_contract_plan(work: Work, contract_id: int, plan_id: int) -> ServiceContract:
    """Move a subscription to another plan of its API; the same plan changes nothing.

    A developer's wish is carried out or only noted, as `change_service_plan_permission` says.
    Raises: NotFound, Forbidden, PlanMismatch.
    """
    contract = get_owned(work, ServiceContract, contract_id)
    work.actor.require(Permission.APPLICATIONS_EDIT, account_id=contract.account_id)
    plan = rely_on(work.db, get_owned(work, ServicePlan, plan_id))
    account = hold(work.db, work.db.get_one(Account, contract.account_id))
    hold(work.db, contract)
    if plan.service_id != contract.service_id:
        raise PlanMismatch("must be a plan of the same API.", field="plan_id")
    if plan.id == contract.service_plan_id:
        return contract
    if work.actor.is_developer:
        _check_developer(work, account)
        permission = work.db.get_one(Setting, account.provider_id).change_service_plan_permission
        if plan.state != "published":
            get_owned(work, ServicePlan, None)
        if not may_change_at_once(work.db, account.id, permission, plan, OF_SUBSCRIPTIONS):
            contract.wanted_plan_id = plan.id
            asked = EventKind.CONTRACT_PLAN_CHANGE_ASKED
            tell(work, contract, asked, facts={"plan_id": plan.id})
            return contract
    changes = {"service_plan_id": [contract.service_plan_id, plan.id]}
    contract.service_plan_id, contract.wanted_plan_id = plan.id, None
    tell(work, contract, EventKind.CONTRACT_PLAN_CHANGED, changes)
    return contract


def accept_contract_plan_request(work: Work, contract_id: int) -> ServiceContract:
    """Move a subscription to the plan that was asked for. Raises: NotFound, Conflict."""
    return change_contract_plan(work, contract_id, get_wish(_held(work, contract_id)))


def refuse_contract_plan_request(work: Work, contract_id: int) -> ServiceContract:
    """Leave a subscription on its plan. Raises: NotFound, Conflict."""
    contract = _held(work, contract_id)
    facts = {"plan_id": get_wish(contract)}
    contract.wanted_plan_id = None
    tell(work, contract, EventKind.CONTRACT_PLAN_CHANGE_REFUSED, facts=facts)
    return contract


def unsubscribe(work: Work, contract_id: int) -> ServiceContract:
    """End a subscription. Raises: NotFound, Forbidden, InUse while it has applications."""
    contract = get_owned(work, ServiceContract, contract_id)
    work.actor.require(Permission.APPLICATIONS_EDIT, account_id=contract.account_id)
    account = hold(work.db, work.db.get_one(Account, contract.account_id))
    if work.actor.is_developer:
        _check_developer(work, account)
    hold_to_delete(work.db, contract)
    used = select(func.count()).where(
        Application.account_id == contract.account_id,
        Application.service_id == contract.service_id,
    )
    if number := work.db.exec(used).one():
        who = counted(number, "application", "is")
        raise InUse(f"{who} of this API. Delete them first.")
    facts = {"plan_id": contract.service_plan_id, "state": contract.state}
    tell(work, contract, EventKind.CONTRACT_DELETED, facts=facts)
    work.db.delete(contract)
    work.db.flush()  # it may be made anew at once
    return contract


def find_default_plan(db: Session, service_id: int) -> ServicePlan | None:
    """Find the service plan that whoever names none gets."""
    query = select(ServicePlan).where(
        ServicePlan.service_id == service_id, col(ServicePlan.is_default)
    )
    return db.exec(query).first()


def get_contract_of_account(
    work: Work, account_id: int, contract_id: int | None
) -> ServiceContract:
    """Find a subscription of this very account. Raises: NotFound."""
    contract = get_contract(work, contract_id)
    if contract.account_id != account_id:
        raise NotFound("There is no such subscription here.", field="id")
    return contract

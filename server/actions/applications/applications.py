"""Applications: create, change, accept, suspend, resume, move to another plan, delete."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.keys import get_editable, new_user_key, put_key
from server.actions.plans.catalogue import list_choosable_plans
from server.actions.plans.changes import OF_API, get_wish, may_change_at_once
from server.actions.plans.custom_plans import drop_custom_plan, refuse_custom
from server.actions.portal.legal import require_terms
from server.actions.provider.fields import Fields
from server.actions.provider.webhook_objects import keep_last_state
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold, plain, rely_on, tell, within_services
from server.actions.services.lookup import rely_on_service
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import (
    Application,
    ApplicationDraft,
    ApplicationKey,
    FirstCalls,
    NewApplication,
)
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.drafts import changes_model, parse
from server.domain.errors import Blank, Conflict, Forbidden, PlanMismatch, StateConflict, Taken
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.plans.trials import trial_on
from server.domain.portal.legal import TermsKind
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.settings import Setting
from server.domain.refusals import Refusals
from server.domain.services.services import Service
from server.domain.states import CONTRACT, move
from server.kit.db import is_taken
from server.kit.ids import random_hex
from server.kit.paging import Listing

LISTING = Listing("applications", Application)
APPLICATIONS = Resource(
    name="application",
    model=Application,
    draft=ApplicationDraft,
    read=Permission.APPLICATIONS_READ,
    edit=Permission.APPLICATIONS_EDIT,
    events=Lifecycle(created=EventKind.APPLICATION_CREATED, updated=EventKind.APPLICATION_UPDATED),
    listing=LISTING,
)


def plan_requests_query(actor: Actor) -> SelectOfScalar[Application]:
    """Select the applications whose developers wait for another plan."""
    return applications_query(actor).where(col(Application.wanted_plan_id).is_not(None))


def applications_query(actor: Actor) -> SelectOfScalar[Application]:
    """Select the provider's applications; for a developer, those of his account."""
    query = select(Application).where(Application.provider_id == actor.provider_id)
    if actor.is_developer:
        actor.require(Permission.APPLICATIONS_READ, account_id=actor.account_id)
        return query.where(Application.account_id == actor.account_id)
    actor.require(Permission.APPLICATIONS_READ)
    return query.where(*within_services(actor, Application))


def get_application(work: Work, application_id: int | None) -> Application:
    """Find an application within the actor's reach. Raises: NotFound."""
    application = get_owned(work, Application, application_id)
    work.actor.require(Permission.APPLICATIONS_READ, account_id=application.account_id)
    return application


def create_application(
    work: Work,
    account_id: int,
    plan_id: int,
    values: Mapping[str, Any],
    *,
    origin: str = "provider",
) -> Application:
    """Create an application with its credentials; subscribe the account to the service if need be.

    Raises: NotFound, Forbidden, Invalid, Taken, PlanMismatch, Conflict.
    """
    account = get_owned(work, Account, account_id)
    work.actor.require(Permission.APPLICATIONS_EDIT, account_id=account.id)
    service = rely_on_service(work, get_owned(work, ApplicationPlan, plan_id).service_id)
    plan = rely_on(work.db, get_owned(work, ApplicationPlan, plan_id))
    refuse_custom(plan)
    hold(work.db, account)  # how many it has is counted
    if work.actor.is_developer:
        _check_developer_may_create(work, account, service)
    values = _checked_input(work, service, plan, values)
    if work.actor.is_developer:
        require_terms(work, TermsKind.APPLICATION, account)
        _check_subscribed(work, account, service)
    _subscribe(work, account, service)
    return add_application(work, account, plan, values, origin=origin)


def add_application(
    work: Work, account: Account, plan: ApplicationPlan, values: Mapping[str, Any], *, origin: str
) -> Application:
    """Make the rows of an application that is allowed. Raises: NotFound, Invalid, Taken.

    It waits where its plan wants approval, and where the account's subscription to the API does.
    """
    service = rely_on_service(work, plan.service_id)
    contract = _find_contract(work.db, account.id, service.id)
    waits = plan.approval_required or (contract is not None and contract.state == "pending")
    given = parse(NewApplication, values)
    user_key = new_user_key(given.user_key)
    application = Application(
        provider_id=work.actor.provider_id,
        account_id=account.id,
        service_id=plan.service_id,
        plan_id=plan.id,
        **{each.name: getattr(given, each.name) for each in APPLICATIONS.attributes},
        state="pending" if waits else "live",
        application_id=given.application_id or random_hex(4),
        user_key_digest=work.installation.vault.digest(user_key),
        user_key_sealed=work.installation.vault.seal(user_key),
        first_traffic_at=given.first_traffic_at,
        first_daily_traffic_at=given.first_daily_traffic_at,
        origin=origin,
        **trial_on(plan, work.now),
    )
    try:
        with work.db.begin_nested():
            work.db.add(application)
            work.db.flush()  # tells a taken credential here, and fills in the id
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise Taken("user_key" if given.user_key else "application_id") from error
    tell(work, application, EventKind.APPLICATION_CREATED)
    for key in given.application_keys:
        put_key(work, application, key)
    if service.backend_version != "1" and service.mandatory_app_key and not given.application_keys:
        put_key(work, application, None)
    return application


def update_application(work: Work, application_id: int, changes: Mapping[str, Any]) -> Application:
    """Change an application's texts. Raises: NotFound, Forbidden, Invalid."""
    application, service = get_editable(work, application_id)
    _may_manage(work.actor, service)
    if "description" in changes:
        _check_purpose(work, service, changes["description"])
    hold(work.db, application)
    fields = Fields(work, FieldTarget.APPLICATION)
    checked = fields.checked(changes, application, draft=APPLICATIONS.changes)
    return APPLICATIONS.change(work, application, checked)


def note_first_calls(work: Work, application_id: int, times: Mapping[str, Any]) -> Application:
    """Note when an application that comes from elsewhere called. Raises: NotFound, Invalid."""
    work.actor.require(Permission.APPLICATIONS_EDIT)
    application = hold(work.db, get_owned(work, Application, application_id))
    changed: dict[str, list[Any]] = {}
    for name, value in parse(changes_model(FirstCalls), times).given().items():
        before = getattr(application, name)
        if before != value:
            setattr(application, name, value)
            changed[name] = [plain(before), plain(value)]
    if changed:
        tell(work, application, EventKind.APPLICATION_UPDATED, changed)
    return application


def accept_application(work: Work, application_id: int) -> Application:
    """Make a pending application live, and its account's subscription to the API with it.

    Raises: NotFound, StateConflict.
    """
    work.actor.require(Permission.APPLICATIONS_EDIT)
    account_id = get_owned(work, Application, application_id).account_id
    hold(work.db, work.db.get_one(Account, account_id))
    application = _move(work, application_id, "accept", EventKind.APPLICATION_ACCEPTED)
    contract = _find_contract(work.db, application.account_id, application.service_id)
    if contract is not None and contract.state == "pending":
        move(hold(work.db, contract), CONTRACT, "accept")
        tell(work, contract, EventKind.CONTRACT_ACCEPTED, {"state": ["pending", contract.state]})
    return application


def suspend_application(work: Work, application_id: int) -> Application:
    """Stop an application's calls. Raises: NotFound, StateConflict."""
    return _move(work, application_id, "suspend", EventKind.APPLICATION_SUSPENDED)


def resume_application(work: Work, application_id: int) -> Application:
    """Let a suspended application call again. Raises: NotFound, StateConflict."""
    return _move(work, application_id, "resume", EventKind.APPLICATION_RESUMED)


def _move(work: Work, application_id: int, event: str, kind: EventKind) -> Application:
    application = _held(work, application_id)
    before = application.state
    move(application, CONTRACT, event)
    tell(work, application, kind, {"state": [before, application.state]})
    return application


def change_application_plan(work: Work, application_id: int, plan_id: int) -> Application:
    """Move an application to another plan of its service; the same plan changes nothing.

    A developer's wish is carried out or only recorded, as the service's
    `buyer_plan_change_permission` says. Raises: NotFound, Forbidden, PlanMismatch.
    """
    application, service = get_editable(work, application_id)
    plan = rely_on(work.db, get_owned(work, ApplicationPlan, plan_id))
    if plan.service_id != application.service_id:
        raise PlanMismatch("must be a plan of the same API.", field="plan_id")
    if plan.id == application.plan_id:
        return application
    refuse_custom(plan)
    if work.actor.is_developer:
        if plan.state != "published":
            get_owned(work, ApplicationPlan, None)
        permission = service.buyer_plan_change_permission
        if not may_change_at_once(work.db, application.account_id, permission, plan, OF_API):
            application.wanted_plan_id = plan.id
            tell(work, application, EventKind.PLAN_CHANGE_ASKED, facts={"plan_id": plan.id})
            return application
    left = application.plan_id
    application.plan_id, application.wanted_plan_id = plan.id, None
    tell(work, application, EventKind.PLAN_CHANGED, {"plan_id": [left, plan.id]})
    drop_custom_plan(work, left)  # made for it alone
    return application


def accept_plan_request(work: Work, application_id: int) -> Application:
    """Move an application to the plan that its developer asked for. Raises: NotFound, Conflict."""
    application = _held(work, application_id)
    return change_application_plan(work, application.id, get_wish(application))


def refuse_plan_request(work: Work, application_id: int) -> Application:
    """Leave an application on its plan, and tell its developer. Raises: NotFound, Conflict."""
    application = _held(work, application_id)
    wanted, application.wanted_plan_id = get_wish(application), None
    tell(work, application, EventKind.PLAN_CHANGE_REFUSED, facts={"plan_id": wanted})
    return application


def _held(work: Work, application_id: int) -> Application:
    """Hold an application for the staff. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.APPLICATIONS_EDIT)
    return hold(work.db, get_owned(work, Application, application_id))


def reject_application(work: Work, application_id: int) -> Application:
    """Turn down an application that waits for approval: it is deleted, and its developer told.

    Raises: NotFound, StateConflict.
    """
    application = _held(work, application_id)
    if application.state != "pending":
        raise StateConflict(application.state, "reject")
    facts = {"name": application.name, "plan_id": application.plan_id}
    tell(work, application, EventKind.APPLICATION_REJECTED, facts=facts)
    return delete_application(work, application_id)


def delete_application(work: Work, application_id: int) -> Application:
    """Delete an application; its usage stays in the statistics. Raises: NotFound, Forbidden."""
    application, service = get_editable(work, application_id)
    _may_manage(work.actor, service)
    keep_last_state(work, "application", application)
    for part in (ApplicationKey, ReferrerFilter):
        work.db.execute(delete(part).where(col(part.application_id) == application.id))
    work.db.delete(application)
    drop_custom_plan(work, application.plan_id)
    tell(work, application, EventKind.APPLICATION_DELETED, facts={"name": application.name})
    return application


def _may_manage(actor: Actor, service: Service) -> None:
    if actor.is_developer and not service.buyers_manage_apps:
        raise Forbidden("Applications of this API are managed by its provider. Write to them.")


def check_may_take(db: Session, service: Service, plan: ApplicationPlan) -> None:
    """Refuse a plan that a developer may not take for a new application. Raises: PlanMismatch."""
    choosable = list_choosable_plans(db, service)
    if plan.id in {one.id for one in choosable}:
        return
    if service.buyer_can_select_plan:
        raise PlanMismatch("must be a published plan.", field="plan_id")
    if not choosable:
        raise PlanMismatch("is chosen by the provider, who has named none yet.", field="plan_id")
    raise PlanMismatch(f"is chosen by the provider: {choosable[0].name}.", field="plan_id")


def check_texts(work: Work, service: Service, values: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse what can't be an application's, all of it that is wrong. Raises: Invalid."""
    refusals, checked = Refusals(), dict(values)
    fields, is_developer = Fields(work, FieldTarget.APPLICATION), work.actor.is_developer
    with refusals.noted():
        checked = fields.checked(values, draft=NewApplication, needs_all=is_developer)
    with refusals.noted():
        _check_purpose(work, service, values.get("description"))
    refusals.tell()
    return checked


def _check_purpose(work: Work, service: Service, description: object) -> None:
    """Refuse a developer's application without a purpose, where he may tell one. Raises: Blank."""
    if not (work.actor.is_developer and service.intentions_required):
        return
    if not str(description or "").strip() and is_description_asked(work):
        raise Blank("description")


def is_description_asked(work: Work) -> bool:
    """Return whether developers fill in what an application is for."""
    definition = Fields(work, FieldTarget.APPLICATION).definitions.get("description")
    return definition is not None and definition.is_open


def _checked_input(
    work: Work, service: Service, plan: ApplicationPlan, values: Mapping[str, Any]
) -> dict[str, Any]:
    refusals, checked = Refusals(), dict(values)
    with refusals.noted():
        checked = check_texts(work, service, values)
    with refusals.noted():
        if work.actor.is_developer:
            check_may_take(work.db, service, plan)
    refusals.tell()
    return checked


def _check_developer_may_create(work: Work, account: Account, service: Service) -> None:
    if account.state != "approved":
        raise Forbidden("Your account is not approved.")
    if not service.buyers_manage_apps:
        raise Forbidden("Applications of this API are created by its provider. Write to them.")
    settings = work.db.get_one(Setting, account.provider_id)
    has_one = select(Application).where(Application.account_id == account.id)
    if not settings.multiple_applications and work.db.exec(has_one).first():
        raise Conflict("An account has one application here. Change the one that you have.")


def _check_subscribed(work: Work, account: Account, service: Service) -> None:
    """Refuse a developer's application of an API that the account is not subscribed to.

    Where subscriptions are not shown, one is made with the application; where an account uses one
    API, not of a second one. Raises: Conflict.
    """
    contract = _find_contract(work.db, account.id, service.id)
    settings = work.db.get_one(Setting, account.provider_id)
    if contract is None:
        refuse_second_service(work.db, account, settings)
    if not settings.service_plans_ui_visible:
        return
    if contract is None:
        raise Conflict(f"Subscribe to {service.name} first.", field="service_id")
    if contract.state == "suspended":
        raise Conflict(f"Your subscription to {service.name} is suspended.", field="service_id")


def refuse_second_service(db: Session, account: Account, settings: Setting) -> None:
    """Refuse a second API where an account uses one. Raises: Conflict."""
    has_one = select(ServiceContract.id).where(ServiceContract.account_id == account.id)
    if not settings.multiple_services and db.exec(has_one).first() is not None:
        raise Conflict("An account uses one API here, and yours has one.", field="service_id")


def _subscribe(work: Work, account: Account, service: Service) -> None:
    """Make sure that the account is subscribed, on the default or first service plan."""
    db = work.db
    if _find_contract(db, account.id, service.id) is not None:
        return
    plans = select(ServicePlan).where(ServicePlan.service_id == service.id)
    plan = db.exec(plans.order_by(col(ServicePlan.is_default).desc(), col(ServicePlan.id))).first()
    if plan is None:
        raise PlanMismatch("The API has no service plan to subscribe to.", field="plan_id")
    db.add(
        ServiceContract(
            provider_id=account.provider_id,
            account_id=account.id,
            service_id=service.id,
            service_plan_id=plan.id,
            state="pending" if plan.approval_required else "live",
            **trial_on(plan, work.now),
        )
    )
    db.flush()  # an application asks for its state


def _find_contract(db: Session, account_id: int, service_id: int) -> ServiceContract | None:
    """Find the subscription of an account to a service."""
    query = select(ServiceContract).where(
        ServiceContract.account_id == account_id, ServiceContract.service_id == service_id
    )
    return db.exec(query).first()

"""Subscriptions to APIs and plans of accounts: what developers may, and what waits."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import (
    accept_account_plan_request,
    change_account_plan,
    refuse_account_plan_request,
)
from server.actions.accounts.credit_cards import put_card
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.subscriptions import (
    accept_contract_plan_request,
    approve_contract,
    change_contract_plan,
    contracts_query,
    refuse_contract_plan_request,
    subscribe,
    suspend_contract,
    unsubscribe,
)
from server.actions.applications.applications import create_application
from server.actions.plans.plans import (
    ACCOUNT_PLANS,
    APPLICATION_PLANS,
    SERVICE_PLANS,
    create_plan,
)
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Forbidden, InUse, NotFound, PlanMismatch
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.services.services import Service
from tests.kit.cases.cards import CARD
from tests.kit.make import staff
from tests.kit.work import by


class World:
    """A second API with two service plans and an application plan; all plans are shown."""

    def __init__(self, db: Session, acme: NewProvider) -> None:
        self.db, self.acme = db, acme
        self.staff = by(db, staff(acme))
        self.set(service_plans_ui_visible=True, account_plans_ui_visible=True)
        self.service: Service = create_service(self.staff, {"name": "Tides"})
        self.low, self.high = (self.plan(name) for name in ("Low", "High"))
        self.free: ApplicationPlan = create_plan(
            self.staff, APPLICATION_PLANS, {"name": "Free"}, self.service.id, published=True
        )

    def set(self, **changes: Any) -> None:
        update_settings(self.staff, changes)

    def plan(self, name: str, *, published: bool = True, **values: Any) -> ServicePlan:
        given = {"name": name, **values}
        return create_plan(self.staff, SERVICE_PLANS, given, self.service.id, published=published)

    @property
    def john(self) -> Work:
        return by(self.db, actor_of_user(self.db.get_one(User, self.acme.sample.user.id)))

    @property
    def account_id(self) -> int:
        return self.acme.sample.application.account_id

    def application(self) -> Application:
        """Create an application of the second API as the developer does."""
        return create_application(
            self.john, self.account_id, self.free.id, {"name": "Ebb"}, origin="portal"
        )


@pytest.fixture
def world(db: Session, acme: NewProvider) -> World:
    """Make a second API."""
    return World(db, acme)


def test_an_application_needs_a_subscription_where_these_are_shown(world: World) -> None:
    with pytest.raises(Conflict, match="Subscribe to Tides first"):
        world.application()

    subscribe(world.john, world.account_id, world.low.id)

    assert world.application().state == "live"


def test_where_they_are_hidden_it_is_made_with_the_application(world: World) -> None:
    world.set(service_plans_ui_visible=False)

    assert world.application().state == "live"
    mine = contracts_query(world.john.actor).where(ServiceContract.service_id == world.service.id)
    assert world.db.exec(mine).one().state == "live"
    with pytest.raises(Forbidden):
        subscribe(world.john, world.account_id, world.low.id)


def test_what_waits_for_the_subscription_alone_is_live_when_that_is_approved(
    world: World,
) -> None:
    slow = world.plan("Slow", approval_required=True)
    contract = subscribe(world.john, world.account_id, slow.id)
    application = world.application()
    assert (contract.state, application.state) == ("pending", "pending")

    approve_contract(world.staff, contract.id)

    assert (contract.state, application.state) == ("live", "live")


def test_a_suspended_subscription_gives_no_new_application(world: World) -> None:
    contract = subscribe(world.john, world.account_id, world.low.id)
    suspend_contract(world.staff, contract.id)

    with pytest.raises(Conflict, match="suspended"):
        world.application()


def test_an_account_is_subscribed_once_and_on_what_is_offered(world: World) -> None:
    hidden = world.plan("Hidden", published=False)
    with pytest.raises(PlanMismatch):
        subscribe(world.john, world.account_id, hidden.id)
    subscribe(world.john, world.account_id, world.low.id)

    with pytest.raises(Conflict):
        subscribe(world.john, world.account_id, world.high.id)


def test_where_accounts_use_one_api_there_is_no_second(world: World) -> None:
    world.set(multiple_services=False)

    with pytest.raises(Conflict, match="uses one API"):
        subscribe(world.john, world.account_id, world.low.id)
    world.set(service_plans_ui_visible=False)
    with pytest.raises(Conflict, match="uses one API"):
        world.application()
    assert subscribe(world.staff, world.account_id, world.low.id).state == "live"


def test_only_what_has_no_application_is_ended(world: World) -> None:
    contract = subscribe(world.john, world.account_id, world.low.id)
    world.application()

    with pytest.raises(InUse):
        unsubscribe(world.john, contract.id)
    with pytest.raises(NotFound):
        unsubscribe(world.john, contract.id + 99)


@pytest.mark.parametrize(
    ("mode", "plan", "wanted"), [("direct", "high", None), ("request", "low", "high")]
)
def test_a_plan_of_a_subscription_changes_as_the_provider_says(
    world: World, mode: str, plan: str, wanted: str | None
) -> None:
    world.set(change_service_plan_permission=mode)
    contract = subscribe(world.john, world.account_id, world.low.id)

    change_contract_plan(world.john, contract.id, world.high.id)

    ids = {"low": world.low.id, "high": world.high.id, None: None}
    assert (contract.service_plan_id, contract.wanted_plan_id) == (ids[plan], ids[wanted])


def test_where_it_never_changes_it_is_refused(world: World) -> None:
    world.set(change_service_plan_permission="none", change_account_plan_permission="none")
    contract = subscribe(world.john, world.account_id, world.low.id)

    with pytest.raises(Forbidden):
        change_contract_plan(world.john, contract.id, world.high.id)
    with pytest.raises(Forbidden):
        change_account_plan(world.john, world.account_id, silver(world))


@pytest.mark.parametrize(
    ("answer", "moves"),
    [(accept_contract_plan_request, True), (refuse_contract_plan_request, False)],
)
def test_a_wish_is_answered_once(
    world: World, answer: Callable[[Work, int], ServiceContract], moves: bool
) -> None:
    contract = subscribe(world.john, world.account_id, world.low.id)
    change_contract_plan(world.john, contract.id, world.high.id)

    answer(world.staff, contract.id)

    assert (contract.service_plan_id == world.high.id) is moves
    assert contract.wanted_plan_id is None
    with pytest.raises(Conflict):
        answer(world.staff, contract.id)


def silver(world: World) -> int:
    return create_plan(world.staff, ACCOUNT_PLANS, {"name": "Silver"}, published=True).id


@pytest.mark.parametrize(
    ("answer", "moves"), [(accept_account_plan_request, True), (refuse_account_plan_request, False)]
)
def test_a_wish_for_another_account_plan_is_answered_once(
    world: World, answer: Callable[[Work, int], Account], moves: bool
) -> None:
    wanted = silver(world)
    account = change_account_plan(world.john, world.account_id, wanted)
    assert account.wanted_plan_id == wanted != account.account_plan_id

    answer(world.staff, account.id)

    assert (account.account_plan_id == wanted) is moves
    with pytest.raises(Conflict):
        answer(world.staff, account.id)


def test_an_account_plan_that_is_not_shown_is_not_changed_to(world: World) -> None:
    wanted = silver(world)
    world.set(change_account_plan_permission="direct")
    hidden = create_plan(world.staff, ACCOUNT_PLANS, {"name": "Hidden"}).id
    with pytest.raises(NotFound):
        change_account_plan(world.john, world.account_id, hidden)
    assert change_account_plan(world.john, world.account_id, wanted).account_plan_id == wanted

    world.set(account_plans_ui_visible=False)

    with pytest.raises(Forbidden):
        change_account_plan(world.john, world.account_id, hidden)


def test_plans_that_cost_something_need_a_card_where_the_provider_says_so(world: World) -> None:
    free, dear = (
        silver(world),
        create_plan(
            world.staff, ACCOUNT_PLANS, {"name": "Dear", "setup_fee": "9"}, published=True
        ).id,
    )
    contract = subscribe(world.john, world.account_id, world.low.id)
    world.db.refresh(world.high)
    for mode, is_asked in (("credit_card", True), ("request_credit_card", False)):
        world.set(change_service_plan_permission=mode, change_account_plan_permission=mode)
        account = change_account_plan(world.john, world.account_id, free)
        assert (account.account_plan_id == free, account.wanted_plan_id) == (
            (False, free) if is_asked else (True, None)
        )
        moved = change_contract_plan(world.john, contract.id, world.high.id)
        assert (moved.wanted_plan_id == world.high.id) is is_asked
    with pytest.raises(Conflict, match="no card is on file"):
        change_account_plan(world.john, world.account_id, dear)

    put_card(world.staff, world.account_id, CARD)

    for mode in ("request_credit_card", "credit_card"):
        world.set(change_service_plan_permission=mode, change_account_plan_permission=mode)
        for plan in (dear, free):
            assert change_account_plan(world.john, world.account_id, plan).account_plan_id == plan


def test_a_signup_subscribes_to_the_first_published_plan_only_where_plans_are_hidden(
    world: World,
) -> None:
    world.db.exec(
        select(ServicePlan).where(
            ServicePlan.service_id == world.service.id, ServicePlan.is_default
        )
    ).one().is_default = False
    world.free.is_default = True
    world.db.flush()

    def services_of(name: str) -> list[int]:
        draft = NewSignup(org_name=name, username=name, email=f"{name}@x.example")
        account = sign_up(world.staff, draft, "provider").account
        query = select(ServiceContract.service_id).where(ServiceContract.account_id == account.id)
        return list(world.db.exec(query))

    shown = services_of("shown")
    world.set(service_plans_ui_visible=False)
    hidden = services_of("hidden")

    assert world.service.id not in shown
    assert world.service.id in hidden

"""Who waits for the provider's word: real totals, both answers, and back to the list."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select, update

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.subscriptions import subscribe
from server.actions.applications.applications import create_application
from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

Fill = Callable[[int], None]


@pytest.fixture
def accounts(deps: Dependencies, acme: NewProvider) -> Fill:
    """Have accounts wait for approval."""

    def fill(count: int) -> None:
        with deps.database.write() as db:
            for n in range(count):
                draft = NewSignup(org_name=f"Org {n}", username=f"user{n}", email=f"u{n}@x.example")
                sign_up(by(db, staff(acme), deps.installation), draft, "provider")
            db.execute(
                update(Account)
                .where(col(Account.org_name).startswith("Org"))
                .values(state="pending")
            )

    return fill


@pytest.fixture
def applications(deps: Dependencies, acme: NewProvider) -> Callable[..., None]:
    """Have applications wait: for approval, or for the other plan."""

    def fill(count: int, *, for_plan: bool = False) -> None:
        sample = acme.sample.application
        with deps.database.write() as db:
            other = select(ApplicationPlan.id).where(ApplicationPlan.id != sample.plan_id)
            plan_id = db.exec(other).first()
            for n in range(count):
                work = by(db, staff(acme), deps.installation)
                row = create_application(
                    work, sample.account_id, sample.plan_id, {"name": f"App {n}"}
                )
                row.state = "live" if for_plan else "pending"
                row.wanted_plan_id = plan_id if for_plan else None

    return fill


def states(deps: Dependencies) -> list[str]:
    with deps.database.read() as db:
        query = select(Account.state).where(col(Account.org_name).startswith("Org"))
        return list(db.exec(query.order_by(col(Account.id))))


def test_above_a_hundred_the_total_is_real(
    deps: Dependencies, admin: Browser, accounts: Fill
) -> None:
    accounts(130)

    assert "130 waiting" in admin.page("")
    assert "130 accounts fit this filter" in admin.page("/accounts?state=pending")


def test_who_is_approved_or_rejected_on_the_dashboard_leads_back_to_it(
    deps: Dependencies, admin: Browser, accounts: Fill
) -> None:
    accounts(2)
    home = admin.open("")

    after = admin.submit(home, "/approve")
    assert (after.url.endswith("/p/admin"), "Org 0 is approved." in after.text) == (True, True)
    last = admin.submit(after, "/reject")

    assert (last.url.endswith("/p/admin"), "Org 1 is rejected." in last.text) == (True, True)
    assert states(deps) == ["approved", "rejected"]


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/p/admin/login", "/x"]
)
def test_only_pages_of_the_portal_are_gone_back_to(
    back: str, acme: NewProvider, admin: Browser
) -> None:
    path = f"/accounts/{acme.sample.application.account_id}/suspend"

    assert admin.send(path, back=back).headers["location"] == "/p/admin"


def test_many_are_approved_at_once_and_the_list_stays_filtered(
    deps: Dependencies, admin: Browser, accounts: Fill
) -> None:
    accounts(30)
    waiting = admin.open("/accounts?state=pending")
    assert len(waiting.tree.xpath("//input[starts-with(@name, 'pick_')]")) == 30
    ids = waiting.value("//button[@name='shown']/@value")
    chosen = {f"pick_{number}": "yes" for number in ids.split()[:2]}

    answer = admin.send(
        "/accounts/many/approve", {**chosen, "back": "/p/admin/accounts?state=pending"}
    )
    assert answer.headers["location"] == "/p/admin/accounts?state=pending"
    assert "2 are approved." in admin.follow(answer)
    assert states(deps).count("approved") == 2
    admin.done("/accounts/many/approve", {"shown": ids})

    assert states(deps).count("approved") == 30  # those two are told, and stay


def test_one_that_refuses_leaves_the_others_done(
    deps: Dependencies, admin: Browser, accounts: Fill
) -> None:
    accounts(2)
    with deps.database.read() as db:
        ids = db.exec(select(Account.id).where(Account.state == "pending")).all()
    admin.done(f"/accounts/{ids[0]}/suspend")

    shown = admin.done("/accounts/many/reject", {"shown": f"{ids[0]} {ids[1]} 99999"})

    assert "1 is rejected. 2 could not be" in shown
    assert states(deps) == ["suspended", "rejected"]


def test_who_chooses_nobody_is_told(admin: Browser) -> None:
    refused = admin.send("/accounts/many/approve")
    assert (refused.status_code, "Choose at least one first." in refused.text) == (422, True)
    many = " ".join(map(str, range(1, 102)))
    assert "at most 100" in admin.send("/accounts/many/approve", {"shown": many}).text
    assert admin.send("/accounts/many/explode").status_code == 404
    assert admin.send("/applications/many/explode").status_code == 404


@pytest.mark.parametrize(
    "case",
    [
        (False, "pending", "accept", "2 are accepted."),
        (False, "pending", "reject", "2 are rejected and deleted."),
        (True, "wants_plan", "accept_plan_request", "2 are on the plan that was asked for."),
        (True, "wants_plan", "refuse_plan_request", "2 are left on the old plan."),
    ],
)
def test_applications_and_wishes_that_wait_are_answered_one_or_many(
    case: tuple[bool, str, str, str],
    admin: Browser,
    applications: Callable[..., None],
    deps: Dependencies,
) -> None:
    for_plan, state, verb, told = case
    applications(3, for_plan=for_plan)
    home = admin.open("")
    assert "3 waiting" in home.text

    one = admin.submit(home, f"/{verb}")
    assert "2 waiting" in one.text
    waiting = admin.open(f"/applications?state={state}")
    ids = waiting.value("//button[@name='shown']/@value")
    shown = admin.done(f"/applications/many/{verb}", {"shown": ids})

    assert told in shown
    assert "waiting</span>" not in admin.page("")
    with deps.database.read() as db:
        left = db.exec(select(Application.state, Application.wanted_plan_id)).all()
    assert set(left) == {("live", None)}


def test_subscriptions_and_wishes_for_their_plans_are_answered_in_place(
    admin: Browser, deps: Dependencies, acme: NewProvider
) -> None:
    account_id = acme.sample.application.account_id
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        for name in ("News", "Tides"):
            service = create_service(work, {"name": name})
            plans = [
                create_plan(work, SERVICE_PLANS, {"name": plan}, service.id, published=True)
                for plan in ("Low", "High")
            ]
            contract = subscribe(work, account_id, plans[0].id)
            contract.state = "pending" if name == "News" else "live"
            contract.wanted_plan_id = None if name == "News" else plans[1].id
        gold = create_plan(work, ACCOUNT_PLANS, {"name": "Gold"}, published=True)
        db.get_one(Account, account_id).wanted_plan_id = gold.id

    home = admin.open("")
    for told in ("News, on Low", "Tides, Low → High", "Default → Gold"):
        assert told in home.text
    assert home.text.count("1 waiting") == 3
    for verb in ("/approve", "/accept_plan_request", "/accept_plan_request"):
        home = admin.submit(home, verb)
        assert home.url.endswith("/p/admin")

    assert "waiting</span>" not in home.text
    with deps.database.read() as db:
        account = db.get_one(Account, account_id)
        assert (account.account_plan_id, account.wanted_plan_id) == (gold.id, None)
        contracts = db.exec(select(ServiceContract).where(ServiceContract.state == "pending"))
        assert contracts.all() == []

"""Every setting that is shown changes something: what a developer sees, or what he may do."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import create_user
from server.actions.messages.limits_reached import Reached, note_reached
from server.actions.plans.plans import (
    ACCOUNT_PLANS,
    SERVICE_PLANS,
    create_plan,
)
from server.actions.portal.pages import TEMPLATES
from server.actions.services.configs import promote
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.directory import DatabaseDirectory
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.drafts import attributes_of
from server.domain.events import EventRecord
from server.domain.messages.mails import Mail
from server.domain.permissions import OF_SCOPE, Scope
from server.domain.plans.plans import AccountPlan
from server.domain.provider.settings import WITHDRAWN, SettingDraft
from server.domain.services.services import ServiceDraft
from server.graphql.ids import global_id
from server.jobs.mail import MailWriter
from server.jobs.outbox import Outbox
from tests.cms.browser import signup_form
from tests.kit.make import staff
from tests.kit.settings_world import World, a_world
from tests.kit.work import by
from tests.server.jobs.conftest import PlainRenderer, reject

CSP = "content-security-policy"
PASSWORD = "six green apples fell down"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Make a world of its own for a test."""
    with a_world(tmp_path) as made:
        yield made


def text_of(path: str, world: World) -> str:
    """Read what a page of the portal says."""
    return world.john.open(path.format(page=world.page)).text


def answer_to(path: str, form: Mapping[str, str], world: World) -> int:
    """Send a form of the portal, and tell the status."""
    filled = {name: value.format(gold=world.gold_id) for name, value in form.items()}
    address = path.format(page=world.page, id=world.application_id)
    return world.john.send(address, filled, page="/admin/applications").status_code


def created(world: World, plan_id: int | None = None, description: str = "For rain.") -> Any:
    """Create an application as the portal and GraphQL do; tell what comes of it."""
    plan_id = plan_id or world.free_id
    form = {"application[name]": "New", "application[plan_id]": str(plan_id)}
    sent = world.john.send(
        "/admin/applications",
        {**form, "application[description]": description, "service_id": str(world.service_id)},
        page="/admin/applications",
    )
    query = (
        "mutation($input: ApplicationCreateInput!) { applicationCreate(input: $input) "
        "{ userErrors { field } application { plan { name } } } }"
    )
    wanted = {"planId": global_id("Plan", plan_id), "name": "New", "description": description}
    return sent.status_code, world.ask(query, input=wanted)["applicationCreate"]


def plan_after_asking(world: World) -> int:
    """Ask for another plan; tell the one that the application is on then."""
    answer_to("/admin/contracts/{id}", {"_method": "put", "plan_id": "{gold}"}, world)
    plan_id: int = world.row(Application, world.application_id).plan_id
    return plan_id


def keys_of_a_new_one(world: World) -> int:
    """Count the app_keys that an application begins with."""
    world.change(backend_version="2")
    created(world)
    with world.site.deps.database.read() as db:
        return len(db.exec(select(ApplicationKey)).all())


def state_of_a_newcomer(world: World) -> str:
    """Sign somebody up; tell what state his account is in."""
    with world.site.deps.database.write() as db:
        draft = NewSignup(
            org_name="New Ltd", username="newcomer", email="n@example.com", password=PASSWORD
        )
        work = by(db, staff(world.site.acme), world.site.deps.installation)
        return sign_up(work, draft, "api").account.state


def mails_of_a_rejection(world: World) -> None:
    """Turn john's account down, and have the mails about it written."""
    deps = world.site.deps
    reject(deps, world.site.acme)
    write = MailWriter(deps.installation, PlainRenderer(), None)
    Outbox(deps.database, deps.installation.clock, [write.listener()]).sweep()


def sender_of_a_mail(world: World) -> str:
    """Tell whom a mail that was just written comes from."""
    mails_of_a_rejection(world)
    with world.site.deps.database.read() as db:
        return db.exec(select(Mail)).one().sender


def shows_times_in_utc(world: World) -> bool:
    """Tell whether the audit log says when in UTC."""
    return " UTC</time>" in world.site.logged_in("provider").page("/audit")


def origins_that_may_call(world: World) -> AbstractSet[bytes]:
    """Ask as the gateway does whose pages may call the API."""
    directory = DatabaseDirectory(world.site.deps.database, world.site.deps.installation)
    service = asyncio.run(directory.service(world.service_id))
    assert service
    return service.origins


def another_api(world: World) -> tuple[int, list[int]]:
    """Make an API with two service plans, and one more account plan; all is shown."""
    world.change(service_plans_ui_visible=True, account_plans_ui_visible=True)
    with world.site.deps.database.write() as db:
        work = by(db, staff(world.site.acme), world.site.deps.installation)
        service = create_service(work, {"name": "Tides"})
        plans = [
            create_plan(work, SERVICE_PLANS, {"name": name}, service.id, published=True).id
            for name in ("Low", "High")
        ]
        create_plan(work, ACCOUNT_PLANS, {"name": "Silver"}, published=True)
        return service.id, plans


def subscribed_of(world: World) -> int:
    """Subscribe to a further API, and tell the status."""
    _, plans = another_api(world)
    return world.john.send(
        "/admin/service_contracts",
        {"service_contract[plan_id]": str(plans[0])},
        page="/admin/services",
    ).status_code


def account_plan_after_asking(world: World) -> int:
    """Ask for another account plan; tell the one that the account is on then."""
    another_api(world)
    with world.site.deps.database.read() as db:
        silver = db.exec(select(AccountPlan.id).where(AccountPlan.name == "Silver")).one()
    form = {"_method": "put", "plan_id": str(silver)}
    world.john.send("/buyer/account_contract", form, page="/admin/account/account_plans")
    plan_id: int = world.row(Account, world.site.acme.sample.user.account_id or 0).account_plan_id
    return plan_id


def service_plan_after_asking(world: World) -> int:
    """Subscribe, and ask for another service plan; tell which one the subscription is on."""
    service_id, (low, high) = another_api(world)
    name, john = "service_contract[plan_id]", world.john
    john.send("/admin/service_contracts", {name: str(low)}, page="/admin/services")
    with world.site.deps.database.read() as db:
        query = select(ServiceContract.id).where(ServiceContract.service_id == service_id)
        contract = db.exec(query).one()
    form = {"_method": "put", name: str(high)}
    john.send(f"/admin/service_contracts/{contract}", form, page="/admin/services")
    plan_id: int = world.row(ServiceContract, contract).service_plan_id
    return plan_id


def status_of_a_visitors(path: str) -> Callable[[World], int]:
    """Tell how a page answers who is not logged in."""
    return lambda world: world.site.browser("developer").get(path).status_code


def header_of(name: str) -> Callable[[World], list[str]]:
    """Tell a header of the login page, as often as it is sent."""
    return lambda world: world.site.browser("developer").get("/login").headers.get_list(name)


def headers_of_a_mail(world: World) -> Any:
    """Read the headers of a mail that was just written."""
    mails_of_a_rejection(world)
    with world.site.deps.database.read() as db:
        return [mail.headers for mail in db.exec(select(Mail))]


def address_for_bills(world: World) -> str:
    text = {"published": "{{ provider.finance_support_email }}", "liquid_enabled": True}
    with world.site.deps.database.write() as db:
        work = by(db, staff(world.site.acme), world.site.deps.installation)
        TEMPLATES.create(work, {"kind": "page", "name": "/bills", "title": "Bills", **text})
    return text_of("/bills", world)


def told_of_a_rejection(world: World) -> list[str]:
    """List whom of an account with a member a mail went to."""
    with world.site.deps.database.write() as db:
        work = by(db, staff(world.site.acme), world.site.deps.installation)
        jane = {"username": "jane", "email": "jane@dev.example"}
        create_user(work, world.site.acme.sample.user.account_id, jane)
    mails_of_a_rejection(world)
    with world.site.deps.database.read() as db:
        return [mail.recipient for mail in db.exec(select(Mail))]


def states_of_an_alert(world: World) -> Any:
    """Tell who hears that an application has used 80 percent of a limit."""
    with world.site.deps.database.write() as db:
        application = db.get_one(Application, world.application_id)
        metric = list_metrics(db, world.service_id)[0]
        now = world.site.deps.installation.clock.now()
        reached = Reached(
            application.provider_id,
            application.account_id,
            application.id,
            world.service_id,
            metric.id,
            "Hits",
            "day",
            now,
            5,
            4,
        )
        note_reached(by(db, staff(world.site.acme), world.site.deps.installation), [reached])
        event = db.exec(select(EventRecord).where(EventRecord.kind == "alert.limit_reached"))
        return [one.facts["told"] for one in event]


def document_of_staging(world: World) -> Any:
    """Read what gateways are told of the API."""
    answer = world.site.rest(STAGED.format(world.service_id), world.site.acme.access_token)
    return answer.json()["proxy_config"]["content"]


def annotations(world: World) -> Any:
    """Read which program keeps the API, as others are told."""
    answer = world.site.rest(f"/services/{world.service_id}.json", world.site.acme.access_token)
    return answer.json()["service"]["annotations"]


def forum_of_a_visitor(path: str, world: World, **others: bool) -> Any:
    """Tell how a page of a forum that is switched on answers a visitor."""
    world.change(**others)
    return world.site.browser("developer").get(path).status_code


def takes_a_password(world: World) -> bool:
    """Tell whether the staff may log in with one, while they have a login elsewhere."""
    return 'type="password"' in world.site.browser("provider").page("/login")


CATALOGUE = "{ services(first: 9) { nodes { supportEmail environment baseUrl planChoice } } }"
OWN_KEY = {"key": "a-key-of-my-own"}
DETAILS = {"_method": "put", "account[org_name]": "Another"}
NAMED = {"_method": "put", "application[name]": "Renamed"}
STAGED = "/services/{}/proxy/configs/sandbox/latest.json"
# setting -> a value that it has not, and what is to be seen of it
PROBES: Mapping[str, tuple[Any, Callable[[World], Any]]] = {
    "signups_enabled": (False, lambda w: w.site.browser("developer").get("/signup").status_code),
    "useraccountarea_enabled": (False, partial(answer_to, "/admin/account", DETAILS)),
    "multiple_applications": (False, lambda w: created(w)[0]),
    "signup_licence": ("Be nice.", status_of_a_visitors("/terms")),
    "privacy_policy": ("We look away.", status_of_a_visitors("/privacy")),
    "refund_policy": ("Never.", status_of_a_visitors("/refunds")),
    "new_application_licence": ("Be nice.", lambda w: created(w)[0]),
    "service_subscription_licence": ("Be nice.", lambda w: subscribed_of(w)),
    "public_search": (True, lambda w: w.site.browser("developer").get("/search").status_code),
    "deployment_option": ("self_managed", lambda w: document_of_staging(w)["deployment_option"]),
    "forum_enabled": (True, lambda w: w.john.get("/forum").status_code),
    "forum_public": (True, partial(forum_of_a_visitor, "/forum", forum_enabled=True)),
    "anonymous_posts_enabled": (
        True,
        partial(forum_of_a_visitor, "/forum/topics/new", forum_enabled=True, forum_public=True),
    ),
    "app_gallery_enabled": (True, lambda w: w.john.get("/gallery").status_code),
    "enforce_sso": (True, takes_a_password),
    "mcp_enabled": (False, lambda w: w.site.client().post("/mcp", json={}).status_code),
    "site_access_code": ("sesame", lambda w: w.site.browser("developer").get("/").status_code),
    "spam_protection_level": (
        "captcha",
        lambda w: "data-captcha" in w.site.browser("developer").page("/login"),
    ),
    "multiple_services": (False, lambda w: subscribed_of(w)),
    "account_plans_ui_visible": (
        True,
        lambda w: w.john.get("/admin/account/account_plans").status_code,
    ),
    "change_account_plan_permission": ("direct", lambda w: account_plan_after_asking(w)),
    "service_plans_ui_visible": (True, lambda w: w.john.get("/admin/services").status_code),
    "change_service_plan_permission": ("direct", lambda w: service_plan_after_asking(w)),
    "multiple_users": (
        False,
        lambda w: w.john.get("/admin/account/users").status_code,
    ),
    "account_approval_required": (True, state_of_a_newcomer),
    "currency": ("EUR", partial(text_of, "/plans")),
    "from_email": ("sky@weather.example", sender_of_a_mail),
    "timezone": ("Asia/Kolkata", shows_times_in_utc),
    "allowed_origins": ("https://shop.example", origins_that_may_call),
    "name": ("Climate", partial(text_of, "/plans")),
    "description": ("The sky tomorrow.", partial(text_of, "/plans")),
    "support_email": ("help@example.com", lambda w: w.ask(CATALOGUE)),
    "sso_login_url": ("https://sso.example/", header_of("location")),
    "permissions_policy": ("camera=()", header_of("permissions-policy")),
    "content_security_policy": ("img-src 'self'", header_of(CSP)),
    "content_security_policy_report_only": ("img-src 'self'", header_of(f"{CSP}-report-only")),
    "backend_version": ("2", partial(text_of, "{page}")),
    "buyers_manage_apps": (False, partial(answer_to, "{page}", NAMED)),
    "buyers_manage_keys": (False, partial(answer_to, "{page}/keys", {})),
    "custom_keys_enabled": (False, partial(answer_to, "{page}/keys", OWN_KEY)),
    "buyer_key_regenerate_enabled": (
        False,
        partial(answer_to, "{page}/user_key", {"_method": "put"}),
    ),
    "mandatory_app_key": (False, keys_of_a_new_one),
    "intentions_required": (True, lambda w: created(w, description=" ")),
    "buyer_can_select_plan": (False, lambda w: created(w, w.gold_id)),
    "buyer_plan_change_permission": ("direct", plan_after_asking),
    "staging_offered": (True, partial(text_of, "{page}")),
    "referrer_filters_required": (True, partial(text_of, "{page}")),
    "finance_support_email": ("bills@weather.example", address_for_bills),
    "reply_to_email": ("answers@weather.example", headers_of_a_mail),
    "email_all_users": (False, told_of_a_rejection),
    "managed_by": ("operator", annotations),
    "web_provider_levels": ("90", states_of_an_alert),
    "web_buyer_levels": ("90", states_of_an_alert),
    "email_provider_levels": ("80", states_of_an_alert),
    "email_buyer_levels": ("90", states_of_an_alert),
}
CHANGEABLE = [
    each.name
    for draft in (SettingDraft, ServiceDraft)
    for each in attributes_of(draft)
    if not each.is_fixed
]


@pytest.mark.parametrize("name", CHANGEABLE)
def test_each_setting_changes_something(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    value, probe = PROBES[name]

    seen = []
    for changes in ({}, {}, {name: value}):
        with a_world(tmp_path_factory.mktemp("world")) as world:
            world.change(**changes)
            seen.append(probe(world))

    assert seen[0] == seen[1] != seen[2]


@pytest.mark.parametrize("scope", list(Scope))
def test_each_scope_of_a_token_opens_something(scope: Scope) -> None:
    assert OF_SCOPE[scope]


def test_what_changes_nothing_is_shown_nowhere(world: World) -> None:
    page = world.site.logged_in("provider").page("/settings")
    schema = world.site.by_cookie("provider").send(
        '{ __type(name: "Settings") { fields { name } } }'
    )
    names = {field["name"] for field in schema.json()["data"]["__type"]["fields"]}

    assert not any(name in page for name in WITHDRAWN)
    assert not {"".join(word.title() for word in name.split("_")) for name in WITHDRAWN} & {
        name[0].upper() + name[1:] for name in names
    }


def test_where_the_provider_chooses_the_plan_every_face_holds_to_it(world: World) -> None:
    world.change(buyer_can_select_plan=False)
    visitor, gold = world.site.browser("developer"), str(world.gold_id)

    portal, mutation = created(world, world.gold_id)
    given = created(world, world.free_id)
    nameless = world.john.send(
        "/admin/applications",
        {"application[name]": "No plan", "service_id": str(world.service_id)},
        page="/admin/applications",
    )
    form = text_of(f"/admin/applications/new?service_id={world.service_id}", world)
    signup = visitor.send("/signup", signup_form(**{"plan_ids[]": gold}), page="/signup")

    assert (portal, mutation["application"]) == (422, None)
    assert mutation["userErrors"] == [{"field": ["planId"]}]
    assert given[0] == nameless.status_code == 303
    assert given[1]["application"]["plan"]["name"] == "Free"
    assert "It will be on the plan Free, free." in form
    assert "Gold" not in form
    assert signup.status_code == 404
    assert f"plan_id={gold}" not in world.john.page("/plans")
    assert world.ask(CATALOGUE)["services"]["nodes"][1]["planChoice"] is False


def test_without_a_purpose_nothing_is_created_or_changed_where_one_is_asked_for(
    world: World,
) -> None:
    world.change(intentions_required=True)
    change = {**NAMED, "application[description]": ""}

    portal, mutation = created(world, description=" ")
    edited = answer_to("{page}", change, world)

    assert (portal, edited) == (422, 422)
    assert mutation["userErrors"] == [{"field": ["description"]}]
    assert created(world)[0] == 303
    form = world.john.page(f"/admin/applications/new?service_id={world.service_id}")
    assert 'name="application[description]" type="text" value="" required' in form


def test_an_api_that_was_never_promoted_says_so_until_it_is(world: World) -> None:
    def seen() -> tuple[bool, bool, bool, str | None]:
        page, docs = text_of("{page}", world), text_of("/docs", world)
        told = world.ask(CATALOGUE)["services"]["nodes"][1]["environment"]
        assert ("/gateway/production/weather" in page) is ("/gateway/production/weather" in docs)
        return (
            "Weather is not open for calls yet" in page,
            "/gateway/staging/weather" in page,
            "/gateway/production/weather" in page,
            told,
        )

    assert seen() == (True, False, False, None)
    world.change(staging_offered=True)
    assert seen() == (False, True, False, "STAGING")
    with world.site.deps.database.write() as db:
        promote(by(db, staff(world.site.acme), world.site.deps.installation), world.service_id)
    assert seen() == (False, False, True, "PRODUCTION")


def test_the_portal_offers_nothing_that_a_setting_refuses(world: World) -> None:
    links = "//a[contains(@href, 'applications/new')]"
    details = "//form[contains(@action, 'personal_details')]//input[@name='user[first_name]']"

    def offered() -> tuple[bool, bool, bool, bool]:
        john = world.john
        return (
            bool(john.open("/plans").tree.xpath(links)),
            bool(john.open("/admin/applications").tree.xpath(links)),
            bool(john.open("/admin/account/personal_details").tree.xpath(details)),
            "/signup" in world.site.browser("developer").page("/plans"),
        )

    assert offered() == (True, True, True, True)
    world.change(multiple_applications=False, useraccountarea_enabled=False, signups_enabled=False)
    assert offered() == (False, False, False, False)

"""Lists: pages of rows at a constant cost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import approve_account
from server.actions.accounts.invitations import invite_user
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import create_user
from server.actions.applications.keys import user_key_of
from server.actions.messages.messages import send_message
from server.actions.portal.forum import start_topic
from server.actions.portal.gallery import ask_for_gallery
from server.actions.provider.bulk import cancel_operation, start_export
from server.actions.provider.providers import NewProvider
from server.actions.provider.registered_documents import register_documents
from server.actions.provider.settings import update_settings
from server.actions.provider.tokens import create_token
from server.actions.provider.webhook_deliveries import start_test
from server.actions.registry import RESOURCES
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.admin.routes import SHOWN
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.messages.alerts import Alert
from server.domain.messages.mails import Mail
from server.domain.provider.registered_documents import GraphQLSide
from tests.kit.browser import Browser
from tests.kit.make import TEST_VAULT, staff
from tests.kit.resources import SAMPLES
from tests.kit.statements import counted
from tests.kit.work import by

FEW, MANY = 3, 12
# These say whose they are, and there are few of each for one; their pages are counted all the same.
ONE_OF_A_KIND = {"authentication_provider", "limit", "pricing_rule", "portal_file"}
NAMES = ("name", "system_name", "title", "source", "partial_path", "friendly_name")


def add_accounts(deps: Dependencies, provider: NewProvider, names: range) -> None:
    with deps.database.write() as db:
        for n in names:
            draft = NewSignup(org_name=f"Org {n}", username=f"user{n}", email=f"u{n}@x.example")
            sign_up(by(db, staff(provider), deps.installation), draft, "provider")


def test_pages_lead_on_and_back_and_keep_the_filter(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(30))

    first = admin.page("/accounts?search=Org")
    forward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.page(forward.removeprefix("/p/admin"))
    back = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "Org 29<" in first
    assert "Org 4<" not in first
    assert "Org 4<" in second
    assert 'rel="next"' not in second
    assert "search=Org" in forward
    assert "Org 29<" in admin.page(back.removeprefix("/p/admin"))


def test_a_broken_link_says_so(admin: Browser) -> None:
    for cursor in ("x", "%F0%9F%98%80", "AAAA"):
        assert admin.get(f"/accounts?after={cursor}").status_code == 404


def names_on(page: str) -> list[str]:
    """List the names of the rows of a list."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_a_list_tells_its_total_and_is_sorted_and_narrowed(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(3))
    service = acme.sample.service.id

    assert "4 accounts</p>" in admin.page("/accounts")
    assert names_on(admin.page("/accounts?sort=name")) == ["Developer", "Org 0", "Org 1", "Org 2"]
    assert names_on(admin.page("/accounts?sort=oldest&search=org")) == ["Org 0", "Org 1", "Org 2"]
    assert "0 accounts fit this filter" in admin.page("/accounts?state=suspended")
    assert "4 accounts fit this filter" in admin.page(f"/accounts?service={service}")
    plan = acme.sample.application.plan_id
    assert "4 applications fit this filter" in admin.page(f"/applications?plan={plan}")
    nobodys = "/applications?plan=99&service=x&state=none&sort=size"
    assert "4 applications</p>" in admin.page(nobodys)


@pytest.mark.parametrize("path", ["/services", "/api_docs", "/mails", "/audit"])
def test_each_list_tells_how_long_it_is(path: str, admin: Browser) -> None:
    assert 'id="total"' in admin.page(path)


def test_pages_of_a_sorted_list_keep_its_order(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    add_accounts(deps, acme, range(30))

    first = admin.page("/accounts?sort=name")
    forward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.page(forward.removeprefix("/p/admin"))

    everything = [*names_on(first), *names_on(second)]
    assert everything == sorted(everything, key=str.lower)
    assert len(everything) == 31


def test_an_application_is_found_by_its_key_which_no_address_holds(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    key = user_key_of(deps.installation.vault, acme.sample.application)

    found = admin.send("/applications/by_key", "by-key", key=key)
    lost = admin.send("/applications/by_key", "by-key", key="nobodys-key")

    assert found.headers["location"] == f"/p/admin/applications/{acme.sample.application.id}"
    assert lost.status_code == 422
    assert "Find by key is no key of an application here." in lost.text
    assert "/by_key?" not in lost.text


@dataclass(frozen=True, slots=True)
class World:
    """A provider with as many rows of each kind as were asked for."""

    deps: Dependencies
    acme: NewProvider

    def grow(self, numbers: range) -> None:
        """Make one more of everything for each number."""
        with self.deps.database.write() as db:
            for n in numbers:
                self._grow(db, n)

    def _grow(self, db: Session, n: int) -> None:
        acme, installation = self.acme, self.deps.installation
        work = by(db, staff(acme), installation)
        draft = NewSignup(org_name=f"Org {n}", username=f"user{n}", email=f"u{n}@x.example")
        signup = sign_up(work, draft, "provider")
        approve_account(work, signup.account.id)
        invite_user(work, signup.account.id, {"email": f"i{n}@x.example"})
        john = by(db, actor_of_user(signup.user), installation)
        send_message(john, {"subject": f"Question {n}", "body": "Does it rain?"})
        send_message(work, {"subject": f"Answer {n}", "body": "It does."}, signup.account.id)
        start_topic(john, {"title": f"Topic {n}", "body": "How?"})
        application = signup.applications[0]
        ask_for_gallery(john, application.id, {"title": f"Radar {n}", "description": "Rain."})
        create_service(work, {"name": f"Service {n}"})
        admin = by(db, actor_of_user(acme.admin), installation)
        create_token(admin, {"name": f"Token {n}", "scopes": ["stats"]})
        cancel_operation(admin, start_export(admin, "{ x }", {}).id)
        text = f"query Of{n} {{ viewer {{ id }} }}"
        register_documents(work, GraphQLSide.ADMIN, {sha256(text.encode()).hexdigest(): text})
        create_user(work, None, {"username": f"staff{n}", "email": f"s{n}@acme.example"})
        for resource in RESOURCES:
            if resource.name not in ONE_OF_A_KIND:
                sample = SAMPLES[resource.name](db, acme)
                row = resource.create(work, numbered(sample.values, n), sample.parent_id)
                if resource.name == "webhook_endpoint":
                    start_test(work, row.id)
        owner, metric = acme.provider.id, list_metrics(db, acme.sample.service.id)[0]
        mail: dict[str, Any] = {
            "template": "t",
            "sender": "a@acme.example",
            "recipient": f"r{n}@x.example",
        }
        sealed = TEST_VAULT.seal("Hi")
        db.add(Mail(provider_id=owner, subject=f"Mail {n}", body_sealed=sealed, **mail))
        db.add(
            Alert(
                provider_id=owner,
                account_id=signup.account.id,
                application_id=application.id,
                service_id=application.service_id,
                metric_id=metric.id,
                metric_name="hits",
                period="day",
                window_start=work.now,
                level=80,
                limit_value=100,
                used=81,
            )
        )


def numbered(values: Mapping[str, Any], n: int) -> dict[str, Any]:
    """Give a further object names of its own."""
    numbers = {name: f"{values[name]}{n}" for name in NAMES if name in values}
    if str(values.get("name", "")).endswith(".example"):  # a domain
        numbers["name"] = f"n{n}-{values['name']}"
    if "pattern" in values:
        numbers["pattern"] = f"/n{n}{values['pattern']}"
    return {**values, **numbers, **({"required": False} if "required" in values else {})}


@pytest.fixture
def world(deps: Dependencies, acme: NewProvider) -> World:
    """Open the forum and the gallery."""
    with deps.database.write() as db:
        opened = {"forum_enabled": True, "app_gallery_enabled": True}
        update_settings(by(db, staff(acme), deps.installation), opened)
    return World(deps, acme)


def test_every_page_costs_the_same_for_few_rows_and_for_many(world: World, admin: Browser) -> None:
    sample = world.acme.sample
    ids = {
        "service_id": sample.service.id,
        "account_id": sample.application.account_id,
        "application_id": sample.application.id,
        "plan_id": sample.application.plan_id,
        "endpoint_id": 1,
        "operation_id": 1,
        "document_id": 1,
        "environment": "staging",
    }
    paths = [path for path, _ in SHOWN if names_in(path) <= ids.keys()]
    costs: dict[str, list[int]] = {}

    for numbers in (range(FEW), range(FEW, MANY)):
        world.grow(numbers)
        for path in paths:
            with counted(world.deps) as statements:
                admin.page(path.format(**ids))
            costs.setdefault(path, []).append(len(statements))

    assert len(costs) > 60
    long = ("/accounts", "/applications", "/audit", "/users", "/service_contracts", "/invitations")
    assert {path: costs[path] for path in long if costs[path][1] > 20} == {}
    assert {path: cost for path, cost in costs.items() if cost[1] > cost[0]} == {}


def names_in(path: str) -> set[str]:
    """List the variables of an address."""
    return {part.partition("}")[0] for part in path.split("{")[1:]}


def test_each_list_is_narrowed_and_says_when_nothing_fits(world: World, admin: Browser) -> None:
    world.grow(range(FEW))
    service = world.acme.sample.service.id
    with world.deps.database.write() as db:
        account = db.exec(select(Account).where(Account.org_name == "Org 1")).one()
        account.wanted_plan_id = account.account_plan_id
    told = {
        f"/applications?account={account.id}": "1 application fits",
        "/applications?account=99": "4 applications</p>",
        "/applications?created_since=2000-01-01": "4 applications fit",
        "/applications?created_until=2000-01-01": "No application fits this filter.",
        "/accounts?created_since=2000-01-01&created_until=2999-12-31": "4 accounts fit",
        "/accounts?created_until=2000-01-01": "No account fits this filter.",
        "/accounts?created_since=yesterday&created_until=9999-12-31": "4 accounts</p>",
        "/accounts?state=wants_plan": "1 account fits",
        "/services?search=SERVICE+1": "1 API fits",
        "/services?state=hidden": "No API fits this filter.",
        f"/services/{service}/plans?search=gold2": ">Gold2</a>",
        f"/services/{service}/plans?state=published&search=gold": "No plan fits this filter.",
        f"/services/{service}/service_plans?search=gold1": ">Gold1</a>",
        "/account_plans?search=lead": "No plan fits this filter.",
        f"/service_contracts?service={service}&state=live": "4 subscriptions fit",
        f"/service_contracts?account={account.id}&service={service}": "1 subscription fits",
        "/service_contracts?state=wants_plan": "No subscription fits this filter.",
        "/users?search=u1@x": "1 user fits",
        "/users": "4 users</p>",
        "/invitations": "3 invitations</p>",
        f"/invitations?state=accepted&account={account.id}": "No invitation fits this filter.",
        f"/users?account={account.id}&role=member": "No user fits this filter.",
        "/team?search=staff2": "1 user fits",
        "/team?state=suspended": "Nobody of the team fits this filter.",
        "/messages?search=org+1": "1 message fits",
        "/messages?state=read": "No message fits this filter.",
        "/messages/sent?search=answer": "3 messages fit",
        "/mails?search=r1@x": "1 mail fits",
        "/mails?state=failed": "No mail fits this filter.",
        "/alerts?search=hits&state=unread": "3 alerts fit",
        f"/alerts?service={service}&state=read": "No alert fits this filter.",
        "/webhooks/1?search=nothing": "No delivery fits this filter.",
    }

    pages = {path: admin.page(path) for path in told}

    assert {path: words for path, words in told.items() if words not in pages[path]} == {}
    is_narrowed = {path for path, page in pages.items() if "Clear the filter" in page}
    assert set(told) - is_narrowed == {path for path, words in told.items() if "</p>" in words}

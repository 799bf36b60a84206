"""Taking over a tenant of the reference system: what comes, what does not, and the next time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from gateway.windows import Period, window_of
from server.actions.applications.keys import user_key_of
from server.actions.provider.providers import create_empty_provider
from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.policies import chain_of
from server.actions.services.services import create_service
from server.as_code.moving.client import Api
from server.as_code.moving.reader import ApiReader
from server.as_code.moving.report import Report
from server.as_code.moving.tenant import CannotMove, Record
from server.as_code.moving.writer import Ways, move_in
from server.as_code.topic import Workspace
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord, Face, came_through
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.kit.numbering import numbered
from server.usage import take_over
from tests.kit.reference import BARN_LANE, TOKEN, Answer, Reference, served, small_tenant


@dataclass
class Target:
    """A provider to whom a tenant moves."""

    deps: Dependencies
    provider_id: int
    parts: int = 0  # transactions so far
    said: list[str] = field(default_factory=list)

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """Open a transaction of the move."""
        with self.deps.database.write() as db:
            came_through(db, Face.IMPORT)
            yield Workspace(db, Actor.system(self.provider_id), self.deps.installation)

    def move(self, reference: Reference, **more: Any) -> Report:
        """Take the tenant over, or what is another by now."""
        report = Report(self.said.append)
        source = Interrupted(Api(reference.url, TOKEN, per_s=10_000, first_wait_s=0.001), **more)
        move_in(source, Ways(self.writing, take_over), report)
        return report

    def all_of(self, model: Any) -> list[Any]:
        """Read all rows of a table."""
        with self.deps.database.read() as db:
            return list(db.exec(select(model).order_by(model.id)))


class Interrupted(ApiReader):
    """Reads until somebody ends it."""

    def __init__(self, api: Api, most: int = 1000) -> None:
        super().__init__(api)
        self.completed: list[Any] = []
        self._most = most

    def complete(self, account: Record) -> tuple[Record, list[Any]]:
        """Read an account, unless it is one too many."""
        if len(self.completed) == self._most:
            raise CannotMove("The cable was pulled.")
        self.completed.append(account["id"])
        return super().complete(account)


@pytest.fixture
def target(deps: Dependencies) -> Target:
    """Make a provider without an API."""
    with deps.database.write() as db:
        made = create_empty_provider(db, deps.installation, "Acme", "admin@acme.example")
    return Target(deps, made.provider.id)


@pytest.fixture
def reference() -> Iterator[Reference]:
    """Serve a small tenant."""
    with served(small_tenant()) as told:
        yield told


def missed(report: Report) -> dict[str, str]:
    """Tell why something was not taken over, by object."""
    return {each.what: each.why for each in report.untaken}


def test_a_tenant_comes_and_a_second_run_takes_only_what_changed_there(
    target: Target, reference: Reference
) -> None:
    _check_first(target, target.move(reference))
    with target.writing() as work:  # what is changed here stays, as long as it is the same there
        [service] = work.db.exec(select(Service))
        service.description = "Ours"

    assert target.move(reference).lines == []
    _check_mails(target)
    _check_changes(target, reference)


def _check_first(target: Target, report: Report) -> None:
    """Ids, keys and words are here; what can't be taken is told."""
    [service] = target.all_of(Service)
    [proxy] = target.all_of(Proxy)
    barn, own = target.all_of(Application)
    [account] = target.all_of(Account)
    assert (service.id, service.system_name, service.is_default) == (2555417, "api", True)
    assert (service.web_buyer_levels, service.buyer_plan_change_permission) == (
        "50 100",
        "request_credit_card",
    )
    assert (proxy.api_backend, proxy.auth_user_key, proxy.error_status_no_match) == (
        "https://upstream.acme.example:443",
        "api-key",
        418,
    )
    assert chain_of(target.deps.installation.vault, proxy) == []
    vault = target.deps.installation.vault
    assert [(each.id, user_key_of(vault, each)) for each in (barn, own)] == [
        (701, "the-key-of-barn"),
        (702, "the-key-of-own"),
    ]
    assert (account.id, account.state, account.extra_fields) == (
        501,
        "approved",
        {"vat_code": "X1"},
    )
    assert account.billing_address == BARN_LANE
    with target.deps.database.read() as db:
        plan = db.get_one(ApplicationPlan, own.plan_id)
        [limit] = db.exec(select(UsageLimit).where(UsageLimit.plan_id == plan.id))
    assert (plan.is_custom, plan.name, limit.value) == (True, "Gold (custom)", 99)
    why = missed(report)
    assert "of_our_own" in why["service api, proxy"]
    assert "must be 3 to 40 letters" in why["user x of Farm"]
    assert "is not told there" in why["service api, its service token"]
    assert "https://api.acme.example:443" in next(each for each in why if "its address" in each)


def _check_mails(target: Target) -> None:
    """Nobody was mailed, but once for a password."""
    events = target.all_of(EventRecord)
    asked = [each.facts for each in events if each.kind == EventKind.PASSWORD_RESET_ASKED]
    assert asked == [{"audience": "developer", "email": "jane@farm.example"}]
    assert {each.face for each in events if each.kind == EventKind.APPLICATION_CREATED} == {
        Face.IMPORT
    }
    [jane] = [each for each in target.all_of(User) if each.username == "jane"]
    assert (jane.state, jane.role, jane.password_hash) == ("active", "admin", "")


def _check_changes(target: Target, reference: Reference) -> None:
    """What is another there comes, and nothing else; what is gone there goes, or is told."""
    [limit] = reference.lists["/application_plans/41/limits"][1]
    limit["value"] = 20
    [rule] = reference.lists["/services/2555417/proxy/mapping_rules"][1]
    rule["pattern"] = "/adoptions"
    reference.lists["/accounts/501/applications"][1][0]["name"] = "Stable"

    lines = target.move(reference).lines

    assert lines == [
        "- service api, mapping rule POST /adopt",
        "~ service api, application plan gold, limit hits month: value: 10 -> 20",
        "+ service api, mapping rule POST /adoptions",
        "~ application Stable of Farm",
    ]
    reference.listing("/services/2555417/proxy/mapping_rules", "mapping_rules")
    reference.listing("/accounts/501/users", "users")
    report = target.move(reference)
    assert target.all_of(MappingRule) == []
    assert "gone there" in missed(report)["user 601"]
    assert target.all_of(Service)[0].description == "Ours"


def test_a_run_that_was_ended_goes_on_behind_its_last_account(
    target: Target, reference: Reference
) -> None:
    accounts = [
        {"id": number, "org_name": f"A{number}", "state": "approved"} for number in (1, 2, 3)
    ]
    reference.listing("/accounts", "accounts", *accounts)
    with pytest.raises(CannotMove, match="cable"):
        target.move(reference, most=2)
    assert [each.org_name for each in target.all_of(Account)] == ["A1", "A2"]

    asked = len(reference.asked)
    target.move(reference)

    assert [each.org_name for each in target.all_of(Account)] == ["A1", "A2", "A3"]
    assert "Going on where the last run stopped." in target.said
    again = [path for path in reference.asked[asked:] if path.startswith("/admin/api/accounts/")]
    assert {path.split("/")[4] for path in again} == {"3"}


def test_counters_are_taken_from_authorize_and_from_the_statistics(
    target: Target, reference: Reference
) -> None:
    start = window_of(Period.MONTH, datetime.now(UTC)).start
    backend = {"endpoint": reference.url}
    content = {
        "backend_authentication_type": "service_token",
        "backend_authentication_value": "token-of-api",
        "proxy": {"backend": backend},
    }
    config = {"id": 1, "version": 3, "environment": "sandbox", "content": content}
    reference.objects["/services/2555417/proxy/configs/sandbox/latest"] = {"proxy_config": config}
    reference.raw["/transactions/authorize.xml"] = Answer(
        200,
        b"<status><authorized>true</authorized><usage_reports>"
        b'<usage_report metric="hits" period="month">'
        + f"<period_start>{start:%Y-%m-%d %H:%M:%S} +0000</period_start>".encode()
        + b"<max_value>10</max_value><current_value>7</current_value></usage_report>"
        b"</usage_reports></status>",
    )

    report = target.move(reference)
    assert used(target, 701) == [("month", start, 7)]
    assert target.move(reference).lines == []
    assert "service api, its service token" not in missed(report)

    reference.raw["/transactions/authorize.xml"] = Answer(404)
    reference.raw["/stats/applications/701/usage.json"] = Answer(200, b'{"total": 9}')
    report = target.move(reference)
    assert used(target, 701) == [("month", start, 9)]
    assert "hits a month" in missed(report)["application Own (702), counters"]


def used(target: Target, application_id: int) -> list[tuple[str, datetime, int]]:
    """Read the counters of an application."""
    query = select(UsageTotal).where(UsageTotal.application_id == application_id)
    with target.deps.database.read() as db:
        return [(each.period, each.window_start, each.value) for each in db.exec(query)]


def test_an_id_that_is_taken_is_another_one_and_told(
    target: Target, reference: Reference, deps: Dependencies
) -> None:
    with deps.database.write() as db:
        create_empty_provider(db, deps.installation, "Other", "admin@other.example")
        _occupy(db, target)

    report = target.move(reference)

    made = [each.id for each in target.all_of(Service)]
    assert made == [2555417, 2555418]
    assert "it is 2555418" in missed(report)["service Pets, id"]


def _occupy(db: Session, target: Target) -> None:
    """Give the service's id to another one."""
    work = Workspace(db, Actor.system(target.provider_id), target.deps.installation)
    with numbered(db, Service, 2555417):
        create_service(work, {"name": "First", "system_name": "first"})


def test_production_runs_what_it_runs_there_also_where_that_is_older(
    target: Target, reference: Reference
) -> None:
    old, new = (
        {"proxy": {"api_backend": f"https://{name}.acme.example:443", "proxy_rules": rules}}
        for name, rules in (
            ("old", [{"id": 20, "metric_id": 11, "pattern": "/old", "http_method": "GET"}]),
            ("upstream", []),
        )
    )
    for environment, content in (("sandbox", new), ("production", old)):
        config = {"id": 1, "version": 3, "environment": environment, "content": content}
        path = f"/services/2555417/proxy/configs/{environment}/latest"
        reference.objects[path] = {"proxy_config": config}

    target.move(reference)

    assert _runs(target, "production") == ("https://old.acme.example:443", ["/old"])
    assert _runs(target, "staging") == ("https://upstream.acme.example:443", ["/adopt"])
    assert target.move(reference).lines == []


def _runs(target: Target, environment: str) -> tuple[str, list[str]]:
    """Tell where an environment sends calls, and which it counts."""
    with target.deps.database.read() as db:
        config = find_current_config(db, 2555417, environment)
        assert config is not None
        proxy = document_of(target.deps.installation, config)["proxy"]
    return proxy["api_backend"], [rule["pattern"] for rule in proxy["proxy_rules"]]


def test_what_fails_or_is_of_no_kind_known_here_is_a_line_of_the_report(
    target: Target, reference: Reference
) -> None:
    reference.listing(
        "/accounts",
        "accounts",
        *reference.lists["/accounts"][1],
        {"id": 502, "org_name": "Boat", "state": "approved"},
        {"id": 503, "org_name": "Mill", "state": "odd"},
    )
    reference.objects["/accounts/503/plan"] = {"account_plan": {"id": 99, "name": "Gone"}}
    reference.lists["/accounts/501/applications"][1][0]["state"] = "weird"
    reference.raw["/admin/api/accounts/502/users.json"] = Answer(500, b"oops")
    reference.raw["/admin/api/active_docs.json"] = Answer(400, b"no")

    report = target.move(reference)

    told = missed(report)
    assert "answers 500" in told["account Boat (502), and all below it"]
    assert "answered 400" in told["ActiveDocs"]
    assert "(404)" in told["backend APIs"]
    assert "(404)" in told["content of the portal"]
    assert "state there is odd" in told["account Mill, state"]
    assert "default plan" in told["account Mill, its account plan"]
    assert "weird" in told["application Barn of Farm, state"]
    assert {"access tokens", "passwords", "invoices", "statistics of the past"} <= set(told)
    assert [each.org_name for each in target.all_of(Account)][-2:] == ["Farm", "Mill"]

    del reference.raw["/admin/api/accounts/502/users.json"]
    reference.raw["/admin/api/accounts/501/users.json"] = Answer(502)
    report = target.move(reference)
    assert "+ account Boat" in report.lines
    assert not [each for each in report.untaken if "gone there" in each.why]

    reference.raw["/admin/api/accounts.json"] = Answer(404)
    with pytest.raises(CannotMove, match="404"):
        target.move(reference)

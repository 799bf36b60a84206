"""Rows within reach: two providers with mirrored data, and nothing crosses."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts import accounts, users
from server.actions.applications import applications
from server.actions.plans import features, limits, plans
from server.actions.provider import audit
from server.actions.provider.providers import NewProvider
from server.actions.services import configs, mapping_rules, metrics, proxies, services
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.errors import NotFound
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.kit.make import make_provider, staff
from tests.kit.work import by

ROWS: list[type[SQLModel]] = [
    Account,
    AccountPlan,
    ApplicationPlan,
    Feature,
    MappingRule,
    Metric,
    ProxyConfig,
    Service,
    ServicePlan,
    UsageLimit,
    User,
]


@pytest.fixture
def globex(deps: Dependencies, acme: NewProvider) -> NewProvider:
    """Make a second provider whose data mirrors the first one's, limits included."""
    other = make_provider(deps, "Globex")
    for provider in (acme, other):
        with deps.database.write() as db:
            service_id, actor = provider.sample.service.id, staff(provider)
            wanted = {
                "metric_id": metrics.list_metrics(db, service_id)[0].id,
                "period": "hour",
                "value": 5,
            }
            limits.set_limit(by(db, actor), wanted, provider.sample.application.plan_id)
    return other


def first_id(db: Session, model: type[SQLModel], provider: NewProvider) -> int:
    """Find the id of some row of a provider."""
    query = select(model).where(model.provider_id == provider.provider.id)  # type: ignore[attr-defined]  # all listed have one
    found: int = db.exec(query).first().id  # type: ignore[union-attr]  # the sample has one
    return found


def test_no_list_shows_a_foreign_row(
    deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    actor = staff(globex)
    queries: list[SelectOfScalar[SQLModel]] = [
        accounts.accounts_query(actor),  # type: ignore[list-item]  # one list of all kinds
        applications.applications_query(actor),  # type: ignore[list-item]  # likewise
        audit.events_query(actor),  # type: ignore[list-item]  # likewise
        features.FEATURES.query(actor),  # type: ignore[list-item]  # likewise
        limits.LIMITS.query(actor),  # type: ignore[list-item]  # likewise
        mapping_rules.MAPPING_RULES.query(actor),  # type: ignore[list-item]  # likewise
        plans.ACCOUNT_PLANS.query(actor),  # type: ignore[list-item]  # likewise
        plans.APPLICATION_PLANS.query(actor),  # type: ignore[list-item]  # likewise
        plans.SERVICE_PLANS.query(actor),  # type: ignore[list-item]  # likewise
        metrics.METRICS.query(actor),  # type: ignore[list-item]  # likewise
        services.SERVICES.query(actor),  # type: ignore[list-item]  # likewise
        users.users_query(actor),  # type: ignore[list-item]  # likewise
    ]

    with deps.database.read() as db:
        for query in queries:
            rows = db.exec(query).all()
            assert rows
            assert {row.provider_id for row in rows} == {globex.provider.id}  # type: ignore[attr-defined]  # all have one
        foreign = configs.configs_query(actor, acme.sample.service.id, "staging")
        assert db.exec(foreign).all() == []


def test_no_verb_reaches_a_foreign_row(
    deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    actor = staff(globex)
    with deps.database.write() as db:
        ids = {model: first_id(db, model, acme) for model in ROWS}
        application = acme.sample.application.id
        attempts: list[Callable[[], object]] = [
            lambda: accounts.get_account(by(db, actor), ids[Account]),
            lambda: accounts.approve_account(by(db, actor), ids[Account]),
            lambda: accounts.suspend_account(by(db, actor), ids[Account]),
            lambda: accounts.update_account(by(db, actor), ids[Account], {"org_name": "x"}),
            lambda: accounts.change_account_plan(by(db, actor), ids[Account], ids[AccountPlan]),
            lambda: applications.get_application(by(db, actor), application),
            lambda: applications.update_application(by(db, actor), application, {"name": "x"}),
            lambda: applications.suspend_application(by(db, actor), application),
            lambda: features.FEATURES.update(by(db, actor), ids[Feature], {"name": "x"}),
            lambda: features.FEATURES.delete(by(db, actor), ids[Feature]),
            lambda: limits.LIMITS.delete(by(db, actor), ids[UsageLimit]),
            lambda: mapping_rules.MAPPING_RULES.update(
                by(db, actor), ids[MappingRule], {"delta": 2}
            ),
            lambda: mapping_rules.MAPPING_RULES.delete(by(db, actor), ids[MappingRule]),
            lambda: metrics.METRICS.update(by(db, actor), ids[Metric], {"unit": "x"}),
            lambda: metrics.METRICS.delete(by(db, actor), ids[Metric]),
            lambda: plans.hide_plan(by(db, actor), ApplicationPlan, ids[ApplicationPlan]),
            lambda: plans.copy_application_plan(by(db, actor), ids[ApplicationPlan]),
            lambda: plans.make_default_plan(by(db, actor), ServicePlan, ids[ServicePlan]),
            lambda: configs.promote(by(db, actor), ids[Service]),
            lambda: proxies.update_proxy(by(db, actor, deps.installation), ids[Service], {}),
            lambda: services.update_service(by(db, actor), ids[Service], {"name": "x"}),
            lambda: services.delete_service(by(db, actor), ids[Service]),
            lambda: users.update_user(by(db, actor), ids[User], {"first_name": "x"}),
            lambda: users.suspend_user(by(db, actor), ids[User]),
        ]
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt()

"""Metrics and methods: names that may travel, one place in the tree, gone only when unused."""

from itertools import product

import pytest
from sqlmodel import Session, select

from server.actions.applications.applications import delete_application
from server.actions.plans.limits import list_limits, set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import METRICS, create_method, list_metrics
from server.domain.errors import Blank, Conflict, DomainError, InUse, Invalid, NotFound, Taken
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.metrics import Metric
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused


def hits_of(db: Session, provider: NewProvider) -> Metric:
    """Find the metric that every service has."""
    return list_metrics(db, provider.sample.service.id)[0]


def test_a_metric_stands_alone_and_a_method_counts_for_hits(acme: NewProvider, db: Session) -> None:
    actor, hits = staff(acme), hits_of(db, acme)

    metric = METRICS.create(
        by(db, actor), {"friendly_name": "Bytes out", "unit": "byte"}, acme.sample.service.id
    )
    event_is(db, EventKind.METRIC_CREATED, metric.id, {})
    method = create_method(
        by(db, actor),
        {"friendly_name": "Search", "system_name": "a.b-c", "unit": "ignored"},
        hits.id,
    )
    event_is(db, EventKind.METRIC_CREATED, method.id, {})

    assert (metric.system_name, metric.unit, metric.parent_id) == ("bytes_out", "byte", None)
    assert (method.system_name, method.unit, method.parent_id) == ("a.b-c", "hit", hits.id)
    assert list_metrics(db, acme.sample.service.id) == [hits, metric, method]


def test_metrics_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    hits, draft = hits_of(db, acme), {"friendly_name": "Search"}
    method = create_method(by(db, staff(acme)), draft, hits.id)

    guarded(
        db,
        (acme, globex),
        Permission.SERVICES_EDIT,
        (METRICS.create, draft, acme.sample.service.id),
        (create_method, draft, hits.id),
        (METRICS.update, method.id, {"unit": "call"}),
        (METRICS.delete, method.id),
    )
    for act, nowhere in product((METRICS.create, create_method), NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, draft, nowhere)
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, METRICS.delete, nowhere)
    assert list(db.exec(METRICS.query(staff(globex)))) == [hits_of(db, globex)]


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    cases: tuple[tuple[str, str, type[DomainError]], ...] = (
        ("friendly_name", " ", Blank),
        ("friendly_name", "a\x00b", Invalid),
        ("system_name", "a/b", Invalid),
        ("system_name", "a[b]", Invalid),
        ("system_name", "-a", Invalid),
        ("system_name", "hits", Taken),
        ("unit", "", Blank),
        ("description", "\ud800", Invalid),
    )
    for field, value, error in cases:
        draft = {"friendly_name": "Search", field: value}
        refused(
            by(db, staff(acme)), error, METRICS.create, draft, acme.sample.service.id, field=field
        )
    taken = {"friendly_name": "Hits"}
    refused(by(db, staff(acme)), Taken, create_method, taken, hits_of(db, acme).id)


def test_only_hits_has_methods(acme: NewProvider, db: Session) -> None:
    actor, draft = staff(acme), {"friendly_name": "Deep"}
    method = create_method(by(db, actor), {"friendly_name": "Search"}, hits_of(db, acme).id)
    metric = METRICS.create(by(db, actor), {"friendly_name": "Bytes"}, acme.sample.service.id)

    for parent in (method, metric):
        refused(by(db, actor), Invalid, create_method, draft, parent.id, field="metric_id")


def test_names_change_but_never_the_one_on_the_wire(acme: NewProvider, db: Session) -> None:
    hits = hits_of(db, acme)

    METRICS.update(by(db, staff(acme)), hits.id, {"friendly_name": "Calls", "unit": "call"})

    changes: dict[str, object] = {"friendly_name": ["Hits", "Calls"], "unit": ["hit", "call"]}
    event_is(db, EventKind.METRIC_UPDATED, hits.id, changes)
    said = len(kinds(db))
    METRICS.update(by(db, staff(acme)), hits.id, {"unit": "call"})
    assert len(kinds(db)) == said
    for field in ("system_name", "parent_id", "service_id", "provider_id"):
        refused(by(db, staff(acme)), Invalid, METRICS.update, hits.id, {field: "x"}, field=field)


def test_a_metric_goes_with_its_limits_once_no_rule_no_method_and_no_customer_needs_it(
    acme: NewProvider, db: Session
) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    hits, plan_id = hits_of(db, acme), acme.sample.application.plan_id
    method = create_method(by(db, actor), {"friendly_name": "Search"}, hits.id)
    set_limit(by(db, actor), {"metric_id": method.id, "period": "day", "value": 1}, plan_id)
    draft = {"http_method": "GET", "pattern": "/search", "metric_id": method.id}
    rule = MAPPING_RULES.create(by(db, actor), draft, service_id)

    refused(by(db, actor), Conflict, METRICS.delete, hits.id)
    refused(by(db, actor), InUse, METRICS.delete, method.id)
    MAPPING_RULES.delete(by(db, actor), rule.id)
    with pytest.raises(InUse, match=r"^1 application is on plans that limit it\."):
        METRICS.delete(by(db, actor), method.id)
    delete_application(by(db, actor), acme.sample.application.id)
    db.flush()
    METRICS.delete(by(db, actor), method.id)

    event_is(db, EventKind.METRIC_DELETED, method.id, {})
    assert list_limits(db, plan_id) == []
    assert db.exec(select(Metric).where(Metric.service_id == service_id)).all() == [hits]

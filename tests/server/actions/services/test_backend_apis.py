"""Services made of backend APIs: what may be mounted, what documents say, what counts for what."""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from gateway.config.document import ServiceDocument
from gateway.directory import Metric
from server.actions.plans.limits import LIMITS, disable_metric, enable_metric
from server.actions.provider.providers import NewProvider
from server.actions.services.backend_apis import BACKEND_APIS, list_backend_metrics
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.configs import deploy_to_staging, find_current_config, promote
from server.actions.services.documents import build_document, document_of, without_secrets
from server.actions.services.mapping_rules import BACKEND_RULES, MAPPING_RULES, move_mapping_rule
from server.actions.services.metrics import (
    BACKEND_METRICS,
    METRICS,
    create_method,
    find_counted_metric,
    list_metrics,
)
from server.actions.services.proxies import update_proxy
from server.actions.services.services import create_service, delete_service
from server.actions.work import Work
from server.directory_queries import find_by_app_ids, find_service_record
from server.domain.errors import DomainError, InUse, Invalid, NotFound, Taken, TooLong
from server.domain.services.backend_apis import MOST_MOUNT
from server.domain.services.services import Service
from tests.kit.backend_apis import make_mounted
from tests.kit.make import staff
from tests.kit.work import by

GOOD_PATHS = {
    "": "/",
    "/": "/",
    "stock/": "/stock",
    "/v1//stock": "/v1/stock",
    "/a/../b": "/b",
    "/sto%63k": "/stock",
    "/é": "/%C3%A9",
    "/a.b-c_d~e'f(g)": "/a.b-c_d~e'f(g)",
}
BAD_PATHS = ("/{id}", "/a;b", "/a?b=1", "/a#b", "/..", "/a b\\c", "/%zz", "/" + "x" * MOST_MOUNT)


def refused(act: Callable[[], object]) -> tuple[type[DomainError], str | None]:
    """Tell how an action is refused, and which field is blamed."""
    try:
        act()
    except DomainError as error:
        return type(error), error.field
    raise AssertionError("it was not refused")


def test_mounts_are_written_in_the_one_spelling_of_paths(db: Session, acme: NewProvider) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    usage = make_mounted(work, service_id)["usage_id"]

    for given, stored in GOOD_PATHS.items():
        assert BACKEND_USAGES.update(work, usage, {"path": given}).path == stored
    for bad in BAD_PATHS:
        kind, field = refused(partial(BACKEND_USAGES.update, work, usage, {"path": bad}))
        assert (kind in {Invalid, TooLong}, field) == (True, "path"), bad


def test_what_would_mean_two_things_is_refused(db: Session, acme: NewProvider) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    made = make_mounted(work, service_id)
    backend, hits = made["backend_api_id"], list_metrics(db, service_id)[0]
    url = {"private_endpoint": "https://b.example"}
    other = BACKEND_APIS.create(work, {"name": "Other", **url})

    def mount(backend_api_id: int, path: str) -> object:
        values = {"backend_api_id": backend_api_id, "path": path}
        return BACKEND_USAGES.create(work, values, service_id)

    assert refused(lambda: mount(backend, "/x")) == (Taken, "backend_api_id")
    assert refused(lambda: mount(other.id, "/inventory/")) == (Taken, "path")
    assert refused(lambda: mount(999, "/x")) == (NotFound, "backend_api_id")
    own = work.installation.addresses.public_url
    itself = {"name": "Us", "private_endpoint": own}
    assert refused(lambda: BACKEND_APIS.create(work, itself)) == (Invalid, "private_endpoint")
    # A rule counts for what belongs to the same owner, a plan limits what counts for its API.
    rule = {"http_method": "GET", "pattern": "/"}
    theirs = {**rule, "metric_id": made["backend_metric_id"]}
    assert refused(lambda: MAPPING_RULES.create(work, theirs, service_id)) == (Invalid, "metric_id")
    ours = {**rule, "metric_id": hits.id}
    assert refused(lambda: BACKEND_RULES.create(work, ours, backend)) == (Invalid, "metric_id")
    unused = list_backend_metrics(db, [other.id])[0].id
    plan = acme.sample.application.plan_id
    limit = {"metric_id": unused, "period": "day", "value": 1}
    assert refused(lambda: LIMITS.create(work, limit, plan)) == (Invalid, "metric_id")
    assert refused(lambda: enable_metric(work, plan, unused)) == (Invalid, "metric_id")
    # Names of metrics of backend APIs end with their number, and stay theirs.
    alike = {"friendly_name": "X", "system_name": f"hits.{backend}"}
    assert refused(lambda: METRICS.create(work, alike, service_id)) == (Taken, "system_name")
    METRICS.create(work, {"friendly_name": "Y", "system_name": f"hits.{other.id}"}, service_id)
    assert refused(lambda: mount(other.id, "/o")) == (Taken, "backend_api_id")


def test_what_is_used_stays(db: Session, acme: NewProvider) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    made, plan = make_mounted(work, service_id), acme.sample.application.plan_id
    limit = disable_metric(work, plan, made["backend_metric_id"])
    deploy_to_staging(work, service_id)
    promote(work, service_id)

    assert refused(lambda: BACKEND_APIS.delete(work, made["backend_api_id"])) == (InUse, None)
    assert refused(lambda: BACKEND_USAGES.delete(work, made["usage_id"])) == (InUse, None)
    LIMITS.delete(work, limit.id)
    BACKEND_USAGES.delete(work, made["usage_id"])
    # Production still sends calls to it, and what they count for is known there.
    assert refused(lambda: BACKEND_APIS.delete(work, made["backend_api_id"])) == (InUse, None)
    deploy_to_staging(work, service_id)
    record = find_service_record(db, service_id, work.installation.addresses)
    assert record is not None
    assert f"hits.{made['backend_api_id']}" in record.metrics
    promote(work, service_id)
    BACKEND_APIS.delete(work, made["backend_api_id"])
    assert list_backend_metrics(db, [made["backend_api_id"]]) == []


def test_a_service_that_is_deleted_lets_its_backends_go(db: Session, acme: NewProvider) -> None:
    work = by(db, staff(acme))
    service = create_service(work, {"name": "Mayfly"})
    made = make_mounted(work, service.id)

    delete_service(work, service.id)

    # What its gateways ran is closed with it.
    assert refused(lambda: BACKEND_USAGES.get(work, made["usage_id"])) == (NotFound, "id")
    BACKEND_APIS.delete(work, made["backend_api_id"])


def test_the_document_sends_calls_to_backends_and_counts_them(
    db: Session, acme: NewProvider
) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    service = db.get_one(Service, service_id)
    before = build_document(db, work.installation, service)
    made = make_mounted(work, service_id)
    number, hits = made["backend_api_id"], made["backend_metric_id"]
    method = create_method(work, {"friendly_name": "Items"}, hits)
    rule = {"http_method": "POST", "pattern": "/items?x={x}", "metric_id": method.id}
    second = BACKEND_RULES.create(work, rule, number)
    move_mapping_rule(work, second.id, "up")
    deeper = BACKEND_APIS.create(work, {"name": "D", "private_endpoint": "http://d.example/"})
    BACKEND_USAGES.create(
        work, {"backend_api_id": deeper.id, "path": "/inventory/deep"}, service_id
    )

    config = deploy_to_staging(work, service_id)

    document = document_of(work.installation, config)
    routing, apicast = document["proxy"]["policy_chain"]
    assert (routing["name"], apicast["name"]) == ("routing", "apicast")
    first, second_rule = routing["configuration"]["rules"]
    assert first["url"] == "http://d.example/"
    assert second_rule == {
        "url": "https://inventory.example:8443/v1",
        "owner_id": number,
        "owner_type": "BackendApi",
        "condition": {
            "operations": [{"match": "path", "op": "matches", "value": "^/inventory(?:/.*)?$"}]
        },
        "replace_path": "{{uri | remove_first: '/inventory'}}",
    }
    rules = [
        (each["pattern"], each["metric_system_name"], each["owner_type"])
        for each in document["proxy"]["proxy_rules"]
    ]
    assert rules == [
        ("/", "hits", "Proxy"),
        ("/inventory/items?x={x}", f"items.{number}", "BackendApi"),
        ("/inventory$", f"hits.{number}", "BackendApi"),
        ("/inventory/", f"hits.{number}", "BackendApi"),
    ]
    assert without_secrets(document)["proxy"]["policy_chain"] == document["proxy"]["policy_chain"]
    routes = ServiceDocument.parse(document).proxy.routes
    assert [each.mount for each in routes] == ["/inventory/deep", "/inventory"]
    for usage in db.exec(BACKEND_USAGES.query(work.actor)).all():
        BACKEND_USAGES.delete(work, usage.id)
    assert build_document(db, work.installation, service) == before


def test_hits_of_backends_count_for_those_of_the_service(db: Session, acme: NewProvider) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    made = make_mounted(work, service_id)
    number, application = made["backend_api_id"], acme.sample.application
    method = create_method(work, {"friendly_name": "Items"}, made["backend_metric_id"])
    size = BACKEND_METRICS.create(work, {"friendly_name": "Bytes"}, number)
    limit = {"metric_id": method.id, "period": "day", "value": 5}
    LIMITS.create(work, limit, application.plan_id)
    db.flush()

    record = find_service_record(db, service_id, work.installation.addresses)

    assert record is not None
    own = record.metrics["hits"]
    assert record.metrics == {
        "hits": own,
        f"hits.{number}": Metric(made["backend_metric_id"], f"hits.{number}", "hits"),
        f"items.{number}": Metric(method.id, f"items.{number}", f"hits.{number}"),
        f"bytes.{number}": Metric(size.id, f"bytes.{number}", None),
    }
    place = (service_id, application.application_id)
    assert [
        (each.metric, each.metric_id, each.value)
        for each in find_by_app_ids(db, [place])[place].limits
    ] == [(f"items.{number}", method.id, 5)]
    assert find_counted_metric(db, service_id, f"items.{number}") is method
    assert find_counted_metric(db, service_id, "items.999") is None


def test_a_service_may_have_no_upstream_of_its_own_while_it_has_backends(
    db: Session, acme: NewProvider
) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    assert _empties(work, service_id) == (Invalid, "api_backend")
    made = make_mounted(work, service_id, "/")

    update_proxy(work, service_id, {"api_backend": ""})

    config = find_current_config(db, service_id, "staging")
    assert config is not None
    assert config.backend_api_ids == [made["backend_api_id"]]
    proxy = ServiceDocument.parse(document_of(work.installation, config)).proxy
    assert proxy.upstream is None
    assert [route.mount for route in proxy.routes] == [""]
    BACKEND_USAGES.delete(work, made["usage_id"])
    assert refused(lambda: deploy_to_staging(work, service_id)) == (Invalid, "api_backend")


def _empties(work: Work, service_id: int) -> tuple[type[DomainError], str | None]:
    return refused(lambda: update_proxy(work, service_id, {"api_backend": ""}))

"""Cases of services, their metrics, rules and proxies."""

from server.actions.services import configs, mapping_rules, metrics, proxies, services
from server.actions.services.lookup import get_proxy
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.services.proxies import ProbeResult
from server.domain.services.services import Service
from tests.kit.cases.case import case, hits, keeps, service_is
from tests.kit.world import FRESH, World


def _proxy_changed(work: Work, world: World) -> None:
    service = work.db.get_one(Service, world.service_id)
    get_proxy(work.db, service).auth_user_key = "key"


SERVICES = (
    case(
        services.create_service,
        lambda work, _: services.create_service(work, {"name": "Rain"}),
        Kind.SERVICE_CREATED,
        Kind.CONFIG_DEPLOYED,
    ),
    case(
        services.SERVICES.create,
        lambda work, _: services.SERVICES.create(
            work,
            {"name": "Rain"},
            is_default=False,
            service_token_digest=b"",
            service_token_sealed=b"",
        ),
        Kind.SERVICE_CREATED,
        note="service, its row alone",
    ),
    case(
        services.update_service,
        lambda work, w: services.update_service(work, w.service_id, {"backend_version": "2"}),
        Kind.SERVICE_UPDATED,
        Kind.CONFIG_DEPLOYED,
    ),
    case(
        services.delete_service,
        lambda work, w: services.delete_service(work, w.known.weather_id),
        Kind.SERVICE_UPDATED,
    ),
    case(
        services.take_service_token,
        lambda work, w: services.take_service_token(work, w.service_id, "a-token-from-elsewhere"),
        Kind.SERVICE_UPDATED,
        Kind.CONFIG_DEPLOYED,
    ),
    case(
        services.move_service,
        lambda work, w: services.move_service(work, w.service_id, "hide"),
        Kind.SERVICE_UPDATED,
    ),
    case(
        services.make_default_service,
        lambda work, w: services.make_default_service(work, w.known.weather_id),
        Kind.SERVICE_UPDATED,
    ),
    case(
        metrics.create_method,
        lambda work, w: metrics.create_method(work, {"friendly_name": "Volume"}, hits(work, w)),
        Kind.METRIC_CREATED,
    ),
    case(
        mapping_rules.move_mapping_rule,
        lambda work, w: mapping_rules.move_mapping_rule(work, w.kept["rule"].id, "up"),
        Kind.RULE_UPDATED,
        before=keeps(
            "rule",
            lambda work, w: mapping_rules.MAPPING_RULES.create(
                work,
                {"metric_id": hits(work, w), "http_method": "POST", "pattern": "/"},
                w.service_id,
            ),
        ),
    ),
    case(
        proxies.update_proxy,
        lambda work, w: proxies.update_proxy(
            work, w.service_id, {"secret_token": FRESH, "auth_user_key": "key"}
        ),
        Kind.PROXY_UPDATED,
        Kind.CONFIG_DEPLOYED,
    ),
    case(
        proxies.update_proxy,
        lambda work, w: proxies.update_proxy(work, w.service_id, {"backend_version": "1"}),
        Kind.SERVICE_UPDATED,
        before=service_is(backend_version="2"),
        note="to what staging runs",
    ),
    case(
        configs.deploy_to_staging,
        lambda work, w: configs.deploy_to_staging(work, w.service_id),
        Kind.CONFIG_DEPLOYED,
        before=_proxy_changed,
    ),
    case(
        configs.promote,
        lambda work, w: configs.promote(work, w.service_id),
        Kind.CONFIG_PROMOTED,
        before=lambda work, w: proxies.update_proxy(work, w.service_id, {"auth_user_key": "key"}),
    ),
    case(
        proxies.record_test,
        lambda work, w: proxies.record_test(work, w.service_id, ProbeResult(True, 200, "Fine.")),
        Kind.PROXY_TESTED,
    ),
)

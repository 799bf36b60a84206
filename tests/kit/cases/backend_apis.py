"""Cases and races of backend APIs: what they count, and where services use them."""

from server.actions.services.backend_apis import BACKEND_APIS, list_backend_metrics
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import BACKEND_RULES
from server.actions.services.metrics import BACKEND_METRICS
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from server.domain.services.backend_apis import MOST_USAGES, BackendApi
from tests.kit.cases.case import case, keeps
from tests.kit.cases.race import Race
from tests.kit.world import World


def make_backend(work: Work, name: str = "Inventory") -> BackendApi:
    """Make a backend API that nothing uses."""
    values = {"name": name, "private_endpoint": f"https://{name.lower()}.example:8443/v1"}
    return BACKEND_APIS.create(work, values)


def mount(work: Work, world: World, path: str = "/inventory") -> object:
    """Make a backend API and mount it in the sample service."""
    backend = make_backend(work, f"B{path.strip('/')}")
    values = {"backend_api_id": backend.id, "path": path}
    return BACKEND_USAGES.create(work, values, world.service_id)


def _mount_kept(work: Work, world: World, path: str = "/stock") -> object:
    values = {"backend_api_id": world.kept["backend"].id, "path": path}
    return BACKEND_USAGES.create(work, values, world.service_id)


def _fill(work: Work, world: World) -> None:
    world.kept["backend"] = make_backend(work)
    for number in range(MOST_USAGES - 1):
        mount(work, world, f"/m{number}")


KEPT = keeps("backend", lambda work, _: make_backend(work))
BACKENDS = (
    case(BACKEND_USAGES.create, _mount_kept, Kind.BACKEND_USAGE_CREATED, before=KEPT, note="usage"),
    case(
        BACKEND_USAGES.update,
        lambda work, w: BACKEND_USAGES.update(work, w.kept["usage"].id, {"path": "/stock"}),
        Kind.BACKEND_USAGE_UPDATED,
        before=keeps("usage", mount),
        note="usage",
    ),
    case(
        BACKEND_USAGES.delete,
        lambda work, w: BACKEND_USAGES.delete(work, w.kept["usage"].id),
        Kind.BACKEND_USAGE_DELETED,
        before=keeps("usage", mount),
        note="usage",
    ),
    case(
        BACKEND_METRICS.create,
        lambda work, w: BACKEND_METRICS.create(
            work, {"friendly_name": "Bytes"}, w.kept["usage"].backend_api_id
        ),
        Kind.METRIC_CREATED,
        before=keeps("usage", mount),
        note="metric of a backend API",
    ),
    case(
        BACKEND_RULES.create,
        lambda work, w: BACKEND_RULES.create(
            work,
            {
                "http_method": "GET",
                "pattern": "/",
                "metric_id": list_backend_metrics(work.db, [w.kept["backend"].id])[0].id,
            },
            w.kept["backend"].id,
        ),
        Kind.RULE_CREATED,
        before=KEPT,
        note="rule of a backend API",
    ),
)
BACKEND_RACES = (
    Race(
        name="one place of a backend API in a service",
        act=lambda work, w, number: _mount_kept(work, w, f"/n{number}"),
        before=KEPT,
        wins=1,
        holds=("backend_usages.service_id,backend_api_id",),
    ),
    Race(
        name="one backend API at a path",
        act=lambda work, w, number: BACKEND_USAGES.create(
            work,
            {"backend_api_id": make_backend(work, f"B{number}").id, "path": "/x"},
            w.service_id,
        ),
        wins=1,
        holds=("backend_usages.service_id,path",),
    ),
    Race(
        name="the last backend API that a service has room for",
        act=lambda work, w, number: mount(work, w, f"/n{number}"),
        before=_fill,
        wins=1,
        holds=("MOST_USAGES",),
    ),
    Race(
        name="one name of a backend API's metric",
        act=lambda work, w, number: BACKEND_METRICS.create(
            work,
            {"friendly_name": f"M {number}", "system_name": "x"},
            w.kept["backend"].id,
        ),
        before=KEPT,
        wins=1,
        holds=("metrics.backend_api_id,system_name",),
    ),
)

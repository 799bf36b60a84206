"""The OpenAPI document is true: fuzzed calls are answered as it says, and never with a fault."""

import os
import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.checks import response_schema_conformance
from sqlmodel import func, select
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.users import create_user
from server.actions.applications.keys import add_key
from server.actions.applications.referrer_filters import add_filter
from server.actions.plans.features import FEATURES, INCLUDES, include_feature
from server.actions.plans.limits import set_limit
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.provider.tokens import create_token
from server.actions.services.metrics import create_method
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.events import EventRecord
from server.domain.permissions import Scope
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.rest.openapi import document_of, operation_id
from server.rest.registry import OPERATIONS
from server.rest.routes import DOCUMENT, routes
from server.rest.shapes import PREFIX, Links
from tests.kit.backend_apis import make_mounted
from tests.kit.content import make_content
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by

EXAMPLES = int(os.environ.get("GATEHOUSE_EXAMPLES", "8"))
KNOWN = 1  # the first of everything is the provider's
KNOWN_SHADE = 5  # behind the features of the sample
KNOWN_METHOD = 2  # the first metric is hits
KNOWN_STAFF_LOGIN = 2  # behind one of developers
KNOWN_KEY = "known-key"
OF_BACKEND = {
    "backend_api_id": 1,
    "backend_metric_id": 3,
    "backend_rule_id": 2,
    "usage_id": 1,
    "method": 4,
}
# How the paths of a backend API's parts begin, and what their ids are.
BELOW_BACKEND = {
    "/backend_apis/{backend_api_id}/metrics/{parent_id}/methods": {
        "parent_id": OF_BACKEND["backend_metric_id"],
        "id": OF_BACKEND["method"],
    },
    "/backend_apis/{backend_api_id}/metrics": {"id": OF_BACKEND["backend_metric_id"]},
    "/backend_apis/{backend_api_id}/mapping_rules": {"id": OF_BACKEND["backend_rule_id"]},
}


def furnish(deps: Dependencies) -> NewProvider:
    """Make one of everything that paths name."""
    acme = make_provider(deps)
    with deps.database.write() as db:
        work, sample = by(db, staff(acme)), acme.sample
        feature = FEATURES.create(work, {"name": "Sunshine"}, sample.service.id)
        plan_id = sample.application.plan_id
        include_feature(work, plan_id, feature.id, included=True)
        for kind, given in ((ServicePlan, {"scope": "service_plan"}), (AccountPlan, {})):
            features = INCLUDES[kind].features
            parent = sample.service.id if given else None
            made = features.create(work, {"name": "Shade", **given}, parent)
            include_feature(work, KNOWN, made.id, included=True, kind=kind)
            assert made.id == (KNOWN_SHADE if given else KNOWN)
        price = {"metric_id": KNOWN, "max": 5, "cost_per_unit": "0.10"}
        assert PRICING_RULES.create(work, price, plan_id).id == KNOWN
        set_limit(work, {"metric_id": KNOWN, "period": "day", "value": 5}, plan_id)
        assert create_method(work, {"friendly_name": "List"}, KNOWN).id == KNOWN_METHOD
        assert sample.user.account_id == KNOWN
        add_filter(work, sample.application.id, "ok.example")
        add_key(work, sample.application.id, KNOWN_KEY)
        sample_of = SAMPLES["authentication_provider"]
        for known, of_whom in ((KNOWN, {}), (KNOWN_STAFF_LOGIN, {"account_type": "provider"})):
            given = {**sample_of(db, acme).values, **of_whom, "name": f"Login {known}"}
            given["system_name"] = f"login_{known}"
            assert AUTHENTICATION_PROVIDERS.create(work, given).id == known
        policy = REGISTRY_POLICIES.create(work, SAMPLES["registry_policy"](db, acme).values)
        assert policy.id == KNOWN
        mounted = make_mounted(work, sample.service.id)
        method = create_method(work, {"friendly_name": "Items"}, mounted["backend_metric_id"])
        assert {**mounted, "method": method.id} == OF_BACKEND
        content = make_content(work)
        assert (content["template_id"], content["file_id"]) == (KNOWN, KNOWN)
    return acme


@dataclass(frozen=True)
class Caller:
    """Somebody who calls: by a token, at a host."""

    token: str
    host: str = "localhost"
    is_strange: bool = False  # of another provider
    may_write: bool = True

    @property
    def may_delete(self) -> bool:
        """Return whether what the admin has may go by him."""
        return self.may_write and not self.is_strange


def others(deps: Dependencies, acme: NewProvider) -> Mapping[str, Caller]:
    """Make who calls as well: a member of the staff, a token that only reads, and a stranger."""
    with deps.database.write() as db:
        globex = create_provider(db, deps.installation, "Globex", "admin@globex.example")
        work = by(db, staff(acme))
        values = {
            "username": "clerk",
            "email": "clerk@acme.example",
            "password": "staplers are red",
        }
        clerk = create_user(work, None, values, {"sections": ["partners", "plans", "portal"]})
        tokens = []
        for user, permission in ((clerk, "rw"), (acme.admin, "ro")):
            given = {"name": "Fuzz", "scopes": [*Scope], "permission": permission}
            owner = by(db, actor_of_user(user), deps.installation)
            tokens.append(create_token(owner, given)[1])
    return {
        "member": Caller(tokens[0]),
        "reader": Caller(tokens[1], may_write=False),
        "stranger": Caller(globex.access_token, "globex-admin.localhost", is_strange=True),
    }


@cache
def furnished() -> tuple[bytes, bytes, Mapping[str, Caller]]:
    """Make all of it once: the database's file, the provider pickled, and who calls besides."""
    with TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        acme = furnish(deps)
        callers = others(deps, acme)
        deps.database.close()
        return (Path(folder) / "test.db").read_bytes(), pickle.dumps(acme), callers


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Open a database of its own, with one of everything that paths name."""
    (tmp_path / "test.db").write_bytes(furnished()[0])
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def app_and_provider(deps: Dependencies) -> Iterator[tuple[Starlette, NewProvider]]:
    """Make the API on it."""
    yield Starlette(routes=routes(deps)), pickle.loads(furnished()[1])  # noqa: S301 - our own
    shutdown_lifespans()  # else schemathesis keeps each app until the end: a gigabyte of them


@cache
def described() -> Any:
    """Read the API's document once: it takes longer than many a call."""
    return schemathesis.openapi.from_dict(document_of(OPERATIONS))


def with_known_ids(values: dict[str, Any]) -> dict[str, Any]:
    """Name what is there, so that a call comes further than to 404."""
    return {n: KNOWN if n == "id" or n.endswith("_id") else v for n, v in values.items()}


def ids_of(path: str, given: Mapping[str, Any], acme: NewProvider) -> dict[str, Any]:
    """Name what is there in a path."""
    known = with_known_ids(dict(given)) | {"version": KNOWN, "key": KNOWN_KEY}
    if path.endswith("/methods/{id}"):
        known["id"] = KNOWN_METHOD
    if path == "/account/authentication_providers/{id}":
        known["id"] = KNOWN_STAFF_LOGIN
    if path == "/service_plans/{plan_id}/features/{id}":
        known["id"] = KNOWN_SHADE
    if path.startswith("/accounts/{account_id}/users/{id}"):
        known["id"] = acme.sample.user.id  # the first is of the staff
    known |= next((ids for begin, ids in BELOW_BACKEND.items() if path.startswith(begin)), {})
    return {name: known[name] for name in given}


def wrong_of(deps: Dependencies, caller: Caller, operation: Any, response: Any, since: int) -> str:
    """Tell what an answer shows, or a call did, that is not the caller's; empty for nothing."""
    with deps.database.read() as db:
        query = select(EventRecord.provider_id, EventRecord.kind).where(EventRecord.id > since)
        told = db.exec(query).all()
    if told and not caller.may_write:
        return f"written: {told}"
    own = KNOWN + 1 if caller.is_strange else KNOWN  # providers are made in this order
    if any(provider_id != own for provider_id, _ in told):
        return f"written elsewhere: {told}"
    if not caller.is_strange:
        return ""
    names_one = re.search(r"\{(id|\w+_id)\}", operation.path) is not None
    if names_one and response.status_code < 400:
        return "answered about a foreign row"
    return "shows a foreign row" if b"acme" in response.content.lower() else ""


def check_answer(deps: Dependencies, operation: Any, case: Any, caller: Caller) -> int:
    """Call, and hold the answer to the document; tell its status."""
    since = newest_event(deps)
    headers = {"authorization": f"Bearer {caller.token}"}
    response = case.call(base_url=f"http://{caller.host}", headers=headers)

    status: int = response.status_code
    assert status < 500
    assert str(status) in {*case.operation.definition.raw["responses"], "405"}
    assert wrong_of(deps, caller, operation, response, since) == ""
    if status < 300:
        case.validate_response(response, checks=[response_schema_conformance])
    return status


@pytest.mark.slow  # two modes of each operation: as a whole it takes long
@pytest.mark.parametrize(
    ("suffix", "mode"), [(".{format}", GenerationMode.POSITIVE), ("", GenerationMode.NEGATIVE)]
)
@pytest.mark.parametrize("operation", OPERATIONS, ids=operation_id)
def test_fuzzed_calls_are_answered_as_documented(
    deps: Dependencies,
    app_and_provider: tuple[Starlette, NewProvider],
    operation: Any,
    suffix: str,
    mode: Any,
) -> None:
    app, acme = app_and_provider
    document = described()
    document.app = app
    told = document[f"{PREFIX}{operation.path}{suffix}"][operation.method]
    seen: set[int] = set()
    admin = Caller(acme.access_token)
    # Every other example is sent by one of the others as well; what is wrong in itself, by one.
    turns = cycle([*furnished()[2].values()])
    numbers = count()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        database=None,
    )
    @given(case=told.as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = ids_of(operation.path, case.path_parameters, acme)
            case.body = with_known_ids(case.body) if isinstance(case.body, dict) else case.body
        every = 2 if mode is GenerationMode.POSITIVE else EXAMPLES
        other = next(turns) if next(numbers) % every == 0 else None
        if other is not None and not other.may_delete:  # else nothing is left for the admin
            check_answer(deps, operation, case, other)
        seen.add(check_answer(deps, operation, case, admin))
        if other is not None and other.may_delete:
            check_answer(deps, operation, case, other)

    fuzz()

    is_search = operation.path.endswith("/find")
    assert mode is GenerationMode.NEGATIVE or is_search or seen - {404, 405}, (
        "no example came through: make one with the id 1 in app_and_provider"
    )


def newest_event(deps: Dependencies) -> int:
    """Tell up to where something has happened."""
    with deps.database.read() as db:
        return db.exec(select(func.max(EventRecord.id))).one() or 0


def test_the_document_is_valid(app_and_provider: tuple[Starlette, NewProvider]) -> None:
    document = schemathesis.openapi.from_asgi(DOCUMENT, app_and_provider[0])

    document.validate()


def test_the_document_and_the_routes_name_the_same(
    app_and_provider: tuple[Starlette, NewProvider],
) -> None:
    app = app_and_provider[0]
    with TestClient(app) as client:
        paths = client.get(DOCUMENT).json()["paths"]

    documented = {(path, method.upper()) for path, methods in paths.items() for method in methods}
    served = {
        (route.path.replace(":path}", "}"), method)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert documented == served - {(DOCUMENT, "GET")}


def test_no_two_operations_are_called_alike() -> None:
    names = [operation_id(operation) for operation in OPERATIONS]

    assert len(names) == len(set(names))


def test_every_link_leads_to_an_operation() -> None:
    shown = {_without_names(each.path) for each in OPERATIONS if each.method == "GET"}
    shapes = [each.answer.shape for each in OPERATIONS if each.answer.shape is not None]

    for shape in shapes:
        for part in shape.parts:
            if isinstance(part, Links):
                assert set(map(_without_names, part.paths.values())) <= shown


def _without_names(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)

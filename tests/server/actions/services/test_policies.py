"""Policies of a service: a chain is kept, deployed and refused as gateways would."""

import json

import pytest
from sqlmodel import Session

from gateway.policy import POLICIES
from server.actions.provider.providers import NewProvider
from server.actions.services.configs import deploy_to_staging, find_current_config
from server.actions.services.documents import document_of
from server.actions.services.policies import chain_of, list_policies, list_policy_schemas
from server.actions.services.proxies import update_proxy
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.auth.dependencies import Dependencies
from server.domain.errors import InUse, Invalid
from server.domain.events import EventKind
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, told

APICAST = {"name": "apicast", "version": "builtin", "configuration": {}}
CHAIN = [{"name": "cors", "version": "builtin", "configuration": {"max_age": 60}}, APICAST]

DEFINITION = '{"summary": "Checks", "configuration": {"type": "object"}}'
NO_NETWORK = {
    "name": "ip_check",
    "configuration": {"check_type": "blacklist", "ips": ["10.0.0.0/99"]},
}


@pytest.mark.parametrize("given", [CHAIN, json.dumps(CHAIN)], ids=["JSON", "text of a form"])
def test_a_chain_is_deployed_to_staging_and_told(
    deps: Dependencies, acme: NewProvider, db: Session, given: object
) -> None:
    work, service_id = by(db, staff(acme), deps.installation), acme.sample.service.id

    proxy = update_proxy(work, service_id, {"policy_chain": given})

    staged = find_current_config(db, service_id, "staging")
    assert chain_of(deps.installation.vault, proxy) == CHAIN
    assert staged is not None
    assert document_of(deps.installation, staged)["proxy"]["policy_chain"] == CHAIN
    assert told(db)[0] == EventKind.CONFIG_DEPLOYED


def test_an_empty_chain_is_apicast_alone(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, service_id = by(db, staff(acme), deps.installation), acme.sample.service.id
    update_proxy(work, service_id, {"policy_chain": CHAIN})

    proxy = update_proxy(work, service_id, {"policy_chain": ""})

    staged = find_current_config(db, service_id, "staging")
    assert chain_of(deps.installation.vault, proxy) == []
    assert staged is not None
    assert document_of(deps.installation, staged)["proxy"]["policy_chain"] == [APICAST]


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ([{"name": "magic", "configuration": {}}, APICAST], "[0].name"),
        (
            [
                {
                    "name": "ip_check",
                    "configuration": {"check_type": "blacklist", "ips": ["10.0.0.0/99"]},
                },
                APICAST,
            ],
            "ips",
        ),
        ([CHAIN[0]], "apicast"),
        ("not JSON", "JSON"),
        ({"name": "apicast"}, "list"),
        (["apicast"], "must be an object"),
        ([{**APICAST, "configuration": {"x": "y" * 70_000}}], "65536"),
    ],
)
def test_a_chain_that_no_gateway_could_run_is_refused_with_its_place(
    deps: Dependencies, acme: NewProvider, db: Session, chain: object, words: str
) -> None:
    work, changes = by(db, staff(acme), deps.installation), {"policy_chain": chain}
    service_id = acme.sample.service.id

    refused(work, Invalid, update_proxy, service_id, changes, field="policy_chain")
    with pytest.raises(Invalid, match=words.replace("[", r"\[")):
        update_proxy(work, service_id, changes)


def test_each_policy_is_offered_with_its_words() -> None:
    offered = list_policies()

    assert [each.name for each in offered] == [policy.name for policy in POLICIES]
    assert all(each.description and each.title != each.name for each in offered)


def test_a_policy_of_ones_own_is_kept_in_chains_shown_offered_and_never_deployed(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, service_id = by(db, staff(acme), deps.installation), acme.sample.service.id
    values = {"name": "token.check", "version": "1.0", "definition": DEFINITION}
    chain = [{"name": "token.check", "version": "1.0", "configuration": {"x": 1}}, APICAST]
    before = find_current_config(db, service_id, "staging")
    refused(work, Invalid, update_proxy, service_id, {"policy_chain": chain}, field="policy_chain")

    policy = REGISTRY_POLICIES.create(work, values)
    proxy = update_proxy(work, service_id, {"policy_chain": chain})

    assert chain_of(deps.installation.vault, proxy) == chain
    assert find_current_config(db, service_id, "staging") == before
    with pytest.raises(Invalid, match=r"no gateway here does token\.check 1\.0 yet"):
        deploy_to_staging(work, service_id)
    offered = list_policy_schemas(work)["token.check"]
    assert [(each["version"], each["summary"]) for each in offered] == [("1.0", "Checks")]
    refused(work, InUse, REGISTRY_POLICIES.delete, policy.id)
    refused(work, InUse, REGISTRY_POLICIES.update, policy.id, {"version": "2.0"})
    REGISTRY_POLICIES.update(work, policy.id, {**values, "definition": DEFINITION + " "})
    other = [{**chain[0], "version": "2.0"}, APICAST]
    refused(work, Invalid, update_proxy, service_id, {"policy_chain": other}, field="policy_chain")
    update_proxy(work, service_id, {"policy_chain": []})
    REGISTRY_POLICIES.delete(work, policy.id)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"definition": "[]"}, "definition"),
        ({"definition": "{}"}, "definition"),
        ({"definition": "[" * 100_000}, "definition"),
        ({"definition": '{"version": "3", "configuration": {}}'}, "definition"),
        ({"version": "builtin"}, "version"),
        ({"name": "a b"}, "name"),
    ],
)
def test_a_policy_that_says_too_little_or_else_is_refused(
    acme: NewProvider, db: Session, given: dict[str, str], field: str
) -> None:
    values = {"name": "own", "version": "1.0", "definition": DEFINITION, **given}

    refused(by(db, staff(acme)), Invalid, REGISTRY_POLICIES.create, values, field=field)

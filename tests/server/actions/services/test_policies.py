"""Policies of a service: a chain is kept, deployed and refused as gateways would."""

import json

import pytest
from sqlmodel import Session

from gateway.policy import POLICIES
from server.actions.provider.providers import NewProvider
from server.actions.services.configs import find_current_config
from server.actions.services.documents import document_of
from server.actions.services.policies import chain_of, list_policies
from server.actions.services.proxies import update_proxy
from server.auth.dependencies import Dependencies
from server.domain.errors import Invalid
from server.domain.events import EventKind
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, told

APICAST = {"name": "apicast", "version": "builtin", "configuration": {}}
CHAIN = [{"name": "cors", "version": "builtin", "configuration": {"max_age": 60}}, APICAST]

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

"""What no gateway of ours does yet is kept and shown, and never deployed."""

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.services.configs import deploy_to_staging, find_current_config, promote
from server.actions.services.lookup import get_proxy
from server.actions.services.policies import chain_of
from server.actions.services.proxies import update_proxy
from server.actions.services.services import update_service
from server.actions.services.unready import list_unready_of
from server.domain.errors import Invalid
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by

CHAIN = [
    {"name": "rate_limit", "version": "builtin", "configuration": {"limits": [1]}},
    {"name": "apicast"},
]


def test_openid_connect_and_policies_of_others_are_kept_and_not_deployed(
    db: Session, acme: NewProvider
) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    before = find_current_config(db, service_id, "staging")
    issuer = {
        "oidc_issuer_endpoint": "https://id.example/realms/x",
        "service_accounts_enabled": True,
    }

    proxy = update_proxy(work, service_id, {**issuer, "policy_chain": CHAIN})
    update_service(work, service_id, {"backend_version": "oidc"})

    assert db.get_one(Service, service_id).backend_version == "oauth"
    assert chain_of(work.installation.vault, proxy) == CHAIN
    assert list_unready_of(work, proxy) == ["OpenID Connect", "rate_limit"]
    assert find_current_config(db, service_id, "staging") is before
    with pytest.raises(Invalid, match="OpenID Connect, rate_limit") as told:
        deploy_to_staging(work, service_id)
    assert told.value.field == "backend_version"
    update_service(work, service_id, {"backend_version": "2"})
    with pytest.raises(Invalid, match="no gateway here does rate_limit yet") as told:
        deploy_to_staging(work, service_id)
    assert told.value.field == "policy_chain"
    # Taken out again, all the rest is deployed.
    update_proxy(work, service_id, {"policy_chain": []})
    staged = find_current_config(db, service_id, "staging")
    assert staged is not None
    assert staged is not before
    assert promote(work, service_id).version == staged.version


def test_what_could_never_be_a_policy_is_refused(db: Session, acme: NewProvider) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    odd = {
        "has a configuration of retry": [
            {"name": "retry", "configuration": []},
            {"name": "apicast"},
        ],
        "must have apicast once": [{"name": "retry"}, {"name": "cors"}],
        "must be one of": [{"name": "no_such"}, {"name": "apicast"}],
    }
    for words, chain in odd.items():
        with pytest.raises(Invalid, match=words):
            update_proxy(work, service_id, {"policy_chain": chain})
    for wrong in (
        {"oauth_login_url": "https://x.example/login?state=1"},
        {"oidc_issuer_endpoint": "https://user:pass@id.example"},
        {"jwt_claim_with_client_id_type": "xml"},
    ):
        with pytest.raises(Invalid):
            update_proxy(work, service_id, wrong)
    assert get_proxy(db, db.get_one(Service, service_id)).oauth_login_url == ""

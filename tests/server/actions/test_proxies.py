"""Deploying: what makes a version, what promotes it, what rolls it back."""

import pytest
from sqlmodel import Session

from server.actions.mapping_rules import NewMappingRule, create_rule
from server.actions.metrics import metrics_of
from server.actions.providers import NewProvider
from server.actions.proxies import (
    current_config,
    deploy_to_staging,
    has_undeployed_changes,
    promote,
    update_proxy,
)
from server.auth.site import Site
from server.domain.errors import Conflict, Invalid, NotFound, NothingToPromote
from tests.kit.make import staff


def test_saving_what_is_there_makes_no_version(site: Site, acme: NewProvider, db: Session) -> None:
    service = acme.sample.service
    before = current_config(db, service.id, "staging")

    after = deploy_to_staging(db, staff(acme), site.installation, service.id)

    assert before is not None
    assert after.id == before.id


def test_a_change_is_staged_then_promoted_under_its_number(
    site: Site, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    changes = {"api_backend": "https://api.example.com/base"}

    update_proxy(db, staff(acme), site.installation, service.id, changes)
    promoted = promote(db, staff(acme), service.id)

    assert promoted.version == 2
    assert promoted.content["proxy"]["api_backend"] == "https://api.example.com/base"
    with pytest.raises(NothingToPromote):
        promote(db, staff(acme), service.id)


def test_an_older_version_rolls_production_back(site: Site, acme: NewProvider, db: Session) -> None:
    service = acme.sample.service
    update_proxy(db, staff(acme), site.installation, service.id, {"auth_user_key": "key"})
    promote(db, staff(acme), service.id)

    promote(db, staff(acme), service.id, 1)

    running = current_config(db, service.id, "production")
    assert running is not None
    assert running.version == 1
    assert running.content["proxy"]["auth_user_key"] == "user_key"


def test_a_new_rule_is_a_change_to_deploy(site: Site, acme: NewProvider, db: Session) -> None:
    service = acme.sample.service
    assert not has_undeployed_changes(db, site.installation, service)

    hits = metrics_of(db, service.id)[0]
    draft = NewMappingRule(http_method="post", pattern="/v1/{id}$", metric_id=hits.id)
    create_rule(db, staff(acme), service.id, draft)

    assert has_undeployed_changes(db, site.installation, service)


def test_an_outdated_form_changes_nothing(site: Site, acme: NewProvider, db: Session) -> None:
    changes = {"auth_user_key": "key", "lock_version": 7}

    with pytest.raises(Conflict):
        update_proxy(db, staff(acme), site.installation, acme.sample.service.id, changes)


def test_a_version_that_was_never_staged_is_not_found(acme: NewProvider, db: Session) -> None:
    with pytest.raises(NotFound):
        promote(db, staff(acme), acme.sample.service.id, 99)


@pytest.mark.parametrize(
    "changes",
    [
        {"api_backend": "ftp://example.com"},
        {"api_backend": "http://"},
        {"api_backend": "http://user:pw@example.com"},
        {"api_backend": "http://example.com:99999"},
        {"api_test_path": "no-slash"},
        {"auth_user_key": "with space"},
        {"auth_user_key": ""},
        {"credentials_location": "cookie"},
        {"error_status_auth_failed": 99},
        {"error_headers_auth_failed": "text/plain\r\nX-Evil: 1"},
        {"secret_token": "new\nline"},
        {"hostname_rewrite": "evil host"},
        {"service_id": 2},
    ],
)
def test_bad_settings_are_refused_with_their_field(
    site: Site, acme: NewProvider, db: Session, changes: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as raised:
        update_proxy(db, staff(acme), site.installation, acme.sample.service.id, changes)

    assert raised.value.field == next(iter(changes))


@pytest.mark.parametrize(
    "pattern", ["", "x", "/a b", "/{a}/{a}", "/a$b", "/a?{k}=v", "/{", "/a#b", "/\u00e4"]
)
def test_a_bad_pattern_is_refused(acme: NewProvider, db: Session, pattern: str) -> None:
    hits = metrics_of(db, acme.sample.service.id)[0]
    draft = NewMappingRule(http_method="GET", pattern=pattern, metric_id=hits.id)

    with pytest.raises(Invalid) as raised:
        create_rule(db, staff(acme), acme.sample.service.id, draft)

    assert raised.value.field == "pattern"

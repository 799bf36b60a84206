"""Deploying: what makes a version, what promotes it, what rolls it back."""

from itertools import product

import pytest
from sqlmodel import Session

from server.actions.provider.audit import events_query
from server.actions.provider.providers import NewProvider
from server.actions.services.configs import (
    configs_query,
    deploy_to_staging,
    find_current_config,
    has_undeployed_changes,
    promote,
)
from server.actions.services.documents import document_of, sealed_document
from server.actions.services.lookup import get_proxy
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import list_metrics
from server.actions.services.proxies import PROXIES, record_test, update_proxy
from server.auth.dependencies import Dependencies
from server.domain.errors import Conflict, Forbidden, Invalid, NotFound, NothingToPromote
from server.domain.events import HIDDEN, EventKind, EventRecord
from server.domain.permissions import Permission
from server.domain.services.proxies import ProbeResult
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import (
    NOWHERE,
    event_is,
    guarded,
    kinds,
    refused,
    told,
    without,
)

FAULTY = "error_headers_no_match"


def test_saving_what_is_there_makes_no_version(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    before = find_current_config(db, service.id, "staging")

    after = deploy_to_staging(by(db, staff(acme), deps.installation), service.id)

    assert before is not None
    assert after.id == before.id


def test_a_change_is_staged_then_promoted_under_its_number(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    changes = {"api_backend": "https://api.example.com/base"}

    update_proxy(by(db, staff(acme), deps.installation), service.id, changes)
    promoted = promote(by(db, staff(acme)), service.id)

    assert promoted.version == 2
    assert (
        document_of(deps.installation, promoted)["proxy"]["api_backend"]
        == "https://api.example.com/base"
    )
    with pytest.raises(NothingToPromote):
        promote(by(db, staff(acme)), service.id)


def test_an_older_version_rolls_production_back(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    update_proxy(by(db, staff(acme), deps.installation), service.id, {"auth_user_key": "key"})
    promote(by(db, staff(acme)), service.id)

    promote(by(db, staff(acme)), service.id, 1)

    running = find_current_config(db, service.id, "production")
    assert running is not None
    assert running.version == 1
    assert document_of(deps.installation, running)["proxy"]["auth_user_key"] == "user_key"


def test_a_new_rule_is_a_change_to_deploy(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    assert not has_undeployed_changes(db, deps.installation, service)

    hits = list_metrics(db, service.id)[0]
    draft = {"http_method": "post", "pattern": "/v1/{id}$", "metric_id": hits.id}
    MAPPING_RULES.create(by(db, staff(acme)), draft, service.id)

    assert has_undeployed_changes(db, deps.installation, service)


def test_an_outdated_form_changes_nothing(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    changes = {"auth_user_key": "key", "lock_version": 7}

    with pytest.raises(Conflict):
        update_proxy(by(db, staff(acme), deps.installation), acme.sample.service.id, changes)


def test_a_version_that_was_never_staged_is_not_found(acme: NewProvider, db: Session) -> None:
    with pytest.raises(NotFound):
        promote(by(db, staff(acme)), acme.sample.service.id, 99)


@pytest.mark.parametrize(
    "case",
    [
        ("api_backend", "http://b\u00fccher.example", "http://xn--bcher-kva.example"),
        (
            "api_backend",
            "https://M\u00dcNCHEN.example:8443/stra\u00dfe?q=\u00fc&a=%20'",
            "https://xn--mnchen-3ya.example:8443/stra%C3%9Fe?q=%C3%BC&a=%20'",
        ),
        ("api_backend", "http://api.example/\U0001f600", "http://api.example/%F0%9F%98%80"),
        ("api_backend", "http://a\u3002b.example/%C3%9F", "http://a.b.example/%C3%9F"),
        ("api_backend", "http://API.example/A b", None),
        ("api_backend", "http://API.example/A", "http://API.example/A"),
        ("api_backend", "http://a\u200b.example", None),
        ("api_backend", "http://\u00fc..example", None),
        ("api_backend", "http://jo@\u00fc.example", None),
        ("api_backend", "http://\uff11\uff12\uff17.0.0.1:8000", None),
        ("api_test_path", "/stra\u00dfe?q=\u00fc", "/stra%C3%9Fe?q=%C3%BC"),
        ("api_test_path", "/a\u00ad", None),
    ],
)
def test_addresses_of_any_alphabet_are_kept_in_ascii(
    deps: Dependencies,
    acme: NewProvider,
    db: Session,
    case: tuple[str, str, str | None],
) -> None:
    attribute, given, kept = case
    work, service = by(db, staff(acme), deps.installation), acme.sample.service

    if kept is None:
        refused(work, Invalid, update_proxy, service.id, {attribute: given}, field=attribute)
    else:
        assert getattr(update_proxy(work, service.id, {attribute: given}), attribute) == kept


def test_a_rewritten_host_of_any_alphabet_is_kept_in_ascii(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    changes = {
        "api_backend": "http://api.example",
        "hostname_rewrite": "b\u00fccher.example:81",
    }

    proxy = update_proxy(by(db, staff(acme), deps.installation), acme.sample.service.id, changes)

    assert proxy.hostname_rewrite == "xn--bcher-kva.example:81"


def test_bad_settings_are_refused_with_their_field(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    cases: tuple[tuple[str, object], ...] = (
        ("api_backend", "ftp://example.com"),
        ("api_backend", "http://"),
        ("api_backend", "http://user:pw@example.com"),
        ("api_backend", "http://example.com:99999"),
        ("api_backend", "http://localhost:8000/gateway/production/api"),
        ("api_backend", "http://127.1:8000"),
        ("api_backend", "http://[::1]:8000/echo"),
        ("api_backend", "HTTP://LOCALHOST.:8000/echo/../p/admin"),
        ("api_backend", "http://api-acme.localhost:8000/"),
        ("api_backend", "http:///api.example.com"),
        ("api_backend", "http://a..example.com"),
        ("api_test_path", "no-slash"),
        ("api_test_path", "/%zz"),
        ("ambiguous_paths", "maybe"),
        ("error_headers_auth_failed", "text/plain;\ncharset=utf-8"),
        ("hostname_rewrite", "a.example:\u0663"),
        ("hostname_rewrite", "api.example.com"),  # the sample is before the Echo API
        ("api_test_path", "/a b"),
        ("auth_user_key", "with space"),
        ("auth_app_id", ""),
        ("auth_app_key", "a:b"),
        ("credentials_location", "cookie"),
        ("error_auth_missing", "x" * 4097),
        ("error_status_auth_failed", 99),
        ("error_status_limits_exceeded", 600),
        ("error_headers_auth_failed", "text/plain\r\nX-Evil: 1"),
        ("secret_token", "new\nline"),
        ("hostname_rewrite", "evil host"),
        ("hostname_rewrite", "a\r\nX-Evil: 1"),
        ("backend_version", "3"),
        ("service_id", 2),
        ("lock_version", 7),
        ("deployed_at", None),
    )
    for field, value in cases:
        changes = {"backend_version": "2", "auth_user_key": "other", field: value}
        number, error = acme.sample.service.id, Conflict if field == "lock_version" else Invalid
        refused(
            by(db, staff(acme), deps.installation),
            error,
            update_proxy,
            number,
            changes,
            field=field,
        )


def test_what_no_gateway_could_use_is_not_deployed_and_not_promoted(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, number = by(db, staff(acme), deps.installation), acme.sample.service.id
    proxy = get_proxy(db, acme.sample.service)
    proxy.error_headers_no_match = "text/plain;\ncharset=utf-8"  # as 0.1 kept it
    staged = find_current_config(db, number, "staging")
    assert staged is not None

    refused(work, Invalid, deploy_to_staging, number, field="error_headers_no_match")
    with pytest.raises(Invalid, match="must fit into a header"):
        update_proxy(work, number, {"auth_user_key": "k"})

    document = document_of(deps.installation, staged)
    document["proxy"][FAULTY] = "a\nb"
    staged.content_sealed = sealed_document(deps.installation, document)
    staged.version = 7
    refused(work, Invalid, promote, number, field=FAULTY)


def test_gateways_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    number, result = acme.sample.service.id, ProbeResult(True, 200, "Reached.")

    guarded(
        db,
        (acme, globex),
        Permission.SERVICES_EDIT,
        (update_proxy, number, {}),
        (deploy_to_staging, number),
        (promote, number, 1),
        (record_test, number, result),
    )
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, promote, nowhere, field="id")
    for version in (0, -1, 99, 2**31, 2**70):
        refused(by(db, staff(acme)), NotFound, promote, number, version, field="version")
    foreign = db.exec(configs_query(staff(globex), number, "staging")).all()
    assert foreign == []
    with pytest.raises(Forbidden):
        configs_query(without(acme, Permission.SERVICES_READ), number, "staging")


def test_each_step_is_told_and_no_secret_with_it(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, number = staff(acme), acme.sample.service.id
    changes = {"secret_token": "sesame", "backend_version": "2", "auth_app_id": "id"}

    proxy = update_proxy(by(db, actor, deps.installation), number, changes)

    said = db.exec(events_query(actor).where(EventRecord.kind == EventKind.PROXY_UPDATED)).one()
    assert said.subject_id == proxy.id
    assert said.payload == {
        "secret_token": [HIDDEN, HIDDEN],
        "auth_app_id": ["app_id", "id"],
    }
    query = events_query(actor).where(EventRecord.kind == EventKind.SERVICE_UPDATED)
    assert db.exec(query).one().payload == {"backend_version": ["1", "2"]}
    assert told(db)[::2] == ("proxy_config.deployed", {"version": [1, 2]})
    assert proxy.lock_version == 1


def test_a_promotion_is_told_and_the_same_settings_again_are_not(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, number = staff(acme), acme.sample.service.id
    update_proxy(by(db, actor, deps.installation), number, {"auth_app_id": "id"})

    promote(by(db, actor), number)

    assert told(db)[::2] == ("proxy_config.promoted", {"version": [1, 2]})
    before = kinds(db)
    same = {"auth_app_id": "id", "lock_version": 1}
    update_proxy(by(db, actor, deps.installation), number, same)
    assert kinds(db) == before


def test_a_test_is_told_and_kept(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    actor, number = staff(acme), acme.sample.service.id
    proxy = update_proxy(by(db, actor, deps.installation), number, {"auth_app_id": "id"})

    record_test(by(db, actor, deps.installation), number, ProbeResult(False, None, "Nobody there."))
    event_is(db, EventKind.PROXY_TESTED, proxy.id, {}, {"ok": False, "status": None})
    assert (proxy.api_test_status, proxy.api_test_message) == (None, "Nobody there.")


def test_text_of_a_form_is_read_or_refused_at_its_field(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, number = by(db, staff(acme), deps.installation), acme.sample.service.id
    statuses = [each.name for each in PROXIES.attributes if each.type is int]

    proxy = update_proxy(work, number, dict.fromkeys(statuses, "418") | {"lock_version": "0"})

    assert {getattr(proxy, name) for name in statuses} == {418}
    assert len(statuses) == 4
    odd = ("x", "199", "600", "4e2", "418.0", "9" * 40, None, True, [418])
    for name, value in product(statuses, odd):
        refused(work, Invalid, update_proxy, number, {name: value}, field=name)
    for value in ("x", "-1", "9" * 40, True):
        refused(work, Invalid, update_proxy, number, {"lock_version": value}, field="lock_version")
    refused(work, Conflict, update_proxy, number, {"lock_version": "0"}, field="lock_version")

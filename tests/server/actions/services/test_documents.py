"""The configuration document: all that a gateway reads, equal for equal configurations."""

import json

from sqlmodel import Session

from gateway.config.document import ServiceDocument
from server.actions.provider.providers import NewProvider
from server.actions.services.documents import PROXY_COLUMNS, SERVICE_COLUMNS, build_document
from server.actions.services.lookup import get_proxy
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by


def test_the_document_says_what_the_tables_say_and_our_gateway_reads_it(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    proxy = get_proxy(db, service)
    hits = list_metrics(db, service.id)[0]
    draft = {
        "http_method": "POST",
        "pattern": "/a/{id}?b={c}&d=",
        "metric_id": hits.id,
        "delta": 2,
        "last": True,
    }
    MAPPING_RULES.create(by(db, staff(acme)), draft, service.id)

    document = build_document(db, deps.installation, service)

    assert {name: document[name] for name in SERVICE_COLUMNS} == {
        name: getattr(service, name) for name in SERVICE_COLUMNS
    }
    content = document["proxy"]
    assert {name: content[name] for name in PROXY_COLUMNS} == {
        name: getattr(proxy, name) for name in PROXY_COLUMNS
    }
    rule = content["proxy_rules"][1]
    assert (rule["metric_system_name"], rule["delta"], rule["last"]) == ("hits", 2, True)
    assert rule["parameters"] == ["id"]
    assert rule["querystring_parameters"] == {"b": "{c}", "d": ""}
    parsed = ServiceDocument.parse(json.loads(json.dumps(document)))
    assert parsed.service_id == service.id
    assert [each.pattern for each in parsed.proxy.rules.rules] == ["/", "/a/{id}?b={c}&d="]
    assert parsed.proxy.hosts == tuple(content["hosts"])


def test_equal_configurations_make_equal_documents(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    before = build_document(db, deps.installation, service)

    get_proxy(db, service).api_test_success = False
    db.flush()
    db.expire_all()

    assert build_document(db, deps.installation, service) == before


def test_no_key_of_a_developer_is_in_the_document(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)
    text = json.dumps(build_document(db, deps.installation, service))

    assert deps.installation.vault.unseal(service.service_token_sealed) in text
    for secret in (acme.provider_key, acme.access_token, "globex"):
        assert secret not in text.lower()

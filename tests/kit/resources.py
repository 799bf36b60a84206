"""Valid values of every resource, for tests that hold for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one may give to make an object, what to change then, and what it belongs to."""

    values: Mapping[str, Any]
    changes: Mapping[str, Any] = field(default_factory=dict)
    parent_id: int | None = None


SPECIFICATION = '{"openapi": "3.1.0", "info": {"title": "Weather"}, "paths": {}}'


def _api_docs(_db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={
            "name": "Weather",
            "system_name": "weather-1",
            "body": SPECIFICATION,
            "service_id": provider.sample.service.id,
            "published": True,
        },
        changes={"name": "Rain", "body": SPECIFICATION.replace("Weather", "Rain")},
    )


def _authentication_provider(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={
            "kind": "keycloak",
            "name": "Acme Id",
            "system_name": "acme-id",
            "client_id": "portal",
            "client_secret": "a secret of the sample",
            "site": "https://id.acme.example/realms/main",
            "identifier_key": "sub",
            "username_key": "nickname",
            "published": True,
        },
        changes={
            "name": "Another Id",
            "site": "https://id.acme.example/realms/other",
            "client_secret": "another secret",
            "trust_email": True,
            "automatically_approve_accounts": True,
        },
    )


def _backend_api(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={
            "name": "Inventory",
            "description": "What there is.",
            "private_endpoint": "https://inventory.acme.example:8443/v1",
        },
        changes={"name": "Stock", "private_endpoint": "http://stock.acme.example"},
    )


def _metric(_db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={"friendly_name": "Bytes out", "unit": "byte", "description": "Sent."},
        changes={"friendly_name": "Bytes in", "unit": "kilobyte"},
        parent_id=provider.sample.service.id,
    )


def _feature(_db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={"name": "Sunshine", "description": "All day.", "scope": "service_plan"},
        changes={"name": "Rain"},
        parent_id=provider.sample.service.id,
    )


def _account_feature(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"name": "A person to call", "description": "At night."},
        changes={"name": "A number to call"},
    )


def _field_definition(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={
            "target": "account",
            "name": "colour",
            "label": "Colour",
            "hint": "Of your logo.",
            "required": True,
            "choices": ["red", "blue"],
            "position": 7,
        },
        changes={"label": "Color", "required": False, "hidden": True, "choices": ["red"]},
    )


PLAN: Mapping[str, Any] = {
    "name": "Gold",
    "description": "For many.",
    "approval_required": True,
    "setup_fee": "9.90",
    "cost_per_month": "20.00",
    "trial_period_days": 14,
    "position": 7,
}
PLAN_CHANGES: Mapping[str, Any] = {"cost_per_month": "0.50", "position": 2}


def _account_plan(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(values=PLAN, changes=PLAN_CHANGES)


def _plan_of_service(_db: Session, provider: NewProvider) -> Sample:
    return Sample(values=PLAN, changes=PLAN_CHANGES, parent_id=provider.sample.service.id)


def _hits(db: Session, provider: NewProvider) -> int:
    return list_metrics(db, provider.sample.service.id)[0].id


def _limit(db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={"metric_id": _hits(db, provider), "period": "day", "value": 2**40},
        changes={"value": 0},
        parent_id=provider.sample.application.plan_id,
    )


def _pricing_rule(db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={
            "metric_id": _hits(db, provider),
            "min": 11,
            "max": 2**40,
            "cost_per_unit": "0.0005",
        },
        changes={"max": None, "cost_per_unit": "0.50"},
        parent_id=provider.sample.application.plan_id,
    )


def _mapping_rule(db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={
            "metric_id": _hits(db, provider),
            "http_method": "POST",
            "pattern": "/rain/{place}$",
            "delta": 2,
            "position": 7,
            "last": True,
            "redirect_url": "https://rain.example/v2",
        },
        changes={"pattern": "/sun", "position": 1, "last": False, "redirect_url": ""},
        parent_id=provider.sample.service.id,
    )


def _template(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={
            "kind": "page",
            "name": "/sun",
            "title": "The sun",
            "layout": "wide",
            "handler": "markdown",
            "published": "It shines all day.",
        },
        changes={"title": "The rain", "published": "It falls all night.", "draft": "It will fall."},
    )


def _section(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"title": "For partners", "public": False, "partial_path": "/partners"},
        changes={"title": "For friends", "public": True},
    )


def _file(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"path": "/images/sun.png", "downloadable": True, "content_type": "image/png"},
        changes={"path": "/images/rain.png", "downloadable": False},
    )


def _redirect(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"source": "/old-sun", "target": "/sun"}, changes={"target": "https://sun.example/"}
    )


def _group(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(values={"name": "Partners"}, changes={"name": "Friends"})


def _forum_category(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"name": "Questions", "description": "About the API.", "position": 7},
        changes={"name": "Answers", "description": "", "position": 2},
    )


def _domain(_db: Session, provider: NewProvider) -> Sample:
    return Sample(
        values={
            "name": "api.sun.example",
            "serves": "production",
            "service_id": provider.sample.service.id,
            "is_primary": True,
            "moves": "permanent",
        },
        changes={"is_primary": False, "moves": "temporary"},
    )


def _webhook_endpoint(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={
            "name": "CRM",
            "payload": "standard",
            "url": "https://crm.acme.example/hooks",
            "event_types": ["account.*", "application.created"],
            "secret": "whsec_" + "c2FtcGxl" * 5,
        },
        changes={
            "name": "ERP",
            "url": "https://erp.acme.example/hooks",
            "event_types": ["*"],
            "active": False,
            "provider_actions": True,
            "push_application_content_type": False,
            "secret": "whsec_" + "b3RoZXIh" * 5,
        },
    )


def _registry_policy(_db: Session, _provider: NewProvider) -> Sample:
    return Sample(
        values={"name": "token_check", "version": "1.0", "definition": '{"configuration": {}}'},
        changes={"version": "1.1", "definition": '{"summary": "Looks", "configuration": {}}'},
    )


SAMPLES: Mapping[str, Callable[[Session, NewProvider], Sample]] = {
    "api_docs": _api_docs,
    "authentication_provider": _authentication_provider,
    "backend_api": _backend_api,
    "domain": _domain,
    "account_feature": _account_feature,
    "feature": _feature,
    "forum_category": _forum_category,
    "field_definition": _field_definition,
    "account_plan": _account_plan,
    "service_plan": _plan_of_service,
    "application_plan": _plan_of_service,
    "limit": _limit,
    "pricing_rule": _pricing_rule,
    "mapping_rule": _mapping_rule,
    "metric": _metric,
    "portal_file": _file,
    "group": _group,
    "redirect": _redirect,
    "registry_policy": _registry_policy,
    "section": _section,
    "template": _template,
    "webhook_endpoint": _webhook_endpoint,
}

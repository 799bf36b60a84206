"""Cases of the provider itself, and of its portal."""

from dataclasses import replace
from datetime import UTC, datetime

from server.actions.portal import api_docs, faults, looks
from server.actions.provider import domains, providers, settings, tenants, tokens
from server.actions.provider.field_definitions import (
    list_definitions,
    move_definition,
    reorder_definitions,
)
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.events import EventKind as Kind
from server.domain.provider.domains import FAILURES, GRACE, Domain, Proof, ProvedBy
from server.domain.provider.field_definitions import FieldTarget
from server.domain.provider.providers import Provider
from tests.kit.cases.case import case, has, keeps
from tests.kit.resources import SPECIFICATION
from tests.kit.work import accepting
from tests.kit.world import World

SETTINGS = {"multiple_applications": True, "allowed_origins": "https://shop.example"}
LOOK = {"hero_title": "Build with the sky", "accent": "#0b5fa5", "css": "h1 { color: teal; }"}
DOMAIN = {"name": "api.acme.example", "serves": "portal", "is_primary": True}
TOKEN = {"name": "ci", "scopes": ["stats"], "permission": "ro"}


def _last_first(work: Work, world: World) -> list[int]:
    """Name the fields of users, the last one first, in whatever order they stand meanwhile."""
    fields = list_definitions(work.db, world.acme.provider.id, FieldTarget.USER)
    *first, last = sorted(each.id for each in fields)
    return [last, *first]


def _claimed(work: Work, _world: World) -> Domain:
    return domains.DOMAINS.create(work, DOMAIN)


def _served(work: Work, world: World) -> Domain:
    return domains.note_check(work, _claimed(work, world).id, Proof(ProvedBy.DNS))


def _failed_often(work: Work, world: World) -> Domain:
    domain = _served(work, world)
    domain.failures = FAILURES - 1
    return domain


def _doubted(work: Work, world: World) -> Domain:
    domain, gone = _served(work, world), Proof(problem="It is gone.")
    for _ in range(FAILURES):
        domains.note_check(work, domain.id, gone)
    domain.failing_since = work.now - GRACE
    return domain


OF_NEW_PROVIDERS = (
    Kind.PROVIDER_CREATED,
    Kind.SERVICE_CREATED,
    Kind.CONFIG_DEPLOYED,
    Kind.CONFIG_PROMOTED,
    Kind.FEATURE_CREATED,
    Kind.PLAN_CREATED,
    Kind.PLAN_UPDATED,
    Kind.API_DOCS_CREATED,
    Kind.ACCOUNT_CREATED,
    Kind.USER_CREATED,
    Kind.APPLICATION_CREATED,
)
TENANT = {
    "org_name": "Hooli",
    "username": "gavin",
    "email": "gavin@hooli.example",
    "password": "six green apples fell",
}


def _master(work: Work, world: World) -> Work:
    """Let who runs the installation act on a tenant."""
    return replace(work, actor=Actor.master(world.acme.provider.id))


PROVIDER = (
    case(
        tenants.move_tenant,
        lambda work, w: tenants.move_tenant(_master(work, w), "suspend"),
        Kind.PROVIDER_MOVED,
    ),
    case(
        tenants.schedule_deletion,
        lambda work, w: tenants.schedule_deletion(_master(work, w)),
        Kind.PROVIDER_MOVED,
        before=has(Provider, lambda w: w.acme.provider.id, is_first=False),
    ),
    case(
        tenants.begin_deletion,
        lambda work, w: tenants.begin_deletion(_master(work, w)),
        Kind.PROVIDER_MOVED,
        before=has(
            Provider,
            lambda w: w.acme.provider.id,
            state="scheduled_for_deletion",
            deletion_at=datetime(2026, 1, 1, tzinfo=UTC),
        ),
    ),
    case(
        tenants.create_staff_link,
        lambda work, w: tenants.create_staff_link(_master(work, w), 60),
        Kind.STAFF_LINK_CREATED,
        Kind.USER_CREATED,
    ),
    case(
        domains.note_check,
        lambda work, w: domains.note_check(work, w.kept["domain"].id, Proof(ProvedBy.DNS)),
        Kind.DOMAIN_VERIFIED,
        before=keeps("domain", _claimed),
    ),
    case(
        domains.note_check,
        lambda work, w: domains.note_check(work, w.kept["domain"].id, Proof(problem="Gone.")),
        Kind.DOMAIN_FAILING,
        before=keeps("domain", _failed_often),
        note="that failed too often",
    ),
    case(
        domains.note_check,
        lambda work, w: domains.note_check(work, w.kept["domain"].id, Proof(problem="Gone.")),
        Kind.DOMAIN_LOST,
        before=keeps("domain", _doubted),
        note="that failed for a week",
    ),
    case(
        domains.DOMAINS.delete,
        lambda work, w: domains.DOMAINS.delete(work, w.kept["domain"].id),
        Kind.DOMAIN_DELETED,
        before=keeps("domain", _served),
        note="domain that serves",
    ),
    case(
        settings.update_settings,
        lambda work, _: settings.update_settings(work, SETTINGS),
        Kind.SETTING_UPDATED,
    ),
    case(
        looks.update_look,
        lambda work, _: looks.update_look(work, LOOK),
        Kind.LOOK_UPDATED,
    ),
    case(
        tokens.create_token,
        lambda work, _: tokens.create_token(work, TOKEN),
        Kind.TOKEN_CREATED,
    ),
    case(
        tokens.TOKENS.delete,
        lambda work, w: tokens.TOKENS.delete(work, w.kept["token"][0].id),
        Kind.TOKEN_DELETED,
        before=keeps("token", lambda work, _: tokens.create_token(work, TOKEN)),
        note="token",
    ),
    case(
        faults.note_template_fault,
        lambda work, _: faults.note_template_fault(work, "page", "/docs", 1, "never closed"),
        Kind.TEMPLATE_FAILED,
    ),
    case(
        api_docs.restore_version,
        lambda work, _: api_docs.restore_version(accepting(work), 1, 1),
        Kind.API_DOCS_UPDATED,
        before=lambda work, _: api_docs.API_DOCS.update(
            accepting(work), 1, {"body": SPECIFICATION}
        ),
    ),
    case(
        reorder_definitions,
        lambda work, w: reorder_definitions(work, "user", _last_first(work, w)),
        Kind.FIELD_DEFINITION_UPDATED,
    ),
    case(
        move_definition,
        lambda work, w: move_definition(work, _last_first(work, w)[0], "up"),
        Kind.FIELD_DEFINITION_UPDATED,
    ),
    case(
        tenants.create_tenant,
        lambda work, _: tenants.create_tenant(work.db, work.installation, TENANT),
        *OF_NEW_PROVIDERS,
    ),
    case(
        providers.create_provider,
        lambda work, _: providers.create_provider(
            work.db, work.installation, "Initech", "admin@initech.example"
        ),
        *OF_NEW_PROVIDERS,
    ),
)

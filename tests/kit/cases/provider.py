"""Cases of the provider itself, and of its portal."""

from datetime import UTC, datetime

from server.actions.portal import api_docs, pages
from server.actions.portal.api_docs import NewApiDocs
from server.actions.portal.pages import NewTemplate
from server.actions.provider import providers, settings, tokens
from server.actions.provider.tokens import NewToken
from server.actions.work import Work
from server.domain.events import EventKind as Kind
from tests.kit.cases.case import case, keeps
from tests.kit.world import World

SPEC = '{"openapi": "3.1.0", "info": {"title": "Sun", "version": "1"}, "paths": {}}'


def _sun(work: Work, world: World) -> object:
    draft = NewApiDocs(name="Sun", body=SPEC, service_id=world.service_id)
    return api_docs.create_api_docs(work, draft)


PROVIDER = (
    case(api_docs.create_api_docs, _sun, Kind.API_DOCS_CREATED),
    case(
        api_docs.update_api_docs,
        lambda work, w: api_docs.update_api_docs(work, w.kept["docs"].id, {"published": True}),
        Kind.API_DOCS_UPDATED,
        before=keeps("docs", _sun),
    ),
    case(
        api_docs.delete_api_docs,
        lambda work, w: api_docs.delete_api_docs(work, w.kept["docs"].id),
        Kind.API_DOCS_DELETED,
        before=keeps("docs", _sun),
    ),
    case(
        pages.save_template,
        lambda work, _: pages.save_template(work, NewTemplate(kind="page", name="/sun")),
        Kind.TEMPLATE_CREATED,
    ),
    case(
        pages.save_template,
        lambda work, _: pages.save_template(
            work, NewTemplate(kind="page", name="/docs", published="Here.")
        ),
        Kind.TEMPLATE_UPDATED,
        note="again",
    ),
    case(
        pages.delete_template,
        lambda work, w: pages.delete_template(work, w.known.template_id),
        Kind.TEMPLATE_DELETED,
    ),
    case(
        settings.update_settings,
        lambda work, _: settings.update_settings(work, {"public_search": True}),
        Kind.SETTING_UPDATED,
    ),
    case(
        tokens.create_token,
        lambda work, _: tokens.create_token(
            work,
            NewToken(name="ci", scopes=["stats"], expires_at=datetime(2999, 1, 1, tzinfo=UTC)),
        ),
        Kind.TOKEN_CREATED,
    ),
    case(
        tokens.delete_token,
        lambda work, w: tokens.delete_token(work, w.kept["token"][0].id),
        Kind.TOKEN_DELETED,
        before=keeps(
            "token",
            lambda work, _: tokens.create_token(work, NewToken(name="ci", scopes=["stats"])),
        ),
    ),
    case(
        providers.create_provider,
        lambda work, _: providers.create_provider(
            work.db, work.installation, "Initech", "admin@initech.example"
        ),
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
    ),
)

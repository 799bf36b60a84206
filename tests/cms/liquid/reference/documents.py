"""The variables of the pages of specifications, and of what people do, for the examples."""

from collections.abc import Mapping

from sqlmodel import Session, select

from cms.content.search import Result, Results
from cms.liquid.drops.access_tokens import AccessTokenDrop
from cms.liquid.drops.accounts import UserDrop
from cms.liquid.drops.api_docs import ApiOperationDrop, ApiSpecDrop, SpecGroup, SpecGroupDrop
from cms.liquid.drops.api_operations import (
    ApiDetailsDrop,
    ApiSampleDrop,
    ApiVersionDrop,
    Console,
    ConsoleDrop,
)
from cms.liquid.drops.forum import GalleryEntryDrop, Listed, PostDrop, TopicDrop, Written
from cms.liquid.drops.identities import Arrival, ArrivalDrop
from cms.liquid.drops.invitations import InvitationDrop, Joining, JoiningDrop
from cms.liquid.drops.legal import TermsDrop
from cms.liquid.drops.login_ways import login_way_of
from cms.liquid.drops.messages import AlertDrop, Optional, OptionalMailDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.search import SearchDrop
from cms.liquid.drops.services import ServiceContractDrop
from server.actions.portal.api_docs_versions import get_outline
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User
from server.domain.messages.alerts import Alert
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.forum import ForumPost, ForumTopic
from server.domain.portal.gallery import GalleryEntry
from server.domain.portal.legal import LegalTerms
from server.domain.portal.specs.details import details_of
from server.domain.portal.specs.differences import differences_of
from server.domain.portal.specs.samples import call_of, samples_of
from server.domain.provider.tokens import AccessToken
from server.domain.services.services import Service

ANSWER = {
    "description": "A pet.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"type": "object", "properties": {"name": {"type": "string"}}}
        }
    },
}
OPERATION = {
    "summary": "Change a pet",
    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
    "requestBody": BODY,
    "responses": {"200": ANSWER},
}
DOCUMENT = {"openapi": "3.0.3", "info": {"title": "Pets"}, "paths": {"/{id}": {"put": OPERATION}}}


def pages_of_documents(db: Session, data: RenderData) -> Mapping[str, object]:
    """Give what the pages of a specification have."""
    api_docs = db.exec(select(ApiDocs)).one()
    spec = ApiSpecDrop(api_docs, data)
    details = details_of(DOCUMENT, "PUT", "/{id}", OPERATION)
    call = call_of(details, "https://api.example", None, ())
    without = {**DOCUMENT, "paths": {}}
    version = ApiDocsVersion(
        provider_id=api_docs.provider_id,
        api_docs_id=api_docs.id,
        number=2,
        changes=differences_of(without, DOCUMENT).written(),
    )
    service = db.get(Service, api_docs.service_id) if api_docs.service_id else None
    return {
        "console": ConsoleDrop(Console("/api_docs/specs/echo_api/document.json"), data),
        "details": ApiDetailsDrop(details, data),
        "groups": [SpecGroupDrop(SpecGroup(service), data)],
        "operation": ApiOperationDrop(get_outline(api_docs).operations[0], spec),
        "samples": [ApiSampleDrop(each, data) for each in samples_of(call)],
        "spec": spec,
        "versions": [ApiVersionDrop(version, data)],
    }


def pages_of_people(db: Session, data: RenderData, account: Account) -> Mapping[str, object]:
    """Give what the pages of colleagues, subscriptions and messages have."""
    invitation = db.exec(select(Invitation)).one()
    contract = db.exec(select(ServiceContract)).one()
    found = Result("Plans", "page", "/plans", "What it costs.")
    mail = Optional("limit_alert", "Used limits", wanted=True, url="/notifications/x")
    user = db.exec(select(User).where(User.account_id == account.id)).one()
    login = db.exec(select(AuthenticationProvider)).one()
    arrival = Arrival(login_way_of(login, "https://acme.example"), "a@x.example", True, "ann")
    token = AccessToken(
        id=1,
        provider_id=user.provider_id,
        user_id=user.id,
        name="my assistant",
        digest="",
        hint="1f0c",
        scopes=["stats"],
    )
    return {
        "access_tokens": [AccessTokenDrop(token, data)],
        "token": AccessTokenDrop(token, data),
        "alert": AlertDrop(db.exec(select(Alert)).one(), data),
        "identity": ArrivalDrop(arrival, data),
        **_of_forum(db, data, user),
        "invitation": InvitationDrop(invitation, data),
        "invitations": [InvitationDrop(invitation, data)],
        "joining": JoiningDrop(Joining("x", "ann@developer.example", account), data),
        "leaving": OptionalMailDrop(mail, data),
        "notifications": [OptionalMailDrop(mail, data)],
        "search": SearchDrop(Results("plans", 1, (found,)), data),
        "subscription": ServiceContractDrop(contract, data),
        "terms": TermsDrop(db.exec(select(LegalTerms)).all()[0], data),
        "user": UserDrop(user, data),
        "users": [UserDrop(user, data)],
    }


def _of_forum(db: Session, data: RenderData, user: User) -> Mapping[str, object]:
    """Give what the pages of the forum and the gallery have."""
    post, topic = db.exec(select(ForumPost)).one(), db.exec(select(ForumTopic)).one()
    entry = GalleryEntry(
        id=1,
        provider_id=post.provider_id,
        account_id=user.account_id or 0,
        application_id=1,
        title="Radar",
        description="It shows rain.",
        link="https://radar.example",
    )
    listed = TopicDrop(Listed(topic, None, "john"), data)
    written = PostDrop(Written(post, topic, user), data)
    return {
        "category": None,
        "entries": [GalleryEntryDrop(entry, data)],
        "entry": GalleryEntryDrop(entry, data),
        "post": written,
        "posts": [written],
        "query": "",
        "topic": listed,
        "topics": [listed],
    }

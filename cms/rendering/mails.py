"""Mails: a template, the provider's own or the theme's, and variables to subject and body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from sqlmodel import Session

from cms.content.catalogs import ENGLISH
from cms.content.library import Library
from cms.content.theme import theme_of
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.forum import mailed_post, mailed_topic
from cms.liquid.drops.messages import AlertDrop, letter_of
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.services import (
    AccountPlanDrop,
    ApplicationPlanDrop,
    ServiceContractDrop,
    ServiceDrop,
    ServicePlanDrop,
)
from cms.liquid.errors import TemplateError
from cms.rendering.order import Order, Rendered
from cms.rendering.renderer import Renderer
from cms.rendering.stand_in import find_culprit
from server.actions.portal.faults import note_template_fault
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.installation import Installation
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Message
from server.domain.messages.rendered import RenderedMail
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.portal.forum import ForumPost, ForumTopic
from server.domain.provider.providers import Provider
from server.domain.services.services import Service

DROPS: Mapping[type, Any] = {
    Account: AccountDrop,
    Alert: AlertDrop,
    Application: ApplicationDrop,
    AccountPlan: AccountPlanDrop,
    ApplicationPlan: ApplicationPlanDrop,
    ServicePlan: ServicePlanDrop,
    ForumPost: mailed_post,
    ForumTopic: mailed_topic,
    Message: letter_of,
    Provider: ProviderDrop,
    Service: ServiceDrop,
    ServiceContract: ServiceContractDrop,
    User: UserDrop,
}
log = structlog.get_logger("gatehouse.mail")


@dataclass(frozen=True, slots=True)
class MailRenderer:
    """Renders mails through the door that pages go through."""

    renderer: Renderer

    def __call__(  # noqa: PLR0913 - as `RenderMail` is called
        self,
        db: Session,
        installation: Installation,
        provider: Provider,
        template_name: str,
        variables: Mapping[str, Any],
        *,
        text: str | None = None,
    ) -> RenderedMail:
        """Render a mail; with `text` as its template would be then, without anything in its place.

        When the provider's own template fails, the theme's is used: a mail is not lost by a typo.
        Raises: TemplateError when there is no such template; Unavailable when no worker is free.
        """
        user = variables.get("user")
        account_id = user.account_id if isinstance(user, User) else None
        locale = user.locale if isinstance(user, User) else ""
        data = RenderData(db, installation, provider, account_id, locale=locale or ENGLISH)
        order = Order(
            kind="email",
            name=template_name,
            data=data,
            now=data.now,
            variables={
                "provider": ProviderDrop(provider, data),
                **{name: _shown(value, data) for name, value in variables.items()},
            },
            source=text,
        )
        rendered = self._render(order, Library(db, theme_of(provider), provider.id))
        return RenderedMail(
            rendered.subject or data.language.say(f"News from {provider.name}"),
            rendered.text,
            rendered.html,
            rendered.headers,
            rendered.is_unwanted,
        )

    def _render(self, order: Order, library: Library) -> Rendered:
        try:
            return self.renderer.render(order, library)
        except TemplateError as error:
            if order.source is not None:
                raise
            _note(order, library, error)
            if library.theme.find("email", order.name) is None or not library.has_own():
                raise
            log.warning(
                "a provider's mail failed, the theme's is sent",
                provider_id=order.data.provider.id,
                template=order.name,
                error=str(error),
            )
        return self.renderer.render(order, library.shipped())


def _note(order: Order, library: Library, error: TemplateError) -> None:
    """Tell the provider in the transaction that writes the mail, once for each text."""
    culprit = find_culprit(library, "email", order.name, error)
    if culprit is not None:
        data = order.data
        work = Work(data.db, Actor.system(data.provider.id, "mail"), data.installation)
        note_template_fault(work, culprit.kind, culprit.name, culprit.line, error.message)


def _shown(value: object, data: RenderData) -> object:
    """Turn a row into its drop; texts and numbers stay, anything else is not shown."""
    drop = DROPS.get(type(value))
    if drop is not None:
        return drop(value, data)
    return value if isinstance(value, str | int) else ""

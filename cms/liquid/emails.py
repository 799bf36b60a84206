"""Mails: a template, the provider's own or the theme's, and variables to subject and body."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlmodel import Session

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.installation import Installation
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.services import Service

DROPS: Mapping[type, Any] = {
    Account: AccountDrop,
    Application: ApplicationDrop,
    ApplicationPlan: ApplicationPlanDrop,
    Provider: ProviderDrop,
    Service: ServiceDrop,
    User: UserDrop,
}


@cache
def _engine() -> Engine:
    return Engine(autoescape=False)  # mails are plain text


def render_email(
    db: Session,
    installation: Installation,
    provider: Provider,
    template_name: str,
    variables: Mapping[str, Any],
) -> tuple[str, str]:
    """Render a mail to (subject, body).

    When the provider's own template fails, the theme's is used: a mail is not lost by a typo.
    Raises: TemplateError when there is no such template.
    """
    library = Library(db, default_theme(), provider.id)
    own, shipped = library.find("email", template_name), library.theme.find("email", template_name)
    source = own or shipped
    if source is None:
        raise TemplateError(f"There is no mail '{template_name}'.")
    user = variables.get("user")
    data = RenderData(
        db, installation, provider, user.account_id if isinstance(user, User) else None
    )
    shown = {name: _shown(value, data) for name, value in variables.items()}
    engine = _engine()
    render_scope = engine.render_scope(library)
    try:
        body = engine.render(source, render_scope, shown)
    except TemplateError:
        if shipped is None or source is shipped:
            raise
        render_scope = engine.render_scope(library)
        body = engine.render(shipped, render_scope, shown)
    return render_scope.subject or f"News from {provider.name}", body.strip() + "\n"


def _shown(value: object, data: RenderData) -> object:
    """Turn a row into its drop; texts and numbers stay, anything else is not shown."""
    drop = DROPS.get(type(value))
    if drop is not None:
        return drop(value, data)
    return value if isinstance(value, str | int) else ""

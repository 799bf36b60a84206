"""Which rows of each table a developer may see; each select checks its permission."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import select

from server.actions.accounts.users import users_query
from server.actions.applications.applications import applications_query
from server.actions.plans.catalogue import visible_metrics, visible_plans, visible_services
from server.actions.provider.tokens import tokens_query
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.tokens import AccessToken
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.context import Scope


def _accounts(actor: Actor) -> Select[Any]:
    actor.require(Permission.ACCOUNTS_READ, account_id=actor.account_id)
    own = Account.id == actor.account_id
    return select(Account).where(Account.provider_id == actor.provider_id, own)


SCOPES: dict[type, Scope] = {
    AccessToken: tokens_query,
    Account: _accounts,
    Application: applications_query,
    ApplicationPlan: visible_plans,
    Metric: visible_metrics,
    Service: visible_services,
    User: users_query,
}

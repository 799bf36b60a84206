"""Which rows of each table a developer may see; each select checks its permission."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import select

from server.actions.applications import applications_query
from server.actions.catalogue import visible_metrics, visible_plans, visible_services
from server.actions.tokens import tokens_query
from server.actions.users import users_query
from server.domain.accounts import Account
from server.domain.actors import Actor
from server.domain.applications import Application
from server.domain.metrics import Metric
from server.domain.permissions import Permission
from server.domain.plans import ApplicationPlan
from server.domain.services import Service
from server.domain.tokens import AccessToken
from server.domain.users import User
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

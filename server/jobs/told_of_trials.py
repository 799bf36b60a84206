"""Mails that tell of the end of a trial. Source: reference-portal 6, 8.1, 8.2."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from server.domain.accounts.accounts import ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan, ServicePlan
from server.domain.services.services import Service
from server.jobs.recipients import Notification, NotificationContext


def trial_of_application_ends(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the developers before the end, while account and application are in use."""
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application is not None and _is_in_use(ctx, application):
        plan = ctx.db.get_one(ApplicationPlan, application.plan_id)
        portal = ctx.installation.addresses.portal(ctx.provider)
        url = f"{portal}/admin/applications/{application.id}"
        told = {"application": application, "plan": plan, "url": url}
        yield from _told(ctx, template, ctx.people(), told)


def trial_of_application_over(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the provider on the day of the end; not of an application that is gone."""
    application = ctx.db.get(Application, ctx.event.subject_id)
    if application is not None:
        plan = ctx.db.get_one(ApplicationPlan, application.plan_id)
        admin = ctx.installation.addresses.admin(ctx.provider)
        url = f"{admin}/p/admin/applications/{application.id}"
        told = {"application": application, "plan": plan, "url": url}
        yield from _told(ctx, template, ctx.staff(), told)


def trial_of_contract_ends(ctx: NotificationContext, template: str) -> Iterator[Notification]:
    """Tell the developers before the end, while account and subscription are in use."""
    contract = ctx.db.get(ServiceContract, ctx.event.subject_id)
    if contract is not None and _is_in_use(ctx, contract):
        plan = ctx.db.get_one(ServicePlan, contract.service_plan_id)
        url = f"{ctx.installation.addresses.portal(ctx.provider)}/admin/services"
        told = {"subscription": contract, "plan": plan, "url": url}
        yield from _told(ctx, template, ctx.people(), told)


def _is_in_use(ctx: NotificationContext, row: Application | ServiceContract) -> bool:
    return row.state == "live" and ctx.account.state == "approved"


def _told(
    ctx: NotificationContext, template: str, users: Iterable[User], more: dict[str, Any]
) -> Iterator[Notification]:
    service = ctx.db.get_one(Service, ctx.event.service_id)
    told = {"account": ctx.account, "provider": ctx.provider, "service": service, **more}
    for user in users:
        yield Notification(template, user, partial(dict, {**told, "user": user}))

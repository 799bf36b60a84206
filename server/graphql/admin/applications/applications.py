"""Applications: what developers call an API with."""

from datetime import datetime
from typing import Any

import strawberry

from server.actions.applications import applications as actions
from server.actions.applications import lists
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application, NewApplication
from server.domain.drafts import word_of
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.credentials import Credentials
from server.graphql.enums import ApplicationState
from server.graphql.extra_fields import (
    FieldValueInput,
    extra_fields_of,
    field_changes_of,
    values_of,
)
from server.graphql.fields import Node, OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Application", description="An account's use of one service on one plan.")
class ApplicationType(Credentials, OfRow[Application], Node):
    name: str
    description: str
    state: ApplicationState
    application_id: str
    redirect_url: str
    origin: str
    first_traffic_at: datetime | None
    first_daily_traffic_at: datetime | None
    trial_ends_at: datetime | None
    created_at: datetime
    updated_at: datetime
    extra_fields = extra_fields_of(FieldTarget.APPLICATION)

    @related(Account)
    def account(self) -> int:
        return self.row.account_id

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @related(ApplicationPlan)
    def plan(self) -> int:
        return self.row.plan_id

    @related(ApplicationPlan)
    def wanted_plan(self) -> int | None:
        """The plan that its developer waits for; null when he waits for none."""
        return self.row.wanted_plan_id


@strawberry.type
class ApplicationPayload(Payload):
    application: ApplicationType | None = None


@strawberry.input(description="Credentials that are not given are random.")
class ApplicationCreateInput(Input):
    account_id: strawberry.ID
    plan_id: strawberry.ID
    name: str
    description: str = ""
    redirect_url: str = ""
    user_key: str | None = None
    application_id: str | None = None
    application_keys: list[str] = strawberry.field(default_factory=list)
    first_traffic_at: datetime | None = None
    first_daily_traffic_at: datetime | None = None
    extra_fields: list[FieldValueInput] = strawberry.field(default_factory=list)


@strawberry.input
class ApplicationUpdateInput(ChangeInput):
    name: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]
    redirect_url: strawberry.Maybe[str | None]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]


@strawberry.input
class ApplicationChangePlanInput(IdInput):
    plan_id: strawberry.ID


@strawberry.type
class ApplicationQueries:
    @connection(Application, Permission.APPLICATIONS_READ)
    def applications(  # noqa: PLR0913 - each is an argument of the field
        self,
        info: Info,
        state: ApplicationState | None = None,
        search: str | None = None,
        plan_id: strawberry.ID | None = None,
        service_id: strawberry.ID | None = None,
        wants_plan: bool = False,
        plan_type: lists.PlanType | None = None,
        active_since: datetime | None = None,
        inactive_since: datetime | None = None,
        account_id: strawberry.ID | None = None,
        created_since: datetime | None = None,
        created_until: datetime | None = None,
        sort: lists.ApplicationSort = lists.ApplicationSort.OLDEST,
    ) -> Rows:
        wanted = lists.ApplicationFilter(
            state=word_of(state) or "",
            search=search or "",
            plan_id=info.context.number_within_reach(plan_id, ApplicationPlan, "planId"),
            service_id=info.context.number_within_reach(service_id, Service, "serviceId"),
            account_id=info.context.number_within_reach(account_id, Account, "accountId"),
            wants_plan=wants_plan,
            created_since=created_since,
            created_until=created_until,
            plan_type=word_of(plan_type) or "",
            active_since=active_since,
            inactive_since=inactive_since,
        )
        found = lists.narrowed_applications(info.context.work, wanted)
        return Rows.of(lists.LISTINGS[sort], found)

    @needing(
        Permission.APPLICATIONS_READ,
        "Whom a user_key, app_key or application id belongs to: one an API.",
    )
    def applications_by_key(self, info: Info, key: str) -> list[ApplicationType]:
        return [ApplicationType.of(row) for row in lists.find_by_key(info.context.work, key)]

    @needing(Permission.APPLICATIONS_READ)
    def application(self, info: Info, id: strawberry.ID) -> ApplicationType | None:
        row = info.context.find(Application, parse_id(id, "Application"))
        return ApplicationType.of(row) if row else None


@strawberry.type
class ApplicationMutations:
    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_create(self, info: Info, input: ApplicationCreateInput) -> ApplicationPayload:
        """Create an application with its credentials."""
        ctx = info.context
        account_id = parse_id(input.account_id, "Account", "account_id")
        plan_id = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
        values = {name: getattr(input, name) for name in NewApplication.model_fields}
        values["extra_fields"] = values_of(input.extra_fields)
        with ctx.write() as work:
            row = actions.create_application(work, account_id, plan_id, values)
        return ApplicationPayload(application=ApplicationType.of(row))

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_update(self, info: Info, input: ApplicationUpdateInput) -> ApplicationPayload:
        """Change an application's texts."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Application")
            ctx.check_version(work, Application, number, input.expected_version)
            row = actions.update_application(work, number, field_changes_of(input))
        return ApplicationPayload(application=ApplicationType.of(row))

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_accept(self, info: Info, input: IdInput) -> ApplicationPayload:
        """Make a pending application live."""
        return _move(info.context, input, actions.accept_application)

    @mutation(DeletedPayload, Permission.APPLICATIONS_EDIT)
    def application_reject(self, info: Info, input: IdInput) -> DeletedPayload:
        """Turn down an application that waits for approval: it is deleted."""
        ctx = info.context
        with ctx.write() as work:
            actions.reject_application(work, parse_id(input.id, "Application"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_accept_plan_request(self, info: Info, input: IdInput) -> ApplicationPayload:
        """Move an application to the plan that its developer asked for."""
        return _move(info.context, input, actions.accept_plan_request)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_refuse_plan_request(self, info: Info, input: IdInput) -> ApplicationPayload:
        """Leave an application on its plan, and tell its developer."""
        return _move(info.context, input, actions.refuse_plan_request)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_suspend(self, info: Info, input: IdInput) -> ApplicationPayload:
        """Stop an application's calls."""
        return _move(info.context, input, actions.suspend_application)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_resume(self, info: Info, input: IdInput) -> ApplicationPayload:
        """Let a suspended application call again."""
        return _move(info.context, input, actions.resume_application)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_change_plan(
        self, info: Info, input: ApplicationChangePlanInput
    ) -> ApplicationPayload:
        """Move an application to another plan of its service."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Application")
            plan = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
            row = actions.change_application_plan(work, number, plan)
        return ApplicationPayload(application=ApplicationType.of(row))

    @mutation(DeletedPayload, Permission.APPLICATIONS_EDIT)
    def application_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take an application away; its usage stays in the statistics."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_application(work, parse_id(input.id, "Application"))
        return DeletedPayload(deleted_id=input.id)


def _move(ctx: Context, given: IdInput, action: Any) -> ApplicationPayload:
    with ctx.write() as work:
        row = action(work, parse_id(given.id, "Application"))
    return ApplicationPayload(application=ApplicationType.of(row))


TOPIC = Topic(
    shows=(Shown(Application, ApplicationType, actions.applications_query),),
    queries=ApplicationQueries,
    mutations=ApplicationMutations,
)

"""One's own applications, their keys and usage."""

from datetime import datetime

import strawberry

from server.actions.applications import applications as actions
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.graphql import credentials
from server.graphql.context import Info
from server.graphql.credentials import (
    ApplicationKeyType,
    Credentials,
    KeyDeleteInput,
    KeyInput,
    KeyRotateInput,
    ReferrerFilterDeleteInput,
    ReferrerFilterInput,
    ReferrerFilterType,
)
from server.graphql.developer.references import connection, related
from server.graphql.enums import ApplicationState
from server.graphql.extra_fields import (
    FieldValueInput,
    column_of,
    extra_fields_of,
    field_changes_of,
    values_of,
)
from server.graphql.fields import Node, OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.live_usage import LiveUsageInput, LiveUsageType, live_usage_in
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.statistics import (
    Refusals,
    RefusalsInput,
    Usage,
    UsageInput,
    refusals_in,
    usage_in,
)
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Application", description="One's use of an API on a plan.")
class ApplicationType(Credentials, OfRow[Application], Node):
    name: str
    description: str = column_of(FieldTarget.APPLICATION, "description")
    state: ApplicationState
    application_id: str
    created_at: datetime
    extra_fields = extra_fields_of(FieldTarget.APPLICATION)

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @related(ApplicationPlan)
    def plan(self) -> int:
        return self.row.plan_id

    @related(ApplicationPlan)
    def wanted_plan(self) -> int | None:
        return self.row.wanted_plan_id


@strawberry.type
class ApplicationPayload(Payload):
    application: ApplicationType | None = None


@strawberry.type
class UserKeyPayload(ApplicationPayload):
    user_key: str | None = None


@strawberry.type
class KeyPayload(ApplicationPayload):
    key: ApplicationKeyType | None = None


@strawberry.type
class ReferrerFilterPayload(ApplicationPayload):
    referrer_filter: ReferrerFilterType | None = None


@strawberry.input
class ApplicationCreateInput(Input):
    plan_id: strawberry.ID
    name: str
    description: str = ""
    extra_fields: list[FieldValueInput] = strawberry.field(default_factory=list)


@strawberry.input
class ApplicationUpdateInput(ChangeInput):
    name: strawberry.Maybe[str]
    description: strawberry.Maybe[str | None]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]


@strawberry.input
class ApplicationChangePlanInput(IdInput):
    plan_id: strawberry.ID


@strawberry.type
class ApplicationQueries:
    @connection(Application, Permission.APPLICATIONS_READ)
    def applications(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(Application))

    @needing(Permission.USAGE_READ, "What one's application used of a metric.")
    def application_usage(
        self, info: Info, application_id: strawberry.ID, ask: UsageInput
    ) -> Usage:
        ctx = info.context
        number = parse_id(application_id, "Application", "application_id")
        row = actions.get_application(ctx.work, number)
        return usage_in(ctx, row.service_id, ask, row.id)

    @needing(Permission.USAGE_READ, "Which calls of one's application were refused, and why.")
    def application_refusals(
        self, info: Info, application_id: strawberry.ID, ask: RefusalsInput
    ) -> Refusals:
        ctx = info.context
        number = parse_id(application_id, "Application", "application_id")
        row = actions.get_application(ctx.work, number)
        return refusals_in(ctx, row.service_id, ask, row.id)


@strawberry.type
class ApplicationSubscriptions:
    @needing(
        Permission.USAGE_READ,
        "What one's application uses, each time that it changes; the first answer is how it "
        "stands.",
    )
    def live_usage(
        self, info: Info, application_id: strawberry.ID, ask: LiveUsageInput | None = None
    ) -> LiveUsageType:
        ctx = info.context
        number = parse_id(application_id, "Application", "application_id")
        row = actions.get_application(ctx.work, number)
        return live_usage_in(ctx, self, ask or LiveUsageInput(), row.service_id, row.id)


@strawberry.type
class ApplicationMutations:
    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def application_create(self, info: Info, input: ApplicationCreateInput) -> ApplicationPayload:
        """Get a key: create an application on a published plan."""
        ctx = info.context
        account_id, plan_id = ctx.actor.account_id or 0, parse_id(input.plan_id, "Plan", "plan_id")
        extra = values_of(input.extra_fields)
        values = {"name": input.name, "description": input.description, "extra_fields": extra}
        with ctx.write() as work:
            row = actions.create_application(work, account_id, plan_id, values, origin="portal")
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
    def application_change_plan(
        self, info: Info, input: ApplicationChangePlanInput
    ) -> ApplicationPayload:
        """Move an application to another plan, or ask for it where the API wants that."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Application")
            plan = parse_id(input.plan_id, "Plan", "plan_id")
            row = actions.change_application_plan(work, number, plan)
        return ApplicationPayload(application=ApplicationType.of(row))

    @mutation(DeletedPayload, Permission.APPLICATIONS_EDIT)
    def application_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take an application away; its keys are dead at once."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_application(work, parse_id(input.id, "Application"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(UserKeyPayload, Permission.APPLICATIONS_EDIT)
    def user_key_replace(self, info: Info, input: KeyInput) -> UserKeyPayload:
        """Get another user_key; the old one is dead at once, or after the overlap."""
        row, key = credentials.replace_user_key(info.context, input)
        return UserKeyPayload(application=ApplicationType.of(row), user_key=key)

    @mutation(KeyPayload, Permission.APPLICATIONS_EDIT)
    def key_rotate(self, info: Info, input: KeyRotateInput) -> KeyPayload:
        """Put another app_key in the place of one, which holds on for the overlap."""
        row, key = credentials.rotate_key(info.context, input)
        return KeyPayload(application=ApplicationType.of(row), key=key)

    @mutation(KeyPayload, Permission.APPLICATIONS_EDIT)
    def key_add(self, info: Info, input: KeyInput) -> KeyPayload:
        """Add an app_key."""
        row, key = credentials.add_key(info.context, input)
        return KeyPayload(application=ApplicationType.of(row), key=key)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def key_delete(self, info: Info, input: KeyDeleteInput) -> ApplicationPayload:
        """Take an app_key away; it is dead at once."""
        row = credentials.delete_key(info.context, input)
        return ApplicationPayload(application=ApplicationType.of(row))

    @mutation(ReferrerFilterPayload, Permission.APPLICATIONS_EDIT)
    def referrer_filter_add(self, info: Info, input: ReferrerFilterInput) -> ReferrerFilterPayload:
        """Let calls of one more referrer through."""
        row, made = credentials.add_filter(info.context, input)
        return ReferrerFilterPayload(application=ApplicationType.of(row), referrer_filter=made)

    @mutation(ApplicationPayload, Permission.APPLICATIONS_EDIT)
    def referrer_filter_delete(
        self, info: Info, input: ReferrerFilterDeleteInput
    ) -> ApplicationPayload:
        """Let calls of a referrer through no more."""
        row = credentials.delete_filter(info.context, input)
        return ApplicationPayload(application=ApplicationType.of(row))


TOPIC = Topic(
    shows=(Shown(Application, ApplicationType, actions.applications_query),),
    queries=ApplicationQueries,
    mutations=ApplicationMutations,
    subscriptions=ApplicationSubscriptions,
)

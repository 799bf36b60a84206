"""Usage, response codes and refused calls over time."""

import strawberry

from server.actions.analytics.refusals import RefusedApplication, list_refused_applications
from server.actions.analytics.views import MOST_APPLICATIONS
from server.actions.applications.applications import get_application
from server.actions.services.lookup import get_service
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.services.services import Service
from server.graphql.admin.references import related
from server.graphql.context import Context, Info
from server.graphql.fields import OfRow, needing
from server.graphql.ids import parse_id
from server.graphql.scalars import BigInt
from server.graphql.statistics import (
    RefusalCountType,
    Refusals,
    RefusalsInput,
    ResponseCodes,
    ResponseCodesInput,
    Usage,
    UsageInput,
    refusals_ask,
    refusals_in,
    response_codes_in,
    usage_in,
)
from server.graphql.topics import Topic


@strawberry.type(
    name="RefusedApplication",
    description="How many calls of one application were refused. Without an application: calls "
    "that named none that is known, or whose application is deleted.",
)
class RefusedApplicationType(OfRow[RefusedApplication]):
    total: BigInt

    @related(Application)
    def application(self) -> int | None:
        return self.row.application.id if self.row.application else None

    @strawberry.field
    def codes(self) -> list[RefusalCountType]:
        return [RefusalCountType.of(each) for each in self.row.codes]


@strawberry.type
class UsageQueries:
    @needing(Permission.USAGE_READ, "What all applications used of a metric.")
    def service_usage(self, info: Info, service_id: strawberry.ID, ask: UsageInput) -> Usage:
        ctx, service = info.context, _service(info.context, service_id)
        return usage_in(ctx, service.id, ask)

    @needing(Permission.USAGE_READ, "What one application used of a metric.")
    def application_usage(
        self, info: Info, application_id: strawberry.ID, ask: UsageInput
    ) -> Usage:
        ctx, application = info.context, _application(info.context, application_id)
        return usage_in(ctx, application.service_id, ask, application.id)

    @needing(Permission.USAGE_READ, "How the calls of all applications were answered.")
    def service_response_codes(
        self, info: Info, service_id: strawberry.ID, ask: ResponseCodesInput
    ) -> ResponseCodes:
        ctx, service = info.context, _service(info.context, service_id)
        return response_codes_in(ctx, service.id, ask)

    @needing(Permission.USAGE_READ, "How the calls of one application were answered.")
    def application_response_codes(
        self, info: Info, application_id: strawberry.ID, ask: ResponseCodesInput
    ) -> ResponseCodes:
        ctx, application = info.context, _application(info.context, application_id)
        return response_codes_in(ctx, application.service_id, ask, application.id)

    @needing(Permission.USAGE_READ, "Which calls of all applications were refused, and why.")
    def service_refusals(
        self, info: Info, service_id: strawberry.ID, ask: RefusalsInput
    ) -> Refusals:
        ctx, service = info.context, _service(info.context, service_id)
        return refusals_in(ctx, service.id, ask)

    @needing(Permission.USAGE_READ, "Whose calls were refused most: at most ten, the first first.")
    def service_refused_applications(
        self, info: Info, service_id: strawberry.ID, ask: RefusalsInput
    ) -> list[RefusedApplicationType]:
        ctx, service = info.context, _service(info.context, service_id)
        wanted = refusals_ask(ctx, service.id, ask)
        found = list_refused_applications(ctx.work, wanted, MOST_APPLICATIONS)
        return [RefusedApplicationType.of(each) for each in found]

    @needing(Permission.USAGE_READ, "Which calls of one application were refused, and why.")
    def application_refusals(
        self, info: Info, application_id: strawberry.ID, ask: RefusalsInput
    ) -> Refusals:
        ctx, application = info.context, _application(info.context, application_id)
        return refusals_in(ctx, application.service_id, ask, application.id)


def _service(ctx: Context, service_id: strawberry.ID) -> Service:
    return get_service(ctx.work, parse_id(service_id, "Service", "service_id"))


def _application(ctx: Context, application_id: strawberry.ID) -> Application:
    number = parse_id(application_id, "Application", "application_id")
    return get_application(ctx.work, number)


TOPIC = Topic(queries=UsageQueries)

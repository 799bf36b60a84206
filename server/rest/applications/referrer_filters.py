"""Referrer filters of applications. Source: reference-portal 1.3."""

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.referrer_filters import add_filter, delete_filter
from server.domain.applications.applications import Application
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.attributes import ShortText
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.rest.answers import Gone, Listed, Made
from server.rest.applications.applications import APPLICATION, REFERRER_FILTER, get_of_path
from server.rest.context import RestContext
from server.rest.operations import Operation

PATH = "/accounts/{account_id}/applications/{application_id}/referrer_filters"


class NewFilter(Draft):
    """What a referrer filter is made of."""

    referrer_filter: ShortText


def index(ctx: RestContext) -> SelectOfScalar[ReferrerFilter]:
    """Select the filters of the path's application. Raises: NotFound."""
    application_id = get_of_path(ctx, "application_id").id
    return select(ReferrerFilter).where(ReferrerFilter.application_id == application_id)


def create(ctx: RestContext) -> Application:
    """Add a filter; the reference shows the application then."""
    application = get_of_path(ctx, "application_id")
    add_filter(ctx, application.id, ctx.given(NewFilter)["referrer_filter"])
    return application


def delete(ctx: RestContext) -> Application:
    """Delete the filter of the path."""
    return delete_filter(ctx, get_of_path(ctx, "application_id").id, ctx.path_id() or 0)


OPERATIONS = (
    Operation(
        "GET",
        PATH,
        "List the referrer filters of an application.",
        Permission.APPLICATIONS_READ,
        index,
        Listed(REFERRER_FILTER),
    ),
    Operation(
        "POST",
        PATH,
        "Add a referrer filter; the answer is the application.",
        Permission.APPLICATIONS_EDIT,
        create,
        Made(APPLICATION, PATH),
        takes=NewFilter,
    ),
    Operation(
        "DELETE",
        f"{PATH}/{{id}}",
        "Delete a referrer filter.",
        Permission.APPLICATIONS_EDIT,
        delete,
        Gone(),
    ),
)

"""Alerts of used limits."""

import strawberry

from server.actions.messages import alerts as actions
from server.actions.messages import lists
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.drafts import word_of
from server.domain.messages.alerts import Alert
from server.domain.permissions import Permission
from server.domain.services.services import Service
from server.graphql import letters
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.enums import AlertState, ReadState
from server.graphql.fields import Node, OfRow
from server.graphql.mutations import IdInput, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Alert", description="A level of a limit that an application has reached.")
class AlertType(letters.AlertFields, OfRow[Alert], Node):
    @strawberry.field
    def state(self) -> AlertState:
        return letters.state_of(self.row, "provider_state")

    @related(Application)
    def application(self) -> int:
        return self.row.application_id

    @related(Account)
    def account(self) -> int:
        return self.row.account_id

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type
class AlertPayload(Payload):
    alert: AlertType | None = None


@strawberry.type
class AlertQueries:
    @connection(Alert, Permission.USAGE_READ, "Alerts of used limits, newest first.")
    def alerts(  # noqa: PLR0913 - each is an argument of the field
        self,
        info: Info,
        application_id: strawberry.ID | None = None,
        unread: bool = False,
        state: ReadState | None = None,
        search: str | None = None,
        service_id: strawberry.ID | None = None,
    ) -> Rows:
        ctx = info.context
        wanted = lists.AlertFilter(
            state=word_of(state) or ("unread" if unread else ""),
            search=search or "",
            application_id=ctx.number_within_reach(application_id, Application, "applicationId"),
            service_id=ctx.number_within_reach(service_id, Service, "serviceId"),
        )
        return Rows(actions.LISTING, lists.narrowed_alerts(ctx.actor, wanted))


@strawberry.type
class AlertMutations:
    @mutation(AlertPayload, Permission.MESSAGES_EDIT)
    def alert_read(self, info: Info, input: IdInput) -> AlertPayload:
        """Note that an alert was read."""
        row = letters.act_on_alert(info.context, input, actions.read_alert)
        return AlertPayload(alert=AlertType.of(row))

    @mutation(AlertPayload, Permission.MESSAGES_EDIT)
    def alert_delete(self, info: Info, input: IdInput) -> AlertPayload:
        """Put an alert away; the developers keep it."""
        row = letters.act_on_alert(info.context, input, actions.delete_alert)
        return AlertPayload(alert=AlertType.of(row))

    @mutation(letters.CountPayload, Permission.MESSAGES_EDIT)
    def alerts_read(self, info: Info, input: letters.AlertsInput) -> letters.CountPayload:
        """Note that all alerts of an application were read."""
        return letters.act_on_alerts(info.context, input, actions.read_alerts)

    @mutation(letters.CountPayload, Permission.MESSAGES_EDIT)
    def alerts_purge(self, info: Info, input: letters.AlertsInput) -> letters.CountPayload:
        """Put all alerts of an application away."""
        return letters.act_on_alerts(info.context, input, actions.purge_alerts)


TOPIC = Topic(
    shows=(Shown(Alert, AlertType, actions.alerts_query),),
    queries=AlertQueries,
    mutations=AlertMutations,
)

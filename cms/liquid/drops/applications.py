"""Applications and their keys, for the developers they belong to."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from cms.liquid.drops.application_abilities import AbilitiesDrop, OauthDrop
from cms.liquid.drops.drop import Drop, number_of
from cms.liquid.drops.errors import Filled, FormObject
from cms.liquid.drops.fields import FIELDS, FieldsDrop, column_shown, fields_of
from cms.liquid.drops.messages import AlertDrop
from cms.liquid.drops.render_data import RenderData
from cms.liquid.drops.services import WARNINGS, ApplicationPlanDrop, ServiceDrop
from cms.liquid.drops.usage import StandingDrop
from server.actions.applications.keys import is_over, user_key_of
from server.actions.secrets import unsealed
from server.domain.applications.applications import MOST_KEYS, Application, ApplicationKey
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.trials import days_left
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service

HINT = 4


class ApplicationKeyDrop(Drop[ApplicationKey]):
    """One app_key.

    Example: {% for key in application.application_keys %}…{{ key.hint }}{% else %}
    No keys{% endfor %}
    """

    shows = (
        "id",
        "value",
        "hint",
        "url",
        "created_at",
        "ends_at",
        "ending?",
        "ended?",
        "application",
    )
    says = {"ends_at": "When it ends, once it was replaced; nothing while it stays."}

    def __init__(
        self, model: ApplicationKey, data: RenderData, application: Application | None = None
    ) -> None:
        super().__init__(model, data)
        self._application = application

    @property
    def application(self) -> "ApplicationDrop | None":
        """The application that has it."""
        return ApplicationDrop(self._application, self.data) if self._application else None

    @property
    def ending(self) -> bool:
        """Return whether it was rotated and holds on for a while."""
        return self.model.ends_at is not None and not self.ended

    @property
    def ended(self) -> bool:
        """Return whether it opens nothing any more."""
        return is_over(self.model, self.data.now)

    @property
    def value(self) -> str:
        """The key in clear."""
        return unsealed(self.data.installation.vault, self.model, "sealed")

    @property
    def hint(self) -> str:
        """Its last four characters, to tell it from others."""
        return self.value[-HINT:]

    @property
    def url(self) -> str:
        """What deletes it."""
        return f"/admin/applications/{self.model.application_id}/keys/{self.model.id}"


class ReferrerFilterDrop(FormObject[ReferrerFilter]):
    """A referrer from which an application may be used.

    Example: {% for filter in application.referrer_filters %}{{ filter.value }}{% else %}
    Any{% endfor %}
    """

    shows = ("id", "value", "delete_url", "application", "errors")
    typed_as = {"value": "referrer_filter"}

    def __init__(
        self,
        model: ReferrerFilter,
        data: RenderData,
        filled: Filled | None = None,
        application: Application | None = None,
    ) -> None:
        super().__init__(model, data, filled)
        self._application = application

    @property
    def application(self) -> "ApplicationDrop | None":
        """The application that it is for."""
        return ApplicationDrop(self._application, self.data) if self._application else None

    @property
    def delete_url(self) -> str:
        """What deletes it."""
        return f"/admin/applications/{self.model.application_id}/referrer_filters/{self.model.id}"


class ApplicationDrop(FormObject[Application]):
    """A developer's use of an API. Source: reference-portal 2.3.

    Example: <a href="{{ application.url }}">{{ application.name }}
    </a> on {{ application.plan.name }}
    """

    shows = (
        "id",
        "name",
        "description",
        "state",
        "live?",
        "pending?",
        "suspended?",
        "created_at",
        "plan",
        "wanted_plan",
        "service",
        "user_key_mode?",
        "app_id_mode?",
        "oauth_mode?",
        "oauth",
        "user_key",
        "application_id",
        "key",
        "old_key_ends_at",
        "keys",
        "application_keys",
        "keys_limit",
        "referrer_filters",
        "filters_limit",
        "usage",
        "refused_calls",
        "alerts",
        "buyer_alerts_enabled?",
        "alerts_url",
        "purge_alerts_url",
        "mark_alerts_as_read_url",
        "can_change_plan?",
        "plan_change_permission_name",
        "plan_change_permission_warning",
        "trial?",
        "remaining_trial_period_days",
        "redirect_url",
        "rejection_reason",
        "can",
        "errors",
        "url",
        "path",
        "admin_url",
        "edit_url",
        "update_user_key_url",
        "application_keys_url",
        "referrer_filters_url",
        "change_plan_url",
        "stats_url",
        "fields",
        "extra_fields",
        "builtin_fields",
    )
    says = {
        "application_id": "The id that it calls with, where keys stand beside it.",
        "redirect_url": "Where it goes on after a sign-in.",
    }
    types = {**FormObject.types, **FIELDS}
    attributes: ClassVar[Mapping[str, str]] = {"keys": "key_values"}

    @property
    def description(self) -> str:
        """What it is for, where developers are asked for that."""
        return column_shown(FieldTarget.APPLICATION, self.model, "description", self.data)

    @property
    def fields(self) -> FieldsDrop:
        """All its fields, as the provider ordered them."""
        return fields_of(FieldTarget.APPLICATION, self.model, self.data)

    @property
    def extra_fields(self) -> FieldsDrop:
        """Those that the provider thought of."""
        return fields_of(FieldTarget.APPLICATION, self.model, self.data, builtin=False)

    @property
    def builtin_fields(self) -> FieldsDrop:
        """Those that every portal knows."""
        return fields_of(FieldTarget.APPLICATION, self.model, self.data, builtin=True)

    @property
    def live(self) -> bool:
        """Return whether its calls get through."""
        return self.model.state == "live"

    @property
    def pending(self) -> bool:
        """Return whether it waits for approval."""
        return self.model.state == "pending"

    @property
    def suspended(self) -> bool:
        """Return whether it is stopped."""
        return self.model.state == "suspended"

    @property
    def plan(self) -> ApplicationPlanDrop | None:
        """The plan that it is on; nothing while it is not made yet."""
        number = number_of(self.model, "plan_id")
        if number is None:
            return None
        plan = self.data.row(ApplicationPlan, number)
        return ApplicationPlanDrop(plan, self.data)

    @property
    def wanted_plan(self) -> ApplicationPlanDrop | None:
        """The plan that was asked for and that the provider has said nothing about yet."""
        if self.model.wanted_plan_id is None:
            return None
        plan = self.data.row(ApplicationPlan, self.model.wanted_plan_id)
        return ApplicationPlanDrop(plan, self.data)

    @property
    def service(self) -> ServiceDrop:
        """The API that it calls."""
        return ServiceDrop(self._service, self.data)

    @property
    def user_key_mode(self) -> bool:
        """Return whether it calls with a user_key."""
        return self._service.backend_version == "1"

    @property
    def app_id_mode(self) -> bool:
        """Return whether it calls with an id and keys."""
        return self._service.backend_version == "2"

    @property
    def user_key(self) -> str:
        """The user_key in clear, for the application's own account."""
        if not self._is_own:
            return ""
        return user_key_of(self.data.installation.vault, self.model)

    @property
    def oauth_mode(self) -> bool:
        """Return whether it signs in with OAuth."""
        return self._service.backend_version not in {"1", "2"}

    @property
    def oauth(self) -> OauthDrop:
        """Where its secret is made and replaced."""
        return OauthDrop(self.model, self.data)

    @property
    def old_key_ends_at(self) -> datetime | None:
        """Until when the user_key before this one holds, too; nothing when there is none."""
        ends_at = self.model.old_key_ends_at
        return ends_at if ends_at is not None and ends_at > self.data.now else None

    @property
    def key(self) -> str:
        """The credential that names it."""
        return self.user_key if self.user_key_mode else self.model.application_id

    @property
    def key_values(self) -> list[str]:
        """The app_keys in clear."""
        return [drop.value for drop in self.application_keys]

    @property
    def application_keys(self) -> list[ApplicationKeyDrop]:
        """The app_keys, for the application's own account."""
        rows = self.data.application_rows.keys(self.model) if self._is_own else ()
        return [ApplicationKeyDrop(row, self.data, self.model) for row in rows]

    @property
    def keys_limit(self) -> int:
        """How many keys it may have."""
        return MOST_KEYS

    @property
    def referrer_filters(self) -> list[ReferrerFilterDrop]:
        """The referrers it may be used from, for the application's own account."""
        rows = self.data.application_rows.filters(self.model) if self._is_own else ()
        return [ReferrerFilterDrop(row, self.data, None, self.model) for row in rows]

    @property
    def filters_limit(self) -> int:
        """How many referrer filters it may have."""
        return MOST_FILTERS

    @property
    def usage(self) -> list[StandingDrop]:
        """Where it stands against each limit of its plan."""
        standings = self.data.application_rows.standings(self.model)
        return [StandingDrop(standing, self.data) for standing in standings]

    @property
    def refused_calls(self) -> int:
        """How many of its calls were refused in the last 24 hours."""
        return self.data.application_rows.refused_lately(self.model)

    @property
    def alerts(self) -> list[AlertDrop]:
        """What was told of used limits, newest first, for the application's own account."""
        if self.model.account_id != self.data.account_id:
            return []
        return [AlertDrop(row, self.data) for row in self.data.alerts.get(self.model.id, [])]

    @property
    def buyer_alerts_enabled(self) -> bool:
        """Return whether alerts are shown here."""
        return bool(self._service.web_buyer_levels)

    @property
    def alerts_url(self) -> str:
        """The page of its alerts."""
        return f"{self.url}/alerts"

    @property
    def purge_alerts_url(self) -> str:
        """What deletes all of them."""
        return f"{self.url}/alerts/purge"

    @property
    def mark_alerts_as_read_url(self) -> str:
        """What marks all of them read."""
        return f"{self.url}/alerts/all_read"

    @property
    def can_change_plan(self) -> bool:
        """Return whether its plan may be changed or asked to be."""
        return self.plan_change_permission_name != "none" and self.data.role != "member"

    @property
    def plan_change_permission_name(self) -> str:
        """How plans change for who looks: none, request, direct or request_credit_card."""
        return self.data.plan_change(self._service.buyer_plan_change_permission)

    @property
    def plan_change_permission_warning(self) -> str:
        """What happens when another plan is chosen; empty when it can't be."""
        return WARNINGS.get(self.plan_change_permission_name, "")

    @property
    def trial(self) -> bool:
        """Return whether its plan costs something, but not yet."""
        return self.remaining_trial_period_days > 0

    @property
    def remaining_trial_period_days(self) -> int:
        """How many days cost nothing from now on, begun ones too."""
        plan = self.plan.model if self.plan else None
        ends_at = getattr(self.model, "trial_ends_at", None)
        return days_left(ends_at, plan, self.data.now) if plan else 0

    @property
    def rejection_reason(self) -> str:
        """Why it was turned down; what is turned down is deleted, so it is empty."""
        return ""

    @property
    def path(self) -> str:
        """Its page."""
        return self.url

    @property
    def admin_url(self) -> str:
        """Its page of the provider's."""
        admin = self.data.installation.addresses.admin(self.data.provider)
        return f"{admin}/p/admin/applications/{self.model.id}"

    @property
    def can(self) -> AbilitiesDrop:
        """What may be done with it."""
        return AbilitiesDrop(self.model, self.data)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/admin/applications/{self.model.id}"

    @property
    def edit_url(self) -> str:
        """The page that changes it."""
        return f"{self.url}/edit"

    @property
    def update_user_key_url(self) -> str:
        """What replaces its user_key."""
        return f"{self.url}/user_key"

    @property
    def application_keys_url(self) -> str:
        """What adds an app_key."""
        return f"{self.url}/keys"

    @property
    def referrer_filters_url(self) -> str:
        """What adds a referrer filter."""
        return f"{self.url}/referrer_filters"

    @property
    def change_plan_url(self) -> str:
        """What changes its plan."""
        return f"/admin/contracts/{self.model.id}"

    @property
    def stats_url(self) -> str:
        """Its usage."""
        return f"/buyer/stats?application_id={self.model.id}"

    @property
    def _is_own(self) -> bool:
        is_made = number_of(self.model) is not None
        return is_made and self.model.account_id == self.data.account_id

    @property
    def _service(self) -> Service:
        return self.data.row(Service, self.model.service_id)

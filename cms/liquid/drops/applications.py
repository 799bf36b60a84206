"""Applications and their keys, for the developers they belong to."""

from collections.abc import Mapping
from typing import ClassVar

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.messages import AlertDrop
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.liquid.drops.usage import StandingDrop
from server.actions.analytics.refusals import count_refused_lately
from server.actions.analytics.usage import list_standings
from server.actions.applications.keys import list_keys, user_key_of
from server.actions.applications.referrer_filters import list_filters, may_edit_filters
from server.actions.secrets import unsealed
from server.domain.applications.applications import MOST_KEYS, Application, ApplicationKey
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service

HINT = 4


class ApplicationKeyDrop(Drop[ApplicationKey]):
    """One app_key."""

    shows = ("id", "value", "hint", "url", "created_at")

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


class ReferrerFilterDrop(Drop[ReferrerFilter]):
    """A referrer from which an application may be used."""

    shows = ("id", "value", "delete_url")

    @property
    def delete_url(self) -> str:
        """What deletes it."""
        return f"/admin/applications/{self.model.application_id}/referrer_filters/{self.model.id}"


class AbilitiesDrop(Drop[Service]):
    """What a developer may do with an application of a service."""

    shows = (
        "be_updated?",
        "be_destroyed?",
        "regenerate_user_key?",
        "manage_keys?",
        "add_application_keys?",
        "add_referrer_filters?",
    )

    @property
    def be_updated(self) -> bool:
        """Return whether its texts may be changed."""
        return self.model.buyers_manage_apps

    @property
    def be_destroyed(self) -> bool:
        """Return whether it may be deleted."""
        return self.model.buyers_manage_apps

    @property
    def regenerate_user_key(self) -> bool:
        """Return whether its user_key may be replaced."""
        return self.model.backend_version == "1" and self.model.buyer_key_regenerate_enabled

    @property
    def manage_keys(self) -> bool:
        """Return whether app_keys may be added and deleted."""
        return self.model.backend_version == "2" and self.model.buyers_manage_keys

    @property
    def add_application_keys(self) -> bool:
        """Return the same of adding alone."""
        return self.manage_keys

    @property
    def add_referrer_filters(self) -> bool:
        """Return whether referrer filters may be added and deleted."""
        return may_edit_filters(self.model)


class ApplicationDrop(Drop[Application]):
    """A developer's use of an API. Source: reference-portal 2.3."""

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
        "user_key",
        "application_id",
        "key",
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
        "can",
        "url",
        "edit_url",
        "update_user_key_url",
        "application_keys_url",
        "referrer_filters_url",
        "change_plan_url",
        "stats_url",
    )
    attributes: ClassVar[Mapping[str, str]] = {"keys": "key_values"}

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
    def plan(self) -> ApplicationPlanDrop:
        """The plan that it is on."""
        plan = self.data.row(ApplicationPlan, self.model.plan_id)
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
        is_own = self.model.account_id == self.data.account_id
        return user_key_of(self.data.installation.vault, self.model) if is_own else ""

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
        if self.model.account_id != self.data.account_id:
            return []
        rows = list_keys(self.data.db, self.model.id)
        return [ApplicationKeyDrop(row, self.data) for row in rows]

    @property
    def keys_limit(self) -> int:
        """How many keys it may have."""
        return MOST_KEYS

    @property
    def referrer_filters(self) -> list[ReferrerFilterDrop]:
        """The referrers it may be used from, for the application's own account."""
        if self.model.account_id != self.data.account_id:
            return []
        rows = list_filters(self.data.db, self.model.id)
        return [ReferrerFilterDrop(row, self.data) for row in rows]

    @property
    def filters_limit(self) -> int:
        """How many referrer filters it may have."""
        return MOST_FILTERS

    @property
    def usage(self) -> list[StandingDrop]:
        """Where it stands against each limit of its plan."""
        standings = list_standings(self.data.db, self.model, self.data.now)
        return [StandingDrop(standing, self.data) for standing in standings]

    @property
    def refused_calls(self) -> int:
        """How many of its calls were refused in the last 24 hours."""
        return count_refused_lately(self.data.db, self.model, self.data.now)

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
        return self.plan_change_permission_name != "none"

    @property
    def plan_change_permission_name(self) -> str:
        """How plans change: none, request or direct."""
        return self._service.buyer_plan_change_permission

    @property
    def can(self) -> AbilitiesDrop:
        """What may be done with it."""
        return AbilitiesDrop(self._service, self.data)

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
    def _service(self) -> Service:
        return self.data.row(Service, self.model.service_id)

"""The catalogue: services with their plans, limits, features and metrics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.metrics import FeatureDrop, MetricDrop, PlanFeatureDrop, UsageLimitDrop
from cms.liquid.drops.prices import PricingRuleDrop
from server.domain.accounts.accounts import ServiceContract
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.plans.trials import days_left
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.kit.money import Money

if TYPE_CHECKING:
    from cms.liquid.drops.api_docs import ApiSpecDrop
    from cms.liquid.drops.applications import ApplicationDrop

PlanModel = TypeVar("PlanModel", bound=Plan)


WARNINGS = {  # what happens when another plan is chosen, by how plans change
    "direct": "The plan changes at once.",
    "request": "The provider is asked. The plan changes when it agrees.",
    "request_credit_card": "Plans that cost something need a card on file. Write to the provider.",
}
PLAN_FIELDS = (
    "id",
    "name",
    "system_name",
    "description",
    "features",
    "setup_fee",
    "cost",
    "flat_cost",
    "free?",
    "paid?",
    "selected?",
    "bought?",
    "trial_period_days",
    "approval_required?",
)


class ServiceContractDrop(Drop[ServiceContract]):
    """A subscription to an API. Source: reference-portal 2.3.

    Example: {% for subscription in current_account.subscribed_services %}
    {{ subscription.service.name }}: {{ subscription.plan.name }}{% endfor %}
    """

    shows = (
        "id",
        "name",
        "system_name",
        "state",
        "live?",
        "pending?",
        "suspended?",
        "created_at",
        "plan",
        "wanted_plan",
        "service",
        "can_change_plan?",
        "plan_change_permission_name",
        "plan_change_permission_warning",
        "trial?",
        "remaining_trial_period_days",
        "change_plan_url",
        "applications",
        "can",
        "url",
    )
    types = {"applications": "[Application]"}

    @property
    def name(self) -> str:
        """The name of its API."""
        return self.service.model.name

    @property
    def system_name(self) -> str:
        """The system name of its API."""
        return self.service.model.system_name

    @property
    def live(self) -> bool:
        """Return whether applications can be made."""
        return self.model.state == "live"

    @property
    def pending(self) -> bool:
        """Return whether it waits for approval."""
        return self.model.state == "pending"

    @property
    def suspended(self) -> bool:
        """Return whether the provider stopped it."""
        return self.model.state == "suspended"

    @property
    def plan(self) -> "ServicePlanDrop":
        """The plan that it is on."""
        return ServicePlanDrop(self.data.row(ServicePlan, self.model.service_plan_id), self.data)

    @property
    def wanted_plan(self) -> "ServicePlanDrop | None":
        """The plan that was asked for and that the provider has said nothing about yet."""
        if self.model.wanted_plan_id is None:
            return None
        plan = self.data.row(ServicePlan, self.model.wanted_plan_id)
        return ServicePlanDrop(plan, self.data)

    @property
    def service(self) -> "ServiceDrop":
        """The API."""
        return ServiceDrop(self.data.row(Service, self.model.service_id), self.data)

    @property
    def plan_change_permission_name(self) -> str:
        """How its plan changes for who looks: none, request, direct or request_credit_card."""
        return self.data.plan_change(self.data.settings.change_service_plan_permission)

    @property
    def can_change_plan(self) -> bool:
        """Return whether its plan may be changed, or asked to be, by who looks."""
        return self.plan_change_permission_name != "none" and self.data.role != "member"

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
        return days_left(self.model.trial_ends_at, self.plan.model, self.data.now)

    @property
    def applications(self) -> "Collection[ApplicationDrop]":
        """One's applications that call the API."""
        from cms.liquid.drops.applications import ApplicationDrop as Kind  # they tell their API

        mine = (row for row in self.data.applications if row.service_id == self.model.service_id)
        return Collection(Kind(row, self.data) for row in mine)

    @property
    def can(self) -> "ContractAbilitiesDrop":
        """What may be done with it."""
        return ContractAbilitiesDrop(self.model, self.data)

    @property
    def url(self) -> str:
        """What ends it."""
        return f"/admin/service_contracts/{self.model.id}"

    @property
    def change_plan_url(self) -> str:
        """What changes its plan."""
        return self.url


class ContractAbilitiesDrop(Drop[ServiceContract]):
    """What a developer may do with a subscription.

    Example: {% for each in current_account.subscribed_services %}{% if each.can.change_plan? %}
    <a href="{{ each.change_plan_url }}">{{ each.plan.name }}</a>{% endif %}{% endfor %}
    """

    shows = ("change_plan?",)

    @property
    def change_plan(self) -> bool:
        """Return whether its plan may be changed, or asked to be."""
        return ServiceContractDrop(self.model, self.data).can_change_plan


class PlanDrop(Drop[PlanModel]):
    """What plans of all kinds tell.

    Example: {{ plan.name }} {{ plan.flat_cost }}
    """

    shows: ClassVar[tuple[str, ...]] = PLAN_FIELDS
    says = {
        "setup_fee": "What the beginning costs.",
        "trial_period_days": "How many days cost nothing.",
        "approval_required?": "Whether what is new on it waits for approval.",
    }
    types = {
        **dict.fromkeys(("name", "system_name", "description"), "text"),
        **dict.fromkeys(("id", "setup_fee", "trial_period_days"), "number"),
        "approval_required?": "boolean",
    }

    @property
    def features(self) -> Collection[PlanFeatureDrop]:
        """The features that the plan includes, also by system name."""
        rows = self.data.features_of(type(self.model)).get(self.model.id, [])
        return Collection(PlanFeatureDrop(row, self.data) for row in rows)

    @property
    def cost(self) -> str:
        """The price of a month."""
        return Money(self.model.cost_per_month, self.data.provider.currency).figures

    @property
    def flat_cost(self) -> str:
        """The price of a month with its currency."""
        return str(Money(self.model.cost_per_month, self.data.provider.currency))

    @property
    def free(self) -> bool:
        """Return whether it costs nothing, by the month, at the start or by use."""
        return self.model.is_free and not any(rule.cost_per_unit for rule in self._prices)

    @property
    def paid(self) -> bool:
        """Return whether it costs something."""
        return not self.free

    @property
    def selected(self) -> bool:
        """Return whether the page was asked for with this plan chosen."""
        return self._is_of_application and self.model.id in self.data.chosen_plans

    @property
    def bought(self) -> bool:
        """Return whether who looks is on it."""
        return self.data.is_bought(self.model)

    @property
    def _prices(self) -> Sequence[PricingRule]:
        return self.data.prices.get(self.model.id, ()) if self._is_of_application else ()

    @property
    def _is_of_application(self) -> bool:
        return isinstance(self.model, ApplicationPlan)  # each kind numbers its own


class AccountPlanDrop(PlanDrop[AccountPlan]):
    """What an account as a whole is on.

    Example: {{ current_account.bought_account_plan.name }}
    """


class ServicePlanDrop(PlanDrop[ServicePlan]):
    """How an account is subscribed to an API.

    Example: {% for plan in service.service_plans %}{{ plan.name }}{% else %}None{% endfor %}
    """

    shows = (*PLAN_FIELDS, "service")

    @property
    def service(self) -> "ServiceDrop":
        """The API that the plan is of."""
        return ServiceDrop(self.data.row(Service, self.model.service_id), self.data)


class ApplicationPlanDrop(PlanDrop[ApplicationPlan]):
    """What an application may do and costs.

    Example: {{ plan.name }}: {{ plan.cost | money: provider.currency }}
    """

    shows = (*PLAN_FIELDS, "usage_limits", "pricing_rules", "metrics", "choosable?", "service")

    @property
    def usage_limits(self) -> list[UsageLimitDrop]:
        """The plan's limits."""
        return [UsageLimitDrop(row, self.data) for row in self.data.limits.get(self.model.id, [])]

    @property
    def pricing_rules(self) -> list[PricingRuleDrop]:
        """What units cost, beside the fees."""
        return [PricingRuleDrop(row, self.data) for row in self._prices]

    @property
    def metrics(self) -> Collection[MetricDrop]:
        """The metrics of the plan's service, also by system name."""
        return _metrics(self, self.model.service_id, self.model.id)

    @property
    def choosable(self) -> bool:
        """Return whether a new application may be on it: else the provider chooses."""
        service = self.data.row(Service, self.model.service_id)
        return self.model.id in {row.id for row in self.data.choosable_plans(service)}

    @property
    def service(self) -> "ServiceDrop":
        """The API that the plan is of."""
        return ServiceDrop(self.data.row(Service, self.model.service_id), self.data)


class ServiceDrop(Drop[Service]):
    """An API that the provider offers.

    Example: {% for service in provider.services %}{{ service.name }}{% endfor %}
    """

    shows = (
        "id",
        "name",
        "system_name",
        "description",
        "support_email",
        "backend_version",
        "apps_identifier",
        "application_plans",
        "service_plans",
        "api_specs",
        "features",
        "metrics",
        "production_public_base_url",
        "sandbox_public_base_url",
        "public_base_url",
        "in_production?",
        "in_staging?",
        "credentials_location",
        "user_key_name",
        "app_id_name",
        "app_key_name",
        "test_path",
        "buyer_plan_change_permission",
        "buyers_manage_apps?",
        "referrer_filters_required?",
        "buyer_can_select_plan?",
        "intentions_required?",
        "subscription",
        "subscribed?",
        "subscribable?",
        "subscribe_url",
    )
    aliases = {"plans": "application_plans"}
    types = {"api_specs": "[ApiSpec]"}
    says = {
        "backend_version": "`1` for a user_key, `2` for an id with keys, `oidc` for tokens.",
        "buyer_plan_change_permission": "How plans change: none, request, direct, credit_card …",
        "buyers_manage_apps?": "Whether developers change their applications themselves.",
        "referrer_filters_required?": "Whether an application needs a referrer filter.",
        "buyer_can_select_plan?": "Whether a new application chooses its plan.",
        "intentions_required?": "Whether a new application says what it is for.",
    }

    @property
    def subscription(self) -> ServiceContractDrop | None:
        """One's subscription to it."""
        contract = self.data.contracts.get(self.model.id)
        return ServiceContractDrop(contract, self.data) if contract else None

    @property
    def subscribed(self) -> bool:
        """Return whether one's account is subscribed to it."""
        return self.model.id in self.data.contracts

    @property
    def subscribable(self) -> bool:
        """Return whether who looks may subscribe to it."""
        is_free = self.data.settings.multiple_services or not self.data.contracts
        return self.data.role == "admin" and not self.subscribed and is_free

    @property
    def subscribe_url(self) -> str:
        """The page that subscribes to it."""
        return f"/admin/service_contracts/new?service_id={self.model.id}"

    @property
    def apps_identifier(self) -> str:
        """What tells applications apart: the name of the first credential."""
        return self.user_key_name if self.model.backend_version == "1" else self.app_id_name

    @property
    def application_plans(self) -> Collection[ApplicationPlanDrop]:
        """The published plans, also by system name."""
        mine = (row for row in self.data.plans if row.service_id == self.model.id)
        return Collection(ApplicationPlanDrop(row, self.data) for row in mine)

    @property
    def service_plans(self) -> Collection[ServicePlanDrop]:
        """The published plans of subscriptions, also by system name."""
        mine = (row for row in self.data.service_plans if row.service_id == self.model.id)
        return Collection(ServicePlanDrop(row, self.data) for row in mine)

    @property
    def api_specs(self) -> "Collection[ApiSpecDrop]":
        """The published specifications of this API, also by system name."""
        from cms.liquid.drops.api_docs import ApiSpecDrop as Kind  # it tells its API in turn

        mine = (row for row in self.data.api_docs if row.service_id == self.model.id)
        return Collection(Kind(row, self.data) for row in mine)

    @property
    def features(self) -> Collection[FeatureDrop]:
        """The features that any plan of the service includes, each once."""
        rows = {row.id: row for rows in self.data.features.values() for row in rows}
        mine = (row for row in rows.values() if row.service_id == self.model.id)
        return Collection(FeatureDrop(row, self.data) for row in mine)

    @property
    def metrics(self) -> Collection[MetricDrop]:
        """What is counted."""
        return _metrics(self, self.model.id)

    @property
    def production_public_base_url(self) -> str:
        """Where to call."""
        return self._base_url("production")

    @property
    def sandbox_public_base_url(self) -> str:
        """Where to try."""
        return self._base_url("staging")

    @property
    def public_base_url(self) -> str:
        """Where to call today; empty while the API is not open for calls."""
        environment = self._environment
        return self._base_url(environment) if environment else ""

    @property
    def in_production(self) -> bool:
        """Return whether the API was promoted: its production gateway answers."""
        return self._environment == "production"

    @property
    def in_staging(self) -> bool:
        """Return whether its staging gateway is offered, since it was not promoted yet."""
        return self._environment == "staging"

    @property
    def support_email(self) -> str:
        """Where to ask: the API's own address, else the provider's."""
        return self.model.support_email or self.data.provider.support_email

    @property
    def credentials_location(self) -> str:
        """Where credentials travel: query, headers or authorization."""
        return self._proxy.credentials_location

    @property
    def user_key_name(self) -> str:
        """The name under which the user_key travels."""
        return self._proxy.auth_user_key

    @property
    def app_id_name(self) -> str:
        """The name under which the application id travels."""
        return self._proxy.auth_app_id

    @property
    def app_key_name(self) -> str:
        """The name under which an application key travels."""
        return self._proxy.auth_app_key

    @property
    def test_path(self) -> str:
        """A path that answers."""
        return self._proxy.api_test_path

    @property
    def _proxy(self) -> Proxy:
        return self.data.proxies[self.model.id]

    @property
    def _environment(self) -> str:
        return self.data.environment_of(self.model)

    def _base_url(self, environment: str) -> str:
        addresses = self.data.installation.addresses
        return addresses.gateway(self.data.provider, self.model, environment)


def _metrics(
    drop: Drop[ApplicationPlan] | Drop[Service], service_id: int, plan_id: int | None = None
) -> Collection[MetricDrop]:
    mine = (row for row in drop.data.metrics.values() if row.service_id == service_id)
    return Collection(MetricDrop(row, drop.data, plan_id) for row in mine)

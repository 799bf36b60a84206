"""The provider: whose portal it is."""

from cms.liquid.drops.api_docs import ApiSpecDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.identities import AuthenticationProviderDrop, ways_of
from cms.liquid.drops.services import AccountPlanDrop, ServiceDrop
from cms.liquid.drops.themes import ThemeDrop
from cms.liquid.drops.zones import TimeZoneDrop, Zone
from server.domain.provider.providers import Provider


class ProviderDrop(Drop[Provider]):
    """The tenant who offers the APIs.

    Example: {{ provider.name }} offers {{ provider.services | size }}
    """

    shows = (
        "name",
        "domain",
        "url",
        "support_email",
        "finance_support_email",
        "timezone",
        "currency",
        "account_plans",
        "authentication_providers",
        "services",
        "api_specs",
        "signups_enabled?",
        "account_management_enabled?",
        "multiple_applications_allowed?",
        "multiple_services_allowed?",
        "finance_allowed?",
        "multiple_users_allowed?",
        "account_plans_allowed?",
        "account_plan_change",
        "service_plans_allowed?",
        "logo_url",
        "sso_login_url",
    )
    says = {
        "support_email": "Where to ask.",
        "currency": "The code of the currency of all prices.",
    }

    @property
    def domain(self) -> str:
        """The portal's host."""
        return self.url.partition("://")[2]

    @property
    def url(self) -> str:
        """The portal's address."""
        return self.data.installation.addresses.portal(self.model)

    @property
    def finance_support_email(self) -> str:
        """Where to ask about bills: an address of its own, or that for support."""
        return self.model.finance_support_email or self.model.support_email

    @property
    def timezone(self) -> TimeZoneDrop:
        """The time zone that times are told in."""
        return TimeZoneDrop(Zone(self.model.timezone, self.data.now), self.data)

    @property
    def account_plans(self) -> Collection[AccountPlanDrop]:
        """The published plans of accounts, also by system name."""
        return Collection(AccountPlanDrop(row, self.data) for row in self.data.account_plans)

    @property
    def authentication_providers(self) -> Collection[AuthenticationProviderDrop]:
        """The providers of identity that one may log in by, also by system name."""
        return ways_of(self.data.login_ways, self.data)

    @property
    def services(self) -> Collection[ServiceDrop]:
        """The published APIs, also by system name."""
        return Collection(ServiceDrop(row, self.data) for row in self.data.services)

    @property
    def api_specs(self) -> Collection[ApiSpecDrop]:
        """The published specifications, also by system name."""
        return Collection(ApiSpecDrop(row, self.data) for row in self.data.api_docs)

    @property
    def logo_url(self) -> str:
        """Where the logo is; empty where there is none."""
        return ThemeDrop(self.model, self.data).logo_url

    @property
    def sso_login_url(self) -> str:
        """The page of the provider's own site to log in at; empty where there is none."""
        return self.data.settings.sso_login_url

    @property
    def finance_allowed(self) -> bool:
        """Return whether there are bills: not yet."""
        return False

    @property
    def signups_enabled(self) -> bool:
        """Return whether developers may sign up."""
        return self.data.settings.signups_enabled

    @property
    def account_management_enabled(self) -> bool:
        """Return whether developers may change their details."""
        return self.data.settings.useraccountarea_enabled

    @property
    def multiple_applications_allowed(self) -> bool:
        """Return whether an account may have several applications."""
        return self.data.settings.multiple_applications

    @property
    def multiple_users_allowed(self) -> bool:
        """Return whether an account may have several users."""
        return self.data.settings.multiple_users

    @property
    def multiple_services_allowed(self) -> bool:
        """Return whether there is more than one API, and accounts may use several."""
        return self.data.settings.multiple_services and len(self.data.services) > 1

    @property
    def account_plans_allowed(self) -> bool:
        """Return whether developers see account plans."""
        return self.data.settings.account_plans_ui_visible

    @property
    def account_plan_change(self) -> str:
        """How account plans change: none, request, direct or request_credit_card."""
        return self.data.plan_change(self.data.settings.change_account_plan_permission)

    @property
    def service_plans_allowed(self) -> bool:
        """Return whether developers see service plans, and subscribe to APIs themselves."""
        return self.data.settings.service_plans_ui_visible

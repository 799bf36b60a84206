"""The provider: whose portal it is."""

from cms.liquid.drops.api_docs import ApiSpecDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import ServiceDrop
from server.domain.provider.providers import Provider


class ProviderDrop(Drop[Provider]):
    """The tenant who offers the APIs."""

    shows = (
        "name",
        "domain",
        "url",
        "support_email",
        "timezone",
        "currency",
        "services",
        "api_specs",
        "signups_enabled?",
        "account_management_enabled?",
        "multiple_applications_allowed?",
        "multiple_services_allowed?",
        "multiple_users_allowed?",
    )

    @property
    def domain(self) -> str:
        """The portal's host."""
        return self.url.partition("://")[2]

    @property
    def url(self) -> str:
        """The portal's address."""
        return self.data.installation.addresses.portal(self.model)

    @property
    def services(self) -> list[ServiceDrop]:
        """The published APIs."""
        return [ServiceDrop(row, self.data) for row in self.data.services]

    @property
    def api_specs(self) -> list[ApiSpecDrop]:
        """The published specifications."""
        return [ApiSpecDrop(row, self.data) for row in self.data.api_docs]

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
        """Return whether there is more than one API."""
        return len(self.data.services) > 1

"""What one can sign up for. Source: reference-portal 2.3 NewSignup."""

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import AccountPlanDrop, ApplicationPlanDrop, ServiceDrop
from server.domain.provider.providers import Provider


class NewSignupDrop(Drop[Provider]):
    """What one can sign up for, and what was chosen.

    Example: {{ model.services.size }} APIs, {{ model.selected_plans.size }} plans chosen
    """

    shows = ("account_plans", "services", "selected_plans")

    @property
    def account_plans(self) -> Collection[AccountPlanDrop]:
        """The published plans of accounts, also by system name."""
        return Collection(AccountPlanDrop(row, self.data) for row in self.data.account_plans)

    @property
    def services(self) -> Collection[ServiceDrop]:
        """The published APIs, also by system name."""
        return Collection(ServiceDrop(row, self.data) for row in self.data.services)

    @property
    def selected_plans(self) -> Collection[ApplicationPlanDrop]:
        """The plans that the page was asked for with, also by system name."""
        chosen = (row for row in self.data.plans if row.id in self.data.chosen_plans)
        return Collection(ApplicationPlanDrop(row, self.data) for row in chosen)

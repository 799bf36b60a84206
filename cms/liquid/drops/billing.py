"""Where the bills of an account go."""

from cms.liquid.drops.drop import Drop
from server.domain.accounts.accounts import Account


class BillingAddressDrop(Drop[Account]):
    """Where the bills of an account go; it reads as its lines.

    Example: {% if current_account.has_billing_address? %}{{ current_account.billing_address.city }}
    {% endif %}
    """

    shows = (
        "name",
        "address",
        "address1",
        "address2",
        "city",
        "state",
        "country",
        "zip",
        "phone",
    )

    def __str__(self) -> str:
        return ", ".join(str(line) for line in self.model.billing_address.values())

    @property
    def name(self) -> str:
        """The company or person."""
        return self._line("name")

    @property
    def address(self) -> str:
        """Both lines of the address."""
        return "\n".join(line for line in (self.address1, self.address2) if line)

    @property
    def address1(self) -> str:
        """The first line."""
        return self._line("address1")

    @property
    def address2(self) -> str:
        """The second line."""
        return self._line("address2")

    @property
    def city(self) -> str:
        """The city."""
        return self._line("city")

    @property
    def state(self) -> str:
        """The state or region."""
        return self._line("state")

    @property
    def country(self) -> str:
        """The country, as it was written."""
        return self._line("country")

    @property
    def zip(self) -> str:
        """The postal code."""
        return self._line("zip")

    @property
    def phone(self) -> str:
        """The telephone number."""
        return self._line("phone")

    def _line(self, name: str) -> str:
        return str(self.model.billing_address.get(name, ""))

"""The portal as a whole, and what is the same on all of its pages. Source: reference-portal 2.1."""

from datetime import date

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.identities import AuthenticationProviderDrop, ways_of
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from server.domain.provider.providers import Provider


class SiteDrop(Drop[Provider]):
    """The portal as a whole.

    Example: {{ site.company_name }}{{ site.plans.size }}
    """

    shows = (
        "account",
        "authentication_providers",
        "company_name",
        "favicon",
        "forum?",
        "plans",
        "service",
        "theme_css_link",
    )

    @property
    def account(self) -> ProviderDrop:
        """Whose portal it is."""
        return ProviderDrop(self.model, self.data)

    @property
    def authentication_providers(self) -> Collection[AuthenticationProviderDrop]:
        """The providers of identity that one may log in by, also by system name."""
        return ways_of(self.data.login_ways, self.data)

    @property
    def company_name(self) -> str:
        """The name of whose portal it is."""
        return self.model.name

    @property
    def favicon(self) -> str:
        """Where the sign for the browser's tab is."""
        return "/favicon.ico"

    @property
    def forum(self) -> bool:
        """Return whether there is a forum."""
        return self.data.settings.forum_enabled

    @property
    def plans(self) -> Collection[ApplicationPlanDrop]:
        """The published application plans, also by system name."""
        return Collection(ApplicationPlanDrop(row, self.data) for row in self.data.plans)

    @property
    def service(self) -> ServiceDrop | None:
        """The first published API."""
        first = next(iter(self.data.services), None)
        return ServiceDrop(first, self.data) if first else None

    @property
    def theme_css_link(self) -> str:
        """Where the theme's style sheet is."""
        return "/css/portal.css"


class TodayDrop(Drop[date]):
    """The date, in the time zone of the provider.

    Example: {{ today.day }}.{{ today.month }}.{{ today.year }} {{ today | date: '%A' }}
    """

    shows = ("month", "day", "year", "beginning_of_month")
    says = {"month": "The month, from 1 to 12.", "day": "The day, from 1.", "year": "The year."}
    types = dict.fromkeys(says, "number")

    def __str__(self) -> str:
        return self.model.isoformat()

    @property
    def beginning_of_month(self) -> date:
        """The first day of the month."""
        return self.model.replace(day=1)


# Where in the menu the pages are that begin like this; the longest fits.
PLACES = {
    "/": ("home", ""),
    "/admin": ("dashboard", ""),
    "/admin/account": ("account", "account_overview"),
    "/admin/account/personal_details": ("account", "personal_details"),
    "/admin/account/personal_details/security": ("account", "security"),
    "/admin/account/personal_details/tokens": ("account", "access_tokens"),
    "/admin/account/users": ("account", "users"),
    "/admin/account/invitations": ("account", "invitations"),
    "/admin/account/account_plans": ("account", "account_plans"),
    "/admin/applications": ("applications", ""),
    "/admin/access_details": ("applications", ""),
    "/admin/messages": ("messages", ""),
    "/admin/messages/received": ("messages", "inbox"),
    "/admin/messages/sent": ("messages", "outbox"),
    "/admin/messages/trash": ("messages", "trash"),
    "/admin/services": ("services", ""),
    "/admin/service_contracts": ("services", ""),
    "/buyer/stats": ("stats", ""),
    "/forum": ("forum", "topics"),
    "/forum/subscriptions": ("forum", "subscriptions"),
    "/gallery": ("gallery", ""),
    "/docs": ("documentation", ""),
    "/plans": ("plans", ""),
    "/signup": ("signup", ""),
    "/login": ("login", ""),
}


class MenuDrop(Drop[str]):
    """Where the page is in the menu; the model is its path.

    Example: {% if menu.active_menu == 'plans' %}here{% else %}elsewhere{% endif %}
    """

    shows = ("active_menu", "active_submenu", "active_sidebar")

    @property
    def active_menu(self) -> str:
        """The part of the portal, such as `applications` or `account`."""
        return self._place[0]

    @property
    def active_submenu(self) -> str:
        """The page within that part, where it has several."""
        return self._place[1]

    @property
    def active_sidebar(self) -> str:
        """The same as `active_submenu`."""
        return self._place[1]

    @property
    def _place(self) -> tuple[str, str]:
        path = self.model.rstrip("/") or "/"
        fitting = [at for at in PLACES if path == at or path.startswith(f"{at.rstrip('/')}/")]
        best = max(fitting, key=len, default="")
        return PLACES[best] if best and (best != "/" or path == "/") else ("", "")

"""A site in which each setting can be seen to matter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.applications.applications import create_application
from server.actions.plans.plans import APPLICATION_PLANS, create_plan, make_default_plan
from server.actions.provider.settings import update_settings
from server.actions.services.services import create_service, update_service
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.settings import SettingDraft
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.site import Site, open_site
from tests.kit.work import by


@dataclass(frozen=True)
class World:
    """A site with a second API, which was never promoted: two plans, an application of john's."""

    site: Site
    service_id: int
    free_id: int  # the default plan
    gold_id: int
    application_id: int

    def change(self, **changes: Any) -> None:
        """Change settings of the provider or of the API, whichever has them."""
        with self.site.deps.database.write() as db:
            work = by(db, staff(self.site.acme), self.site.deps.installation)
            if set(changes) <= set(SettingDraft.model_fields):
                update_settings(work, changes)
            else:
                update_service(work, self.service_id, changes)

    def row(self, model: type[Any], row_id: int) -> Any:
        """Read a row as it is stored."""
        with self.site.deps.database.read() as db:
            return db.get(model, row_id)

    @property
    def john(self) -> Browser:
        """A browser in which the developer is logged in."""
        return self.site.logged_in("developer")

    @property
    def page(self) -> str:
        """The page of his application."""
        return f"/admin/applications/{self.application_id}"

    def ask(self, query: str, **variables: Any) -> Any:
        """Ask the developers' GraphQL as john."""
        return self.site.by_cookie("developer").send(query, **variables).json()["data"]


STAFF_LOGIN = {
    "name": "Work",
    "kind": "oidc",
    "account_type": "provider",
    "client_id": "us",
    "client_secret": "a secret",
    "site": "https://id.example",
    "published": True,
}


@contextmanager
def a_world(folder: Path) -> Iterator[World]:
    """Make a world in which nothing happened yet."""
    deps = make_deps(folder)
    acme = make_provider(deps)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        service = create_service(work, {"name": "Weather", "description": "The sky."})
        free, gold = (
            create_plan(work, APPLICATION_PLANS, values, service.id, published=True)
            for values in ({"name": "Free"}, {"name": "Gold", "cost_per_month": "9"})
        )
        make_default_plan(work, ApplicationPlan, free.id)
        account_id = acme.sample.user.account_id or 0
        named = {"name": "Umbrella", "user_key": "a-key-for-the-rain"}
        application = create_application(work, account_id, free.id, named)
        AUTHENTICATION_PROVIDERS.create(work, STAFF_LOGIN)
        made = (service.id, free.id, gold.id, application.id)
    with open_site(deps, acme) as site:
        yield World(site, *made)
    deps.database.close()

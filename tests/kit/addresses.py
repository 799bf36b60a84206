"""Where in the admin portal the content of the portal is made and changed."""

from collections.abc import Mapping

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.portal.files import add_file
from server.actions.portal.forum import CATEGORIES
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.domains import DOMAINS
from server.actions.provider.providers import NewProvider
from server.actions.provider.webhooks import ENDPOINTS
from server.auth.dependencies import Dependencies
from tests.kit.make import staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by


def addresses_of_content(deps: Dependencies, acme: NewProvider) -> Mapping[str, str]:
    """Make one of each content of the portal, and tell where it is made and changed."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        template = TEMPLATES.create(work, {"kind": "page", "name": "/new", "draft": "New"}).id
        section = SECTIONS.create(work, {"title": "Guides"}).id
        file = add_file(work, {"path": "/logo.png"}, b"png").id
        redirect = REDIRECTS.create(work, {"source": "/old", "target": "/new"}).id
        group = GROUPS.create(work, {"name": "Partners"}).id
        sample = SAMPLES["authentication_provider"](db, acme).values
        login = AUTHENTICATION_PROVIDERS.create(work, sample).id
        category = CATEGORIES.create(work, {"name": "Questions"}).id
        domain = DOMAINS.create(work, {"name": "api.acme.example", "serves": "portal"}).id
        hook = ENDPOINTS.create(work, SAMPLES["webhook_endpoint"](db, acme).values).id
    logins = "/authentication_providers"
    return {
        "admin create forum_category": "/forum/categories#forum_category",
        "admin update forum_category": f"/forum/categories/{category}#forum_category",
        "admin create template": "/portal/templates/new#new-template",
        "admin update template": f"/portal/templates/{template}#template",
        "admin create section": "/portal/sections/new#section",
        "admin update section": f"/portal/sections/{section}#section",
        "admin create portal_file": "/portal/files/new#file",
        "admin update portal_file": f"/portal/files/{file}#file",
        "admin create redirect": "/portal/redirects#redirect",
        "admin update redirect": f"/portal/redirects/{redirect}#redirect",
        "admin create authentication_provider": f"{logins}/new#authentication_provider",
        "admin update authentication_provider": f"{logins}/{login}#authentication_provider",
        "admin create webhook_endpoint": "/webhooks/new#webhook_endpoint",
        "admin update webhook_endpoint": f"/webhooks/{hook}#webhook_endpoint",
        "admin create domain": "/domains#domain",
        "admin update domain": f"/domains/{domain}#domain",
        "admin create group": "/portal/groups#group",
        "admin update group": f"/portal/groups/{group}#group",
    }

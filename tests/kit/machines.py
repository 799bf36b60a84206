"""A portal with something of each kind, to see who finds what of it."""

import json

from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.groups import GROUPS, set_group_account, set_group_section
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.publishing import hide_template
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.provider.tokens import create_token
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from tests.kit.make import make_provider, staff
from tests.kit.work import by

TIDES = {
    "openapi": "3.1.0",
    "info": {"title": "Tides", "version": "2", "description": "Of the <b>sea</b>."},
    "paths": {
        "/tides/{port}": {
            "get": {
                "operationId": "getTide",
                "summary": "Height of the tide",
                "parameters": [
                    {"name": "port", "in": "path", "required": True, "example": "brest",
                     "schema": {"type": "string"}},
                ],
                "responses": {"200": {"description": "The height in metres."}},
            }
        },
        "/ports": {"get": {"summary": "All ports", "responses": {"200": {"description": "ok"}}}},
    },
}  # fmt: skip
MOON = """# The moon {{ provider.name }}

It *pulls* | a lot. See [plans](/plans).

```sh
curl "https://x" # <b>
```
"""
SEEN = ("/docs/moon", "/news", "/docs", "/plans", "/")  # by everybody
PRIVATE = "/partners/prices"  # by john's group
UNSEEN = ("/draft", "/gone", "/moved", "/foreign")


def furnish(deps: Dependencies, acme: NewProvider) -> None:
    """Publish pages and specifications beside a draft, a hidden one, a private one, a foreign one.

    The API of the sample is the specification's.
    """
    other = make_provider(deps, "Globex")
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        page = {"kind": "page", "published": "<h1>News</h1><p>A <b>bold</b> start.</p>"}
        TEMPLATES.create(work, {**page, "name": "/news", "title": "News"})
        moon = {"name": "/docs/moon", "title": "The moon", "handler": "markdown"}
        TEMPLATES.create(work, {**page, **moon, "published": MOON})
        TEMPLATES.create(work, {"kind": "page", "name": "/draft", "title": "Draft", "draft": "x"})
        gone = TEMPLATES.create(work, {**page, "name": "/gone", "title": "Gone"})
        hide_template(work, gone.id)
        REDIRECTS.create(work, {"source": "/moved", "target": "/news"})
        private = SECTIONS.create(work, {"title": "Partners", "public": False}).id
        secret = {"name": PRIVATE, "title": "Prices", "published": "<p>Cheap.</p>"}
        TEMPLATES.create(work, {**page, **secret, "section_id": private})
        group = GROUPS.create(work, {"name": "Partners"}).id
        set_group_section(work, group, private, included=True)
        set_group_account(work, group, acme.sample.user.account_id or 0, included=True)
        tides = {"name": "Tides", "body": json.dumps(TIDES), "service_id": acme.sample.service.id}
        API_DOCS.create(work, {**tides, "published": True})
        API_DOCS.create(work, {"name": "Hidden", "body": json.dumps(TIDES), "published": False})
        update_settings(work, {"public_search": True})
        theirs = by(db, staff(other), deps.installation)
        TEMPLATES.create(theirs, {**page, "name": "/foreign", "title": "Foreign"})


def token_of_john(deps: Dependencies, acme: NewProvider, *scopes: str) -> str:
    """Make an access token of the sample's developer."""
    with deps.database.write() as db:
        user = db.get_one(User, acme.sample.user.id)
        work = by(db, actor_of_user(user), deps.installation)
        given = {"name": "Assistant", "scopes": scopes or ("account_management",)}
        return create_token(work, {**given, "permission": "ro", "expires_at": None})[1]


def key_of(deps: Dependencies, acme: NewProvider) -> str:
    """Read the key of the sample's application."""
    return deps.installation.vault.unseal(acme.sample.application.user_key_sealed)

"""The credentials of an application: replaced, added, deleted."""

from starlette.responses import Response

from server.actions.applications.keys import add_key, delete_key, replace_user_key
from server.admin.screen import Screen


def replace(screen: Screen) -> Response:
    """Give the application another user_key."""
    application_id = screen.path_id("application_id")
    key = screen.text("user_key") or None
    replace_user_key(screen.db, screen.actor, screen.installation, application_id, key)
    notice = "The user key is replaced. The old one is dead: tell the developer."
    return screen.go(f"/applications/{application_id}", notice)


def create(screen: Screen) -> Response:
    """Add an app_key."""
    application_id = screen.path_id("application_id")
    key = screen.text("key") or None
    add_key(screen.db, screen.actor, screen.installation, application_id, key)
    return screen.go(f"/applications/{application_id}", "The key is added.")


def delete(screen: Screen) -> Response:
    """Take an app_key away."""
    application_id = screen.path_id("application_id")
    delete_key(screen.db, screen.actor, application_id, screen.path_id("key_id"))
    return screen.go(f"/applications/{application_id}", "The key is deleted; it opens nothing now.")

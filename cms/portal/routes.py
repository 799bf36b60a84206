"""The URL table of the developer portal. Source: reference-portal 2.3 Urls, 2.6."""

from collections.abc import Mapping

from starlette.routing import BaseRoute, Mount, Route

from cms.content.theme import default_theme
from cms.portal import (
    accounts,
    api_docs,
    applications,
    content,
    dashboards,
    login,
    passwords,
    previews,
    signup,
    stats,
)
from cms.portal.assets import Assets
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalPages, sent_by_developers, shown, shown_to_developers
from cms.rendering.renderer import Renderer
from server.auth.dependencies import Dependencies
from server.web.headers import CONTENT_SECURITY_POLICY, Files
from server.web.pages import Handler, Handlers, PageServer, SignIn

METHODS = ("GET", "POST", "PUT", "DELETE")
APPLICATION = "/admin/applications/{id}"
CONTENT = "/{path:path}"
ASSETS = ("css", "javascripts", "images")
ASSET_HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}


def routes(deps: Dependencies, renderer: Renderer) -> list[BaseRoute]:
    """Make the routes; the last one takes every path, so they come after all others."""
    page_server = PageServer(deps, PortalPages(renderer), SignIn(login.check, login.show))
    theme = default_theme()
    assets = theme.assets
    own = page_server.endpoint(table()[CONTENT])
    mounts = [
        Mount(f"/{name}", Assets(own, Files(assets / name, lambda: theme.version, ASSET_HEADERS)))
        for name in ASSETS
    ]
    icon = Files(assets / "images", lambda: theme.version, ASSET_HEADERS)
    return [
        *mounts,
        Route("/favicon.ico", Assets(own, icon, "favicon.svg"), methods=["GET", "HEAD"]),
        *(
            Route(path, page_server.endpoint(handlers), methods=METHODS)
            for path, handlers in table().items()
        ),
    ]


def table() -> Mapping[str, Handlers[PortalContext]]:
    """List what each path does by method; the last entry takes all that is left."""
    return {**_visitors(), **_developers(), CONTENT: {"GET": shown(content.show)}}


def _visitors() -> Mapping[str, Handlers[PortalContext]]:
    sign_in = Handler(login.create, login.show)
    return {
        "/signup": {"GET": shown(signup.show), "POST": Handler(signup.create, signup.show)},
        "/signup/success": {"GET": shown(signup.success)},
        "/activate": {
            "GET": shown(signup.ask_again),
            "POST": Handler(signup.resend, signup.ask_again),
        },
        "/activate/{code}": {
            "GET": Handler(signup.confirm),
            "POST": Handler(signup.activate),
        },
        "/login": {"GET": shown(login.show), "POST": sign_in},
        "/session": {"POST": sign_in},
        "/logout": {"GET": shown(login.leave), "POST": Handler(login.destroy)},
        api_docs.SPEC: {"GET": shown(api_docs.show)},
        previews.ENTRY: {"GET": Handler(previews.enter)},
        "/admin/account/password/new": {"GET": shown(passwords.ask)},
        "/admin/account/password": {
            "GET": shown(passwords.edit),
            "POST": Handler(passwords.create, passwords.ask),
            "PUT": Handler(passwords.update, passwords.edit),
        },
    }


def _developers() -> Mapping[str, Handlers[PortalContext]]:
    show = applications.show
    return {
        "/admin": {"GET": shown_to_developers(dashboards.show)},
        "/admin/applications": {
            "GET": shown_to_developers(applications.index),
            "POST": sent_by_developers(applications.create, applications.new),
        },
        "/admin/applications/new": {"GET": shown_to_developers(applications.new)},
        APPLICATION: {
            "GET": shown_to_developers(show),
            "PUT": sent_by_developers(applications.update, applications.edit),
            "DELETE": sent_by_developers(applications.delete, show),
        },
        "/admin/access_details": {"GET": shown_to_developers(applications.access_details)},
        f"{APPLICATION}/edit": {"GET": shown_to_developers(applications.edit)},
        f"{APPLICATION}/user_key": {"PUT": sent_by_developers(applications.replace_key, show)},
        f"{APPLICATION}/keys": {"POST": sent_by_developers(applications.create_key, show)},
        APPLICATION + "/keys/{key_id}": {
            "PUT": sent_by_developers(applications.rotate_key, show),
            "DELETE": sent_by_developers(applications.destroy_key, show),
        },
        f"{APPLICATION}/referrer_filters": {
            "POST": sent_by_developers(applications.create_filter, show)
        },
        APPLICATION + "/referrer_filters/{filter_id}": {
            "DELETE": sent_by_developers(applications.destroy_filter, show)
        },
        "/admin/contracts/{id}": {"PUT": sent_by_developers(applications.change_plan, show)},
        "/buyer/stats": {"GET": shown_to_developers(stats.index)},
        stats.FILE: {"GET": shown_to_developers(stats.download)},
        "/admin/account": {
            "GET": shown_to_developers(accounts.show),
            "PUT": sent_by_developers(accounts.update, accounts.edit),
        },
        "/admin/account/edit": {"GET": shown_to_developers(accounts.edit)},
        accounts.USER_PAGE: {
            "GET": shown_to_developers(accounts.show_user),
            "PUT": sent_by_developers(accounts.update_user_details, accounts.show_user),
        },
        f"{accounts.USER_PAGE}/password": {
            "PUT": sent_by_developers(accounts.change_own_password, accounts.show_user)
        },
    }

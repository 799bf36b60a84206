"""The URL table of the developer portal. Source: reference-portal 2.3 Urls, 2.6."""

from collections.abc import Mapping

from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from cms.content.theme import default_theme
from cms.portal import (
    access_code,
    accounts,
    api_docs,
    applications,
    dashboards,
    invitations,
    legal,
    login,
    passwords,
    search,
    signup,
    stats,
    subscriptions,
    users,
)
from cms.portal.context import PortalContext
from cms.portal.page_face import (
    CODE_PAGE,
    PortalPages,
    sent_by_developers,
    shown,
    shown_to_developers,
)
from cms.portal.render import render_content
from cms.rendering.renderer import Renderer
from server.auth.dependencies import Dependencies
from server.web.headers import CONTENT_SECURITY_POLICY, Files
from server.web.pages import Handler, Handlers, PageServer, SignIn

METHODS = ("GET", "POST", "PUT", "DELETE")
APPLICATION = "/admin/applications/{id}"
ASSETS = ("css", "javascripts", "images")
ASSET_HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}


def routes(deps: Dependencies, renderer: Renderer) -> list[BaseRoute]:
    """Make the routes; the last one takes every path, so they come after all others."""
    page_server = PageServer(deps, PortalPages(renderer), SignIn(login.check, login.show))
    theme = default_theme()
    assets = theme.assets
    mounts = [
        Mount(f"/{name}", Files(assets / name, lambda: theme.version, ASSET_HEADERS))
        for name in ASSETS
    ]
    icon = Route("/favicon.ico", lambda _: FileResponse(assets / "images" / "favicon.svg"))
    return [
        *mounts,
        icon,
        *(
            Route(path, page_server.endpoint(handlers), methods=METHODS)
            for path, handlers in table().items()
        ),
    ]


def table() -> Mapping[str, Handlers[PortalContext]]:
    """List what each path does by method; the last entry takes all that is left."""
    return {**_visitors(), **_developers(), "/{path:path}": {"GET": shown(_content)}}


def _visitors() -> Mapping[str, Handlers[PortalContext]]:
    sign_in = Handler(login.create, login.show)
    return {
        "/signup": {"GET": shown(signup.show), "POST": Handler(signup.create, signup.show)},
        "/signup/success": {"GET": shown(signup.success)},
        "/signup/{token}": {
            "GET": shown(invitations.show),
            "POST": Handler(invitations.accept, invitations.show),
        },
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
        "/terms": {"GET": shown(legal.show_terms)},
        "/privacy": {"GET": shown(legal.show_privacy)},
        "/refunds": {"GET": shown(legal.show_refunds)},
        "/search": {"GET": shown(search.show)},
        "/search.json": {"GET": shown(search.show_json)},
        CODE_PAGE: {
            "GET": shown(access_code.show),
            "POST": Handler(access_code.create, access_code.show),
        },
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
        f"{APPLICATION}/edit": {"GET": shown_to_developers(applications.edit)},
        f"{APPLICATION}/user_key": {
            "PUT": sent_by_developers(applications.replace_key, show),
            "DELETE": sent_by_developers(applications.end_old_key, show),
        },
        APPLICATION + "/keys/{key_id}/regenerate": {
            "PUT": sent_by_developers(applications.regenerate_key, show)
        },
        f"{APPLICATION}/keys": {"POST": sent_by_developers(applications.create_key, show)},
        APPLICATION + "/keys/{key_id}": {
            "DELETE": sent_by_developers(applications.destroy_key, show)
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
        **_users(),
        **_subscriptions(),
        accounts.USER_PAGE: {
            "GET": shown_to_developers(accounts.show_user),
            "PUT": sent_by_developers(accounts.update_user_details, accounts.show_user),
        },
        f"{accounts.USER_PAGE}/password": {
            "PUT": sent_by_developers(accounts.change_own_password, accounts.show_user)
        },
    }


def _subscriptions() -> Mapping[str, Handlers[PortalContext]]:
    plans, own = subscriptions.ACCOUNT_PLANS, subscriptions.NEW + "/{id}"
    return {
        subscriptions.LIST: {"GET": shown_to_developers(subscriptions.index)},
        f"{subscriptions.NEW}/new": {"GET": shown_to_developers(subscriptions.new)},
        subscriptions.NEW: {"POST": sent_by_developers(subscriptions.create, subscriptions.new)},
        own: {
            "PUT": sent_by_developers(subscriptions.change_plan, subscriptions.new),
            "DELETE": sent_by_developers(subscriptions.unsubscribe, subscriptions.index),
        },
        plans: {"GET": shown_to_developers(subscriptions.account_plans)},
        plans + "/{id}/change": {
            "POST": sent_by_developers(subscriptions.change_account_to, subscriptions.account_plans)
        },
        "/buyer/account_contract": {
            "PUT": sent_by_developers(subscriptions.change_account, subscriptions.account_plans)
        },
    }


def _users() -> Mapping[str, Handlers[PortalContext]]:
    user, invitation = users.LIST + "/{id}", invitations.LIST + "/{id}"
    return {
        users.LIST: {"GET": shown_to_developers(users.index)},
        user: {
            "PUT": sent_by_developers(users.update, users.edit),
            "DELETE": sent_by_developers(users.delete, users.edit),
        },
        f"{user}/edit": {"GET": shown_to_developers(users.edit)},
        f"{user}/suspend": {"PUT": sent_by_developers(users.suspend, users.edit)},
        f"{user}/unsuspend": {"PUT": sent_by_developers(users.unsuspend, users.edit)},
        invitations.LIST: {
            "GET": shown_to_developers(invitations.index),
            "POST": Handler(invitations.create, invitations.new),
        },
        f"{invitations.LIST}/new": {"GET": shown_to_developers(invitations.new)},
        invitation: {"DELETE": sent_by_developers(invitations.withdraw, invitations.index)},
        f"{invitation}/resend": {"PUT": Handler(invitations.resend, invitations.index)},
    }


def _content(ctx: PortalContext) -> Response:
    return render_content(ctx, "/" + str(ctx.request.path_params["path"]).rstrip("/"))

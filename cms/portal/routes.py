"""The URL table of the developer portal. Source: reference-portal 2.3 Urls, 2.6."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.routing import BaseRoute, Mount, Route

from cms.content import console
from cms.content.theme import Theme, default_theme, theme_named
from cms.liquid.drops.forum import FORUM, GALLERY
from cms.liquid.forms import SECURITY, TOKENS
from cms.liquid.language import languages_of
from cms.portal import (
    access_code,
    accounts,
    alerts,
    api_docs,
    api_docs_data,
    api_docs_feed,
    applications,
    arrivals,
    content,
    dashboards,
    forum,
    gallery,
    identities,
    invitations,
    legal,
    login,
    looks,
    messages,
    notifications,
    passwords,
    places,
    previews,
    search,
    second_steps,
    security,
    signup,
    sso_tokens,
    stats,
    subscriptions,
    tokens,
    users,
)
from cms.portal.assets import Assets
from cms.portal.context import PortalContext
from cms.portal.extra_headers import PortalServer
from cms.portal.languages import InLanguage
from cms.portal.machines import catalogue
from cms.portal.machines.mcp import MCP_PATH, McpEndpoint
from cms.portal.machines.twins import PATTERN, Twins
from cms.portal.page_face import (
    CODE_PAGE,
    PortalPages,
    sent_by_developers,
    shown,
    shown_to_developers,
)
from cms.rendering.renderer import Renderer
from server.auth.dependencies import Dependencies
from server.kit.themes import DEFAULT_THEME, theme_names
from server.web.headers import CONTENT_SECURITY_POLICY, Files
from server.web.pages import Handler, Handlers, SignIn, in_transaction

METHODS = ("GET", "POST", "PUT", "DELETE")
APPLICATION = "/admin/applications/{id}"
CONTENT = "/{path:path}"
ASSETS = ("css", "javascripts", "images")
OWN_FILES = (
    (looks.STYLESHEET, looks.show_stylesheet),
    (looks.LOGO, looks.show_logo),
    (gallery.PICTURES, gallery.show_picture),
)
ASSET_HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}


def routes(deps: Dependencies, renderer: Renderer) -> list[BaseRoute]:
    """Make the routes; the last one takes every path, so they come after all others."""
    page_server = PortalServer(deps, PortalPages(renderer), SignIn(login.check, login.show))
    theme = default_theme()
    assets = theme.assets
    content_page = page_server.endpoint(table()[CONTENT])

    def with_content(files: Files, name: str = "") -> Assets:
        return Assets(content_page, files, name)

    mounts = [
        Mount(
            console.PATH, Files(console.STATIC, console.version, ASSET_HEADERS, must_exist=False)
        ),
        *(_sheets(theme_named(name)) for name in theme_names() if name != DEFAULT_THEME),
        *(
            Mount(
                f"/{name}",
                with_content(Files(assets / name, lambda: theme.version, ASSET_HEADERS)),
            )
            for name in ASSETS
        ),
    ]
    own = [
        Route(path, page_server.endpoint({"GET": shown(page)}), methods=["GET"])
        for path, page in OWN_FILES
    ]
    icons = Files(assets / "images", lambda: theme.version, ASSET_HEADERS)
    icon = Route("/favicon.ico", with_content(icons, "favicon.svg"), methods=["GET", "HEAD"])
    twins = page_server.endpoint({"GET": Handler(Twins(table(), CONTENT).show)})
    pages = [
        Route(PATTERN, twins, methods=["GET", "HEAD"]),
        *(
            Route(path, page_server.endpoint(handlers), methods=METHODS)
            for path, handlers in table().items()
        ),
    ]
    mcp = Route(MCP_PATH, McpEndpoint(deps, page_server.face, content_page))
    return [*own, *mounts, icon, mcp, InLanguage(pages, languages_of(theme)), *pages]


def _sheets(theme: Theme) -> BaseRoute:
    """Serve the style sheets of a theme that is not the default one."""
    files = Files(theme.assets / "css", lambda: theme.version, ASSET_HEADERS, must_exist=False)
    return Mount(theme.place, files)


def table() -> Mapping[str, Handlers[PortalContext]]:
    """List what each path does by method; the last entry takes all that is left."""
    own = {**_visitors(), **_developers(), **_messages(), **_statistics(), **_forum()}
    return {**own, CONTENT: {"GET": shown(content.show)}}


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
        "/login/passkey": {"POST": Handler(login.create_by_passkey, login.show)},
        second_steps.PAGE: {
            "GET": shown(login.show_second_step),
            "POST": Handler(login.create_by_second_step, login.show_second_step),
        },
        **_identities(),
        "/logged_out": {"GET": shown(login.say_goodbye)},
        "/logout": {"GET": shown(login.leave), "POST": Handler(login.destroy)},
        previews.ENTRY: {"GET": Handler(previews.enter)},
        **_documentation(),
        "/terms": {"GET": shown(legal.show_terms)},
        "/privacy": {"GET": shown(legal.show_privacy)},
        "/refunds": {"GET": shown(legal.show_refunds)},
        "/search": {"GET": shown(search.show)},
        "/search.json": {"GET": shown(search.show_json)},
        CODE_PAGE: {
            "GET": shown(access_code.show),
            "POST": Handler(access_code.create, access_code.show),
        },
        "/leave_mail/{code}": {
            "GET": shown(notifications.ask),
            "POST": Handler(in_transaction(notifications.leave)),
        },
        "/admin/account/password/new": {"GET": shown(passwords.ask)},
        "/admin/account/password": {
            "GET": shown(passwords.edit),
            "POST": Handler(passwords.create, passwords.ask),
            "PUT": Handler(passwords.update, passwords.edit),
        },
    }


def _identities() -> Mapping[str, Handlers[PortalContext]]:
    """List the addresses of logins by a provider of identity. Source: reference-portal 12.1."""
    way = "/auth/{system_name}"
    return {
        "/auth/invitations/{token}/{system_name}": {"GET": Handler(identities.start_invited)},
        "/session/create": {"GET": Handler(sso_tokens.create)},
        way: {"GET": Handler(identities.start)},
        f"{way}/callback": {"GET": Handler(identities.callback)},
        f"{way}/signup": {
            "GET": shown(arrivals.show),
            "POST": Handler(arrivals.create, arrivals.show),
        },
        f"{identities.USER_PAGE}/logins/{{system_name}}": {
            "DELETE": sent_by_developers(identities.unlink, accounts.show_user)
        },
    }


def _documentation() -> Mapping[str, Handlers[PortalContext]]:
    """List the addresses of ActiveDocs; a file's comes before those that would take it too."""
    page, lists = api_docs.PAGE, {"GET": shown(api_docs_data.list_specs)}
    by_id = {"GET": shown(api_docs_data.show_spec)}
    account = {"GET": shown(api_docs_data.show_account_data)}
    return {
        "/swagger/spec": lists,
        "/swagger/spec.json": lists,
        api_docs.SPEC: {"GET": shown(api_docs.show)},
        "/api_docs": {"GET": shown(api_docs.index)},
        "/swagger/spec/{id}": by_id,
        "/api_docs/services": lists,
        "/api_docs/services.json": lists,
        "/api_docs/services/{id}.json": by_id,
        "/api_docs/services/{id}": by_id,
        "/api_docs/account_data": account,
        "/api_docs/account_data.json": account,
        page: {"GET": shown(api_docs.show_page)},
        f"{page}/document.json": {"GET": shown(api_docs.document)},
        f"{page}/changes": {"GET": shown(api_docs.changes)},
        f"{page}/changes.atom": {"GET": shown(api_docs_feed.feed)},
        page + "/operations/{operation}": {"GET": shown(api_docs.show_operation)},
        catalogue.META: {"GET": shown(catalogue.show_meta)},
        catalogue.STATUS: {"GET": shown(catalogue.show_status)},
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
        "/admin/applications/choose_service": {"GET": shown_to_developers(applications.new)},
        APPLICATION: {
            "GET": shown_to_developers(show),
            "PUT": sent_by_developers(applications.update, applications.edit),
            "DELETE": sent_by_developers(applications.delete, show),
        },
        "/admin/access_details": {"GET": shown_to_developers(applications.access_details)},
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
            "PUT": sent_by_developers(applications.regenerate_key, show),
            "DELETE": sent_by_developers(applications.destroy_key, show),
        },
        f"{APPLICATION}/referrer_filters": {
            "POST": sent_by_developers(applications.create_filter, show)
        },
        APPLICATION + "/referrer_filters/{filter_id}": {
            "DELETE": sent_by_developers(applications.destroy_filter, show)
        },
        "/admin/contracts/{id}": {"PUT": sent_by_developers(applications.change_plan, show)},
        "/admin/account": {
            "GET": shown_to_developers(accounts.show),
            "PUT": sent_by_developers(accounts.update, accounts.edit),
        },
        "/admin/account/edit": {"GET": shown_to_developers(accounts.edit)},
        **_users(),
        **_subscriptions(),
        **_personal(),
        **_security(),
    }


def _security() -> Mapping[str, Handlers[PortalContext]]:
    page, show = SECURITY, security.show
    return {
        page: {"GET": shown_to_developers(show)},
        f"{page}/authenticator": {
            "GET": shown_to_developers(security.show_setup),
            "POST": sent_by_developers(security.set_up, show),
            "PUT": Handler(security.confirm, security.show_setup),
            "DELETE": sent_by_developers(security.remove, show),
        },
        f"{page}/passkeys": {
            "POST": sent_by_developers(security.begin_passkey, show),
            "PUT": Handler(security.add_passkey, show),
        },
        page + "/passkeys/{id}": {"DELETE": sent_by_developers(security.remove_passkey, show)},
        f"{page}/recovery_codes": {"POST": Handler(security.renew_codes, show)},
    }


def _personal() -> Mapping[str, Handlers[PortalContext]]:
    show = accounts.show_user
    return {
        accounts.USER_PAGE: {
            "GET": shown_to_developers(show),
            "PUT": sent_by_developers(accounts.update_user_details, show),
        },
        notifications.PAGE: {"PUT": sent_by_developers(notifications.update, show)},
        f"{accounts.USER_PAGE}/password": {
            "PUT": sent_by_developers(accounts.change_own_password, show)
        },
        TOKENS: {
            "GET": shown_to_developers(tokens.show),
            "POST": sent_by_developers(tokens.create, tokens.show),
        },
        TOKENS + "/{id}": {"DELETE": sent_by_developers(tokens.delete, tokens.show)},
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


def _statistics() -> Mapping[str, Handlers[PortalContext]]:
    return {
        "/buyer/stats": {"GET": shown_to_developers(stats.index)},
        stats.FILE: {"GET": shown_to_developers(stats.download)},
    }


def _forum() -> Mapping[str, Handlers[PortalContext]]:
    """List the addresses of the forum and the gallery; those who may read them are told apart."""
    return {
        FORUM: {"GET": shown(places.show_forum)},
        FORUM + "/categories/{id}": {"GET": shown(forum.category)},
        forum.WATCHED: {"GET": shown_to_developers(forum.watched)},
        forum.LEAVE: {
            "GET": shown(forum.ask_to_leave),
            "POST": Handler(in_transaction(forum.leave)),
        },
        forum.NEW: {"GET": shown(forum.new)},
        forum.TOPICS: {"POST": Handler(forum.create, forum.new)},
        forum.TOPIC: {"GET": shown(forum.show)},
        f"{forum.TOPIC}/posts": {"POST": Handler(forum.reply, forum.show)},
        f"{forum.TOPIC}/subscription": {
            "POST": sent_by_developers(forum.subscribe, forum.show),
            "DELETE": sent_by_developers(forum.unsubscribe, forum.show),
        },
        forum.POST: {
            "GET": shown(forum.show_post),
            "PUT": sent_by_developers(forum.update, forum.edit),
            "DELETE": sent_by_developers(forum.delete, forum.edit),
        },
        f"{forum.POST}/edit": {"GET": shown_to_developers(forum.edit)},
        GALLERY: {"GET": shown(places.show_gallery)},
        f"{APPLICATION}/gallery": {
            "GET": shown_to_developers(gallery.edit),
            "PUT": replace(
                sent_by_developers(gallery.ask, gallery.edit),
                is_large=True,
                most_bytes=gallery.MOST_FORM_BYTES,
            ),
            "DELETE": sent_by_developers(gallery.withdraw, gallery.edit),
        },
    }


def _messages() -> Mapping[str, Handlers[PortalContext]]:
    one, alert = "/{id}", APPLICATION + "/alerts/{alert_id}"
    forget = sent_by_developers(messages.delete, messages.inbox)
    return {
        messages.INBOX: {
            "GET": shown_to_developers(messages.inbox),
            "POST": sent_by_developers(messages.reply, messages.show_received),
        },
        messages.INBOX + one: {"GET": Handler(messages.open_received), "DELETE": forget},
        messages.SENT: {
            "GET": shown_to_developers(messages.sent),
            "POST": sent_by_developers(messages.create, messages.new),
        },
        messages.SENT + one: {"GET": shown_to_developers(messages.show_sent), "DELETE": forget},
        "/admin/messages/new": {"GET": shown_to_developers(messages.new)},
        messages.TRASH: {"GET": shown_to_developers(messages.trash)},
        f"{messages.TRASH}/empty": {"DELETE": sent_by_developers(messages.empty, messages.trash)},
        messages.TRASH + one: {
            "GET": shown_to_developers(messages.show_trashed),
            "PUT": sent_by_developers(messages.restore, messages.trash),
        },
        f"{APPLICATION}/alerts": {"GET": shown_to_developers(alerts.index)},
        f"{APPLICATION}/alerts/all_read": {
            "PUT": sent_by_developers(alerts.read_all, alerts.index)
        },
        f"{APPLICATION}/alerts/purge": {"DELETE": sent_by_developers(alerts.purge, alerts.index)},
        alert: {"DELETE": sent_by_developers(alerts.delete, alerts.index)},
        f"{alert}/read": {"PUT": sent_by_developers(alerts.read, alerts.index)},
    }

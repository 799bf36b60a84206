"""The URL table of the admin portal."""

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from server.admin.accounts import accounts, passwords, sessions, users
from server.admin.analytics import usage
from server.admin.applications import applications, keys, referrer_filters
from server.admin.context import HOME, AdminContext
from server.admin.messages import mails
from server.admin.page_face import AdminPage, AdminPages
from server.admin.plans import features, limits, plans
from server.admin.portal import api_docs, looks
from server.admin.provider import audit, dashboard, settings, tokens
from server.admin.render import STATIC
from server.admin.services import configs, mapping_rules, metrics, proxies, services
from server.auth.dependencies import Dependencies
from server.domain.errors import NotFound
from server.kit.fingerprints import fingerprint
from server.web.headers import Files
from server.web.pages import Handler, PageServer, RequestPage, SignIn, in_transaction

ACCOUNT = "/accounts/{account_id}"
API_DOCS = "/api_docs/{api_docs_id}"
APPLICATION = "/applications/{application_id}"
SERVICE = "/services/{service_id}"
METRIC = SERVICE + "/metrics/{metric_id}"
RULE = SERVICE + "/mapping_rules/{rule_id}"
PLAN = SERVICE + "/plans/{plan_id}"
CONFIGS = SERVICE + "/configs/{environment}"

SHOWN: tuple[tuple[str, AdminPage], ...] = (
    ("", dashboard.show),
    ("/", dashboard.show),
    ("/accounts", accounts.index),
    ("/accounts/new", accounts.new),
    (ACCOUNT, accounts.show),
    (f"{ACCOUNT}/edit", accounts.edit),
    (f"{ACCOUNT}/applications/new", applications.new),
    ("/applications", applications.index),
    (APPLICATION, applications.show),
    (f"{APPLICATION}/edit", applications.edit),
    (f"{APPLICATION}/usage", usage.show_application),
    ("/services", services.index),
    ("/services/new", services.new),
    (SERVICE, services.show),
    (f"{SERVICE}/settings", services.edit),
    (f"{SERVICE}/integration", proxies.show),
    (CONFIGS, configs.index),
    (CONFIGS + "/{config_id}", configs.show),
    (RULE, mapping_rules.edit),
    (f"{SERVICE}/metrics", metrics.index),
    (METRIC, metrics.edit),
    (f"{SERVICE}/plans", plans.index),
    (f"{SERVICE}/plans/new", plans.new),
    (PLAN, plans.show),
    (f"{SERVICE}/usage", usage.show),
    ("/api_docs", api_docs.index),
    ("/api_docs/new", api_docs.new),
    (API_DOCS, api_docs.show),
    (f"{API_DOCS}/edit", api_docs.edit),
    ("/look", looks.show),
    ("/settings", settings.show),
    ("/tokens", tokens.index),
    ("/audit", audit.index),
    ("/mails", mails.index),
    ("/mails/{mail_id}", mails.show),
    ("/personal", users.show),
)

# What a page offers for download.
FILES: tuple[tuple[str, AdminPage], ...] = (
    (f"{APPLICATION}/usage.csv", usage.download_application),
    (f"{SERVICE}/usage.csv", usage.download),
    ("/look/logo", looks.show_logo),
)

# Path, what the form does, and the page that shows the form again when it is refused.
SENT: tuple[tuple[str, AdminPage, AdminPage], ...] = (
    ("/accounts", accounts.create, accounts.new),
    ("/accounts/many/{event}", accounts.move_many, accounts.index),
    (ACCOUNT, accounts.update, accounts.edit),
    (f"{ACCOUNT}/plan", accounts.change_plan, accounts.show),
    (f"{ACCOUNT}/applications", applications.create, applications.new),
    (ACCOUNT + "/users/{user_id}/{event}", accounts.move_user, accounts.show),
    (ACCOUNT + "/{event}", accounts.move, accounts.show),
    ("/applications/by_key", applications.find_by_key, applications.index),
    ("/applications/many/{event}", applications.move_many, applications.index),
    (f"{APPLICATION}/reject", applications.reject, applications.show),
    (APPLICATION, applications.update, applications.edit),
    (f"{APPLICATION}/plan", applications.change_plan, applications.show),
    (f"{APPLICATION}/user_key", keys.replace, applications.show),
    (f"{APPLICATION}/keys", keys.create, applications.show),
    (APPLICATION + "/keys/{key_id}/delete", keys.delete, applications.show),
    (f"{APPLICATION}/referrer_filters", referrer_filters.create, applications.show),
    (
        APPLICATION + "/referrer_filters/{filter_id}/delete",
        referrer_filters.delete,
        applications.show,
    ),
    (f"{APPLICATION}/delete", applications.delete, applications.show),
    (APPLICATION + "/{event}", applications.move, applications.show),
    ("/services", services.create, services.new),
    (f"{SERVICE}/settings", services.update, services.edit),
    (f"{SERVICE}/default", services.make_default, services.edit),
    (f"{SERVICE}/delete", services.delete, services.edit),
    (f"{SERVICE}/promote", proxies.promote_to_production, proxies.show),
    (f"{SERVICE}/mapping_rules", mapping_rules.create, proxies.show),
    (RULE, mapping_rules.update, mapping_rules.edit),
    (f"{RULE}/move", mapping_rules.move, proxies.show),
    (f"{RULE}/delete", mapping_rules.delete, proxies.show),
    (f"{SERVICE}/metrics", metrics.create, metrics.index),
    (METRIC, metrics.update, metrics.edit),
    (f"{METRIC}/delete", metrics.delete, metrics.index),
    (f"{SERVICE}/features", features.create, plans.index),
    (SERVICE + "/features/{feature_id}/delete", features.delete, plans.index),
    (f"{SERVICE}/plans", plans.create, plans.new),
    (PLAN, plans.update, plans.show),
    (f"{PLAN}/copy", plans.copy, plans.show),
    (f"{PLAN}/delete", plans.delete, plans.show),
    (f"{PLAN}/limits", limits.create, plans.show),
    (f"{PLAN}/limits/disable", limits.disable, plans.show),
    (f"{PLAN}/limits/enable", limits.enable, plans.show),
    (PLAN + "/limits/{limit_id}", limits.update, plans.show),
    (PLAN + "/limits/{limit_id}/delete", limits.delete, plans.show),
    (PLAN + "/features/{feature_id}", features.include, plans.show),
    (PLAN + "/{event}", plans.move, plans.show),
    (f"{API_DOCS}/delete", api_docs.delete, api_docs.show),
    (API_DOCS + "/{event}", api_docs.move, api_docs.show),
    ("/look", looks.update, looks.show),
    ("/settings", settings.update, settings.show),
    ("/tokens", tokens.create, tokens.index),
    ("/tokens/{token_id}/delete", tokens.delete, tokens.index),
    ("/personal", users.update, users.show),
    ("/personal/password", users.replace_password, users.show),
)


# The same, of what opens its transactions itself: something slow is done between them.
SLOW: tuple[tuple[str, RequestPage[AdminContext], AdminPage], ...] = (
    (f"{SERVICE}/integration", proxies.update_and_test, proxies.show),
    ("/api_docs", api_docs.create, api_docs.new),
    (API_DOCS, api_docs.update, api_docs.edit),
    (f"{API_DOCS}/fetch", api_docs.fetch, api_docs.show),
)
LARGE = ("/api_docs", API_DOCS, "/look")  # their forms hold documents, or a file


def routes(deps: Dependencies) -> list[BaseRoute]:
    serve = PageServer(deps, AdminPages(), SignIn(sessions.check, sessions.login_form)).endpoint
    shown = [
        *((path, Handler(in_transaction(page))) for path, page in (*SHOWN, *FILES)),
        ("/login", Handler(sessions.show)),
        ("/password", Handler(passwords.show)),
    ]
    sent = [
        *((path, Handler(page, retry, is_large=path in LARGE)) for path, page, retry in SLOW),
        *(
            (path, Handler(in_transaction(page), retry, is_large=path in LARGE))
            for path, page, retry in SENT
        ),
        ("/login", Handler(sessions.create)),
        ("/logout", Handler(sessions.destroy)),
        ("/password", Handler(passwords.ask)),
        ("/password/new", Handler(passwords.update)),
    ]
    rest = serve({"GET": Handler(in_transaction(_nothing))})
    return [
        Mount(f"{HOME}/static", Files(STATIC, partial(fingerprint, STATIC))),
        *(Route(f"{HOME}{path}", serve({"GET": page}), methods=["GET"]) for path, page in shown),
        *(Route(f"{HOME}{path}", serve({"POST": form}), methods=["POST"]) for path, form in sent),
        Route(HOME + "/{rest:path}", rest, methods=["GET"]),
    ]


def _nothing(ctx: AdminContext) -> Response:
    raise NotFound(f"There is no page {ctx.path}.")

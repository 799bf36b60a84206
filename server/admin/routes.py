"""The URL table of the admin portal."""

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from server.admin.accounts import (
    accounts,
    authentication_providers,
    developers,
    invitation_list,
    passwords,
    people,
    sessions,
    staff,
    staff_links,
    staff_logins,
    subscription_list,
    subscriptions,
    users,
)
from server.admin.analytics import usage
from server.admin.applications import applications, custom_plans, keys, referrer_filters
from server.admin.context import HOME, AdminContext
from server.admin.messages import alerts, mail_templates, mails, messages, notifications
from server.admin.page_face import AdminPage, AdminPages
from server.admin.plans import features, limits, other_plans, plans, pricing_rules
from server.admin.portal import (
    api_docs,
    api_docs_versions,
    changes,
    content,
    editing,
    files,
    forum,
    gallery,
    groups,
    liquid,
    looks,
    redirects,
    sections,
    templates,
    versions,
    visits,
)
from server.admin.provider import (
    api_reference,
    audit,
    dashboard,
    domains,
    field_definitions,
    settings,
    tokens,
    webhooks,
)
from server.admin.render import STATIC
from server.admin.services import (
    backend_apis,
    backend_usages,
    configs,
    mapping_rules,
    metrics,
    proxies,
    registry_policies,
    services,
)
from server.auth.dependencies import Dependencies
from server.domain.errors import NotFound
from server.kit.fingerprints import fingerprint
from server.web.headers import Files
from server.web.pages import Handler, PageServer, RequestPage, SignIn, in_transaction

ACCOUNT = "/accounts/{account_id}"
USER = ACCOUNT + "/users/{user_id}"
PERSON = "/team/{user_id}"
LOGIN = "/authentication_providers/{provider_id}"
FIELD = "/field_definitions/{field_id}"
DOMAIN = "/domains/{domain_id}"
HOOK, DELIVERY = "/webhooks/{endpoint_id}", "/webhook_deliveries/{delivery_id}"
INVITATION = ACCOUNT + "/invitations/{invitation_id}"
API_DOCS = "/api_docs/{api_docs_id}"
APPLICATION = "/applications/{application_id}"
SERVICE = "/services/{service_id}"
METRIC = SERVICE + "/metrics/{metric_id}"
RULE = SERVICE + "/mapping_rules/{rule_id}"
BACKEND = "/backend_apis/{backend_api_id}"
POLICY = "/registry_policies/{policy_id}"
BACKEND_METRIC = BACKEND + "/metrics/{backend_metric_id}"
BACKEND_RULE = BACKEND + "/mapping_rules/{backend_rule_id}"
BACKEND_USAGE = SERVICE + "/backends/{usage_id}"
CONTRACT = ACCOUNT + "/service_contracts/{contract_id}"
ACCOUNT_PLANS, SERVICE_PLANS = "/account_plans", SERVICE + "/service_plans"
PLAN = SERVICE + "/plans/{plan_id}"
TEMPLATE = "/portal/templates/{template_id}"
VERSION = TEMPLATE + "/versions/{version_id}"
SECTION = "/portal/sections/{section_id}"
FILE = "/portal/files/{file_id}"
REDIRECT = "/portal/redirects/{redirect_id}"
GROUP = "/portal/groups/{group_id}"
TOPIC = "/forum/topics/{topic_id}"
POST = "/forum/posts/{post_id}"
CATEGORY = "/forum/categories/{category_id}"
ENTRY = "/gallery/{entry_id}"
CONFIGS = SERVICE + "/configs/{environment}"
MAIL_TEMPLATE = "/mails/templates/{name}"
MESSAGE = "/messages/{copy_id}"

SHOWN: tuple[tuple[str, AdminPage], ...] = (
    ("", dashboard.show),
    ("/", dashboard.show),
    ("/accounts", accounts.index),
    ("/accounts/new", accounts.new),
    (ACCOUNT, accounts.show),
    (f"{ACCOUNT}/edit", accounts.edit),
    (f"{ACCOUNT}/users/new", people.new),
    (USER, people.edit),
    ("/users", developers.index),
    ("/invitations", invitation_list.index),
    ("/service_contracts", subscription_list.index),
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
    (f"{SERVICE}/backends", backend_usages.index),
    (BACKEND_USAGE, backend_usages.edit),
    ("/backend_apis", backend_apis.index),
    ("/backend_apis/new", backend_apis.new),
    (BACKEND, backend_apis.show),
    ("/registry_policies", registry_policies.index),
    ("/registry_policies/new", registry_policies.new),
    (POLICY, registry_policies.show),
    (BACKEND_METRIC, backend_apis.edit_metric),
    (BACKEND_RULE, backend_apis.edit_rule),
    (f"{SERVICE}/metrics", metrics.index),
    (METRIC, metrics.edit),
    (f"{SERVICE}/plans", plans.index),
    (f"{SERVICE}/plans/new", plans.new),
    (SERVICE_PLANS, other_plans.SERVICE.index),
    (f"{SERVICE_PLANS}/new", other_plans.SERVICE.new),
    (SERVICE_PLANS + "/{plan_id}", other_plans.SERVICE.show),
    (ACCOUNT_PLANS, other_plans.ACCOUNT.index),
    (f"{ACCOUNT_PLANS}/new", other_plans.ACCOUNT.new),
    (ACCOUNT_PLANS + "/{plan_id}", other_plans.ACCOUNT.show),
    (PLAN, plans.show),
    (f"{SERVICE}/usage", usage.show),
    ("/api_docs", api_docs.index),
    ("/api_docs/new", api_docs.new),
    (API_DOCS, api_docs.show),
    (f"{API_DOCS}/edit", api_docs.edit),
    (f"{API_DOCS}/versions", api_docs_versions.index),
    ("/portal", content.index),
    ("/portal/layouts", content.layouts),
    ("/portal/partials", content.partials),
    ("/portal/builtins", content.builtins),
    ("/portal/changes", changes.index),
    ("/portal/liquid", liquid.show),
    ("/portal/templates/new", templates.new),
    (f"{TEMPLATE}/versions", versions.index),
    (f"{TEMPLATE}/versions/draft", versions.show_draft),
    (VERSION, versions.show),
    ("/portal/sections/new", sections.new),
    (SECTION, sections.show),
    ("/portal/files/new", files.new),
    (FILE, files.show),
    ("/portal/redirects", redirects.index),
    (REDIRECT, redirects.edit),
    ("/portal/groups", groups.index),
    (GROUP, groups.show),
    ("/forum", forum.index),
    ("/forum/topics/new", forum.new),
    (TOPIC, forum.show),
    (POST, forum.edit_post),
    ("/forum/categories", forum.categories),
    (CATEGORY, forum.edit_category),
    ("/gallery", gallery.index),
    ("/look", looks.show),
    ("/settings", settings.show),
    ("/authentication_providers", authentication_providers.index),
    ("/authentication_providers/new", authentication_providers.new),
    (LOGIN, authentication_providers.edit),
    ("/field_definitions", field_definitions.index),
    ("/field_definitions/new", field_definitions.new),
    (FIELD, field_definitions.edit),
    ("/domains", domains.index),
    (DOMAIN, domains.show),
    ("/webhooks", webhooks.index),
    ("/webhooks/new", webhooks.new),
    (HOOK, webhooks.show),
    (DELIVERY, webhooks.show_delivery),
    ("/webhook_events", webhooks.show_catalogue),
    ("/tokens", tokens.index),
    ("/api_reference", api_reference.show),
    ("/audit", audit.index),
    ("/messages", messages.inbox),
    ("/messages/sent", messages.sent),
    ("/messages/trash", messages.trash),
    ("/messages/new", messages.new),
    (MESSAGE, messages.show),
    ("/alerts", alerts.index),
    ("/mails", mails.index),
    ("/mails/templates", mail_templates.index),
    (MAIL_TEMPLATE, mail_templates.edit),
    ("/mails/{mail_id}", mails.show),
    ("/personal", users.show),
    ("/team", staff.index),
    (PERSON, staff.show),
)

# The same, of pages that note that they were opened.
OPENED: tuple[tuple[str, RequestPage[AdminContext]], ...] = ((TEMPLATE, templates.show),)

# What a page offers for download, or shows in a frame.
FILES: tuple[tuple[str, AdminPage], ...] = (
    (f"{APPLICATION}/usage.csv", usage.download_application),
    (f"{SERVICE}/usage.csv", usage.download),
    ("/mails/{mail_id}/html", mails.show_html),
    (f"{MAIL_TEMPLATE}/preview", mail_templates.preview),
    ("/look/logo", looks.show_logo),
    (f"{ENTRY}/picture", gallery.show_picture),
    (f"{FILE}/picture", files.show_picture),
)


def _plans_of(path: str, of: other_plans.Pages) -> tuple[tuple[str, AdminPage, AdminPage], ...]:
    """List the forms of account plans or service plans."""
    plan = path + "/{plan_id}"
    return (
        (f"{path}/features", of.create_feature, of.index),
        (path + "/features/{feature_id}/delete", of.delete_feature, of.index),
        (plan + "/features/{feature_id}", of.include, of.show),
        (path, of.create, of.new),
        (plan, of.update, of.show),
        (f"{plan}/delete", of.delete, of.show),
        (plan + "/{event}", of.move, of.show),
    )


# Path, what the form does, and the page that shows the form again when it is refused.
SENT: tuple[tuple[str, AdminPage, AdminPage], ...] = (
    ("/accounts", accounts.create, accounts.new),
    ("/accounts/many/{event}", accounts.move_many, accounts.index),
    (ACCOUNT, accounts.update, accounts.edit),
    (f"{ACCOUNT}/plan", accounts.change_plan, accounts.show),
    (f"{ACCOUNT}/applications", applications.create, applications.new),
    (f"{ACCOUNT}/users", people.create, people.new),
    (USER, people.update, people.edit),
    (f"{USER}/delete", people.delete, people.edit),
    (f"{USER}/remove_second_factors", people.remove_second_factors, people.edit),
    (USER + "/{event}", accounts.move_user, accounts.show),
    (f"{ACCOUNT}/invitations", people.invite, accounts.show),
    (f"{INVITATION}/resend", people.resend, accounts.show),
    (f"{INVITATION}/withdraw", people.withdraw, accounts.show),
    (f"{ACCOUNT}/service_contracts", subscriptions.create, accounts.show),
    (f"{CONTRACT}/plan", subscriptions.change_plan, accounts.show),
    (CONTRACT + "/{event}", subscriptions.move, accounts.show),
    (f"{ACCOUNT}/accept_plan_request", subscriptions.answer_wish, accounts.show),
    (f"{ACCOUNT}/refuse_plan_request", subscriptions.answer_wish, accounts.show),
    (f"{ACCOUNT}/forget_card", accounts.forget_card, accounts.show),
    (ACCOUNT + "/{event}", accounts.move, accounts.show),
    *_plans_of(ACCOUNT_PLANS, other_plans.ACCOUNT),
    *_plans_of(SERVICE_PLANS, other_plans.SERVICE),
    ("/applications/by_key", applications.find_by_key, applications.index),
    ("/applications/many/{event}", applications.move_many, applications.index),
    (f"{APPLICATION}/reject", applications.reject, applications.show),
    (APPLICATION, applications.update, applications.edit),
    (f"{APPLICATION}/plan", applications.change_plan, applications.show),
    (f"{APPLICATION}/customize_plan", custom_plans.customize, applications.show),
    (f"{APPLICATION}/decustomize_plan", custom_plans.decustomize, applications.show),
    (f"{APPLICATION}/user_key", keys.replace, applications.show),
    (f"{APPLICATION}/user_key/end_old", keys.end_old, applications.show),
    (f"{APPLICATION}/keys", keys.create, applications.show),
    (APPLICATION + "/keys/{key_id}/rotate", keys.rotate, applications.show),
    (APPLICATION + "/keys/{key_id}/delete", keys.delete, applications.show),
    (f"{APPLICATION}/referrer_filters", referrer_filters.create, applications.show),
    (
        APPLICATION + "/referrer_filters/{filter_id}/delete",
        referrer_filters.delete,
        applications.show,
    ),
    (f"{APPLICATION}/delete", applications.delete, applications.show),
    (f"{APPLICATION}/alerts/read", alerts.read_all, applications.show),
    (f"{APPLICATION}/alerts/delete", alerts.purge, applications.show),
    (APPLICATION + "/{event}", applications.move, applications.show),
    ("/services", services.create, services.new),
    (f"{SERVICE}/settings", services.update, services.edit),
    (f"{SERVICE}/state", services.change_state, services.edit),
    (f"{SERVICE}/default", services.make_default, services.edit),
    (f"{SERVICE}/delete", services.delete, services.edit),
    (f"{SERVICE}/promote", proxies.promote_to_production, proxies.show),
    (f"{SERVICE}/mapping_rules", mapping_rules.create, proxies.show),
    (RULE, mapping_rules.update, mapping_rules.edit),
    (f"{RULE}/move", mapping_rules.move, proxies.show),
    (f"{RULE}/delete", mapping_rules.delete, proxies.show),
    (f"{SERVICE}/backends", backend_usages.create, backend_usages.index),
    (BACKEND_USAGE, backend_usages.update, backend_usages.edit),
    (f"{BACKEND_USAGE}/delete", backend_usages.delete, backend_usages.index),
    ("/backend_apis", backend_apis.create, backend_apis.new),
    (BACKEND, backend_apis.update, backend_apis.show),
    ("/registry_policies", registry_policies.create, registry_policies.new),
    (POLICY, registry_policies.update, registry_policies.show),
    (f"{POLICY}/delete", registry_policies.delete, registry_policies.show),
    (f"{BACKEND}/delete", backend_apis.delete, backend_apis.show),
    (f"{BACKEND}/metrics", backend_apis.create_metric, backend_apis.show),
    (BACKEND_METRIC, backend_apis.update_metric, backend_apis.edit_metric),
    (f"{BACKEND_METRIC}/delete", backend_apis.delete_metric, backend_apis.show),
    (f"{BACKEND}/mapping_rules", backend_apis.create_rule, backend_apis.show),
    (BACKEND_RULE, backend_apis.update_rule, backend_apis.edit_rule),
    (f"{BACKEND_RULE}/move", backend_apis.move_rule, backend_apis.show),
    (f"{BACKEND_RULE}/delete", backend_apis.delete_rule, backend_apis.show),
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
    (f"{PLAN}/pricing_rules", pricing_rules.create, plans.show),
    (PLAN + "/pricing_rules/{rule_id}", pricing_rules.update, plans.show),
    (PLAN + "/pricing_rules/{rule_id}/delete", pricing_rules.delete, plans.show),
    (PLAN + "/features/{feature_id}", features.include, plans.show),
    (PLAN + "/{event}", plans.move, plans.show),
    (f"{API_DOCS}/delete", api_docs.delete, api_docs.show),
    (
        API_DOCS + "/versions/{number}/restore",
        api_docs_versions.restore,
        api_docs_versions.index,
    ),
    (API_DOCS + "/{event}", api_docs.move, api_docs.show),
    ("/alerts/{alert_id}/read", alerts.read, alerts.index),
    ("/alerts/{alert_id}/delete", alerts.delete, alerts.index),
    ("/messages", messages.create, messages.new),
    ("/messages/many/trash", messages.move_many, messages.inbox),
    ("/messages/trash/delete", messages.empty, messages.trash),
    (MAIL_TEMPLATE, mail_templates.update, mail_templates.edit),
    (f"{MAIL_TEMPLATE}/preview", mail_templates.preview, mail_templates.edit),
    (f"{MAIL_TEMPLATE}/test", mail_templates.send_test, mail_templates.edit),
    (f"{MAIL_TEMPLATE}/reset", mail_templates.reset, mail_templates.edit),
    ("/personal/notifications", notifications.update, users.show),
    (f"{MESSAGE}/reply", messages.reply, messages.show),
    (MESSAGE + "/{event}", messages.move, messages.show),
    ("/portal/visit", visits.visit, content.index),
    ("/portal/builtins", templates.edit_shipped, content.builtins),
    ("/portal/move", content.move, content.index),
    ("/portal/changes", changes.publish, changes.index),
    ("/portal/templates", templates.create, templates.new),
    (f"{VERSION}/revert", versions.revert, versions.show),
    (f"{TEMPLATE}/schedule", templates.schedule, templates.show_again),
    (f"{TEMPLATE}/here", editing.here, templates.show_again),
    (f"{TEMPLATE}/left", editing.left, templates.show_again),
    (TEMPLATE + "/{event}", templates.move, templates.show_again),
    ("/portal/sections", sections.create, sections.new),
    (SECTION, sections.update, sections.show),
    (f"{SECTION}/groups", sections.update_groups, sections.show),
    (f"{SECTION}/delete", sections.delete, sections.show),
    (f"{FILE}/delete", files.delete, files.show),
    ("/portal/redirects", redirects.create, redirects.index),
    (REDIRECT, redirects.update, redirects.edit),
    (f"{REDIRECT}/delete", redirects.delete, redirects.edit),
    ("/portal/groups", groups.create, groups.index),
    (GROUP, groups.update, groups.show),
    (f"{GROUP}/sections", groups.update_sections, groups.show),
    (f"{GROUP}/accounts", groups.add_account, groups.show),
    (GROUP + "/accounts/{account_id}/remove", groups.remove_account, groups.show),
    (f"{GROUP}/delete", groups.delete, groups.show),
    ("/forum/topics", forum.create, forum.new),
    (TOPIC, forum.moderate, forum.show),
    (f"{TOPIC}/reply", forum.reply, forum.show),
    (f"{TOPIC}/delete", forum.delete, forum.show),
    (POST, forum.update_post, forum.edit_post),
    (f"{POST}/hide", forum.hide_post, forum.index),
    (f"{POST}/show", forum.show_post, forum.index),
    (f"{POST}/delete", forum.delete_post, forum.index),
    ("/forum/categories", forum.create_category, forum.categories),
    (CATEGORY, forum.update_category, forum.edit_category),
    (f"{CATEGORY}/delete", forum.delete_category, forum.edit_category),
    (f"{ENTRY}/approve", gallery.approve, gallery.index),
    (f"{ENTRY}/refuse", gallery.refuse, gallery.index),
    ("/look", looks.update, looks.show),
    ("/settings", settings.update, settings.show),
    (
        "/authentication_providers",
        authentication_providers.create,
        authentication_providers.new,
    ),
    (
        "/authentication_providers/sso_key",
        authentication_providers.make_key,
        authentication_providers.index,
    ),
    (LOGIN, authentication_providers.update, authentication_providers.edit),
    (f"{LOGIN}/delete", authentication_providers.delete, authentication_providers.edit),
    ("/field_definitions", field_definitions.create, field_definitions.new),
    ("/field_definitions/order", field_definitions.reorder, field_definitions.index),
    (FIELD, field_definitions.update, field_definitions.edit),
    (f"{FIELD}/move", field_definitions.move, field_definitions.index),
    (f"{FIELD}/delete", field_definitions.delete, field_definitions.edit),
    ("/domains", domains.create, domains.index),
    (DOMAIN, domains.update, domains.show),
    (f"{DOMAIN}/delete", domains.delete, domains.show),
    ("/webhooks", webhooks.create, webhooks.new),
    (HOOK, webhooks.update, webhooks.show),
    (f"{HOOK}/delete", webhooks.delete, webhooks.show),
    (f"{HOOK}/rotate", webhooks.rotate, webhooks.show),
    (f"{HOOK}/resume", webhooks.resume, webhooks.show),
    ("/webhook_failures/delete", webhooks.forget_failures, webhooks.index),
    ("/tokens", tokens.create, tokens.index),
    ("/tokens/{token_id}/delete", tokens.delete, tokens.index),
    ("/personal", users.update, users.show),
    ("/team", staff.create, staff.index),
    (PERSON, staff.update, staff.show),
    (f"{PERSON}/delete", staff.delete, staff.show),
    (PERSON + "/{event}", staff.move, staff.show),
    ("/personal/password", users.replace_password, users.show),
)

# The same, of what opens its transactions itself: something slow is done between them.
SLOW: tuple[tuple[str, RequestPage[AdminContext], AdminPage], ...] = (
    (f"{SERVICE}/integration", proxies.update_and_test, proxies.show),
    (f"{DOMAIN}/check", domains.check, domains.show),
    (f"{HOOK}/test", webhooks.test, webhooks.show),
    ("/audit/verify", audit.verify, audit.index),
    (f"{DELIVERY}/replay", webhooks.replay, webhooks.show_delivery),
    ("/api_docs", api_docs.create, api_docs.new),
    (API_DOCS, api_docs.update, api_docs.edit),
    (f"{API_DOCS}/fetch", api_docs.fetch, api_docs.show),
    (f"{LOGIN}/test", authentication_providers.test, authentication_providers.edit),
    (TEMPLATE, templates.update, templates.show_again),
    (f"{TEMPLATE}/check", editing.check, templates.show_again),
    (f"{TEMPLATE}/preview", editing.preview, templates.show_again),
    ("/portal/files", files.create, files.new),
    (FILE, files.update, files.show),
)
# What notes that it was shown, in a transaction of its own.
NOTED: dict[AdminPage, RequestPage[AdminContext]] = {messages.show: messages.open_message}
LARGE = (
    "/api_docs",
    API_DOCS,
    "/look",
    TEMPLATE,
    "/portal/files",
    FILE,
)  # they hold documents and files


def routes(deps: Dependencies) -> list[BaseRoute]:
    serve = PageServer(deps, AdminPages(), SignIn(sessions.check, sessions.login_form)).endpoint
    shown = [
        *(
            (path, Handler(NOTED.get(page) or in_transaction(page)))
            for path, page in (*SHOWN, *FILES)
        ),
        ("/login", Handler(sessions.show)),
        ("/sso", Handler(staff_links.create)),
        ("/auth/{system_name}", Handler(staff_logins.start)),
        ("/auth/{system_name}/callback", Handler(staff_logins.callback)),
        ("/leave_mail/{code}", Handler(in_transaction(notifications.ask, login_needed=False))),
        ("/password", Handler(passwords.show)),
        *((path, Handler(page)) for path, page in OPENED),
    ]
    sent = [
        *((path, Handler(page, retry, is_large=path in LARGE)) for path, page, retry in SLOW),
        *(
            (path, Handler(in_transaction(page), retry, is_large=path in LARGE))
            for path, page, retry in SENT
        ),
        ("/login", Handler(sessions.create)),
        ("/leave_mail/{code}", Handler(in_transaction(notifications.leave, login_needed=False))),
        ("/logout", Handler(sessions.destroy)),
        ("/password", Handler(passwords.ask)),
        ("/password/new", Handler(passwords.update)),
    ]
    rest = serve({"GET": Handler(in_transaction(_nothing))})
    return [
        *api_reference.files(),
        Mount(f"{HOME}/static", Files(STATIC, partial(fingerprint, STATIC))),
        *(Route(f"{HOME}{path}", serve({"GET": page}), methods=["GET"]) for path, page in shown),
        *(Route(f"{HOME}{path}", serve({"POST": form}), methods=["POST"]) for path, form in sent),
        Route(HOME + "/{rest:path}", rest, methods=["GET"]),
    ]


def _nothing(ctx: AdminContext) -> Response:
    raise NotFound(f"There is no page {ctx.path}.")

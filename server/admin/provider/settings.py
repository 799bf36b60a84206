"""The provider's switches, and its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal.legal import list_terms
from server.actions.provider.settings import (
    approval_required,
    get_settings,
    update_settings,
)
from server.actions.secrets import reveal
from server.admin.context import AdminContext
from server.admin.plans.changes import PERMISSIONS
from server.admin.render import render
from server.domain.provider.settings import Setting, SettingDraft
from server.kit.money import CURRENCIES
from server.kit.zones import zone_names

OF_STAFF: Mapping[str, tuple[str, str]] = {
    "enforce_sso": (
        "The staff logs in by an account elsewhere alone",
        "Once a login for the staff is published under Logins. Passwords let nobody in then.",
    ),
}
SWITCHES: Mapping[str, tuple[str, str]] = {
    "signups_enabled": ("Developers can sign up by themselves", "On the developer portal."),
    "useraccountarea_enabled": ("Developers can change their account", "And their own users."),
    "public_search": (
        "Visitors may search the portal",
        "Else whoever is logged in. Nobody finds what he may not see.",
    ),
    "forum_enabled": (
        "The portal has a forum",
        "Developers ask, and answer each other; you moderate it under Forum.",
    ),
    "forum_public": ("Visitors may read the forum", "Else whoever is logged in."),
    "anonymous_posts_enabled": (
        "Visitors may write in the forum",
        "Only where they may read it; how often is bounded for each address.",
    ),
    "app_gallery_enabled": (
        "The portal has a gallery of applications",
        "Developers ask for theirs to be shown; you approve each under Gallery.",
    ),
    "multiple_services": (
        "Several APIs per account",
        "Else an account uses the API that it came with, and no second one.",
    ),
    "account_plans_ui_visible": (
        "Developers see account plans",
        "A page of the portal compares them, and developers may change theirs as said below.",
    ),
    "service_plans_ui_visible": (
        "Developers see service plans and subscribe",
        "They subscribe to an API before they make an application of it; else that is done for "
        "them.",
    ),
    "multiple_users": (
        "Several users per account",
        "Admins of an account invite colleagues and choose their role; else you do.",
    ),
    "email_all_users": ("Mails go to all users of an account", "Else to its admins alone."),
    "multiple_applications": ("Several applications per account", "Else one each."),
}


LEGAL: Mapping[str, tuple[str, str]] = {
    "signup_licence": ("Terms of signing up", "Who signs up accepts them; /terms shows them."),
    "service_subscription_licence": (
        "Terms of subscribing",
        "Accepted before an account subscribes to an API.",
    ),
    "new_application_licence": (
        "Terms of an application",
        "Accepted before an account creates an application.",
    ),
    "privacy_policy": ("Privacy policy", "/privacy shows it."),
    "refund_policy": ("Refund policy", "/refunds shows it."),
}
CHANGES: Mapping[str, str] = {
    "change_account_plan_permission": "Developers change their account plan",
    "change_service_plan_permission": "Developers change the plan of a subscription",
}
SPAM = (("none", "Nothing"), ("captcha", "A little work, which costs robots dearly"))


MACHINES: Mapping[str, tuple[str, str]] = {
    "mcp_enabled": (
        "Programs may read the portal by MCP",
        "At /mcp assistants search it, read its pages and look up operations: what a visitor may "
        "see, and with an access token what that developer may see. Never keys.",
    ),
}


POLICIES: Mapping[str, tuple[str, str]] = {
    "permissions_policy": (
        "Permissions-Policy",
        "What pages may ask of browsers, such as camera=(), geolocation=().",
    ),
    "content_security_policy": (
        "Content-Security-Policy",
        "Sent beside the portal's own, which stays: browsers keep both, so it can forbid more and "
        "allow nothing. Such as img-src 'self' data:.",
    ),
    "content_security_policy_report_only": (
        "Content-Security-Policy-Report-Only",
        "Forbids nothing: browsers only tell what it would forbid. Try a policy here first.",
    ),
}


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The switches with what they mean."""

    settings: Setting
    of_staff: Mapping[str, tuple[str, str]]
    switches: Mapping[str, tuple[str, str]]
    machines: Mapping[str, tuple[str, str]]
    headers: Mapping[str, tuple[str, str]]
    legal: Sequence[tuple[str, str, str, str]]  # name, label, hint, text
    changes: Mapping[str, str]  # how plans are changed, with labels
    permissions: Sequence[tuple[str, str]]
    spam: Sequence[tuple[str, str]]
    approval_required: bool
    currencies: Sequence[tuple[str, str]]
    zones: Sequence[tuple[str, str]]
    provider_key: str | None  # None to who may not read it


def show(ctx: AdminContext) -> Response:
    texts = list_terms(ctx.db, ctx.provider.id)
    page = SettingsPage(
        get_settings(ctx),
        OF_STAFF,
        SWITCHES,
        MACHINES,
        POLICIES,
        [(name, *words, texts[name]) for name, words in LEGAL.items()],
        CHANGES,
        PERMISSIONS,
        SPAM,
        approval_required(ctx.db, ctx.provider.id),
        [(code, code) for code in CURRENCIES],
        [(name, name.replace("_", " ")) for name in zone_names()],
        reveal(ctx, ctx.provider, "provider_key_sealed"),
    )
    return render(ctx, "settings/show.html.j2", page)


def update(ctx: AdminContext) -> Response:
    update_settings(ctx, ctx.texts(*SettingDraft.model_fields))
    return ctx.go("/settings", "The settings are saved.")

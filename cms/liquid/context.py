"""Which variables each page and each mail receives; themes/README.md says the same in words."""

from collections.abc import Mapping

EVERYWHERE = (
    "content_of",
    "documentation",
    "flash",
    "forum",
    "headings",
    "i18n",
    "menu",
    "model",
    "page",
    "page_title",
    "provider",
    "request",
    "site",
    "site_account",
    "theme",
    "today",
    "urls",
)
# What old templates call these; not on all pages are they there.
OLD_NAMES: Mapping[str, str] = {
    "_menu": "menu",
    "buyer": "account",
    "buyer_account": "account",
    "cinstance": "application",
    "provider_account": "provider",
    "user_account": "account",
}
LOGGED_IN = ("current_account", "current_user")

# Content pages, by path, receive what is everywhere and nothing more.
OF_PAGE: Mapping[str, tuple[str, ...]] = {
    "signup/show": ("account", "chosen_plans", "form", "plans", "user"),
    "signup/success": ("mails_url",),
    "activations/confirm": ("activation",),
    "activations/show": ("form",),
    "login/new": ("form",),
    "password/new": ("form",),
    "password/show": ("form", "password_reset_token", "user"),
    "dashboards/show": ("account", "application"),
    "applications/index": ("applications", "pagination"),
    "applications/choose_service": ("services",),
    "applications/new": ("application", "form", "plans", "service"),
    "applications/show": ("application", "chart", "form", "plans", "referrer_filter"),
    "applications/edit": ("application", "form"),
    "stats/index": (
        "application",
        "applications",
        "chart",
        "csv_url",
        "days",
        "methods",
        "metrics",
        "refusals",
        "rows",
        "span",
        "spans",
    ),
    "account/show": (),
    "account/edit": ("countries", "current_account", "form"),
    "user/show": ("form", "password_form", "user"),
    "errors/not_found": (),
    "errors/forbidden": ("message",),
    "errors/conflict": ("message",),
    "errors/internal_server_error": ("message", "request_id"),
}

_ACCOUNT = ("account", "domain", "provider", "support_email", "url", "user")
_APPLICATION = ("account", "application", "plan", "provider", "service", "url", "user")
OF_EMAIL: Mapping[str, tuple[str, ...]] = {
    "signup_notification_email": ("account", "provider", "url", "user"),
    "signup_repeated_email": ("provider", "url", "user"),
    "lost_password_email": ("provider", "url", "user"),
    "sign_in_changed_email": (
        "new_email",
        "new_username",
        "provider",
        "support_email",
        "url",
        "user",
    ),
    "password_changed_email": ("provider", "support_email", "url", "user"),
    "account_confirmed": _ACCOUNT,
    "account_approved": _ACCOUNT,
    "account_rejected": _ACCOUNT,
    "account_created": _ACCOUNT,
    "cinstance_messenger_accept": _APPLICATION,
    "cinstance_messenger_reject": (
        "account",
        "application_name",
        "plan",
        "provider",
        "service",
        "url",
        "user",
    ),
    "cinstance_messenger_suspended": _APPLICATION,
    "cinstance_messenger_plan_change_for_buyer": _APPLICATION,
    "cinstance_messenger_key_created": _APPLICATION,
    "cinstance_messenger_key_deleted": _APPLICATION,
    "plans_messenger_plan_change_request_made": _APPLICATION,
    "application_plan_change_requested": _APPLICATION,
    "plan_change_request_refused": _APPLICATION,
}

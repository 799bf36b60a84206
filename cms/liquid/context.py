"""Which variables each page and each mail receives; themes/README.md says the same in words."""

from collections.abc import Mapping

EVERYWHERE = (
    "content_of",
    "flash",
    "page",
    "page_title",
    "portlets",
    "provider",
    "request",
    "site_account",
    "today",
    "urls",
)
LOGGED_IN = ("current_account", "current_user")

# Content pages, by path, receive what is everywhere and nothing more.
OF_PAGE: Mapping[str, tuple[str, ...]] = {
    "signup/show": ("chosen_plans", "form"),
    "signup/success": ("mails_url",),
    "activations/confirm": ("activation",),
    "activations/show": ("form",),
    "login/new": ("form",),
    "password/new": ("form",),
    "password/show": ("form",),
    "dashboards/show": ("account", "application"),
    "applications/index": ("applications", "pagination"),
    "applications/choose_service": ("services",),
    "applications/new": ("form", "plans", "service"),
    "applications/show": ("application", "chart", "form", "plans"),
    "applications/edit": ("application", "form"),
    "stats/index": (
        "application",
        "applications",
        "chart",
        "csv_url",
        "days",
        "metrics",
        "refusals",
        "rows",
        "span",
        "spans",
    ),
    "account/show": (),
    "account/edit": ("form",),
    "user/show": ("form", "password_form"),
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

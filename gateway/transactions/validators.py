"""What may speak against a call before limits do, in the order it counts. Pure.

Source: service-management-api 4.
"""

from collections.abc import Callable

from gateway.referrers import is_allowed
from gateway.transactions.call import Call, Rejection
from gateway.transactions.identity import USER_KEY_VERSION
from gateway.transactions.params import text_of

OAUTH = "oauth"
Digest = Callable[[str], bytes]


def objection_to(call: Call, digest: Digest) -> Rejection | None:
    """Find the first objection; limits are not looked at."""
    if call.kind.oauth and call.service.backend_version != OAUTH:
        return Rejection("oauth_not_enabled", "oauth is not enabled")
    return (
        _key_objection(call, digest)
        or (_redirect_objection(call) if call.kind.oauth else None)
        or _referrer_objection(call)
        or _state_objection(call)
    )


def _key_objection(call: Call, digest: Digest) -> Rejection | None:
    """Check the app_key: always when the application has keys; for oauth only when it is given."""
    version, digests = call.service.backend_version, call.application.key_digests
    given = call.values.get("app_key")
    key = given.strip() if isinstance(given, str) else None
    is_asked_for = key is not None if version == OAUTH else bool(digests)
    if version == USER_KEY_VERSION or not is_asked_for:
        return None
    if not key:
        return Rejection("application_key_invalid", "application key is missing")
    if digest(key) not in digests:
        return Rejection("application_key_invalid", f'application key "{key}" is invalid')
    return None


def _redirect_objection(call: Call) -> Rejection | None:
    name = redirect_name_of(call)
    url = text_of(call.values, name)
    if url is None or url == call.application.redirect_url:
        return None
    return Rejection(f"{name}_invalid", f'{name} "{url}" is invalid')


def redirect_name_of(call: Call) -> str:
    """Tell which of its two names the redirect address goes by in this call."""
    has_uri = text_of(call.values, "redirect_uri") is not None
    has_url = text_of(call.values, "redirect_url") is not None
    return "redirect_uri" if has_uri and not has_url else "redirect_url"


def _referrer_objection(call: Call) -> Rejection | None:
    filters = call.application.referrer_filters
    if not filters or not call.service.referrer_filters_required:
        return None
    referrer = text_of(call.values, "referrer")
    if referrer is None:
        return Rejection("referrer_not_allowed", "referrer is missing")
    if is_allowed(referrer, filters):
        return None
    return Rejection("referrer_not_allowed", f'referrer "{referrer}" is not allowed')


def _state_objection(call: Call) -> Rejection | None:
    if not call.application.active:
        return Rejection("application_not_active", "application is not active")
    if not call.service.active:
        return Rejection("service_not_active", "service is not active")
    return None

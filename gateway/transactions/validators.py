"""What may speak against an authorize or authrep before limits do, in the order it counts. Pure.

Source: service-management-api 4.
"""

from gateway.objections import KEY_INVALID, REFERRER, Digest, find_objection
from gateway.referrers import referrer_of
from gateway.transactions.identity import USER_KEY_VERSION
from gateway.transactions.params import find_text
from gateway.transactions.question import Question, Rejection

OAUTH = "oauth"
REASONS = {
    "application_not_active": "application is not active",
    "service_not_active": "service is not active",
}


def find_rejection(question: Question, digest: Digest) -> Rejection | None:
    """Find the first objection, in the words of the wire; limits are not looked at."""
    if question.action.oauth and question.service.backend_version != OAUTH:
        return Rejection("oauth_not_enabled", "oauth is not enabled")
    key, referrer = _key_to_check(question), find_text(question.values, "referrer")
    told = referrer
    if referrer is not None and question.options.proxy_headers:
        told = referrer_of(referrer)  # a gateway of ours passes the caller's on
    code = find_objection(question.service, question.application, key, told, digest)
    redirect = _find_redirect_rejection(question) if question.action.oauth else None
    if redirect is not None and code != KEY_INVALID:
        return redirect
    return None if code is None else Rejection(code, _reason(code, key, referrer))


def _key_to_check(question: Question) -> str | None:
    """Give the `app_key`, empty when it is missing, None when none is asked for.

    It is asked for when the application has keys; for oauth only when it is given.
    """
    version = question.service.backend_version
    given = question.values.get("app_key")
    key = given.strip() if isinstance(given, str) else None
    is_asked_for = key is not None if version == OAUTH else bool(question.application.key_digests)
    return (key or "") if is_asked_for and version != USER_KEY_VERSION else None


def _reason(code: str, key: str | None, referrer: str | None) -> str:
    if code == KEY_INVALID:
        return f'application key "{key}" is invalid' if key else "application key is missing"
    if code == REFERRER:
        return (
            "referrer is missing" if referrer is None else f'referrer "{referrer}" is not allowed'
        )
    return REASONS[code]


def _find_redirect_rejection(question: Question) -> Rejection | None:
    name = redirect_name_of(question)
    url = find_text(question.values, name)
    if url is None or url == question.application.redirect_url:
        return None
    return Rejection(f"{name}_invalid", f'{name} "{url}" is invalid')


def redirect_name_of(question: Question) -> str:
    """Tell which of its two names the redirect address goes by in this call."""
    has_uri = find_text(question.values, "redirect_uri") is not None
    has_url = find_text(question.values, "redirect_url") is not None
    return "redirect_uri" if has_uri and not has_url else "redirect_url"

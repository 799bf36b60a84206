"""What may speak against an application before limits do, for every face alike. Pure.

Source: service-management-api 4.
"""

from collections.abc import Callable

from gateway.directory import Application, Service
from gateway.referrers import is_allowed

KEY_INVALID = "application_key_invalid"
REFERRER = "referrer_not_allowed"
Digest = Callable[[str], bytes]


def find_objection(
    service: Service,
    application: Application,
    app_key: str | None,
    referrer: str | None,
    digest: Digest,
) -> str | None:
    """Find the code of the first objection; limits are not looked at.

    `app_key` is None where none is asked for, empty where it is missing. As in the reference, an
    application without filters is let in from anywhere, whatever its service requires.
    """
    if app_key is not None and digest(app_key.strip()) not in application.key_digests:
        return KEY_INVALID
    filters = application.referrer_filters
    is_open = not filters or not service.referrer_filters_required
    if not is_open and (referrer is None or not is_allowed(referrer, filters)):
        return REFERRER
    if not application.active:
        return "application_not_active"
    return None if service.active else "service_not_active"

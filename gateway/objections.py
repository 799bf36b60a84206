"""What may speak against an application before limits do, for every face alike. Pure.

Source: service-management-api 4.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.directory import Application, Service
from gateway.referrers import fits, is_allowed

KEY_INVALID = "application_key_invalid"
REFERRER = "referrer_not_allowed"
Digest = Callable[[str], bytes]


@dataclass(slots=True)
class Claim:
    """What a call says for itself."""

    app_key: str | None  # None where none is asked for, empty where it is missing
    referrer: str | None
    may_bypass: bool = False  # whether the referrer `*` opens every filter


def find_objection(
    claim: Claim, service: Service, application: Application, digest: Digest
) -> str | None:
    """Find the code of the first objection; limits are not looked at."""
    key = claim.app_key
    if key is not None and digest(key.strip()) not in application.key_digests:
        return KEY_INVALID
    filters = application.referrer_filters
    if filters and service.referrer_filters_required and not _fits_any(claim, filters):
        return REFERRER
    if not application.active:
        return "application_not_active"
    return None if service.active else "service_not_active"


def _fits_any(claim: Claim, filters: tuple[str, ...]) -> bool:
    if claim.referrer is None:
        return False
    if claim.may_bypass:
        return is_allowed(claim.referrer, filters)
    return any(fits(claim.referrer, each) for each in filters)

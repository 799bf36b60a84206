"""Headers that a provider adds to the pages of his portal. Source: reference-portal 3."""

import re
from collections.abc import Mapping

from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text

MOST_HEADER = 2_000  # proxies take few thousand bytes of headers in all
PLAIN = re.compile(r"[\x20-\x7e]*")
DIRECTIVE = re.compile(r"[A-Za-z0-9-]+( .*)?")
FEATURE = re.compile(r"[a-z][a-z0-9-]*=(\*|[a-z]+|\"[^\"]*\"|\([^()]*\))")
HEADERS: Mapping[str, str] = {  # setting -> header
    "permissions_policy": "Permissions-Policy",
    "content_security_policy": "Content-Security-Policy",
    "content_security_policy_report_only": "Content-Security-Policy-Report-Only",
}


def clean_permissions_policy(text: str, field: str) -> str:
    """Check a Permissions-Policy, which may be empty. Raises: Invalid, TooLong."""
    policy = _plain(text, field)
    for part in policy.split(",") if policy else ():
        if not FEATURE.fullmatch(part.strip()):
            told = f"{part.strip()[:100]!r} is none"
            raise Invalid(
                f"must hold features such as camera=(), with commas between: {told}.", field=field
            )
    return policy


def clean_content_policy(text: str, field: str) -> str:
    """Check a Content-Security-Policy, which may be empty. Raises: Invalid, TooLong."""
    policy = _plain(text, field)
    for part in policy.split(";") if policy else ():
        if part.strip() and not DIRECTIVE.fullmatch(part.strip()):
            told = f"{part.strip()[:100]!r} is none"
            raise Invalid(
                f"must hold directives such as img-src 'self', with ; between: {told}.",
                field=field,
            )
    return policy


def _plain(text: str, field: str) -> str:
    policy = clean_optional_text(text, field, most=MOST_HEADER)
    if not PLAIN.fullmatch(policy):
        raise Invalid("must be one line of letters, digits and signs of ASCII.", field=field)
    return policy

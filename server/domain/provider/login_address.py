"""The page of a provider's own site on which developers log in. Source: reference-portal 4.1."""

from urllib.parse import quote

from server.domain.errors import Invalid
from server.domain.fields import clean_line
from server.kit.urls import parse_address

SCHEMES = ("https", "http")
RETURN_TO = "return_to"


def clean_login_address(text: str, field: str) -> str:
    """Check the address, which may be empty. Raises: Invalid, TooLong."""
    address = clean_line(text, field)
    if not address:
        return ""
    wrong = "must be an address such as https://www.example.com/login"
    if not address.isascii():
        raise Invalid(f"{wrong}, other letters than those of ASCII escaped.", field=field)
    try:
        parsed = parse_address(address, SCHEMES)
    except ValueError as error:
        raise Invalid(f"{wrong}: it {error}.", field=field) from error
    if "@" in address.split("/")[2]:
        raise Invalid(f"{wrong}, without a name and a password.", field=field)
    if RETURN_TO in parsed.parameters:
        raise Invalid(f"must not say {RETURN_TO}: the portal adds it.", field=field)
    return address


def login_address_of(address: str, return_to: str) -> str:
    """Add the page to return to after the login."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{RETURN_TO}={quote(return_to, safe='')}"

"""Where the bills of an account go. Stored data only: nothing is billed here.

Source: reference-portal 1.1, 2.3 "BillingAddress".
"""

from collections.abc import Mapping
from typing import Annotated, Any

from server.domain.attributes import Checked
from server.domain.errors import Blank, Invalid
from server.domain.fields import clean_line

GIVEN = "billing_address"
LINES = ("name", "address1", "address2", "city", "state", "country", "zip", "phone")
NEEDED = ("name", "address1", "city", "country")


def _known(given: dict[str, str | None]) -> dict[str, str | None]:
    unknown = sorted(set(given) - {*LINES})
    if unknown:
        known = ", ".join(LINES)
        raise Invalid(f"may hold {known}, not {unknown[0][:80]}.", field=GIVEN)
    return {name: clean_line(text or "", field_of(name)) for name, text in given.items()}


AddressLines = Annotated[dict[str, str | None], Checked(_known)]


def field_of(line: str) -> str:
    """Name a line as forms and refusals do."""
    return f"{GIVEN}_{line}"


def put_together(standing: Mapping[str, Any], given: Mapping[str, str | None]) -> dict[str, str]:
    """Put the lines that are given into an address; all of them empty take it away.

    Raises: Blank for a line that bills can't do without.
    """
    lines = {**standing, **given}
    kept = {name: str(lines[name]) for name in LINES if lines.get(name)}
    for name in NEEDED:
        if kept and name not in kept:
            raise Blank(field_of(name))
    return kept

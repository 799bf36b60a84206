"""Where the bills of an account go, as documents tell it. Source: reference-portal 1.1, 2.3.

In XML the name is a company and the phone a number, as the reference writes them; in JSON all lines
are called as parameters call them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.actions.work import Work
from server.domain.accounts.billing import GIVEN, LINES
from server.kit.xml import Element
from server.rest.formats import Format
from server.rest.schemas import Schema
from server.rest.shapes import Part

ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "company": ("name",),
    "address": ("address1", "address2"),
    "address1": ("address1",),
    "address2": ("address2",),
    "phone_number": ("phone",),
    "city": ("city",),
    "country": ("country",),
    "state": ("state",),
    "zip": ("zip",),
}


@dataclass(frozen=True, slots=True)
class BillingAddress(Part):
    """The billing address of an account that has one."""

    only: Format | None = None

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        return lambda row: (
            [Element(GIVEN, _elements(row.billing_address))] * bool(row.billing_address)
        )

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        def write(row: Any) -> Mapping[str, Any]:
            lines = row.billing_address
            return {GIVEN: {name: lines.get(name, "") for name in LINES}} if lines else {}

        return write

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        names = LINES if language is Format.JSON else ELEMENTS
        lines: dict[str, Schema] = {name: {"type": "string"} for name in names}
        return {GIVEN: {"type": "object", "properties": lines}}


def _elements(lines: Mapping[str, str]) -> list[Element]:
    return [
        Element(name, "\n".join(lines[line] for line in of if lines.get(line)))
        for name, of in ELEMENTS.items()
    ]

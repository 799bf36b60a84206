"""Global ids: `base64("Type:number")`. One that is not ours behaves like a missing object's."""

import base64
import binascii

from server.domain.errors import NotFound
from server.kit.ids import id_or_none


def global_id(type_name: str, number: int) -> str:
    return base64.b64encode(f"{type_name}:{number}".encode()).decode()


def parsed(text: str) -> tuple[str, int] | None:
    """Read a global id; None when it is not one."""
    try:
        name, _, digits = base64.b64decode(text.encode(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeError):
        return None
    number = id_or_none(digits)
    return (name, number) if number else None


def parse_id(text: str, type_name: str, field: str = "id") -> int:
    """Read the number of an object of this type. Raises: NotFound."""
    pair = parsed(text)
    if pair is None or pair[0] != type_name:
        raise NotFound(f"There is no {type_name} with this id.", field=field)
    return pair[1]


def number_or_none(text: str | None, type_name: str, field: str = "id") -> int | None:
    """Read the number of an object that need not be named. Raises: NotFound."""
    return None if text is None else parse_id(text, type_name, field)

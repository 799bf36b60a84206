"""Whether forms for those who are not logged in are protected from robots. Source: section 4.1."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

OLDER = {"auto": "captcha"}  # what the reference stored before


class SpamProtection(StrEnum):
    """What a form of a visitor asks his browser for."""

    NONE = "none"
    CAPTCHA = "captcha"


def _of_today(value: Any) -> Any:
    return OLDER.get(value, value) if isinstance(value, str) else value


SpamProtectionLevel = Annotated[SpamProtection, BeforeValidator(_of_today)]

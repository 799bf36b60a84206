"""The `log` parameter: which status the API answered with. Source: service-management-api 3."""

import re

from gateway.transactions.params import Hash

STATUS = re.compile(r"\s*([1-5][0-9]{2})\s*", re.ASCII)


def find_logged_code(values: Hash) -> int:
    """Read `log[code]`; 0 when there is none or it is no HTTP status."""
    logged = values.get("log")
    code = logged.get("code") if isinstance(logged, dict) else None
    match = STATUS.fullmatch(code) if isinstance(code, str) else None
    return int(match[1]) if match else 0

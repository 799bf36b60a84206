"""What was typed into a form whose session had ended: sealed, it waits in the login form."""

import json
import re
from collections.abc import Mapping

from server.kit.base64url import decoded, encoded
from server.kit.crypto import Vault
from server.web.requests import MAX_FORM_BYTES

KEPT = "kept_form"  # the field of the login form
MOST_BYTES = MAX_FORM_BYTES // 2  # sealed it is longer, and travels in a form itself
# Passwords and keys are typed anew, and tokens are another session's.
SECRET = re.compile(r"password|secret|token|csrf|(?:^|\[)(?:user_|app_|provider_)?key\]?$")
OURS = {"_method", "form_id"}  # fields that nobody types


def keep_form(vault: Vault, place: str, form: Mapping[str, str]) -> str:
    """Seal a form without its secrets for the place it was sent to.

    Empty where nothing was typed, and where it is too long.
    """
    kept = {name: text for name, text in form.items() if not SECRET.search(name)}
    if not set(kept) - OURS:
        return ""
    plain = json.dumps([place, kept])
    if len(plain) > MOST_BYTES:
        return ""
    return encoded(vault.seal(plain))


def open_form(vault: Vault, place: str, sealed: str) -> Mapping[str, str] | None:
    """Open what was sealed for a place; None when it is not ours, or another's."""
    try:
        plain = vault.unseal(decoded(sealed))
    except ValueError:
        return None
    of_place, form = json.loads(plain)
    return dict(form) if of_place == place else None

"""Values that a browser keeps for us for a while: sealed, signed, and of one portal of ours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.auth.dependencies import Dependencies
from server.kit.base64url import decoded, encoded
from server.web.cookies import Cookie

UNTIL = "until"


@dataclass(frozen=True, slots=True)
class SealedCookie:
    """A cookie that nobody reads or writes but us, and that ends by itself.

    Sealing alone would not do: processes that render templates hold the key of that (`Vault`).
    """

    cookie: Cookie

    def put(
        self, response: Response, deps: Dependencies, provider_id: int, values: Mapping[str, Any]
    ) -> None:
        """Give values to the browser."""
        until = deps.installation.clock.now().timestamp() + self.cookie.lifetime_s
        plain = json.dumps({**values, UNTIL: until})
        sealed = encoded(deps.installation.vault.seal(plain))
        signature = deps.installation.vault.sign(self._signed(provider_id, sealed))
        self.cookie.put(response, deps, f"{signature}.{sealed}")

    def find(
        self, request: Request, deps: Dependencies, provider_id: int
    ) -> Mapping[str, Any] | None:
        """Read what the browser keeps; None for nothing, and for what is old or not ours."""
        signature, _, sealed = self.cookie.read(request, deps).partition(".")
        vault = deps.installation.vault
        if not sealed or not vault.signature_holds(self._signed(provider_id, sealed), signature):
            return None
        try:
            plain = vault.unseal(decoded(sealed))
            values: dict[str, Any] = json.loads(plain)
        except ValueError:
            return None
        is_fresh = values[UNTIL] > deps.installation.clock.now().timestamp()
        return values if is_fresh else None

    def drop(self, response: Response, deps: Dependencies) -> None:
        """Have the browser forget it."""
        self.cookie.drop(response, deps)

    def _signed(self, provider_id: int, sealed: str) -> str:
        return f"{self.cookie.name}:{provider_id}:{sealed}"

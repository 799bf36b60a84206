"""What a provider is shown about a call of their own. Source: reference-gateway 8."""

import hmac
from urllib.parse import quote, urlencode

from gateway.exchange import Exchange, RawHeaders

HEADER = b"x-3scale-debug"


async def debug_headers(exchange: Exchange, asked: bytes) -> RawHeaders:
    """Write the debug headers for who asked with the service's secret or a provider key."""
    if not asked or not exchange.match.rules or not await _may_see(exchange, asked):
        return ()
    document, credential = exchange.document, exchange.credential
    shown = {
        "x-3scale-matched-rules": ", ".join(rule.pattern for rule in exchange.match.rules),
        "x-3scale-credentials": urlencode(credential.pairs()) if credential else "",
        "x-3scale-usage": "&".join(
            f"{quote(f'usage[{name}]', safe='')}={amount}"
            for name, amount in sorted(exchange.match.usage.items())
        ),
        "x-3scale-hostname": exchange.host,
        "x-3scale-service-id": str(document.service_id),
        "x-3scale-service-name": document.system_name,
    }
    return [
        (name.encode("ascii"), value.encode("ascii", "backslashreplace"))
        for name, value in shown.items()
        if value
    ]


async def _may_see(exchange: Exchange, asked: bytes) -> bool:
    document = exchange.document
    secret = document.backend_authentication_value
    if secret and hmac.compare_digest(asked, secret.encode()):
        return True
    provider = await exchange.runtime.directory.provider_by_key(asked.decode("latin-1"))
    return provider is not None and provider.id == document.provider_id

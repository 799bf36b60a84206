"""Which policies a bundle's Lua can do; `docs/nginx-bundle.md` shows the same table."""

from collections.abc import Mapping

from gateway.policy.chain import Chain

IN_BUNDLE: Mapping[str, bool] = {
    "apicast": True,
    "cors": False,
    "headers": False,
    "ip_check": False,
}


def list_missing(chain: Chain) -> list[str]:
    """List the policies of a chain that a bundle can't do, each once, in order."""
    names = dict.fromkeys(link.name for link in chain.links)
    return [name for name in names if not IN_BUNDLE.get(name)]

"""What must not be an upstream: this installation itself."""

from gateway.config.service import Upstream
from server.domain.errors import Invalid
from server.domain.installation import Installation


def refuse_own_address(
    installation: Installation,
    api_backend: str,
    hostname_rewrite: str = "",
    *,
    field: str = "api_backend",
) -> None:
    """Refuse a private base URL that leads back to us; the Echo API, which calls nobody, may be.

    What only shows when the name is looked up, the gateway refuses at the call. Raises: Invalid.
    """
    own, upstream = installation.addresses.own, Upstream.parse(api_backend)
    if own.is_echo(upstream):
        if hostname_rewrite:
            raise Invalid("must be empty before the Echo API.", field="hostname_rewrite")
        return
    if own.has_visibly(upstream):
        raise Invalid(
            "is this installation itself: each call would come back. Give the address of your API, "
            f"or {installation.addresses.echo} for the Echo API.",
            field=field,
        )

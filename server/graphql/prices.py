"""What prices are in."""

from sqlalchemy import select

from server.domain.provider.providers import Provider
from server.graphql.context import Context


async def currency_of(ctx: Context) -> str:
    """Return the currency of the provider's prices, as the running snapshot has it."""
    providers = ctx.loaders.by_id(Provider, lambda: select(Provider))
    code: str = (await providers.load(ctx.provider.id)).currency
    return code

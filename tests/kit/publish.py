"""Templates that a provider has published."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlmodel import col

from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from server.domain.provider.providers import Provider


def publish(
    deps: Dependencies,
    provider: Provider,
    texts: Mapping[str, str],
    kind: str = "page",
    handler: str = "",
) -> None:
    """Publish texts by name, in the place of what was there; pages by path or system name."""
    gone = delete(Template).where(col(Template.kind) == kind, col(Template.name).in_(texts))
    with deps.database.write() as db:
        db.execute(gone.where(col(Template.provider_id) == provider.id))
        for name, text in texts.items():
            row = Template(provider_id=provider.id, kind=kind, name=name, handler=handler)
            row.published = text
            db.add(row)

"""How the developer portal looks."""

from typing import Any

import strawberry

from server.actions.portal import looks as actions
from server.actions.rows import hold_provider
from server.actions.versions import compare, version_of_values
from server.domain.permissions import Permission
from server.domain.portal.looks import Corners, Font
from server.graphql.context import Context, Info
from server.graphql.fields import OF_CHANGES, described, needing
from server.graphql.mutations import Payload, VersionedInput, changes_of, mutation
from server.graphql.topics import Topic


@strawberry.type(name="Look", description="How the developer portal looks; empty is the theme's.")
class LookType:
    theme: str
    title: str = strawberry.field(description="What the portal is called.")
    tagline: str
    hero_title: str
    hero_text: str
    footer: str
    links: str = strawberry.field(description="Of the footer: a title and an address, one a line.")
    accent: str = strawberry.field(description="Of buttons and links: `#rrggbb`.")
    accent_dark: str = strawberry.field(description="The same in dark mode.")
    font: Font
    heading_font: Font
    corners: Corners
    logo: str = strawberry.field(description="An image as a `data:` address.")
    css: str = strawberry.field(description="Rules that come after those of the theme.")
    stored: strawberry.Private[dict[str, Any]]

    @described(OF_CHANGES)
    def object_version(self, info: Info) -> str:
        return _version(info.context, self.stored)

    @classmethod
    def of(cls, look: dict[str, Any]) -> "LookType":
        """Show a look."""
        words = {
            "font": Font(look["font"]),
            "heading_font": Font(look["heading_font"]),
            "corners": Corners(look["corners"]),
        }
        return cls(**{**look, **words, "stored": look})


def _version(ctx: Context, look: dict[str, Any]) -> str:
    return version_of_values(ctx.installation.vault, look)


@strawberry.type
class LookPayload(Payload):
    look: LookType | None = None


@strawberry.input
class LookUpdateInput(VersionedInput):
    theme: strawberry.Maybe[str]
    title: strawberry.Maybe[str | None]
    tagline: strawberry.Maybe[str | None]
    hero_title: strawberry.Maybe[str | None]
    hero_text: strawberry.Maybe[str | None]
    footer: strawberry.Maybe[str | None]
    links: strawberry.Maybe[str | None]
    accent: strawberry.Maybe[str | None]
    accent_dark: strawberry.Maybe[str | None]
    font: strawberry.Maybe[Font]
    heading_font: strawberry.Maybe[Font]
    corners: strawberry.Maybe[Corners]
    logo: strawberry.Maybe[str | None]
    css: strawberry.Maybe[str | None]


@strawberry.type
class LookQueries:
    @needing(Permission.PORTAL_READ)
    def look(self, info: Info) -> LookType:
        return LookType.of(actions.get_look(info.context.work))


@strawberry.type
class LookMutations:
    @mutation(LookPayload, Permission.PORTAL_EDIT)
    def look_update(self, info: Info, input: LookUpdateInput) -> LookPayload:
        """Change how the portal looks; what is not named stays."""
        with info.context.write() as work:
            if input.expected_version is not None:
                hold_provider(work)
                compare(_version(info.context, actions.get_look(work)), input.expected_version)
            look = actions.update_look(work, changes_of(input))
        return LookPayload(look=LookType.of(look))


TOPIC = Topic(queries=LookQueries, mutations=LookMutations)

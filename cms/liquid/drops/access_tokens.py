"""Access tokens of who is logged in."""

from cms.liquid.drops.drop import Drop
from cms.liquid.forms import TOKENS
from server.domain.provider.tokens import AccessToken


class AccessTokenDrop(Drop[AccessToken]):
    """A key to the APIs for programs of who is logged in; its value is told once.

    Example: {% for token in access_tokens %}{{ token.name }}: …{{ token.hint }}
    {% endfor %}
    """

    shows = (
        "id",
        "name",
        "hint",
        "scopes",
        "permission",
        "expires_at",
        "expired?",
        "last_used_at",
        "created_at",
        "url",
    )
    says = {
        "hint": "The last four characters of its value.",
        "scopes": "What it reaches: `account_management`, `stats`, `cms`.",
        "permission": "`ro` to read, `rw` to change things too.",
        "expires_at": "When it ends by itself; nothing when it doesn't.",
        "last_used_at": "When a program used it last; nothing until then.",
    }

    @property
    def expired(self) -> bool:
        """Return whether it opens nothing any more."""
        ends = self.model.expires_at
        return ends is not None and ends <= self.data.now

    @property
    def url(self) -> str:
        """What deletes it."""
        return f"{TOKENS}/{self.model.id}"

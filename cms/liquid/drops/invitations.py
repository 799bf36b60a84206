"""Invitations into an account, and who follows one."""

from dataclasses import dataclass

from cms.liquid.drops.accounts import AccountDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.identities import AuthenticationProviderDrop, ways_of
from cms.liquid.drops.login_ways import LoginWay
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation


class InvitationDrop(Drop[Invitation]):
    """An invitation into the account. Source: reference-portal 2.3.

    Example: {% for invitation in invitations %}{{ invitation.email }}: {{ invitation.state }}
    {% endfor %}
    """

    shows = (
        "id",
        "email",
        "state",
        "accepted?",
        "expired?",
        "accepted_at",
        "sent_at",
        "expires_at",
        "resend_url",
        "url",
    )
    says = {
        "email": "Who was invited.",
        "accepted_at": "When somebody joined by it; nothing until then.",
        "sent_at": "When it was mailed last.",
        "expires_at": "Until when its link works.",
    }

    @property
    def state(self) -> str:
        """What became of it: open, expired or accepted."""
        return self.model.state_at(self.data.now)

    @property
    def accepted(self) -> bool:
        """Return whether somebody joined by it."""
        return self.model.accepted_at is not None

    @property
    def expired(self) -> bool:
        """Return whether its link opens nothing any more."""
        return self.state == "expired"

    @property
    def url(self) -> str:
        """What withdraws it."""
        return f"/admin/account/invitations/{self.model.id}"

    @property
    def resend_url(self) -> str:
        """What sends it again."""
        return f"{self.url}/resend"


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who follows the link of an invitation."""

    token: str
    email: str
    account: Account
    ways: tuple[LoginWay, ...] = ()


class JoiningDrop(Drop[Joining]):
    """Who is about to join an account.

    Example: {{ joining.email }} joins {{ joining.account.name }}
    """

    shows = ("email", "account", "accept_url", "authentication_providers")
    says = {"email": "The address that was invited."}

    @property
    def account(self) -> AccountDrop:
        """The account that invites."""
        return AccountDrop(self.model.account, self.data)

    @property
    def authentication_providers(self) -> Collection[AuthenticationProviderDrop]:
        """The providers of identity by which one may join without a password."""
        return ways_of(self.model.ways, self.data)

    @property
    def accept_url(self) -> str:
        """Where the form goes."""
        return f"/signup/{self.model.token}"

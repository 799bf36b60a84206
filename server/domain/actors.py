"""Who acts now: a user, a token, a developer, or the system itself."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server.domain.errors import Forbidden, MoreThanOwn, NotFound
from server.domain.permissions import EVERYTHING, Permission, Scope

ActorKind = Literal["staff", "developer", "provider_key", "signup", "system", "master"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something, within one provider."""

    kind: ActorKind
    provider_id: int
    name: str  # for the audit log
    permissions: frozenset[Permission]
    user_id: int | None = None
    account_id: int | None = None  # a developer's own account; None for the provider's side
    scopes: frozenset[Scope] | None = None  # of an access token; None for who is there himself
    expires_at: datetime | None = None  # of an access token
    service_ids: frozenset[int] | None = None  # that a member of staff reaches; None: all
    token_id: int | None = None  # the access token that was sent
    registered_only: bool = False  # it sends registered documents, and nothing else

    @classmethod
    def system(cls, provider_id: int, name: str = "system") -> "Actor":
        """Make the actor of jobs, first start and the command line."""
        return cls("system", provider_id, name, EVERYTHING)

    @classmethod
    def master(cls, provider_id: int) -> "Actor":
        """Make the actor of who runs the installation, with the master token."""
        return cls("master", provider_id, "master token", EVERYTHING)

    @classmethod
    def anonymous(cls, provider_id: int) -> "Actor":
        """Make the actor of a visitor who signs up."""
        return cls("signup", provider_id, "anonymous", frozenset())

    @property
    def is_developer(self) -> bool:
        """Return whether the actor is on the developers' side."""
        return self.account_id is not None or self.kind == "signup"

    def may(self, permission: Permission) -> bool:
        """Return whether the actor holds the permission at all."""
        return permission in self.permissions

    def reaches(self, service_id: int | None) -> bool:
        """Return whether a service is within reach; what belongs to none is."""
        return self.service_ids is None or service_id is None or service_id in self.service_ids

    def require(self, permission: Permission, *, account_id: int | None = None) -> None:
        """Let pass, or raise Forbidden; a developer outside his own account gets NotFound."""
        if self.is_developer and (account_id is None or account_id != self.account_id):
            raise NotFound("There is no such object.")
        if permission not in self.permissions:
            raise Forbidden(f"You need the permission {permission} for this.")

    def require_operator(self) -> None:
        """Let who runs the installation pass, or raise Forbidden; nobody of a tenant does."""
        if self.kind not in {"master", "system"}:
            raise Forbidden("Only who runs the installation may do this.")

    def require_to_give(
        self, permissions: AbstractSet[Permission], *, field: str | None = None
    ) -> None:
        """Let who holds all that he is about to give to somebody pass, or raise MoreThanOwn."""
        missing = sorted(permissions - self.permissions)
        if missing:
            raise MoreThanOwn(
                f"would give {', '.join(missing)}, which you may not do yourself. Give less.",
                field=field,
            )

    def require_to_give_services(
        self, service_ids: Iterable[int] | None, *, field: str | None = None
    ) -> None:
        """Let who reaches all these services himself pass, or raise MoreThanOwn; None: all."""
        if self.service_ids is None:
            return
        if service_ids is None or not self.service_ids.issuperset(service_ids):
            own = ", ".join(map(str, sorted(self.service_ids))) or "none"
            raise MoreThanOwn(
                f"must be some of the APIs that you reach yourself: {own}.", field=field
            )

"""What the gateway asks about the world: services, applications, limits. Filled from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from gateway.windows import Period

LONGEST_CREDENTIAL = 1024  # no directory is asked for longer ones
Environment = Literal["staging", "production"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A counted thing; a method is a metric with a parent."""

    id: int
    system_name: str
    parent: str | None  # system name


@dataclass(frozen=True, slots=True)
class Service:
    """The live side of a service: what changes without a deploy."""

    id: int
    provider_id: int
    system_name: str
    backend_version: str  # "1" user_key, "2" app_id and app_key, "oauth"
    active: bool
    referrer_filters_required: bool
    metrics: Mapping[str, Metric]  # by system name
    origins: frozenset[bytes] = frozenset()  # whose pages may call; `*` is every one


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `value` units of a metric in one window of `period`; 0 disables the metric."""

    metric: str  # system name
    metric_id: int
    period: Period
    value: int


@dataclass(frozen=True, slots=True)
class Application:
    """What a credential stands for: its state, plan and limits as of now."""

    id: int
    application_id: str  # the wire's app_id
    provider_id: int
    service_id: int
    active: bool  # live, and its account approved
    plan_name: str
    limits: tuple[Limit, ...]
    key_digests: frozenset[bytes]  # of its application keys
    referrer_filters: tuple[str, ...] = ()
    redirect_url: str = ""
    ends_at: float = 0.0  # when the user_key that it was found by ends; 0: it does not
    key_ends: tuple[tuple[bytes, float], ...] = ()  # keys that end, and when


@dataclass(slots=True)
class Credential:
    """What a call names its application by. Made per call, so not frozen."""

    kind: Literal["user_key", "app_id"]  # as the wire calls it
    value: str
    app_key: str | None = None  # beside an `app_id`

    def pairs(self) -> list[tuple[str, str]]:
        """List names and values as the wire has them."""
        own = (self.kind, self.value)
        return [own] if self.app_key is None else [own, ("app_key", self.app_key)]


@dataclass(frozen=True, slots=True)
class Provider:
    """Who a provider key stands for."""

    id: int
    service_ids: frozenset[int]
    default_service_id: int | None


class Directory(Protocol):
    """Answers about what changes without a deploy; at most 2 s behind the truth.

    Cost: a dictionary look-up when the answer is in use, else one trip to a worker thread.
    Raises: DirectoryUnavailable when the source behind it does not answer.
    """

    async def service(self, service_id: int) -> Service | None:
        """Find a service by id; None when it is gone."""

    async def application_by_user_key(self, service_id: int, user_key: str) -> Application | None:
        """Find the application of a `user_key` within a service."""

    async def application_by_app_id(self, service_id: int, app_id: str) -> Application | None:
        """Find the application of an `app_id` within a service."""

    def key_digest(self, app_key: str) -> bytes:
        """Digest an `app_key`, to look for it in `Application.key_digests`."""

    async def application_keys(self, application: Application) -> Sequence[str]:
        """Read the application's keys in clear, oldest first."""

    async def provider_by_key(self, provider_key: str) -> Provider | None:
        """Find the provider of a provider key."""

    async def service_token_matches(self, service_id: int, token: str) -> bool:
        """Return whether this token is registered for this service."""


def is_askable(text: str) -> bool:
    """Return whether a directory may be asked: not for nothing, not for what databases refuse."""
    return 0 < len(text) <= LONGEST_CREDENTIAL and "\0" not in text


async def find_application(
    directory: Directory, service_id: int, credential: Credential
) -> Application | None:
    """Find the application of a service that a credential names; its `app_key` is not checked."""
    value = credential.value
    if not is_askable(value):
        return None
    if credential.kind == "user_key":
        return await directory.application_by_user_key(service_id, value)
    return await directory.application_by_app_id(service_id, value)

"""What a tenant of the reference system is: what readers deliver and the writer takes.

A `Record` is an object as the JSON of the reference's Account Management API tells it, without the
name around it: `{"id": 7, "system_name": "hits", "friendly_name": "Hits", ...}`. What belongs to it
hangs below it, under the name that the list has there, and what it refers to is named by its id
there. A source without ids gives a text of its own that stays the same: a system name will do; an
id that it knows all the same, and that is to be kept, is the record's `number`. An attribute that a
source doesn't tell is left out, and nothing of it is changed here; a list that it doesn't tell
likewise.

| Record | Lists and records below it |
|---|---|
| backend API | `metrics` (each with `methods`), `mapping_rules` |
| service | `metrics` (likewise), `mapping_rules`, `backend_usages`, `proxy` (below it
  `policies_config` and `oidc_configuration`), `features`, `application_plans`, `service_plans`,
  `configs`: environment -> the newest proxy config there, `service_token`: text |
| application plan | `limits`, `pricing_rules`, `features` (of each only `id` counts) |
| service plan, account plan | `features` |
| account | `plan` (account plan, only `id` counts), `users`, `applications`,
  `service_subscriptions` (`plan_id`, `state`) |
| application | `keys`, `referrer_filters` (texts), `plan` (whole, when `custom`), `usage`:
  `Used` of its running windows |
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Untaken:
    """What could not be taken over, why, and what to do about it."""

    what: str  # "service petstore, policy rate_limits"
    why: str  # a sentence
    way_out: str = ""  # another one


@dataclass(frozen=True, slots=True)
class Used:
    """What an application used there in a window that still runs."""

    metric: str  # its system name; of a backend API with the name before it: "stock/items"
    period: str  # minute, hour, day, week, month, year, eternity
    start: datetime
    value: int


@dataclass(slots=True, kw_only=True)
class Tenant:
    """All of a tenant but its customers, who are many: these are read one after the other."""

    is_part: bool = False  # what it lacks is no sign that it is gone there
    origin: str  # names the source, and with it what its ids mean: its host, or a file's word
    provider: Record = field(default_factory=dict)
    settings: Record = field(default_factory=dict)
    fields_definitions: list[Record] = field(default_factory=list)
    features: list[Record] = field(default_factory=list)  # of account plans
    account_plans: list[Record] = field(default_factory=list)
    policies: list[Record] = field(default_factory=list)  # its own: name, version, schema
    backend_apis: list[Record] = field(default_factory=list)
    services: list[Record] = field(default_factory=list)
    active_docs: list[Record] = field(default_factory=list)
    authentication_providers: list[Record] = field(default_factory=list)
    webhook: Record = field(default_factory=dict)
    sections: list[Record] = field(default_factory=list)
    templates: list[Record] = field(default_factory=list)  # with `draft` and `published`
    files: list[Record] = field(default_factory=list)  # with `content`: bytes
    untaken: list[Untaken] = field(default_factory=list)


class Source(Protocol):
    """Where a tenant is read from. Raises: CannotMove."""

    @property
    def origin(self) -> str:
        """Return what its ids belong to, as `Tenant.origin`."""
        ...

    def tenant(self) -> Tenant:
        """Read all but the customers."""
        ...

    def accounts(self) -> Iterable[Record]:
        """Read the accounts in an order that stays, each without what is below it."""
        ...

    def complete(self, account: Record) -> tuple[Record, list[Untaken]]:
        """Read what is below an account, and tell what can't be had."""
        ...


class CannotMove(Exception):
    """The source can't be read: the message says why, and the way out."""

"""The policies there are, and how a document's `policy_chain` becomes a chain.

To add one: its folder, its line in `POLICIES`, its row in `gateway/bundle/policies.py`, its test.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gateway.config.fields import Fields
from gateway.config.routes import ROUTING
from gateway.errors import BadDocument
from gateway.policy import schema as schemas
from gateway.policy.apicast.policy import Apicast
from gateway.policy.base import Policy
from gateway.policy.chain import Chain
from gateway.policy.cors.policy import Cors
from gateway.policy.headers.policy import Headers
from gateway.policy.ip_check.policy import IpCheck
from gateway.policy.schema import list_faults, read_schema, with_defaults

# In the order in which a provider is offered them.
POLICIES: tuple[type[Policy], ...] = (Apicast, Cors, Headers, IpCheck)
BUILTIN = "builtin"  # the version of all of them
MOST_LINKS = 100
CHAIN = "policy_chain"
NOTHING = object()

_BY_NAME: Mapping[str, type[Policy]] = {each.name: each for each in POLICIES}


def parse_chain(items: Sequence[Fields]) -> Chain:
    """Make a chain of a document's items; without any it is `apicast` alone.

    Raises: BadDocument.
    """
    links: list[Policy] = []
    for item in items:
        for fault in _list_item_faults(item):
            raise BadDocument(fault)
        link = _make_link(item)
        if item.flag("enabled", default=True):
            links.append(link)
    if not items:
        links.append(Apicast())
    fault = _chain_fault(items)
    if fault:
        raise BadDocument(fault)
    return Chain(links)


def check_chain(chain: object) -> list[str]:
    """List what is wrong with a `policy_chain`, each with path, value and rule; empty when right.

    For whoever saves a chain; a document that holds one is checked by the same rules.
    """
    try:
        items = Fields.parse({CHAIN: chain}, "").children(CHAIN)
    except BadDocument as error:
        return [str(error)]
    faults = [fault for item in items for fault in _list_all_faults(item)]
    fault = "" if faults else _chain_fault(items)
    return faults + [fault] if fault else faults


def find_schema(name: str) -> Mapping[str, Any] | None:
    """Find the JSON Schema of a policy's configuration; None for a policy that isn't known."""
    policy = _BY_NAME.get(name)
    return None if policy is None else read_schema(policy)


def without_secrets(chain: Sequence[Mapping[str, Any]], hidden: str) -> list[dict[str, Any]]:
    """Copy a chain with `hidden` in the place of what its policies' schemas mark as secret.

    Of a policy that isn't known all texts are.
    """
    return map_secrets(chain, lambda secret: hidden if secret else secret)


def map_secrets(
    chain: Sequence[Mapping[str, Any]], change: Callable[[Any], Any]
) -> list[dict[str, Any]]:
    """Copy a chain with another value in the place of each that its policies keep secret."""
    return [
        {**item, "configuration": schemas.map_secrets(_schema_of(item), inner, change)}
        if (inner := item.get("configuration", NOTHING)) is not NOTHING
        else dict(item)
        for item in chain
    ]


def list_secrets(chain: Sequence[Mapping[str, Any]]) -> list[Any]:
    """List what a chain's policies keep secret."""
    return [
        secret
        for item in chain
        for secret in schemas.list_secrets(_schema_of(item), item.get("configuration", {}))
    ]


def with_secrets(
    chain: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]], hidden: str
) -> list[dict[str, Any]]:
    """Undo `without_secrets` by a chain that stands; policies of a name are met in their order."""
    left = list(standing)
    found = []
    for item in chain:
        same = next((each for each in left if each.get("name") == item.get("name")), None)
        if same is None or "configuration" not in item:
            found.append(dict(item))
            continue
        left.remove(same)
        before = same.get("configuration")
        known = schemas.with_secrets(_schema_of(item), item["configuration"], before, hidden)
        found.append({**item, "configuration": known})
    return found


def _schema_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Find the schema of an item's policy; all is secret where none is known."""
    if item.get("name") == ROUTING:  # written into documents by us: addresses, no secrets
        return {}
    return find_schema(str(item.get("name", ""))) or {schemas.SECRET: True}


def _list_all_faults(item: Fields) -> list[str]:
    try:
        faults = list(_list_item_faults(item))
        if not faults:
            _make_link(item)
    except BadDocument as error:
        return [str(error)]
    return faults


def _list_item_faults(item: Fields) -> Sequence[str]:
    """List what is wrong with an item as far as its schema knows; one that is off, too."""
    name = item.text("name", "")
    if name not in _BY_NAME:
        raise item.bad("name", f"must be one of {', '.join(sorted(_BY_NAME))}")
    if item.text("version", BUILTIN) != BUILTIN:
        raise item.bad("version", f"must be {BUILTIN}")
    item.flag("enabled", default=True)
    path = f"{item.path}.configuration"
    return list(list_faults(read_schema(_BY_NAME[name]), item.mapping("configuration"), path))


def _make_link(item: Fields) -> Policy:
    policy = _BY_NAME[item.text("name", "")]
    content = with_defaults(read_schema(policy), item.mapping("configuration"))
    return policy.parse(Fields(content, f"{item.path}.configuration"))


def _chain_fault(items: Sequence[Fields]) -> str:
    """Name what is wrong with a chain as a whole, empty when nothing is.

    Without `apicast` nothing would ask for credentials.
    """
    if len(items) > MOST_LINKS:
        return f"{items[0].path}: there must be at most {MOST_LINKS} policies"
    names = [each.text("name", "") for each in items if each.flag("enabled", default=True)]
    if items and names.count(Apicast.name) != 1:
        path = items[0].path.removesuffix("[0]")
        return f"{path} = {names}: must have {Apicast.name} once, and switched on"
    return ""

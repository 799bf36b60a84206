"""A specification brought into a provider's configuration: a service with methods and rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from server.as_code.entries import Key, State, nested
from server.as_code.topics import OF_WORD
from server.domain.attributes import REQUIRED
from server.domain.fields import clean_system_name
from server.domain.portal.api_docs import clean_api_docs_name
from server.domain.portal.specs.as_service import Sketch
from server.domain.services.metrics import HITS

GIVEN = ("method", "mapping rule")  # of a service that a document tells, all of them


@dataclass(frozen=True, slots=True)
class Import:
    """A specification to be brought in. `overwrites`: also what an API was set up with."""

    sketch: Sketch
    body: str
    service: str = ""  # system name; empty: made from the title
    overwrites: bool = False


@dataclass(slots=True)
class Outcome:
    """What the configuration shall be, and what the document says otherwise."""

    state: State
    told: list[str] = field(default_factory=list)


def with_import(present: State, given: Import) -> Outcome:
    """Say what the configuration is with the document in it. Pure. Raises: DomainError.

    What an API that is there was set up with (name, private base URL, credentials) stays, and is
    told where the document differs. Methods and rules that the document lacks are not among it.
    """
    sketch = given.sketch
    name = given.service or clean_system_name("", sketch.title, separator="-")
    home: Key = (("service", name),)
    found = Outcome(dict(present), list(sketch.left_out))
    is_new = home not in present
    if is_new:
        _add_service(found.state, home, sketch)
    _set_up(found, home, sketch, force=is_new or given.overwrites)
    _replace_calls(found.state, home, sketch)
    _add_specification(found.state, home, given)
    found.state = nested(found.state)
    return found


def _add_service(state: State, home: Key, sketch: Sketch) -> None:
    """Add an API with what each new one has, but for the rule that counts every call."""
    is_first = not any(entry.word == "service" for entry in state.values())
    values = {
        "system_name": home[0][1],
        "name": sketch.title,
        "description": sketch.description,
        "default": is_first,
    }
    _add(state, (), "service", values)
    _add(state, home, "metric", {"system_name": HITS, "friendly_name": "Hits"})
    _add(state, home, "proxy", {})
    plan = {"system_name": "default", "name": "Default", "published": True, "default": True}
    _add(state, home, "service plan", plan)


def _set_up(found: Outcome, home: Key, sketch: Sketch, *, force: bool) -> None:
    """Take private base URL and credentials over, or tell that they differ."""
    login = sketch.login
    proxy: dict[str, Any] = {}
    if sketch.upstream:
        proxy["api_backend"] = sketch.upstream
    if login:
        proxy["credentials_location"] = login.credentials_location
        if login.auth_user_key:
            proxy["auth_user_key"] = login.auth_user_key
    proxy_key = (*home, ("proxy", ""))
    _take(found, proxy_key, proxy, force=force)
    if login:
        _take(found, home, {"backend_version": login.backend_version}, force=force)


def _take(found: Outcome, key: Key, values: Mapping[str, Any], *, force: bool) -> None:
    entry = found.state[key]
    fields = {each.name: each for each in OF_WORD[entry.word].fields}
    wanted = {name: fields[name].of(value) for name, value in values.items()}
    if force:
        found.state[key] = replace(entry, values={**entry.values, **wanted})
        return
    for name, value in wanted.items():
        if value != entry.values[name]:
            stays = f"{name} stays {entry.values[name]!r}, the document says {value!r}"
            found.told.append(f"{stays}: --overwrite takes it.")


def _replace_calls(state: State, home: Key, sketch: Sketch) -> None:
    """Have the document's methods and rules, and no others; in the order that stood there."""
    metrics = {key[-1][1] for key in state if key[:-1] == home and key[-1][0] == "metric"}
    names = dict(_names(sketch, metrics))
    methods: State = {}
    rules: State = {}
    for call in sketch.calls:
        method = {
            "system_name": names[call.system_name],
            "friendly_name": call.friendly_name,
            "description": call.description,
        }
        _add(methods, home, "method", method, like=state)
        rule = {
            "http_method": call.http_method,
            "pattern": call.pattern,
            "metric": names[call.system_name],
        }
        _add(rules, home, "mapping rule", rule, like=state)
    given = {**methods, **rules}
    standing = [key for key in state if key in given]
    gone = {key for key in state if key[:1] == home and key[-1][0] in GIVEN and key not in given}
    for key in [key for key, entry in state.items() if key in gone or entry.needs & gone]:
        del state[key]
    for key in standing:
        state[key] = given.pop(key)
    state.update(given)


def _names(sketch: Sketch, metrics: set[str]) -> Iterator[tuple[str, str]]:
    """Give methods names that no metric of the service has."""
    for call in sketch.calls:
        is_taken = call.system_name in metrics
        yield call.system_name, f"{call.system_name}_method" if is_taken else call.system_name


def _add_specification(state: State, home: Key, given: Import) -> None:
    """Show the document to developers too: published at first, later as the provider left it."""
    name = clean_api_docs_name("", home[0][1].replace("-", "_"))
    key: Key = (("specification", name),)
    if key in state:
        state[key] = replace(state[key], values={**state[key].values, "body": given.body})
        return
    values = {
        "system_name": name,
        "name": given.sketch.title,
        "service": home[0][1],
        "published": True,
        "body": given.body,
    }
    _add(state, (), "specification", values)


def _add(
    state: State, parent: Key, word: str, values: Mapping[str, Any], like: State | None = None
) -> None:
    """Add an entry; what it does not say is as it stands in `like`, or the default."""
    topic = OF_WORD[word]
    name = " ".join(str(values[part]) for part in topic.named_by)
    before = (like or {}).get((*parent, (word, name)))
    plain = {each.name: None if each.default is REQUIRED else each.default for each in topic.fields}
    full = {**plain, **(before.values if before else {}), **values}
    entry = topic.entry(state, parent, full)
    state[entry.key] = entry

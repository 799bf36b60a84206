"""A specification as the portal's console shows it: to be tried at the gateway, with its key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from server.domain.portal.specs.operations import walk
from server.domain.portal.specs.reading import (
    Document,
    find_in,
    items_of,
    members_of,
    references_in,
    resolve,
)

MOST_PARTS = 5_000  # that one operation may refer to
OWN = "gatehouse"  # begins the names of what we add
OPENID = "openIdConnect"
LOCATIONS = {"headers": "header", "query": "query"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where the gateway of an API looks for its caller's credentials."""

    location: str  # query, headers, authorization
    names: tuple[str, ...]  # of the user_key, or of app_id and app_key


@dataclass(frozen=True, slots=True)
class Target:
    """Where the operations of a specification are tried."""

    base_url: str  # of the gateway, as browsers reach it
    upstream_url: str  # where that sends them on to
    own_urls: tuple[str, ...]  # all addresses that mean this gateway already
    credentials: Credentials


def prepared(document: Document, target: Target | None) -> dict[str, Any]:
    """Have a document name the gateway as its server and ask for the gateway's credentials.

    Without a target it stays as it is, but for what a console would fetch from elsewhere.
    """
    document = without_discovery(document)
    if target is None:
        return dict(document)
    found = with_credentials(document, target.credentials)
    base = f"{target.base_url.rstrip('/')}{rest_of_path(document, target)}"
    if "swagger" in found:
        parts = urlsplit(base)
        return {
            **found,
            "schemes": [parts.scheme],
            "host": parts.netloc,
            "basePath": parts.path or "/",
        }
    found["servers"] = [{"url": base}]
    found["paths"] = {
        path: _without_servers(item) for path, item in members_of(found.get("paths")).items()
    }
    return found


def rest_of_path(document: Document, target: Target) -> str:
    """Tell the part of a document's server path that the gateway does not add itself.

    A server that is the gateway has none; nor has one whose path is that of the upstream.
    """
    server = server_of(document)
    known = (*target.own_urls, *(urlsplit(url).path for url in target.own_urls))
    if not server or server.rstrip("/") in {url.rstrip("/") for url in known}:
        return ""
    path = urlsplit(server).path.rstrip("/")
    above = urlsplit(target.upstream_url).path.rstrip("/")
    if path == above or path.startswith(f"{above}/"):
        path = path[len(above) :]
    return path


def server_of(document: Document) -> str:
    """Tell the first server of a document, variables filled in; empty for none."""
    if "swagger" in document:
        host, base = document.get("host"), document.get("basePath")
        prefix = f"//{host}" if isinstance(host, str) and host else ""
        return f"{prefix}{base if isinstance(base, str) else ''}"
    servers = items_of(document.get("servers"))
    first = members_of(servers[0]) if servers else {}
    url = first.get("url")
    if not isinstance(url, str):
        return ""
    for name, variable in members_of(first.get("variables")).items():
        url = url.replace(f"{{{name}}}", str(members_of(variable).get("default", "")))
    return url


def with_credentials(document: Document, credentials: Credentials) -> dict[str, Any]:
    """Add the gateway's credentials to what operations ask for, unless they ask for them already.

    A document that takes them as parameters (`x-data-threescale-name`, or by name) has them.
    """
    found = dict(document)
    schemes = dict(schemes_of(document))
    missing = {
        name: scheme
        for name, scheme in _own_schemes(credentials).items()
        if not any(_same(scheme, each) for each in schemes.values())
    }
    if not missing or _takes_as_parameters(document, credentials):
        return found
    schemes |= missing
    if "swagger" in document:
        found["securityDefinitions"] = {name: _of_2(scheme) for name, scheme in schemes.items()}
    else:
        components = dict(members_of(document.get("components")))
        found["components"] = {**components, "securitySchemes": schemes}
    found["security"] = _joined(document.get("security"), missing)
    found["paths"] = {
        path: _secured(item, missing) for path, item in members_of(document.get("paths")).items()
    }
    return found


def without_discovery(document: Document) -> Document:
    """Ask for a token where a document names an OpenID provider, whom a console would ask."""
    schemes = schemes_of(document)
    if not any(scheme.get("type") == OPENID for scheme in schemes.values()):
        return document
    plain = {
        name: {"type": "http", "scheme": "bearer", "description": scheme.get("description", "")}
        if scheme.get("type") == OPENID
        else scheme
        for name, scheme in schemes.items()
    }
    components = members_of(document.get("components"))
    return {**document, "components": {**components, "securitySchemes": plain}}


def schemes_of(document: Document) -> Mapping[str, Mapping[str, Any]]:
    """List the ways to prove who one is that a document knows."""
    if "swagger" in document:
        known = members_of(document.get("securityDefinitions"))
    else:
        known = members_of(members_of(document.get("components")).get("securitySchemes"))
    return {str(name): resolve(document, each) for name, each in known.items()}


def picked(document: Document, method: str, path: str) -> dict[str, Any]:
    """Leave one operation in a document, with all that it refers to. Cost: grows with these."""
    item = resolve(document, members_of(document.get("paths")).get(path))
    kept = {
        name: value
        for name, value in item.items()
        if name in {method, "parameters", "summary", "description"}
    }
    found = {
        name: value
        for name, value in document.items()
        if name
        not in {"paths", "components", "definitions", "parameters", "responses", "webhooks", "tags"}
    }
    found["paths"] = {path: kept}
    if "swagger" not in document:
        found["components"] = {"securitySchemes": dict(schemes_of(document))}
    _copy_parts(document, found, kept)
    return found


def _copy_parts(document: Document, found: dict[str, Any], start: object) -> None:
    """Copy what is referred to, and what that refers to, to where it was."""
    waiting, seen = list(references_in(start)), set[str]()
    while waiting and len(seen) < MOST_PARTS:
        reference = waiting.pop()
        value = find_in(document, reference)
        if reference in seen or value is None:
            continue
        seen.add(reference)
        _put(found, reference.removeprefix("#/").split("/"), value)
        waiting.extend(references_in(value))


def _put(found: dict[str, Any], names: list[str], value: object) -> None:
    for name in names[:-1]:
        inner = found.get(_plain(name))
        if inner is not None and not isinstance(inner, dict):
            return
        found[_plain(name)] = found = dict(inner or {})
    found.setdefault(_plain(names[-1]), value)


def _plain(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")


def _own_schemes(credentials: Credentials) -> dict[str, dict[str, Any]]:
    if credentials.location == "authorization":
        return {f"{OWN}_basic": {"type": "http", "scheme": "basic"}}
    place = LOCATIONS.get(credentials.location, "query")
    return {
        f"{OWN}_{name}": {"type": "apiKey", "in": place, "name": name} for name in credentials.names
    }


def _same(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    if ours["type"] == "http":
        is_basic = str(theirs.get("scheme", "")).lower() == "basic"
        return theirs.get("type") == "basic" or (theirs.get("type") == "http" and is_basic)
    names = str(theirs.get("name", "")), ours["name"]
    if ours["in"] == "header":
        names = names[0].lower(), names[1].lower()
    return (
        theirs.get("type") == "apiKey" and theirs.get("in") == ours["in"] and names[0] == names[1]
    )


def _takes_as_parameters(document: Document, credentials: Credentials) -> bool:
    for _method, path, operation in walk(document):
        item = resolve(document, members_of(document.get("paths")).get(path))
        for each in (*items_of(item.get("parameters")), *items_of(operation.get("parameters"))):
            parameter = resolve(document, each)
            if "x-data-threescale-name" in parameter or parameter.get("name") in credentials.names:
                return True
    return False


def _joined(wanted: object, missing: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Add schemes to every alternative."""
    ours: dict[str, Any] = {name: [] for name in missing}
    given = [dict(each) for each in items_of(wanted) if isinstance(each, Mapping)]
    return [{**each, **ours} for each in given or [{}]]


def _secured(item: object, missing: Mapping[str, Any]) -> object:
    if not isinstance(item, Mapping):
        return item
    return {
        name: {**each, "security": _joined(each["security"], missing)}
        if isinstance(each, Mapping) and "security" in each
        else each
        for name, each in item.items()
    }


def _of_2(scheme: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "basic"} if scheme.get("scheme") == "basic" else scheme


def _without_servers(item: object) -> object:
    """Take away servers of a path and its operations: all are tried at the gateway."""
    if not isinstance(item, Mapping):
        return item
    return dict(_servers_left_out(item))


def _servers_left_out(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, each in item.items():
        if name == "servers":
            continue
        if isinstance(each, Mapping) and "servers" in each:
            yield name, {key: value for key, value in each.items() if key != "servers"}
        else:
            yield name, each

"""Services made of several backends: which calls go where, and which rules count them.

Documents say it by the policy `routing` in the form that control planes write for backends: a path
and what is left of it (Source: reference-gateway 12). Its other conditions are not for us yet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gateway.config.fields import Fields
from gateway.config.service import Proxy, Route, Upstream, encoded_url
from gateway.exchange import Exchange
from gateway.paths import path_for_rules
from gateway.rules import MappingRule, Matcher

ROUTING = "routing"
OWNER = "BackendApi"
MOST_ROUTES = 1_000
# `^/a/b(?:/.*)?$` or the reference's own `/a/b/.*|/a/b/?`; a root is `/.*`.
_OURS = re.compile(r"\^(?P<path>/(?:\\.|[^(|*\\])+)\(\?:/\.\*\)\?\$")
_THEIRS = re.compile(r"(?P<path>/(?:\\.|[^(|*\\])+?)/\.\*\|(?P=path)/\?")
_ROOT = re.compile(r"\^?/\.\*")
_ESCAPE = re.compile(r"\\(.)")
_CUT = re.compile(r"\{\{\s*uri\s*\|\s*remove_first:\s*'(?P<path>[^']*)'\s*\}\}")


def is_routing(item: Fields) -> bool:
    """Return whether an item of a chain tells routes."""
    return item.text("name", "") == ROUTING


def with_routes(
    proxy: Proxy, items: Sequence[Fields], owners: Mapping[int, Sequence[int]]
) -> Proxy:
    """Give a proxy the routes of its chain; `owners` says which rules a backend has, by place.

    Raises: BadDocument.
    """
    found: list[tuple[str, Upstream, int]] = []
    for item in items:
        if item.flag("enabled", default=True):
            found += [_route(rule) for rule in item.child("configuration").children("rules")]
    if not found:
        return proxy
    if len(found) > MOST_ROUTES:
        raise items[0].bad("configuration", f"there must be at most {MOST_ROUTES} rules")
    routed = {owner for _, _, owner in found}
    foreign = {at: owner for owner, places in owners.items() for at in places if owner in routed}
    rules = proxy.rules.rules
    routes = tuple(
        Route(mount, f"{mount}/", mount.count("/"), upstream, _rules(rules, foreign, owner))
        for mount, upstream, owner in found
    )
    return replace(proxy, routes=routes, rules=_rules(rules, foreign, None))


def _rules(rules: Sequence[MappingRule], foreign: Mapping[int, int], owner: int | None) -> Matcher:
    """Compile those that may count: not those of the other backends."""
    return Matcher([rule for at, rule in enumerate(rules) if foreign.get(at, owner) == owner])


def _route(rule: Fields) -> tuple[str, Upstream, int]:
    operations = rule.child("condition").children("operations")
    if len(operations) != 1:
        raise rule.bad("condition", "must have one operation: the gateway routes by paths only")
    mount = _mount_of(operations[0])
    if rule.text("replace_path", "") != "":
        cut = _CUT.fullmatch(rule.text("replace_path", ""))
        if cut is None or cut["path"].replace("%27", "'") != mount:
            raise rule.bad("replace_path", "must remove the path of the condition")
    elif mount:
        raise rule.bad("replace_path", "must remove the path of the condition")
    try:
        upstream = Upstream.parse(encoded_url(rule.text("url", "")))
    except ValueError as error:
        raise rule.bad("url", str(error)) from error
    return mount, upstream, rule.whole("owner_id", 0)


def _mount_of(operation: Fields) -> str:
    """Read the path of a condition; empty for every path."""
    value = operation.text("value", "")
    is_path = operation.text("match", "") == "path" and operation.text("op", "") == "matches"
    if is_path and _ROOT.fullmatch(value):
        return ""
    found = (_OURS.fullmatch(value) or _THEIRS.fullmatch(value)) if is_path else None
    if found is None:
        raise operation.bad("value", "must be a path such as ^/inventory(?:/.*)?$")
    return _ESCAPE.sub(r"\1", found["path"])


def route_call(exchange: Exchange, proxy: Proxy) -> None:
    """Send a call to the backend that its path belongs to; without one it stays where it is.

    The path is what rules see of it, so that none counts a call that goes elsewhere.
    """
    route = find_route(proxy.routes, path_for_rules(exchange.path, proxy.ambiguous_paths))
    if route is not None:
        exchange.upstream, exchange.rules = route.upstream, route.rules
        exchange.mounted = route.segments


def find_route(routes: Sequence[Route], path: str) -> Route | None:
    """Find where a call goes by the path that its rules see; None is the service's own upstream.

    Documents name the longest path first.
    """
    for route in routes:
        if path.startswith(route.below) or path == route.mount:
            return route
    return None


def path_behind(path: str, segments: int) -> str:
    """Cut segments off the front of a path, as rules count them: parameters alone are none."""
    at = 0
    while segments and at >= 0:
        end = path.find("/", at + 1)
        segment = path[at + 1 :] if end < 0 else path[at + 1 : end]
        segments -= 1 if segment.partition(";")[0] else 0
        at = end
    return "/" if at < 0 else path[at:]

"""What products and backends count alike: metrics, methods below `hits`, mapping rules."""

from collections import Counter
from typing import Any

from server.as_code.moving.files.spec import Spec, given
from server.domain.services.mapping_rules import HTTPMethod
from server.domain.services.metrics import HITS

NO_GATEWAY = "Gateways count no calls of the HTTP method {}."


def metric_id(home: str, name: str) -> str:
    """Make the id of a metric or method: the files have no other."""
    return f"{home}/{name}"


def metrics_of(spec: Spec, home: str, word: str = "") -> list[dict[str, Any]]:
    """Read metrics with `hits` first and all methods below it. `word` is 'backend ' for those."""
    told = spec.named("metrics") or {}
    methods = spec.named("methods") or {}
    for name in sorted(methods.keys() & {HITS, *told}):
        spec.findings.refuse(methods[name].doc, f"{spec.of}: {name!r} is a metric already.")
    metrics = {name: _counted(each, home, name, f"{word}metric") for name, each in told.items()}
    hits = metrics.pop(HITS, None) or {"id": metric_id(home, HITS), "system_name": HITS}
    hits.setdefault("friendly_name", "Hits")
    hits["methods"] = [
        _counted(each, home, name, f"{word}method") for name, each in methods.items()
    ]
    return [hits, *metrics.values()]


def _counted(spec: Spec, home: str, name: str, word: str) -> dict[str, Any]:
    return given(
        id=metric_id(home, name),
        system_name=name,
        friendly_name=spec.take("friendlyName", word, "friendly_name") or name,
        unit=spec.take("unit", word, "unit"),
        description=spec.take("description", word, "description"),
    )


def names_of(metrics: list[dict[str, Any]]) -> set[str]:
    """Tell the names that rules, limits and prices may refer to."""
    methods = metrics[0]["methods"]
    return {each["system_name"] for each in (*metrics, *methods)}


def rule_id(home: str, seen: "Counter[str]", http_method: str, pattern: str) -> str:
    """Make the id of a rule, which says what it matches, so that it stays where others come."""
    name = f"{home}/{http_method} {pattern}"
    seen[name] += 1
    return f"{name} ({seen[name]})" if seen[name] > 1 else name


def rules_of(spec: Spec, home: str, names: set[str], word: str = "") -> list[dict[str, Any]]:
    """Read mapping rules in their order."""
    rules: list[dict[str, Any]] = []
    seen: Counter[str] = Counter()
    for each in spec.each("mappingRules") or ():
        http_method = each.needed("httpMethod").upper()
        metric = each.needed("metricMethodRef")
        if metric and metric not in names:
            known = f"It has {', '.join(sorted(names))}."
            each.refuse("metricMethodRef", f"there is no metric or method {metric!r}. {known}")
        rule = given(
            id=rule_id(home, seen, http_method, each.text("pattern") or ""),
            http_method=http_method,
            pattern=each.take("pattern", f"{word}mapping rule", "pattern"),
            metric_id=metric_id(home, metric),
            delta=each.take("increment", f"{word}mapping rule", "delta"),
            position=len(rules) + 1,
            last=each.flag("last") or False,
        )
        if each.find("pattern") is None:
            each.refuse("pattern", "needs 'pattern'.")
        if http_method and http_method not in set(HTTPMethod):
            of = f"{spec.of}, mapping rule"
            each.findings.leave(each.doc, of, NO_GATEWAY.format(http_method))
            continue
        rules.append(rule)
    return rules

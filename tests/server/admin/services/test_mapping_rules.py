"""Mapping rules in the admin portal."""

import re

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.services.mapping_rules import list_rules
from server.admin.services.mapping_rules import counts_twice
from server.auth.dependencies import Dependencies
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from tests.kit.browser import Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}"


@pytest.fixture
def fields(deps: Dependencies, acme: NewProvider) -> dict[str, str]:
    with deps.database.read() as db:
        metric = db.exec(select(Metric)).first()
    assert metric is not None
    return {"http_method": "POST", "metric_id": str(metric.id), "delta": "2"}


def patterns(page: str) -> list[str]:
    return re.findall(r"<th[^>]*><code>(/.*?)</code>", page)


def second_rule(
    path: str, fields: dict[str, str], deps: Dependencies, acme: NewProvider, admin: Browser
) -> str:
    """Add a rule behind the sample's; gives its address."""
    admin.done(f"{path}/mapping_rules", **fields, pattern="/words/{word}$")
    with deps.database.read() as db:
        return f"{path}/mapping_rules/{list_rules(db, acme.sample.service.id)[1].id}"


def test_a_rule_is_added_at_the_end(path: str, fields: dict[str, str], admin: Browser) -> None:
    shown = admin.done(f"{path}/mapping_rules", **fields, pattern="/words/{word}$")

    assert patterns(shown) == ["/", "/words/{word}$"]
    assert "Staging does not run these settings yet." in shown


def test_a_rule_is_moved_as_far_as_there_is_room(
    path: str, fields: dict[str, str], deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    rule = second_rule(path, fields, deps, acme, admin)

    assert patterns(admin.done(f"{rule}/move", direction="up")) == ["/words/{word}$", "/"]
    assert patterns(admin.done(f"{rule}/move", direction="up")) == ["/words/{word}$", "/"]
    assert patterns(admin.done(f"{rule}/move", direction="down")) == ["/", "/words/{word}$"]


def test_a_rule_is_put_at_a_place_without_a_mouse(
    path: str, fields: dict[str, str], deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    rule = second_rule(path, {**fields, "http_method": "ANY"}, deps, acme, admin)

    url = "https://words.example/v2"
    shown = admin.done(
        rule, **{**fields, "http_method": "ANY"}, pattern="/w", position="1", redirect_url=url
    )

    assert patterns(shown) == ["/w", "/"]
    assert "<code>ANY</code>" in shown
    assert f'value="{url}"' in admin.page(rule)
    refused = admin.send(rule, "rule", **fields, pattern="/w", redirect_url="nowhere")
    assert 'id="rule-redirect_url-error"' in refused.text


def test_a_rule_is_changed_and_deleted(
    path: str, fields: dict[str, str], deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    rule = second_rule(path, fields, deps, acme, admin)

    shown = admin.done(rule, **fields, pattern="/all", last="yes")

    assert patterns(shown) == ["/", "/all"]
    assert "stop here" in shown
    admin.done("/services", name="Another")
    with deps.database.read() as db:
        another = db.exec(select(Service.id).where(Service.name == "Another")).one()
    for verb in ("", "/move", "/delete"):
        elsewhere = rule.replace(path, f"/services/{another}") + verb
        assert admin.send(elsewhere, **fields, pattern="/", direction="up").status_code == 404
    assert patterns(admin.done(f"{rule}/delete")) == ["/"]


def test_a_bad_rule_is_told_at_its_field(path: str, fields: dict[str, str], admin: Browser) -> None:
    refused = admin.send(f"{path}/mapping_rules", "new-rule", **fields, pattern="words")

    assert refused.status_code == 422
    assert 'id="new-rule-pattern-error"' in refused.text
    for odd in ({"delta": "x"}, {"delta": "0"}, {"http_method": "BREW"}, {"metric_id": ""}):
        sent = {**fields, "pattern": "/", **odd}
        assert admin.send(f"{path}/mapping_rules", "new-rule", **sent).status_code == 422
    assert admin.send(f"{path}/mapping_rules/1/move", direction="left").status_code == 422


def a_metric(number: int, parent_id: int | None = None) -> Metric:
    return Metric(
        id=number,
        provider_id=1,
        service_id=1,
        parent_id=parent_id,
        system_name=f"m{number}",
        friendly_name=f"M{number}",
    )


HITS, METHOD, OTHER = a_metric(1), a_metric(2, 1), a_metric(3)
METRICS = {metric.id: metric for metric in (HITS, METHOD, OTHER)}


def a_rule(metric: Metric, pattern: str, *, method: str = "GET", last: bool = False) -> MappingRule:
    return MappingRule(
        provider_id=1,
        service_id=1,
        metric_id=metric.id,
        http_method=method,
        pattern=pattern,
        last=last,
    )


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([a_rule(HITS, "/"), a_rule(METHOD, "/v1")], True),
        ([a_rule(METHOD, "/v1"), a_rule(HITS, "/")], True),
        ([a_rule(METHOD, "/v1/{a}/b$"), a_rule(HITS, "/v1/x")], True),
        ([a_rule(METHOD, "/v1", last=True), a_rule(HITS, "/")], False),
        ([a_rule(HITS, "/"), a_rule(METHOD, "/v1", last=True)], True),
        ([a_rule(HITS, "/", last=True), a_rule(METHOD, "/v1")], False),
        ([a_rule(HITS, "/"), a_rule(OTHER, "/v1")], False),
        ([a_rule(HITS, "/v2"), a_rule(METHOD, "/v1")], False),
        ([a_rule(HITS, "/"), a_rule(METHOD, "/v1", method="POST")], False),
        ([a_rule(HITS, "/", method="ANY"), a_rule(METHOD, "/v1", method="POST")], True),
        ([a_rule(METHOD, "/", method="POST"), a_rule(HITS, "/v1", method="ANY")], True),
        ([a_rule(HITS, "/", method="ANY"), a_rule(OTHER, "/v1", method="POST")], False),
        ([a_rule(METHOD, "/"), a_rule(METHOD, "/v1")], False),
    ],
)
def test_a_call_that_would_count_twice_for_hits_is_seen(
    rules: list[MappingRule], expected: bool
) -> None:
    assert counts_twice(rules, METRICS) is expected


def test_many_rules_are_looked_through_at_once() -> None:
    many = [a_rule(METHOD, f"/v{number}", last=True) for number in range(10_000)]

    assert not counts_twice([*many, a_rule(HITS, "/")], METRICS)


def test_the_page_says_when_calls_count_twice(
    path: str, fields: dict[str, str], deps: Dependencies, admin: Browser
) -> None:
    assert "Some calls count twice for Hits." not in admin.page(f"{path}/integration")

    admin.done(f"{path}/metrics", friendly_name="Search", parent_id=fields["metric_id"])
    with deps.database.read() as db:
        method = db.exec(select(Metric).where(Metric.parent_id == int(fields["metric_id"]))).one()
    rule = {"http_method": "GET", "pattern": "/search", "delta": "1", "metric_id": str(method.id)}
    shown = admin.done(f"{path}/mapping_rules", **rule)

    assert "Some calls count twice for Hits." in shown

"""Mapping rules in the admin portal."""

import re

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.services.mapping_rules import list_rules
from server.auth.dependencies import Dependencies
from server.domain.services.metrics import Metric
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
    return re.findall(r'<th scope="row"><code>(/.*?)</code>', page)


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


def test_a_rule_is_changed_and_deleted(
    path: str, fields: dict[str, str], deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    rule = second_rule(path, fields, deps, acme, admin)

    shown = admin.done(rule, **fields, pattern="/all", last="yes")

    assert patterns(shown) == ["/", "/all"]
    assert "stop here" in shown
    assert patterns(admin.done(f"{rule}/delete")) == ["/"]


def test_a_bad_rule_is_told_at_its_field(path: str, fields: dict[str, str], admin: Browser) -> None:
    refused = admin.send(f"{path}/mapping_rules", "new-rule", **fields, pattern="words")

    assert refused.status_code == 422
    assert 'id="new-rule-pattern-error"' in refused.text
    for odd in ({"delta": "x"}, {"delta": "0"}, {"http_method": "BREW"}, {"metric_id": ""}):
        sent = {**fields, "pattern": "/", **odd}
        assert admin.send(f"{path}/mapping_rules", "new-rule", **sent).status_code == 422
    assert admin.send(f"{path}/mapping_rules/1/move", direction="left").status_code == 422

"""The drift report: where two states differ, by object and field, and what it keeps to itself."""

import json

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.as_code.apply import Refused, read_state
from server.as_code.drift import drift_of
from server.as_code.entries import BadFolder
from server.as_code.environment import with_environment
from server.as_code.reading import parse_folder
from server.auth.dependencies import Dependencies
from server.domain.provider.settings import Setting
from tests.server.as_code.conftest import FOLDER, PETSTORE, apply, export, with_file, workspace_of

SERVICE = "services/petstore.yaml"
RULES = (
    "- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}\n",
    "- {http_method: GET, pattern: /, metric: hits}\n",
)


def lines(folder: dict[str, str], database: dict[str, str]) -> list[str]:
    """Tell the drift of one folder from another."""
    return list(drift_of(parse_folder(folder), parse_folder(database)).lines())


def test_each_difference_is_told_with_both_values() -> None:
    changed = (
        PETSTORE.replace("418", "404")
        .replace("9.90", "10")
        .replace("".join(RULES), RULES[1] + RULES[0])
    )
    database = {**FOLDER, SERVICE: changed, "portal/pages/docs.liquid": "Hello\r\n{{ y }}!"}

    assert lines(FOLDER, FOLDER) == ["No drift: the database is as the folder says."]
    assert lines(FOLDER, database) == [
        "service petstore, proxy: error_status_no_match: folder 418, database 404",
        'service petstore, application plan gold: cost_per_month: folder "9.90", database "10.00"',
        "template page /docs: published: texts differ from line 2 on",
        "service petstore: order of mapping rules: "
        'folder ["POST /adoptions", "GET /", "GET / (2)"], '
        'database ["GET /", "POST /adoptions", "GET / (2)"]',
        "Drift: 0 only in the folder, 0 only in the database, 4 changed.",
    ]


def test_what_is_on_one_side_alone_is_told_once_with_how_much_is_below() -> None:
    fewer = {"provider.yaml": ""}

    assert "service petstore: only in the folder, with 13 below it" in lines(FOLDER, fewer)
    assert lines(fewer, FOLDER)[-1] == (
        "Drift: 0 only in the folder, 5 only in the database, 0 changed."
    )
    limit = "  - {metric: adopt, period: day, value: 1}\n"
    without = with_file(SERVICE, PETSTORE.replace(limit, ""))
    (told,) = drift_of(parse_folder(FOLDER), parse_folder(without)).differences
    assert told.plain() == {
        "kind": "missing",
        "object": "service petstore, application plan gold, limit adopt day",
        "path": [
            {"kind": "service", "name": "petstore"},
            {"kind": "application plan", "name": "gold"},
            {"kind": "limit", "name": "adopt day"},
        ],
        "where": "services/petstore.yaml:26: application_plans[0].limits[1]",
        "fields": {
            "metric": {"folder": "adopt", "database": None},
            "period": {"folder": "day", "database": None},
            "value": {"folder": 1, "database": None},
        },
        "below": 0,
    }


CHAIN = """\
  policy_chain:
  - name: headers
    configuration: {request: [{op: set, header: X-Key, value: '%s'}]}
  - {name: apicast, configuration: {}}
"""
SETTINGS = "settings: {site_access_code: '%s'}\n"


def folder_with(secret: str) -> dict[str, str]:
    """Make a folder with a secret in a policy, and as the code that opens the portal."""
    service = PETSTORE.replace("features:\n-", CHAIN % secret + "features:\n-", 1)
    return {
        **FOLDER,
        SERVICE: service,
        "provider.yaml": FOLDER["provider.yaml"] + SETTINGS % secret,
    }


def test_secrets_come_from_variables_and_are_told_by_nothing(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    named = parse_folder(folder_with("${THE_KEY}"))
    apply(workspace, folder_with("canary-one"))

    same = drift_of(with_environment(named, {"THE_KEY": "canary-one"}), read_state(workspace))
    other = drift_of(with_environment(named, {"THE_KEY": "canary-two"}), read_state(workspace))
    unset: list[str] = []
    unknown = drift_of(with_environment(named, {}, unset=unset), read_state(workspace))

    told = "\n".join([*other.lines(), json.dumps(other.plain("Acme"))])
    assert "canary" not in told
    assert "settings: site_access_code: a secret differs" in told
    assert "service petstore, proxy: policy_chain: a secret differs" in told
    for drift in (same, unknown):  # what is not compared counts as the same
        assert [*drift.lines()][0].startswith("No drift")
    assert len(unset) == 2
    assert "site_access_code is the variable THE_KEY" in unset[0]
    with pytest.raises(BadFolder, match="THE_KEY, which is not set"):
        with_environment(named, {})
    exported = export(workspace)
    assert "canary" not in str(exported)
    assert "site_access_code: (hidden)" in exported["provider.yaml"]
    apply(workspace, exported)
    assert db.get_one(Setting, acme.provider.id).site_access_code == "canary-one"
    update_settings(workspace, {"site_access_code": ""})
    with pytest.raises(Refused, match=r"site_access_code: says \(hidden\) where nothing stands"):
        apply(workspace, exported)

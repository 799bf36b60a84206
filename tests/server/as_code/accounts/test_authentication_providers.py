"""Providers of identity as code: their secrets come from the environment, and are in no export."""

import pytest
from sqlmodel import Session, select

from server.actions.provider.providers import NewProvider
from server.as_code.apply import read_state, run
from server.as_code.changeset import compare
from server.as_code.entries import BadFolder
from server.as_code.environment import with_environment
from server.as_code.reading import parse_folder
from server.auth.dependencies import Dependencies
from server.domain.accounts.authentication_providers import AuthenticationProvider
from tests.server.as_code.conftest import FOLDER, apply, export, with_file, workspace_of

LOGIN = """\
authentication_providers:
- {system_name: id, kind: keycloak, name: Acme, site: 'https://id.example.com/realms/main',
   client_id: portal, client_secret: '%s', published: true}
"""


def folder_with(secret: str) -> dict[str, str]:
    return with_file("provider.yaml", FOLDER["provider.yaml"] + LOGIN % secret)


def test_a_login_is_applied_with_its_secret_and_exported_without(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)

    apply(workspace, folder_with("of the file"))

    (row,) = db.exec(select(AuthenticationProvider)).all()
    vault = deps.installation.vault
    assert (row.name, row.published) == ("Acme", True)
    assert vault.unseal(row.client_secret_sealed) == "of the file"
    exported = export(workspace)
    assert "of the file" not in str(exported)
    assert "client_secret: (hidden)" in exported["provider.yaml"]
    # What is hidden stays, also when something else changes.
    renamed = exported | {
        "provider.yaml": exported["provider.yaml"].replace("name: Acme", "name: Acme Id")
    }
    apply(workspace, renamed)
    assert (row.name, vault.unseal(row.client_secret_sealed)) == ("Acme Id", "of the file")
    # A folder that knows no logins takes none away, one that lists others does.
    apply(workspace, FOLDER)
    assert len(db.exec(select(AuthenticationProvider)).all()) == 1
    other = renamed["provider.yaml"].replace("system_name: id", "system_name: other")
    apply(workspace, renamed | {"provider.yaml": other.replace("(hidden)", "another")})
    assert [each.system_name for each in db.exec(select(AuthenticationProvider))] == ["other"]


def test_a_variable_stands_for_a_secret(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    wanted = parse_folder(folder_with("${ID_SECRET}"))

    found = with_environment(wanted, {"ID_SECRET": "of the environment"})

    entry = next(each for each in found.values() if each.word == "login provider")
    assert entry.values["client_secret"] == "of the environment"
    workspace = workspace_of(db, deps, acme)
    plan = compare(found, read_state(workspace), prune=False)
    run(workspace, plan, found, prune=False)
    (row,) = db.exec(select(AuthenticationProvider)).all()
    assert deps.installation.vault.unseal(row.client_secret_sealed) == "of the environment"
    other = with_environment(wanted, {"ID_SECRET": "another one"})
    told = [*compare(other, read_state(workspace), prune=False).lines()]
    assert any("client_secret" in line for line in told)
    assert not any("another one" in line or "of the environment" in line for line in told)
    for environment in ({}, {"ID_SECRET": ""}):
        with pytest.raises(BadFolder, match="ID_SECRET, which is not set"):
            with_environment(wanted, environment)

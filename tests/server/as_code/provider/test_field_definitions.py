"""Fields as code: a list a target; folders that know none take none away."""

from sqlmodel import Session

from server.actions.provider.field_definitions import list_definitions
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.provider.field_definitions import FieldTarget
from tests.server.as_code.conftest import FOLDER, apply, export, with_file, workspace_of

FIELDS = """\
user_fields:
- {name: job_role, label: Role, choices: [boss, worker], required: true}
- {name: username, label: Login, required: true}
- {name: email, label: Mail, required: true}
"""


def test_fields_of_a_folder_become_those_of_the_provider_and_back(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    folder = with_file("provider.yaml", FOLDER["provider.yaml"] + FIELDS)

    apply(workspace, folder)

    users = list_definitions(db, acme.provider.id, FieldTarget.USER)
    told = [(row.name, row.label, row.required, row.choices) for row in users]
    assert told == [
        ("job_role", "Role", True, ["boss", "worker"]),
        ("username", "Login", True, []),
        ("email", "Mail", True, []),
    ]
    assert apply(workspace, folder).edits == []
    exported = export(workspace)
    assert apply(workspace, exported).edits == []
    assert "job_role" in exported["provider.yaml"]


def test_a_folder_without_fields_takes_none_away(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    before = [row.name for row in list_definitions(db, acme.provider.id)]

    plan = apply(workspace, FOLDER)

    assert [row.name for row in list_definitions(db, acme.provider.id)] == before
    assert not [edit for edit in plan.edits if edit.entry.word.endswith("field")]

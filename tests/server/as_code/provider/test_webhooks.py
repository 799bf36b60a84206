"""Webhooks as code: their secrets come from the environment, and are in no export."""

from sqlmodel import Session, select

from server.actions.provider.providers import NewProvider
from server.as_code.apply import read_state, run
from server.as_code.changeset import compare
from server.as_code.environment import with_environment
from server.as_code.reading import parse_folder
from server.auth.dependencies import Dependencies
from server.domain.provider.webhooks import WebhookEndpoint
from tests.server.as_code.conftest import FOLDER, apply, export, with_file, workspace_of

SECRET = "whsec_" + "c2FtcGxl" * 5
HOOKS = """\
webhooks:
- {name: CRM, url: 'https://crm.example/', event_types: ['account.*'], secret: '${CRM_SECRET}'}
"""


def test_a_webhook_is_applied_with_its_secret_and_exported_without(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    wanted = with_environment(
        parse_folder(with_file("webhooks.yaml", HOOKS)), {"CRM_SECRET": SECRET}
    )

    run(workspace, compare(wanted, read_state(workspace), prune=False), wanted, prune=False)

    (row,) = db.exec(select(WebhookEndpoint)).all()
    vault = deps.installation.vault
    assert vault.unseal(row.secret_sealed) == SECRET
    exported = export(workspace)
    assert SECRET not in str(exported)
    assert "secret: (hidden)" in exported["webhooks.yaml"]
    text = exported["webhooks.yaml"].replace("account.*", "'*'")
    apply(workspace, exported | {"webhooks.yaml": text})
    assert row.event_types == ["*"]
    assert vault.unseal(row.secret_sealed) == SECRET
    assert row.previous_secret_sealed is None
    without = text.replace("  secret: (hidden)\n", "")
    apply(workspace, exported | {"webhooks.yaml": without})
    assert vault.unseal(row.secret_sealed) == SECRET
    apply(workspace, FOLDER)  # a folder that knows none takes none away
    assert len(db.exec(select(WebhookEndpoint)).all()) == 1

"""What these tests share: a small folder as texts, and applying it within a transaction."""

from collections.abc import Mapping

from sqlmodel import Session

from server.actions.applications.applications import applications_query, delete_application
from server.actions.provider.providers import NewProvider
from server.as_code.apply import read_state, run
from server.as_code.changeset import Changeset, compare
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.as_code.writing import texts_of
from server.auth.dependencies import Dependencies
from tests.kit.make import staff

PROVIDER = """\
account_plans:
- {system_name: default, name: Default, published: true, default: true}
"""
PETSTORE = """\
system_name: petstore
name: Pet Store
default: true
metrics:
- {system_name: hits, friendly_name: Hits}
- {system_name: bytes, friendly_name: Bytes, unit: byte}
methods:
- {system_name: adopt, friendly_name: Adopt}
mapping_rules:
- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}
- {http_method: GET, pattern: /, metric: hits}
- {http_method: GET, pattern: /, metric: bytes, delta: 10}
proxy:
  api_backend: https://pets.example.com:443
  error_status_no_match: 418
features:
- {system_name: kittens, name: Kittens}
application_plans:
- system_name: gold
  name: Gold
  published: true
  cost_per_month: 9.90
  features: [kittens]
  limits:
  - {metric: hits, period: minute, value: 5}
  - {metric: adopt, period: day, value: 1}
- {system_name: free, name: Free, default: true}
service_plans:
- {system_name: basic, name: Basic}
"""
TEMPLATES = """\
templates:
- {kind: page, name: /docs, title: Docs, published: pages/docs.liquid, draft: d.liquid}
- {kind: partial, name: a.b/c, published: a.liquid}
"""
SPEC = "system_name: pets\nname: Pets\nservice: petstore\npublished: true\nbody: pets.json\n"
FOLDER = {
    "provider.yaml": PROVIDER,
    "services/petstore.yaml": PETSTORE,
    "portal/templates.yaml": TEMPLATES,
    "specs/pets.yaml": SPEC,
    "specs/pets.json": '{"openapi": "3.1.0", "info": {"title": "Pets"}, "paths": {}}',
    "portal/pages/docs.liquid": "Hello\r\n{{ x }}",
    "portal/d.liquid": "",
    "portal/a.liquid": "A\n",
}


def with_file(path: str, text: str) -> dict[str, str]:
    """Make the folder with one file in other words."""
    return {**FOLDER, path: text}


def workspace_of(db: Session, deps: Dependencies, provider: NewProvider) -> Workspace:
    """Make the workspace of a provider whose sample API may go: nobody calls it any more."""
    workspace = Workspace(db, staff(provider), deps.installation)
    for application in db.exec(applications_query(workspace.actor)).all():
        delete_application(workspace, application.id)
    db.flush()
    return workspace


def apply(workspace: Workspace, texts: Mapping[str, str], *, prune: bool = True) -> Changeset:
    """Apply a folder's texts, and check that nothing is left to do."""
    wanted = parse_folder(texts)
    changeset = compare(wanted, read_state(workspace), prune=prune)
    run(workspace, changeset, wanted, prune=prune)
    assert compare(wanted, read_state(workspace), prune=prune).edits == []
    return changeset


def export(workspace: Workspace) -> dict[str, str]:
    """Write what is in the database."""
    return texts_of(read_state(workspace))

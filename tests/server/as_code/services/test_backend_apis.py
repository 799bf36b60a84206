"""Backend APIs in a folder: made, counted, mounted and limited, and taken away again."""

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider, create_provider
from server.actions.services.configs import find_current_config, promote
from server.actions.services.documents import document_of
from server.as_code.apply import Refused
from server.as_code.topic import Workspace
from server.auth.dependencies import Dependencies
from server.domain.events import savepoint
from server.domain.services.services import Service
from tests.server.as_code.conftest import apply, export, workspace_of

BACKEND = """system_name: stock
name: Stock
private_endpoint: https://stock.example:8443/v1
metrics:
- system_name: hits
  friendly_name: Hits
- system_name: pallets
  friendly_name: Pallets
  unit: pallet
methods:
- system_name: items
  friendly_name: Items
mapping_rules:
- {http_method: GET, pattern: /items, metric: items}
- {http_method: GET, pattern: /, metric: hits}
"""
LIMIT = "  - {metric: stock/items, period: day, value: 5}\n"


def export_after(workspace: Workspace, texts: dict[str, str]) -> dict[str, str]:
    """Apply a folder, and write what is in the database then."""
    apply(workspace, texts)
    return export(workspace)


def with_backend(exported: dict[str, str]) -> dict[str, str]:
    """Let the sample service be made of a backend API alone, and limit one of its methods."""
    api = exported["services/api.yaml"]
    usage = "backend_usages:\n- {backend_api: stock, path: /stock}\n"
    api = api.replace("proxy:\n", f"{usage}proxy:\n", 1)
    api = api.replace("api_backend: echo", "api_backend: ''", 1)
    first = api.index("application_plans:\n")
    at = api.index("\n- ", first + len("application_plans:\n")) + 1
    api = f"{api[:at]}  limits:\n{LIMIT}{api[at:]}"
    return {**exported, "backends/stock.yaml": BACKEND, "services/api.yaml": api}


def test_a_folder_tells_backends_and_makes_them_elsewhere(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    wanted = with_backend(export(workspace))

    apply(workspace, wanted)

    exported = export(workspace)
    assert exported["backends/stock.yaml"] == BACKEND
    assert LIMIT in exported["services/api.yaml"]
    assert "- {backend_api: stock, path: /stock}" in exported["services/api.yaml"]
    assert apply(workspace, exported).edits == []
    service = db.get_one(Service, acme.sample.service.id)
    staged = find_current_config(db, service.id, "staging")
    assert staged is not None
    proxy = document_of(workspace.installation, staged)["proxy"]
    assert [link["name"] for link in proxy["policy_chain"]] == ["routing", "apicast"]
    globex = create_provider(db, deps.installation, "Globex", "admin@globex.example")
    other = workspace_of(db, deps, globex)
    apply(other, exported)
    assert export(other) == exported


def test_a_change_of_a_backend_is_staged_in_its_services(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    exported = with_backend(export(workspace))
    apply(workspace, exported)
    moved = BACKEND.replace("stock.example", "store.example")

    apply(workspace, {**exported, "backends/stock.yaml": moved})

    staged = find_current_config(db, acme.sample.service.id, "staging")
    assert staged is not None
    assert "store.example" in str(document_of(workspace.installation, staged))
    promote(workspace, acme.sample.service.id)
    lost = {path: text for path, text in exported.items() if path != "backends/stock.yaml"}
    api = exported["services/api.yaml"].replace(f"  limits:\n{LIMIT}", "")
    api = api.replace("backend_usages:\n- {backend_api: stock, path: /stock}\n", "")
    api = api.replace("api_backend: ''", "api_backend: echo")
    with pytest.raises(Refused, match="A gateway still sends calls to it"), savepoint(db):
        apply(workspace, {**lost, "services/api.yaml": api})
    apply(workspace, {**exported, "services/api.yaml": api})
    promote(workspace, acme.sample.service.id)
    assert "backends/stock.yaml" not in export_after(workspace, {**lost, "services/api.yaml": api})

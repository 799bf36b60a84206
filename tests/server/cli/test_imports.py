"""`gatehouse import openapi` as an operator runs it: what is made, kept, told and refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import copy_of_migrated
from tests.kit.specs import PETSTORE_1
from tests.server.cli.test_as_code import gatehouse, provider_without_customers
from tests.server.domain.portal.specs.test_as_service import PETS

KEYED: dict[str, Any] = {
    **PETS,
    "security": [{"own": []}],
    "components": {"securitySchemes": {"own": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make the environment of an installation on SQLite."""
    copy_of_migrated(tmp_path / "migrated.db")
    url = f"sqlite:///{tmp_path / 'migrated.db'}"
    return {"GATEHOUSE_DATA_DIR": str(tmp_path / "data"), "GATEHOUSE_DATABASE_URL": url}


@pytest.fixture
def storage(env: dict[str, str]) -> Iterator[Storage]:
    """Open what the command stands on, with a provider in it."""
    storage = open_storage(Settings.from_env(env))
    provider_without_customers(storage, "Acme")
    yield storage
    storage.database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the document to import."""
    path = tmp_path / "pets.json"
    path.write_text(json.dumps(KEYED))
    return path


def of_pets(storage: Storage, model: Any) -> list[Any]:
    """List what the imported service has."""
    with storage.database.read() as db:
        service = db.exec(select(Service).where(Service.system_name == "pets")).one()
        return list(db.exec(select(model).where(model.service_id == service.id)))


def test_an_import_makes_a_service_and_the_next_one_changes_nothing(
    storage: Storage, env: dict[str, str], file: Path
) -> None:
    first = gatehouse(env, "import", "openapi", file)
    versions = len(of_pets(storage, ProxyConfig))
    again = gatehouse(env, "import", "openapi", file)

    assert first.exit_code == 0, first.output
    assert "+ service pets, mapping rule GET /v1/pets$" in first.output
    assert "Note: TRACE /pets" in first.output
    assert "Nothing to change." in again.output
    [proxy] = of_pets(storage, Proxy)
    assert (proxy.api_backend, proxy.credentials_location, proxy.auth_user_key) == (
        "https://pets.example.com",
        "headers",
        "X-Key",
    )
    assert len(of_pets(storage, ProxyConfig)) == versions > 0


def test_what_the_provider_set_stays_and_is_told_until_it_is_to_be_overwritten(
    storage: Storage, env: dict[str, str], file: Path
) -> None:
    gatehouse(env, "import", "openapi", file)
    with storage.database.write() as db:
        rule = db.exec(select(MappingRule).where(MappingRule.pattern == "/v1/pets$")).one()
        rule.delta = 5
    moved = {**KEYED, "servers": [{"url": "https://new.example.com/v1"}], "paths": {}}
    moved["paths"] = {"/pets": KEYED["paths"]["/pets"]}
    file.write_text(json.dumps(moved))

    kept = gatehouse(env, "import", "openapi", file)
    taken = gatehouse(env, "import", "openapi", file, "--overwrite", "--prune")

    assert "api_backend stays 'https://pets.example.com'" in kept.output
    assert "method hits_2 is only in the database: kept" in kept.output
    assert "- service pets, method hits_2" in taken.output
    [proxy] = of_pets(storage, Proxy)
    assert proxy.api_backend == "https://new.example.com"
    assert [(r.pattern, r.delta) for r in of_pets(storage, MappingRule)] == [("/v1/pets$", 5)]


def test_a_document_of_swagger_1_is_imported_too(
    storage: Storage, env: dict[str, str], file: Path
) -> None:
    file.write_text(json.dumps(PETSTORE_1))

    made = gatehouse(env, "import", "openapi", file, "--service", "pets")

    assert made.exit_code == 0, made.output
    assert {r.http_method for r in of_pets(storage, MappingRule)} >= {"GET", "POST", "DELETE"}


def test_a_document_in_several_files_is_read_whole_but_not_from_elsewhere(
    storage: Storage, env: dict[str, str], file: Path
) -> None:
    parts = file.parent / "parts"
    parts.mkdir()
    (parts / "pets.yaml").write_text("get: {operationId: findPets}\n")
    file.write_text(json.dumps({**KEYED, "paths": {"/pets": {"$ref": "parts/pets.yaml"}}}))
    made = gatehouse(env, "import", "openapi", file)
    file.write_text(json.dumps({**KEYED, "paths": {"/pets": {"$ref": "../../etc/x.yaml"}}}))
    refused = gatehouse(env, "import", "openapi", file)

    assert "+ service pets, method findPets" in made.output
    assert refused.exit_code == 1
    assert "is in no folder below that of the document" in refused.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "must be JSON. At line 1, column 2"),
        ("[]", "must be an object"),
        ('{"openapi": "3.1.0"}', 'must have a "title"'),
    ],
)
def test_what_is_no_specification_is_refused_and_nothing_stored(
    storage: Storage, env: dict[str, str], file: Path, text: str, told: str
) -> None:
    file.write_text(text)

    refused = gatehouse(env, "import", "openapi", file)

    assert refused.exit_code == 1
    assert told in refused.output


def test_a_dry_run_stores_nothing(storage: Storage, env: dict[str, str], file: Path) -> None:
    told = gatehouse(env, "import", "openapi", file, "--dry-run")

    assert "Dry run: nothing is stored." in told.output
    with storage.database.read() as db:
        assert "pets" not in db.exec(select(Service.system_name)).all()

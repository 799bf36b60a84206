"""`gatehouse export`, `apply` and `diff` of a tenant who has a token and no database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from sqlmodel import Session, col, select
from starlette.applications import Starlette
from typer.testing import Result

from server.actions.provider.providers import create_empty_provider, create_provider
from server.as_code import wire
from server.as_code.apply import read_state
from server.as_code.writing import texts_of
from server.auth.dependencies import Dependencies
from server.domain.events import EventRecord
from server.domain.provider.tokens import AccessToken
from server.domain.services.proxies import ProbeResult
from server.kit.crypto import token_digest
from server.rest.params import MAX_FILE_BODY
from server.rest.routes import routes
from server.runtime.storage import Storage
from tests.kit.gateway import serving
from tests.kit.moving import environment_of, opened, seed, workspace_of
from tests.server.cli.test_as_code import bytes_of, gatehouse, write

NOBODY = "http://127.0.0.1:9"
READS_ONLY = "a-token-that-only-reads"


def probe_nothing(_service_id: int) -> ProbeResult:
    """Fail: no test call is asked for."""
    pytest.fail("nobody asked for a test call")


@dataclass
class Side:
    """An installation that serves, and what its first tenant calls with."""

    storage: Storage
    url: str
    token: Path
    provider_id: int
    others_id: int = 0

    async def run(self, *words: object, token: Path | None = None) -> Result:
        """Run a command of the tenant's, who has no data folder."""
        env = {"CRM_CODE": "open sesame", "GATEHOUSE_DATA_DIR": "/nowhere"}
        given = ("--url", self.url, "--token-file", token or self.token)
        return await asyncio.to_thread(gatehouse, env, *words, *given)

    def export_of(self, provider_id: int) -> dict[str, str]:
        """Read the files of a provider here, with secrets."""
        with self.storage.database.read() as db:
            state = read_state(workspace_of(db, self.storage, provider_id))
        return texts_of(state, secrets=True)

    async def put(self, **options: Any) -> httpx.Response:
        """Send something to be applied."""
        headers = {"authorization": f"Bearer {self.token.read_text()}"}
        async with httpx.AsyncClient() as client:
            url = f"{self.url}/admin/api/configuration.json"
            return await client.put(url, headers=headers, **options)


def token_that_reads(db: Session, value: str) -> None:
    """Make a token of the first admin that may only read."""
    first = db.exec(select(AccessToken).order_by(col(AccessToken.id))).all()[0]
    kept = first.model_dump(exclude={"id", "created_at", "digest", "permission", "name"})
    db.add(AccessToken(**kept, name="reads", permission="ro", digest=token_digest(value)))


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[tuple[Side, Side]]:
    """Serve a tenant that has a bit of everything, and an empty one with a neighbour."""
    made = []
    async with AsyncExitStack() as stack:
        for name in ("old", "new"):
            storage = opened(environment_of(tmp_path / name, "http://127.0.0.1"))
            stack.callback(storage.database.close)
            deps = Dependencies(storage.database, storage.installation, probe_nothing)
            app = Starlette(routes=routes(replace(deps, folders=wire)))
            url = await stack.enter_async_context(serving(app))
            made.append(Side(storage, url, tmp_path / f"{name}-token", 0))
        old, new = made
        tenant = seed(old.storage, NOBODY).made
        old.provider_id = tenant.provider.id
        old.token.write_text(tenant.access_token)
        with new.storage.database.write() as db:
            installation = new.storage.installation
            empty = create_empty_provider(db, installation, "Globex", "admin@globex.example")
            other = create_provider(db, installation, "Other", "admin@other.example")
            token_that_reads(db, READS_ONLY)
            new.provider_id, new.others_id = empty.provider.id, other.provider.id
        new.token.write_text(empty.access_token)
        yield old, new


async def test_a_tenant_without_a_database_exports_compares_and_applies(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    old, new = sides
    folder, again = tmp_path / "folder", tmp_path / "again"
    before, others = (new.export_of(each) for each in (new.provider_id, new.others_id))

    exported = await old.run("export", folder, "--secrets")
    dry = await new.run("apply", folder, "--prune", "--dry-run")
    assert (exported.exit_code, dry.exit_code) == (0, 0), exported.output + dry.output
    assert new.export_of(new.provider_id) == before
    assert (await new.run("diff", folder)).exit_code == 2
    done = await new.run("apply", folder, "--prune")
    assert done.output.replace("Done.", "Dry run: nothing is stored.") == dry.output
    assert "+ service pets\n" in done.output
    assert (await new.run("apply", folder, "--prune")).output == "Nothing to change.\n"
    assert (await new.run("export", again, "--secrets")).exit_code == 0
    assert bytes_of(again) == bytes_of(folder)
    assert new.export_of(new.provider_id) == old.export_of(old.provider_id)
    assert new.export_of(new.others_id) == others
    same = await new.run("diff", folder, "--json")
    assert (same.exit_code, json.loads(same.output)["provider"]) == (0, "Acme"), same.output
    with new.storage.database.read() as db:
        told = db.exec(select(EventRecord).where(EventRecord.face == "as_code")).all()
    assert {(each.provider_id, each.actor_kind) for each in told} == {(new.provider_id, "staff")}


async def test_secrets_of_a_folder_come_from_the_environment_of_the_command(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    old, _ = sides
    folder = tmp_path / "folder"
    await old.run("export", folder)
    text = (folder / "provider.yaml").read_text()
    named = "settings:\n  site_access_code: '${%s}'\n"
    write(folder, {"provider.yaml": text.replace("settings:\n", named % "CRM_CODE")})
    done = await old.run("apply", folder)
    assert done.exit_code == 0, done.output
    assert "open sesame" not in done.output
    assert "site_access_code: open sesame" in old.export_of(old.provider_id)["provider.yaml"]

    write(folder, {"provider.yaml": text.replace("settings:\n", named % "NOT_SET")})
    refused = await old.run("apply", folder)
    assert (refused.exit_code, "NOT_SET, which is not set" in refused.output) == (1, True)


async def test_what_is_wrong_is_told_with_its_place_and_nothing_is_stored(
    sides: tuple[Side, Side], tmp_path: Path
) -> None:
    old, new = sides
    folder, reads = tmp_path / "folder", tmp_path / "reads"
    reads.write_text(READS_ONLY)
    before = new.export_of(new.provider_id)

    assert (await new.run("export", folder, token=reads)).exit_code == 0
    assert (await new.run("diff", folder, token=reads)).exit_code == 0
    for command in (("export", folder, "--secrets"), ("apply", folder, "--dry-run")):
        refused = await new.run(*command, token=reads)
        assert (refused.exit_code, "refuses the token (403)" in refused.output) == (1, True)

    files = {path: content.decode() for path, content in bytes_of(folder).items()}
    wrong = {**files, "services/x.yaml": "system_name: x\nname: 'no'\nmetrics: 7\n"}
    cases: list[tuple[object, str]] = [
        (json.dumps({"files": wrong}), "services/x.yaml:3: metrics: must be a list"),
        (json.dumps({"files": {}}), "There is no provider.yaml"),
        (json.dumps({"files": {**files, "../../etc/passwd": "x"}}), "no path within the folder"),
        (json.dumps({"files": files, "base64": {"portal/files/a": "*"}}), "is no base64"),
        (json.dumps({"files": {**files, "specs/x.yaml": "name: \ud800"}}), "is not UTF-8 text"),
        (json.dumps({"files": [1]}), "must be a JSON object"),
        ("[", "must be a JSON object"),
    ]
    for content, words in cases:
        answer = await new.put(files={"folder": ("folder.json", content)})
        assert answer.status_code == 422, answer.text
        assert words in answer.json()["errors"]["folder"][0]
    answers = [
        await new.put(),
        await new.put(data={"folder": "x"}),
        await new.put(files={"folder": "{}"}, data={"prune": "perhaps"}),
        await new.put(files={"folder": b" " * (MAX_FILE_BODY + 1)}),
    ]
    assert [each.status_code for each in answers] == [422, 422, 422, 413]
    write(folder, {"services/x.yaml": "system_name: x\nname: X\napplication_plans: 7\n"})
    told = await new.run("apply", folder)
    assert (told.exit_code, "services/x.yaml:3: application_plans" in told.output) == (1, True)
    assert new.export_of(new.provider_id) == before

    for mixed in (("--token-file", reads), ("--provider", "Other", "--url", new.url)):
        told = await asyncio.to_thread(gatehouse, {}, "apply", folder, *mixed)
        assert (told.exit_code, "--" in told.output) == (1, True)
    for url, words_told in (("http://example.com", "Write https"), (f"{new.url}/p", "no admin")):
        told = await replace(new, url=url).run("export", folder)
        assert (told.exit_code, words_told in told.output) == (1, True)

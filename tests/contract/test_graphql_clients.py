"""Real tools take the schema, and the clients that they generate run the tutorial."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.registered_documents import clean_documents
from server.graphql.admin.schema import ADMIN
from server.graphql.export import FILES
from server.graphql.ids import global_id
from tests.kit.graphql import client_of
from tests.kit.process import Gatehouse, running

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "graphql_clients"
RELEASED = ROOT / "tests/golden/graphql"
SCHEMA = ROOT / "server/graphql/schema.graphql"
BIN = ROOT / "node_modules/.bin"
CODEGEN = ROOT / "build/codegen"
TOLD = {"same": True, "key": True, "renamed": "Port", "late": "VERSION_CONFLICT", "current": True}
LIVE = {"sse": "account.updated", "ws": "account.updated", "first": 0, "then": 1}
PACKAGE = """[tool.ariadne-codegen]
schema_path = "{schema}"
queries_path = "tutorial.graphql"
target_package_name = "made"
async_client = false
"""
RELAY = """const {{ graphql }} = require("react-relay");
graphql`{first}`;
graphql`
  mutation relayRenameMutation($input: AccountUpdateInput!) {{
    accountUpdate(input: $input) {{ account {{ id orgName }} clientMutationId }}
  }}
`;
graphql`
  fragment relay_accounts on Query
    @argumentDefinitions(count: {{ type: "Int", defaultValue: 10 }}, cursor: {{ type: "String" }})
    @refetchable(queryName: "relayAccountsQuery") {{
    accounts(first: $count, after: $cursor) @connection(key: "relay_accounts") {{
      edges {{ node {{ id orgName }} }}
    }}
  }}
`;
"""


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a real server for both clients."""
    with running(tmp_path_factory.mktemp("data")) as gatehouse:
        client_of(gatehouse).ask("{ provider { name } }")  # who asks first waits longest
        yield gatehouse


def tutorial(kinds: str = "") -> str:
    """Give the operations of the tutorial; `kinds` are further ones that not all clients run."""
    text = (ROOT / "docs/graphql.md").read_text()
    return "\n".join(re.findall(rf"```graphql(?:{kinds})?\n(.*?)```", text, re.DOTALL))


def registered(file: Path) -> dict[str, str]:
    """Read a manifest as it would be registered: hashes and documents must be right."""
    documents = clean_documents(json.loads(file.read_text()))
    schema = ADMIN.schema
    for text in documents.values():
        assert not schema.documents.prepare(schema._schema, text, for_visitor=True).errors, text
    return documents


def run(*command: object, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_nothing_breaks_who_built_on_the_last_release(tmp_path: Path) -> None:
    for file in FILES:
        old = RELEASED / file.name.replace("schema", "released")
        run(BIN / "graphql-inspector", "diff", old, file, cwd=tmp_path)
    broken = tmp_path / "broken.graphql"
    broken.write_text(re.sub(r"\n  orgName: String!", "", SCHEMA.read_text(), count=1))

    with pytest.raises(AssertionError, match="breaking"):
        run(BIN / "graphql-inspector", "diff", SCHEMA, broken, cwd=tmp_path)


@pytest.mark.slow
def test_relay_takes_the_schema(tmp_path: Path) -> None:
    first = "query relayFirstQuery { node(id: 1) { id ... on Account { orgName } } }"
    (tmp_path / "relay.js").write_text(RELAY.format(first=first))
    (tmp_path / "schema.graphql").write_text(SCHEMA.read_text())
    config = {
        "src": ".",
        "schema": "schema.graphql",
        "language": "javascript",
        "persistConfig": {"file": "documents.json", "algorithm": "SHA256"},
    }
    (tmp_path / "relay.config.json").write_text(json.dumps(config))
    (tmp_path / "documents.json").write_text("{}")  # it wants to find one

    run(BIN / "relay-compiler", "relay.config.json", cwd=tmp_path)

    assert {file.name for file in (tmp_path / "__generated__").iterdir()} >= {
        "relayAccountsQuery.graphql.js",
        "relayFirstQuery.graphql.js",
        "relayRenameMutation.graphql.js",
    }
    assert len(registered(tmp_path / "documents.json")) == 3


@pytest.mark.slow
def test_the_python_client_runs_the_tutorial(tmp_path: Path, gatehouse: Gatehouse) -> None:
    (tmp_path / "tutorial.graphql").write_text(tutorial())
    (tmp_path / "pyproject.toml").write_text(PACKAGE.format(schema=SCHEMA))
    env = {"PYTHONPATH": f"{CODEGEN}{os.pathsep}{tmp_path}"}
    path = f"{CODEGEN / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run(sys.executable, CODEGEN / "bin/ariadne-codegen", cwd=tmp_path, PATH=path, **env)

    told = run(sys.executable, HERE / "tutorial.py.txt", *known(gatehouse), cwd=tmp_path, **env)

    assert json.loads(told) == {**TOLD, "provider": "Gatehouse", "found": ["Harbour"]}


@pytest.mark.slow
def test_the_typescript_client_runs_the_tutorial(tmp_path: Path, gatehouse: Gatehouse) -> None:
    (tmp_path / "tutorial.graphql").write_text(tutorial(" live| export"))
    (tmp_path / "tutorial.ts").write_text((HERE / "tutorial.ts").read_text())
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    kept = {"persistedDocuments": {"hashAlgorithm": "sha256"}}
    made = {"preset": "client", "presetConfig": kept, "config": {"documentMode": "string"}}
    config = {
        "schema": str(SCHEMA),
        "documents": "tutorial.graphql",
        "generates": {"made/": made},
    }
    (tmp_path / "codegen.json").write_text(json.dumps(config))
    run(BIN / "graphql-codegen", "--config", "codegen.json", cwd=tmp_path)
    assert len(registered(tmp_path / "made/persisted-documents.json")) > 10
    run(
        *(BIN / "esbuild", "tutorial.ts", "--bundle", "--platform=node", "--outfile=tutorial.js"),
        cwd=tmp_path,
    )

    start = gatehouse.first_start
    sample = start["sample"]
    call = f"{start['service']['production_base_url']}/?user_key={sample['user_key']}"
    application = global_id("Application", sample["application_id"])
    told = run("node", "tutorial.js", *known(gatehouse), call, application, cwd=tmp_path)

    found = json.loads(told)
    assert found.pop("live") == LIVE
    assert found.pop("bulk") == {"states": ["COMPLETED"] * 2, "exported": True, "errors": 1}
    assert found == {**TOLD, "provider": "Gatehouse", "found": ["Airfield"]}


def known(gatehouse: Gatehouse) -> tuple[str, str]:
    """Tell the address and a token."""
    return f"{gatehouse.url}/admin/api/graphql", gatehouse.first_start["access_token"]

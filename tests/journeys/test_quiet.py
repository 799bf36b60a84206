"""Nothing that a real process writes down holds a secret: logs, errors, traces, metrics."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from tests.kit.graphql import client_of
from tests.kit.process import COMMAND, Gatehouse, running, until
from tests.kit.services import free_port

pytestmark = pytest.mark.slow
CHOSEN = {
    "smtp password": "canary%2Fsmtp%40word",
    "user key": "canary-user-key-1",
    "app key": "canary.app.key.2",
    "secret token": "canary_secret_token_3",
    "policy's header": "Bearer canary.policy.4",
    "password": "canary pass word 5 x",
    "activation code": "canaryc0de6canaryc0de6canaryc0de6canaryc0de6abcd",
    "reset code": "canaryc0de7canaryc0de7canaryc0de7canaryc0de7abcd",
    "cookie": "canarycookie8",
}


def secrets_of(gatehouse: Gatehouse) -> dict[str, str]:
    """List all secrets by kind: those that we chose, and those of the first start."""
    start = gatehouse.first_start
    return {
        **CHOSEN,
        "smtp password as meant": "canary/smtp@word",
        "admin password": start["admin"]["password"],
        "provider key": start["provider_key"],
        "access token": start["access_token"],
        "service token": start["service"]["service_token"],
        "sample password": start["sample"]["password"],
        "first user key": start["sample"]["user_key"],
    }


def prepare(gatehouse: Gatehouse) -> None:
    """Choose secrets, and an upstream that is down."""
    client, start = client_of(gatehouse), gatehouse.first_start
    number = start["sample"]["application_id"]
    asked = "{ applications(first: 9) { nodes { id legacyId service { id } } } }"
    nodes = client.ask(asked)["applications"]["nodes"]
    sample = next(node for node in nodes if node["legacyId"] == number)
    given = {"applicationId": sample["id"], "value": CHOSEN["user key"]}
    assert not client.do("userKeyReplace:KeyInput", given)["userErrors"]
    header = {"op": "set", "header": "Authorization", "value": CHOSEN["policy's header"]}
    chain = [
        {"name": "headers", "configuration": {"request": [header]}},
        {"name": "apicast", "configuration": {}},
    ]
    changes = {
        "serviceId": sample["service"]["id"],
        "apiBackend": f"http://127.0.0.1:{free_port()}",
        "secretToken": CHOSEN["secret token"],
        "policyChain": chain,
    }
    assert not client.do("proxyUpdate", changes)["userErrors"]


def drive(gatehouse: Gatehouse, *again: str) -> list[httpx.Response]:
    """Send what people and programs send, right and wrong, with secrets in every place."""
    cookies = f"admin_session={CHOSEN['cookie']}; x={CHOSEN['cookie']}"
    answers = []
    for method, url, options in [*requests_of(gatehouse), *(("GET", p, {}) for p in again)]:
        headers = {"cookie": cookies, "connection": "close", **options.pop("headers", {})}
        try:
            answers.append(
                httpx.request(
                    method, f"{gatehouse.url}{url}", timeout=30, headers=headers, **options
                )
            )
        except httpx.TransportError:
            assert gatehouse.process is not None
            assert gatehouse.process.poll() is None, "the process ended"
    return answers


def requests_of(gatehouse: Gatehouse) -> list[tuple[str, str, dict[str, Any]]]:
    """Write the requests: method, path and options."""
    start, key, other = gatehouse.first_start, CHOSEN["user key"], CHOSEN["app key"]
    token, provider_key = start["access_token"], start["provider_key"]
    service_token = start["service"]["service_token"]
    api = f"/gateway/staging/{start['service']['system_name']}"
    login = {"username": "j", "password": CHOSEN["password"]}
    code, reset = CHOSEN["activation code"], CHOSEN["reset code"]
    queries = [("POST", "/admin/api/graphql", graphql(query, token=token)) for query in QUERIES]
    return [
        ("GET", f"{api}/a?user_key={key}", {}),
        ("GET", f"{api}/a?user_key=wrong-{key}&app_key={other}", {}),
        ("GET", f"{api}/a;{key}/../{other}", {"headers": {"user_key": key}}),
        ("POST", f"{api}/a", {"data": {"user_key": key}}),
        ("GET", f"{api}/a", {"auth": (key, other)}),
        ("GET", f"/activate/{code}", {}),
        ("GET", f"/no/such/{code}/page", {}),
        ("GET", f"/admin/account/password?password_reset_token={reset}", {}),
        ("GET", f"/p/admin/password?password_reset_token={reset}", {}),
        ("POST", "/session", {"data": login}),
        ("POST", "/p/admin/login", {"data": login}),
        ("GET", f"/admin/api/accounts.json?access_token={token}", {}),
        ("GET", f"/admin/api/accounts.json?provider_key={provider_key}", {}),
        ("GET", f"/admin/api/nothing.json?access_token={other}", {}),
        ("GET", f"/transactions/authrep.xml?provider_key={provider_key}&user_key={key}", {}),
        ("GET", f"/transactions/authorize.xml?service_token={service_token}&service_id=1"
                f"&user_key={key}", {}),
        *queries,
    ]  # fmt: skip


QUERIES = [
    f'mutation {{ sessionCreate(input: {{username: "j", password: "{CHOSEN["password"]}"}}) ',
    f'{{ nonsense(password: "{CHOSEN["password"]}") }}',
    f"{{ applications(first: 9) {{ nodes {{ keys {{ createdAt }} }} }} }} # {CHOSEN['app key']}",
    'mutation { userKeyReplace(input: {applicationId: "QXBwbGljYXRpb246MQ", '
    f'value: "{CHOSEN["app key"]}"}}) {{ userErrors {{ message }} }} }}',
]


def graphql(query: str, *, token: str) -> dict[str, Any]:
    """Write GraphQL with its secrets inline and in variables."""
    content = json.dumps({"query": query, "variables": {"v": CHOSEN["password"]}})
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    return {"content": content, "headers": headers}


def hide_table(gatehouse: Gatehouse, name: str) -> None:
    """Take a table away, so that what needs it fails."""
    with sqlite3.connect(gatehouse.data_dir / "gatehouse.db", timeout=30) as connection:
        connection.execute(f"ALTER TABLE {name} RENAME TO {name}_away")
    connection.close()


def told(gatehouse: Gatehouse, answers: list[httpx.Response]) -> str:
    """Join all that the process said, but for where it was asked to say it."""
    metrics = httpx.get(f"{gatehouse.url}/metrics", timeout=30).text
    faults = [answer.text for answer in answers if answer.status_code >= 500]
    return "\n".join([gatehouse.output, metrics, *faults])


def test_a_process_tells_no_secret_whatever_happens_to_it(tmp_path: Path) -> None:
    smtp = f"smtp://mailer:{CHOSEN['smtp password']}@127.0.0.1:{free_port()}"
    with running(tmp_path / "data", GATEHOUSE_SMTP_URL=smtp, GATEHOUSE_LOG="debug") as gatehouse:
        prepare(gatehouse)
        answers = drive(gatehouse)
        for table in ("application_keys", "users", "one_time_tokens", "applications", "services"):
            hide_table(gatehouse, table)
            answers += drive(gatehouse, "/p/admin/mails")
        until(lambda: "upstream_unreachable" in gatehouse.output)
        text, secrets = told(gatehouse, answers), secrets_of(gatehouse)

    assert len([a for a in answers if a.status_code >= 500]) > 10
    assert '"request"' in text
    assert "Traceback" in text or '"exc_type"' in text
    found = {kind: line for kind, value in secrets.items() for line in text.splitlines()
             if value in line}  # fmt: skip
    assert not found


SETTINGS: dict[str, Callable[[str], dict[str, str]]] = {
    "PostgreSQL that is away": lambda port: {
        "GATEHOUSE_DATABASE_URL": f"postgresql://me:canary-db-word@127.0.0.1:{port}/x"
    },
    "PostgreSQL by argument": lambda port: {
        "GATEHOUSE_DATABASE_URL": f"postgresql://127.0.0.1:{port}/x?password=canary-db-word&user=me"
    },
    "Redis that is away": lambda port: {
        "GATEHOUSE_REDIS_URL": f"redis://me:canary-db-word@127.0.0.1:{port}/0"
    },
    "a port that is none": lambda port: {
        "GATEHOUSE_REDIS_URL": "redis://me:canary-db-word@127.0.0.1:x/0"
    },
    "SMTP": lambda port: {"GATEHOUSE_SMTP_URL": "smtp://me:canary-db-word@127.0.0.1:x"},
    "a URL of nothing": lambda port: {"GATEHOUSE_DATABASE_URL": "mysql://me:canary-db-word@h/x"},
}


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        *((name, ["serve"]) for name in SETTINGS if name != "SMTP"),  # with that it serves
        ("SMTP", ["settings"]),
        ("PostgreSQL by argument", ["settings"]),
        ("PostgreSQL that is away", ["export", "x"]),
    ],
)
def test_a_command_that_cannot_begin_tells_no_password(
    tmp_path: Path, setting: str, command: list[str]
) -> None:
    env: dict[str, Any] = SETTINGS[setting](str(free_port()))
    gatehouse = Gatehouse(tmp_path / "data", env)
    words = [*command, "--port", str(free_port())] if command == ["serve"] else command

    done = subprocess.run(
        [*COMMAND, *words], env=gatehouse.environment, capture_output=True, timeout=120, cwd=".",
        check=False,
    )  # fmt: skip

    assert b"canary" not in done.stdout + done.stderr

"""Clients of the reference, byte for byte, before a real process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx2 as httpx
import pytest

from tests.kit.process import Gatehouse, nursery_of_run
from tests.kit.raw import say, statuses

XML = b'<?xml version="1.0" encoding="UTF-8"?>'
AUTHREP = "/transactions/authrep.xml"


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a Gatehouse whose public URL has a host of its own."""
    env = {"GATEHOUSE_PUBLIC_URL": "http://public.example:8000"}
    gatehouse = Gatehouse(
        tmp_path_factory.mktemp("reference") / "data", env, nursery=nursery_of_run()
    )
    gatehouse.start()
    add_limit(gatehouse)
    yield gatehouse
    gatehouse.stop()


def rows(gatehouse: Gatehouse, query: str) -> list[tuple[Any, ...]]:
    """Read what stands in the database."""
    with closing(sqlite3.connect(gatehouse.data_dir / "gatehouse.db")) as db:
        return db.execute(query).fetchall()


def add_limit(gatehouse: Gatehouse) -> None:
    """Limit the hits of the sample's plan, so that status answers tell how many there were."""
    [(plan, metric)] = rows(
        gatehouse,
        "SELECT a.plan_id, m.id FROM applications a, metrics m "
        "WHERE m.service_id = a.service_id AND m.system_name = 'hits'",
    )
    path = f"/admin/api/application_plans/{plan}/metrics/{metric}/limits.json"
    token = {"access_token": gatehouse.first_start["access_token"]}
    form = token | {"period": "eternity", "value": "1000000"}
    url = f"http://127.0.0.1:{gatehouse.port}{path}"
    assert httpx.post(url, data=form, timeout=30).status_code == 201  # it loads all but the gateway


def ask(
    gatehouse: Gatehouse,
    target: str,
    *,
    method: str = "GET",
    host: str = "backend.internal:3000",
    form: str = "",
) -> bytes:
    """Send a request to the letter; `{who}` is the sample's service and application.

    Gives the whole answer.
    """
    start = gatehouse.first_start
    service, key = start["service"], start["sample"]["user_key"]
    token = f"service_token={service['service_token']}&service_id={service['id']}"
    target = target.replace("{who}", f"{token}&user_key={key}").replace("{token}", token)
    body = form.replace("{key}", key).encode()
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    if body:
        lines.append("Content-Type: application/x-www-form-urlencoded")
        lines.append(f"Content-Length: {len(body)}")
    return say(gatehouse.port, "\r\n".join([*lines, "", ""]).encode() + body)


def hits(gatehouse: Gatehouse) -> int:
    """Read how many hits of the day are counted."""
    answer = ask(gatehouse, f"{AUTHREP}?{{who}}")
    return int(answer.partition(b"<current_value>")[2].partition(b"<")[0])


@pytest.mark.parametrize(
    "host",
    [
        "backend.internal:3000",
        "apisonator",
        "gatehouse_app_1",
        "nobody.localhost",
        "public.example:8000",
        "localhost",
        "127.0.0.1",
    ],
)
def test_any_host_is_answered(gatehouse: Gatehouse, host: str) -> None:
    answer = ask(gatehouse, f"{AUTHREP}?{{who}}", host=host)

    assert statuses(answer) == [200]
    assert b"<authorized>true</authorized>" in answer
    assert b"set-cookie" not in answer.lower()


def test_a_tenants_gateway_keeps_its_paths(gatehouse: Gatehouse) -> None:
    names = [name for (name,) in rows(gatehouse, "SELECT name FROM hosts WHERE kind = 'gateway'")]
    assert names
    for name in names:
        taken, free = (ask(gatehouse, "/status", host=f"{each}.localhost") for each in (name, "x"))

        assert b'{"status":"ok"' not in taken
        assert b'{"status":"ok"' in free


@pytest.mark.parametrize("path", ["//transactions/authrep.xml", "/transactions//./authrep.xml"])
def test_slashes_and_dots_are_read_as_one_path(gatehouse: Gatehouse, path: str) -> None:
    for host in ("localhost", "backend.internal"):
        answer = ask(gatehouse, f"{path}?{{who}}", host=host)

        assert statuses(answer) == [200]
        assert XML in answer


def test_head_counts_and_has_no_body(gatehouse: Gatehouse) -> None:
    before = hits(gatehouse)

    answer = ask(gatehouse, f"{AUTHREP}?{{who}}&usage[hits]=1", method="HEAD")

    assert statuses(answer) == [200]
    assert answer.endswith(b"\r\n\r\n")
    assert hits(gatehouse) == before + 1


def test_a_form_beside_a_get_is_merged(gatehouse: Gatehouse) -> None:
    before = hits(gatehouse)

    answer = ask(gatehouse, f"{AUTHREP}?{{who}}", form="usage[hits]=2")

    assert statuses(answer) == [200]
    assert hits(gatehouse) == before + 2


def test_a_batch_with_its_credential_in_the_query_is_counted(gatehouse: Gatehouse) -> None:
    before = hits(gatehouse)
    form = "transactions[0][user_key]={key}&transactions[0][usage][hits]=3"

    answer = ask(gatehouse, "/transactions.xml?{who}", method="POST", form=form)

    assert statuses(answer) == [202]
    assert hits(gatehouse) == before + 3


@pytest.mark.parametrize("key", ["schlüssel", "ключ", "鍵🔑"])
def test_raw_utf8_is_read(gatehouse: Gatehouse, key: str) -> None:
    answer = ask(gatehouse, f"{AUTHREP}?{{token}}&user_key={key}")

    error = f'<error code="user_key_invalid">user key "{key}" is invalid</error>'
    assert statuses(answer) == [403]
    assert answer.endswith(XML + error.encode())


def test_raw_bytes_that_are_no_utf8_are_told(gatehouse: Gatehouse) -> None:
    line = f"GET {AUTHREP}?user_key=".encode() + b"\xff HTTP/1.1\r\n"
    rest = b"Host: backend.internal\r\nConnection: close\r\n\r\n"

    answer = say(gatehouse.port, line + rest)

    assert statuses(answer) == [422]
    assert b'<error code="not_valid_data">all data must be valid UTF8</error>' in answer

"""The job that brings bulk operations on: a page or some lines at a time, for who started them.

Each page and line is a request like any other: the same permissions, limits and prices. Lines of
an import come with idempotency keys: one that was carried out before its job was ended is told
what it was told then.
"""

import json
import time
from typing import Any

from cross_web import HTTPException
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from server.actions.provider.bulk import (
    LINES,
    Progress,
    bring_on,
    claim_operation,
    fail_operation,
    let_go,
    read_part,
)
from server.actions.provider.bulk_results import is_cut, is_refused
from server.actions.work import Work
from server.auth.actors import find_actor_again
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.provider.bulk import BulkKind, BulkOperation
from server.domain.provider.providers import Provider
from server.graphql.admin.schema import ADMIN
from server.graphql.callers import AuthContext
from server.graphql.http import Face, View, run_in_thread, with_body
from server.graphql.requests import JSON, MAX_BODY_BYTES
from server.kit.paging import MAX_PAGE
from server.kit.strict_json import json_bytes, parse_json
from server.web.requests import BadRequest

SLICE_S = 5.0  # then other jobs have their turn
STEP_LINES, STEP_S = 50, 2.0  # of an import, between two commits
MOST_WAIT_S = 10.0
GONE = "Who started it is not allowed in any more."


class Stuck(Exception):
    """The operation can't go on; the message says why."""


class _View(View):
    """The view of the provider's side, for one operation's caller."""

    def __init__(self, deps: Dependencies, operation: BulkOperation) -> None:
        self._operation = operation
        super().__init__(Face(deps, ADMIN, self._recognise, deps.gates.staff_points))

    def find_provider(self, db: Session, request: Request) -> Provider:
        return db.get_one(Provider, self._operation.provider_id)

    def _recognise(self, auth: AuthContext) -> Actor:
        asked, clock = self._operation, auth.deps.installation.clock
        actor = find_actor_again(auth.db, clock, asked.provider_id, asked.user_id, asked.token_id)
        if actor is None:
            raise BadRequest(401, GONE)
        return actor


class BulkRunner:
    """Brings on what is there to be done."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    def run(self) -> bool:
        """Bring one operation on for some seconds; tell whether there was one."""
        with self._deps.database.write() as db:
            operation = claim_operation(self._work(db, 0))
        if operation is None:
            return False
        try:
            self._bring_on(operation)
        except Stuck as stuck:
            with self._deps.database.write() as db:
                fail_operation(self._work(db, operation.provider_id), operation.id, str(stuck))
        return True

    def _bring_on(self, operation: BulkOperation) -> None:
        """Go on until the end, or until others have their turn. Raises: Stuck."""
        view = _View(self._deps, operation)
        step = self._export if operation.kind == BulkKind.EXPORT else self._import
        until_s = time.monotonic() + SLICE_S
        while time.monotonic() < until_s:
            progress = step(view, operation)
            with self._deps.database.write() as db:
                if not bring_on(self._work(db, operation.provider_id), operation.id, progress):
                    return
            operation.position = progress.position
        with self._deps.database.write() as db:
            let_go(self._work(db, operation.provider_id), operation.id)

    def _export(self, view: View, operation: BulkOperation) -> Progress:
        """Read the next page. Raises: Stuck."""
        variables = json.loads(self._unsealed(operation))
        variables |= {"first": MAX_PAGE, "after": operation.position or None}
        body = _ask(view, operation, variables)
        if body.get("errors"):
            raise Stuck(body["errors"][0]["message"])
        (page,) = body["data"].values()
        lines = [json_bytes(node).decode() for node in page["nodes"]]
        cut = sum(map(is_cut, page["nodes"]))
        info = page["pageInfo"]
        return Progress(lines, cut, info["endCursor"] or "", not info["hasNextPage"])

    def _import(self, view: View, operation: BulkOperation) -> Progress:
        """Carry the next lines out. Raises: Stuck."""
        done = int(operation.position or 0)
        part, at = divmod(done, LINES)
        waiting = self._lines(operation, part)[at:]
        until_s = time.monotonic() + STEP_S
        lines: list[str] = []
        errors = 0
        for number, line in enumerate(waiting[:STEP_LINES], done + 1):
            told = _carried_out(view, operation, number, line)
            errors += is_refused(told)
            lines.append(json_bytes({"line": number, **told}).decode())
            if time.monotonic() > until_s:
                break
        done += len(lines)
        is_end = not self._lines(operation, done // LINES)[done % LINES :]
        return Progress(lines, errors, str(done), is_end)

    def _lines(self, operation: BulkOperation, number: int) -> list[str]:
        with self._deps.database.read() as db:
            installation = self._deps.installation
            text = read_part(db, installation, operation.id, number, is_result=False)
        return (text or "").split("\n") if text else []

    def _unsealed(self, operation: BulkOperation) -> str:
        sealed = operation.variables_sealed
        return self._deps.installation.vault.unseal(sealed) if sealed else "{}"

    def _work(self, db: Session, provider_id: int) -> Work:
        return Work(db, Actor.system(provider_id, "bulk"), self._deps.installation)


def _carried_out(view: View, operation: BulkOperation, number: int, line: str) -> dict[str, Any]:
    """Carry one line out; what is wrong with it is told beside it. Raises: Stuck."""
    try:
        variables = parse_json(line)
    except (ValueError, RecursionError):
        return _wrong("The line is not JSON.")
    if not isinstance(variables, dict):
        return _wrong("The line must be a JSON object: the variables of the mutation.")
    if len(line.encode()) > MAX_BODY_BYTES:
        return _wrong(f"A line holds at most {MAX_BODY_BYTES} bytes.")
    body = _ask(view, operation, variables, f"bulk:{operation.id}:{number}")
    return {name: body[name] for name in ("data", "errors") if body.get(name) is not None}


def _wrong(message: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": "BAD_USER_INPUT"}}]}


def _ask(
    view: View, operation: BulkOperation, variables: dict[str, Any], key: str = ""
) -> dict[str, Any]:
    """Ask, and wait where the caller's points are used up. Raises: Stuck."""
    while True:
        response = _answer(view, operation, variables, key)
        if response.status_code != 429:
            break
        time.sleep(min(float(response.headers.get("retry-after", "1")), MOST_WAIT_S))
    body: dict[str, Any] = json.loads(bytes(response.body))
    codes = {(each.get("extensions") or {}).get("code") for each in body.get("errors") or ()}
    if codes & {"UNAUTHENTICATED", "INTERNAL_ERROR", "UNAVAILABLE"}:
        raise Stuck(body["errors"][0]["message"])
    return body


def _answer(view: View, operation: BulkOperation, variables: dict[str, Any], key: str) -> Response:
    body = json_bytes({"query": operation.document, "variables": variables})
    accepts = b"application/graphql-response+json"
    headers = [(b"content-type", JSON.encode()), (b"accept", accepts)]
    if key:
        headers.append((b"idempotency-key", key.encode()))
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/admin/api/graphql",
        "query_string": b"",
        "headers": headers,
        "client": None,
        "server": None,
        "state": {"said": body},
    }
    try:
        answer: Response = run_in_thread(view.run(with_body(Request(scope), body), context=None))
    except BadRequest as error:
        raise Stuck(error.message) from error
    except HTTPException as error:
        raise Stuck(error.reason) from error
    return answer

"""Both GraphQL faces of two providers on one database, and what any of their answers must be."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2 as httpx
from sqlmodel import func, select
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as ASGIScope

from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.provider.tokens import create_token
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sessions import open_session
from server.domain.events import EventRecord
from server.domain.permissions import Scope
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from server.graphql.ids import global_id, parsed
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH
from server.graphql.routes import routes
from server.web.cookies import DEVELOPER as DEVELOPER_PORTAL
from tests.kit.backend_apis import make_mounted
from tests.kit.direct import direct_client, direct_loop
from tests.kit.graphql import Client
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by
from tests.server.graphql.steps import Known, known_to_developer, known_to_provider

STATUSES = {200, 400, 401, 403, 413}  # a 429 would mean that the rest of a test asks nothing
GRAPHQL_JSON = "application/graphql-response+json"
OURS = ("Traceback", "Something went wrong", "INTERNAL_ERROR", 'File "')
FEW = 100
STAFF = ("admin", "member", "reader", "stranger")
SCHEMAS: dict[str, Any] = {
    **dict.fromkeys(STAFF, ADMIN),
    "developer": DEVELOPER,
    "visitor": DEVELOPER,
}


@dataclass
class Face:
    """One schema, somebody who calls it, and real ids by the names of their types."""

    schema: Any
    client: Client
    known: Known = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)
    only_hard: bool = False  # whether only what is hard for a database is sent
    database: Any = None
    provider_id: int = 0
    foreign_rows: frozenset[str] = frozenset()  # all ids that others know

    def newest_event(self) -> int:
        """Tell up to where something has happened."""
        with self.database.read() as db:
            return db.exec(select(func.max(EventRecord.id))).one() or 0

    def wronged(self, answer: httpx.Response, since: int, *, may_write: bool = True) -> str:
        """Tell what an answer shows, or a call did, that is not the caller's; empty for nothing."""
        shown = self.foreign_rows & {*texts_in(answer.json().get("data"))}
        if shown:
            return f"foreign rows: {shown}"
        with self.database.read() as db:
            query = select(EventRecord.provider_id, EventRecord.kind).where(EventRecord.id > since)
            told = db.exec(query).all()
        if not may_write:
            return f"written: {told}" if told else ""
        others = [kind for provider_id, kind in told if provider_id != self.provider_id]
        return f"written elsewhere: {others}" if others else ""


class ManyCallers:
    """An app to which each request seems to come from another address: none is throttled."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._numbers = count()

    async def __call__(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": (f"2001:db8::{next(self._numbers):x}", 50_000)}
        await self._app(scope, receive, send)


@dataclass(frozen=True)
class Furnished:
    """Two providers, what their people call with, and the ids that they know."""

    tokens: dict[str, str]
    known: dict[str, Known]
    own: dict[str, dict[str, str]]
    foreign: dict[str, str]
    rows: dict[str, frozenset[str]]  # all ids of both providers
    providers: dict[str, int]
    database: bytes = b""


@contextmanager
def open_faces(folder: Path, url: str | None = None) -> Iterator[dict[str, Face]]:
    """Open the faces of Acme: its admin, a member and a token that only reads, and a stranger.

    The developer and a visitor come in by the other schema. The stranger is another provider's
    admin, who knows the ids of Acme. Each gets a database of their own, or that of `url`.
    """
    if url is None:
        made = _furnished()
        (folder / "test.db").write_bytes(made.database)
    deps = make_deps(folder, url=url)
    with opened(deps) as called:
        made = _furnish(deps, called) if url else made
        faces = {}
        for name, schema in SCHEMAS.items():
            is_admin, is_strange = schema is ADMIN, name == "stranger"
            path = ADMIN_PATH if is_admin else DEVELOPER_PATH
            client = called(path, made.tokens[name], "globex-admin" if is_strange else "")
            whose = "admin" if is_admin else name
            foreign = made.own["admin"] if is_strange else made.foreign
            own = made.foreign if is_strange else made.own[whose]
            others = "acme" if is_strange else "globex"
            faces[name] = Face(
                schema.schema,
                client,
                dict(made.known[whose]),
                dict(own),
                dict(foreign),
                database=deps.database,
                provider_id=made.providers["globex" if is_strange else "acme"],
                foreign_rows=made.rows[others],
            )
        yield faces
    deps.database.close()


@contextmanager
def opened(deps: Dependencies) -> Iterator[Callable[..., Client]]:
    """Open an app; what is given makes clients: by path, token, the first word of a host."""
    app = ManyCallers(Starlette(routes=routes(deps)))
    with direct_loop() as loop:

        def called(path: str, token: str = "", host: str = "") -> Client:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            base_url = f"http://{host}.localhost" if host else "http://localhost"
            return Client(direct_client(app, loop, base_url, headers), path)

        yield called


@cache
def _furnished() -> Furnished:
    """Furnish a database once: its file, and all that is known of it."""
    with TemporaryDirectory() as folder:
        deps = make_deps(Path(folder))
        with opened(deps) as called:
            made = _furnish(deps, called)
        deps.database.close()
        return replace(made, database=(Path(folder) / "test.db").read_bytes())


def _furnish(deps: Dependencies, called: Callable[..., Client]) -> Furnished:
    acme, globex = make_provider(deps, "Acme"), make_provider(deps, "Globex")
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        update_settings(work, {"privacy_policy": "We keep little."})
        make_mounted(work, acme.sample.service.id)
        session = open_session(db, deps.installation, acme.sample.user).token
        tokens = _staff_tokens(work, acme)
    admin, visitor = called(ADMIN_PATH, acme.access_token), called(DEVELOPER_PATH)
    other = called(ADMIN_PATH, globex.access_token, "globex-admin")
    token = _personal_token(called(DEVELOPER_PATH), session)
    developer = called(DEVELOPER_PATH, token)
    known = known_to_developer(deps, acme, admin, visitor)
    waiting = known_to_provider(deps, acme, known)
    known["user"] = global_id("User", acme.sample.user.id)
    rows = {"acme": _rows(deps, admin), "globex": _rows(deps, other)}
    shared = frozenset.intersection(*map(frozenset, rows.values()))
    assert not shared, shared
    foreign = _firsts(rows["globex"], ADMIN)
    foreign["Plan"] = global_id("Plan", globex.sample.application.plan_id)
    own = {
        "admin": _firsts(rows["acme"], ADMIN),
        "developer": _firsts(_rows(deps, developer, DEVELOPER), DEVELOPER),
        "visitor": _firsts(_rows(deps, visitor, DEVELOPER), DEVELOPER),
    }
    return Furnished(
        {
            "admin": acme.access_token,
            "developer": token,
            "visitor": "",
            "stranger": globex.access_token,
            **tokens,
        },
        {"admin": waiting, "developer": known, "visitor": dict(known)},
        own,
        foreign,
        {name: frozenset(ids) for name, ids in rows.items()},
        {"acme": acme.provider.id, "globex": globex.provider.id},
    )


def _staff_tokens(root: Work, acme: NewProvider) -> dict[str, str]:
    """Make a token that only reads, and one of a member who may half of what there is."""
    values = {"username": "clerk", "email": "clerk@acme.example", "password": "staplers are red"}
    sections = ["partners", "plans", "portal"]
    clerk = create_user(root, None, values, {"sections": sections})
    made = {}
    for name, user, permission in (("reader", acme.admin, "ro"), ("member", clerk, "rw")):
        work = by(root.db, actor_of_user(user), root.installation)
        given = {"name": "Fuzz", "scopes": [*Scope], "permission": permission}
        _, made[name] = create_token(work, given)
    return made


def _personal_token(client: Client, session: str) -> str:
    client.http.cookies.set(DEVELOPER_PORTAL.session.name, session)
    scopes = ["ACCOUNT_MANAGEMENT", "STATS"]
    given = {"name": "fuzz", "scopes": scopes, "permission": "READ_WRITE"}
    return str(client.do("accessTokenCreate", given, "value")["value"])


def _rows(deps: Dependencies, client: Client, face: Any = ADMIN) -> list[str]:
    """List the ids of what a client may see."""
    with deps.database.read() as db:
        ids = [
            global_id(name, number)
            for name, (model, _) in face.kinds.items()
            for number in db.exec(select(model.id).order_by(model.id).limit(FEW))
        ]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    nodes = [
        node
        for begin in range(0, len(ids), FEW)
        for node in client.ask(query, ids=ids[begin : begin + FEW])["nodes"]
    ]
    return [node["id"] for node in nodes if node is not None]


def _firsts(ids: Iterable[str], face: Any) -> dict[str, str]:
    """Find the first id of each type; the empty text for none."""
    firsts = dict.fromkeys(face.kinds, "")
    for each in ids:
        pair = parsed(each)
        if pair and not firsts[pair[0]]:
            firsts[pair[0]] = each
    return firsts


def texts_in(value: Any) -> Iterator[str]:
    """List all texts of an answer but those that tell why something was refused."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name != "userErrors":
                yield from texts_in(inner)


def fault_of(answer: httpx.Response) -> str:
    """Tell what is wrong with an answer: nothing may be, whatever was asked."""
    if answer.status_code not in STATUSES:
        return f"status {answer.status_code}"
    if any(word in answer.text for word in OURS):
        return answer.text[:500]
    try:
        body = json.loads(answer.content)
    except ValueError:
        return "not JSON"
    if not isinstance(body, dict) or not {"data", "errors"} & set(body):
        return "neither data nor errors"
    errors = body.get("errors", [{"message": "none"}])
    if not errors or not all(isinstance(error.get("message"), str) for error in errors):
        return f"errors without messages: {errors}"
    return ""

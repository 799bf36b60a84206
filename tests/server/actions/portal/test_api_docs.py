"""ActiveDocs: documents of known versions, kept as given, published only on purpose."""

import json
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlmodel import Session

from server.actions.portal.api_docs import API_DOCS, get_published_api_docs
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service, delete_service
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import Blank, DomainError, Forbidden, Invalid, NotFound, Taken, TooLong
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.portal.api_docs import MOST_BODY, ApiDocs
from server.kit.paging import Window, list_page
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused, without

INFO = {"title": "Weather", "version": "1"}
BODY = json.dumps({"openapi": "3.1.0", "info": INFO, "paths": {}})
DRAFT: dict[str, Any] = {"name": "Weather", "body": BODY}


def names(db: Session, provider: NewProvider) -> set[str]:
    """Name the specifications of a provider."""
    return {row.system_name for row in db.exec(API_DOCS.query(staff(provider)))}


def is_published(db: Session, provider: NewProvider, system_name: str) -> bool:
    """Tell whether a visitor finds a specification."""
    try:
        get_published_api_docs(by(db, Actor.anonymous(provider.provider.id)), system_name)
    except NotFound:
        return False
    return True


def rain(db: Session, acme: NewProvider) -> ApiDocs:
    """Make a specification beside the sample's."""
    values = {"name": " Rain & Sun ", "body": f"\n{BODY} "}
    return API_DOCS.create(by(db, staff(acme)), values)


def test_a_specification_is_made_hidden_and_without_the_space_around_it(
    acme: NewProvider, db: Session
) -> None:
    api_docs = rain(db, acme)

    event_is(db, EventKind.API_DOCS_CREATED, api_docs.id, {})
    assert (api_docs.name, api_docs.system_name) == ("Rain & Sun", "rain_sun")
    assert (api_docs.body, api_docs.published, api_docs.service_id) == (BODY, False, None)


def test_what_is_changed_of_a_specification_is_told(acme: NewProvider, db: Session) -> None:
    api_docs, service_id = rain(db, acme), acme.sample.service.id
    changes = {"name": "Rain", "description": "Wet.", "service_id": service_id}

    API_DOCS.update(by(db, staff(acme)), api_docs.id, changes)

    told = {
        "name": ["Rain & Sun", "Rain"],
        "description": ["", "Wet."],
        "service_id": [None, service_id],
    }
    event_is(db, EventKind.API_DOCS_UPDATED, api_docs.id, told)


def test_a_specification_is_published_once(acme: NewProvider, db: Session) -> None:
    api_docs = rain(db, acme)
    assert not is_published(db, acme, "rain_sun")

    API_DOCS.update(by(db, staff(acme)), api_docs.id, {"published": True})

    event_is(db, EventKind.API_DOCS_UPDATED, api_docs.id, {"published": [False, True]})
    assert is_published(db, acme, "rain_sun")
    said = len(kinds(db))
    API_DOCS.update(by(db, staff(acme)), api_docs.id, {"published": True, "body": BODY})
    assert len(kinds(db)) == said, "nothing changed"


def test_a_deleted_specification_is_gone(acme: NewProvider, db: Session) -> None:
    api_docs = rain(db, acme)
    API_DOCS.update(by(db, staff(acme)), api_docs.id, {"published": True})

    API_DOCS.delete(by(db, staff(acme)), api_docs.id)

    event_is(db, EventKind.API_DOCS_DELETED, api_docs.id, {})
    assert names(db, acme) == {"echo_api"}
    assert not is_published(db, acme, "rain_sun")


def test_the_audit_log_tells_documents_apart_without_keeping_them(
    acme: NewProvider, db: Session
) -> None:
    api_docs = API_DOCS.create(by(db, staff(acme)), DRAFT)
    other = BODY.replace("Weather", "Climate")

    API_DOCS.update(by(db, staff(acme)), api_docs.id, {"body": other})

    assert api_docs.body == other
    marks = [
        f"{len(body)} characters, SHA-256 {sha256(body.encode()).hexdigest()[:12]}…"
        for body in (BODY, other)
    ]
    event_is(db, EventKind.API_DOCS_UPDATED, api_docs.id, {"body": marks})


def test_specifications_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    api_docs = API_DOCS.create(by(db, staff(acme)), DRAFT)
    with_service = {**DRAFT, "service_id": acme.sample.service.id}
    theirs = globex.sample.service.id

    guarded(
        db,
        (acme, globex),
        Permission.SERVICES_EDIT,
        (API_DOCS.create, with_service),
        (API_DOCS.update, api_docs.id, {"name": "x"}),
        (API_DOCS.delete, api_docs.id),
    )
    guarded(db, (acme, globex), Permission.SERVICES_READ, (API_DOCS.get, api_docs.id))
    for service_id in (theirs, *NOWHERE):
        draft, changes = {**DRAFT, "service_id": service_id}, {"service_id": service_id}
        refused(by(db, staff(acme)), NotFound, API_DOCS.create, draft, field="service_id")
        refused(
            by(db, staff(acme)), NotFound, API_DOCS.update, api_docs.id, changes, field="service_id"
        )
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, API_DOCS.delete, nowhere, field="id")
    assert names(db, globex) == {"echo_api"}
    with pytest.raises(Forbidden):
        API_DOCS.query(without(acme, Permission.SERVICES_READ))


@pytest.mark.parametrize(
    "document",
    [
        {"openapi": "3.1.0", "info": INFO, "paths": {}},
        {"openapi": "3.0.4", "info": INFO, "paths": {"/": {}}},
        {"openapi": "3.1.0", "info": INFO, "webhooks": {"a": {}}},
        {"openapi": "3.1.1", "info": INFO, "components": {}},
        {"openapi": "3.2.0", "info": INFO, "components": {}, "paths": {}},
        {"openapi": "3.2", "info": INFO, "webhooks": {}},
        {"swagger": "2.0", "info": INFO, "paths": {}},
        {"swagger": 2.0, "info": INFO, "paths": {}},
        {"swaggerVersion": "1.2", "apis": []},
    ],
)
def test_every_known_version_is_taken(
    acme: NewProvider, db: Session, document: dict[str, Any]
) -> None:
    body = json.dumps(document, indent=1)

    api_docs = API_DOCS.create(by(db, staff(acme)), {**DRAFT, "body": body})

    assert api_docs.body == body


@pytest.mark.parametrize(
    ("body", "says", "error"),
    [
        (" ", "blank", Blank),
        (json.dumps({"x": "x" * MOST_BODY}), "too long", TooLong),
        ("a: 1\nb: c: d", "line 2, column 5", Invalid),
        ("a: 1\na: 2", "twice", Invalid),
        ("a: .nan\n- b", "line 2", Invalid),
        ("<html>", "object", Invalid),
        ("a: !!python/object:os.system x", "tag", Invalid),
        ('{"a": 1,\n}', "line 2, column 1", Invalid),
        ('{"a": NaN}', "NaN", Invalid),
        ("[" * 100_000, "nested", Invalid),
        ('{"a":' * 100_000, "nested", Invalid),
        ('{"a": "\x00"}', "control", Invalid),
        ("a: \x00", "control", Invalid),
        ('{"a": "\ud800"}', "Unicode", Invalid),
        ("[]", "object", Invalid),
        ("null", "object", Invalid),
    ],
)
def test_what_is_no_json_object_is_never_taken(
    acme: NewProvider, db: Session, body: str, says: str, error: type[DomainError]
) -> None:
    api_docs = API_DOCS.create(by(db, staff(acme)), DRAFT)

    for skips in (False, True):
        draft = {**DRAFT, "body": body, "skip_swagger_validations": skips}
        refused(by(db, staff(acme)), error, API_DOCS.create, draft, field="body")
        changes = {"body": body, "skip_swagger_validations": skips}
        refused(by(db, staff(acme)), error, API_DOCS.update, api_docs.id, changes, field="body")
        with pytest.raises(error, match=says):
            API_DOCS.create(by(db, staff(acme)), draft)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f'{{"a": {"9" * 5_000}}}', None),
        ('{"a": "\x7f"}', None),
        ('{"a": "\\u0000 \u2028"}', None),
        ('\ufeff {"a": 1}', '{"a": 1}'),
        (f"a: {'9' * 5_000}", f'{{"a":{"9" * 5_000}}}'),
        ("a: b\nc: [1, 2.50, ~, yes, 0x1F]\n", '{"a":"b",\n"c":[1,2.50,null,"yes",31]}'),
        ("200: {x: 2020-01-01}", '{"200":{"x":"2020-01-01"}}'),
        ("a: &x {b: 1}\nc: {<<: *x, d: *x}", '{"a":{"b":1},\n"c":{"b":1,"d":{"b":1}}}'),
    ],
)
def test_what_json_and_yaml_allow_is_taken(
    acme: NewProvider, db: Session, body: str, kept: str | None
) -> None:
    draft = {**DRAFT, "body": body, "skip_swagger_validations": True}

    assert API_DOCS.create(by(db, staff(acme)), draft).body == (kept or body)


def test_a_specification_in_yaml_is_checked_as_one(acme: NewProvider, db: Session) -> None:
    body = "openapi: 3.1\ninfo:\n  title: Rain\n  version: 1.0\nwebhooks: {}\n"

    made = API_DOCS.create(by(db, staff(acme)), {**DRAFT, "body": body})

    assert json.loads(made.body)["info"] == {"title": "Rain", "version": 1.0}
    refused(by(db, staff(acme)), Invalid, API_DOCS.update, made.id, {"body": "a: b"}, field="body")


def test_yaml_that_grows_is_refused_before_it_does(acme: NewProvider, db: Session) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for last, this in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{this}: &{this} [{', '.join([f'*{last}'] * 10)}]")

    with pytest.raises(Invalid, match="makes more than"):
        API_DOCS.create(by(db, staff(acme)), {**DRAFT, "body": "\n".join(rows)})


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({}, "version"),
        ({"openapi": "3.3.0", "info": INFO, "paths": {}}, "version"),
        ({"openapi": 3, "info": INFO, "paths": {}}, "version"),
        ({"openapi": None, "swagger": "2.0", "info": INFO, "paths": {}}, "version"),
        ({"swagger": "2", "info": INFO, "paths": {}}, "version"),
        ({"swaggerVersion": "1.1", "apis": []}, "version"),
        ({"swaggerVersion": "1.2", "apis": {}}, "apis"),
        ({"openapi": "3.0.0", "paths": {}}, "info"),
        ({"openapi": "3.0.0", "info": [], "paths": {}}, "info"),
        ({"openapi": "3.0.0", "info": {"title": " "}, "paths": {}}, "title"),
        ({"swagger": "2.0", "info": {"title": 1}, "paths": {}}, "title"),
        ({"openapi": "3.1.0", "info": INFO}, "paths"),
        ({"openapi": "3.1.0", "info": INFO, "paths": []}, "paths"),
        ({"openapi": "3.1.0", "info": INFO, "paths": {}, "webhooks": []}, "webhooks"),
        ({"openapi": "3.0.3", "info": INFO, "components": {}}, "paths"),
        ({"swagger": "2.0", "info": INFO, "webhooks": {}}, "paths"),
    ],
)
def test_a_document_of_no_known_version_is_taken_only_when_asked_to(
    acme: NewProvider, db: Session, document: dict[str, Any], says: str
) -> None:
    actor, draft = staff(acme), {**DRAFT, "body": json.dumps(document)}
    strict, skip = {"skip_swagger_validations": False}, {"skip_swagger_validations": True}

    refused(by(db, actor), Invalid, API_DOCS.create, draft, field="body")
    with pytest.raises(Invalid, match=says):
        API_DOCS.create(by(db, actor), draft)
    api_docs = API_DOCS.create(by(db, actor), {**draft, "skip_swagger_validations": True})

    assert api_docs.body == draft["body"]
    refused(by(db, actor), Invalid, API_DOCS.update, api_docs.id, strict, field="body")
    API_DOCS.update(by(db, actor), api_docs.id, {**strict, "body": BODY})
    refused(
        by(db, actor), Invalid, API_DOCS.update, api_docs.id, {"body": draft["body"]}, field="body"
    )
    API_DOCS.update(by(db, actor), api_docs.id, {**skip, "body": draft["body"]})
    assert api_docs.body == draft["body"]


def test_a_system_name_is_the_providers_own_and_never_changes(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    api_docs = API_DOCS.create(by(db, staff(acme)), {**DRAFT, "system_name": "Rain-1.0"})

    refused(by(db, staff(acme)), Taken, API_DOCS.create, {**DRAFT, "system_name": "Rain-1.0"})
    API_DOCS.create(by(db, staff(acme)), {**DRAFT, "system_name": "rain-1.0"})
    API_DOCS.create(by(db, staff(globex)), {**DRAFT, "system_name": "Rain-1.0"})
    for odd in ("a/b", "a b", ".a", "é", "x" * 256):
        draft = {**DRAFT, "system_name": odd}
        refused(by(db, staff(acme)), Invalid, API_DOCS.create, draft, field="system_name")
    for field in ("system_name", "provider_id", "id"):
        refused(
            by(db, staff(acme)), Invalid, API_DOCS.update, api_docs.id, {field: "x"}, field=field
        )


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    api_docs = API_DOCS.create(by(db, staff(acme)), DRAFT)
    cases: tuple[tuple[object, str, type[DomainError]], ...] = (
        (" ", "name", Blank),
        ("x" * 256, "name", TooLong),
        ("a\x00b", "name", Invalid),
        ("x" * 65_536, "description", TooLong),
    )
    for value, field, error in cases:
        changes: dict[str, Any] = {field: value}
        refused(by(db, staff(acme)), error, API_DOCS.create, {**DRAFT, **changes}, field=field)
        refused(by(db, staff(acme)), error, API_DOCS.update, api_docs.id, changes, field=field)
    for field in ("published", "skip_swagger_validations"):
        changes = {field: "perhaps"}
        refused(by(db, staff(acme)), Invalid, API_DOCS.update, api_docs.id, changes, field=field)


def test_developers_see_what_is_published_of_services_that_are(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    actor = staff(acme)
    other = create_service(by(db, actor, deps.installation), {"name": "Weather"})
    draft = {**DRAFT, "published": True}
    API_DOCS.create(by(db, actor), {**draft, "system_name": "free"})
    API_DOCS.create(by(db, actor), {**draft, "system_name": "bound", "service_id": other.id})
    API_DOCS.create(by(db, actor), {**draft, "system_name": "hidden", "published": False})

    seen = {name: is_published(db, acme, name) for name in ("free", "bound", "hidden")}
    delete_service(by(db, actor), other.id)

    assert seen == {"free": True, "bound": True, "hidden": False}
    assert not is_published(db, acme, "bound")
    assert not is_published(db, globex, "free")
    for odd in ("", "FREE", "a\x00b", "\ud800"):
        assert not is_published(db, acme, odd)


def test_a_list_leaves_the_documents_out(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.read() as db:
        query, cursors = API_DOCS.query(staff(acme)), deps.installation.cursors

        (api_docs,) = list_page(db, API_DOCS.listing, query, Window(first=9), cursors).rows

        assert inspect(api_docs).unloaded == {"body", "outline"}
        assert api_docs.body.startswith("{")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Rain\n\ninfo:\n  title: x\npaths: {}\n", "must say its version.*: see line 1"),
        ("info: {title: x}\n\nopenapi: 9\npaths: {}", "must say its version.*: see line 3"),
        ("openapi: 3.0.0\npaths: {}", 'an object "info": see line 1'),
        ("openapi: 3.0.0\n# x\ninfo: [a]\npaths: {}", 'an object "info": see line 3'),
        ("openapi: 3.0.0\npaths: {}\ninfo:\n  version: 1", '"title" in "info", a text: see line 3'),
        (
            "a: &x {b: c}\nd:\n  <<: *x\n  e: >\n    f\n    g\n\nopenapi: 3.0.0\n"
            "info:\n  version: 1\n  title: [y]\npaths: {}",
            '"title" in "info", a text: see line 11',
        ),
        ('{"openapi": "3.0.0",\n"info": {"title": "x",\n"version": []}}', "text as.*: see line 3"),
        ('{"openapi": "3.0.0", "info": {"title": "x"},\n\n"paths": []}', '"paths": see line 3'),
        ('{"openapi": "3.1.0", "info": {"title": "x"},\n"webhooks": 1}', '"webhooks": see line 2'),
        ('{\n"swaggerVersion": "1.2",\n"apis": 1}', 'a list "apis": see line 3'),
    ],
)
def test_a_flaw_is_told_with_its_line(acme: NewProvider, db: Session, text: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        API_DOCS.create(by(db, staff(acme)), {**DRAFT, "body": text})

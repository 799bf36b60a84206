"""What holds for every resource: permissions, foreign rows, bad input, events, secrets."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from server.actions.provider.providers import NewProvider
from server.actions.registry import RESOURCES
from server.actions.resources import Resource
from server.domain.attributes import LONG, Attribute, MadeFrom, Refers, Text
from server.domain.errors import Blank, DomainError, Forbidden, Invalid, NotFound, Taken, TooLong
from server.domain.events import HIDDEN, EventRecord
from server.domain.fields import clean_line, clean_name
from tests.kit.make import TEST_VAULT, staff
from tests.kit.resources import SAMPLES, Sample
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, kinds, refused, without

Any_ = Resource[Any]
pytestmark = pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.name)


def sample_of(resource: Any_, db: Session, provider: NewProvider) -> Sample:
    """Tell valid values for an object of the provider."""
    return SAMPLES[resource.name](db, provider)


def made(resource: Any_, db: Session, provider: NewProvider) -> Any:
    """Make an object of the provider."""
    sample = sample_of(resource, db, provider)
    return resource.create(by(db, staff(provider)), sample.values, sample.parent_id)


def newest(db: Session) -> EventRecord:
    """Read the newest event."""
    return db.exec(select(EventRecord).order_by(col(EventRecord.id).desc()).limit(1)).one()


def value_of(resource: Any_, row: Any, name: str) -> Any:
    """Read an attribute of a row, also one that is kept sealed."""
    attribute = next(each for each in resource.attributes if each.name == name)
    return resource.value_of(TEST_VAULT, row, attribute)


def texts_of(resource: Any_) -> list[Attribute]:
    """List the attributes that hold free text."""
    return [attribute for attribute in resource.attributes if attribute.mark(Text) is not None]


def test_its_columns_are_those_of_its_table(resource: Any_) -> None:
    columns = {attribute.column for attribute in resource.attributes}

    assert columns <= set(resource.model.model_fields)


def test_its_life_is_told(resource: Any_, acme: NewProvider, db: Session) -> None:
    work, sample = by(db, staff(acme)), sample_of(resource, db, acme)

    row = made(resource, db, acme)
    created = newest(db)
    resource.update(work, row.id, sample.changes)
    updated = newest(db)
    resource.delete(work, row.id)
    deleted = newest(db)

    events = (created, updated, deleted)
    told = (resource.events.created, resource.events.updated, resource.events.deleted)
    assert tuple(event.kind for event in events) == told
    assert {event.subject_id for event in events} == {row.id}
    assert set(updated.payload) >= set(sample.changes)
    for before, after in updated.payload.values():
        assert before != after or before == HIDDEN
    assert db.get(resource.model, row.id) is None


def test_a_change_to_what_is_there_is_not_told(
    resource: Any_, acme: NewProvider, db: Session
) -> None:
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    same = {name: value_of(resource, row, name) for name in sample.changes}
    before = len(kinds(db))

    resource.update(by(db, staff(acme)), row.id, same)

    assert len(kinds(db)) == before


def test_it_wants_its_permissions(resource: Any_, acme: NewProvider, db: Session) -> None:
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    reader = by(db, without(acme, resource.edit))
    blind = by(db, without(acme, resource.read))

    refused(reader, Forbidden, resource.create, sample.values, sample.parent_id)
    refused(reader, Forbidden, resource.update, row.id, sample.changes)
    refused(reader, Forbidden, resource.delete, row.id)
    refused(blind, Forbidden, resource.get, row.id)
    with pytest.raises(Forbidden):
        resource.query(blind.actor)


def test_a_foreign_one_is_not_found(
    resource: Any_, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    stranger = by(db, staff(globex))

    refused(stranger, NotFound, resource.get, row.id)
    refused(stranger, NotFound, resource.update, row.id, sample.changes)
    refused(stranger, NotFound, resource.delete, row.id)
    if resource.parent is not None:
        refused(stranger, NotFound, resource.create, sample.values, sample.parent_id)
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, resource.get, nowhere, field="id")
    owners = {each.provider_id for each in db.exec(resource.query(stranger.actor))}
    assert owners <= {globex.provider.id}


def test_one_of_an_api_out_of_reach_is_not_found(
    resource: Any_, acme: NewProvider, db: Session
) -> None:
    row = made(resource, db, acme)
    home = resource.home(by(db, staff(acme)), row)
    if home is None:
        return
    near, far = (replace(staff(acme), service_ids=frozenset({home + away})) for away in (0, 1))

    assert row.id in {each.id for each in db.exec(resource.query(near))}
    assert row.id not in {each.id for each in db.exec(resource.query(far))}
    refused(by(db, far), NotFound, resource.get, row.id)


def test_a_foreign_reference_is_not_found(
    resource: Any_, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    sample, theirs = sample_of(resource, db, acme), sample_of(resource, db, globex)
    for attribute in resource.attributes:
        if attribute.mark(Refers) is not None and attribute.name in theirs.values:
            foreign = {**sample.values, attribute.name: theirs.values[attribute.name]}
            refused(
                by(db, staff(acme)),
                NotFound,
                resource.create,
                foreign,
                sample.parent_id,
                field=attribute.name,
            )


@pytest.mark.parametrize(
    ("wrong", "error"), [("a\x00b", Invalid), ("a\ud800b", Invalid), ("long", TooLong)]
)
def test_a_text_that_no_column_holds_is_refused_at_its_field(
    resource: Any_, acme: NewProvider, db: Session, wrong: str, error: type[DomainError]
) -> None:
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    for attribute in texts_of(resource):
        text = "x" * (attribute.mark(Text).most + 1) if wrong == "long" else wrong
        values: Mapping[str, Any] = {**sample.values, attribute.name: text}
        create = (resource.create, values, sample.parent_id)
        refused(by(db, staff(acme)), _or_invalid(attribute, error), *create, field=attribute.name)
        if not attribute.is_fixed:
            changes = {attribute.name: text}
            update = (resource.update, row.id, changes)
            refused(
                by(db, staff(acme)), _or_invalid(attribute, error), *update, field=attribute.name
            )


def names_of(resource: Any_) -> list[Attribute]:
    """List the attributes that are one line for people to read."""
    return [each for each in texts_of(resource) if each.mark(Text).rule in {clean_name, clean_line}]


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164", "\u2800", "\u00ad", " \u2060\ufe0f "])
def test_a_name_of_which_nothing_is_seen_is_blank(
    resource: Any_, acme: NewProvider, db: Session, unseen: str
) -> None:
    sample = sample_of(resource, db, acme)
    for attribute in names_of(resource):
        values = {**sample.values, attribute.name: unseen}
        if attribute.mark(Text).rule is clean_name:
            create = (resource.create, values, sample.parent_id)
            refused(by(db, staff(acme)), Blank, *create, field=attribute.name)
        else:
            made = resource.create(by(db, staff(acme)), values, sample.parent_id)
            assert getattr(made, attribute.name) == ""
            db.rollback()


@pytest.mark.parametrize(
    "odd", ["a\nb", "a\rb", "a\u2028b", "a\u0085b", "a\tb", "a\u202eb", "a\u2067b"]
)
def test_a_name_of_several_lines_or_turned_is_refused(
    resource: Any_, acme: NewProvider, db: Session, odd: str
) -> None:
    sample = sample_of(resource, db, acme)
    for attribute in names_of(resource):
        create = (resource.create, {**sample.values, attribute.name: odd}, sample.parent_id)
        refused(by(db, staff(acme)), Invalid, *create, field=attribute.name)


@pytest.mark.parametrize(
    "names", [("Поддержка", "Помощь"), ("日本", "中国"), ("🚀", "🐢"), ("Ω 1", "Ж 1")]
)
def test_names_of_every_alphabet_get_a_system_name(
    resource: Any_, acme: NewProvider, db: Session, names: tuple[str, str]
) -> None:
    sample = sample_of(resource, db, acme)
    made_from = [each.mark(MadeFrom) for each in resource.attributes if each.mark(MadeFrom)]
    for mark in made_from:
        values = {key: value for key, value in sample.values.items() if key != "system_name"}
        rows = [
            resource.create(by(db, staff(acme)), {**values, mark.source: name}, sample.parent_id)
            for name in names
        ]
        assert len({row.system_name for row in rows}) == 2
        assert all(row.system_name.isascii() for row in rows)


def _or_invalid(attribute: Attribute, error: type[DomainError]) -> type[DomainError]:
    """A choice is refused for what it is before anybody counts its letters."""
    return error if attribute.type is str else Invalid


def test_what_is_no_attribute_or_fixed_is_refused_at_its_name(
    resource: Any_, acme: NewProvider, db: Session
) -> None:
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    fixed = [attribute.name for attribute in resource.attributes if attribute.is_fixed]

    for name in (*fixed, "id", "provider_id", "created_at"):
        refused(by(db, staff(acme)), Invalid, resource.update, row.id, {name: "x"}, field=name)
    for name in ("id", "provider_id"):
        values = {**sample.values, name: 1}
        create = (resource.create, values, sample.parent_id)
        refused(by(db, staff(acme)), Invalid, *create, field=name)


def test_a_form_and_json_are_read_alike(resource: Any_, acme: NewProvider, db: Session) -> None:
    sample = sample_of(resource, db, acme)
    typed = {name: _typed(value) for name, value in sample.values.items()}

    row = resource.create(by(db, staff(acme)), typed, sample.parent_id)

    for name in sample.values:
        if not isinstance(sample.values[name], list | dict):
            stored = value_of(resource, row, name)
            assert str(stored).casefold() == str(sample.values[name]).casefold()


def _typed(value: Any) -> Any:
    """Write a value as somebody types it into a form."""
    return (
        str(value).lower()
        if isinstance(value, bool)
        else value
        if isinstance(value, list | dict)
        else str(value)
    )


def test_twice_the_same_is_refused_where_names_are_unique(
    resource: Any_, acme: NewProvider, db: Session
) -> None:
    if not any(set(unique.columns.keys()) - {"id"} for unique in _unique_constraints(resource)):
        return
    made(resource, db, acme)
    sample = sample_of(resource, db, acme)

    refused(by(db, staff(acme)), Taken, resource.create, sample.values, sample.parent_id)


def _unique_constraints(resource: Any_) -> list[Any]:
    table: Any = resource.model
    return [
        each for each in table.__table__.constraints if type(each).__name__ == "UniqueConstraint"
    ]


def test_a_secret_is_not_told(resource: Any_, acme: NewProvider, db: Session) -> None:
    hidden = [a.name for a in resource.attributes if a.is_secret or LONG in a.marks]
    row, sample = made(resource, db, acme), sample_of(resource, db, acme)
    changes = {name: value for name, value in sample.changes.items() if name in hidden}

    if changes:
        resource.update(by(db, staff(acme)), row.id, changes)

    told = [str(event.payload) + str(event.facts) for event in db.exec(select(EventRecord))]
    for name in hidden:
        for value in (sample.values.get(name), sample.changes.get(name)):
            assert not value or not any(str(value) in text for text in told)

"""Definitions of fields: what may be one, what goes together, their order, their values."""

from typing import Any

import pytest
from sqlmodel import Session

from server.actions.accounts.accounts import update_account
from server.actions.provider.field_definitions import (
    FIELD_DEFINITIONS,
    count_values,
    list_definitions,
    move_definition,
    reorder_definitions,
)
from server.actions.provider.providers import NewProvider
from server.domain.accounts.accounts import Account
from server.domain.errors import Blank, Conflict, Invalid, NotFound, Taken, TooLong
from server.domain.provider.field_definitions import (
    MOST_CHOICES,
    MOST_FIELD_NAME,
    FieldDefinition,
    FieldTarget,
)
from server.domain.provider.field_values import MOST_VALUES
from server.rest.accounts.accounts import ACCOUNT
from server.rest.accounts.users import USER
from server.rest.applications.applications import APPLICATION
from server.rest.fields import DefinedFields
from server.rest.formats import Format
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused


def define(db: Session, acme: NewProvider, name: str, **over: Any) -> FieldDefinition:
    """Define a field of accounts."""
    given = {"target": "account", "name": name, "label": name.title(), **over}
    return FIELD_DEFINITIONS.create(by(db, staff(acme)), given)


def names(db: Session, acme: NewProvider, target: FieldTarget) -> list[str]:
    """Name the fields of a target in their order."""
    return [each.name for each in list_definitions(db, acme.provider.id, target)]


def test_a_provider_starts_with_what_forms_always_asked(acme: NewProvider, db: Session) -> None:
    shown = {target.value: names(db, acme, target) for target in FieldTarget}

    assert shown == {
        "account": ["org_name"],
        "user": ["username", "email", "first_name", "last_name"],
        "application": ["name", "description"],
    }


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", Blank),
        ("1st", Invalid),
        ("_x", Invalid),
        ("a b", Invalid),
        ("a.b", Invalid),
        ("ä", Invalid),
        ("x" * (MOST_FIELD_NAME + 1), TooLong),
        ("state", Invalid),
        ("State", Invalid),
        ("id", Invalid),
        ("extra_fields", Invalid),
        ("password", Invalid),
        ("first", Invalid),
    ],
)
def test_a_name_is_a_word_that_means_nothing_else(
    acme: NewProvider, db: Session, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        define(db, acme, name)

    assert getattr(caught.value, "field", "") == "name"


def test_a_target_has_one_field_of_a_name(acme: NewProvider, db: Session) -> None:
    define(db, acme, "colour")
    define(db, acme, "colour", target="user")

    with pytest.raises(Taken) as caught:
        define(db, acme, "colour")

    assert caught.value.field == "name"


@pytest.mark.parametrize(
    ("shape", "target"),
    [
        (ACCOUNT, FieldTarget.ACCOUNT),
        (USER, FieldTarget.USER),
        (APPLICATION, FieldTarget.APPLICATION),
    ],
)
def test_no_field_has_the_name_of_something_in_a_document_or_a_table(
    acme: NewProvider, db: Session, shape: Any, target: FieldTarget
) -> None:
    parts = [part for part in shape.parts if not isinstance(part, DefinedFields)]
    taken = {name for each in parts for form in Format for name in each.schema(shape.model, form)}
    taken |= set(shape.model.model_fields)

    for name in taken - set(names(db, acme, target)):
        with pytest.raises(Invalid):
            define(db, acme, name, target=target.value)


@pytest.mark.parametrize(
    ("flags", "field"),
    [
        ({"required": True, "hidden": True}, "required"),
        ({"required": True, "read_only": True}, "required"),
        ({"choices": ["x"] * 3 + [str(n) for n in range(MOST_CHOICES)]}, "choices"),
        ({"choices": ["x" * 256]}, "choices"),
        ({"choices": [1, {}]}, "choices"),
        ({"target": "plan"}, "target"),
        ({"label": ""}, "label"),
    ],
)
def test_what_cannot_go_together_is_refused(
    acme: NewProvider, db: Session, flags: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        define(db, acme, "colour", **flags)

    assert caught.value.field == field


@pytest.mark.parametrize("name", ["country", "vat_rate"])
def test_a_field_with_a_rule_of_its_own_has_no_choices(
    acme: NewProvider, db: Session, name: str
) -> None:
    refused(by(db, staff(acme)), Invalid, define_choices, name)


def define_choices(work: Any, name: str) -> None:
    """Define a built-in field with choices."""
    given = {"target": "account", "name": name, "label": "X", "choices": ["a"]}
    FIELD_DEFINITIONS.create(work, given)


def test_what_nobody_can_do_without_stays_required_and_there(
    acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    row = next(iter(list_definitions(db, acme.provider.id, FieldTarget.ACCOUNT)))

    for changes in ({"required": False}, {"hidden": True}, {"read_only": True}):
        refused(work, Invalid, FIELD_DEFINITIONS.update, row.id, changes)
    refused(work, Invalid, FIELD_DEFINITIONS.update, row.id, {"name": "company"})
    refused(work, Invalid, FIELD_DEFINITIONS.update, row.id, {"target": "user"})
    refused(work, Conflict, FIELD_DEFINITIONS.delete, row.id)
    FIELD_DEFINITIONS.update(work, row.id, {"label": "Company", "hint": "As registered."})

    assert (row.label, row.hint, row.required) == ("Company", "As registered.", True)


def test_choices_are_lines_without_blanks_and_repeats(acme: NewProvider, db: Session) -> None:
    row = define(db, acme, "colour", choices=" red \r\n\r\nblue\nred")

    assert row.choices == ["red", "blue"]


def test_fields_are_put_in_order(acme: NewProvider, db: Session, globex: NewProvider) -> None:
    work = by(db, staff(acme))
    city, zip_code = define(db, acme, "city"), define(db, acme, "zip")
    foreign = list_definitions(db, globex.provider.id, FieldTarget.ACCOUNT)[0]
    other = list_definitions(db, acme.provider.id, FieldTarget.USER)[0]

    move_definition(work, zip_code.id, "up")
    moved = names(db, acme, FieldTarget.ACCOUNT)
    reorder_definitions(work, "account", [city.id])

    assert moved == ["org_name", "zip", "city"]
    assert names(db, acme, FieldTarget.ACCOUNT) == ["city", "org_name", "zip"]
    refused(work, NotFound, reorder_definitions, "account", [foreign.id])
    refused(work, Invalid, reorder_definitions, "account", [other.id])
    refused(work, Invalid, reorder_definitions, "plan", [])
    refused(work, Invalid, move_definition, city.id, "sideways")


def test_values_are_texts_of_one_line_or_short_lists_of_them(
    acme: NewProvider, db: Session
) -> None:
    work, account_id = by(db, staff(acme)), acme.sample.user.account_id or 0
    row = define(db, acme, "note")
    define(db, acme, "city")

    for wrong in ("a\nb", "x" * 256, {"a": 1}, [["x"]], ["x"] * (MOST_VALUES + 1)):
        given = {"extra_fields": {"note": wrong}}
        refused(work, Invalid, update_account, account_id, given)
    refused(work, Invalid, update_account, account_id, {"extra_fields": {"city": ["a", "b"]}})
    refused(work, Invalid, update_account, account_id, {"extra_fields": "note"})
    refused(work, Invalid, update_account, account_id, {"extra_fields": {"org_name": "X"}})
    before = count_values(work, row)
    update_account(work, account_id, {"extra_fields": {"note": 7}})
    one = dict(db.get_one(Account, account_id).extra_fields)
    update_account(work, account_id, {"extra_fields": {"note": ["a", "", "b"]}})

    assert (before, count_values(work, row)) == (0, 1)
    assert one == {"note": "7"}
    assert db.get_one(Account, account_id).extra_fields == {"note": ["a", "b"]}


def test_a_choice_that_is_none_any_more_may_stay(acme: NewProvider, db: Session) -> None:
    work, account_id = by(db, staff(acme)), acme.sample.user.account_id or 0
    row = define(db, acme, "colour", choices=["red", "blue"])
    update_account(work, account_id, {"extra_fields": {"colour": "red"}})
    FIELD_DEFINITIONS.update(work, row.id, {"choices": ["blue"]})

    update_account(work, account_id, {"org_name": "Renamed", "extra_fields": {"colour": "red"}})
    update_account(work, account_id, {"extra_fields": {"colour": "blue"}})

    refused(work, Invalid, update_account, account_id, {"extra_fields": {"colour": "red"}})

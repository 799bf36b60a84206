"""The mutations that every resource has, with their inputs and payloads, made from its declaration.

`feature_create`, `feature_update`, `feature_delete`: a topic adds to these what is its own.
"""

import dataclasses
import re
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any

import strawberry
from strawberry.types import get_object_definition

from server.actions.resources import Resource
from server.domain.attributes import Attribute, MadeFrom, Refers, Whole
from server.domain.drafts import word_of
from server.graphql import enums as enums  # gives the domain's enumerations their names
from server.graphql.context import Context, Info
from server.graphql.ids import parse_id
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.scalars import BigInt

MOST_INT = 2**31 - 1  # of GraphQL's Int
Store = Callable[[Mapping[str, Any]], Any]  # in a transaction of its own; gives the row


def _at_once(_ctx: Context, values: Mapping[str, Any], store: Store) -> Any:
    return store(values)


@dataclasses.dataclass(frozen=True, slots=True)
class Before:
    """What a topic does before something is stored, outside any transaction."""

    through: Callable[[Context, Mapping[str, Any], Store], Any] = _at_once
    may_lack: tuple[str, ...] = ()  # required attributes that it can make up


def mutations_of(
    resource: Resource[Any],
    shown: type[Any],
    word: str,
    payload: type[Payload] | None = None,
    before: Before = Before(),
) -> type[Any]:
    """Make the class of a resource's three mutations; `word` begins their names, as `Feature`.

    A topic with more mutations gives the payload that they share.
    """
    payload = payload or payload_of(shown, word)
    fields = {
        "create": _create(
            resource, shown, payload, create_input(resource, word, before.may_lack), before
        ),
        "update": _update(resource, shown, payload, update_input(resource, word), before),
        "delete": _delete(resource, shown),
    }
    prefix = _snake(word)
    made = {f"{prefix}_{verb}": field for verb, field in fields.items()}
    return strawberry.type(type(f"{word}Mutations", (), made))


def payload_of(shown: type[Any], word: str) -> type[Payload]:
    """Make the payload that shows the object of a type."""
    name = _snake(get_object_definition(shown, strict=True).name)
    made: dict[str, Any] = {"__annotations__": {name: shown | None}, name: None}
    return strawberry.type(type(f"{word}Payload", (Payload,), made))


def create_input(resource: Resource[Any], word: str, may_lack: Collection[str] = ()) -> type[Input]:
    """Make the input of a creation; a topic makes up what may be lacking."""
    annotations: dict[str, Any] = {}
    values: dict[str, Any] = {}
    if resource.parent is not None:
        annotations[resource.parent.column] = strawberry.ID
    for attribute in resource.attributes:
        kind, optional = _type_of(attribute), attribute.is_optional or attribute.mark(MadeFrom)
        optional = optional or attribute.name in may_lack
        annotations[attribute.name] = kind | None if optional else kind
        if optional or not attribute.is_required:
            default = None if optional else _default_of(attribute)
            is_list = isinstance(default, list)
            given = {"default_factory": list} if is_list else {"default": default}
            values[attribute.name] = _described(attribute, **given)
        elif attribute.description:
            values[attribute.name] = _described(attribute)
    return _input(f"{word}CreateInput", Input, annotations, values)


def update_input(resource: Resource[Any], word: str) -> type[ChangeInput]:
    """Make the input of a change: what is left out stays as it is."""
    maybe: Any = strawberry.Maybe  # its argument is known at run time only
    annotations: dict[str, Any] = {}
    for attribute in resource.attributes:
        if not attribute.is_fixed:
            kind: Any = _type_of(attribute)
            if attribute.is_optional or attribute.default == "":
                kind |= None
            annotations[attribute.name] = maybe[kind]
    return _input(f"{word}UpdateInput", ChangeInput, annotations, {})


def given(resource: Resource[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn an input's values into what the actions take: ids into numbers. Raises: NotFound."""
    taken: dict[str, Any] = {}
    for attribute in resource.attributes:
        if attribute.name in values:
            value, refers = values[attribute.name], attribute.mark(Refers)
            if refers is not None and value is not None:
                value = parse_id(value, refers.model.__name__, attribute.name)
            taken[attribute.name] = (
                [word_of(each) for each in value] if isinstance(value, list) else word_of(value)
            )
    return taken


def _create(
    resource: Resource[Any],
    shown: type[Any],
    payload: type[Payload],
    kind: type[Input],
    before: Before,
) -> Any:
    column = resource.parent.column if resource.parent else ""
    owner = pascal(resource.parent.name) if resource.parent else ""

    def create(self: object, info: Info, input: Any) -> Payload:
        def store(values: Mapping[str, Any]) -> Any:
            with info.context.write() as work:
                return resource.create(work, values, parent_id)

        parent_id = parse_id(getattr(input, column), owner, column) if column else None
        row = before.through(info.context, given(resource, vars(input)), store)
        return _shown(payload, shown, row)

    create.__doc__ = f"Make {_a(resource.noun)}."
    create.__annotations__ |= {"input": kind, "return": payload}
    return mutation(payload, resource.edit)(create)


def _update(
    resource: Resource[Any],
    shown: type[Any],
    payload: type[Payload],
    kind: type[Input],
    before: Before,
) -> Any:
    def update(self: object, info: Info, input: Any) -> Payload:
        def store(values: Mapping[str, Any]) -> Any:
            with info.context.write() as work:
                info.context.check_version(work, resource.model, number, input.expected_version)
                return resource.update(work, number, values)

        number = parse_id(input.id, _name_of(shown))
        row = before.through(info.context, given(resource, changes_of(input)), store)
        return _shown(payload, shown, row)

    update.__doc__ = f"Change {_a(resource.noun)}."
    update.__annotations__ |= {"input": kind, "return": payload}
    return mutation(payload, resource.edit)(update)


def _delete(resource: Resource[Any], shown: type[Any]) -> Any:
    def delete(self: object, info: Info, input: IdInput) -> DeletedPayload:
        with info.context.write() as work:
            resource.delete(work, parse_id(input.id, _name_of(shown)))
        return DeletedPayload(deleted_id=input.id)

    delete.__doc__ = f"Take {_a(resource.noun)} away, with what belongs to it."
    return mutation(DeletedPayload, resource.edit)(delete)


def _type_of(attribute: Attribute) -> Any:
    if attribute.mark(Refers) is not None:
        return strawberry.ID
    whole = attribute.mark(Whole)
    return BigInt if whole is not None and whole.most > MOST_INT else attribute.type


def _default_of(attribute: Attribute) -> Any:
    is_choice = isinstance(attribute.type, type) and issubclass(attribute.type, Enum)
    return attribute.type(attribute.default) if is_choice else attribute.default


def _described(attribute: Attribute, **default: Any) -> Any:
    if not attribute.description and "default_factory" not in default:
        return default.get("default", dataclasses.MISSING)
    return strawberry.field(description=attribute.description or None, **default)


def _input(
    name: str, base: type[Any], annotations: dict[str, Any], values: dict[str, Any]
) -> type[Any]:
    body = {"__annotations__": annotations, "__module__": __name__, **values}
    return strawberry.input(type(name, (base,), body))


def _name_of(shown: type[Any]) -> str:
    return get_object_definition(shown, strict=True).name


def _shown(payload: type[Payload], shown: type[Any], row: Any) -> Payload:
    fields: dict[str, Any] = {_snake(_name_of(shown)): shown.of(row)}
    return payload(**fields)


def _snake(word: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()


def pascal(name: str) -> str:
    """Write `application_plan` as the type is called."""
    return "".join(part.capitalize() for part in name.split("_"))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

"""Specifications: one YAML file each, with the JSON document beside it, or its address."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from server.actions.portal.api_docs import API_DOCS
from server.as_code.entries import BadFolder, Entry, Key, State
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.domain.attributes import Attribute
from server.domain.errors import DomainError
from server.domain.portal.api_docs import ADDRESS, clean_body
from server.domain.portal.specs.bundling import bundled
from server.domain.portal.specs.differences import differences_of
from server.domain.portal.specs.operations import readable

MOST_NOTED = 20  # breaking changes of one document


class Specifications(ResourceTopic):
    section, file = "specifications", "specs/*.yaml"
    order = ("system_name", "name", "service", "description", "published", ADDRESS)

    def field_of(self, attribute: Attribute) -> Field:
        field = super().field_of(attribute)
        if attribute.name != "body":
            return field
        return Field(
            name="body",
            kind=FieldKind.FILE,
            check=field.check,
            default=None,
            path=lambda values: str(values["system_name"]),
            suffix=".json",
            also=(".yml",),
        )

    def entry(self, state: State, parent: Key, values: Mapping[str, Any], where: str = "") -> Entry:
        if values["body"] is None and not values[ADDRESS]:
            raise BadFolder(f"{where}: needs 'body', or {ADDRESS!r} to fetch it from.")
        return super().entry(state, parent, values, where)

    def notes(self, entry: Entry, changes: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
        """Say what breaks callers of a published specification."""
        if "body" not in changes or "published" in changes or not entry.values["published"]:
            return
        before, after = (readable(body or "{}") for body in changes["body"])
        for change in differences_of(before, after).breaking[:MOST_NOTED]:
            place = f"{change.place}: " if change.place else ""
            yield f"breaks callers: {place}{change.what.rstrip('.')} ({change.why})"


SPECIFICATION_TOPIC = Specifications(API_DOCS)


def with_fetched(state: State, fetch: Callable[[str], str]) -> State:
    """Fetch the documents that a folder names by their address alone. Raises: BadFolder."""
    check = next(field.check for field in SPECIFICATION_TOPIC.fields if field.name == "body")
    found = dict(state)
    for key, entry in state.items():
        if entry.word != SPECIFICATION_TOPIC.word or entry.values["body"] is not None:
            continue
        try:
            text = fetch(entry.values[ADDRESS])
        except DomainError as error:
            raise BadFolder(f"{entry.where}: {ADDRESS} {error.message}") from error
        try:
            body = check(bundled(text, entry.values[ADDRESS], clean_body, fetch))
        except DomainError as error:
            told = f"{ADDRESS} leads to a document, which {error.message}"
            raise BadFolder(f"{entry.where}: {told}") from error
        found[key] = replace(entry, values={**entry.values, "body": body})
    return found

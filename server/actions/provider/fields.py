"""What is given of the fields of an account, a user or an application: checked, put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from server.actions.provider.field_definitions import list_definitions
from server.actions.work import Work
from server.domain.drafts import Draft, parse
from server.domain.errors import Blank, Invalid
from server.domain.provider.field_definitions import COLUMNS, FieldDefinition, FieldTarget
from server.domain.provider.field_values import by_name, clean_value
from server.domain.refusals import Refusals

EXTRA = "extra_fields"  # the attribute that holds all values without a column
UNKNOWN = "is no field here."


@dataclass(frozen=True)
class Fields:
    """The fields that a target has, and who fills them in."""

    work: Work
    target: FieldTarget

    @cached_property
    def definitions(self) -> Mapping[str, FieldDefinition]:
        """The definitions by name, in their order."""
        provider_id = self.work.actor.provider_id
        return by_name(list_definitions(self.work.db, provider_id, self.target))

    def checked(
        self,
        values: Mapping[str, Any],
        row: Any = None,
        *,
        draft: type[Draft] | None = None,
        needs_all: bool = False,
    ) -> dict[str, Any]:
        """Check what is given; what is kept by name is put together with what stands in `row`.

        `draft` is what all of it has to fit besides: then everything that is wrong is told at
        once. With `needs_all` no required field may be missing; else none may be emptied by a
        developer. Raises: Invalid and its kinds.
        """
        refusals = Refusals()
        with refusals.noted():
            if draft is not None:
                parse(draft, {name: each for name, each in values.items() if name != EXTRA})
        kept = self._kept(values, row, refusals)
        for name in COLUMNS[self.target] & values.keys():
            with refusals.noted():
                self._check_column(name, values[name], row)
        if needs_all:
            for name in self._missing({**kept, **values}):
                with refusals.noted():
                    raise Blank(name)
        self._tell(refusals, values.get(EXTRA) or {})
        return {**values, EXTRA: kept} if row is None or EXTRA in values else dict(values)

    def _tell(self, refusals: Refusals, given: Mapping[str, Any]) -> None:
        """Tell what was noted, and which of it is among the extra fields. Raises: Invalid."""
        extra = {*given, *self.definitions} - COLUMNS[self.target]
        try:
            refusals.tell()
        except Invalid as error:
            for each in (error, *error.others):
                if each.field in extra:
                    each.within = EXTRA
            raise

    def _kept(self, values: Mapping[str, Any], row: Any, refusals: Refusals) -> dict[str, Any]:
        """Put the given values into those that stand."""
        kept: dict[str, Any] = dict(row.extra_fields) if row is not None else {}
        given = values.get(EXTRA) or {}
        if not isinstance(given, Mapping):
            raise Invalid("must be an object of names and values.", field=EXTRA)
        for name, value in given.items():
            with refusals.noted():
                cleaned = self._clean(name, value, kept.get(name, ""))
                if cleaned:
                    kept[name] = cleaned
                else:
                    kept.pop(name, None)
        return kept

    def _clean(self, name: str, value: Any, standing: Any) -> Any:
        definition = self._get(name)
        if definition.is_column:
            raise Invalid("is given by itself, not among the extra fields.", field=name)
        cleaned = clean_value(definition, value, standing)
        if cleaned != standing:
            self._refuse_closed(definition)
        if not cleaned and definition.required and self._is_developer:
            raise Blank(name)
        return cleaned

    def _check_column(self, name: str, value: Any, row: Any) -> None:
        """Check a value that has a column; the rule of its text is the draft's."""
        text = str(value or "").strip()
        standing = getattr(row, name) if row is not None else ""
        known = self.definitions.get(name)
        if known is None and text == standing or known is not None and known.is_needed:
            return
        definition = known if text == standing and known is not None else self._get(name)
        is_emptied = row is not None and not text and definition.required
        if is_emptied and self._is_developer:
            raise Blank(name)
        if text != standing:
            self._refuse_closed(definition)
        if text and definition.choices:
            clean_value(definition, text, standing)

    def _get(self, name: str) -> FieldDefinition:
        """Find what whoever acts may know of. Raises: Invalid."""
        definition = self.definitions.get(name)
        if definition is None or (definition.hidden and self._is_developer):
            raise Invalid(UNKNOWN, field=name)
        return definition

    def _refuse_closed(self, definition: FieldDefinition) -> None:
        if self._is_developer and not definition.is_open:
            raise Invalid("is filled in by the provider. Write to them.", field=definition.name)

    def _missing(self, values: Mapping[str, Any]) -> list[str]:
        """Name the required fields without a value; those of the draft it asks for itself."""
        return [
            name
            for name, definition in self.definitions.items()
            if definition.required
            and not definition.is_needed
            and not _is_filled(values.get(name))
            and name not in (values.get(EXTRA) or {})
        ] + [
            name
            for name, value in (values.get(EXTRA) or {}).items()
            if name in self.definitions
            and self.definitions[name].required
            and not _is_filled(value)
            and not self._is_developer
        ]

    @property
    def _is_developer(self) -> bool:
        return self.work.actor.is_developer


def _is_filled(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def refuse_fields(values: Mapping[str, Any]) -> None:
    """Refuse extra fields of the provider's own staff, who have none. Raises: Invalid."""
    if values.get(EXTRA):
        raise Invalid("are of developers' users only.", field=EXTRA)

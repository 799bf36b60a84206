"""What was wrong with a form, at the object that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeVar

from cms.liquid.drops.collection import Collection
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.fields import ShownField
from cms.liquid.drops.render_data import RenderData

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was refused: messages by field, and one that belongs to none."""

    by_field: Mapping[str, str] = field(default_factory=dict)
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in: values by short name, passwords left out."""

    values: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal = field(default_factory=Refusal)
    fields: tuple[ShownField, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one attribute; the value is what was typed."""

    attribute: str
    message: str
    value: str = ""


class ErrorDrop(Drop[FieldError]):
    """What is wrong with one attribute of an object; it reads as its message.

    Example: {% for error in current_account.errors %}{{ error.attribute }} {{ error }}{% endfor %}.
    """

    shows = ("attribute", "message", "value")
    says = {
        "attribute": "The attribute that it is about.",
        "message": "What is wrong with it.",
        "value": "What was typed.",
    }

    def __str__(self) -> str:
        return self.model.message


class Errors(Collection[ErrorDrop]):
    """The errors of an object: all of them, or those of one attribute: `errors.name`."""

    def __getitem__(self, index: Any) -> Any:
        """Find an error by number, those of an attribute by its name. Raises: KeyError."""
        if index in {"empty?", "present?"}:
            return bool(self) is (index == "present?")
        if not isinstance(index, str):
            return super().__getitem__(index)
        found = Errors(error for error in self if error.model.attribute == index)
        if not found:
            raise KeyError(index)
        return found


class FormObject(Drop[Model]):
    """An object that a form is about: it knows what was typed, and what was wrong with that.

    Example: {{ current_account.errors.size }}
    """

    shows: ClassVar[tuple[str, ...]] = ("errors",)
    types = {"errors": "[Error]"}
    typed_as: ClassVar[Mapping[str, str]] = {}  # field of the drop -> field of the form

    def __init__(self, model: Model, data: RenderData, filled: Filled | None = None) -> None:
        super().__init__(model, data)
        self._filled = filled

    def refused(self, filled: Filled) -> Self:
        """Make the same object as a form has filled it in."""
        return type(self)(self.model, self.data, filled)

    def __getitem__(self, name: str) -> object:
        if self._filled is not None and self._filled.refusal != Refusal():
            typed = self._filled.values.get(self.typed_as.get(name, name))
            if typed is not None and name in self.shows:
                return typed
        return super().__getitem__(name)

    @property
    def errors(self) -> Errors:
        """What was wrong with what was typed; empty when nothing was."""
        if self._filled is None:
            return Errors()
        spoken = {form: own for own, form in self.typed_as.items()}
        made = (
            FieldError(spoken.get(name, name), message, self._filled.values.get(name, ""))
            for name, message in self._filled.refusal.by_field.items()
        )
        return Errors(ErrorDrop(error, self.data) for error in made)

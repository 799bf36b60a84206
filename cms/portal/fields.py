"""The fields of a form as the provider defined them: their inputs, what was typed, what is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cms.liquid.drops.fields import ShownField, shown_field
from cms.liquid.drops.pages import Filled
from cms.portal.context import PortalContext
from cms.portal.forms import Fields, filled
from server.actions.provider.fields import EXTRA
from server.domain.errors import DomainError
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import stored_value


@dataclass(frozen=True, slots=True)
class FormFields:
    """The fields of one target in a form; `taken` names are those of other fields in it.

    What is `known` already is not asked for.
    """

    ctx: PortalContext
    target: FieldTarget
    prefix: str
    row: Any = None
    taken: Collection[str] = ()
    known: Collection[str] = ()

    @property
    def names(self) -> Fields:
        """The inputs: short name -> name in the form; what developers don't fill in has none."""
        return {
            self._short(each): f"{self.prefix}[{each.name}]"
            for each in self._defined
            if each.is_open
        }

    @property
    def initial(self) -> Mapping[str, str]:
        """What stands, by short name."""
        return {self._short(each): self._standing(each) for each in self._defined}

    def sent(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Read what was typed, as actions take it; inputs of no field are nobody's business."""
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for each in self._defined:
            name = f"{self.prefix}[{each.name}]"
            if not each.is_open or name not in form:
                continue
            text = form[name].strip()
            if each.is_column:
                values[each.name] = text
            elif self.row is None or text != self._standing(each) or not text:
                extra[each.name] = text
        return {**values, EXTRA: extra}

    def shown(self, form: Filled) -> list[ShownField]:
        """Tell the fields with what was typed and what is wrong with it."""
        return [self._shown(each, form) for each in self._defined]

    def _shown(self, definition: FieldDefinition, form: Filled) -> ShownField:
        short, error = self._short(definition), ""
        value: Any = form.values.get(short, self._standing(definition))
        if not definition.is_open and self.row is not None:
            value = stored_value(definition, self.row)
        else:
            error = form.refusal.by_field.get(short, "")
        return shown_field(definition, value, self.prefix, [error] if error else [])

    def _short(self, definition: FieldDefinition) -> str:
        name = definition.name
        return f"{self.target.value}.{name}" if name in self.taken else name

    def _standing(self, definition: FieldDefinition) -> str:
        value = stored_value(definition, self.row) if self.row is not None else ""
        return ", ".join(value) if isinstance(value, list) else str(value)

    @property
    def _defined(self) -> list[FieldDefinition]:
        defined = self.ctx.data.field_definitions[self.target]
        return [each for each in defined if each.name not in self.known]


def account_fields(ctx: PortalContext, row: Any = None) -> FormFields:
    """Tell the fields of an account's form."""
    return FormFields(ctx, FieldTarget.ACCOUNT, "account", row)


def user_fields(ctx: PortalContext, row: Any = None) -> FormFields:
    """Tell the fields of a user's form."""
    return FormFields(ctx, FieldTarget.USER, "user", row)


def invitee_fields(ctx: PortalContext) -> FormFields:
    """Tell the fields of who accepts an invitation, which went to his mail address."""
    return FormFields(ctx, FieldTarget.USER, "user", known={"email"})


def application_fields(ctx: PortalContext, row: Any = None) -> FormFields:
    """Tell the fields of an application's form."""
    return FormFields(ctx, FieldTarget.APPLICATION, "application", row)


def signup_fields(ctx: PortalContext, known: Collection[str] = ()) -> tuple[FormFields, FormFields]:
    """Tell the fields of a signup: those of the account, and those of its first user."""
    account = account_fields(ctx)
    taken = set(account.names)
    return account, FormFields(ctx, FieldTarget.USER, "account[user]", None, taken, known)


def filled_with(
    parts: tuple[FormFields, ...],
    beside: Fields,
    form: Mapping[str, str],
    error: DomainError | None,
    initial: Mapping[str, str] | None = None,
) -> Filled:
    """Make a form of fields and of what it has `beside` them."""
    names = {short: name for part in parts for short, name in part.names.items()}
    standing = {short: text for part in parts for short, text in part.initial.items()}
    made = filled({**names, **beside}, form, error, {**standing, **(initial or {})})
    fields = tuple(field for part in parts for field in part.shown(made))
    return Filled(made.values, made.refusal, fields)

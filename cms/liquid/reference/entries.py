"""Every drop with its fields and types, every tag, filter and form, the variables of pages."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import cms.liquid.drops
from cms.liquid.context import EVERYWHERE, LOGGED_IN, OF_EMAIL, OF_PAGE
from cms.liquid.drops.drop import Drop
from cms.liquid.engine import FILTERS, TAGS, Engine
from cms.liquid.forms import FORMS
from cms.liquid.reference.docstrings import Told, told_by
from cms.liquid.reference.forms import FORM_NOTES
from cms.liquid.reference.standard import STANDARD_FILTERS, STANDARD_TAGS
from cms.liquid.reference.variables import OF_ONE_PAGE, VARIABLES

PLAIN = {"str": "text", "int": "number", "float": "number", "Decimal": "number", "bool": "boolean"}
PLAIN |= {"datetime": "time", "date": "date", "Markup": "text", "NoneType": "nothing"}
PLAIN |= {"timedelta": "duration", "object": "any"}
# What fields are that rows have as they are; a drop's `says` goes before it.
COMMON: Mapping[str, str] = {
    "id": "The number that tells it from others.",
    "name": "Its name.",
    "system_name": "The name that stays when the other one changes.",
    "description": "Its description.",
    "state": "Its state.",
    "title": "What it is called.",
    "text": "What it says.",
    "path": "Its path.",
    "value": "Its value.",
    "created_at": "When it was made.",
    "updated_at": "When it was changed last.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One name that templates may use."""

    name: str
    what: str
    type: str = ""  # as providers read it: text, number, [Plan]
    example: str = ""
    gives: str = ""  # what the example writes, where it is always the same
    is_liquids: bool = False  # Liquid's own: other engines have it too


@dataclass(frozen=True, slots=True)
class DropEntry:
    """A kind of object with its fields."""

    name: str
    what: str
    example: str
    fields: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A form: where it goes, what it is about, and which fields it reads."""

    name: str
    what: str
    method: str
    path: str
    about: str  # the kind of object that it needs; empty for none
    fields: tuple[str, ...]
    example: str


@cache
def list_filters() -> tuple[Entry, ...]:
    """List all filters: ours and those of Liquid itself."""
    names = sorted(Engine(autoescape=True).filter_names)
    return tuple(_entry(name, FILTERS.get(name), STANDARD_FILTERS.get(name)) for name in names)


@cache
def list_tags() -> tuple[Entry, ...]:
    """List all tags: ours and those of Liquid itself."""
    own = {tag.name: importlib.import_module(tag.__module__) for tag in TAGS}
    names = sorted(own.keys() | STANDARD_TAGS.keys())
    return tuple(_entry(name, own.get(name), STANDARD_TAGS.get(name)) for name in names)


@cache
def list_drops() -> tuple[DropEntry, ...]:
    """List the kinds of objects by name."""
    kinds = sorted(drop_kinds(), key=lambda kind: kind.__name__)
    return tuple(_drop(kind) for kind in kinds)


@cache
def list_forms() -> tuple[FormEntry, ...]:
    """List the forms by name."""
    return tuple(_form(name) for name in sorted(FORMS))


def variables_of(kind: str, name: str) -> tuple[Entry, ...]:
    """List the variables of a page or a mail; of anything else those that are everywhere."""
    if kind == "email":
        return tuple(_variable(each, name) for each in OF_EMAIL.get(name, ()))
    own = OF_PAGE.get(name, ()) if kind == "page" else ()
    shared = sorted({*EVERYWHERE, *LOGGED_IN} - {*own})
    return tuple(_variable(each, name) for each in (*own, *shared))


def page_names() -> tuple[str, ...]:
    """Name the portal's own pages, in the order of docs."""
    return tuple(OF_PAGE)


def email_names() -> tuple[str, ...]:
    """Name the mails, in the order of docs."""
    return tuple(OF_EMAIL)


def drop_kinds() -> Iterator[type[Drop[Any]]]:
    """Find all drops, which are those of the modules of cms.liquid.drops."""
    for module in pkgutil.iter_modules(cms.liquid.drops.__path__, "cms.liquid.drops."):
        for kind in vars(importlib.import_module(module.name)).values():
            is_drop = inspect.isclass(kind) and issubclass(kind, Drop) and kind is not Drop
            if is_drop and kind.__module__ == module.name:
                yield kind


def _entry(name: str, own: Any, standard: Told | None) -> Entry:
    told = told_by(own) if own is not None else Told()
    what = told.what.partition("`: ")[2] if told.what.startswith("`") else told.what
    if standard is not None:  # ours mends it, and need not tell it anew
        example, gives = (told.example, told.gives) if told.example else (standard.example, "")
        gives = gives or ("" if told.example else standard.gives)
        return Entry(name, what or standard.what, "", example, gives, is_liquids=True)
    return Entry(name, what[:1].upper() + what[1:], "", told.example, told.gives)


def _drop(kind: type[Drop[Any]]) -> DropEntry:
    told = told_by(kind)
    fields = tuple(_field(kind, name) for name in kind.shows)
    return DropEntry(_drop_name(kind.__name__), told.what, told.example, fields)


def _field(kind: type[Drop[Any]], name: str) -> Entry:
    attribute = kind.attributes.get(name, name.removesuffix("?"))
    shown = inspect.getattr_static(kind, attribute, None)
    if isinstance(shown, property) and shown.fget is not None:
        kind_of = kind.types.get(name) or type_of(get_type_hints(shown.fget).get("return"))
        return Entry(name, _asked(name, told_by(shown.fget).what), kind_of)
    says = kind.says.get(name, COMMON.get(name, ""))
    return Entry(name, says, kind.types.get(name) or type_of(_hint_of(kind, attribute)))


def _hint_of(kind: type[Drop[Any]], attribute: str) -> Any:
    """Find the type of what a drop takes from its model as it is."""
    bases: tuple[Any, ...] = getattr(kind, "__orig_bases__", ())
    model = next((base.__args__[0] for base in bases if getattr(base, "__args__", ())), None)
    if not inspect.isclass(model):
        return None
    shown = inspect.getattr_static(model, attribute, None)
    if isinstance(shown, property) and shown.fget is not None:
        return get_type_hints(shown.fget).get("return")
    return get_type_hints(model).get(attribute)


def type_of(hint: Any) -> str:
    """Write a type as providers read it: `text`, `[Plan]` for a list, `Plan?` for perhaps none."""
    if hint is None:
        return ""
    args = [each for each in get_args(hint) if each is not Ellipsis]
    if args and not inspect.isclass(getattr(hint, "__origin__", None)):
        known = [each for each in args if each is not type(None)]
        text = " or ".join(dict.fromkeys(type_of(each) for each in known))
        return f"{text}?" if len(known) < len(args) else text
    origin = getattr(hint, "__origin__", hint)
    if args and inspect.isclass(origin) and issubclass(origin, Mapping):
        return "by name"
    if args:
        return f"[{type_of(args[0])}]"
    text = getattr(hint, "__name__", str(hint))
    return PLAIN.get(text) or _drop_name(text)


def _asked(name: str, what: str) -> str:
    """Say of a question what it asks, in the reader's words."""
    for opening in ("Return whether ", "Tell whether "):
        if what.startswith(opening):
            return f"Whether {what.removeprefix(opening)}"
    return what


def _drop_name(name: str) -> str:
    return re.sub(r"Drop$", "", name)


def _form(name: str) -> FormEntry:
    target, note = FORMS[name], FORM_NOTES.get(name)
    if note is None:
        return FormEntry(name, "", target.method, target.path, "", (), "")
    about = f", {note.about}" if note.about else ""
    example = f"{{% form '{name}'{about} %}}…{{% endform %}}"
    return FormEntry(name, note.what, target.method, target.path, note.about, note.fields, example)


def _variable(name: str, page: str) -> Entry:
    kind, what = OF_ONE_PAGE.get((page, name)) or VARIABLES.get(name, ("", ""))
    return Entry(name, what, kind)


def words_of_type(kind: str) -> str:
    """Take the name of the drop out of a type: `Plan` of `[Plan]` and `Plan?`."""
    return kind.strip("[]?")

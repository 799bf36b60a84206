"""What can be inserted into a template: the list beside the editor, and what it completes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cms.liquid.reference import entries
from cms.liquid.reference.entries import Entry

Word = tuple[str, str, str, str]  # name, type, what, and the text that is inserted
NOT_INSERTED = frozenset({"content"})  # of pages: it is the layout's


@dataclass(frozen=True, slots=True)
class WordGroup:
    """A variable with its fields, or all tags, filters, forms."""

    name: str
    kind: str
    what: str
    insert: str
    words: Sequence[Word]


@cache
def groups_of(kind: str, name: str) -> Sequence[WordGroup]:
    """List what a template of this kind and name may use: its variables first."""
    drops = {drop.name: drop for drop in entries.list_drops()}
    groups = []
    for variable in entries.variables_of(kind, name):
        drop = drops.get(entries.words_of_type(variable.type))
        words = [_field(variable, field) for field in drop.fields] if drop else []
        groups.append(
            WordGroup(variable.name, variable.type, variable.what, _variable(variable), words)
        )
    return [*groups, _tags(kind), _filters(), _forms()]


@cache
def completions_of(kind: str, name: str) -> Mapping[str, Any]:
    """Tell the editor what to complete: tags, filters, variables, and the fields of drops."""
    return {
        "tags": [_told(each) for each in entries.list_tags()],
        "filters": [_told(each) for each in entries.list_filters()],
        "variables": [_told(each) for each in entries.variables_of(kind, name)],
        "drops": {
            drop.name: [_told(field) for field in drop.fields] for drop in entries.list_drops()
        },
    }


def _told(entry: Entry) -> dict[str, str]:
    return {"name": entry.name, "what": entry.what, "kind": entry.type}


def _variable(variable: Entry) -> str:
    if variable.type.startswith("["):
        return _loop(variable.name, "")
    return f"{{{{ {variable.name} }}}}"


def _field(variable: Entry, field: Entry) -> Word:
    if variable.type.startswith("["):
        text = _loop(variable.name, f".{field.name}")
    elif field.type.startswith("["):
        text = _loop(f"{variable.name}.{field.name}", "")
    elif field.type == "boolean":
        text = f"{{% if {variable.name}.{field.name} %}}{{% endif %}}"
    else:
        text = f"{{{{ {variable.name}.{field.name} }}}}"
    return field.name, field.type, field.what, text


def _loop(path: str, field: str) -> str:
    return f"{{% for each in {path} %}}{{{{ each{field} }}}}{{% endfor %}}"


def _tags(kind: str) -> WordGroup:
    words = [
        (tag.name, "", tag.what, tag.example)
        for tag in entries.list_tags()
        if kind == "layout" or tag.name not in NOT_INSERTED
    ]
    return WordGroup("Tags", "", "What does something.", "", words)


def _filters() -> WordGroup:
    words = [(each.name, "", each.what, f" | {each.name}") for each in entries.list_filters()]
    return WordGroup("Filters", "", "What changes a value that is written.", "", words)


def _forms() -> WordGroup:
    words = [(each.name, each.about, each.what, each.example) for each in entries.list_forms()]
    return WordGroup("Forms", "", "What developers send.", "", words)

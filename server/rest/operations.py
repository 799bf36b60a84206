"""What an operation of the REST API is, and the five that every resource has.

Each area has a tuple `OPERATIONS` in sight; `server.rest.registry` puts them one after the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any

from pydantic import create_model
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.resources import Resource
from server.actions.rows import get_owned
from server.domain.attributes import Refers
from server.domain.drafts import Draft
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.rest.answers import Answer, Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.formats import PREFIX
from server.rest.shapes import Shape

Narrow = Callable[[RestContext, SelectOfScalar[Any]], SelectOfScalar[Any]]
# What the reference calls the object that parameters come wrapped in, where that is not its root.
ALSO_CALLED: Mapping[str, str] = {
    "api_doc": "api_docs_service",
    "backend_usage": "backend_api_config",
    "limit": "usage_limit",
    "method": "metric",
    "webhook": "web_hook",
}


def wrappers_of(name: str) -> tuple[str, ...]:
    """Name the objects that the parameters of a kind may come wrapped in: ours, the reference's."""
    return (name, ALSO_CALLED[name]) if name in ALSO_CALLED else (name,)


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the URL table; `path` is without prefix and format."""

    method: str
    path: str
    summary: str
    permission: Permission
    run: Callable[[RestContext], Any]  # what it gives is written by `answer`
    answer: Answer
    _: KW_ONLY
    takes: type[Draft] | None = None  # what the body may hold
    wrappers: tuple[str, ...] = ()  # objects that these may come wrapped in
    filters: type[Draft] | None = None  # what the query may hold
    resource: Resource[Any] | None = None
    only_json: bool = False  # there is no XML of it
    texts: tuple[str, ...] = ()  # what of the path may be any text, with dots and slashes
    needs: str = ""  # the object that a body without any of its attributes lacks
    takes_file: bool = False  # a body that holds one may be larger
    prefix: str = PREFIX  # what its path begins with
    also: tuple[Permission, ...] = ()  # what else it needs
    takes_document: str = ""  # the parameter that may be longer than a body else is
    called: tuple[tuple[str, str], ...] = ()  # what of ours its parameters call otherwise

    @property
    def place(self) -> str:
        """Tell its path with the prefix, as routers read it."""
        path = self.path
        for name in self.texts:
            path = path.replace(f"{{{name}}}", f"{{{name}:path}}")
        return f"{self.prefix}{path}"

    @property
    def is_paged(self) -> bool:
        """Return whether it takes `page` and `per_page`."""
        return bool(getattr(self.answer, "is_paged", False))

    @property
    def attributes(self) -> tuple[str, ...]:
        """Name what its body may hold."""
        return tuple(self.takes.model_fields) if self.takes else ()


def rows_of(resource: Resource[Any], shape: Shape[Any], path: str) -> tuple[Operation, ...]:
    """Make the usual rows of a resource: list and read; create, update, delete if it has those."""
    life = resource.events
    return (
        list_row(resource, shape, path),
        *([create_row(resource, shape, path)] if life.created else []),
        read_row(resource, shape, path),
        *(update_rows(resource, shape, path) if life.updated else ()),
        *([delete_row(resource, path)] if life.deleted else []),
    )


def list_row(
    resource: Resource[Any],
    shape: Shape[Any],
    path: str,
    *,
    is_paged: bool = False,
    filters: type[Draft] | None = None,
) -> Operation:
    """List objects; each filter is a column of theirs."""
    return Operation(
        "GET",
        path,
        f"List {_plural(resource)}.",
        resource.read,
        partial(_list, resource, filters),
        Listed(shape, is_paged),
        filters=filters,
        resource=resource,
    )


def create_row(
    resource: Resource[Any],
    shape: Shape[Any],
    path: str,
    create: Callable[..., Any] | None = None,
    takes: type[Draft] | None = None,
) -> Operation:
    """Make an object; an action of the topic's own may take more than the resource's draft."""
    model = takes or _body_of(resource.draft, path)
    return Operation(
        "POST",
        path,
        f"Make {_one(resource)}.",
        resource.edit,
        partial(_create, resource, create or resource.create, model),
        Made(shape, f"{path}/{{id}}"),
        takes=model,
        wrappers=wrappers_of(resource.name),
        resource=resource,
    )


def read_row(resource: Resource[Any], shape: Shape[Any], path: str) -> Operation:
    """Show an object."""
    return Operation(
        "GET",
        f"{path}/{{id}}",
        f"Show {_one(resource)}.",
        resource.read,
        partial(found, resource),
        One(shape),
        resource=resource,
    )


def update_rows(
    resource: Resource[Any],
    shape: Shape[Any],
    path: str,
    update: Callable[..., Any] | None = None,
    takes: type[Draft] | None = None,
) -> tuple[Operation, ...]:
    """Change what is given of an object; an action of the topic's own may take more."""
    model = takes or resource.changes
    return tuple(
        Operation(
            method,
            f"{path}/{{id}}",
            f"Change {_one(resource)}: what is left out stays.",
            resource.edit,
            partial(_update, resource, update or resource.update, model),
            One(shape),
            takes=model,
            wrappers=wrappers_of(resource.name),
            resource=resource,
        )
        for method in ("PUT", "PATCH")
    )


def delete_row(
    resource: Resource[Any], path: str, delete: Callable[..., Any] | None = None
) -> Operation:
    """Delete an object; `delete` is an action of the topic's own."""
    act = delete or resource.delete
    return Operation(
        "DELETE",
        f"{path}/{{id}}",
        f"Delete {_one(resource)}, with what belongs to it.",
        resource.edit,
        lambda ctx: act(ctx, found(resource, ctx).id),
        Gone(),
        resource=resource,
    )


def act_row(
    resource: Resource[Any], shape: Shape[Any], path: str, summary: str, act: Callable[..., Any]
) -> Operation:
    """Do something to the object of the path, and show it."""
    return Operation(
        "PUT",
        path,
        summary,
        resource.edit,
        lambda ctx: act(ctx, found(resource, ctx).id),
        One(shape),
        resource=resource,
    )


def found(resource: Resource[Any], ctx: RestContext) -> Any:
    """Find the object of the path, where the path says that it is. Raises: NotFound."""
    row = resource.get(ctx, ctx.path_id())
    if any(getattr(row, column) != value for column, value in _place(resource, ctx).items()):
        raise NotFound("There is no such object here.", field="id")
    return row


def _list(
    resource: Resource[Any], filters: type[Draft] | None, ctx: RestContext
) -> SelectOfScalar[Any]:
    query = resource.query(ctx.actor)
    wanted = ctx.given(filters) if filters else {}
    filled = {name: value for name, value in wanted.items() if value not in (None, "")}
    columns = {**_place(resource, ctx), **filled}
    return query.where(*(getattr(resource.model, name) == value for name, value in columns.items()))


def _create(
    resource: Resource[Any], act: Callable[..., Any], model: type[Draft], ctx: RestContext
) -> Any:
    place = dict(_place(resource, ctx))
    parent_id = place.pop(resource.parent.column, None) if resource.parent else None
    return act(ctx, {**ctx.params.pick(model.model_fields), **place}, parent_id)


def _update(
    resource: Resource[Any], act: Callable[..., Any], model: type[Draft], ctx: RestContext
) -> Any:
    return act(ctx, found(resource, ctx).id, ctx.params.pick(model.model_fields))


def _place(resource: Resource[Any], ctx: RestContext) -> Mapping[str, int]:
    """Return which columns the path sets: what an object belongs to, and what else it names.

    Raises: NotFound for an owner that is not there, or not where the path says.
    """
    owner = resource.parent
    if owner is None or owner.column not in ctx.path:
        return {}
    parent = owner.get(ctx, ctx.path_id(owner.column) or 0)
    place = {owner.column: parent.id}
    for name in ctx.path:
        if name not in {owner.column, "id", "format"}:
            number = ctx.path_id(name) or 0
            if getattr(parent, name, number) != number:
                raise NotFound("There is no such object here.", field=name)
            if not hasattr(parent, name):
                place[name] = number
    _find_referred(resource, ctx, place)
    return place


def _find_referred(resource: Resource[Any], ctx: RestContext, place: Mapping[str, int]) -> None:
    """Find what else the path names, such as the metric of limits. Raises: NotFound."""
    for attribute in resource.attributes:
        refers = attribute.mark(Refers)
        if refers is not None and attribute.name in place:
            get_owned(ctx, refers.model, place[attribute.name])


def _body_of(draft: type[Draft], path: str) -> type[Draft]:
    """Leave out of a draft what the path says already."""
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in draft.model_fields.items()
        if f"{{{name}}}" not in path
    }
    if len(fields) == len(draft.model_fields):
        return draft
    return create_model(f"{draft.__name__}Body", __base__=Draft, **fields)


def _one(resource: Resource[Any]) -> str:
    words = resource.name.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _plural(resource: Resource[Any]) -> str:
    return f"{resource.name.replace('_', ' ')}s"

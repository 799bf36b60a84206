"""People of the provider's own side, and what they reach. Source: reference-portal 1.1, 12.3."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, create_model
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.staff import change_reach, get_staff, staff_query
from server.actions.accounts.users import create_user, delete_user
from server.actions.work import Work
from server.domain.accounts.users import NewUser, ServiceIds, User
from server.domain.drafts import Draft, changes_model
from server.domain.permissions import Permission, Role, Section
from server.kit.xml import Element
from server.rest.accounts.users import MOVES, UserFilters, change_user, moved
from server.rest.answers import Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import Operation
from server.rest.params import listed
from server.rest.schemas import Schema
from server.rest.shapes import Links, Part, Shape, Texts, columns, computed

PATH = "/users"
OWN = f"{PATH}/{{id}}"
STAFF = Shape(
    name="user",
    title="StaffUser",
    model=User,
    parts=(
        *columns("id", "created_at", "updated_at"),
        computed("account_id", int, lambda user: user.provider_id),
        *columns("state", "role"),
        *columns("username", "email", "first_name", "last_name", hides=True),
        Links({"self": OWN, "permissions": f"{OWN}/permissions"}),
    ),
)


def _is_bound(user: User) -> bool:
    return user.role == Role.MEMBER


@dataclass(frozen=True, slots=True)
class _Services(Part):
    """The services that a member reaches: none of these where he reaches all."""

    only: Format | None = None

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        def write(user: User) -> Iterable[Element]:
            if not _is_bound(user) or user.service_ids is None:
                return []
            each = [Element("allowed_service_id", str(number)) for number in user.service_ids]
            return [Element("allowed_service_ids", each)]

        return write

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        return lambda user: {"allowed_service_ids": user.service_ids if _is_bound(user) else None}

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        ids: Schema = {"type": ["array", "null"], "items": {"type": "integer"}}
        return {"allowed_service_ids": ids}


def _sections(user: User) -> list[str]:
    return sorted(user.sections or ()) if _is_bound(user) else sorted(Section)


PERMISSIONS = Shape(
    name="permissions",
    model=User,
    parts=(
        computed("user_id", int, lambda user: user.id),
        *columns("role"),
        Texts("allowed_sections", "allowed_section", load=lambda _work, _rows: _sections),
        _Services(),
        Links({"user": OWN}),
    ),
)


def _none_of(value: Any) -> bool:
    """Tell what clients write for an empty list: `[]`, as a text too."""
    return value in ("[]", ["[]"], [])


def _names(value: Any) -> Any:
    """Read sections: one, several, or none."""
    return [] if value in ("", [""]) or _none_of(value) else listed(value)


def _numbers(value: Any) -> Any:
    """Read ids of services; a missing value is all of them, `[]` none."""
    if value in ("", [""], [None], None):
        return None
    return [] if _none_of(value) else listed(value)


Sections = Annotated[list[Section], BeforeValidator(_names)]
Services = Annotated[ServiceIds | None, BeforeValidator(_numbers)]
_REACH: dict[str, Any] = {
    "member_permission_ids": (Sections, []),
    "member_permission_service_ids": (Services, None),
}
_STAFF: dict[str, Any] = {
    name: (field.annotation, field)
    for name, field in NewUser.model_fields.items()
    if name not in {"role", "extra_fields"}
}
NewStaff: type[Draft] = create_model("NewStaff", __base__=Draft, **_STAFF, **_REACH)
StaffChanges = changes_model(create_model("Staff", __base__=Draft, **_STAFF, **_REACH))


class PermissionsBody(Draft):
    """What a member of the staff is let into; what is left out stays."""

    allowed_sections: Sections = []
    allowed_service_ids: Services = None


WORDS = {
    "member_permission_ids": "sections",
    "allowed_sections": "sections",
    "member_permission_service_ids": "service_ids",
    "allowed_service_ids": "service_ids",
}


def _called(*names: str) -> tuple[tuple[str, str], ...]:
    """Pair what we call a bound with the parameter that says it."""
    return tuple((WORDS[name], name) for name in names)


def _split(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what is of the person from what he reaches."""
    reach = {WORDS[name]: value for name, value in given.items() if name in WORDS}
    return {name: value for name, value in given.items() if name not in WORDS}, reach


def index(ctx: RestContext) -> SelectOfScalar[User]:
    """Select the people of the provider's own side."""
    query = staff_query(ctx.actor)
    for name, value in ctx.given(UserFilters).items():
        if value:
            query = query.where(getattr(User, name) == value)
    return query


def create(ctx: RestContext) -> User:
    """Add a member to the staff, who reaches nothing until he is let into something."""
    values, reach = _split(ctx.given(NewStaff))
    return create_user(ctx, None, values, {"sections": [], **reach})


def find(ctx: RestContext) -> User:
    """Find one of the staff. Raises: NotFound."""
    return get_staff(ctx, ctx.path_id())


def update(ctx: RestContext) -> User:
    """Change what is given of one of the staff."""
    user = find(ctx)
    values, reach = _split(ctx.given(StaffChanges))
    values.pop("password", "")  # which is read apart
    change_user(ctx, user, values)
    return change_reach(ctx, user.id, reach) if reach else user


def change_permissions(ctx: RestContext) -> User:
    """Choose what a member of the staff is let into."""
    return change_reach(ctx, find(ctx).id, _split(ctx.given(PermissionsBody))[1])


def _delete(ctx: RestContext) -> None:
    delete_user(ctx, find(ctx).id)


def _move(word: str, summary: str, act: Any) -> Operation:
    run = moved(find, act, is_told_apart=word == "suspend")
    return Operation("PUT", f"{OWN}/{word}", summary, EDIT, run, One(STAFF))


READ, EDIT = Permission.SETTINGS_READ, Permission.SETTINGS_EDIT
OPERATIONS = (
    Operation("GET", PATH, "List the staff.", READ, index, Listed(STAFF), filters=UserFilters),
    Operation(
        "POST",
        PATH,
        "Add a member to the staff: he reaches what `member_permission_ids` names.",
        EDIT,
        create,
        Made(STAFF, OWN),
        takes=NewStaff,
        wrappers=("user",),
        called=_called(*_REACH),
    ),
    Operation("GET", OWN, "Show one of the staff.", READ, find, One(STAFF)),
    *(
        Operation(
            method,
            OWN,
            "Change one of the staff: what is left out stays.",
            EDIT,
            update,
            One(STAFF),
            takes=StaffChanges,
            wrappers=("user",),
            called=_called(*_REACH),
        )
        for method in ("PUT", "PATCH")
    ),
    Operation(
        "DELETE", OWN, "Delete one of the staff; the last admin stays.", EDIT, _delete, Gone()
    ),
    *(_move(*each) for each in MOVES),
    Operation(
        "GET",
        f"{OWN}/permissions",
        "Tell what one of the staff is let into.",
        READ,
        find,
        One(PERMISSIONS),
    ),
    Operation(
        "PUT",
        f"{OWN}/permissions",
        "Choose what a member of the staff is let into: sections, and APIs.",
        EDIT,
        change_permissions,
        One(PERMISSIONS),
        takes=PermissionsBody,
        wrappers=("permissions",),
        needs="permissions",
        called=_called(*PermissionsBody.model_fields),
    ),
)

"""The team: people of the provider's own side, and what each of them reaches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.lists import UserFilter, narrowed_staff
from server.actions.accounts.staff import change_reach, get_staff
from server.actions.accounts.users import (
    LISTING,
    activate_user,
    create_user,
    delete_user,
    suspend_user,
    unsuspend_user,
    update_user,
)
from server.actions.services.services import SERVICES
from server.admin.accounts.developers import state_and_role
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, is_narrowed, page_through
from server.admin.render import render
from server.domain.accounts.users import PASSWORD_LEAST, User
from server.domain.permissions import Permission, Role, Section
from server.domain.services.services import Service

ROLES = (("member", "Member: reaches what is chosen below"), ("admin", "Admin: reaches everything"))
LOOKS, CHOSEN = "looks", "chosen"
REACHES = (
    (CHOSEN, "Works on the sections ticked here"),
    (LOOKS, "Reads everything, changes nothing"),
)
ALL = "all"
APIS = ((ALL, "All APIs, new ones too"), (CHOSEN, "The APIs ticked here"))
SECTIONS: Sequence[tuple[Section, str]] = (
    (Section.PARTNERS, "Accounts and applications: developers, their keys, messages"),
    (Section.PLANS, "APIs and plans: gateways, metrics, limits, prices"),
    (Section.MONITORING, "Statistics and alerts"),
    (Section.PORTAL, "Developer portal: pages, theme, forum"),
    (Section.SETTINGS, "Settings, logins, and this team"),
    (Section.FINANCE, "Finance: cards of accounts"),
    (Section.POLICY_REGISTRY, "Registry of policies"),
)
NEW = ("username", "email", "first_name", "last_name")
MOVES: dict[str, tuple[Callable[..., User], str]] = {
    "activate": (activate_user, "may log in now."),
    "suspend": (suspend_user, "is suspended, and logged out everywhere."),
    "unsuspend": (unsuspend_user, "may log in again."),
}


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The people of the provider's own side."""

    people: Pager[User]
    names: dict[str, str]  # of sections
    password_least: int
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One of them, and what there is to choose."""

    user: User
    services: Sequence[Service]
    roles: tuple[tuple[str, str], ...] = ROLES
    reaches: tuple[tuple[str, str], ...] = REACHES
    sections: Sequence[tuple[Section, str]] = SECTIONS
    apis: tuple[tuple[str, str], ...] = APIS


def index(ctx: AdminContext) -> Response:
    """List the team."""
    names = {section.value: label.partition(":")[0] for section, label in SECTIONS}
    search, filters = ctx.query("search"), state_and_role(ctx)
    state, role = (each.value for each in filters)
    wanted = UserFilter(state=state, role=role, search=search)
    people = page_through(ctx, LISTING, narrowed_staff(ctx, wanted))
    is_filtered = is_narrowed(search, filters)
    page = TeamPage(people, names, PASSWORD_LEAST, search, filters, is_filtered)
    return render(ctx, "team/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Add a member, who reaches nothing yet: his page follows, where that is chosen."""
    values = {**ctx.texts(*NEW), "password": ctx.values.get("password", "")}
    user = create_user(ctx, None, values, {"sections": []})
    return ctx.go(f"/team/{user.id}", f"{user.username} is added. Choose what he may do.")


def show(ctx: AdminContext) -> Response:
    """Show one of the team."""
    services: Sequence[Service] = []
    if ctx.actor.may(Permission.SERVICES_READ):
        services = ctx.db.exec(SERVICES.query(ctx.actor).order_by(col(Service.id))).all()
    return render(ctx, "team/show.html.j2", PersonPage(_person(ctx), services))


def update(ctx: AdminContext) -> Response:
    """Change the role of somebody, and what a member reaches."""
    user = _person(ctx)
    role = ctx.text("role")
    if role != user.role:
        update_user(ctx, user.id, {"role": role})
    if user.role == Role.MEMBER:
        change_reach(ctx, user.id, _reach(ctx))
    return ctx.go(f"/team/{user.id}", f"{user.username} is saved.")


def _reach(ctx: AdminContext) -> dict[str, Any]:
    """Read which sections and APIs are ticked."""
    sections = [section.value for section, _ in SECTIONS if ctx.flag(f"section_{section}")]
    prefix = "service_"
    services = [
        name.removeprefix(prefix)
        for name in ctx.values
        if name.startswith(prefix) and ctx.flag(name)
    ]
    return {
        "sections": None if ctx.text("reach") == LOOKS else sections,
        "service_ids": None if ctx.text("apis") == ALL else services,
    }


def move(ctx: AdminContext) -> Response:
    """Let somebody in, or lock him out."""
    act, done = ctx.verb(MOVES)
    user = act(ctx, _person(ctx).id)
    return ctx.go(f"/team/{user.id}", f"{user.username} {done}")


def delete(ctx: AdminContext) -> Response:
    user = delete_user(ctx, _person(ctx).id)
    return ctx.go("/team", f"{user.username} is deleted.")


def _person(ctx: AdminContext) -> User:
    return get_staff(ctx, ctx.path_id("user_id"))

"""The users of one's account: list, role, lock out, delete. Source: reference-portal 2.6."""

from starlette.responses import Response

from cms.liquid.drops.accounts import UserDrop
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.render import render_page
from server.actions.accounts import users as actions
from server.domain.accounts.users import User
from server.domain.errors import NotFound

LIST = "/admin/account/users"


def index(ctx: PortalContext) -> Response:
    """List the users of one's account. Raises: NotFound where accounts have one user."""
    _refuse_hidden(ctx)
    query = actions.users_query(ctx.actor)
    rows, pagination = page_of(ctx, actions.LISTING, query, LIST)
    users = [UserDrop(row, ctx.data) for row in rows]
    return render_page(ctx, "accounts/users/index", {"users": users, "pagination": pagination})


def edit(ctx: PortalContext) -> Response:
    """Show the form of a user's role, and what ends his access."""
    _refuse_hidden(ctx)
    user = _found(ctx)
    form = forms.filled(forms.ROLE, ctx.values, ctx.error, {"role": user.role})
    variables = {"form": FormDrop(form, ctx.data), "user": UserDrop(user, ctx.data)}
    return render_page(ctx, "accounts/users/edit", variables)


def update(ctx: PortalContext) -> Response:
    values = forms.values_of(forms.ROLE, ctx.values)
    user = actions.update_user(ctx, _found(ctx).id, values)
    return ctx.go(LIST, f"{user.username} is {'an' if user.role == 'admin' else 'a'} {user.role}.")


def suspend(ctx: PortalContext) -> Response:
    user = actions.suspend_user(ctx, _found(ctx).id)
    return ctx.go(LIST, f"{user.username} is locked out.")


def unsuspend(ctx: PortalContext) -> Response:
    user = actions.unsuspend_user(ctx, _found(ctx).id)
    return ctx.go(LIST, f"{user.username} may log in again.")


def delete(ctx: PortalContext) -> Response:
    user = actions.delete_user(ctx, _found(ctx).id)
    return ctx.go(LIST, f"{user.username} is deleted.")


def _found(ctx: PortalContext) -> User:
    """Find a user of one's account. Raises: NotFound."""
    query = actions.users_query(ctx.actor).where(User.id == ctx.path_id("id"))
    user = ctx.db.exec(query).first()
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _refuse_hidden(ctx: PortalContext) -> None:
    if not ctx.data.settings.multiple_users:
        raise NotFound("There is no such page.")

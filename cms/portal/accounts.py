"""The developer's account and personal details."""

from starlette.responses import Response

from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.countries import countries_of
from cms.liquid.drops.identities import ways_of
from cms.liquid.drops.login_ways import LoginWay, login_way_of
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.fields import account_fields, filled_with, user_fields
from cms.portal.notifications import choices_of
from cms.portal.passwords import new_password
from cms.portal.render import render_page
from server.actions.accounts.accounts import update_account
from server.actions.accounts.authentication_providers import published_query
from server.actions.accounts.users import change_password, update_user
from server.auth.passwords import check_own_password
from server.auth.sessions import open_session
from server.domain.accounts.users import Proof
from server.web.cookies import DEVELOPER

ACCOUNT_PAGE, USER_PAGE = "/admin/account", "/admin/account/personal_details"


def show(ctx: PortalContext) -> Response:
    return render_page(ctx, "account/show")


def edit(ctx: PortalContext) -> Response:
    account = ctx.data.account
    filled = filled_with((account_fields(ctx, account),), {}, ctx.values, ctx.error)
    variables = {
        "countries": countries_of(ctx.data),
        "current_account": AccountDrop(account, ctx.data, filled) if account else None,
        "form": FormDrop(filled, ctx.data),
    }
    return render_page(ctx, "account/edit", variables)


def update(ctx: PortalContext) -> Response:
    sent = account_fields(ctx, ctx.data.account).sent(ctx.values)
    update_account(ctx, ctx.account_id, sent)
    return ctx.go(ACCOUNT_PAGE, "The account is saved.")


def show_user(ctx: PortalContext) -> Response:
    """Show the personal details and the password form; one of them may have been refused."""
    user = ctx.developer.user
    about_password = "user[password]" in ctx.values
    details = filled_with(
        (user_fields(ctx, user),),
        forms.USER,
        {} if about_password else ctx.values,
        None if about_password else ctx.error,
        {"locale": user.locale},
    )
    password = forms.filled(forms.OWN_PASSWORD, {}, ctx.error if about_password else None)
    variables = {
        "user": UserDrop(user, ctx.data, password if about_password else details),
        "form": FormDrop(details, ctx.data),
        "logins": ways_of(_open_ways(ctx), ctx.data),
        "notifications": choices_of(ctx),
        "password_form": FormDrop(password, ctx.data),
    }
    return render_page(ctx, "user/show", variables)


def _open_ways(ctx: PortalContext) -> list[LoginWay]:
    """List the providers of identity that whoever is logged in may still be connected with."""
    connected = {login.system_name for login in ctx.data.sso_logins.get(ctx.developer.user.id, [])}
    base = ctx.installation.addresses.portal(ctx.provider)
    rows = ctx.db.exec(published_query(ctx.provider.id))
    return [login_way_of(row, base) for row in rows if row.system_name not in connected]


def update_user_details(ctx: PortalContext) -> Response:
    """Change name and mail address; what one logs in with takes the current password."""
    user = ctx.developer.user
    values = forms.values_of(forms.USER, ctx.values)
    proof = _proof(ctx, values)
    update_user(ctx, user.id, {**user_fields(ctx, user).sent(ctx.values), **values}, proof)
    return ctx.go(USER_PAGE, "Your details are saved.")


def change_own_password(ctx: PortalContext) -> Response:
    """Change the password; all sessions end, and this browser gets a new one."""
    values = forms.values_of(forms.OWN_PASSWORD, ctx.values)
    password = new_password(values)
    change_password(ctx, _proof(ctx, values), password)
    login = open_session(ctx.db, ctx.installation, ctx.developer.user)
    response = ctx.go(USER_PAGE, "Your password is changed. Other browsers are logged out.")
    DEVELOPER.session.put(response, ctx.deps, login.token)
    return response


def _proof(ctx: PortalContext, values: dict[str, str]) -> Proof | None:
    """Take the current password out of what was sent, and check it. Raises: PasswordNeeded."""
    password = values.pop("current_password", "")
    return check_own_password(ctx.db, ctx.deps.gates, ctx.actor, password, ctx.page_request.address)

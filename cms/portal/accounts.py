"""The developer's account and personal details."""

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.cookies import put_session
from cms.portal.passwords import new_password
from cms.portal.render import go, render_page
from cms.portal.visit import PortalVisit
from server.actions.accounts.accounts import update_account
from server.actions.accounts.users import change_password, update_user
from server.auth.sessions import open_session
from server.domain.accounts.users import User
from server.domain.errors import Invalid
from server.kit.passwords import password_matches

ACCOUNT_PAGE, USER_PAGE = "/admin/account", "/admin/account/personal_details"
DETAILS = ("email", "first_name", "last_name", "username")


def show(visit: PortalVisit) -> Response:
    """Show the account."""
    return render_page(visit, "account/show")


def edit(visit: PortalVisit) -> Response:
    """Show the account's form."""
    account = visit.desk.account
    initial = {"org_name": account.org_name} if account else {}
    form = FormDrop(forms.filled(forms.ACCOUNT, visit.form, visit.error, initial), visit.desk)
    return render_page(visit, "account/edit", {"form": form})


def update(visit: PortalVisit) -> Response:
    """Change the account."""
    values = forms.values_of(forms.ACCOUNT, visit.form)
    update_account(visit.db, visit.actor, visit.account_id, values)
    return go(visit, ACCOUNT_PAGE, "The account is saved.")


def show_user(visit: PortalVisit) -> Response:
    """Show the personal details and the password form; one of them may have been refused."""
    user = visit.developer.user
    initial = {name: getattr(user, name) for name in DETAILS}
    about_password = "user[password]" in visit.form
    details = forms.filled(
        forms.USER,
        {} if about_password else visit.form,
        None if about_password else visit.error,
        initial,
    )
    password = forms.filled(forms.OWN_PASSWORD, {}, visit.error if about_password else None)
    variables = {
        "form": FormDrop(details, visit.desk),
        "password_form": FormDrop(password, visit.desk),
    }
    return render_page(visit, "user/show", variables)


def update_user_details(visit: PortalVisit) -> Response:
    """Change name and mail address; it takes the current password."""
    _count_attempt(visit)
    user = visit.developer.user
    values = forms.values_of(forms.USER, visit.form)
    _check_password(user, values.pop("current_password", ""))
    update_user(visit.db, visit.actor, user.id, values)
    return go(visit, USER_PAGE, "Your details are saved.")


def change_own_password(visit: PortalVisit) -> Response:
    """Change the password; all sessions end, and this browser gets a new one."""
    _count_attempt(visit)
    values = forms.values_of(forms.OWN_PASSWORD, visit.form)
    password = new_password(values)
    change_password(visit.db, visit.actor, values.get("current_password", ""), password)
    login = open_session(visit.db, visit.installation, visit.developer.user)
    response = go(visit, USER_PAGE, "Your password is changed. Other browsers are logged out.")
    put_session(response, visit.site, login)
    return response


def _count_attempt(visit: PortalVisit) -> None:
    address = visit.request.client.host if visit.request.client else ""
    visit.site.gates.password_checks.enter(
        visit.provider.id, f"user {visit.developer.user.id}", address
    )


def _check_password(user: User, password: str) -> None:
    if not password_matches(password, user.password_hash):
        raise Invalid("is not your current password.", field="current_password")

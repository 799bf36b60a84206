"""A forgotten password: ask for a link, follow it, set another."""

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.edge import AUDIENCE, Entry
from cms.portal.render import go, render_page
from cms.portal.visit import PortalVisit
from server.actions.accounts.users import (
    PASSWORD_RESET,
    ask_password_reset,
    reset_password,
    user_of_link,
)
from server.domain.errors import BadToken, Invalid

SENT = "If an account has this address, a link to set a new password is on its way."
CHANGED = "Your password is changed. Log in with the new one."
ASK_PAGE = "/admin/account/password/new"


def ask(visit: PortalVisit) -> Response:
    """Show the form that asks for a link."""
    form = FormDrop(forms.filled(forms.MAIL, visit.form, visit.error), visit.desk)
    return render_page(visit, "password/new", {"form": form})


def edit(visit: PortalVisit) -> Response:
    """Show the form of a mailed link; a dead one leads to asking again."""
    try:
        token = visit.param("password_reset_token")
        user_of_link(visit.db, visit.installation, visit.provider.id, PASSWORD_RESET, token)
    except BadToken as error:
        return go(visit, ASK_PAGE, error.message, "danger")
    form = FormDrop(forms.filled(forms.NEW_PASSWORD, visit.form, visit.error), visit.desk)
    return render_page(visit, "password/show", {"form": form})


def new_password(entry_form: dict[str, str]) -> str:
    """Read a new password that was typed twice. Raises: Invalid."""
    password = entry_form.get("password", "")
    if password != entry_form.get("password_confirmation", ""):
        raise Invalid("is not the same as the password above.", field="password_confirmation")
    return password


def create(entry: Entry) -> Response:
    """Send a link; the answer is the same for every address."""
    email = entry.form.get("email", "").strip()
    with entry.open(write=False) as visit:
        entry.site.gates.reset_mails.enter(visit.provider.id, email, entry.address)
    with entry.open(write=True) as visit:
        ask_password_reset(visit.db, visit.provider.id, AUDIENCE, email)
        return go(visit, "/login", SENT, "info")


def update(entry: Entry) -> Response:
    """Set the new password; all sessions end."""
    token = entry.form.get("password_reset_token", "").strip()
    values = forms.values_of(forms.NEW_PASSWORD, entry.form)
    with entry.open(write=False) as visit:
        entry.site.gates.reset_links.enter(visit.provider.id, token, entry.address)
    with entry.open(write=True) as visit:
        user_of_link(visit.db, visit.installation, visit.provider.id, PASSWORD_RESET, token)
        password = new_password(values)
        reset_password(visit.db, visit.installation, visit.provider.id, token, password)
        return go(visit, "/login", CHANGED)

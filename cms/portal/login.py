"""Logging in and out."""

from starlette.responses import RedirectResponse, Response

from cms.liquid.drops.pages import FormDrop, Told
from cms.portal import forms
from cms.portal.cookies import DASHBOARD, SESSION, own_page, put_flash, put_session
from cms.portal.edge import AUDIENCE, Entry
from cms.portal.render import render_page
from cms.portal.visit import PortalVisit
from server.auth.sessions import log_in, log_out


def show(visit: PortalVisit) -> Response:
    """Show the form; who is logged in goes on."""
    if visit.login is not None:
        return RedirectResponse(own_page(visit.param("return_to")), 303)
    form = FormDrop(forms.filled(forms.LOGIN, visit.form, visit.error), visit.desk)
    return render_page(visit, "login/new", {"form": form})


def create(entry: Entry) -> Response:
    """Check name and password; the session is a new one, an earlier one ends."""
    values = forms.values_of(forms.LOGIN, entry.form)
    username, password = values.get("username", ""), values.get("password", "")
    with entry.open(write=False) as visit:
        entry.site.gates.logins.enter(visit.provider.id, username, entry.address)
    with entry.open(write=True) as visit:
        provider_id = visit.provider.id
        login = log_in(visit.db, visit.installation, provider_id, AUDIENCE, (username, password))
        log_out(visit.db, entry.request.cookies.get(SESSION, ""))
    response = RedirectResponse(own_page(entry.form.get("return_to", "")), 303)
    put_session(response, entry.site, login)
    return response


def destroy(entry: Entry) -> Response:
    """End the session."""
    with entry.open(write=True) as visit:
        log_out(visit.db, entry.request.cookies.get(SESSION, ""))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION, path="/")
    put_flash(response, entry.site, Told("info", "You are logged out."))
    return response


def leave(visit: PortalVisit) -> Response:
    """Answer a link to /logout: leaving takes a button, since a link changes nothing."""
    return RedirectResponse(DASHBOARD if visit.login else "/login", 303)

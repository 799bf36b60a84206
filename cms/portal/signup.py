"""Signing up and following the mailed link. Source: reference-portal 6."""

from starlette.responses import RedirectResponse, Response

from cms.liquid.drops.pages import FormDrop
from cms.liquid.drops.services import ApplicationPlanDrop
from cms.portal import forms
from cms.portal.cookies import DASHBOARD
from cms.portal.edge import Entry
from cms.portal.render import go, render_page
from cms.portal.visit import PortalVisit
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.users import follow_activation, repeat_signup
from server.domain.accounts.accounts import Account
from server.domain.actors import Actor
from server.domain.errors import BadToken, NotFound, SignupDisabled, Taken
from server.kit.ids import id_or_none
from server.kit.passwords import hash_password

CLOSED = "Signups are closed. Write to the provider for an account."
WELCOME = "Your account is active. Log in to get your key."
WAITS = "Thank you. Your account waits for approval now; you get a mail when it is through."
SENT_AGAIN = "If that address is waiting for activation, a new link is on its way."


def show(visit: PortalVisit) -> Response:
    """Show the form; who is logged in has an account already."""
    if visit.login is not None:
        return RedirectResponse(DASHBOARD, 303)
    if not visit.desk.settings.signups_enabled:
        raise SignupDisabled(CLOSED)
    desk = visit.desk
    chosen = [
        ApplicationPlanDrop(plan, desk) for plan in desk.plans if plan.id in desk.chosen_plans
    ]
    form = FormDrop(forms.filled(forms.SIGNUP, visit.form, visit.error), desk)
    return render_page(visit, "signup/show", {"form": form, "chosen_plans": chosen})


def success(visit: PortalVisit) -> Response:
    """Tell that a mail is on its way."""
    return render_page(visit, "signup/success")


def draft_of(entry: Entry) -> NewSignup:
    """Read the form. Raises: NotFound for a plan that can't be one."""
    values = forms.values_of(forms.SIGNUP, entry.form)
    plan = entry.form.get("plan_ids[]", "").strip()
    plan_id = id_or_none(plan)
    if plan and plan_id is None:
        raise NotFound("There is no such plan to choose.", field="plan_ids")
    return NewSignup(
        org_name=values.get("org_name", ""),
        username=values.get("username", ""),
        email=values.get("email", ""),
        password=values.get("password", ""),
        application_plan_id=plan_id,
    )


def create(entry: Entry) -> Response:
    """Make the account; a known mail address gets the same answer, and a mail that says so."""
    draft = draft_of(entry)
    with entry.open(write=False) as visit:
        provider_id = visit.provider.id
        entry.site.gates.signups.enter(provider_id, draft.email, entry.address)
    try:
        with entry.open(write=True) as visit:
            anonymous = Actor.anonymous(provider_id)
            sign_up(visit.db, anonymous, visit.installation, draft, "portal")
    except Taken as error:
        if error.field != "email":
            raise
        hash_password(draft.password or "")  # the same time as for a new address
        with entry.open(write=True) as visit:
            repeat_signup(visit.db, provider_id, draft.email)
    return RedirectResponse("/signup/success", 303)


def resend(entry: Entry) -> Response:
    """Send the activation link again; the answer is the same for every address."""
    email = entry.form.get("email", "").strip()
    with entry.open(write=False) as visit:
        entry.site.gates.activation_mails.enter(visit.provider.id, email, entry.address)
    with entry.open(write=True) as visit:
        repeat_signup(visit.db, visit.provider.id, email)
        return go(visit, "/login", SENT_AGAIN, "info")


def ask_again(visit: PortalVisit) -> Response:
    """Show the form that asks for another link."""
    form = FormDrop(forms.filled(forms.MAIL, visit.form, visit.error), visit.desk)
    return render_page(visit, "activations/show", {"form": form})


def activate(entry: Entry) -> Response:
    """Follow a mailed link; a dead one offers another."""
    code = str(entry.request.path_params["code"])
    try:
        with entry.open(write=True) as visit:
            user = follow_activation(visit.db, visit.installation, visit.provider.id, code)
            account = visit.db.get_one(Account, user.account_id)
            waits = account.state != "approved"
            return go(visit, "/login", WAITS if waits else WELCOME, "info" if waits else "success")
    except BadToken:
        with entry.open(write=False) as visit:
            response = ask_again(visit)
        response.status_code = 410
        return response

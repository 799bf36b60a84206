"""Signing up and following the mailed link. Source: reference-portal 6."""

from dataclasses import replace

from starlette.responses import Response

from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.pages import FormDrop
from cms.liquid.drops.services import ApplicationPlanDrop
from cms.portal import forms
from cms.portal.captcha import check_captcha
from cms.portal.context import PortalContext
from cms.portal.fields import filled_with, signup_fields
from cms.portal.legal import accepted_in, terms_to_accept
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.return_paths import DASHBOARD
from server.actions.accounts.open_signup import sign_up_openly
from server.actions.accounts.signup import NewSignup
from server.actions.accounts.users import (
    ACTIVATION,
    find_activated,
    follow_activation,
    get_user_by_link,
    repeat_signup,
)
from server.actions.provider.fields import EXTRA
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.errors import BadToken, NotFound, SignupDisabled
from server.domain.portal.legal import TermsKind
from server.kit.ids import id_or_none
from server.web.cookies import DEVELOPER
from server.web.notices import go_to

TRAP = "website"  # a field that people don't see, and programs fill in
CLOSED = "Signups are closed. Write to the provider for an account."
WELCOME = "Your account is active. Log in to get your key."
WAITS = "Thank you. Your account waits for approval now; you get a mail when it is through."
SENT_AGAIN = "If that address is waiting for activation, a new link is on its way."


def show(ctx: PortalContext) -> Response:
    """Show the form; who is logged in has an account already."""
    if ctx.visitor is not None:
        return go_to(DASHBOARD)
    if not ctx.data.settings.signups_enabled:
        raise SignupDisabled(CLOSED)
    data = ctx.data
    chosen = [
        ApplicationPlanDrop(plan, data) for plan in data.plans if plan.id in data.chosen_plans
    ]
    filled = filled_with(signup_fields(ctx), forms.SIGNUP, ctx.values, ctx.error)
    account = Account.model_construct(provider_id=ctx.provider.id, org_name="")
    user = User(provider_id=ctx.provider.id, audience=DEVELOPER.audience, username="", email="")
    variables = {  # account and user are never stored: the form fills them in
        "account": AccountDrop(account, data, filled),
        "chosen_plans": chosen,
        "form": FormDrop(filled, data),
        "plans": Collection(ApplicationPlanDrop(plan, data) for plan in data.plans),
        "terms": terms_to_accept(ctx, TermsKind.SIGNUP),
        "user": UserDrop(user, data, filled),
    }
    return render_page(ctx, "signup/show", variables)


def success(ctx: PortalContext) -> Response:
    """Tell that a mail is on its way, or where it is kept."""
    return render_page(ctx, "signup/success", {"mails_url": ctx.mails_url})


def parse_draft(page_request: PortalRequest, ctx: PortalContext) -> NewSignup:
    """Read the form. Raises: NotFound for a plan that can't be one."""
    form = page_request.form
    account, user = (part.sent(form) for part in signup_fields(ctx))
    plan = page_request.form.get("plan_ids[]", "").strip()
    plan_id = id_or_none(plan)
    if plan and plan_id is None:
        raise NotFound("There is no such plan to choose.", field="plan_ids")
    return NewSignup(
        org_name=account.get("org_name", ""),
        username=user.get("username", ""),
        email=user.get("email", ""),
        password=forms.values_of(forms.SIGNUP, form).get("password", ""),
        first_name=user.get("first_name", ""),
        last_name=user.get("last_name", ""),
        fields=account[EXTRA],
        user_fields=user[EXTRA],
        application_plan_id=plan_id,
        accepted_terms=accepted_in(page_request.form),
    )


def create(page_request: PortalRequest) -> Response:
    """Make the account; a known mail address gets the same answer, and a mail that says so."""
    if page_request.form.get(TRAP):
        with page_request.open(write=False):
            return go_to("/signup/success")  # whatever fills in what nobody sees learns nothing
    check_captcha(page_request)
    with page_request.open(write=False) as ctx:
        draft = parse_draft(page_request, ctx)
        provider_id = ctx.provider.id
        page_request.deps.gates.signups.enter(provider_id, draft.email, page_request.address)
    with page_request.open(write=True) as ctx:
        sign_up_openly(ctx, replace(draft, locale=ctx.data.locale))
    return go_to("/signup/success")


def resend(page_request: PortalRequest) -> Response:
    """Send the activation link again; the answer is the same for every address."""
    email = page_request.form.get("email", "").strip()
    check_captcha(page_request)
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.activation_mails.enter(ctx.provider.id, email, page_request.address)
    with page_request.open(write=True) as ctx:
        repeat_signup(ctx, email)
        return ctx.go("/login", ctx.on_its_way(SENT_AGAIN), "info")


def ask_again(ctx: PortalContext) -> Response:
    """Show the form that asks for another link."""
    form = FormDrop(forms.filled(forms.MAIL, ctx.values, ctx.error), ctx.data)
    return render_page(ctx, "activations/show", {"form": form})


def confirm(page_request: PortalRequest) -> Response:
    """Show what a mailed link is for. Programs follow links too, so this changes nothing."""
    code = _code_of(page_request)
    with page_request.open(write=False) as ctx:
        try:
            get_user_by_link(ctx.db, ctx.installation, ctx.provider.id, ACTIVATION, code)
        except BadToken:
            return _dead(ctx, code)
        activation = {"url": f"/activate/{code}"}
        return render_page(ctx, "activations/confirm", {"activation": activation})


def activate(page_request: PortalRequest) -> Response:
    """Use a mailed link; a dead one offers another."""
    code = _code_of(page_request)
    try:
        with page_request.open(write=True) as ctx:
            user = follow_activation(ctx.db, ctx.installation, ctx.provider.id, code)
            return _welcome(ctx, user)
    except BadToken:
        with page_request.open(write=False) as ctx:
            return _dead(ctx, code)


def _code_of(page_request: PortalRequest) -> str:
    return str(page_request.request.path_params["code"])


def _welcome(ctx: PortalContext, user: User) -> Response:
    waits = ctx.db.get_one(Account, user.account_id).state != "approved"
    return ctx.go("/login", WAITS if waits else WELCOME, "info" if waits else "success")


def _dead(ctx: PortalContext, code: str) -> Response:
    """Tell who used a link before that all is well; offer another one to everybody else."""
    user = find_activated(ctx.db, ctx.provider.id, code)
    if user is not None:
        return _welcome(ctx, user)
    response = ask_again(ctx)
    response.status_code = 410
    return response

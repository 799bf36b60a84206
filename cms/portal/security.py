"""How one logs in: an authenticator app, passkeys, recovery codes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.liquid.forms import SECURITY as PAGE
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.second_steps import CREDENTIAL, visit_of
from server.actions.accounts import factors
from server.auth.passkeys import check_new_passkey, options_to_register, passkeys_of
from server.auth.passwords import check_own_password
from server.domain.accounts.factors import Authenticator
from server.domain.accounts.users import Proof
from server.domain.errors import Invalid
from server.kit.totp import setup_uri

NO_PASSKEY = (
    "Your browser made no passkey. It needs scripts, and a browser and device that know passkeys."
)
ON = "The authenticator app is set up. From now on you are asked for its code."
OFF = "The authenticator app is not asked any more."
ADDED = "The passkey is registered."
GONE = "The passkey is deleted. Delete it on your device as well."


def show(ctx: PortalContext) -> Response:
    """Show which factors one has, and the forms that change them."""
    user = ctx.developer.user
    app = ctx.db.get(Authenticator, user.id)
    since = app.confirmed_at if app else None
    keys = [
        {
            "id": each.id,
            "name": each.name,
            "url": f"{PAGE}/passkeys/{each.id}",
            "created_at": each.created_at,
            "last_used_at": each.last_used_at,
        }
        for each in passkeys_of(ctx.db, user.id)
    ]
    is_any = since is not None or bool(keys)
    security = {
        "authenticator_since": since,
        "passkeys": keys,
        "codes_left": factors.codes_left(ctx, user.id) if is_any else 0,
        "any": is_any,
        "sent": ctx.path.removeprefix(PAGE).strip("/") if ctx.error else "",
    }
    form = FormDrop(forms.filled(forms.FACTOR, ctx.values, ctx.error), ctx.data)
    return render_page(ctx, "user/security", {"form": form, "security": security})


def set_up(ctx: PortalContext) -> Response:
    """Begin with an app, and go where its code is typed."""
    factors.set_up_authenticator(ctx, _proof(ctx))
    return ctx.go(f"{PAGE}/authenticator")


def show_setup(ctx: PortalContext) -> Response:
    """Show the secret as a picture and as text, until the first code is typed."""
    app = factors.find_setup(ctx)
    if app is None:
        return ctx.go(PAGE, ctx.error.message if ctx.error else "", "danger")
    secret = ctx.installation.vault.unseal(app.secret_sealed)
    uri = setup_uri(secret, ctx.developer.user.username, ctx.provider.name)
    authenticator = {"qr": _picture_of(uri), "secret": _in_groups(secret)}
    form = FormDrop(forms.filled(forms.CODE, {}, ctx.error), ctx.data)
    return render_page(ctx, "user/authenticator", {"form": form, "authenticator": authenticator})


def confirm(page_request: PortalRequest) -> Response:
    """Have the app count; the first factor brings recovery codes along."""
    with page_request.open(write=False, login_needed=True) as ctx:
        user_id = str(ctx.developer.user.id)
        page_request.deps.gates.codes.enter(ctx.provider.id, user_id, page_request.address)
    with page_request.open(write=True, login_needed=True) as ctx:
        codes = factors.confirm_authenticator(ctx, ctx.text("code"))
        done = ctx.go(PAGE, ON)
    return _with_codes(page_request, codes, done)


def remove(ctx: PortalContext) -> Response:
    factors.remove_authenticator(ctx, _proof(ctx))
    return ctx.go(PAGE, OFF)


def begin_passkey(ctx: PortalContext) -> Response:
    """Ask the browser for a passkey, now that the password was given."""
    name = ctx.text("name")
    user = factors.begin_passkey(ctx, _proof(ctx), name)
    visit = visit_of(ctx, ctx.developer.session.digest)
    known = passkeys_of(ctx.db, user.id)
    options = options_to_register(ctx.installation, visit, user, known)
    variables = {
        "form": FormDrop(forms.filled(forms.FACTOR, {}), ctx.data),
        "passkey": {"name": name, "options": json.dumps(options)},
    }
    return render_page(ctx, "user/passkey", variables)


def add_passkey(page_request: PortalRequest) -> Response:
    """Register the passkey that the browser has made."""
    answer = page_request.form.get(CREDENTIAL, "")
    with page_request.open(write=True, login_needed=True) as ctx:
        if not answer:
            raise Invalid(NO_PASSKEY, field=CREDENTIAL)
        login = ctx.developer
        visit = visit_of(ctx, login.session.digest)
        made = check_new_passkey(ctx.db, ctx.installation, visit, login.user.id, answer)
        codes = factors.add_passkey(ctx, ctx.text("name"), made)
        done = ctx.go(PAGE, ADDED)
    return _with_codes(page_request, codes, done)


def remove_passkey(ctx: PortalContext) -> Response:
    factors.remove_passkey(ctx, _proof(ctx), ctx.path_id("id"))
    return ctx.go(PAGE, GONE)


def renew_codes(page_request: PortalRequest) -> Response:
    """Make recovery codes anew, and show them this once."""
    with page_request.open(write=True, login_needed=True) as ctx:
        codes = factors.renew_recovery_codes(ctx, _proof(ctx))
        done = ctx.go(PAGE)
    return _with_codes(page_request, codes, done)


def _with_codes(page_request: PortalRequest, codes: Sequence[str], done: Response) -> Response:
    """Show new codes once what they are for is committed; else go on."""
    if not codes:
        return done
    with page_request.open(write=False, login_needed=True) as ctx:
        return render_page(ctx, "user/recovery_codes", {"recovery_codes": list(codes)})


def _proof(ctx: PortalContext) -> Proof | None:
    """Check the password that was typed once more. Raises: PasswordNeeded, LimitReached."""
    password = ctx.values.get("current_password", "")
    return check_own_password(ctx.db, ctx.deps.gates, ctx.actor, password, ctx.page_request.address)


def _picture_of(uri: str) -> Markup:
    """Draw a QR code as a part of the page: nothing is fetched from anywhere."""
    import segno

    drawing: Mapping[str, Any] = {"scale": 5, "border": 4, "dark": "#000", "light": "#fff"}
    svg = segno.make(uri, error="m").svg_inline(**drawing, omitsize=True, svgclass="qr")
    return Markup(svg)  # noqa: S704 - drawn by the library, of figures alone


def _in_groups(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

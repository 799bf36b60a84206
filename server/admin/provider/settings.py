"""The provider's switches, and its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.provider.settings import (
    approval_required,
    get_settings,
    update_settings,
)
from server.actions.secrets import reveal
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.provider.settings import Setting, SettingDraft
from server.kit.money import CURRENCIES
from server.kit.zones import zone_names

SWITCHES: Mapping[str, tuple[str, str]] = {
    "signups_enabled": ("Developers can sign up by themselves", "On the developer portal."),
    "useraccountarea_enabled": ("Developers can change their account", "And their own users."),
    "email_all_users": ("Mails go to all users of an account", "Else to its admins alone."),
    "multiple_applications": ("Several applications per account", "Else one each."),
}


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The switches with what they mean."""

    settings: Setting
    switches: Mapping[str, tuple[str, str]]
    approval_required: bool
    currencies: Sequence[tuple[str, str]]
    zones: Sequence[tuple[str, str]]
    provider_key: str | None  # None to who may not read it


def show(ctx: AdminContext) -> Response:
    page = SettingsPage(
        get_settings(ctx),
        SWITCHES,
        approval_required(ctx.db, ctx.provider.id),
        [(code, code) for code in CURRENCIES],
        [(name, name.replace("_", " ")) for name in zone_names()],
        reveal(ctx, ctx.provider, "provider_key_sealed"),
    )
    return render(ctx, "settings/show.html.j2", page)


def update(ctx: AdminContext) -> Response:
    update_settings(ctx, ctx.texts(*SettingDraft.model_fields))
    return ctx.go("/settings", "The settings are saved.")

"""The provider's own account. Source: reference-portal 1.1."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import create_model
from sqlmodel import col, select

from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.domain.drafts import Draft, changes_model
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting, SettingDraft
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.shapes import Field, Shape, columns, computed

PATH = "/provider"


def _addresses(part: str) -> Callable[[Work, Sequence[Provider]], Callable[[Provider], str]]:
    """Tell a base address, or its host without a scheme."""
    side, _, kind = part.partition(" ")

    def load(work: Work, _rows: Sequence[Provider]) -> Callable[[Provider], str]:
        addresses = work.installation.addresses
        of = addresses.admin if side == "admin" else addresses.portal
        return (lambda row: of(row)) if kind == "url" else lambda row: _host_of(of(row))

    return load


def _host_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _access_code(work: Work, rows: Sequence[Provider]) -> Callable[[Provider], str | None]:
    """Tell what opens the portal to who may change it; nothing of an open one."""
    if not work.actor.may(Permission.SETTINGS_EDIT):
        return lambda _row: None
    query = select(Setting).where(col(Setting.provider_id).in_([row.id for row in rows]))
    codes = {each.provider_id: each.site_access_code for each in work.db.exec(query)}
    return lambda row: codes[row.id]


PARTS = (
    *columns("id", "created_at", "updated_at", "state"),
    Field("admin_domain", load=_addresses("admin host"), type=str),
    Field("domain", load=_addresses("portal host"), type=str),
    Field("admin_base_url", load=_addresses("admin url"), type=str),
    Field("base_url", load=_addresses("portal url"), type=str),
    *columns("from_email", "support_email", "finance_support_email"),
    Field("site_access_code", load=_access_code, type=str, hides=True, empty=(None,)),
    computed("org_name", str, lambda provider: provider.name),
)
PROVIDER = Shape(name="account", title="ProviderAccount", model=Provider, parts=PARTS)


NAMES = ("from_email", "support_email", "finance_support_email", "site_access_code")
_FIELDS: dict[str, Any] = {
    name: (SettingDraft.model_fields[name].annotation, SettingDraft.model_fields[name])
    for name in NAMES
}
ProviderChanges = changes_model(create_model("Provider", __base__=Draft, **_FIELDS))


def show(ctx: RestContext) -> Provider:
    """Show the provider itself."""
    return ctx.provider


def update(ctx: RestContext) -> Provider:
    """Change where mails come from and go to, and what opens a portal that is not open yet."""
    update_settings(ctx, ctx.given(ProviderChanges))
    return ctx.db.get_one(Provider, ctx.provider.id)


OPERATIONS = (
    Operation("GET", PATH, "Show oneself.", Permission.SETTINGS_READ, show, One(PROVIDER)),
    *(
        Operation(
            method,
            PATH,
            "Change oneself: what is left out stays.",
            Permission.SETTINGS_EDIT,
            update,
            One(PROVIDER),
            takes=ProviderChanges,
            wrappers=("account",),
            needs="account",
        )
        for method in ("PUT", "PATCH")
    ),
)

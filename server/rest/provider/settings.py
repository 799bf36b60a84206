"""A provider's switches, as many as the reference tells. Source: reference-portal 1.6, 4.1."""

from operator import itemgetter
from typing import Any

from server.actions.provider.settings import (
    APPROVAL,
    SSO,
    approval_required,
    get_settings,
    update_settings,
)
from server.domain.attributes import Flag
from server.domain.drafts import Draft, changes_model
from server.domain.permissions import Permission
from server.domain.plans.changes import PlanChange, PlanChangePermission
from server.domain.provider.settings import Setting
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.shapes import Shape, always, computed

PATH = "/settings"
FLAGS = (
    "useraccountarea_enabled",
    "signups_enabled",
    APPROVAL,
    "public_search",
    "account_plans_ui_visible",
    "service_plans_ui_visible",
)
CHANGES_OF_PLANS = ("change_account_plan_permission", "change_service_plan_permission")
SETTINGS: Shape[Any] = Shape(
    name="settings",
    model=Setting,
    parts=(
        *(computed(name, bool, itemgetter(name)) for name in FLAGS),
        *(computed(name, str, itemgetter(name)) for name in CHANGES_OF_PLANS),
        always("hide_service", None),  # nothing has ever read it
        computed(SSO, bool, itemgetter(SSO)),
    ),
)


class SettingsBody(Draft):
    """The switches that existing clients know."""

    useraccountarea_enabled: Flag = True
    signups_enabled: Flag = True
    account_approval_required: Flag = False
    public_search: Flag = False
    account_plans_ui_visible: Flag = False
    service_plans_ui_visible: Flag = False
    change_account_plan_permission: PlanChange = PlanChangePermission.REQUEST
    change_service_plan_permission: PlanChange = PlanChangePermission.REQUEST
    enforce_sso: Flag = False


BODY = changes_model(SettingsBody)


def _show(ctx: RestContext) -> dict[str, Any]:
    row = get_settings(ctx)
    told = {
        name: getattr(row, name) for name in (*FLAGS, *CHANGES_OF_PLANS, SSO) if name != APPROVAL
    }
    return {**told, APPROVAL: approval_required(ctx.db, ctx.actor.provider_id)}


def _change(ctx: RestContext) -> dict[str, Any]:
    """Change what is given; as the reference has it, an empty value changes nothing."""
    given = ctx.params.pick(BODY.model_fields)
    wanted = {name: value for name, value in given.items() if value not in (None, "")}
    update_settings(ctx, wanted)
    return _show(ctx)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET",
        PATH,
        "Tell the switches of the portal.",
        Permission.SETTINGS_READ,
        _show,
        One(SETTINGS),
        only_json=True,
    ),
    *(
        Operation(
            method,
            PATH,
            "Change switches of the portal: what is left out stays.",
            Permission.SETTINGS_EDIT,
            _change,
            One(SETTINGS),
            takes=BODY,
            wrappers=("settings",),
            only_json=True,
        )
        for method in ("PUT", "PATCH")
    ),
)

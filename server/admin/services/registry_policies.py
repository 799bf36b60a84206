"""Policies of the provider's own: list, create, one, change, delete."""

from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.policies import PolicyInfo, list_policies
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.domain.permissions import Permission
from server.domain.services.registry_policies import RegistryPolicy

PATH = "/registry_policies"


@dataclass(frozen=True, slots=True)
class RegistryPoliciesPage:
    """The list, and what the gateway here does by itself."""

    policies: Pager[RegistryPolicy]
    builtin: list[PolicyInfo]


@dataclass(frozen=True, slots=True)
class NewRegistryPolicyPage:
    pass


@dataclass(frozen=True, slots=True)
class RegistryPolicyPage:
    policy: RegistryPolicy


def index(ctx: AdminContext) -> Response:
    rows = page_through(ctx, REGISTRY_POLICIES.listing, REGISTRY_POLICIES.query(ctx.actor))
    return render(
        ctx, "registry_policies/index.html.j2", RegistryPoliciesPage(rows, list_policies())
    )


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.POLICIES_EDIT)
    return render(ctx, "registry_policies/new.html.j2", NewRegistryPolicyPage())


def create(ctx: AdminContext) -> Response:
    policy = REGISTRY_POLICIES.create(ctx, ctx.sent(REGISTRY_POLICIES))
    notice = f"{policy.name} {policy.version} is registered. Chains may name it now."
    return ctx.go(PATH, notice)


def show(ctx: AdminContext) -> Response:
    policy = REGISTRY_POLICIES.get(ctx, ctx.path_id("policy_id"))
    return render(ctx, "registry_policies/show.html.j2", RegistryPolicyPage(policy))


def update(ctx: AdminContext) -> Response:
    sent = ctx.sent(REGISTRY_POLICIES)
    policy = REGISTRY_POLICIES.update(ctx, ctx.path_id("policy_id"), sent)
    return ctx.go(PATH, f"{policy.name} {policy.version} is changed.")


def delete(ctx: AdminContext) -> Response:
    policy = REGISTRY_POLICIES.delete(ctx, ctx.path_id("policy_id"))
    return ctx.go(PATH, f"{policy.name} {policy.version} is taken out of the registry.")

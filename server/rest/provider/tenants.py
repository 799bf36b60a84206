"""The master API: tenants, for who runs the installation. Source: reference-portal 1.1, 1.10."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import create_model
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar
from starlette.responses import Response

from server.actions.provider.settings import update_settings
from server.actions.provider.tenants import (
    create_staff_link,
    create_tenant,
    move_tenant,
    schedule_deletion,
    tenants_query,
)
from server.actions.services.services import delete_service
from server.actions.work import Work
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.attributes import Id, ShortText, Whole
from server.domain.drafts import Draft, changes_model
from server.domain.errors import Invalid, NotFound, StateConflict
from server.domain.permissions import Permission
from server.domain.provider.providers import Provider
from server.domain.provider.tenants import TenantDraft
from server.domain.provider.tokens import AccessToken
from server.domain.services.configs import ProxyConfig
from server.domain.services.services import Service
from server.kit.xml import Element
from server.rest.accounts.sso_tokens import Told
from server.rest.answers import Gone, Listed
from server.rest.context import RestContext
from server.rest.formats import MASTER_PREFIX, PREFIX, Format, json_answer, xml_answer
from server.rest.operations import Operation
from server.rest.provider.access_tokens import NEW_TOKEN, NewToken
from server.rest.provider.provider import PARTS, ProviderChanges
from server.rest.provider.users import STAFF
from server.rest.schemas import Schema, ref
from server.rest.services.proxy_configs import CONFIG, OfHost, at_host, environment_of, newest
from server.rest.shapes import Field, Inside, Shape

PATH = "/providers"
ONE = f"{PATH}/{{id}}"


def _staff_of(work: Work, tenants: Sequence[Provider]) -> Mapping[int, Sequence[User]]:
    """Read the staff of tenants, oldest first. Cost: one statement."""
    ids = [one.id for one in tenants]
    staff = select(User).where(col(User.provider_id).in_(ids), User.audience == "provider")
    found: dict[int, list[User]] = {}
    for user in work.db.exec(staff.order_by(col(User.id))):
        found.setdefault(user.provider_id, []).append(user)
    return found


def _due(_work: Work, _rows: Sequence[Provider]) -> Callable[[Provider], Any]:
    return lambda row: row.deletion_at


WHEN = Provider.model_fields["created_at"].annotation
TENANT = Shape(
    name="account",
    title="Tenant",
    model=Provider,
    parts=(*PARTS, Field("deletion_date", load=_due, type=WHEN, hides=True)),
)
TENANT_WITH_STAFF = Shape(
    name="account",
    title="TenantWithStaff",
    model=Provider,
    parts=(*TENANT.parts, Inside("users", ((STAFF, _staff_of),))),
)


@dataclass(frozen=True, slots=True)
class Signup:
    """A tenant, and what its first admin's token is if it was made just now."""

    tenant: Provider
    token: NewToken | None = None


class SignupAnswer:
    """Shows a tenant as the outcome of its signup."""

    shape = TENANT_WITH_STAFF

    def __init__(self, status: int = 200) -> None:
        self._status = status

    def write(self, ctx: RestContext, outcome: Signup) -> Response:
        work = _of(ctx, outcome.tenant)
        path = f"{MASTER_PREFIX}{PATH}/{outcome.tenant.id}.{ctx.language}"
        is_new = outcome.token is not None
        location = f"{ctx.installation.addresses.public_url}{path}" if is_new else None
        tokens = [outcome.token] if outcome.token else []
        if ctx.language is Format.XML:
            inside = [
                *self.shape.elements(work, [outcome.tenant]),
                *NEW_TOKEN.elements(work, tokens),  # type: ignore[arg-type]  # as good as a row
            ]
            return xml_answer(Element("signup", inside), self._status, location)
        told = self.shape.wrapped(work, [outcome.tenant])[0]
        for one in NEW_TOKEN.wrapped(work, tokens):  # type: ignore[arg-type]  # likewise
            told |= one
        return json_answer({"signup": told}, self._status, location)

    def described(self) -> Mapping[str, Any]:
        token = {"access_token": {"type": "object"}}
        account = {"account": ref(self.shape.schema_name(Format.JSON))}
        inner: Schema = {"type": "object", "properties": {**account, **token}}
        body = {"type": "object", "properties": {"signup": inner}, "required": ["signup"]}
        content = {
            "application/xml": {"schema": {"type": "object", "xml": {"name": "signup"}}},
            "application/json": {"schema": body},
        }
        return {str(self._status): {"description": "The tenant.", "content": content}}


_BESIDE: dict[str, Any] = {"org_name": (ShortText, ""), "state_event": (ShortText, "")}
TenantChanges = changes_model(
    create_model("Tenant", __base__=ProviderChanges, **_BESIDE)  # what may be changed of one
)


class StaffLinkDraft(Draft):
    """Which tenant to look into, and how soon."""

    provider_id: Id
    expires_in: Annotated[int, Whole(31, 86_400)] = 600


class TenantKeys(Draft):
    """What a tenant is found by; the first that is given counts."""

    buyer_provider_key: ShortText = ""
    buyer_service_token: ShortText = ""


def _of(ctx: RestContext, tenant: Provider) -> Work:
    """Make what works within a tenant."""
    return Work(ctx.db, Actor.master(tenant.id), ctx.installation)


def _create(ctx: RestContext) -> Signup:
    given = ctx.params.pick(TenantDraft.model_fields)
    made = create_tenant(ctx.db, ctx.installation, given)
    query = select(AccessToken).where(AccessToken.user_id == made.admin.id)
    row = ctx.db.exec(query).one()
    token = NewToken(
        row.id, row.name, list(row.scopes), row.permission, row.expires_at, made.access_token
    )
    return Signup(made.provider, token)


def _list(_ctx: RestContext) -> SelectOfScalar[Provider]:
    return tenants_query()


def _find(ctx: RestContext) -> Signup:
    """Find whose key or whose API's token it is. Raises: NotFound."""
    given, digest = ctx.given(TenantKeys), ctx.installation.vault.digest
    query = tenants_query()
    if given.get("buyer_provider_key"):
        query = query.where(Provider.provider_key_digest == digest(given["buyer_provider_key"]))
    else:
        token = digest(given.get("buyer_service_token", ""))
        owners = select(Service.provider_id).where(Service.service_token_digest == token)
        query = query.where(col(Provider.id).in_(owners))
    tenant = ctx.db.exec(query).first()
    if tenant is None:
        raise NotFound("There is no tenant with such a key.")
    return Signup(tenant)


def _show(ctx: RestContext) -> Signup:
    return Signup(ctx.provider)


def _update(ctx: RestContext) -> Signup:
    """Change a tenant; of one that is scheduled for deletion nothing but its state."""
    given = ctx.given(TenantChanges)
    event = given.pop("state_event", "")
    if event:
        move_tenant(ctx, event)
    tenant = ctx.db.get_one(Provider, ctx.provider.id)
    if given and tenant.state == "scheduled_for_deletion":
        raise StateConflict(tenant.state, "change")
    if given.get("org_name"):
        given["name"] = given["org_name"]
    given.pop("org_name", None)
    if given:
        update_settings(ctx, given)
    return Signup(tenant)


def _delete(ctx: RestContext) -> None:
    if ctx.provider.state == "scheduled_for_deletion":
        raise NotFound("It is deleted already. The event resume brings it back.")
    schedule_deletion(ctx)


def _delete_service(ctx: RestContext) -> None:
    delete_service(ctx, ctx.path_id("service_id") or 0)


def _live(ctx: RestContext) -> SelectOfScalar[ProxyConfig]:
    """Select what the gateways of all tenants run, or those at a host."""
    there = (
        select(Service.id)
        .join(Provider, col(Provider.id) == Service.provider_id)
        .where(Service.state != "deleted", Provider.state == "approved")
    )
    query = select(ProxyConfig).where(
        ProxyConfig.environment == environment_of(ctx), col(ProxyConfig.service_id).in_(there)
    )
    host = ctx.given(OfHost).get("host", "")
    return at_host(ctx, newest(query), host) if host else newest(query)


def _link(ctx: RestContext) -> tuple[str, str]:
    given = ctx.given(StaffLinkDraft)
    query = tenants_query().where(Provider.id == given.get("provider_id", 0))
    tenant = ctx.db.exec(query).first()
    if tenant is None:
        raise Invalid("must be the id of a tenant.", field="provider_id")
    return create_staff_link(_of(ctx, tenant), given.get("expires_in", 600))


def _row(method: str, path: str, summary: str, run: Any, answer: Any, **more: Any) -> Operation:
    prefix = more.pop("prefix", MASTER_PREFIX)
    permission = Permission.SETTINGS_READ if method == "GET" else Permission.SETTINGS_EDIT
    return Operation(method, path, summary, permission, run, answer, prefix=prefix, **more)


_changes = partial(
    _row,
    path=ONE,
    summary="Change a tenant, or take it through an event of its states.",
    run=_update,
    answer=SignupAnswer(),
    takes=TenantChanges,
    wrappers=("account",),
    needs="account",
)
OPERATIONS: tuple[Operation, ...] = (
    _row("GET", PATH, "List the tenants.", _list, Listed(TENANT, is_paged=True)),
    _row(
        "POST",
        PATH,
        "Make a tenant with its first admin, who may log in at once, and a token of his.",
        _create,
        SignupAnswer(201),
        takes=TenantDraft,
        wrappers=("account", "signup", "user"),
    ),
    _row(
        "GET",
        f"{PATH}/find",
        "Find a tenant by its provider key, else by the service token of an API of it.",
        _find,
        SignupAnswer(),
        filters=TenantKeys,
    ),
    _row("GET", ONE, "Show a tenant.", _show, SignupAnswer()),
    _changes("PUT"),
    _changes("PATCH"),
    _row(
        "DELETE",
        ONE,
        "Close a tenant, and delete it in 15 days; the event `resume` brings it back.",
        _delete,
        Gone(),
    ),
    _row(
        "DELETE",
        f"{ONE}/services/{{service_id}}",
        "Delete an API of a tenant.",
        _delete_service,
        Gone(),
    ),
    _row(
        "GET",
        "/proxy/configs/{environment}",
        "List what the gateways of all tenants run, or of those at a host.",
        _live,
        Listed(CONFIG),
        filters=OfHost,
        only_json=True,
    ),
    _row(
        "POST",
        "/sso_tokens/provider_create",
        "Make an address that logs into a tenant's admin portal once.",
        _link,
        Told(),
        takes=StaffLinkDraft,
        wrappers=("sso_token",),
        prefix=PREFIX,
    ),
)

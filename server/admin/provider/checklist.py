"""How far the provider is: steps that stay done, whatever changes afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, exists
from sqlalchemy import select as select_rows
from sqlmodel import col, or_, select

from server.admin.context import AdminContext
from server.domain.accounts.accounts import Account
from server.domain.analytics.usage import UsageTotal
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.configs import ProxyConfig
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service

STEPS = (
    (
        "Tell the gateway where your API is, and test it",
        "Save the private base URL and have the gateway call it once.",
        "Set it up and test",
    ),
    (
        "Make a call with a key",
        "Copy the command from the integration page and run it; it is counted in a second.",
        "Show the command",
    ),
    (
        "Deploy to production",
        "Promote what staging runs, as soon as you like it.",
        "Look and promote",
    ),
    (
        "Limit what a plan allows",
        "Say how many calls an hour a plan lets in, then try to make more.",
        "Set a limit",
    ),
    (
        "Sign up as a developer",
        "Open your developer portal in another browser and get a key there.",
        "Open the sign-up page",
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `url` is where, behind a button of the words `verb`."""

    title: str
    hint: str
    verb: str
    url: str
    is_done: bool


def list_steps(ctx: AdminContext, service: Service, home: str) -> Sequence[Step]:
    """Tell the steps with a service; none when all are done. Cost: two statements."""
    facts = _facts(ctx)
    if all(facts):
        return []
    plans = select(ApplicationPlan.id).where(ApplicationPlan.service_id == service.id)
    first = plans.order_by(col(ApplicationPlan.is_default).desc(), col(ApplicationPlan.position))
    plan_id = ctx.db.exec(first.limit(1)).first()
    page = f"{home}/services/{service.id}"
    urls = (
        f"{page}/integration#test",
        f"{page}/integration#call",
        f"{page}/integration#production",
        f"{page}/plans/{plan_id}#limits" if plan_id else f"{page}/plans",
        f"{ctx.installation.addresses.portal(ctx.provider)}/signup",
    )
    return [
        Step(*words, url, is_done) for words, url, is_done in zip(STEPS, urls, facts, strict=True)
    ]


def _facts(ctx: AdminContext) -> Sequence[bool]:
    """Tell which steps are done: what any of the provider's APIs has reached, a deleted one too."""
    owner = ctx.provider.id
    tested = exists().where(
        col(Proxy.provider_id) == owner, col(Proxy.api_test_passed_version).is_not(None)
    )
    had_traffic = exists().where(
        col(Application.provider_id) == owner, col(Application.first_traffic_at).is_not(None)
    )
    is_counted = exists().where(
        col(UsageTotal.service_id) == col(Service.id), col(Service.provider_id) == owner
    )
    promoted = exists().where(
        col(Proxy.provider_id) == owner,
        col(ProxyConfig.service_id) == col(Proxy.service_id),
        col(ProxyConfig.environment) == "production",
        col(ProxyConfig.version) >= col(Proxy.api_test_passed_version),
    )
    has_limit = exists().where(col(UsageLimit.provider_id) == owner)
    accounts = select(Account.id).where(Account.provider_id == owner).order_by(col(Account.id))
    facts = (
        tested,
        or_(had_traffic, is_counted),
        promoted,
        or_(has_limit, _happened(owner, EventKind.LIMIT_SET)),
        or_(accounts.offset(1).limit(1).exists(), _happened(owner, EventKind.USER_SIGNED_UP)),
    )
    return [bool(fact) for fact in ctx.db.execute(select_rows(*facts)).one()]


def _happened(provider_id: int, kind: EventKind) -> Exists:
    return exists().where(
        col(EventRecord.provider_id) == provider_id, col(EventRecord.kind) == kind
    )

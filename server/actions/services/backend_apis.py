"""Backend APIs of a provider, and finding those that a service is made of."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, save
from server.actions.services.upstreams import refuse_own_address
from server.actions.work import Work
from server.domain.errors import InUse, counted
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi, BackendApiDraft, BackendUsage
from server.domain.services.configs import ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric
from server.kit.paging import Listing


def _refuse_ours(work: Work, backend: BackendApi) -> None:
    refuse_own_address(work.installation, backend.private_endpoint, field="private_endpoint")


def _give_hits(work: Work, backend: BackendApi) -> None:
    """Give a new backend API the metric that each has."""
    hits = Metric(
        provider_id=backend.provider_id,
        backend_api_id=backend.id,
        system_name=HITS,
        friendly_name="Hits",
    )
    save(work.db, hits)


def _refuse_used(work: Work, backend: BackendApi) -> None:
    """Refuse to end what calls are sent to, now or by what gateways still run."""
    used = select(func.count()).where(BackendUsage.backend_api_id == backend.id)
    if number := work.db.exec(used).one():
        raise InUse(f"{counted(number, 'API', 'is')} made of it. Take it out of them first.")
    if any(backend.id in config.backend_api_ids for config in list_running(work.db, backend)):
        raise InUse("A gateway still sends calls to it. Deploy and promote without it first.")


BACKEND_APIS = Resource(
    name="backend_api",
    model=BackendApi,
    draft=BackendApiDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    noun="backend API",
    events=Lifecycle(
        created=EventKind.BACKEND_API_CREATED,
        updated=EventKind.BACKEND_API_UPDATED,
        deleted=EventKind.BACKEND_API_DELETED,
    ),
    listing=Listing("backend_apis", BackendApi),
    prepare=_refuse_ours,
    made=_give_hits,
    goes_with=(col(MappingRule.backend_api_id), col(Metric.backend_api_id)),
    refuse_delete=_refuse_used,
)


def get_backend_api(work: Work, backend_api_id: int | None) -> BackendApi:
    """Find a backend API. Raises: NotFound."""
    return get_owned(work, BackendApi, backend_api_id)


def list_usages(db: Session, service_id: int) -> list[tuple[BackendUsage, BackendApi]]:
    """Read where which backend API of a service is mounted, by path. Cost: one query."""
    query = (
        select(BackendUsage, BackendApi)
        .where(BackendUsage.service_id == service_id)
        .where(BackendApi.id == BackendUsage.backend_api_id)
    )
    return [(usage, backend) for usage, backend in db.exec(query.order_by(BackendUsage.path))]


def list_running(
    db: Session, backend: BackendApi | None = None, *, service_id: int | None = None
) -> list[ProxyConfig]:
    """Read what gateways run now: of the backend API's provider, or of one service."""
    mine = (
        ProxyConfig.service_id == service_id
        if backend is None
        else ProxyConfig.provider_id == backend.provider_id
    )
    newest = (
        select(func.max(ProxyConfig.id))
        .where(mine)
        .group_by(col(ProxyConfig.service_id), col(ProxyConfig.environment))
    )
    return list(db.exec(select(ProxyConfig).where(col(ProxyConfig.id).in_(newest))))


def list_backend_metrics(db: Session, backend_api_ids: Sequence[int]) -> list[Metric]:
    """Read the metrics of backend APIs, each before its methods."""
    if not backend_api_ids:
        return []
    query = select(Metric).where(col(Metric.backend_api_id).in_(backend_api_ids))
    return list(db.exec(query.order_by(col(Metric.id))))

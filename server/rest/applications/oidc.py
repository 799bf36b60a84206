"""What applications of APIs with OpenID Connect show besides. Source: reference-portal 1.3."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import col, select

from server.actions.applications.keys import keys_by_application
from server.actions.secrets import may_read, reveal
from server.actions.work import Work
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.rest.formats import Format
from server.rest.services.proxies import FLOWS
from server.rest.shapes import Field, Inside, Part, Shape, columns

OIDC = Shape(
    name="oidc_configuration", title="OidcFlows", model=Proxy, parts=(*columns("id", *FLOWS),)
)


def _proxies(work: Work, applications: Sequence[Application]) -> Mapping[int, Sequence[Proxy]]:
    """Read the proxies of those whose API takes tokens of OpenID Connect. Cost: one statement."""
    ids = {one.service_id for one in applications}
    query = select(Proxy).join(Service, col(Service.id) == Proxy.service_id)
    asked = query.where(col(Service.id).in_(ids), Service.backend_version == "oauth")
    by_service = {proxy.service_id: proxy for proxy in work.db.exec(asked)}
    return {
        one.id: [by_service[one.service_id]] for one in applications if one.service_id in by_service
    }


def _client_id(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    found = _proxies(work, applications)
    return lambda row: row.application_id if row.id in found else None


def _client_secret(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    """Tell the first key, to who may read keys. Cost: two statements."""
    found = _proxies(work, applications)
    keys = keys_by_application(work.db, list(found))
    is_told = may_read(work.actor, ApplicationKey, "sealed")

    def read(row: Application) -> str | None:
        own = keys.get(row.id, ()) if is_told else ()
        return reveal(work, own[0], "sealed") if own else None

    return read


PARTS: tuple[Part, ...] = (
    Field("client_id", load=_client_id, type=str, hides=True, only=Format.JSON),
    Field("client_secret", load=_client_secret, type=str, hides=True, only=Format.JSON),
    Inside("oidc_configuration", ((OIDC, _proxies),), is_one=True, only=Format.XML),
)

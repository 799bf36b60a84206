"""Custom domains: claimed, proved, made the primary one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.provider.domains import DOMAINS, claim_of, note_check
from server.actions.services.services import SERVICES
from server.admin.context import AdminContext
from server.admin.lists import Pager, by_id, page_through
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.domain.permissions import Permission
from server.domain.provider.domains import Domain, Serves
from server.domain.services.services import Service

SERVES: Mapping[str, str] = {
    Serves.PORTAL: "Developer portal",
    Serves.ADMIN: "Admin portal and admin APIs",
    Serves.PRODUCTION: "Gateway of an API, production",
    Serves.STAGING: "Gateway of an API, staging",
}
MOVES = (
    ("temporary", "For now (302): browsers ask again each time"),
    ("permanent", "For good (301): search engines move over"),
)


@dataclass(frozen=True, slots=True)
class DomainsPage:
    """The domains with the service of each, and what a new one may serve."""

    domains: Pager[Domain]
    services: Mapping[int, Service]
    serves: Sequence[tuple[str, str]]
    service_choices: Sequence[tuple[str, str]]

    def words_of(self, domain: Domain) -> str:
        """Say what a domain serves."""
        return words_of(domain, self.services.get(domain.service_id or 0))


@dataclass(frozen=True, slots=True)
class DomainPage:
    """One domain: how it is proved, and where links lead."""

    domain: Domain
    serves: str
    target: str  # the host that the name has to lead to
    address: str  # where it answers
    moves: Sequence[tuple[str, str]]


def words_of(domain: Domain, service: Service | None) -> str:
    """Say what a domain serves."""
    if service is None:
        return SERVES[domain.serves]
    return f"{service.name}, {domain.serves}"


def index(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_READ)
    domains = page_through(ctx, DOMAINS.listing, DOMAINS.query(ctx.actor))
    ids = (row.service_id for row in domains.rows if row.service_id)
    page = DomainsPage(
        domains, by_id(ctx.db, Service, ids), tuple(SERVES.items()), _service_choices(ctx)
    )
    return render(ctx, "domains/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    domain = DOMAINS.create(ctx, ctx.sent(DOMAINS))
    told = f"{domain.shown_name} is added. Now prove that it is yours."
    return ctx.go(f"/domains/{domain.id}", told)


def show(ctx: AdminContext) -> Response:
    domain = DOMAINS.get(ctx, ctx.path_id("domain_id"))
    service = ctx.db.get(Service, domain.service_id) if domain.service_id else None
    page = DomainPage(
        domain,
        words_of(domain, service),
        _target(ctx, domain, service),
        ctx.installation.addresses.at(domain.name),
        MOVES,
    )
    return render(ctx, "domains/show.html.j2", page)


def update(ctx: AdminContext) -> Response:
    domain = DOMAINS.update(ctx, ctx.path_id("domain_id"), ctx.sent(DOMAINS))
    return ctx.go(f"/domains/{domain.id}", f"{domain.shown_name} is saved.")


def check(page_request: AdminRequest) -> Response:
    """Look for the proof now, between two transactions."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.SETTINGS_EDIT)
        domain = DOMAINS.get(ctx, ctx.path_id("domain_id"))
        number, claim = domain.id, claim_of(domain)
    proof = page_request.deps.prove(claim)
    with page_request.open() as ctx:
        domain = note_check(ctx, number, proof)
        if proof.by:
            told = f"{domain.shown_name} is yours: it serves now."
            return ctx.go(f"/domains/{domain.id}", told)
        return ctx.go(f"/domains/{domain.id}", "Not proved yet: see why below.", "danger")


def delete(ctx: AdminContext) -> Response:
    domain = DOMAINS.delete(ctx, ctx.path_id("domain_id"))
    return ctx.go("/domains", f"{domain.shown_name} is deleted: nothing of yours answers there.")


def _target(ctx: AdminContext, domain: Domain, service: Service | None) -> str:
    """Tell which host of ours a name has to lead to."""
    addresses = ctx.installation.addresses
    if service is not None:
        return addresses.gateway_host(service, domain.serves)
    subdomain = ctx.provider.subdomain
    name = f"{subdomain}-admin" if domain.serves == Serves.ADMIN else subdomain
    return f"{name}.{addresses.domain}"


def _service_choices(ctx: AdminContext) -> list[tuple[str, str]]:
    services = ctx.db.exec(SERVICES.query(ctx.actor).order_by(col(Service.id)))
    return [("", "None: a portal"), *((str(each.id), each.name) for each in services)]

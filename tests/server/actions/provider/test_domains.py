"""Custom domains: claimed by anybody, served for who proved them, and lost with the proof."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from server.actions.provider.domains import DOMAINS, note_check, note_check_or_conflict
from server.actions.provider.providers import NewProvider
from server.actions.services.documents import build_document
from server.actions.services.services import create_service, delete_service
from server.actions.work import Work
from server.auth.dependencies import Dependencies, find_provider_by_host
from server.auth.origins import origins_of
from server.directory_queries import find_service_by_host
from server.domain.errors import DomainError, DomainTaken, NotFound
from server.domain.provider.domains import (
    DAILY,
    EAGER,
    FAILURES,
    GRACE,
    LATER,
    PATIENT,
    SOON,
    Domain,
    Proof,
    ProvedBy,
)
from server.domain.provider.hosts import Host, HostKind
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.clock import FixedClock
from tests.kit.make import staff
from tests.kit.work import by

YES, NO = Proof(ProvedBy.DNS), Proof(problem="DNS has no such TXT record.")
NAME = "developers.acme.example"


def at(work: Work, **past: float) -> Work:
    """Act later than now."""
    now = work.now + timedelta(**past)
    return replace(work, installation=replace(work.installation, clock=FixedClock(now)))


def claimed(work: Work, name: str = NAME, serves: str = "portal", **more: object) -> Domain:
    return DOMAINS.create(work, {"name": name, "serves": serves, **more})


def hosts(db: Session) -> set[str]:
    return {host.name for host in db.exec(select(Host).where(Host.domain_id.is_not(None)))}  # type: ignore[union-attr]  # a column


def test_a_name_serves_nothing_until_it_is_proved(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    domain = claimed(work, is_primary=True)
    provider = db.get_one(Provider, acme.provider.id)
    addresses = deps.installation.addresses

    assert (domain.state, hosts(db)) == ("pending", set())
    assert domain.next_check_at is not None
    assert abs(domain.next_check_at - work.now - SOON) < timedelta(seconds=5)
    assert addresses.portal(provider) == "http://localhost:8000"
    note_check(work, domain.id, NO)
    assert (domain.state, domain.problem, hosts(db)) == ("pending", NO.problem, set())

    note_check(work, domain.id, YES)

    assert (domain.state, domain.proof, domain.problem) == ("verified", "dns", "")
    found = find_provider_by_host(db, deps.installation, NAME, (HostKind.CUSTOM,))
    assert found is not None
    assert found.id == provider.id
    assert addresses.portal(provider) == f"http://{NAME}:8000"
    assert origins_of(db, addresses, provider.id) == {
        "http://localhost:8000",
        f"http://{NAME}:8000",
    }
    DOMAINS.delete(work, domain.id)
    assert hosts(db) == set()
    assert addresses.portal(provider) == "http://localhost:8000"


def test_what_a_name_may_be(db: Session, deps: Dependencies, acme: NewProvider) -> None:
    work = by(db, staff(acme), deps.installation)
    service_id = acme.sample.service.id

    assert claimed(work, " B\xfccher.Example. ").name == "xn--bcher-kva.example"
    assert claimed(work, "xn--mller-kva.example").shown_name == "m\xfcller.example"
    bad = {
        "": "blank",
        "example": "whole name",
        "https://a.example": "without scheme",
        "a.example:8000": "without scheme",
        "*.a.example": "without scheme",
        "-a.example": "without scheme",
        "a..example": "whole name",
        "xn--a.example": "no such name",
        "\u2603.example": "no such name",
        "10.0.0.1": "address",
        "acme.localhost": "nobody owns",
        "printer.local": "nobody owns",
        f"{'a' * 250}.example": "too long",
    }
    for name, why in bad.items():
        with pytest.raises(DomainError, match=why) as refusal:
            claimed(work, name)
        assert refusal.value.field == "name", name
    for values, field in (
        ({"serves": "production"}, "service_id"),
        ({"serves": "portal", "service_id": service_id}, "service_id"),
        ({"serves": "production", "service_id": 10**6}, "service_id"),
        ({"serves": "mail"}, "serves"),
    ):
        with pytest.raises(DomainError) as refusal:
            DOMAINS.create(work, {"name": NAME, **values})
        assert refusal.value.field == field
    with pytest.raises(DomainError, match="already been taken"):
        claimed(work, "b\xfccher.example")


def test_names_of_the_installation_are_nobodys_to_claim(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    addresses = replace(
        deps.installation.addresses, domain="gate.example", public_url="https://app.gate.test"
    )
    work = by(db, staff(acme), replace(deps.installation, addresses=addresses))

    for name in ("gate.example", "x.gate.example", "a.b.gate.example", "app.gate.test"):
        with pytest.raises(DomainError, match="belongs to this installation"):
            claimed(work, name)
    claimed(work, "notgate.example")


def test_a_name_that_one_tenant_proved_is_no_others(
    db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    other = by(db, staff(globex), deps.installation)
    ours, theirs = claimed(work), claimed(other)
    note_check(work, ours.id, YES)

    with pytest.raises(DomainTaken):
        note_check(other, theirs.id, YES)
    assert theirs.state == "pending"
    note_check_or_conflict(other, theirs.id, YES)
    assert "another tenant" in theirs.problem
    with pytest.raises(NotFound):
        note_check(other, ours.id, NO)
    with pytest.raises(NotFound):
        DOMAINS.delete(other, ours.id)
    DOMAINS.delete(other, theirs.id)
    with pytest.raises(DomainTaken):
        claimed(other)

    DOMAINS.delete(work, ours.id)
    assert note_check(other, claimed(other).id, YES).state == "verified"


def test_the_proof_is_looked_for_again_and_what_fails_is_lost_in_steps(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    domain, provider = claimed(work, is_primary=True), db.get_one(Provider, acme.provider.id)
    note_check(work, domain.id, YES)
    assert domain.next_check_at == pytest.approx(work.now + DAILY, abs=timedelta(seconds=5))

    for number in range(FAILURES):
        assert provider.portal_domain == NAME, number
        note_check(work, domain.id, NO)
    assert (domain.state, hosts(db)) == ("failing", {f"{NAME}."})
    assert provider.portal_domain == ""  # links lead back to what surely works
    assert note_check(at(work, days=3), domain.id, NO).state == "failing"
    assert note_check(at(work, days=4), domain.id, YES).state == "verified"
    assert (provider.portal_domain, domain.failures) == (NAME, 0)

    for _ in range(FAILURES):
        note_check(work, domain.id, NO)
    late = at(work, days=GRACE.days, seconds=9)
    lost = note_check(late, domain.id, NO)
    assert (lost.state, lost.next_check_at, hosts(db)) == ("pending", None, set())
    assert note_check(late, domain.id, YES).state == "verified"


def test_a_claim_is_looked_at_soon_then_later_then_no_more(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    domain = claimed(work)

    for after, wait in ((timedelta(), SOON), (EAGER, LATER), (PATIENT, None)):
        then = at(work, seconds=after.total_seconds() + 1)
        note_check(then, domain.id, NO)
        assert domain.next_check_at == (None if wait is None else then.now + wait)


def test_of_two_primary_names_the_last_one_is_and_the_other_stands_in(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    provider = db.get_one(Provider, acme.provider.id)
    first, second = claimed(work, is_primary=True), claimed(work, "www.acme.example")
    admin = claimed(work, "admin.acme.example", "admin", is_primary=True)
    for each in (first, second, admin):
        note_check(work, each.id, YES)
    db.flush()

    assert (provider.portal_domain, provider.admin_domain) == (NAME, "admin.acme.example")
    DOMAINS.update(work, second.id, {"is_primary": True, "moves": "permanent"})
    db.refresh(first)
    assert (first.is_primary, second.is_primary, admin.is_primary) == (False, True, True)
    assert provider.portal_domain == "www.acme.example"
    DOMAINS.update(work, second.id, {"is_primary": False})
    assert provider.portal_domain == ""
    with pytest.raises(DomainError, match="can't be changed"):
        DOMAINS.update(work, second.id, {"name": "else.example"})


def test_a_gateway_answers_at_its_name_and_documents_say_so(
    db: Session, deps: Dependencies, acme: NewProvider
) -> None:
    work = by(db, staff(acme), deps.installation)
    service = create_service(work, {"name": "Weather"})
    for name, serves in (("api.acme.example", "production"), ("try.acme.example", "staging")):
        made = claimed(work, name, serves, service_id=service.id, is_primary=serves == "production")
        assert find_service_by_host(db, name, "localhost") is None
        note_check(work, made.id, YES)
        assert find_service_by_host(db, name, "localhost") == (serves, service.id)
        assert find_provider_by_host(db, deps.installation, name) is None
    db.flush()

    proxy = build_document(db, deps.installation, service)["proxy"]
    assert proxy["endpoint"] == "http://api.acme.example:8000"
    assert proxy["sandbox_endpoint"] == "http://localhost:8000/gateway/staging/weather"
    assert proxy["hosts"][2:] == ["api.acme.example", "try.acme.example"]

    delete_service(work, service.id)
    db.flush()
    assert hosts(db) == set()
    assert db.exec(select(Domain)).all() == []
    assert db.get_one(Service, service.id).production_domain == ""

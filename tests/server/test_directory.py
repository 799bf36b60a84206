"""The directory: right answers, and none that outlives the change behind it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlmodel import Session

from gateway.errors import BadDocument
from gateway.windows import Period
from server.actions.accounts.accounts import suspend_account
from server.actions.applications.applications import (
    change_application_plan,
    delete_application,
    suspend_application,
)
from server.actions.applications.keys import add_key, delete_key, replace_user_key, user_key_of
from server.actions.applications.referrer_filters import add_filter, delete_filter
from server.actions.plans.limits import LIMITS, set_limit
from server.actions.plans.plans import APPLICATION_PLANS, create_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.configs import find_current_config, promote
from server.actions.services.documents import document_of, sealed_document
from server.actions.services.metrics import create_method, list_metrics
from server.actions.services.proxies import update_proxy
from server.actions.services.services import create_service, delete_service
from server.auth.dependencies import Dependencies
from server.directory import DatabaseDirectory
from server.directory_queries import Place
from tests.kit.make import make_provider, staff
from tests.kit.statements import counted
from tests.kit.work import by


@dataclass
class World:
    """A directory that hears of every commit, and what it answers about."""

    deps: Dependencies
    provider: NewProvider
    directory: DatabaseDirectory

    @property
    def key(self) -> str:
        """The sample application's key."""
        return user_key_of(self.deps.installation.vault, self.provider.sample.application)

    async def is_active(self) -> bool:
        """Ask whether the sample key opens anything."""
        service_id = self.provider.sample.service.id
        found = await self.directory.application_by_user_key(service_id, self.key)
        return found is not None and found.active


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let comparisons come without waiting."""
    monkeypatch.setattr("server.directory.ROUND_S", 0.0)
    monkeypatch.setattr("server.directory.TOLD_WITHIN_S", 0.0)


async def ask_all(world: World) -> list[object]:
    """Ask one question of each kind, some of them in vain."""
    directory, service_id = world.directory, world.provider.sample.service.id
    return [
        await directory.service(service_id),
        await directory.document_by_name("production", "api"),
        await directory.document_by_host("api-acme.localhost"),
        await directory.application_by_user_key(service_id, world.key),
        await directory.application_by_user_key(service_id, "unknown"),
        await directory.application_by_app_id(service_id, "to-come"),
        await directory.provider_by_key(world.provider.provider_key),
        await directory.service_token_matches(service_id, "nobody's"),
    ]


@pytest.fixture
def world(deps: Dependencies, acme: NewProvider) -> World:
    """Make a directory over the provider's data, its caches warm."""
    directory = DatabaseDirectory(deps.database, deps.installation)
    deps.database.after_commit(directory.forget)
    return World(deps, acme, directory)


Change = Callable[[Session, World], object]


def suspend_it(db: Session, world: World) -> object:
    return suspend_application(by(db, staff(world.provider)), world.provider.sample.application.id)


def suspend_owner(db: Session, world: World) -> object:
    owner = world.provider.sample.application.account_id
    return suspend_account(by(db, staff(world.provider)), owner)


def replace_key(db: Session, world: World) -> object:
    number = world.provider.sample.application.id
    return replace_user_key(by(db, staff(world.provider), world.deps.installation), number)


def delete_it(db: Session, world: World) -> object:
    return delete_application(by(db, staff(world.provider)), world.provider.sample.application.id)


@pytest.mark.parametrize("change", [suspend_it, suspend_owner, replace_key, delete_it])
async def test_what_is_revoked_is_revoked_at_once(world: World, change: Change) -> None:
    assert await world.is_active()

    with world.deps.database.write() as db:
        change(db, world)

    assert not await world.is_active()


async def test_a_new_key_works_although_it_was_unknown_before(world: World) -> None:
    service_id = world.provider.sample.service.id
    assert await world.directory.application_by_user_key(service_id, "new-key") is None

    with world.deps.database.write() as db:
        number = world.provider.sample.application.id
        actor = staff(world.provider)
        replace_user_key(by(db, actor, world.deps.installation), number, "new-key")

    found = await world.directory.application_by_user_key(service_id, "new-key")
    assert found is not None


async def test_limits_hold_from_the_next_answer_on(world: World) -> None:
    service_id = world.provider.sample.service.id
    plan_id = world.provider.sample.application.plan_id
    actor = staff(world.provider)
    assert await world.is_active()

    with world.deps.database.write() as db:
        hits = list_metrics(db, service_id)[0]
        wanted = {"metric_id": hits.id, "period": "hour", "value": 3}
        limit = set_limit(by(db, actor), wanted, plan_id)
    found = await world.directory.application_by_user_key(service_id, world.key)
    assert found is not None
    assert [(row.metric, row.period, row.value) for row in found.limits] == [
        ("hits", Period.HOUR, 3)
    ]

    with world.deps.database.write() as db:
        LIMITS.delete(by(db, actor), limit.id)
    found = await world.directory.application_by_user_key(service_id, world.key)
    assert found is not None
    assert found.limits == ()


async def test_a_plan_change_changes_the_plan(world: World) -> None:
    service_id, actor = world.provider.sample.service.id, staff(world.provider)
    with world.deps.database.write() as db:  # a new plan empties the caches by itself
        plan = create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Gold"}, service_id)
    assert await world.is_active()

    with world.deps.database.write() as db:
        change_application_plan(by(db, actor), world.provider.sample.application.id, plan.id)

    found = await world.directory.application_by_user_key(service_id, world.key)
    assert found is not None
    assert found.plan_name == "Gold"


async def test_keys_are_digests_and_come_and_go(world: World) -> None:
    sample, actor = world.provider.sample, staff(world.provider)
    app_id = sample.application.application_id
    found = await world.directory.application_by_app_id(sample.service.id, app_id)
    assert found is not None
    assert found.key_digests == frozenset()

    with world.deps.database.write() as db:
        key, text = add_key(by(db, actor, world.deps.installation), sample.application.id)
    found = await world.directory.application_by_app_id(sample.service.id, app_id)
    assert found is not None
    assert world.directory.key_digest(text) in found.key_digests
    assert await world.directory.application_keys(found) == [text]

    with world.deps.database.write() as db:
        delete_key(by(db, actor), sample.application.id, key.id)
    found = await world.directory.application_by_app_id(sample.service.id, app_id)
    assert found is not None
    assert found.key_digests == frozenset()


async def test_referrer_filters_come_and_go(world: World) -> None:
    sample, actor = world.provider.sample, staff(world.provider)

    async def filters() -> tuple[str, ...]:
        found = await world.directory.application_by_user_key(sample.service.id, world.key)
        assert found is not None
        return found.referrer_filters

    assert await filters() == ()
    with world.deps.database.write() as db:
        row = add_filter(by(db, actor), sample.application.id, "*.ok.example")
    assert await filters() == ("*.ok.example",)
    with world.deps.database.write() as db:
        delete_filter(by(db, actor), sample.application.id, row.id)
    assert await filters() == ()


async def test_a_host_is_a_tenants_or_nobodys(world: World) -> None:
    for host in ("acme.localhost", "acme-admin.localhost", "api-acme.localhost"):
        assert await world.directory.owns_host(host)
    for host in ("backend.internal", "new-acme.localhost", "localhost", "a\x00b"):
        assert not await world.directory.owns_host(host)

    with world.deps.database.write() as db:
        values = {"name": "New", "system_name": "new"}
        service = create_service(by(db, staff(world.provider), world.deps.installation), values)
    assert await world.directory.owns_host("new-acme.localhost")
    with world.deps.database.write() as db:
        delete_service(by(db, staff(world.provider)), service.id)
    assert await world.directory.owns_host("new-acme.localhost"), "it stays its provider's"


async def test_documents_are_found_by_host_and_by_name(world: World) -> None:
    by_host = await world.directory.document_by_host("api-acme.staging.localhost")
    by_name = await world.directory.document_by_name("production", "api")

    assert by_host is not None
    assert by_name is not None
    assert by_host.service_id == by_name.service_id == world.provider.sample.service.id
    for host in ("api-acme.example.com", "nope-acme.localhost", "acme.localhost", "x"):
        assert await world.directory.document_by_host(host) is None


async def test_staging_sees_a_deploy_and_production_only_the_promotion(world: World) -> None:
    service, actor = world.provider.sample.service, staff(world.provider)
    production = await world.directory.document_by_name("production", "api")
    assert production is not None
    assert await world.directory.document_by_name("staging", "api") is not None

    with world.deps.database.write() as db:
        update_proxy(by(db, actor, world.deps.installation), service.id, {"secret_token": "new"})
    staging = await world.directory.document_by_name("staging", "api")
    production = await world.directory.document_by_name("production", "api")
    assert staging is not None
    assert production is not None
    assert staging != production

    with world.deps.database.write() as db:
        promote(by(db, actor), service.id)
    promoted = await world.directory.document_by_name("production", "api")
    assert promoted is not None
    assert promoted.proxy.secret_token == "new"


async def test_metrics_know_their_parents(world: World) -> None:
    service_id = world.provider.sample.service.id
    before = await world.directory.service(service_id)
    assert before is not None
    assert set(before.metrics) == {"hits"}

    with world.deps.database.write() as db:
        hits = list_metrics(db, service_id)[0]
        create_method(by(db, staff(world.provider)), {"friendly_name": "Test"}, hits.id)

    service = await world.directory.service(service_id)

    assert service is not None
    assert {name: metric.parent for name, metric in service.metrics.items()} == {
        "hits": None,
        "test": "hits",
    }


async def test_secrets_open_only_their_own(world: World) -> None:
    other = make_provider(world.deps, "Globex")
    directory, unseal = world.directory, world.deps.installation.vault.unseal
    ours, theirs = world.provider.sample.service, other.sample.service
    token = unseal(ours.service_token_sealed)

    assert await directory.service_token_matches(ours.id, token)
    assert not await directory.service_token_matches(theirs.id, token)
    assert not await directory.service_token_matches(ours.id, token + "x")
    known = await directory.provider_by_key(world.provider.provider_key)
    assert known is not None
    assert known.service_ids == {ours.id}
    assert await directory.provider_by_key("nobody's") is None
    assert await directory.application_by_user_key(theirs.id, world.key) is None


async def test_two_providers_services_of_one_name_have_two_hosts(world: World) -> None:
    other = make_provider(world.deps, "Globex")

    here = await world.directory.document_by_host("api-acme.localhost")
    there = await world.directory.document_by_host("api-globex.localhost")

    assert here is not None
    assert there is not None
    assert (here.service_id, there.service_id) == (
        world.provider.sample.service.id,
        other.sample.service.id,
    )


async def test_a_second_service_is_reachable_by_path(world: World) -> None:
    assert await world.directory.document_by_name("staging", "weather") is None
    with world.deps.database.write() as db:
        actor, installation = staff(world.provider), world.deps.installation
        service = create_service(by(db, actor, installation), {"name": "Weather"})
        update_proxy(by(db, actor, installation), service.id, {})

    found = await world.directory.document_by_name("staging", "weather")

    assert found is not None
    assert found.service_id == service.id


async def test_a_document_that_no_longer_parses_breaks_its_own_service_alone(world: World) -> None:
    api = world.provider.sample.service
    with world.deps.database.write() as db:
        create_service(by(db, staff(world.provider), world.deps.installation), {"name": "Other"})
        config = find_current_config(db, api.id, "staging")
        assert config is not None
        installation = world.deps.installation
        document = document_of(installation, config) | {"proxy": {"api_backend": "http:///nowhere"}}
        config.content_sealed = sealed_document(installation, document)

    directory = DatabaseDirectory(world.deps.database, world.deps.installation)
    with pytest.raises(BadDocument, match=r"proxy\.api_backend"):
        await directory.document_by_name("staging", api.system_name)
    assert await directory.document_by_name("staging", "other") is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE applications SET state = 'suspended'",
        "UPDATE accounts SET state = 'suspended'",
        "UPDATE services SET state = 'offline'",
        "UPDATE providers SET state = 'suspended'",
        "UPDATE applications SET application_id = 'to-come'",
        "UPDATE application_plans SET name = 'Renamed'",
        "UPDATE proxy_configs SET id = id + 1000",
    ],
)
async def test_what_nobody_told_is_found_by_comparing(
    world: World, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    shorten(monkeypatch)
    before = await ask_all(world)
    assert [world.directory.compare() for _ in range(6)] == [0] * 6
    with world.deps.database.write() as db:
        db.execute(text(statement))
    assert await ask_all(world) == before

    healed = sum(world.directory.compare() for _ in range(6))

    assert healed > 0
    after = await ask_all(world)
    assert after != before
    assert [world.directory.compare() for _ in range(6)] == [0] * 6


async def test_a_change_on_its_way_is_no_lost_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.directory.ROUND_S", 0.0)
    before = await ask_all(world)
    with world.deps.database.write() as db:
        db.execute(text("UPDATE application_plans SET name = 'Renamed'"))

    healed = sum(world.directory.compare() for _ in range(6))

    assert healed == 0
    assert await ask_all(world) == before


async def test_wrong_keys_do_not_hold_up_right_ones(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    await ask_all(world)
    for number in range(500):
        await world.directory.application_by_user_key(world.provider.sample.service.id, f"{number}")
    with world.deps.database.write() as db:
        db.execute(text("UPDATE applications SET state = 'suspended'"))

    for _ in range(4):
        world.directory.compare()

    assert not await world.is_active()


async def test_applications_that_come_at_once_are_read_together(
    deps: Dependencies, acme: NewProvider
) -> None:
    directory = DatabaseDirectory(deps.database, deps.installation)
    sample, vault = acme.sample, deps.installation.vault
    service_id = sample.service.id
    await directory.application_by_user_key(service_id, "unknown")  # knows whose the service is

    with counted(deps) as statements:
        found = await asyncio.gather(
            directory.application_by_user_key(service_id, user_key_of(vault, sample.application)),
            *(directory.application_by_user_key(service_id, f"wrong{each}") for each in range(30)),
            directory.application_by_user_key(service_id + 1, "elsewhere"),
        )

    assert [each is not None for each in found] == [True] + [False] * 31
    assert len(statements) <= 6  # keys of nobody's today are looked for among the old ones


async def test_what_a_load_reads_while_it_is_changed_is_not_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = world.directory._by_user_key
    load = cache.load_all

    def load_and_be_late(db: Session, places: Sequence[Place]) -> object:
        found = load(db, places)
        with world.deps.database.write() as writer:
            suspend_it(writer, world)
        return found

    monkeypatch.setattr(cache, "load_all", load_and_be_late)
    assert await world.is_active(), "asked before the change"
    monkeypatch.undo()

    assert not await world.is_active()


async def test_a_new_answer_makes_room_and_the_caches_are_bounded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.directory.MOST_MISSING", 10)
    service_id = world.provider.sample.service.id
    for number in range(30):
        await world.directory.application_by_user_key(service_id, f"wrong{number}")

    assert len(world.directory._by_user_key) == 10
    assert world.directory._by_user_key.is_missing((service_id, "wrong29"))


async def test_a_service_knows_whose_pages_may_call(world: World) -> None:
    service_id = world.provider.sample.service.id
    own = world.deps.installation.addresses.portal(world.provider.provider).encode()
    before = await world.directory.service(service_id)

    with world.deps.database.write() as db:
        update_settings(by(db, staff(world.provider)), {"allowed_origins": "https://shop.example"})
    after = await world.directory.service(service_id)

    assert before is not None
    assert before.origins == {own}
    assert after is not None
    assert after.origins == {own, b"https://shop.example"}

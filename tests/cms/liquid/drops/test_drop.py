"""Every drop, enumerated as a developer: no secret, no other account, no Python attribute."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.render_data import RenderData
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.keys import user_key_of
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from tests.cms.browser import PASSWORD
from tests.cms.reference.rows import add_rows
from tests.cms.reference.world import variables_of
from tests.kit.make import make_provider, staff
from tests.kit.work import by

SECRETS = ("password", "digest", "sealed", "token", "secret", "provider_key")
MOST_DEPTH = 7


def _enumerated(value: object, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Walk everything that a template can reach: names with plain values."""
    if depth > MOST_DEPTH:
        return
    if isinstance(value, Mapping):
        for name in value:
            inner = value[name]
            if not isinstance(inner, Mapping | list):
                yield str(name), inner
            yield from _enumerated(inner, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _enumerated(item, depth + 1)


def test_a_developers_drops_show_nothing_that_is_not_his(
    deps: Dependencies, acme: NewProvider
) -> None:
    other = make_provider(deps, "Other")
    with deps.database.write() as db:
        draft = NewSignup(
            org_name="Foreign Ltd", username="eve", email="eve@foreign.example", password=PASSWORD
        )
        foreign = sign_up(by(db, staff(acme), deps.installation), draft, "api")
        foreign_key = user_key_of(deps.installation.vault, foreign.applications[0])
        application = db.get_one(Application, acme.sample.application.id)
        own = db.get_one(Account, application.account_id)
        add_rows(db, own, application, datetime.now(UTC))

    with deps.database.read() as db:
        account = db.get_one(Account, acme.sample.application.account_id)
        data = RenderData(db, deps.installation, acme.provider, account.id)
        roots = [
            AccountDrop(account, data),
            UserDrop(acme.sample.user, data),
            ProviderDrop(acme.provider, data),
            ApplicationDrop(acme.sample.application, data),
            *variables_of(deps, db, acme).values(),
        ]
        reached = list(_enumerated(roots))

    names = {name for name, _ in reached}
    text = json.dumps([str(value) for _, value in reached])
    assert len(reached) > 100
    assert not [name for name in names if name.startswith("_") or name in SECRETS]
    for secret in (
        "Foreign Ltd",
        "eve@foreign",
        foreign_key,
        acme.provider_key,
        acme.access_token,
        acme.sample.user.password_hash,
        "Shared_secret",
        other.provider.name,
        " object at 0x",
    ):
        assert secret not in text


def test_another_accounts_drop_keeps_its_keys(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.read() as db:
        data = RenderData(db, deps.installation, acme.provider, account_id=None)
        application = ApplicationDrop(acme.sample.application, data)

        assert application["user_key"] == ""
        assert application["application_keys"] == []


@pytest.mark.parametrize(
    "name", ["__class__", "model", "data", "shows", "user_key_sealed", "_known", "provider_id"]
)
def test_names_that_are_not_shown_do_not_exist(
    deps: Dependencies, acme: NewProvider, name: str
) -> None:
    with deps.database.read() as db:
        drop: Drop[Any] = ApplicationDrop(
            acme.sample.application, RenderData(db, deps.installation, acme.provider)
        )

        assert name not in drop
        with pytest.raises(KeyError):
            drop[name]


def test_the_theme_has_every_mail_and_page(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.read() as db:
        library = Library(db, default_theme(), acme.provider.id)

        assert library.find("layout", "main_layout")
        assert library.find("page", "/docs")
        assert library.find("page", "/../theme.json") is None


def _kinds(kind: type[Drop[Any]] = Drop) -> Iterator[type[Drop[Any]]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


@pytest.mark.parametrize("kind", sorted(_kinds(), key=repr), ids=lambda kind: str(kind.__name__))
def test_no_name_is_one_of_a_mappings_own(kind: type[Drop[Any]]) -> None:
    own = {name for name in kind.shows if name in dir(Mapping)}

    assert own <= set(kind.attributes)

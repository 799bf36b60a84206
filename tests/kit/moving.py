"""A tenant that is going to be moved: a bit of everything, and its customers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import ACCOUNTS, approve_account
from server.actions.accounts.users import activate_user, create_user
from server.actions.applications.applications import create_application, suspend_application
from server.actions.applications.custom_plans import customize_plan
from server.actions.applications.referrer_filters import add_filter
from server.actions.plans.limits import LIMITS
from server.actions.provider.providers import EmptyProvider, create_empty_provider
from server.actions.services.configs import promote
from server.as_code.apply import read_state, run_each
from server.as_code.changeset import compare
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.domain.actors import Actor
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan
from server.domain.services.services import Service
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import copy_of_migrated

PROVIDER = """\
settings:
  name: Acme
  support_email: help@acme.example
  public_search: true
account_fields:
- {name: org_name, label: Company, required: true}
- {name: branch, label: Branch, choices: [Farming, Fishing]}
account_features:
- {system_name: hotline, name: Hotline}
account_plans:
- {system_name: default, name: Default, published: true, default: true, features: [hotline]}
- {system_name: partner, name: Partner, approval_required: true}
"""
STOCK = """\
system_name: stock
name: Stock
private_endpoint: %(upstream)s
managed_by: operator
metrics:
- {system_name: hits, friendly_name: Hits}
- {system_name: items, friendly_name: Items, unit: item}
mapping_rules:
- {http_method: GET, pattern: /items, metric: items}
"""
PETS = """\
system_name: pets
name: Pets
default: true
description: All about pets.
managed_by: operator
metrics:
- {system_name: hits, friendly_name: Hits}
- {system_name: bytes, friendly_name: Bytes, unit: byte}
methods:
- {system_name: adopt, friendly_name: Adopt}
mapping_rules:
- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}
- {http_method: GET, pattern: /, metric: hits}
- {http_method: GET, pattern: /, metric: bytes, delta: 10}
backend_usages:
- {backend_api: stock, path: /stock}
proxy:
  api_backend: %(upstream)s
  error_status_no_match: 418
features:
- {system_name: kittens, name: Kittens}
application_plans:
- system_name: gold
  name: Gold
  published: true
  cost_per_month: 9.90
  trial_period_days: 7
  features: [kittens]
  limits:
  - {metric: hits, period: month, value: 10}
  - {metric: stock/items, period: day, value: 500}
  pricing_rules:
  - {metric: adopt, min: 1, max: 10, cost_per_unit: 0.5}
  - {metric: adopt, min: 11, cost_per_unit: 0.25}
- {system_name: free, name: Free, default: true}
service_plans:
- {system_name: basic, name: Basic, published: true, default: true}
"""
MAPS = """\
system_name: maps
name: Maps
backend_version: '2'
referrer_filters_required: true
metrics:
- {system_name: hits, friendly_name: Hits}
mapping_rules:
- {http_method: GET, pattern: /, metric: hits}
proxy:
  api_backend: %(upstream)s
  policy_chain:
  - {name: apicast, version: builtin, configuration: {}}
  - {name: caching, version: builtin, configuration: {caching_type: strict}}
application_plans:
- {system_name: all, name: All, published: true}
service_plans:
- {system_name: basic, name: Basic}
"""
TEMPLATES = """\
templates:
- {kind: page, name: /about, title: About, section: news, published: pages/about.liquid}
- {kind: page, name: login/new, published: pages/login.liquid}
- {kind: layout, name: plain, title: Plain, published: layouts/plain.liquid}
- {kind: partial, name: hello, published: partials/hello.liquid, draft: partials/hello.draft.liquid}
"""
FILES = "files:\n- {path: /logo.svg, section: news, content: files/logo.svg, downloadable: true}\n"
FOLDER = {
    "provider.yaml": PROVIDER,
    "backends/stock.yaml": STOCK,
    "services/pets.yaml": PETS,
    "services/maps.yaml": MAPS,
    "portal/sections.yaml": "sections:\n- {system_name: news, title: News}\n"
    "- {system_name: old, title: Old, parent: news}\n",
    "portal/templates.yaml": TEMPLATES,
    "portal/files.yaml": FILES,
    "portal/files/logo.svg": "<svg/>",
    "portal/pages/about.liquid": "Hello {{ provider.name }}",
    "portal/pages/login.liquid": "Log in",
    "portal/layouts/plain.liquid": "<html>{% content %}</html>",
    "portal/partials/hello.liquid": "Hi",
    "portal/partials/hello.draft.liquid": "Hi!",
    "specs/pets.yaml": "system_name: pets\nname: Pets\nservice: pets\npublished: true\n"
    "body: pets.json\n",
    "specs/pets.json": '{"openapi": "3.1.0", "info": {"title": "Pets"}, "paths": {}}',
}
USER_KEY, OWN_KEY = "key-of-farm", "key-of-own"
APP_ID, APP_KEY = "app-of-farm", "first-key-of-farm"


@dataclass(frozen=True)
class OldTenant:
    """What a test knows of it."""

    made: EmptyProvider
    service_ids: dict[str, int]
    application_ids: dict[str, int]
    service_token: str  # of `pets`


def environment_of(data_dir: Path, url: str) -> dict[str, str]:
    """Make the environment of an installation on SQLite, with its tables."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if not (data_dir / "gatehouse.db").exists():
        copy_of_migrated(data_dir / "gatehouse.db")
    return {"GATEHOUSE_DATA_DIR": str(data_dir), "GATEHOUSE_PUBLIC_URL": url}


def opened(env: dict[str, str]) -> Storage:
    """Open an installation."""
    return open_storage(Settings.from_env(env))


def workspace_of(db: Session, storage: Storage, provider_id: int) -> Workspace:
    """Make a workspace."""
    return Workspace(db, Actor.system(provider_id), storage.installation)


def seed(storage: Storage, upstream: str) -> OldTenant:
    """Make a tenant, whose ids are far from those of a new installation."""
    with storage.database.write() as db:
        made = create_empty_provider(db, storage.installation, "Acme", "admin@acme.example")
        workspace = workspace_of(db, storage, made.provider.id)
        folder = {path: text.replace("%(upstream)s", upstream) for path, text in FOLDER.items()}
        wanted = parse_folder(folder)
        workspace.given_ids.update({(("service", "pets"),): 2555, (("service", "maps"),): 2666})
        changes = compare(wanted, read_state(workspace), prune=True)
        run_each(workspace, changes, lambda _edit, error: pytest.fail(str(error)))
    with storage.database.write() as db:
        work = workspace_of(db, storage, made.provider.id)
        services = {each.system_name: each.id for each in db.exec(select(Service))}
        promote(work, services["pets"])
        applications = _customers(work)
        pets = db.get_one(Service, services["pets"])
        token = storage.installation.vault.unseal(pets.service_token_sealed)
    return OldTenant(made, services, applications, token)


def _customers(work: Workspace) -> dict[str, int]:
    """Make accounts, people and applications."""
    plans = {each.system_name: each.id for each in work.db.exec(select(ApplicationPlan))}
    account_plan = work.db.exec(select(AccountPlan.id).where(AccountPlan.is_default)).one()
    farm = _account(work, "Farm", account_plan, {"branch": "Farming"})
    approve_account(work, farm.id)
    boat = _account(work, "Boat", account_plan, {})
    first = create_user(work, farm.id, {"username": "jane", "email": "jane@farm.example"})
    activate_user(work, first.id)
    create_user(work, farm.id, {"username": "bob", "email": "bob@farm.example", "role": "admin"})
    given: dict[str, Any] = {"name": "Barn", "user_key": USER_KEY}
    barn = create_application(work, farm.id, plans["gold"], given)
    given = {"name": "Field", "application_id": APP_ID, "application_keys": (APP_KEY, "second-key")}
    field = create_application(work, farm.id, plans["all"], given)
    add_filter(work, field.id, "*.farm.example")
    own = create_application(work, farm.id, plans["gold"], {"name": "Own", "user_key": OWN_KEY})
    custom = customize_plan(work, own.id)
    hits = work.db.exec(
        select(UsageLimit).where(UsageLimit.plan_id == custom.id, UsageLimit.period == "month")
    ).one()
    LIMITS.update(work, hits.id, {"value": 99_999})
    ship = create_application(work, boat.id, plans["free"], {"name": "Ship"})
    suspend_application(work, ship.id)
    return {"barn": barn.id, "field": field.id, "own": own.id, "ship": ship.id}


def _account(work: Workspace, name: str, plan_id: int, extra: dict[str, str]) -> Any:
    values = {"org_name": name, "extra_fields": extra}
    return ACCOUNTS.create(work, values, account_plan_id=plan_id)

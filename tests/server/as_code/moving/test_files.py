"""`gatehouse import 3scale --file` as an operator runs it: what is made, kept, told and refused."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from server.as_code.apply import read_state
from server.as_code.changeset import compare
from server.as_code.entries import State
from server.as_code.reading import parse_folder
from server.as_code.topic import Workspace
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.actors import Actor
from server.domain.applications.applications import Application, ApplicationKey
from server.domain.events import EventRecord
from server.domain.messages.mails import Mail
from server.domain.provider.providers import Provider
from server.domain.services.configs import ProxyConfig
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.kit.passwords import password_matches
from server.runtime.storage import Storage, open_storage
from server.settings import Settings
from tests.kit.make import copy_of_migrated
from tests.kit.operator import KELP
from tests.server.cli.test_as_code import gatehouse, provider_without_customers

# What the files describe, as `gatehouse apply` reads it.
AS_CODE = {
    "provider.yaml": """
format: 1
settings: {name: Acme}
registry_policies:
- name: shelf_guard
  version: "0.3"
  definition: '{"name": "Shelf guard", "version": "0.3", "summary": "Looks after shelves", "$schema":
    "http://json-schema.org/draft-07/schema#", "description": ["Looks after shelves, and tells"],
    "configuration": {"type": "object", "properties": {"most": {"type": "number", "maximum": 0.5}}}}'
""",
    "backends/titles.yaml": """
system_name: titles
name: Titles
private_endpoint: https://titles.example.com:443
""",
    "backends/lending.yaml": """
system_name: lending
name: Lending
description: Who has which book
private_endpoint: https://lending.example.com:443
metrics:
- {system_name: hits, friendly_name: Hits, unit: hit}
- {system_name: loans, friendly_name: Loans, unit: book}
methods:
- {system_name: lend, friendly_name: Lend a book}
mapping_rules:
- {http_method: POST, pattern: /loans, metric: lend}
- {http_method: POST, pattern: /loans, metric: loans, delta: 3}
""",
    "services/catalogue.yaml": """
system_name: catalogue
name: Kelp Catalogue
description: Titles and shelves
backend_version: "2"
metrics:
- {system_name: hits, friendly_name: Calls, unit: call, description: All of them}
- {system_name: pages, friendly_name: Pages, unit: page}
methods:
- {system_name: find_title, friendly_name: Find a title, unit: call, description: One title}
- {system_name: list_shelves, friendly_name: List shelves, unit: call}
mapping_rules:
- {http_method: GET, pattern: "/titles/{id}$", metric: find_title, last: true}
- {http_method: GET, pattern: /shelves, metric: list_shelves, delta: 2}
- {http_method: GET, pattern: /, metric: hits}
backend_usages:
- {backend_api: lending, path: /lending}
- {backend_api: titles, path: /}
proxy:
  api_backend: ""
  hostname_rewrite: titles.example.com
  credentials_location: headers
  auth_app_id: client
  auth_app_key: secret
  error_auth_failed: '{"error": "key"}'
  error_status_auth_failed: 401
  error_headers_auth_failed: application/json
  error_auth_missing: '{"error": "no key"}'
  error_status_auth_missing: 401
  error_headers_auth_missing: application/json
  error_no_match: '{"error": "path"}'
  error_headers_no_match: application/json
  error_limits_exceeded: '{"error": "limit"}'
  error_headers_limits_exceeded: application/json
  policy_chain:
  - name: headers
    version: builtin
    configuration:
      response: [{op: set, header: X-Shelf, value_type: plain, value: "7"}]
  - name: cors
    version: builtin
    configuration: {allow_origin: "https://kelp.example.com"}
    enabled: false
  - {name: apicast, version: builtin, configuration: {}}
application_plans:
- system_name: reader
  name: Reader
  published: true
  trial_period_days: 14
  setup_fee: "3.00"
  cost_per_month: "9.90"
  limits:
  - {metric: find_title, period: hour, value: 5}
  - {metric: hits, period: day, value: 100}
  - {metric: lending/loans, period: month, value: 7}
  pricing_rules:
  - {metric: pages, min: 1, max: 50, cost_per_unit: "0.20"}
  - {metric: pages, min: 51, max: 900, cost_per_unit: "0.10"}
- {system_name: partner, name: Partner, approval_required: true}
service_plans:
- {system_name: default, name: Default, published: true, default: true}
""",
    "backends/shelf.yaml": """
system_name: shelf
name: Shelf
private_endpoint: https://shelf.example.com:443
metrics:
- {system_name: hits, friendly_name: Hits, description: Number of API hits}
""",
    "services/lists.yaml": """
system_name: lists
name: Reading lists
deployment_option: self_managed
metrics:
- {system_name: hits, friendly_name: Hits, description: Number of API hits}
mapping_rules:
- {http_method: GET, pattern: /lists, metric: hits}
backend_usages:
- {backend_api: shelf}
proxy: {api_backend: "", auth_user_key: api-key}
application_plans:
- system_name: free
  name: Free
  published: true
  cost_per_month: "4.50"
  limits:
  - {metric: shelf/hits, period: minute, value: 30}
  pricing_rules:
  - {metric: hits, min: 1, cost_per_unit: "0.25"}
service_plans:
- {system_name: default, name: Default, published: true, default: true}
""",
    "backends/reviews.yaml": """
system_name: reviews
name: Book Reviews
private_endpoint: https://reviews.example.com:443
""",
    "services/reviews.yaml": """
system_name: reviews
name: Book Reviews
methods:
- {system_name: review, friendly_name: review}
mapping_rules:
- {http_method: GET, pattern: "/v2/reviews/{id}", metric: review}
backend_usages:
- {backend_api: reviews}
proxy: {api_backend: ""}
service_plans:
- {system_name: default, name: Default, published: true, default: true}
""",
    "services/members.yaml": """
system_name: members
name: Members
backend_version: oauth
proxy:
  credentials_location: headers
  oidc_issuer_endpoint: https://login.example.com/realm
  oidc_issuer_type: rest
  jwt_claim_with_client_id: sub
  standard_flow_enabled: false
  implicit_flow_enabled: true
  service_accounts_enabled: true
  policy_chain:
  - name: token_introspection
    version: builtin
    configuration: {auth_type: use_3scale_oidc_issuer_endpoint}
  - {name: shelf_guard, version: "0.3", configuration: {most: 3}}
  - {name: apicast, version: builtin, configuration: {}}
application_plans:
- {system_name: desk, name: Desk}
service_plans:
- {system_name: default, name: Default, published: true, default: true}
""",
    "specs/catalogue_doc.yaml": """
system_name: catalogue_doc
name: Catalogue
service: catalogue
description: How to ask
published: true
body: catalogue_doc.yml
""",
    "specs/catalogue_doc.yml": """\
openapi: 3.0.2
info: {title: Catalogue, version: "1"}
paths:
  /titles: {get: {operationId: titles, responses: {"200": {description: fine}}}}
""",
}
HOMES = ("service", "backend api", "specification", "policy")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Make the environment of an installation on SQLite."""
    copy_of_migrated(tmp_path / "migrated.db")
    url = f"sqlite:///{tmp_path / 'migrated.db'}"
    return {"GATEHOUSE_DATA_DIR": str(tmp_path / "data"), "GATEHOUSE_DATABASE_URL": url}


@pytest.fixture
def storage(env: dict[str, str], tmp_path: Path) -> Iterator[Storage]:
    """Open what the command stands on, with a provider in it."""
    (tmp_path / "data").mkdir()
    storage = open_storage(Settings.from_env(env))
    provider_without_customers(storage, "Acme")
    yield storage
    storage.database.close()


@pytest.fixture
def kelp(tmp_path: Path) -> Path:
    """Copy the files, so that a test may change them."""
    return Path(shutil.copytree(KELP, tmp_path / "kelp"))


def state_of(storage: Storage, db: Session) -> State:
    """Read the configuration of the only provider."""
    provider = db.exec(select(Provider)).one()
    actor = Actor.system(provider.id, "test")
    return read_state(Workspace(db, actor, storage.installation))


def everything(storage: Storage) -> list[int]:
    """Count the rows that an import makes, and all events."""
    tables = (Account, User, Application, ApplicationKey, Service, ProxyConfig, Mail, EventRecord)
    with storage.database.read() as db:
        return [len(db.exec(select(table.id)).all()) for table in tables]


def report_of(env: dict[str, str]) -> dict[str, Any]:
    """Read the report of the last import."""
    text = (Path(env["GATEHOUSE_DATA_DIR"]) / "import-3scale.json").read_text()
    report: dict[str, Any] = json.loads(text)
    return report


def test_files_become_what_the_same_configuration_as_code_says(
    env: dict[str, str], storage: Storage
) -> None:
    dry = gatehouse(env, "import", "3scale", "--file", KELP, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "+ service catalogue" in dry.output
    with storage.database.read() as db:
        assert len(db.exec(select(Service)).all()) == 1  # that of the sample data

    result = gatehouse(env, "import", "3scale", "--file", KELP)
    assert result.exit_code == 0, result.output

    with storage.database.read() as db:
        wanted = {key: each for key, each in parse_folder(AS_CODE).items() if key[0][0] in HOMES}
        present = state_of(storage, db)
        theirs = {key: each for key, each in present.items() if key[:1] in wanted}
        plan = compare(wanted, theirs, prune=True)
        assert [line for edit in plan.edits for line in edit.lines()] == []
        check_service(storage, db)
        check_customers(storage, db)


def check_service(storage: Storage, db: Session) -> None:
    """Check what of a service no file as code tells."""
    catalogue = db.exec(select(Service).where(Service.system_name == "catalogue")).one()
    assert catalogue.id == 4711
    proxy = db.exec(select(Proxy).where(Proxy.service_id == catalogue.id)).one()
    assert storage.installation.vault.unseal(proxy.secret_token_sealed) == "shelf-7"
    query = select(ProxyConfig.environment).where(ProxyConfig.service_id == catalogue.id)
    assert "production" in db.exec(query).all()


def check_customers(storage: Storage, db: Session) -> None:
    """Check accounts, users and applications."""
    vault = storage.installation.vault
    account = db.exec(select(Account).where(Account.org_name == "Books & Co")).one()
    assert (account.state, account.monthly_billing_enabled) == ("approved", False)
    users = select(User).where(User.account_id == account.id).order_by(col(User.username))
    ida, noa = db.exec(users)
    assert (ida.username, ida.role, ida.state) == ("ida", "admin", "active")
    assert password_matches("a-quiet-shelf-42", ida.password_hash or "")
    assert (noa.username, noa.role, noa.state) == ("noa", "member", "suspended")
    query = select(Application).where(Application.account_id == account.id)
    desk, shop, till = db.exec(query.order_by(col(Application.name)))
    keys = {
        each.application_id: vault.unseal(each.sealed) for each in db.exec(select(ApplicationKey))
    }
    assert (desk.id, desk.application_id, keys[desk.id]) == (815, "desk-client-1", "desk-secret-1")
    assert (shop.application_id, keys[shop.id], shop.state) == (
        "shop-0001",
        "shelf-key-0001",
        "live",
    )
    assert (vault.unseal(till.user_key_sealed), till.state) == ("till-user-key-0001", "suspended")


def test_a_second_import_takes_only_what_changed(
    env: dict[str, str], storage: Storage, kelp: Path
) -> None:
    assert gatehouse(env, "import", "3scale", "--file", kelp).exit_code == 0
    before = everything(storage)

    again = gatehouse(env, "import", "3scale", "--file", kelp)
    assert "Nothing to change." in again.output
    assert everything(storage) == before

    # One part alone: nothing of what the other files told goes.
    alone = gatehouse(env, "import", "3scale", "--file", kelp / "apis" / "lists.yaml")
    assert "Nothing to change." in alone.output
    assert report_of(env)["done"] == {}
    assert not [each for each in report_of(env)["not_taken_over"] if "gone" in each["why"]]
    assert everything(storage) == before

    lists = kelp / "apis" / "lists.yaml"
    text = lists.read_text().replace('pattern: "/lists"', "pattern: /shelves")
    lists.write_text(text.replace("costMonth: 4.5", "costMonth: 5"))
    changed = gatehouse(env, "import", "3scale", "--file", lists)
    assert report_of(env)["changes"] == [
        "- service lists, mapping rule GET /lists",
        "~ service lists, application plan free: cost_per_month: 4.50 -> 5.00",
        "+ service lists, mapping rule GET /shelves",
    ], changed.output


def test_what_can_not_be_taken_over_is_reported(env: dict[str, str], storage: Storage) -> None:
    gatehouse(env, "import", "3scale", "--file", KELP)

    told = {each["what"] for each in report_of(env)["not_taken_over"]}
    for what in (
        "Product 'catalogue', apis/catalogue.yaml:76: spec.shelves",
        "Product 'catalogue', mapping rule, apis/catalogue.yaml:22: spec.mappingRules[3]",
        "APIManager 'machines', apis/catalogue.yaml:92",
        "Secret 'unrelated', people/applications.yaml:38",
        "DeveloperUser 'noa', password",
        "Product 'members', backendUsages, apis/members.yaml:5: spec",
        "Application 'desk', credentials, UserKey",
        "service members, policy token_introspection",
    ):
        assert what in told


def test_broken_files_store_nothing(env: dict[str, str], storage: Storage, kelp: Path) -> None:
    before = everything(storage)
    file = kelp / "people" / "applications.yaml"
    file.write_text(
        file.read_text().replace("applicationPlanName: reader", "applicationPlanName: x")
    )
    password = kelp / "people" / "accounts.yaml"
    password.write_text(password.read_text().replace("role: admin", "role: boss"))

    result = gatehouse(env, "import", "3scale", "--file", kelp)

    assert result.exit_code == 1
    assert "people/accounts.yaml:7: spec.role: DeveloperUser 'ida': must be one of" in result.output
    assert "people/applications.yaml:9: spec.applicationPlanName: Application" in result.output
    assert everything(storage) == before
    for arguments in ((), ("--url", "https://x.example.com"), ("--url", "u", "--file", kelp)):
        told = gatehouse(env, "import", "3scale", *arguments)
        assert (told.exit_code, "--file" in told.output) == (1, True)


def test_a_weak_password_is_told_and_a_link_is_mailed(
    env: dict[str, str], storage: Storage, kelp: Path
) -> None:
    file = kelp / "people" / "accounts.yaml"
    file.write_text(file.read_text().replace("a-quiet-shelf-42", "123"))

    gatehouse(env, "import", "3scale", "--file", kelp / "people" / "accounts.yaml")

    assert "user ida of Books & Co, password" in str(report_of(env)["not_taken_over"])
    assert report_of(env)["done"]["mailed user"] == 1

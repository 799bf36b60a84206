"""Applying to a database: rules, events and order hold, secrets and customers stay out."""

import re

import pytest
from sqlmodel import Session, col, select

from server.actions.plans.limits import set_limit
from server.actions.plans.plans import APPLICATION_PLANS, create_plan, make_default_plan
from server.actions.provider.providers import NewProvider, create_provider
from server.actions.services.configs import find_current_config
from server.actions.services.documents import build_document, document_of
from server.actions.services.lookup import get_proxy
from server.actions.services.mapping_rules import MAPPING_RULES, list_rules
from server.actions.services.metrics import METRICS, list_metrics
from server.actions.services.proxies import PROXIES, update_proxy
from server.actions.services.services import SERVICES
from server.as_code.apply import Refused, read_state, run
from server.as_code.changeset import Changeset, compare
from server.as_code.entries import BadFolder
from server.as_code.reading import parse_folder
from server.as_code.services.proxies import PROXY_TOPIC
from server.as_code.services.services import SERVICE_TOPIC
from server.auth.dependencies import Dependencies
from server.domain.events import EventRecord
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.as_code.conftest import (
    FOLDER,
    PETSTORE,
    PROVIDER,
    SPEC,
    TEMPLATES,
    apply,
    export,
    with_file,
    workspace_of,
)

API = "services/api.yaml"


def petstore(db: Session, provider: NewProvider) -> Service:
    """Find the service of the folder."""
    query = SERVICES.query(staff(provider)).where(Service.system_name == "petstore")
    return db.exec(query).one()


def test_a_folder_becomes_the_provider_and_back(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)

    apply(workspace, FOLDER)
    exported = export(workspace)

    assert [row.system_name for row in db.exec(SERVICES.query(staff(acme)))] == ["petstore"]
    assert apply(workspace, exported).edits == []
    assert export(workspace) == exported
    assert exported["services/petstore.yaml"].startswith("system_name: petstore\nname: Pet Store\n")
    globex = create_provider(db, deps.installation, "Globex", "admin@globex.example")
    other = workspace_of(db, deps, globex)
    before = export(other)
    apply(other, exported)
    assert export(other) == exported
    assert before != exported
    assert export(workspace) == exported


def test_without_prune_the_rest_is_kept(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    workspace = workspace_of(db, deps, acme)
    before = export(workspace)

    plan = apply(workspace, FOLDER, prune=False)

    assert {entry.key for entry in plan.kept} == {
        (("service", "api"),),
        (("specification", "echo_api"),),
    }
    assert export(workspace)[API] == before[API].replace("default: true\n", "", 1)


def test_any_change_by_hand_is_taken_back(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, workspace = staff(acme), workspace_of(db, deps, acme)
    apply(workspace, FOLDER)
    exported = export(workspace)
    service = petstore(db, acme)
    hits = next(row for row in list_metrics(db, service.id) if row.system_name == "hits")
    other = METRICS.create(by(db, actor), {"friendly_name": "Other"}, service.id)
    plan = create_plan(
        by(db, actor), APPLICATION_PLANS, {"name": "Third"}, service.id, published=True
    )

    rules = list_rules(db, service.id)
    MAPPING_RULES.update(by(db, actor), rules[0].id, {"position": 77, "metric_id": other.id})
    draft = {"http_method": "GET", "pattern": "/x", "metric_id": other.id, "position": 1}
    MAPPING_RULES.create(by(db, actor), draft, service.id)
    make_default_plan(by(db, actor), ApplicationPlan, plan.id)
    wanted = {"metric_id": hits.id, "period": "year", "value": 1}
    set_limit(by(db, actor), wanted, plan.id)
    update_proxy(by(db, actor, deps.installation), service.id, {"auth_user_key": "k"})
    apply(workspace, exported)

    assert export(workspace) == exported


def test_a_rule_that_is_kept_stays_behind_the_one_before_it(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    actor, workspace = staff(acme), workspace_of(db, deps, acme)
    apply(workspace, FOLDER)
    service = petstore(db, acme)
    first = list_rules(db, service.id)[0]
    draft = {
        "http_method": "GET",
        "pattern": "/kept",
        "metric_id": first.metric_id,
        "position": first.position + 1,
    }
    MAPPING_RULES.create(by(db, actor), draft, service.id)
    rule = "- {http_method: POST, pattern: /adoptions, metric: adopt, last: true}\n"
    more = PETSTORE.replace(rule, "- {http_method: PUT, pattern: /new, metric: hits}\n" + rule)

    apply(workspace, with_file("services/petstore.yaml", more), prune=False)

    patterns = [row.pattern for row in list_rules(db, service.id)]
    assert patterns == ["/new", "/adoptions", "/kept", "/", "/"]


def test_a_method_becomes_a_metric(deps: Dependencies, acme: NewProvider, db: Session) -> None:
    workspace = workspace_of(db, deps, acme)
    apply(workspace, FOLDER)
    flat = with_file("services/petstore.yaml", PETSTORE.replace("methods:\n", ""))

    with pytest.raises(Refused, match=r"petstore\.yaml:7: .*metric adopt: system_name: has"):
        apply(workspace, flat, prune=False)
    apply(workspace, flat)

    assert "methods:" not in export(workspace)["services/petstore.yaml"]


def test_what_is_done_is_in_the_audit_log(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    query = select(EventRecord).order_by(col(EventRecord.id))
    before = len(db.exec(query).all())

    apply(workspace_of(db, deps, acme), FOLDER)

    events = db.exec(query).all()[before:]
    kinds = {event.kind for event in events}
    assert {"service.created", "metric.created", "plan.created", "usage_limit.set"} <= kinds
    assert {"template.created", "proxy.updated", "proxy_config.deployed"} <= kinds
    assert {event.provider_id for event in events} == {acme.provider.id}


def test_what_changed_is_in_staging_once_and_not_in_production(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    apply(workspace, FOLDER)
    service = petstore(db, acme)
    first = find_current_config(db, service.id, "staging")
    assert first is not None

    other = PETSTORE.replace("pattern: /,", "pattern: /v2,").replace("418", "404")
    apply(workspace, with_file("services/petstore.yaml", other))

    staged = find_current_config(db, service.id, "staging")
    assert staged is not None
    assert document_of(deps.installation, staged) == build_document(db, deps.installation, service)
    assert staged.version == first.version + 1
    assert find_current_config(db, service.id, "production") is None


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            ("services/petstore.yaml", PETSTORE.replace("default: true", "", 1)),
            r"petstore\.yaml:1: service petstore: default: true -> false: can't be set\.",
        ),
        (
            (
                "services/petstore.yaml",
                PETSTORE.replace("https://pets.example.com:443", "http://localhost:8000/echo"),
            ),
            r"petstore\.yaml:14: proxy: .*: api_backend: is the Echo API .*: write 'echo'\.",
        ),
        (
            ("provider.yaml", PROVIDER.replace("system_name: default", "system_name: other")),
            r"^account plan default: 1 account is on this plan",
        ),
        (
            (
                "services/petstore.yaml",
                PETSTORE.replace("adopt,", "bytes,"),
            ),
            r"petstore\.yaml:8: methods\[0\]: service petstore, method bytes: system_name: has",
        ),
    ],
)
def test_what_rules_forbid_names_file_entry_and_field(
    deps: Dependencies, acme: NewProvider, db: Session, file: tuple[str, str], message: str
) -> None:
    workspace = workspace_of(db, deps, acme)
    apply(workspace, FOLDER)

    with pytest.raises(Refused, match=message):
        apply(workspace, with_file(*file))


def test_neither_secrets_nor_customers_are_exported(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = acme.sample.service
    vault = deps.installation.vault
    secrets = [
        vault.unseal(get_proxy(db, service).secret_token_sealed),
        vault.unseal(service.service_token_sealed),
        acme.provider_key,
        acme.access_token,
        acme.admin_password,
        acme.sample.user.email,
        "Developer's App",
    ]

    text = "\n".join(export(workspace_of(db, deps, acme)).values())

    assert not [secret for secret in secrets if secret in text]
    assert not re.search(r"\bid:|_id:|token|[0-9a-f]{16}", text)


def test_every_setting_of_a_service_is_exported_or_said_to_be_secret() -> None:
    secrets = {attribute.name for attribute in PROXIES.attributes if attribute.is_secret}
    secrets -= PROXIES.partly.keys()

    assert secrets == {"secret_token"}
    assert not secrets & {field.name for field in PROXY_TOPIC.fields}
    for resource, topic in ((PROXIES, PROXY_TOPIC), (SERVICES, SERVICE_TOPIC)):
        names = {attribute.name for attribute in resource.attributes}
        assert names - secrets <= {field.name for field in topic.fields}


def test_a_specification_follows_its_file(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    apply(workspace, FOLDER)
    hidden = SPEC.replace("service: petstore\npublished: true\n", "")
    other = '{"openapi": "3.1.0", "info": {"title": "Cats"}, "paths": {}}'

    plan = apply(workspace, {**FOLDER, "specs/pets.yaml": hidden, "specs/pets.json": other})

    assert list(plan.lines()) == [
        '~ specification pets: service: "petstore" -> ""',
        "~ specification pets: published: true -> false",
        "~ specification pets: body: a text of 60 characters -> a text of 60 characters",
    ]


def test_a_specification_leaves_a_service_that_goes(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    apply(workspace, FOLDER, prune=False)
    moved = SPEC.replace("petstore", "api")
    exported = export(workspace)
    remaining = {path: text for path, text in exported.items() if "petstore" not in path}

    apply(
        workspace, {**remaining, API: remaining[API] + "default: true\n", "specs/pets.yaml": moved}
    )

    assert "service: api" in export(workspace)["specs/pets.yaml"]


def test_who_the_provider_is_follows_the_folder_where_it_says_so(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    settings = (
        "settings: {name: Weather Office, timezone: Asia/Kolkata, support_email: h@w.example}\n"
    )

    apply(workspace, with_file("provider.yaml", PROVIDER + settings))
    apply(workspace, FOLDER)  # which says nothing of it

    provider = db.get_one(Provider, acme.provider.id)
    told = (provider.name, provider.timezone, provider.support_email, provider.from_email)
    assert told == ("Weather Office", "Asia/Kolkata", "h@w.example", "admin@acme.example")
    assert "name: Weather Office" in export(workspace)["provider.yaml"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("home", "must be a path: '/' for the home page"),
        ("/trail/", "must be a path as it is asked for"),
        ("login/old", "is no page of the portal"),
    ],
)
def test_a_page_that_nobody_is_shown_is_refused_where_it_stands(
    name: str, said: str, deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    texts = with_file("portal/templates.yaml", TEMPLATES.replace("name: /docs", f"name: {name}"))

    with pytest.raises(Refused, match=rf"^portal/templates\.yaml:2: .*: name: {said}"):
        apply(workspace, texts)


def test_prices_follow_the_currency_of_the_folder(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    fine = with_file("services/petstore.yaml", PETSTORE.replace("9.90", "9.999"))
    place = r"petstore.yaml:\d+: .*application plan gold: cost_per_month: must be an amount"
    with pytest.raises(Refused, match=place), db.begin_nested():
        apply(workspace, fine)

    apply(workspace, {**fine, "provider.yaml": "settings:\n  currency: kwd\n" + PROVIDER})

    exported = export(workspace)
    assert "currency: KWD" in exported["provider.yaml"]
    assert "cost_per_month: 9.999" in exported["services/petstore.yaml"]


def test_all_kinds_of_plans_keep_the_order_of_the_folder(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace = workspace_of(db, deps, acme)
    more = "- {system_name: alpha, name: Alpha, setup_fee: 1.50, trial_period_days: 3}\n"
    apply(workspace, with_file("provider.yaml", PROVIDER + more))
    exported = export(workspace)["provider.yaml"]

    first, rest = exported.split("- system_name: default", 1)
    apply(workspace, with_file("provider.yaml", PROVIDER.replace("plans:\n", "plans:\n" + more)))

    assert "alpha" in rest
    assert "alpha" not in first
    moved = export(workspace)["provider.yaml"]
    assert moved.index("alpha") < moved.index("system_name: default")
    assert "setup_fee: 1.50" in moved


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("specs/pets.yaml", SPEC.replace("petstore", "zoo"), "no service 'zoo' in this folder"),
        ("specs/pets.json", "{", "must be JSON"),
        ("specs/pets.yaml", SPEC.replace("pets.json", "none.json"), "must be the path"),
        ("specs/other.json", "{}", "no YAML file names it"),
    ],
)
def test_a_wrong_specification_is_refused(path: str, text: str, said: str) -> None:
    with pytest.raises(BadFolder, match=said):
        parse_folder(with_file(path, text))


def test_a_specification_of_no_known_version_stores_nothing(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    with pytest.raises(Refused, match=r"specs/pets.yaml:1: specification pets: body: must say"):
        apply(workspace_of(db, deps, acme), with_file("specs/pets.json", "{}"))


def test_a_name_that_is_taken_is_told_at_its_entry(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    workspace, wanted = workspace_of(db, deps, acme), parse_folder(FOLDER)
    plan = compare(wanted, read_state(workspace), prune=False)
    twice = next(each for each in plan.edits if each.entry.word == "application plan")
    before = export(workspace)

    with pytest.raises(Refused, match=r"petstore.yaml:\d+: .*plan gold: system_name: has"):
        run(workspace, Changeset([*plan.edits, twice], []), wanted, prune=False)

    assert export(workspace) == before

"""Faces agree: what each offers of a resource is what the resource is made of.

An attribute that a face leaves out, or one that only a face has, stands below with its reason; a
reason that is not needed any more fails too.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInputObjectType
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient
from strawberry.types import get_object_definition

from server.actions.provider.providers import NewProvider
from server.actions.registry import EVERY
from server.actions.resources import Resource
from server.admin.routes import routes
from server.as_code.topics import TOPICS
from server.auth.dependencies import Dependencies
from server.domain.accounts.billing import LINES, field_of
from server.domain.attributes import Refers
from server.domain.portal.looks import LookDraft
from server.domain.provider.settings import SettingDraft
from server.graphql.admin.schema import ADMIN
from server.rest.answers import One
from server.rest.formats import Format
from server.rest.registry import OPERATIONS
from server.rest.services.proxies import FLOWS
from tests.kit.addresses import addresses_of_content, addresses_of_services
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.forms import faulty_marks
from tests.kit.make import make_deps, make_provider

Any_ = Resource[Any]
Names = set[str]

WORDS: Mapping[str, str] = {  # what GraphQL calls an attribute or a resource otherwise
    "authentication_mode": "backend_version",
}
NOT_ATTRIBUTES = {
    "client_mutation_id",
    "csrf",
    "expected_version",
    "form_id",
    "id",
    "idempotency_key",
    "lock_version",
}

PLANS = ("account_plan", "application_plan", "service_plan")
LATER = (
    "deployment_option",
    "support_email",
    "buyers_manage_apps",
    "buyers_manage_keys",
    "custom_keys_enabled",
    "buyer_key_regenerate_enabled",
    "mandatory_app_key",
    "referrer_filters_required",
    "intentions_required",
    "buyer_can_select_plan",
    "buyer_plan_change_permission",
    "staging_offered",
    "managed_by",
    "web_provider_levels",
    "email_provider_levels",
    "web_buyer_levels",
    "email_buyer_levels",
)
# (face, resource, attribute) -> why that face leaves it out
LEFT_OUT: Mapping[tuple[str, str, str], str] = {
    ("rest create", "authentication_provider", "account_type"): "the path says it",
    **{
        (face, "registry_policy", "definition"): "called schema there"
        for face in ("rest create", "rest update")
    },
    ("admin update", "webhook_endpoint", "secret"): "a button rotates it",
    **{
        (face, "webhook_endpoint", name): "in the form of those of the reference's kind"
        for face in ("admin create", "admin update")
        for name in ("provider_actions", "push_application_content_type")
    },
    ("admin create", "domain", "moves"): "set on its page, once it is known to lead here",
    ("as code", "template", "publish_at"): "a folder is published when it is applied",
    ("admin create", "mapping_rule", "position"): "a rule is added at the end and then moved",
    ("admin create", "mapping_rule", "redirect_url"): "no gateway follows it; set on its page",
    ("admin create", "backend_api", "managed_by"): "set once it is made",
    ("as code", "mapping_rule", "position"): "the order of the list says it",
    **{
        ("admin create", "template", name): "set in the editor, once it is made"
        for name in (
            "system_name",
            "content_type",
            "liquid_enabled",
            "tags",
            "hidden",
            "portlet",
            "feed_url",
            "posts",
            "published",
            "draft",
            "publish_at",
        )
    },
    **{
        ("admin update", "template", name): "a verb of its own in the editor"
        for name in ("hidden", "published", "publish_at")
    },
    **{
        ("admin update", "template", name): "in the form of partials"
        for name in ("portlet", "feed_url", "posts")
    },
    ("admin create", "portal_file", "content_type"): "what its path says; set afterwards",
    ("rest create", "access_token", "registered_only"): "REST is closed to such tokens",
    ("admin create", "access_token", "scopes"): "one box a scope: scope_cms",
    ("admin update", "account", "billing_address"): "an input a line",
    ("admin update", "proxy", "auth_app_id"): "shown where callers bring app_id and app_key",
    ("admin update", "proxy", "auth_app_key"): "shown where callers bring app_id and app_key",
    ("as code", "field_definition", "target"): "the section says it",
    ("as code", "field_definition", "position"): "the order of the list says it",
    ("admin create", "field_definition", "position"): "it goes to the end, and is then moved",
    ("admin update", "field_definition", "position"): "moved up and down, or dragged",
    **{
        (face, of, "extra_fields"): "an input a field"
        for face in ("admin create", "admin update")
        for of in ("account", "user", "application")
        if (face, of) != ("admin create", "account")
    },
    ("as code", "proxy", "secret_token"): "a secret stays where it is",
    ("rest create", "limit", "metric_id"): "the path says it",
    ("rest create", "pricing_rule", "metric_id"): "the path says it",
    ("rest create", "api_docs", "source_url"): "nothing is fetched while a transaction is open",
    ("rest update", "api_docs", "source_url"): "nothing is fetched while a transaction is open",
    **{("as code", plan, "position"): "the order of the list says it" for plan in PLANS},
    **{
        (face, "service", name): "set once it is made"
        for face in ("graphql create", "admin create")
        for name in LATER
    },
}
# (face, resource, name) -> why that face has what is no attribute of the resource
BESIDE: Mapping[tuple[str, str, str], str] = {
    ("graphql create", "portal_file", "content_base64"): "its bytes",
    ("graphql update", "api_docs", "accept_breaking"): "goes ahead where callers break",
    ("graphql update", "portal_file", "content_base64"): "its bytes",
    ("as code", "portal_file", "content"): "its bytes, in a file of their own",
    ("as code", "group", "sections"): "what it sees, by name",
    ("graphql create", "service", "api_backend"): "of its proxy, which is made with it",
    ("admin create", "service", "api_backend"): "of its proxy, which is made with it",
    **{
        ("graphql create", "application", name): "of its account, plan and credentials"
        for name in ("account_id", "plan_id", "user_key", "application_id", "application_keys")
    },
    **{
        ("rest create", "application", name): "of its plan and credentials"
        for name in ("plan_id", "user_key", "application_id", "application_key")
    },
    ("rest update", "limit", "period"): "sent along by clients; another one is refused",
    **{
        (face, "user", "password"): "whatever the old one opened is closed"
        for face in ("rest update", "graphql update")
    },
    ("rest update", "application", "user_key"): "replaced by a mutation of its own in GraphQL",
    **{
        (face, "application", name): "counted here; given of what comes from elsewhere"
        for face in ("rest create", "rest update", "graphql create")
        for name in ("first_traffic_at", "first_daily_traffic_at")
    },
    **{
        ("admin create", "application", name): "of its plan and credentials"
        for name in ("plan_id", "user_key")
    },
    **{
        (face, "api_docs", "file"): "its body, as a file"
        for face in ("admin create", "admin update")
    },
    **{
        (face, "portal_file", "attachment"): "its bytes"
        for face in ("admin create", "admin update")
    },
    **{
        ("admin update", "template", name): "of the editor: what is compared, and how it is seen"
        for name in ("loaded_text", "then", "viewer", "preview_path", "preview")
    },
    ("graphql create", "user", "account_id"): "where it belongs",
    **{
        ("graphql create", "user", name): "of the staff only, changed in another way"
        for name in ("sections", "service_ids")
    },
    **{
        (face, of, "annotations"): "holds managed_by, as the reference writes it"
        for face in ("rest create", "rest update")
        for of in ("account", "backend_api", "service")
        if (face, of) != ("rest create", "account")
    },
    **{
        (face, "user", "password"): "stored as a digest, and changed in another way"
        for face in ("graphql create", "admin create", "rest create")
    },
    ("graphql update", "user", "current_password"): "proves who acts",
    **{
        ("admin update", "account", field_of(line)): "a line of its billing address"
        for line in LINES
    },
    ("graphql update", "proxy", "backend_version"): "of its service, changed in one go",
    **{
        (face, "service", name): "as the reference writes what happens to it, and who is told"
        for face in ("rest create", "rest update")
        for name in ("state_event", "notification_settings")
    },
    **{("as code", plan, "features"): "what it includes, by name" for plan in PLANS},
    **{
        (face, plan, "state_event"): "publishes or hides it, as the reference does"
        for face in ("rest create", "rest update")
        for plan in PLANS
    },
    **{("graphql create", plan, "published"): "publishes it at once" for plan in PLANS},
    **{
        (face, "registry_policy", "schema"): "the reference calls the definition so"
        for face in ("rest create", "rest update")
    },
    **{("as code", plan, "published"): "its state" for plan in PLANS},
    **{("as code", plan, "default"): "which one is the default is a mark of it" for plan in PLANS},
    ("as code", "service", "state"): "publishes or hides it, takes it offline",
    ("as code", "service", "default"): "which service is the default is a mark of one of them",
}


NO_SCREEN = "the admin portal has no screen of it yet"
# (face, resource) -> why that face has nothing of the resource
NO_FACE: Mapping[tuple[str, str], str] = {
    **{
        (face, of): "the reference has no operation for it"
        for face in ("rest create", "rest update")
        for of in ("domain", "forum_category", "group", "redirect", "webhook_endpoint")
    },
    **{
        (face, of): "bare objects with parameters of their own there"
        for face in ("rest create", "rest update")
        for of in ("template", "section", "portal_file")
    },
    ("rest create", "proxy"): "made with its service",
    ("graphql create", "account"): "made by a signup",
    ("rest create", "account"): "made by a signup",
    ("admin create", "account"): "made by a signup",
    ("graphql create", "proxy"): "made with its service",
    ("admin create", "proxy"): "made with its service",
    ("graphql update", "access_token"): "never changes",
    ("rest update", "access_token"): "never changes",
    ("admin update", "access_token"): "never changes",
    ("admin update", "limit"): "set anew, in the form that adds one",
    ("admin update", "feature"): "deleted and added anew",
    ("admin update", "account_feature"): "deleted and added anew",
    **{
        ("as code", of): "belongs to developers or to one of the staff, not to the configuration"
        for of in ("account", "application", "user", "access_token")
    },
}
# (face, resource, attribute) -> why it can be written there and not be read
NOT_SHOWN: Mapping[tuple[str, str, str], str] = {
    **{
        ("rest", plan, name): "the reference does not show it"
        for plan in PLANS
        for name in ("description", "position")
    },
    **{
        ("rest", "service", f"{channel}_levels"): "told as notification_settings"
        for channel in ("web_provider", "email_provider", "web_buyer", "email_buyer")
    },
    ("rest", "access_token", "registered_only"): "REST is closed to such tokens",
    ("rest", "proxy", "policy_chain"): "told as policies_config",
    **{("rest", "proxy", flow): "told as oidc_configuration" for flow in FLOWS},
    ("rest", "backend_usage", "backend_api_id"): "called backend_id there",
    ("rest", "registry_policy", "definition"): "called schema there",
    ("graphql", "service", "backend_version"): "called authenticationMode there",
    ("rest", "api_docs", "source_url"): "the reference has no such thing",
    **{
        ("rest", of, "managed_by"): "among the annotations"
        for of in ("account", "backend_api", "service")
    },
}


def _writable(resource: Any_) -> Names:
    return {each.name for each in resource.attributes}


def _changeable(resource: Any_) -> Names:
    return {each.name for each in resource.attributes if not each.is_fixed}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _graphql(resource: Any_, verb: str) -> Names | None:
    word = "".join(part.capitalize() for part in resource.name.split("_"))
    if verb == "Update" and resource.name in PLANS:
        word = "Plan"  # one mutation for the three kinds
    kind = ADMIN.schema._schema.type_map.get(f"{word}{verb}Input")
    if not isinstance(kind, GraphQLInputObjectType):
        return None
    parents = {resource.parent.column} if resource.parent else set()
    names = {_snake(name) for name in kind.fields} - parents - NOT_ATTRIBUTES
    return {WORDS.get(name, name) for name in names}


def _as_code(resource: Any_) -> Names | None:
    topic = next((each for each in TOPICS if getattr(each, "resource", None) is resource), None)
    if topic is None:
        return None
    references = {each.name for each in resource.attributes if each.mark(Refers) is not None}
    names = {each.name for each in topic.fields}
    return {f"{name}_id" if f"{name}_id" in references else name for name in names}


def _rest(resource: Any_, method: str) -> Names | None:
    """List what REST takes of a resource; None while it has no such operation."""
    for operation in OPERATIONS:
        if (operation.resource, operation.method) == (resource, method) and operation.takes:
            return set(operation.attributes)
    return None


def _agree(face: str, resource: Any_, offered: Names, wanted: Names) -> None:
    """Compare what a face offers, but for what is said above with its reason."""
    left_out = {name for where, of, name in LEFT_OUT if (where, of) == (face, resource.name)}
    beside = {name for where, of, name in BESIDE if (where, of) == (face, resource.name)}

    assert offered - beside == wanted - left_out
    assert left_out <= wanted - offered, "a reason that is not needed any more"
    assert beside <= offered - wanted, "a reason that is not needed any more"


@pytest.mark.parametrize("resource", EVERY, ids=lambda each: each.name)
def test_graphql_configuration_as_code_and_rest_offer_what_a_resource_is_made_of(
    resource: Any_,
) -> None:
    faces: Mapping[str, tuple[Names | None, Names]] = {
        "graphql create": (_graphql(resource, "Create"), _writable(resource)),
        "graphql update": (_graphql(resource, "Update"), _changeable(resource)),
        "as code": (_as_code(resource), _writable(resource)),
        "rest create": (_rest(resource, "POST"), _writable(resource)),
        "rest update": (_rest(resource, "PUT"), _changeable(resource)),
    }
    for face, (offered, wanted) in faces.items():
        has_reason = (face, resource.name) in NO_FACE
        assert (offered is None) is has_reason, f"{face}: offer it, or say why not in NO_FACE"
        if offered is not None:
            _agree(face, resource, offered, wanted)


def _shown_by_graphql(resource: Any_) -> Names | None:
    kinds = [kind for model, kind in ADMIN.kinds.values() if model is resource.model]
    if not kinds:
        return None
    return {each.python_name for each in get_object_definition(kinds[0], strict=True).fields}


def _shown_by_rest(resource: Any_) -> Names | None:
    for each in OPERATIONS:
        if each.resource is resource and each.method == "GET" and isinstance(each.answer, One):
            shape = each.answer.shape
            parts = (part.schema(shape.model, form) for part in shape.parts for form in Format)
            return {name for schema in parts for name in schema}
    return None


@pytest.mark.parametrize("resource", EVERY, ids=lambda each: each.name)
def test_what_is_written_can_be_read(resource: Any_) -> None:
    shown = {"graphql": _shown_by_graphql(resource), "rest": _shown_by_rest(resource)}
    for face, names in shown.items():
        if names is not None:
            hidden = {
                each.name
                for each in resource.attributes
                if not {each.name, each.name.removesuffix("_id")} & names
            }
            told = {name for where, of, name in NOT_SHOWN if (where, of) == (face, resource.name)}
            assert hidden == told, f"{face}: show it, or say why not in NOT_SHOWN"


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on SQLite."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make the provider of the bare host."""
    return make_provider(deps, "Acme")


@pytest.fixture
def admin(deps: Dependencies, acme: NewProvider) -> Iterator[Browser]:
    """Open a browser in which the provider's admin is logged in."""
    app = Starlette(routes=routes(deps))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        browser = Browser(client, PROVIDERS)
        browser.log_in(acme.admin.username, acme.admin_password)
        yield browser


@pytest.fixture
def addresses(deps: Dependencies, acme: NewProvider) -> Mapping[str, str]:
    """Tell the page and the form of each resource: for creating and for changing one."""
    return {**addresses_of_services(deps, acme), **addresses_of_content(deps, acme)}


def _inputs(page: str, form_id: str) -> Names:
    """Read the names of a form's fields."""
    tree = html.fromstring(page)
    forms = tree.xpath("//form[@id=$id]", id=form_id)
    assert forms, [form.get("id") for form in tree.xpath("//form[@id]")]
    return {str(name) for name in forms[0].xpath(".//*[@name]/@name")}


def test_the_forms_of_the_admin_portal_offer_what_a_resource_is_made_of(
    addresses: Mapping[str, str], admin: Browser
) -> None:
    resources = {each.name: each for each in EVERY}
    there_are = {
        f"admin {verb} {each.name}"
        for each in EVERY
        for verb in ("create", "update")
        if (f"admin {verb}", each.name) not in NO_FACE
    }
    assert there_are == set(addresses), "name the page and its form, or say why not in NO_FACE"
    for name, address in addresses.items():
        face, _, word = name.rpartition(" ")
        path, _, form_id = address.partition("#")
        resource = resources[word]
        offered = _inputs(admin.page(path), form_id) - NOT_ATTRIBUTES
        offered = {each for each in offered if not each.startswith("scope_")}
        wanted = _writable(resource) if face == "admin create" else _changeable(resource)

        _agree(face, resource, offered, wanted)
        for attribute in faulty_marks(admin.page(path), form_id, resource):
            pytest.fail(f"{name}: is {attribute} optional? mark it, or say why not in FILLED")


def test_the_settings_are_the_same_in_each_face(admin: Browser) -> None:
    wanted = set(SettingDraft.model_fields)
    kind = ADMIN.schema._schema.type_map["SettingsUpdateInput"]
    assert isinstance(kind, GraphQLInputObjectType)
    topic = next(each for each in TOPICS if each.word == "settings")

    assert {_snake(name) for name in kind.fields} - NOT_ATTRIBUTES == wanted
    assert _inputs(admin.page("/settings"), "settings") - NOT_ATTRIBUTES == wanted
    # approval is of an account plan, which files list
    assert {each.name for each in topic.fields} == wanted - {"account_approval_required"}


def test_the_look_is_the_same_in_each_face(admin: Browser) -> None:
    wanted = set(LookDraft.model_fields)
    kind = ADMIN.schema._schema.type_map["LookUpdateInput"]
    assert isinstance(kind, GraphQLInputObjectType)
    topic = next(each for each in TOPICS if each.word == "look")

    assert {_snake(name) for name in kind.fields} - NOT_ATTRIBUTES == wanted
    assert {each.name for each in topic.fields} == wanted
    # a page sends the logo as a file
    shown = _inputs(admin.page("/look"), "look") - NOT_ATTRIBUTES
    assert shown - {"logo_file"} | {"logo"} == wanted


def test_each_resource_that_a_reason_is_about_is_one() -> None:
    names = {each.name for each in EVERY}

    assert {of for _, of in NO_FACE} | {of for _, of, _ in NOT_SHOWN} <= names


def _reasons() -> Iterator[tuple[str, str]]:
    yield from ((face, of) for face, of, _ in (*LEFT_OUT, *BESIDE))


def test_each_reason_is_about_a_face_and_a_resource_that_there_are(
    addresses: Mapping[str, str],
) -> None:
    faces = {"graphql create", "graphql update", "as code", "rest create", "rest update"}
    names = {each.name for each in EVERY}

    for face, of in _reasons():
        assert of in names
        assert face in faces or f"{face} {of}" in addresses

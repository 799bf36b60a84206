"""Files of the reference's operator and toolbox: what they tell, and what is refused."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.as_code.moving.files import resources
from server.as_code.moving.files.source import FileSource
from server.as_code.moving.tenant import CannotMove, Tenant
from tests.kit.operator import FETCHED, KELP, fetch

API = "apiVersion: capabilities.3scale.net/v1beta1\n"
BACKEND = f"""{API}kind: Backend
metadata: {{name: store}}
spec:
  name: Store
  privateBaseURL: https://store.example.com
"""
PRODUCT = f"""{API}kind: Product
metadata: {{name: stock}}
spec:
  name: Stock
"""
ACCOUNT = f"""{API}kind: DeveloperAccount
metadata: {{name: books}}
spec: {{orgName: Books}}
"""
APPLICATION = f"""{API}kind: Application
metadata: {{name: shop}}
spec:
  name: Shop
  description: Sells
  accountCR: {{name: books}}
  productCR: {{name: stock}}
  applicationPlanName: basic
"""
PLANS = "  applicationPlans:\n    basic:\n      name: Basic\n"
AUTHENTICATION = "  deployment:\n    apicastHosted:\n      authentication:\n"
POLICY = "  policies:\n  - {name: cors, version: builtin, enabled: true, "
RULE = "  mappingRules:\n  - {httpMethod: GET, pattern: /, increment: 1, metricMethodRef: "
DOC = f"""{API}kind: ActiveDoc
metadata: {{name: doc}}
spec:
  name: Doc
"""

USES = "backendUsages: {store: {path: /}}"

REFUSED = [
    ("a: [", "x.yaml:1: is not YAML"),
    ("a: &b 1\nc: *b", "x.yaml:1: a: must not use anchors"),
    ("a: !!python/name:os.system x", "x.yaml:1: a: must not have a type tag"),
    (f"a: {'[' * 50}{']' * 50}", "is nested deeper than 40 levels"),
    (f"{API}kind: Backend\n", "x.yaml:1: Backend needs metadata.name"),
    (f"{API}kind: Backend\nmetadata: {{name: a}}\n", "Backend 'a': needs 'name'."),
    (f"{API}kind: Backend\nmetadata: {{name: a}}\nspec: []", "must be a mapping of names"),
    (BACKEND + "---\n" + BACKEND, "x.yaml:8: Backend 'store' is there already, at x.yaml:1."),
    (BACKEND.replace("https://", "ftp://"), "x.yaml:6: spec.privateBaseURL: Backend 'store': must"),
    (
        BACKEND + "---\n" + BACKEND.replace("{name: store}", "{name: other}"),
        "Backend 'store': the system name 'store' is that of 'Store', too.",
    ),
    (BACKEND + RULE + "hit}", "x.yaml:8: spec.mappingRules[0].metricMethodRef: Backend 'store'"),
    (BACKEND + RULE + "hit}", "there is no metric or method 'hit'. It has hits."),
    (BACKEND + RULE + "hits, last: 7}", "spec.mappingRules[0].last: Backend 'store': must be true"),
    (BACKEND + RULE.replace("/,", "items,") + "hits}", "spec.mappingRules[0].pattern: Backend"),
    (BACKEND + RULE.replace(": 1", ": one") + "hits}", "must be a whole number."),
    (BACKEND + "  metrics: [hits]\n", "spec.metrics: Backend 'store': must be a mapping of names"),
    (BACKEND + "  mappingRules: {}\n", "spec.mappingRules: Backend 'store': must be a list"),
    (
        BACKEND + "  metrics: {a: {friendlyName: A}}\n  methods: {a: {friendlyName: A}}\n",
        "'a' is a metric already.",
    ),
    (PRODUCT + "  backendUsages: {store: {path: /}}\n", "no backend 'store' is in these files."),
    (
        PRODUCT + PLANS + "      limits: [{period: day, value: 1}]\n",
        "needs 'metricMethodRef', with a systemName.",
    ),
    (
        PRODUCT
        + PLANS
        + "      limits: [{period: fortnight, value: 1, metricMethodRef: {systemName: hits}}]\n",
        "spec.applicationPlans.basic.limits[0].period: Product 'stock': must be one of",
    ),
    (
        BACKEND
        + "---\n"
        + PRODUCT
        + PLANS
        + "      limits: [{period: day, value: 1, "
        + "metricMethodRef: {systemName: hits, backend: store}}]\n",
        "limits[0].metricMethodRef.backend: Product 'stock': it uses no backend 'store'.",
    ),
    (
        PRODUCT
        + PLANS
        + "      limits:\n"
        + "      - {period: day, value: 1, metricMethodRef: {systemName: hits}}\n" * 2,
        "plan 'basic' limits this in a day already.",
    ),
    (
        PRODUCT + PLANS + "      pricingRules: [{from: 1, metricMethodRef: {systemName: hits}}]\n",
        "needs 'pricePerUnit'.",
    ),
    (PRODUCT + PLANS + "      setupFee: much\n", "must be an amount such as 9.90."),
    (PRODUCT + "  deployment: {apicastHosted: {}, apicastSelfManaged: {}}\n", "must be one of"),
    (PRODUCT + AUTHENTICATION + "        {}\n", "must be one of userkey, appKeyAppID, oidc"),
    (
        PRODUCT + AUTHENTICATION + "        userkey: {credentials: cookie}\n",
        "authentication.userkey.credentials: Product 'stock': must be one of query, headers",
    ),
    (
        PRODUCT + AUTHENTICATION + "        oidc: {issuerType: rest}\n",
        "needs 'issuerEndpoint'.",
    ),
    (PRODUCT + POLICY + "configuration: 3}", "configuration: Product 'stock': must be a mapping"),
    (
        PRODUCT + POLICY + "configurationRef: {name: there}}",
        "no Secret 'there' with 'configuration' is in these files. Add it.",
    ),
    (
        PRODUCT
        + POLICY
        + "configurationRef: {name: there}}\n---\nkind: Secret\napiVersion: v1\n"
        + "metadata: {name: there}\nstringData: {configuration: '[]'}",
        "the Secret 'there' holds no object in JSON.",
    ),
    (
        PRODUCT
        + POLICY
        + "configurationRef: {name: there}}\n---\nkind: Secret\napiVersion: v1\n"
        + "metadata: {name: there}\ndata: {configuration: '{}'}",
        "x.yaml:12: data.configuration: must be text in base64.",
    ),
    (APPLICATION, "x.yaml:7: spec.accountCR: Application 'shop': no DeveloperAccount 'books'"),
    (ACCOUNT + "---\n" + APPLICATION, "Application 'shop': no Product 'stock' is in these files."),
    (
        "---\n".join([ACCOUNT, PRODUCT, APPLICATION]),
        "spec.applicationPlanName: Application 'shop': product 'stock' has no plan 'basic'.",
    ),
    (
        f"{API}kind: DeveloperUser\nmetadata: {{name: u}}\n"
        "spec: {username: u, email: u@example.com, role: boss, developerAccountRef: {name: books}}",
        "spec.role: DeveloperUser 'u': must be one of admin, member.",
    ),
    (
        f"{API}kind: ApplicationAuth\nmetadata: {{name: auth}}\nspec: {{applicationCRName: shop}}",
        "ApplicationAuth 'auth': no Application 'shop' is in these files.",
    ),
    (
        f"{API}kind: ProxyConfigPromote\nmetadata: {{name: go}}\nspec: {{productCRName: stock}}",
        "ProxyConfigPromote 'go': no Product 'stock' is in these files.",
    ),
    (DOC, "ActiveDoc 'doc': needs 'activeDocOpenAPIRef', with a secretRef or url."),
    (DOC + "  activeDocOpenAPIRef: {}\n", "must have a secretRef or a url, and not both."),
    (
        DOC + "  activeDocOpenAPIRef: {secretRef: {name: text}}\n",
        "activeDocOpenAPIRef.secretRef: ActiveDoc 'doc': no such Secret is in these files.",
    ),
    (
        DOC + "  activeDocOpenAPIRef: {url: 'https://specs.example.com/gone'}\n",
        "activeDocOpenAPIRef.url: ActiveDoc 'doc': leads to a document, which",
    ),
    (
        DOC + f"  productSystemName: stock\n  activeDocOpenAPIRef: {{url: '{FETCHED}'}}\n",
        "ActiveDoc 'doc': no product 'stock' is in these files.",
    ),
    (
        f"{API}kind: OpenAPI\nmetadata: {{name: o}}\n"
        f"spec: {{openapiRef: {{url: '{FETCHED}'}}, oidc: {{issuerEndpointRef: {{name: s}}}}}}",
        "OpenAPI 'o': no Secret 's' with 'issuerEndpoint' is in these files.",
    ),
    (
        PRODUCT
        + "  providerAccountRef: {name: one}\n---\n"
        + BACKEND
        + "  providerAccountRef: {name: two}\n",
        "belongs to tenant 'one', what is at x.yaml:14: spec.providerAccountRef.name belongs",
    ),
    (
        f"{API}kind: CustomPolicyDefinition\nmetadata: {{name: c}}\n"
        "spec: {name: own, version: '1', schema: []}\n",
        "CustomPolicyDefinition 'c': needs 'schema', with a configuration.",
    ),
    ("kind: Pod\napiVersion: v1\n", "holds no resource of capabilities.3scale.net"),
]

LEFT_OUT = [
    ("kind: Pod\napiVersion: v1\nmetadata: {name: p}\n", "Pod 'p', x.yaml:8"),
    ("a: 1\n", "Document, x.yaml:8"),
    (f"{API.replace('v1beta1', 'v1alpha1')}kind: Metric\nmetadata: {{name: m}}\n", "Metric 'm'"),
    (
        f"{API}kind: Product\nmetadata: {{name: p}}\nspec: {{name: P, color: red, {USES}}}\n",
        "spec.color",
    ),
    (
        f"{API}kind: Product\nmetadata: {{name: p}}\nspec: {{name: P, {USES}}}\nmore: 1\n",
        "x.yaml:12: more",
    ),
    (
        f"{API}kind: Product\nmetadata: {{name: p}}\nspec: {{name: P}}\n",
        "Product 'p', backendUsages",
    ),
    (
        f"{API}kind: Tenant\nmetadata: {{name: t}}\n"
        "spec: {organizationName: Kelp, email: a@kelp.example.com, username: admin, "
        "passwordCredentialsRef: {name: s}}\n",
        "Tenant 't'",
    ),
    ("kind: Secret\napiVersion: v1\nmetadata: {name: s}\nstringData: {a: b}\n", "Secret 's'"),
]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Tenant]:
    """Read a text as a file."""

    def read_text(text: str) -> Tenant:
        path = tmp_path / "x.yaml"
        path.write_text(text)
        return FileSource(path, fetch).tenant()

    return read_text


def test_what_is_wrong_is_told_with_its_place_and_document(read: Callable[[str], Tenant]) -> None:
    wrong = []
    for text, message in REFUSED:
        with pytest.raises(CannotMove) as caught:
            read(text)
        if message not in str(caught.value):
            wrong.append((message, str(caught.value)))

    assert not wrong


def test_all_that_is_wrong_is_told_at_once(read: Callable[[str], Tenant]) -> None:
    with pytest.raises(CannotMove) as caught:
        read(BACKEND + RULE + "one}\n---\n" + PRODUCT + RULE + "two}\n---\n" + APPLICATION)

    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert lines[-1] == "Nothing is stored."


def test_what_is_not_taken_is_told_with_its_place(read: Callable[[str], Tenant]) -> None:
    for text, what in LEFT_OUT:
        told = read(f"{BACKEND}---\n{text}").untaken
        assert [what in each.what for each in told] == [True], (text, told)
        assert told[0].why.endswith("."), text


def test_a_folder_tells_a_tenant_whatever_the_order(tmp_path: Path) -> None:
    whole = FileSource(KELP, fetch)
    documents = [
        each
        for file in sorted(KELP.rglob("*.*"))
        for each in yaml.safe_load_all(file.read_text())
        if each
    ]

    path = tmp_path / "backwards.yaml"
    path.write_text(yaml.safe_dump_all(documents[::-1], sort_keys=False))

    other = FileSource(path, fetch)

    for name in ("services", "backend_apis", "active_docs"):
        assert getattr(other.tenant(), name) == getattr(whole.tenant(), name)
    people = [source.complete(each) for source in (whole, other) for each in source.accounts()]
    assert people[0] == people[1]


def test_credentials_follow_the_mode_of_the_product(read: Callable[[str], Tenant]) -> None:
    source = FileSource(KELP, fetch)

    (account,) = source.accounts()
    complete, untaken = source.complete(account)

    desk, shop, till = complete["applications"]
    assert (desk["application_id"], desk["keys"]) == ("desk-client-1", ["desk-secret-1"])
    assert (shop["application_id"], shop["keys"]) == ("shop-0001", ["shelf-key-0001"])
    assert till["user_key"] == "till-user-key-0001"
    assert [user.get("password") for user in complete["users"]] == ["a-quiet-shelf-42", None]
    assert [each.what for each in untaken] == [
        "DeveloperUser 'noa', password",
        "Application 'desk', credentials, UserKey",
    ]


def test_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").write_text(BACKEND)
    (tmp_path / "y.yaml").write_text("# nothing")
    for name, value, message in [
        ("MOST_CHARS", 10, "MiB. Split it."),
        ("MOST_FILES", 1, "has more than 1 files."),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(resources, name, value)
            with pytest.raises(CannotMove, match=message):
                FileSource(tmp_path, fetch)

    (tmp_path / "link.yaml").symlink_to(tmp_path / "x.yaml")
    with pytest.raises(CannotMove, match="must not be a link"):
        FileSource(tmp_path, fetch)
    with pytest.raises(CannotMove, match="there is no such file or folder"):
        FileSource(tmp_path / "gone", fetch)


def test_numbers_and_flags_of_policies_are_those_of_json(read: Callable[[str], Tenant]) -> None:
    tenant = read(PRODUCT + POLICY + 'configuration: {a: 0.5, b: "0.5", c: no, d: 1e3, e: a.b}}')

    link = tenant.services[0]["proxy"]["policies_config"][0]
    assert link["configuration"] == {"a": 0.5, "b": "0.5", "c": False, "d": 1000.0, "e": "a.b"}


def test_documents_are_fetched(read: Callable[[str], Tenant]) -> None:
    document = DOC + f"  activeDocOpenAPIRef: {{url: '{FETCHED}'}}\n"
    resource = (
        f"{API}kind: OpenAPI\nmetadata: {{name: o}}\nspec: {{openapiRef: {{url: '{FETCHED}'}}}}"
    )

    tenant = read(f"{document}---\n{resource}")

    assert '"Book Reviews"' in tenant.active_docs[0]["body"]
    (backend,) = tenant.backend_apis
    assert (backend["system_name"], backend["private_endpoint"]) == (
        "bookreviews",
        "https://reviews.example.com",
    )


def test_policies_of_its_own_are_told_as_their_schema_says(read: Callable[[str], Tenant]) -> None:
    schema = "{summary: Guards, configuration: {properties: {most: {maximum: 0.5}}}}"
    spec = f"spec: {{name: guard, version: 0.3, schema: {schema}}}"

    tenant = read(f"{API}kind: CustomPolicyDefinition\nmetadata: {{name: p}}\n{spec}")

    (policy,) = tenant.policies
    assert (policy["name"], policy["version"]) == ("guard", "0.3")
    assert policy["schema"]["configuration"] == {"properties": {"most": {"maximum": 0.5}}}


def test_a_product_that_an_openapi_resource_made_stands_for_it(
    read: Callable[[str], Tenant],
) -> None:
    made = f"""{API}kind: OpenAPI
metadata: {{name: o}}
spec: {{openapiRef: {{url: 'https://specs.example.com/gone'}}}}
status: {{productResourceName: {{name: stock}}}}
"""

    tenant = read(f"{made}---\n{BACKEND}---\n{PRODUCT}  {USES}")

    assert [service["system_name"] for service in tenant.services] == ["stock"]
    assert not tenant.untaken


def test_odd_values_are_refused_or_taken_and_nothing_else(tmp_path: Path) -> None:
    documents = [
        each
        for file in sorted(KELP.rglob("*.*"))
        for each in yaml.safe_load_all(file.read_text())
        if each
    ]
    places = [(number, path) for number, each in enumerate(documents) for path in paths_of(each)]
    chance = random.Random(11)
    file = tmp_path / "odd.yaml"
    for number, path in chance.sample(places, 60):
        odd = chance.choice(ODD)
        rest = [each for at, each in enumerate(documents) if at != number]
        file.write_text(yaml.safe_dump_all([with_value(documents[number], path, odd), *rest]))
        with suppress(CannotMove):
            source = FileSource(file, fetch)
            assert [source.complete(each) for each in source.accounts()]


ODD: list[Any] = [
    None,
    [],
    {},
    [[]],
    {"name": []},
    True,
    -1,
    10**30,
    1.5,
    "",
    "x" * 3000,
    "\u202e",
    "yes",
]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List where values stand in a document."""
    yield path
    names = value if isinstance(value, dict) else range(len(value) if type(value) is list else 0)
    for name in names:
        yield from paths_of(value[name], (*path, name))


def with_value(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Copy a document with another value at one place."""
    if not path:
        return new
    changed = copy(value)
    changed[path[0]] = with_value(value[path[0]], path[1:], new)
    return changed

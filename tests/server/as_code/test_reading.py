"""Reading a folder: defaults, and an error for whatever is not understood."""

import pytest

from server.as_code.entries import BadFolder
from server.as_code.reading import parse_folder
from tests.server.as_code.conftest import FOLDER, PETSTORE, TEMPLATES, with_file

SERVICE, PORTAL = "services/petstore.yaml", "portal/templates.yaml"
HOME = ("service", "petstore")


def service(before: str, after: str) -> tuple[str, str]:
    """Make the service's file with something in other words."""
    assert before in PETSTORE
    return SERVICE, PETSTORE.replace(before, after, 1)


def portal(before: str, after: str) -> tuple[str, str]:
    """Make the portal's file with something in other words."""
    assert before in TEMPLATES
    return PORTAL, TEMPLATES.replace(before, after, 1)


def test_what_is_left_out_has_its_default() -> None:
    state = parse_folder({"provider.yaml": "", "services/x.yaml": "{system_name: x, name: X}"})

    assert list(state) == [
        (("settings", ""),),
        (("look", ""),),
        (("service", "x"),),
        (("service", "x"), ("metric", "hits")),
        (("service", "x"), ("proxy", "")),
    ]
    proxy = state[("service", "x"), ("proxy", "")].values
    assert (proxy["api_backend"], proxy["error_status_auth_failed"]) == ("echo", 403)
    assert state[(("settings", ""),)].values["signups_enabled"] is True


def test_values_are_written_as_they_will_be_stored() -> None:
    rule = "{http_method: POST, pattern: /adoptions"
    texts = with_file(*service(rule, "{http_method: ' post ', pattern: ' /adoptions'"))

    state = parse_folder(texts)

    assert state == parse_folder(FOLDER)
    assert (HOME, ("mapping rule", "GET / (2)")) in state


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            ("provider.yaml", "accounts: []"),
            "provider.yaml:1: accounts: is unknown. Known are format, settings, account_fields, "
            "user_fields, application_fields, authentication_providers, look, account_features, "
            "account_plans, registry_policies.",
        ),
        (("provider.yaml", "format: 2"), "provider.yaml:1: format: must be 1"),
        (("provider.yaml", "[]"), "provider.yaml:1: must be a mapping"),
        (("provider.yaml", "account_plans: {}"), "account_plans: must be a list"),
        (("provider.yaml", "account_plans: [1]"), "account_plans[0]: must be a mapping"),
        (("provider.yaml", "settings: {x: 1}"), "provider.yaml:1: settings.x: is unknown"),
        (
            ("provider.yaml", "settings: {signups_enabled: yes}"),
            "settings.signups_enabled: must be true or false.",
        ),
        (
            service("name: Pet Store\n", "name: Pet Store\nbuyer_plan_change_permission: ask\n"),
            "buyer_plan_change_permission: must be one of none,",
        ),
        (("services/petstore.yml", ""), "services/petstore.yml: nothing reads a YAML file"),
        (("services/x/y.yaml", ""), "services/x/y.yaml: nothing reads a YAML file"),
        (("service.yaml", ""), "service.yaml: nothing reads a YAML file"),
        (
            ("services/other.yaml", "{system_name: petstore, name: Twice}"),
            "services/petstore.yaml:1: service petstore is there already, at services/other.yaml:1",
        ),
        (service("name: Pet Store\n", ""), "services/petstore.yaml:1: needs 'name'."),
        (service("Pet Store", "''"), "services/petstore.yaml:2: name: can't be blank."),
        (service("Pet Store", "true"), "services/petstore.yaml:2: name: must be text."),
        (service("Pet Store", "x" * 256), "name: is too long: at most 255 characters."),
        (service("petstore\n", "pet store\n"), "services/petstore.yaml:1: system_name: must start"),
        (service("default: true", "is_default: true"), "petstore.yaml:3: is_default: is unknown"),
        (service("unit: byte", "unit: ''"), "petstore.yaml:6: metrics[1].unit: can't be blank."),
        (service("bytes,", "hits,"), "petstore.yaml:6: metrics[1]: metric hits is there already"),
        (service("adopt,", "a/b,"), "petstore.yaml:8: methods[0].system_name: must hold only"),
        (
            service("metric: adopt, last", "metric: adapt, last"),
            "petstore.yaml:10: mapping_rules[0].metric: there is no metric or method 'adapt'",
        ),
        (service("delta: 10", "delta: 0"), "mapping_rules[2].delta: must be a whole number from"),
        (service("delta: 10", "delta: 1.5"), "mapping_rules[2].delta: must be a whole number."),
        (service("/adoptions", "adoptions"), "mapping_rules[0].pattern: must start with '/'"),
        (service("POST", "SHOUT"), "mapping_rules[0].http_method: must be one of GET"),
        (service("https://pets", "ftp://pets"), "proxy.api_backend: must be a URL"),
        (service("418", "99"), "proxy.error_status_no_match: must be a whole number from 200"),
        (
            service("error_status_no_match: 418", "secret_token: abc"),
            "petstore.yaml:15: proxy.secret_token: is unknown.",
        ),
        (service("9.90", "9.99999"), "application_plans[0].cost_per_month: must be an amount"),
        (service("9.90", "much"), "application_plans[0].cost_per_month: must be an amount"),
        (service("[kittens]", "[dogs]"), "features: there is no feature 'dogs' in this file."),
        (service("[kittens]", "kittens"), "features: must be a list of system names."),
        (service("minute", "second"), "limits[0].period: must be one of eternity"),
        (service("value: 1}", "value: -1}"), "limits[1].value: must be a whole number from 0"),
        (service("value: 1}", "value: " + "9" * 99 + "}"), "value: must be a whole number."),
        (service("metric: adopt, period: day", "metric: hits, period: minute"), "is there already"),
        (service("- {system_name: basic", "- {system_nom: basic"), "system_nom: is unknown"),
        (portal("kind: page", "kind: leaf"), "templates[0].kind: must be one of layout"),
        (portal("pages/docs.liquid", "pages/doc.liquid"), "published: must be the path of a text"),
        (portal("pages/docs.liquid", "../services/petstore.yaml"), "must be the path of a text"),
        (portal("pages/docs.liquid", "/etc/passwd"), "must be the path of a text"),
        (portal("pages/docs.liquid", "[]"), "must be the path of a text"),
        (portal("d.liquid", "a.liquid"), "portal/d.liquid: no YAML file names it."),
        (("portal/new.liquid", "x"), "portal/new.liquid: no YAML file names it."),
        (("portal/a.liquid", "\x00"), "templates[1].published: must be valid Unicode text"),
    ],
)
def test_what_is_wrong_is_named_with_file_place_and_way_out(
    file: tuple[str, str], message: str
) -> None:
    with pytest.raises(BadFolder) as refused:
        parse_folder(with_file(*file))

    assert message in str(refused.value)


def test_a_folder_without_its_marker_is_none() -> None:
    with pytest.raises(BadFolder, match=r"no provider\.yaml"):
        parse_folder({"services/petstore.yaml": PETSTORE})

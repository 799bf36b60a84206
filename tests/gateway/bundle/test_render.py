"""A bundle's files as texts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.bundle.render import BadBundle, BundleSpec, render_bundle
from gateway.config.document import ServiceDocument
from tests.kit.bundle import checked_conf, write_bundle
from tests.kit.gateway import a_chain, a_document


def a_plan(backend: str = "http://127.0.0.1:8000", **proxy: Any) -> BundleSpec:
    """Describe a bundle of a document."""
    document = ServiceDocument.parse(a_document(**proxy))
    return BundleSpec(document=document, environment="staging", version=3, backend=backend)


def test_a_bundle_has_conf_configuration_lua_and_words_to_its_reader() -> None:
    files = render_bundle(a_plan())

    assert {name for name in files if "/" not in name} == {
        "nginx.conf",
        "calls.conf",
        "config.json",
        "README.txt",
    }
    assert "lua/gatehouse/gateway.lua" in files
    assert files["nginx.conf"].startswith(
        "# Gatehouse gateway bundle: service 7, staging, version 3"
    )
    assert "service api, staging version 3" in files["README.txt"]
    assert "http://127.0.0.1:8000" in files["README.txt"]


@pytest.mark.nginx
@pytest.mark.parametrize(
    "plan",
    [
        a_plan(),
        a_plan(api_backend=""),
        a_plan(api_backend="http://[::1]:9/base?x=1", secret_token='"; $x {', backend_version="2"),
        a_plan("http://[::1]:8000", backend_version="oauth"),
    ],
)
def test_nginx_takes_what_is_written(tmp_path: Path, plan: BundleSpec) -> None:
    write_bundle(tmp_path / "out", plan)

    assert "syntax is ok" in checked_conf(tmp_path / "out")


def test_certificates_are_checked() -> None:
    files = render_bundle(a_plan("https://gate.example", api_backend="https://api.example:8443"))
    conf = files["nginx.conf"] + files["calls.conf"]

    assert conf.count("proxy_ssl_verify on;") == 2
    assert "proxy_ssl_name gate.example;" in conf
    assert "proxy_ssl_name api.example;" in conf
    assert "server gate.example:443;" in conf
    assert "proxy_pass https://gatehouse_upstream$gatehouse_uri;" in conf
    assert not any("proxy_ssl" in text for text in render_bundle(a_plan()).values())


@pytest.mark.parametrize(
    "host", ["a;b", "a}b", "a$b", "a%25", "", "user@a", "a:99999", "a:x", "::1%a"]
)
def test_a_host_that_would_end_a_directive_is_refused(host: str) -> None:
    plan = a_plan()
    upstream = plan.document.proxy.upstream
    assert upstream is not None
    proxy = replace(plan.document.proxy, upstream=replace(upstream, host=host))

    with pytest.raises(BadBundle, match="private base URL must be like"):
        render_bundle(replace(plan, document=replace(plan.document, proxy=proxy)))


def test_secrets_stand_in_the_configuration_alone() -> None:
    files = render_bundle(a_plan(secret_token="hush"))

    holding = {name for name, text in files.items() if "hush" in text}
    assert holding == {"config.json"}
    assert json.loads(files["config.json"])["secret_token"] == "hush"


def test_a_document_without_token_makes_no_bundle() -> None:
    plan = a_plan()

    with pytest.raises(BadBundle, match="no service token"):
        render_bundle(
            replace(plan, document=replace(plan.document, backend_authentication_value=""))
        )


def test_a_name_from_elsewhere_stays_on_its_line() -> None:
    plan = a_plan()

    files = render_bundle(replace(plan, document=replace(plan.document, system_name="é\nrm -rf")))

    assert "service \\xe9\\nrm -rf, staging" in files["README.txt"]


def test_a_policy_that_the_lua_cannot_do_refuses_the_bundle_by_name() -> None:
    plan = a_plan(policy_chain=a_chain("cors", "apicast", "headers", "cors"))

    with pytest.raises(BadBundle, match=r"policies of the configuration: cors, headers\. "):
        render_bundle(plan)


def test_a_policy_that_is_off_stands_in_no_bundles_way() -> None:
    chain = a_chain("apicast", "cors")
    chain[1]["enabled"] = False

    assert "nginx.conf" in render_bundle(a_plan(policy_chain=chain))

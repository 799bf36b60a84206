"""Settings: what is read, where it came from, and what stops the start."""

from pathlib import Path

import pytest

from server.settings import BadSetting, Settings


def test_nothing_set_is_the_embedded_default() -> None:
    settings = Settings.from_env({})

    assert settings.data_dir == Path("var")
    assert settings.database_url.startswith("sqlite:///")
    assert settings.public_url == "http://localhost:8000"
    assert settings.private_networks == "allow"
    assert set(settings.origins.values()) == {"default"}


def test_the_port_is_in_the_default_address() -> None:
    assert Settings.from_env({}, port=9000).public_url == "http://localhost:9000"


def test_what_is_set_says_so() -> None:
    settings = Settings.from_env({"GATEHOUSE_DOMAIN": "Example.COM"})

    assert settings.domain == "example.com"
    assert settings.origins["domain"] == "environment"


def test_a_real_domain_closes_private_networks() -> None:
    assert Settings.from_env({"GATEHOUSE_DOMAIN": "example.com"}).private_networks == "deny"


def test_plain_postgres_urls_work() -> None:
    url = Settings.from_env({"GATEHOUSE_DATABASE_URL": "postgres://u:p@db/x"}).database_url

    assert url == "postgresql+psycopg://u:p@db/x"


def test_trusted_proxies_are_addresses_and_networks() -> None:
    settings = Settings.from_env({"GATEHOUSE_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"})

    assert [str(each) for each in settings.trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8"]
    assert Settings.from_env({}).trusted_proxies == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/x"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost"),
        ("REDIS_URL", "redis://"),
        ("SMTP_URL", "http://mail"),
        ("PUBLIC_URL", "example.com"),
        ("PUBLIC_URL", "https://example.com/path"),
        ("DOMAIN", "exa mple"),
        ("PRIVATE_NETWORKS", "maybe"),
        ("LOG", "loud"),
        ("TRUSTED_PROXIES", "proxy.internal"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "10.0.0.0/8;10.0.0.1"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^GATEHOUSE_{name} "):
        Settings.from_env({f"GATEHOUSE_{name}": value})

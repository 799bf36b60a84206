"""Whatever stands in a variable: it is used, or one line names it; never a traceback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis
import redis.asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from typer.testing import CliRunner

from server.cli.main import app
from server.jobs.smtp import SMTPServer
from server.settings import BadSetting, Settings

SECRET = "hunter2"
NAMES = sorted(Settings.from_env({}).origins)
SCHEMES = (
    "redis", "rediss", "smtp", "smtps", "postgresql", "postgres", "sqlite", "http", "https",
    "mysql", "postgresql+asyncpg", "sqlite+aiosqlite", "redis+socket", "unix", "", "REDIS",
)  # fmt: skip
PLACES = (
    "", "h", "h:", "h:0", "h:x", "h:65536", "h:99999999999", "h:-1", "h:6379/x", "h:1/0/0",
    "h:1/-1", "h:1/999999999",
    "h/0?db=1", "h?db=x", "h?db=", "h?nonsense=1", "h?ssl_cert_reqs=maybe",
    "h?socket_timeout=x", "h?decode_responses=1", "h?sslmode=maybe", "h?connect_timeout=x",
    "h?port=x", "h?host=a&host=b", "[", "[::1", "[::1]", "[::1]:x", "[h]:1", "::1", "h h", "h%",
    "h%zz",
    f"u:{SECRET}@h", f"u:{SECRET}@", f"u:{SECRET}@h:x", f":{SECRET}@[", f"u:a/{SECRET}@h",
    f"u:a@{SECRET}@h", f"u:%zz{SECRET}@h", f"u:%ff{SECRET}@h", f"u:%00{SECRET}@h",
    f"h?password={SECRET}&x=y", f"h:x?password={SECRET}", f"u:{SECRET}#@h", "/", "/a", "//a",
    "/a?b=c",
    "/:memory:", ":memory:", "/" + "a" * 5_000, "\u00e4", "xn--", "a..b", "-a", "h/\u0301", "h;x",
    "h\\x", "h'x", 'h"x', "{h}", "%(h)s", "$h", "*", "?", "#", "&", "h,h2:5432/x", "h/x\u202ey",
)  # fmt: skip
PLAIN = (
    "\x01", "\udcff", "a\nb", "\u2028x", "a" * 10_000, "0", "-1", "null", "127.0.0.1:0",
    "127.0.0.1:x",
    "127.0.0.1:9090", "[::1]:9090", "::1:9090", ":9090", "9090", "a:1/x", "a@b:1", "allow", "DENY",
    "debug", f"password={SECRET}", f"host=h password={SECRET}", "'", '"', "%", "%s", "{}", "$(id)",
    ".", "..", "-", "_", "a.b", "a_b", "a b", ".com", "com.", "\u00e4.de", "1.2.3.4",
    "x" * 64 + ".de",
)  # fmt: skip


def garbage() -> Iterator[str]:
    """Write all values: every scheme before every place, and what is no URL at all."""
    yield from PLAIN
    for scheme in SCHEMES:
        for place in PLACES:
            yield f"{scheme}://{place}"
    yield from (quote(f"redis://u:{SECRET}@h"), f"redis:u:{SECRET}@h", f"redis:/{SECRET}")


GARBAGE = list(garbage())


def read(name: str, value: str) -> Settings | None:
    """Read one variable; None when it is refused, in one line that names it and no secret."""
    try:
        return Settings.from_env({f"GATEHOUSE_{name.upper()}": value})
    except BadSetting as error:
        line = str(error)
        assert line.startswith(f"GATEHOUSE_{name.upper()} "), line
        assert len(line.splitlines()) == 1
        assert SECRET not in line
        return None


@pytest.mark.parametrize("name", NAMES)
def test_garbage_is_used_or_named(name: str) -> None:
    for value in GARBAGE:
        made = read(name, value)

        if made is not None:
            if name != "data_dir":  # a folder's name is no secret, whatever it is
                assert SECRET not in repr(made), value
                assert SECRET not in made.shown(name), value
            use(made)


def use(made: Settings) -> None:
    """Make of the addresses what a start makes of them; nothing connects."""
    create_engine(made.database_url).dispose()
    if made.redis_url:
        pools: list[Any] = [redis.ConnectionPool, redis.asyncio.ConnectionPool]
        for pool in pools:
            pool.from_url(made.redis_url).make_connection()
    server = SMTPServer.of(made.smtp_url, helo="localhost")
    assert (server.host != "") == (made.smtp_url != "")


@pytest.mark.parametrize("name", NAMES)
def test_drawn_texts_are_used_or_named(name: str) -> None:
    places = st.text("a1:@/?#[]%&=.,-_ \\;'\u00e4", max_size=30)

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60) | st.builds("{}://{}".format, st.sampled_from(SCHEMES), places))
    def draw(value: str) -> None:
        if (made := read(name, value)) is not None:
            use(made)

    draw()


BAD = {
    "DATABASE_URL": "postgresql://u:hunter2@h:x/y",
    "REDIS_URL": "redis://u:hunter2@h:x",
    "SMTP_URL": "smtp://u:hunter2@[",
    "PUBLIC_URL": "http://[",
    "DOMAIN": "a..b",
    "PRIVATE_NETWORKS": "maybe",
    "TRUSTED_PROXIES": "10.0.0.0/33",
    "MASTER_TOKEN": "short",
    "METRICS_TOKEN": "short",
    "METRICS_ADDRESS": "9090",
    "DNS_RESOLVER": "resolver",
    "LOG": "loud",
    "DATA_DIR": "a\x01b",
}
COMMANDS = [
    ["serve"], ["worker"], ["migrate"], ["settings"], ["gateway"],
    ["gateway", "bundle", "--service", "api", "--environment", "staging", "--out", "DIR/x"],
    ["provider", "create", "--name", "x", "--admin-email", "a@b.example"], ["export", "DIR"],
    ["apply", "DIR"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_names_a_bad_variable(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "provider.yaml").write_text("format: 1\n")
    for name, value in BAD.items():
        env = {"GATEHOUSE_DATA_DIR": str(tmp_path / "data"), f"GATEHOUSE_{name}": value}
        words = [word.replace("DIR", str(tmp_path)) for word in command]
        result = CliRunner().invoke(app, words, env=env)

        assert result.exit_code == 2, (name, result.output)
        assert f"GATEHOUSE_{name}" in result.output
        assert SECRET not in result.output
        assert "Traceback" not in result.output


def test_every_setting_has_a_bad_value_here() -> None:
    assert {name.lower() for name in BAD} == set(NAMES)

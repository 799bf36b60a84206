"""Settings of the control plane: one frozen value made from the environment at the root."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "GATEHOUSE_"
PASSWORD = re.compile("pass|secret|token|key", re.IGNORECASE)  # in the name of an argument
Networks = Literal["allow", "deny"]


class BadSetting(ValueError):
    """A variable whose value can't be used; the message names it and the rule."""


def _setting(value: Any, what: str, *, default: str = "") -> Any:
    """Make a field that says what it is for; `default` puts a default into words."""
    return dataclasses.field(default=value, metadata={"what": what, "default": default})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. `origins` tells where each value came from."""

    data_dir: Path = _setting(Path("var"), "database, journal, keys, `first-start.json`")
    database_url: str = _setting(
        "",
        "`postgresql://user:password@host/name` for PostgreSQL",
        default="SQLite in the data directory",
    )
    redis_url: str = _setting(
        "",
        "`redis://user:password@host:6379/0`, `rediss://…` for many processes",
        default="empty: counters in the process, a journal on disk",
    )
    smtp_url: str = _setting(
        "",
        "`smtp://user:password@host:587`, `smtps://…`",
        default="empty: mails are kept and shown in the admin portal",
    )
    public_url: str = _setting("http://localhost:8000", "what browsers and callers use")
    domain: str = _setting("localhost", "tenants' hosts are below it")
    private_networks: Networks = _setting(
        "allow",
        "whether upstreams may be on private addresses",
        default="`allow` while the domain is `localhost`, else `deny`",
    )
    log: str = _setting("info", "`debug`, `info`, `warning`, `error`")
    origins: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, port: int | None = None) -> Self:
        """Read GATEHOUSE_*; `port` makes the default public URL. Raises: BadSetting."""
        fields = [field.name for field in dataclasses.fields(cls) if field.name != "origins"]
        given = {
            name: env[PREFIX + name.upper()].strip()
            for name in fields
            if env.get(PREFIX + name.upper(), "").strip()
        }
        domain = _domain(given.get("domain", "localhost"))
        data_dir = Path(given.get("data_dir", "var"))
        public_url = _public_url(given.get("public_url", f"http://localhost:{port or 8000}"))
        return cls(
            data_dir=data_dir,
            database_url=_database_url(given.get("database_url", ""), data_dir),
            redis_url=_redis_url(given.get("redis_url", "")),
            smtp_url=_smtp_url(given.get("smtp_url", "")),
            public_url=public_url,
            domain=domain,
            private_networks=_networks(given.get("private_networks", ""), domain),
            log=_log(given.get("log", "info")),
            origins={name: "environment" if name in given else "default" for name in fields},
        )

    @property
    def passwords(self) -> tuple[str, ...]:
        """List what the addresses of other servers hold to get in, as written and as meant."""
        found = []
        for url in (self.database_url, self.redis_url, self.smtp_url):
            found += _passwords_of(url)
        return tuple(dict.fromkeys([*found, *map(unquote, found)]))


def _passwords_of(url: str) -> list[str]:
    """Find what is secret in an address: after the user's name, and in its arguments."""
    before_host = url.rpartition("@")[0].partition("://")[2]
    user, colon, password = before_host.partition(":")
    arguments = parse_qsl(url.partition("?")[2], keep_blank_values=True)
    given = [value for name, value in arguments if PASSWORD.search(name)]
    return [word for word in (password if colon else "", *given) if word]


def without_passwords(url: str) -> str:
    """Write an address for people: without what is secret in it."""
    for word in sorted(_passwords_of(url), key=len, reverse=True):
        for spelling in {word, quote(word), quote_plus(word)}:
            url = url.replace(spelling, "***")
    return url


def _bad(name: str, rule: str) -> BadSetting:
    return BadSetting(f"{PREFIX}{name} {rule}")


def _domain(text: str) -> str:
    domain = text.lower().strip(".")
    if not all(part.replace("-", "").isalnum() for part in domain.split(".")):
        raise _bad("DOMAIN", "must be a domain name such as example.com.")
    return domain


def _database_url(text: str, data_dir: Path) -> str:
    if not text:
        return f"sqlite:///{(data_dir / 'gatehouse.db').absolute()}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise _bad("DATABASE_URL", "must be a database URL.") from error
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise _bad("DATABASE_URL", "must start with sqlite:/// or postgresql://.")
    return url.render_as_string(hide_password=False)


def _redis_url(text: str) -> str:
    parts = urlsplit(text)
    if text and not (parts.scheme in {"redis", "rediss"} and parts.hostname):
        raise _bad("REDIS_URL", "must be like redis://user:password@host:6379/0 or rediss://….")
    return text


def _smtp_url(text: str) -> str:
    if text and (urlsplit(text).scheme not in {"smtp", "smtps"} or not urlsplit(text).hostname):
        raise _bad("SMTP_URL", "must be like smtp://user:password@host:587 or smtps://….")
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise _bad("PUBLIC_URL", "must be like https://api.example.com, without a path.")
    return text.rstrip("/")


def _networks(text: str, domain: str) -> Networks:
    if text == "allow" or (not text and domain == "localhost"):
        return "allow"
    if text in {"deny", ""}:
        return "deny"
    raise _bad("PRIVATE_NETWORKS", "must be allow or deny.")


def _log(text: str) -> str:
    if text.lower() not in {"debug", "info", "warning", "error"}:
        raise _bad("LOG", "must be debug, info, warning or error.")
    return text.lower()

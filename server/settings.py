"""Settings of the control plane: one frozen value made from the environment at the root."""

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, unquote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from server.kit.database_url import BadDatabaseURL, check_database_url
from server.kit.networks import Network, parse_networks
from server.kit.urls import MASK, Address, is_host, masked, parse_address

PREFIX = "GATEHOUSE_"
DATABASE_RULE = "must be like postgresql://user:password@host:5432/name or sqlite:///file."
REDIS_RULE = "must be like redis://user:password@host:6379/0 or rediss://…."
SMTP_RULE = "must be like smtp://user:password@host:587 or smtps://…."
PUBLIC_RULE = "must be like https://api.example.com, without a path."
METRICS_RULE = "must be like 127.0.0.1:9090, an address and a port."
RESOLVER_RULE = "must be like 127.0.0.1:53, an address and a port."
REDIS_PARAMETERS = frozenset({"db", "username", "password"})
TLS_VALUES = {
    "ssl_cert_reqs": ("required", "optional", "none"),
    "ssl_check_hostname": ("true", "false"),
}
TLS_PARAMETERS = frozenset({"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", *TLS_VALUES})
PASSWORD = re.compile("pass|secret|token|key", re.IGNORECASE)  # in the name of an argument
Networks = Literal["allow", "deny"]


class BadSetting(ValueError):
    """A variable whose value can't be used; the message names it and the rule."""


def _setting(value: Any, what: str, *, default: str = "", secret: bool = False) -> Any:
    """Make a field that says what it is for; `default` puts a default into words."""
    metadata = {"what": what, "default": default, "secret": secret}
    return dataclasses.field(default=value, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. `origins` tells where each value came from."""

    data_dir: Path = _setting(Path("var"), "database, journal, keys, `first-start.json`")
    database_url: str = _setting(
        "",
        "`postgresql://user:password@host/name` for PostgreSQL",
        default="SQLite in the data directory",
        secret=True,
    )
    redis_url: str = _setting(
        "",
        "`redis://user:password@host:6379/0`, `rediss://…` for many processes",
        default="empty: counters in the process, a journal on disk",
        secret=True,
    )
    smtp_url: str = _setting(
        "",
        "`smtp://user:password@host:587`, `smtps://…`",
        default="empty: mails are kept and shown in the admin portal",
        secret=True,
    )
    public_url: str = _setting("http://localhost:8000", "what browsers and callers use")
    domain: str = _setting("localhost", "tenants' hosts are below it")
    private_networks: Networks = _setting(
        "allow",
        "whether upstreams, and specifications to fetch, may be on private addresses",
        default="`allow` while the domain is `localhost`, else `deny`",
    )
    metrics_token: str = _setting(
        "",
        "who may read `/metrics`: whoever sends it as `Authorization: Bearer …`",
        default="empty: there is no `/metrics` at the public address",
        secret=True,
    )
    metrics_address: str = _setting(
        "",
        "`127.0.0.1:9090` serves `/metrics` there too, to everybody who gets there",
        default="empty: it does not",
    )
    master_token: str = _setting(
        "",
        "who may make, change and delete tenants at `/master/api`: whoever sends it",
        default="empty: nobody may",
        secret=True,
    )
    trusted_proxies: tuple[Network, ...] = _setting(
        (),
        "addresses and networks whose `Forwarded` and `X-Forwarded-*` are believed, "
        "with commas between them",
        default="empty: nobody's",
    )
    dns_resolver: str = _setting(
        "",
        "`127.0.0.1:53`: whom to ask for the TXT records that prove custom domains",
        default="empty: the resolvers of the system",
    )
    log: str = _setting("info", "`debug`, `info`, `warning`, `error`")
    origins: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, port: int | None = None) -> Self:
        """Read GATEHOUSE_*; `port` makes the default public URL. Raises: BadSetting."""
        fields = [field.name for field in dataclasses.fields(cls) if field.name != "origins"]
        given = _given(fields, env)
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
            metrics_token=_metrics_token(given.get("metrics_token", "")),
            metrics_address=_metrics_address(given.get("metrics_address", "")),
            master_token=_master_token(given.get("master_token", "")),
            trusted_proxies=_proxies(given.get("trusted_proxies", "")),
            dns_resolver=_dns_resolver(given.get("dns_resolver", "")),
            log=_log(given.get("log", "info")),
            origins=_origins(fields, given, port),
        )

    def as_env(self) -> dict[str, str]:
        """Write what a process beside this one could not know: a default made from our port."""
        return {f"{PREFIX}PUBLIC_URL": self.public_url}

    def shown(self, name: str) -> str:
        """Give a setting's value as it may be shown."""
        field = next(field for field in dataclasses.fields(self) if field.name == name)
        value = getattr(self, name)
        value = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        if name.endswith("_token"):
            return MASK if value else ""
        return masked(value) if field.metadata["secret"] else value

    @property
    def passwords(self) -> tuple[str, ...]:
        """List what no line of a log may tell, as written and as meant."""
        found = [token for token in (self.metrics_token, self.master_token) if token]
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


def _given(fields: Sequence[str], env: Mapping[str, str]) -> dict[str, str]:
    given = {name: env.get(PREFIX + name.upper(), "").strip() for name in fields}
    for name, text in given.items():
        if not text.isprintable():
            raise _bad(name.upper(), "must be printable text in UTF-8, on one line.")
    return {name: text for name, text in given.items() if text}


def _origins(fields: Sequence[str], given: Mapping[str, str], port: int | None) -> dict[str, str]:
    """Tell where each value came from."""
    origins = {name: "environment" if name in given else "default" for name in fields}
    if port is not None and "public_url" not in given:
        origins["public_url"] = f"default, on port {port}"
    return origins


def _bad(name: str, rule: str) -> BadSetting:
    return BadSetting(f"{PREFIX}{name} {rule}")


def _domain(text: str) -> str:
    domain = text.lower().strip(".")
    if not is_host(domain) or "_" in domain:
        raise _bad("DOMAIN", "must be a domain name such as example.com, in ASCII.")
    return domain


def _database_url(text: str, data_dir: Path) -> str:
    if not text:
        file = str((data_dir / "gatehouse.db").absolute())
        return URL.create("sqlite", database=file).render_as_string()
    try:
        url = make_url(text)
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+psycopg")
        check_database_url(url)
    except (ArgumentError, ValueError) as error:
        why = f" It {error}." if isinstance(error, BadDatabaseURL) else ""
        raise _bad("DATABASE_URL", f"{DATABASE_RULE}{why}") from error
    return url.render_as_string(hide_password=False)


def _address(name: str, text: str, schemes: Collection[str], rule: str) -> Address | None:
    """Take a URL apart; None when none is given."""
    try:
        return parse_address(text, schemes) if text else None
    except ValueError as error:
        raise _bad(name, f"{rule} It {error}.") from error


def _redis_url(text: str) -> str:
    address = _address("REDIS_URL", text, ("redis", "rediss"), REDIS_RULE)
    if address is None:
        return text
    number = address.path.removeprefix("/") or address.parameters.get("db", "0")
    if not re.fullmatch(r"[0-9]{1,5}", number) or (
        address.path > "/" and "db" in address.parameters
    ):
        raise _bad("REDIS_URL", f"{REDIS_RULE} The database is one number.")
    known = REDIS_PARAMETERS if address.scheme == "redis" else REDIS_PARAMETERS | TLS_PARAMETERS
    if unknown := sorted(address.parameters.keys() - known):
        names = ", ".join(sorted(known))
        raise _bad("REDIS_URL", f"has an unknown parameter {unknown[0]!r}. Known are {names}.")
    for name, allowed in TLS_VALUES.items():
        if address.parameters.get(name, allowed[0]) not in allowed:
            raise _bad("REDIS_URL", f"has a bad {name}: it must be {', '.join(allowed)}.")
    return text


def _smtp_url(text: str) -> str:
    address = _address("SMTP_URL", text, ("smtp", "smtps"), SMTP_RULE)
    if address is not None and (address.path.strip("/") or address.parameters or "?" in text):
        raise _bad("SMTP_URL", f"{SMTP_RULE} It ends with the port.")
    return text


def _public_url(text: str) -> str:
    address = _address("PUBLIC_URL", text, ("http", "https"), PUBLIC_RULE)
    plain = text.rstrip("/")
    if address is None or address.path.strip("/") or set("?@") & set(text):
        raise _bad("PUBLIC_URL", PUBLIC_RULE)
    return plain


def _metrics_token(text: str) -> str:
    if text and not re.fullmatch(r"[\x21-\x7e]{16,500}", text):
        raise _bad("METRICS_TOKEN", "must have 16 to 500 letters, digits and signs, no blanks.")
    return text


def _master_token(text: str) -> str:
    if text and not re.fullmatch(r"[\x21-\x7e]{32,500}", text):
        raise _bad("MASTER_TOKEN", "must have 32 to 500 letters, digits and signs, no blanks.")
    return text


def _metrics_address(text: str) -> str:
    return _address_and_port("METRICS_ADDRESS", text, METRICS_RULE)


def _dns_resolver(text: str) -> str:
    return _address_and_port("DNS_RESOLVER", text, RESOLVER_RULE)


def _address_and_port(name: str, text: str, rule: str) -> str:
    if not text:
        return ""
    address = _address(name, f"http://{text}", ("http",), rule)
    if address is None or not address.port or set("/?@") & set(text):
        raise _bad(name, rule)
    return text


def _networks(text: str, domain: str) -> Networks:
    if text == "allow" or (not text and domain == "localhost"):
        return "allow"
    if text in {"deny", ""}:
        return "deny"
    raise _bad("PRIVATE_NETWORKS", "must be allow or deny.")


def _proxies(text: str) -> tuple[Network, ...]:
    try:
        return parse_networks(text)
    except ValueError as error:
        rule = "must be addresses and networks such as 10.0.0.7,192.168.0.0/24."
        raise _bad("TRUSTED_PROXIES", rule) from error


def _log(text: str) -> str:
    if text.lower() not in {"debug", "info", "warning", "error"}:
        raise _bad("LOG", "must be debug, info, warning or error.")
    return text.lower()

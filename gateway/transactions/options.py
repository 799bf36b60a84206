"""The extensions that a client asks for in `3scale-options`. Source: service-management-api 7."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from gateway.transactions.params import Hash

HEADER = b"3scale-options"
LONGEST_BYTES = 512  # all options together take a quarter of it; the cache stays small
OFF = frozenset({"0", "false"})
VERSIONS = frozenset({"1", "2"})


@dataclass(frozen=True, slots=True)
class Options:
    """What the client asked for."""

    no_body: bool = False
    rejection_reason_header: bool = False
    limit_headers: bool = False
    hierarchy: bool = False
    flat_usage: bool = False
    list_app_keys: bool = False
    proxy_headers: bool = False  # ours: what the mounted proxy would tell its caller
    backend_version: str = ""  # ours: the mode that the gateway was deployed with


NO_OPTIONS = Options()


def options_of(header: bytes) -> Options:
    """Read the header's value; what it does not understand, or is too long, asks for nothing."""
    return _parsed(header) if 0 < len(header) <= LONGEST_BYTES else NO_OPTIONS


def asks_no_body(values: Hash) -> bool:
    """Return whether the parameter form of `no_body` is on: any value but `0` and `false`."""
    return "no_body" in values and values["no_body"] not in ("0", "false")


@lru_cache(maxsize=256)
def _parsed(header: bytes) -> Options:
    flags = dict(parse_qsl(header.decode("latin-1"), keep_blank_values=True))
    version = flags.get("backend_version", "")
    return Options(
        no_body="no_body" in flags and flags["no_body"] not in OFF,
        rejection_reason_header=flags.get("rejection_reason_header") == "1",
        limit_headers=flags.get("limit_headers") == "1",
        hierarchy=flags.get("hierarchy") == "1",
        flat_usage=flags.get("flat_usage") == "1",
        list_app_keys=flags.get("list_app_keys") == "1",
        proxy_headers=flags.get("proxy_headers") == "1",
        backend_version=version if version in VERSIONS else "",
    )

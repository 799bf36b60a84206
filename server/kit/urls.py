"""URLs that an operator writes: taken apart strictly, and shown without their passwords."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit

MASK = "***"
SECRET_WORDS = "pass|passwd|password|passphrase|pwd|sslpassword|auth|secret|token|key|apikey"  # noqa: S105 - names
NOT_PLAIN = re.compile(r"[\x00-\x20\x7f\u0080-\u00a0\u2028\u2029\ud800-\udfff]")
BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
PARAMETER = re.compile(r"[?&;]([^=&;?#\s]+)=")
VALUE = re.compile(r"[^&#\s]*")
KEYWORD = re.compile(
    rf"(?<![^\s?&;])((?i:{SECRET_WORDS})\s*=\s*)('(?:[^'\\]|\\.)*'?|(?:[^\s&\\]|\\.)+)"
)
USER_INFO = re.compile(r"(//[^/:@?#\s]*:)(.*)(?=@)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL's parts, as they are meant: without escapes."""

    scheme: str
    host: str
    port: int | None
    path: str
    username: str
    password: str
    parameters: Mapping[str, str]


def parse_address(text: str, schemes: Collection[str]) -> Address:
    """Take a URL apart. Raises: ValueError that says what is wrong with it, without showing it."""
    if NOT_PLAIN.search(text):
        raise ValueError("holds a blank or a sign that belongs into no URL; escape it as %20")
    if BROKEN_ESCAPE.search(text):
        raise ValueError("holds a % that is no escape; write %25")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("has no valid host and port") from error
    host, brackets = parts.hostname or "", parts.netloc.rpartition("@")[2].startswith("[")
    if parts.scheme not in schemes or not text.startswith(f"{parts.scheme}://"):
        raise ValueError("has another scheme")
    if not host or not (is_ipv6(host) if brackets else is_host(host)):
        raise ValueError("has no valid host; a password's @, / and : are written as escapes")
    if port == 0 or parts.netloc.endswith(":"):
        raise ValueError("has no valid port")
    if "#" in text:
        raise ValueError("may hold no #; a password's is written as %23")
    return Address(
        parts.scheme,
        host,
        port,
        _decoded(parts.path),
        _decoded(parts.username or ""),
        _decoded(parts.password or ""),
        _parameters_of(parts.query),
    )


def is_host(text: str) -> bool:
    """Tell whether a text is a name that can be resolved, or an IPv4 address."""
    labels = text.removesuffix(".").split(".")
    return len(text) <= 253 and all(LABEL.fullmatch(label) for label in labels)


def is_ipv6(text: str) -> bool:
    """Tell whether a text is an IPv6 address, without brackets."""
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _decoded(text: str) -> str:
    try:
        plain = unquote_to_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise ValueError("holds escapes that are no UTF-8") from error
    if any(sign < " " or sign == "\x7f" for sign in plain):
        raise ValueError("holds an escaped control character")
    return plain


def _parameters_of(query: str) -> dict[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("names a parameter twice")
    return {name: _decoded(value.replace("%", "%25")) for name, value in pairs}


def masked(text: str) -> str:
    """Show a URL, or libpq's `name=value` form, without what is secret in it.

    It need not be well-formed: what may be a password is left out rather than shown.
    """
    shown = _without_secret_parameters(USER_INFO.sub(rf"\1{MASK}", text))
    return KEYWORD.sub(rf"\1{MASK}", shown)


def _without_secret_parameters(text: str) -> str:
    parts, at = [], 0
    for found in PARAMETER.finditer(text):
        name = unquote(found[1]).strip()
        if found.start() >= at and re.fullmatch(SECRET_WORDS, name, re.IGNORECASE):
            parts += [text[at : found.end()], MASK]
            value = VALUE.match(text, found.end())
            at = value.end() if value else found.end()
    return "".join([*parts, text[at:]])

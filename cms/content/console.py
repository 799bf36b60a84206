"""The console in which operations are tried: swagger-ui, built from npm, from our own origin."""

import json
from collections.abc import Callable
from pathlib import Path

from server.kit.fingerprints import fingerprint

STATIC = Path(__file__).resolve().parents[1] / "static" / "swagger-ui"
PATH = "/javascripts/swagger-ui"  # scripts of the portal are below /javascripts/ alone
SCRIPT, STYLES = "swagger-ui-bundle.js", "swagger-ui.css"
MARK = "data-console"  # what elements that become a console have

# What it says by itself: it speaks English alone, so the portal's script puts others in the place.
WORDS = (
    "Application: ", "Authorization URL: ", "Authorize", "Authorized",
    "Available authorizations", "Cancel", "Clear", "Close", "Code", "Computed URL:", "Controls ",
    "Curl", "Description", "Details", "Download", "Download file", "Errors", "Example Value",
    "Examples", "Examples: ", "Execute", "External documentation", "Headers:", "In: ", "Links",
    "Logout", "Media type", "Name", "Name: ", "No links", "No parameters", "Parameter content type",
    "Parameters", "Password:", "Request URL", "Request body", "Request duration", "Reset",
    "Response body", "Response content type", "Response headers", "Responses", "Schema",
    "Send empty value", "Server response", "Server variables", "Servers", "Try it out ", "Type",
    "Undocumented", "Username:", "Value", "Value:", "header.", "required",
)  # fmt: skip


def words_in(say: Callable[[str], str]) -> str:
    """Write its words in a language as JSON: word to translation. Empty where all are the same."""
    words = {text.strip(): say(text.strip()) for text in WORDS}
    other = {text: said for text, said in words.items() if text != said}
    return json.dumps(other, ensure_ascii=False, separators=(",", ":")) if other else ""


def version() -> str:
    """Tell one build from another."""
    return fingerprint(STATIC)


def address_of(name: str) -> str:
    """Write the address of a file of it, which changes with its content."""
    return f"{PATH}/{name}?v={version()}"


def is_built() -> bool:
    """Return whether it is there: `make assets` builds it."""
    return (STATIC / SCRIPT).is_file()

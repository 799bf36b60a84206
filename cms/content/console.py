"""The console in which operations are tried: swagger-ui, built from npm, from our own origin."""

from pathlib import Path

from server.kit.fingerprints import fingerprint

STATIC = Path(__file__).resolve().parents[1] / "static" / "swagger-ui"
PATH = "/javascripts/swagger-ui"  # scripts of the portal are below /javascripts/ alone
SCRIPT, STYLES = "swagger-ui-bundle.js", "swagger-ui.css"
MARK = "data-console"  # what elements that become a console have


def version() -> str:
    """Tell one build from another."""
    return fingerprint(STATIC)


def address_of(name: str) -> str:
    """Write the address of a file of it, which changes with its content."""
    return f"{PATH}/{name}?v={version()}"


def is_built() -> bool:
    """Return whether it is there: `make assets` builds it."""
    return (STATIC / SCRIPT).is_file()

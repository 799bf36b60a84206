"""What filters and tags of HTML share: attributes that may be written, addresses of ours."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from cms.liquid.words import words_of

NAME = re.compile(r"(?!on)[a-z][a-z0-9-]{0,40}")
# What says where something goes or what it does is not the template's to say once more.
FORBIDDEN = frozenset({"action", "formaction", "href", "method", "src", "srcdoc", "style", "type"})
OWN = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def attributes_of(values: Mapping[str, object]) -> Markup:
    """Write attributes; nil and false leave one out, true writes its name alone.

    Handlers of events, styles and addresses are left out: the pages' policy forbids them.
    """
    written = Markup("")
    for name, value in values.items():
        spoken = name.lower().replace("_", "-")
        if not NAME.fullmatch(spoken) or spoken in FORBIDDEN or value in (None, False):
            continue
        alone = Markup(" {}").format(spoken)
        written += alone if value is True else alone + Markup('="{}"').format(words_of(value))
    return written


def is_own(address: str) -> bool:
    """Return whether an address is a page of this portal."""
    return OWN.fullmatch(address) is not None

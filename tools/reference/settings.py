"""The settings as a page."""

import dataclasses
from typing import Any

from server.settings import PREFIX, Settings
from tools.reference.markdown import code, page, table


def settings() -> str:
    """Write the page of the settings."""
    rows = [
        [code(PREFIX + field.name.upper()), _default(field), field.metadata["what"]]
        for field in dataclasses.fields(Settings)
        if field.name != "origins"
    ]
    return page(
        "Settings",
        "Read from the environment at the start; `gatehouse settings` prints each with its value "
        "and origin. A bad value stops the start and names the variable.",
        [table(["Variable", "Default", "What"], rows)],
    )


def _default(field: dataclasses.Field[Any]) -> str:
    return str(field.metadata.get("default") or code(str(field.default)))

"""What a preview of the portal is asked with, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from server.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A template as it stands in an editor; whatever is saved under its name gives way to it."""

    kind: str
    name: str
    text: str
    title: str = ""
    layout: str = "main_layout"
    handler: str = ""
    liquid_enabled: bool = True
    content_type: str = "text/html"
    portlet: str = ""
    section_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class PreviewAsked:
    """Which page is looked at, by whom, and with what in the place of what is saved."""

    provider_id: int
    path: str  # with its query; empty: where the template is shown
    user_id: int | None = None  # None: a visitor
    group_id: int | None = None  # a visitor who may see what this group may
    unsaved: Unsaved | None = None


@dataclass(frozen=True, slots=True)
class PreviewFault:
    """What keeps a preview from being shown: which template, where, and why."""

    kind: str
    name: str
    message: str
    line: int = 0  # 0: nobody knows
    column: int = 0
    caret: str = ""  # the line with a mark below the place


@dataclass(frozen=True, slots=True)
class Previewed:
    """A page as it would be shown; without HTML where it leads elsewhere or can't be shown."""

    html: str
    path: str
    status: int = 200
    leads_to: str = ""
    fault: PreviewFault | None = None


Preview = Callable[[PreviewAsked], Previewed]


def preview_nothing(_asked: PreviewAsked) -> Previewed:
    """Refuse, in a process without a portal. Raises: Unavailable."""
    raise Unavailable("Nothing is previewed by this process.")

"""What is to be rendered, as it travels to a worker, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cms.liquid.drops.render_data import RenderData
from server.domain.portal.previews import Unsaved


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A page or a mail by its name, with all that its templates see; pickled with its drops."""

    kind: Literal["page", "email"]
    name: str
    data: RenderData  # what the drops among the variables read from
    now: datetime
    variables: Mapping[str, object]
    about: str = ""  # the name of what the page is about, for its title
    csrf_token: str = ""
    captcha: str = ""  # the puzzle of its forms
    stylesheet: str = ""
    more_stylesheets: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False  # show drafts where there are some
    source: str | None = None  # what the template of a mail would be; None: as it stands
    shipped: bool = False  # leave out what the provider has published
    left_out: frozenset[tuple[str, str]] = frozenset()  # or only these, by kind and name
    unsaved: Unsaved | None = None  # stands before what is saved under its name
    as_markdown: bool = False  # what a page says, for programs that read


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown or Textile that is to be HTML."""

    handler: str
    text: str
    is_for_all: bool  # nothing in it was written for one developer


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a page, or the text and subject of a mail; headers of the answer or the mail."""

    text: str
    subject: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_unwanted: bool = False  # the mail shall not be sent
    html: str = ""  # of a mail, beside its text

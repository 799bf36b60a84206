"""What is to be rendered, as it travels to a worker, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from cms.liquid.drops.render_data import RenderData


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
    stylesheet: str = ""
    more_stylesheets: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    shipped: bool = False  # leave out what the provider has published
    left_out: frozenset[tuple[str, str]] = frozenset()  # or only these, by kind and name


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a page, or the text and subject of a mail."""

    text: str
    subject: str = ""

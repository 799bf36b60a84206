"""Portal templates that a provider changed; what is not here comes from the theme."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from gateway.config.service import MOST_URL
from server.domain.attributes import (
    FIXED,
    LONG,
    Checked,
    Flag,
    Id,
    Moment,
    Name,
    Refers,
    ShortText,
    Whole,
    given_system_name,
)
from server.domain.attributes import Text as TextRule
from server.domain.drafts import Draft
from server.domain.errors import BrokenTemplate as BrokenTemplate
from server.domain.errors import BuiltIn as BuiltIn
from server.domain.errors import EditConflict as EditConflict
from server.domain.errors import Invalid, TooLong
from server.domain.fields import created_at, is_comparable, moment, updated_at
from server.domain.portal.api_docs import clean_source_url
from server.domain.portal.files import clean_media_type
from server.domain.portal.sections import Section

MOST_TEMPLATE = 262_144
MOST_POSTS = 50  # that a portlet shows
HTML = "text/html"
MAIN_LAYOUT = "main_layout"
NO_LAYOUT = "none"  # of a page that is shown as it is
# Legal texts: partials that are in force as they are saved. Source: reference-portal 3.
LEGAL_TERMS = ("signup_licence", "service_subscription_licence", "new_application_licence")


class TemplateKind(StrEnum):
    """What a template is for."""

    LAYOUT = "layout"
    PAGE = "page"
    PARTIAL = "partial"
    EMAIL = "email"


class Handler(StrEnum):
    """What reads a page's text after Liquid."""

    NONE = ""
    MARKDOWN = "markdown"
    TEXTILE = "textile"


class Portlet(StrEnum):
    """What a partial shows besides its own words. Source: reference-portal 3."""

    NONE = ""
    RSS_FEED = "external_rss_feed"
    TABLE_OF_CONTENTS = "table_of_contents"
    LATEST_POSTS = "latest_forum_posts"


class Template(SQLModel, table=True):
    """A page, layout, partial or e-mail in Liquid."""

    __tablename__ = "templates"
    __table_args__ = (
        UniqueConstraint("provider_id", "kind", "name"),
        UniqueConstraint("provider_id", "kind", "system_name"),
        Index("ix_templates_section_id", "section_id"),
        Index("ix_templates_publish_at", "publish_at"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str  # see TemplateKind
    name: str  # a page's path or system name; the others' system name
    title: str = ""
    system_name: str | None = None  # of a page with a path; the others' is their name
    published: str | None = Field(default=None, sa_type=Text)  # None: never published
    draft: str | None = Field(default=None, sa_type=Text)
    layout: str = MAIN_LAYOUT  # or NO_LAYOUT
    handler: str = ""  # see Handler
    content_type: str = HTML
    liquid_enabled: bool = True  # False: the text is shown as it is
    section_id: int | None = Field(default=None, foreign_key="sections.id")  # None: the root
    tags: str = ""
    hidden: bool = False  # nothing is shown at its path, not even what is shipped
    searchable: bool = False  # as it was saved last
    portlet: str = ""  # see Portlet
    feed_url: str = ""  # of an RSS_FEED
    posts: int = 5  # of LATEST_POSTS
    publish_at: datetime | None = moment()  # when its draft is going to be published
    lock_version: int = 0  # counts its changes
    changed_by: str = ""  # who made the last one
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()
    # What went wrong when it was rendered, as it was changed last at `fault_of`.
    fault: str | None = Field(default=None, sa_type=Text)
    fault_line: int | None = None
    fault_of: datetime | None = moment()

    @property
    def is_content(self) -> bool:
        """Return whether it is a page with a path of its own."""
        return self.kind == TemplateKind.PAGE and self.name.startswith("/")


class TemplateVersion(SQLModel, table=True):
    """A text that was published once."""

    __tablename__ = "template_versions"
    __table_args__ = (Index("ix_template_versions_template_id", "template_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    template_id: int = Field(foreign_key="templates.id")
    text: str = Field(sa_type=Text)
    author: str = ""
    created_at: datetime = created_at()


def _template_text(value: str | None) -> str | None:
    if value is not None and len(value) > MOST_TEMPLATE:
        raise TooLong("", MOST_TEMPLATE)
    if value is not None and not is_comparable(value):
        raise Invalid("must be valid Unicode text without NUL characters.")
    return value


TemplateText = Annotated[str | None, Checked(_template_text), LONG]


class TemplateDraft(Draft):
    """What a template is made of; what was never published has no such text."""

    kind: Annotated[TemplateKind, FIXED]
    name: Name = Field(description="A page's path, or the system name of anything else.")
    title: ShortText = ""
    system_name: Annotated[str, TextRule(given_system_name)] = Field(
        default="", description="Of a page with a path; by default made of its title."
    )
    layout: ShortText = Field(default=MAIN_LAYOUT, description="'none': the page as it is.")
    handler: Handler = Handler.NONE
    content_type: Annotated[str, TextRule(clean_media_type)] = HTML
    liquid_enabled: Flag = Field(default=True, description="False: the text is shown as it is.")
    section_id: Annotated[Id | None, Refers(Section)] = None
    tags: ShortText = Field(default="", description="Words apart by commas.")
    hidden: Flag = Field(default=False, description="Whether nothing is shown at its path.")
    portlet: Portlet = Portlet.NONE
    feed_url: Annotated[str, TextRule(clean_source_url, most=MOST_URL)] = ""
    posts: Annotated[int, Whole(1, MOST_POSTS)] = 5
    published: TemplateText = None
    draft: TemplateText = None
    publish_at: Moment | None = Field(
        default=None, description="When the draft is going to be published by itself."
    )

"""The forum: categories, topics and what was written in them. Source: mission E7."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from server.domain.accounts.users import User
from server.domain.attributes import Description, Flag, Id, Name, Position, Refers, SystemName, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_line, clean_text, created_at, is_comparable, moment

MOST_POST = 20_000
MOST_NESTING = 12  # quotes and lists within each other
MOST_TAGS = 5
EDITABLE = timedelta(hours=24)  # after which what one wrote stands
VISITOR = "Visitor"
GONE = "Former member"
NESTED = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
TAG = re.compile(r"[\w][\w.+#-]{0,29}")


class Writer(StrEnum):
    """On which side somebody wrote."""

    PROVIDER = "provider"
    DEVELOPER = "developer"
    VISITOR = "visitor"


class ForumCategory(SQLModel, table=True):
    """What topics are about."""

    __tablename__ = "forum_categories"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    system_name: str
    description: str = Field(default="", sa_type=TextColumn)
    position: int = 1
    created_at: datetime = created_at()


class ForumTopic(SQLModel, table=True):
    """A conversation; its first post says what it is about."""

    __tablename__ = "forum_topics"
    __table_args__ = (Index("ix_forum_topics_order", "provider_id", "is_hidden", "rank"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    category_id: int | None = Field(
        default=None, foreign_key="forum_categories.id", ondelete="SET NULL", index=True
    )
    title: str
    tags: str = ""  # with a space between them
    is_sticky: bool = False
    is_closed: bool = False
    is_hidden: bool = False
    replies: int = 0  # that are shown
    rank: str = ""  # what lists are sorted by: sticky ones first, then the time of the last post
    last_post_at: datetime = created_at()
    created_at: datetime = created_at()


class ForumPost(SQLModel, table=True):
    """What somebody wrote, in Markdown; it stays when its writer has left."""

    __tablename__ = "forum_posts"
    __table_args__ = (Index("ix_forum_posts_topic_id_id", "topic_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", index=True)
    topic_id: int = Field(foreign_key="forum_topics.id", ondelete="CASCADE")
    account_id: int | None = Field(
        default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True
    )
    user_id: int | None = Field(
        default=None, foreign_key="users.id", ondelete="SET NULL", index=True
    )
    writer: str  # see Writer
    body: str = Field(sa_type=TextColumn)
    is_first: bool = False
    is_hidden: bool = False
    created_at: datetime = created_at()
    edited_at: datetime | None = moment()


class ForumSubscription(SQLModel, table=True):
    """Somebody who is mailed what is written in a topic."""

    __tablename__ = "forum_subscriptions"

    user_id: int = Field(foreign_key="users.id", primary_key=True, ondelete="CASCADE")
    topic_id: int = Field(
        foreign_key="forum_topics.id", primary_key=True, ondelete="CASCADE", index=True
    )
    provider_id: int = Field(foreign_key="providers.id")
    created_at: datetime = created_at()


def rank_of(topic: ForumTopic) -> str:
    """Say where a topic stands in lists: the greatest text first."""
    return f"{int(topic.is_sticky)}{topic.last_post_at.astimezone(UTC):%Y%m%d%H%M%S%f}"


def author_of(post: ForumPost, user: User | None, provider_name: str) -> str:
    """Say who wrote something, without an address that one could write to."""
    if post.writer == Writer.PROVIDER:
        return provider_name
    if post.writer == Writer.VISITOR:
        return VISITOR
    return user.username.partition("@")[0] or GONE if user else GONE


def clean_body(text: str, field: str) -> str:
    """Check a post; a text within quotes within lists is bounded. Raises: Blank, TooLong, Invalid.

    What it says in HTML is left out when it is shown, not here: code may hold anything.
    """
    body = clean_text(text.replace("\r\n", "\n"), field, most=MOST_POST)
    for match in NESTED.finditer(body):
        marks = sum(not sign.isspace() for sign in match[0])
        if marks > MOST_NESTING:
            raise Invalid(f"may nest quotes and lists at most {MOST_NESTING} deep.", field=field)
    return body


def clean_tags(text: str, field: str) -> str:
    """Check the tags of a topic: words with spaces or commas between them. Raises: Invalid."""
    words = dict.fromkeys(clean_line(text, field).replace(",", " ").casefold().split())
    if len(words) > MOST_TAGS:
        raise Invalid(f"may hold at most {MOST_TAGS} tags.", field=field)
    for word in words:
        if not TAG.fullmatch(word):
            raise Invalid("must be words of letters and digits, with spaces between.", field=field)
    return " ".join(words)


def words_of(query: str, *, most: int = 8) -> list[str]:
    """Split what is looked for in the forum; nothing of what no database can compare."""
    return query[:100].split()[:most] if is_comparable(query) else []


_CATEGORY: Any = Field(default=None, description="What it is about; none for general things.")


class CategoryDraft(Draft):
    """What a category is made of."""

    name: Name
    system_name: SystemName = ""
    description: Description = ""
    position: Position = 1


class TopicDraft(Draft):
    """What a new topic is made of."""

    title: Name
    body: Annotated[str, Text(clean_body, least=1, most=MOST_POST)]
    category_id: Annotated[Id | None, Refers(ForumCategory)] = _CATEGORY
    tags: Annotated[str, Text(clean_tags)] = ""


class TopicChangesDraft(Draft):
    """What moderators change of a topic."""

    title: Name
    category_id: Annotated[Id | None, Refers(ForumCategory)] = _CATEGORY
    tags: Annotated[str, Text(clean_tags)] = ""
    is_sticky: Flag = False
    is_closed: Flag = False
    is_hidden: Flag = False


class PostDraft(Draft):
    """What a post is made of."""

    body: Annotated[str, Text(clean_body, least=1, most=MOST_POST)]

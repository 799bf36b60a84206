"""The forum and the gallery, as far as who looks may see them. Source: reference-portal 2.3."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.render_data import RenderData
from cms.markdown import post_html_of
from server.domain.accounts.users import User
from server.domain.portal.forum import ForumCategory, ForumPost, ForumTopic, Writer, author_of
from server.domain.portal.gallery import GalleryEntry
from server.domain.provider.providers import Provider

FORUM, GALLERY = "/forum", "/gallery"


class CategoryDrop(Drop[ForumCategory]):
    """What topics are about.

    Example: {% for category in forum.categories %}<a href="{{ category.url }}">{{ category.name }}
    </a>{% endfor %}
    """

    shows = ("id", "name", "system_name", "description", "url")
    says = {"name": "What it is called.", "description": "What belongs into it."}

    @property
    def url(self) -> str:
        """The page of its topics."""
        return f"{FORUM}/categories/{self.model.id}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic with what is shown beside it."""

    topic: ForumTopic
    category: ForumCategory | None = None
    author: str = ""
    is_subscribed: bool = False
    can_reply: bool = False


class TopicDrop(Drop[Listed]):
    """A conversation of the forum.

    Example: <a href="{{ topic.url }}">{{ topic.title }}</a> {{ topic.replies }}
    """

    shows = (
        "id",
        "title",
        "url",
        "author",
        "category",
        "tags",
        "replies",
        "sticky?",
        "closed?",
        "subscribed?",
        "can_reply?",
        "created_at",
        "last_post_at",
        "subscription_url",
    )

    def __str__(self) -> str:
        return self.title

    @property
    def id(self) -> int:
        """Its number."""
        return self.model.topic.id

    @property
    def title(self) -> str:
        """What it is about."""
        return self.model.topic.title

    @property
    def url(self) -> str:
        """Its page."""
        return f"{FORUM}/topics/{self.model.topic.id}"

    @property
    def author(self) -> str:
        """Who began it; empty where that is not told."""
        return self.data.language.say(self.model.author)

    @property
    def category(self) -> CategoryDrop | None:
        """The category that it is in, if it is in one."""
        return CategoryDrop(self.model.category, self.data) if self.model.category else None

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        return self.model.topic.tags.split()

    @property
    def replies(self) -> int:
        """How many answers it has."""
        return self.model.topic.replies

    @property
    def sticky(self) -> bool:
        """Return whether it stands above the others."""
        return self.model.topic.is_sticky

    @property
    def closed(self) -> bool:
        """Return whether nobody answers any more."""
        return self.model.topic.is_closed

    @property
    def subscribed(self) -> bool:
        """Return whether who looks is mailed its answers."""
        return self.model.is_subscribed

    @property
    def can_reply(self) -> bool:
        """Return whether who looks may answer."""
        return self.model.can_reply

    @property
    def created_at(self) -> datetime:
        """When it began."""
        return self.model.topic.created_at

    @property
    def last_post_at(self) -> datetime:
        """When something was written in it last."""
        return self.model.topic.last_post_at

    @property
    def subscription_url(self) -> str:
        """What subscribes to it, and ends that."""
        return f"{self.url}/subscription"


@dataclass(frozen=True, slots=True)
class Written:
    """A post, with who wrote it where."""

    post: ForumPost
    topic: ForumTopic
    user: User | None = None
    can_change: bool = False
    can_reply: bool = False


class PostDrop(Drop[Written]):
    """What somebody wrote in the forum.

    Example: {% for post in forum.latest_posts %}<a href="{{ post.url }}">{{ post.topic.title }}</a>
    {% endfor %}
    """

    shows = (
        "id",
        "anchor",
        "body",
        "html",
        "author",
        "topic",
        "url",
        "edit_url",
        "quote_url",
        "first?",
        "by_provider?",
        "edited?",
        "can_change?",
        "can_quote?",
        "created_at",
        "edited_at",
    )

    def __str__(self) -> str:
        return self.body

    @property
    def id(self) -> int:
        """Its number."""
        return self.model.post.id

    @property
    def anchor(self) -> str:
        """What its place on the page is called."""
        return f"post-{self.model.post.id}"

    @property
    def body(self) -> str:
        """What was typed, in Markdown."""
        return self.model.post.body

    @property
    def html(self) -> Markup:
        """The same as HTML: no scripts, no images, no headings of a page."""
        return Markup(post_html_of(self.model.post.body))  # noqa: S704 - nh3 has cleaned it

    @property
    def author(self) -> str:
        """Who wrote it: a username, or the provider's name."""
        said = author_of(self.model.post, self.model.user, self.data.provider.name)
        return said if self.model.user else self.data.language.say(said)

    @property
    def topic(self) -> TopicDrop:
        """The conversation that it is in."""
        return TopicDrop(Listed(self.model.topic), self.data)

    @property
    def url(self) -> str:
        """Its place in the conversation; also what changes and deletes it."""
        return f"{FORUM}/posts/{self.model.post.id}"

    @property
    def edit_url(self) -> str:
        """The page that changes it."""
        return f"{self.url}/edit"

    @property
    def quote_url(self) -> str:
        """The answer that quotes it."""
        return f"{FORUM}/topics/{self.model.topic.id}?quote={self.model.post.id}#answer"

    @property
    def first(self) -> bool:
        """Return whether it began the conversation."""
        return self.model.post.is_first

    @property
    def by_provider(self) -> bool:
        """Return whether the provider wrote it."""
        return self.model.post.writer == Writer.PROVIDER

    @property
    def edited(self) -> bool:
        """Return whether it was changed."""
        return self.model.post.edited_at is not None

    @property
    def can_change(self) -> bool:
        """Return whether who looks may change it: his own, for a day."""
        return self.model.can_change

    @property
    def can_quote(self) -> bool:
        """Return whether who looks may answer it."""
        return self.model.can_reply

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return self.model.post.created_at

    @property
    def edited_at(self) -> datetime | None:
        """When it was changed last, if it was."""
        return self.model.post.edited_at


def mailed_topic(topic: ForumTopic, data: RenderData) -> TopicDrop:
    """Show a topic in a mail."""
    return TopicDrop(Listed(topic), data)


def mailed_post(post: ForumPost, data: RenderData) -> PostDrop:
    """Show a post in a mail, with who wrote it. Cost: two look-ups."""
    user = data.row(User, post.user_id) if post.user_id else None
    blank = ForumTopic(provider_id=post.provider_id, title="")  # of an example
    topic = data.row(ForumTopic, post.topic_id) if post.topic_id else blank
    return PostDrop(Written(post, topic, user), data)


class ForumDrop(Drop[Provider]):
    """The forum, where there is one for who looks.

    Example: {% if forum.enabled? %}Forum{% else %}No forum{% endif %}
    """

    shows = ("enabled?", "latest_posts", "categories", "can_write?", "url")

    @property
    def enabled(self) -> bool:
        """Return whether there is one that who looks may read."""
        settings = self.data.settings
        return settings.forum_enabled and (
            settings.forum_public or self.data.account_id is not None
        )

    @property
    def latest_posts(self) -> list[PostDrop]:
        """What was written last, newest first."""
        rows = self.data.latest_posts if self.enabled else []
        return [PostDrop(Written(post, topic, user), self.data) for post, topic, user in rows]

    @property
    def categories(self) -> list[CategoryDrop]:
        """Its categories, in their order."""
        rows = self.data.forum_categories if self.enabled else []
        return [CategoryDrop(row, self.data) for row in rows]

    @property
    def can_write(self) -> bool:
        """Return whether who looks may write in it."""
        is_known = self.data.account_id is not None
        return self.enabled and (is_known or self.data.settings.anonymous_posts_enabled)

    @property
    def url(self) -> str:
        """Its first page."""
        return FORUM


class GalleryEntryDrop(Drop[GalleryEntry]):
    """An application that its owner and the provider chose to show.

    Example: {% for entry in entries %}<a href="{{ entry.link }}">{{ entry.title }}</a>{% endfor %}
    """

    shows = (
        *("title", "description", "link", "state", "reason", "approved_at"),
        *("picture_url", "picture_alt"),
    )
    says = {
        "title": "What it is called.",
        "description": "What it does.",
        "link": "Where it is; empty where it is nowhere.",
        "state": "`pending`, `approved` or `refused`.",
        "reason": "Why it is refused, where somebody said so.",
        "approved_at": "When it was approved, if it is.",
        "picture_alt": "What its picture shows.",
    }

    def __str__(self) -> str:
        return self.model.title

    @property
    def picture_url(self) -> str:
        """Its picture; empty without one."""
        return self.model.picture_path

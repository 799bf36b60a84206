"""Pages and portlets of the provider's content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import select

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.forum import ForumDrop
from cms.liquid.drops.render_data import RenderData
from server.domain.portal.feeds import Feed
from server.domain.portal.pages import Portlet, Template

MOST_ITEMS = 50


class PageDrop(Drop[Source]):
    """The page that is shown.

    Example: <title>{{ page.title }}</title>
    """

    shows = ("title", "system_name")

    @property
    def system_name(self) -> str:
        """Its system name, of a page with a path its path."""
        return self.model.system_name or self.model.name


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a portlet leads to."""

    title: str
    url: str
    published: str = ""


class LinkDrop(Drop[Link]):
    """Something that a portlet leads to.

    Example: {% for link in portlet.pages %}<a href="{{ link.url }}">{{ link.title }}</a>
    {% else %}None{% endfor %}
    """

    shows = ("title", "url", "published")
    says = {"url": "Where it leads.", "published": "When it was published, as its feed says."}


class PortletDrop(Drop[Template]):
    """What a portlet shows.

    Example: <h2>{{ portlet.title }}</h2>
    """

    shows = ("title", "items", "pages", "system_name")
    attributes = {"items": "links", "system_name": "called"}

    def __init__(self, model: Template, library: Library, data: RenderData) -> None:
        super().__init__(model, data)
        self._library = library

    @property
    def called(self) -> str:
        """Its name."""
        return self.model.name

    @property
    def title(self) -> str:
        """Its title, by default its name."""
        return self.model.title or self.model.name

    @property
    def links(self) -> list[LinkDrop]:
        """The news of a feed, or the latest posts of the forum, newest first."""
        if self.model.portlet == Portlet.LATEST_POSTS:
            posts = ForumDrop(self.data.provider, self.data).latest_posts[: self.model.posts]
            return [
                LinkDrop(Link(post.topic.title, post.url, f"{post.created_at:%Y-%m-%d}"), self.data)
                for post in posts
            ]
        if self.model.portlet != Portlet.RSS_FEED:
            return []
        query = select(Feed).where(
            Feed.provider_id == self.data.provider.id, Feed.url == self.model.feed_url
        )
        feed = self.data.db.exec(query).first()
        items = feed.items[:MOST_ITEMS] if feed else []
        return [LinkDrop(Link(**item), self.data) for item in items]

    @property
    def pages(self) -> list[LinkDrop]:
        """The pages of its section that who looks may see."""
        if self.model.portlet != Portlet.TABLE_OF_CONTENTS:
            return []
        found = self._library.pages_in(self.model.section_id)
        return [LinkDrop(Link(page.title or page.name, page.name), self.data) for page in found]


class PortletsDrop(Mapping[str, object]):
    """The portlets of the provider by their ids, as their templates ask for them."""

    def __init__(self, library: Library, data: RenderData) -> None:
        self._library, self._data = library, data

    def __getitem__(self, name: str) -> object:
        if not (name.isascii() and name.isdecimal() and len(name) <= 10):
            raise KeyError(name)
        found = self._data.db.get(Template, int(name))
        if found is None or found.provider_id != self._data.provider.id or not found.portlet:
            raise KeyError(name)
        return PortletDrop(found, self._library, self._data)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

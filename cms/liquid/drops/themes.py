"""What a theme shows of the provider's own look: texts, links, logo."""

from dataclasses import dataclass

from cms.content.theme import theme_of
from cms.liquid.drops.drop import Drop
from server.domain.portal.looks import links_of
from server.domain.provider.providers import Provider

STYLESHEET, LOGO = "/css/look.css", "/images/logo"


@dataclass(frozen=True, slots=True)
class FooterLink:
    """One link that the provider wants in the footer."""

    title: str
    url: str


class FooterLinkDrop(Drop[FooterLink]):
    """One link of the footer.

    Example: {% for link in theme.links %}<a href="{{ link.url }}">{{ link.title }}</a>
    {% else %}None{% endfor %}
    """

    shows = ("title", "url")
    says = {"url": "Where it leads."}


class ThemeDrop(Drop[Provider]):
    """The theme with what the provider has set: what he left empty is empty.

    Example: {{ theme.title }} {{ theme.tagline }}
    """

    shows = (
        "name",
        "title",
        "tagline",
        "hero_title",
        "hero_text",
        "footer",
        "links",
        "logo?",
        "logo_url",
        "icon_url",
    )

    @property
    def name(self) -> str:
        """The name of its folder."""
        return theme_of(self.model).name

    @property
    def title(self) -> str:
        """What the portal is called: the provider's name, unless he says otherwise."""
        return self._set("title") or self.model.name

    @property
    def tagline(self) -> str:
        """A sentence about the portal."""
        return self._set("tagline")

    @property
    def hero_title(self) -> str:
        """The heading of the home page."""
        return self._set("hero_title")

    @property
    def hero_text(self) -> str:
        """What stands below it."""
        return self._set("hero_text")

    @property
    def footer(self) -> str:
        """What stands in the footer."""
        return self._set("footer")

    @property
    def links(self) -> list[FooterLinkDrop]:
        """The links of the footer."""
        found = links_of(self._set("links"))
        return [FooterLinkDrop(FooterLink(title, url), self.data) for title, url in found]

    @property
    def logo(self) -> bool:
        """Return whether there is a logo."""
        return bool(self._set("logo"))

    @property
    def logo_url(self) -> str:
        """Where the logo is; empty when there is none."""
        return f"{LOGO}?v={self._set('logo')}" if self.logo else ""

    @property
    def icon_url(self) -> str:
        """The icon of the browser's tab: the logo, else the theme's."""
        return self.logo_url or theme_of(self.model).address_of("/images/favicon.svg")

    def _set(self, name: str) -> str:
        return self.data.language.say(str(self.model.look.get(name, "")))

"""What a page tells programs that read it: its one address, its Markdown twin, what it is about."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cms.content.catalogs import ENGLISH
from cms.content.theme import default_theme
from cms.liquid.drops.api_docs import ApiOperationDrop, ApiSpecDrop
from cms.liquid.drops.drop import Drop
from cms.liquid.drops.themes import ThemeDrop
from cms.liquid.language import languages_of
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from server.kit.money import Money

SCHEMA = "https://schema.org"
ANY_LANGUAGE = "x-default"
Told = dict[str, Any]
# A page may not end the element that this stands in, nor begin one.
UNSAFE: Mapping[str, str] = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the way from the first one to this one."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """A page, as far as programs are told of it; without a path they are told nothing."""

    path: str = ""  # without the language
    title: str = ""
    trail: tuple[Step, ...] = ()  # from the first page to this one
    is_documentation: bool = False
    spec: ApiSpecDrop | None = None
    operation: ApiOperationDrop | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page in one language."""

    locale: str
    url: str


class AlternateDrop(Drop[Alternate]):
    """The page in one language, by its whole address.

    Example: {% for each in machines.alternates %}<link rel="alternate"
    hreflang="{{ each.locale }}" href="{{ each.url }}">{% endfor %}
    """

    shows = ("locale", "url")
    says = {
        "locale": "The tag of the language, or `x-default` for the address of all of them.",
        "url": "The whole address.",
    }


class MachinesDrop(Drop[AboutPage]):
    """What the page tells search engines and other programs; empty for pages of one visitor alone.

    Example: <link rel="canonical" href="{{ machines.canonical_url }}">
    """

    shows = ("canonical_url", "markdown_url", "alternates", "structured_data")

    @property
    def canonical_url(self) -> str:
        """The one address of the page in this language; empty when it is for nobody else."""
        return address_in(self._portal, self.data.locale, self.model.path)

    @property
    def markdown_url(self) -> str:
        """Where the page is as Markdown in this language; empty when it is for nobody else."""
        path = self.model.path
        return markdown_path(path, self.data.locale) if path else ""

    @property
    def alternates(self) -> list[AlternateDrop]:
        """The page in all languages, and the address that is of none."""
        path = self.model.path
        return [AlternateDrop(each, self.data) for each in alternates_of(self._portal, path)]

    @property
    def structured_data(self) -> Markup:
        """What the page is about as JSON-LD, for a script element; empty when it tells nothing."""
        if not self.model.path:
            return Markup()
        return json_for_script({"@context": SCHEMA, "@graph": list(self._graph())})

    @property
    def _portal(self) -> str:
        return self.data.installation.addresses.portal(self.data.provider)

    def _graph(self) -> Sequence[Told]:
        page = self.model
        told: list[Told] = []
        if page.path == "/":
            told += [self._organization(), self._site()]
        if len(page.trail) > 1:
            told.append(self._breadcrumbs())
        if page.operation is not None or page.is_documentation:
            told.append(self._article())
        elif page.spec is not None:
            told.append(self._api(page.spec))
        if page.path == "/plans":
            told += self._products()
        return told

    def _organization(self) -> Told:
        theme, provider = ThemeDrop(self.data.provider, self.data), self.data.provider
        told = {
            "@type": "Organization",
            "@id": f"{self._portal}/#organization",
            "name": provider.name,
            "url": f"{self._portal}/",
        }
        if theme.logo:
            told["logo"] = f"{self._portal}{theme.logo_url}"
        if provider.support_email:
            told["email"] = provider.support_email
        return told

    def _site(self) -> Told:
        theme = ThemeDrop(self.data.provider, self.data)
        told: Told = {
            "@type": "WebSite",
            "@id": f"{self._portal}/#website",
            "name": theme.title,
            "url": f"{self._portal}/",
            "inLanguage": self.data.locale,
            "publisher": {"@id": f"{self._portal}/#organization"},
        }
        if theme.tagline:
            told["description"] = theme.tagline
        if self.data.settings.public_search:
            told["potentialAction"] = {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{self._portal}/search?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            }
        return told

    def _breadcrumbs(self) -> Told:
        items = [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.title,
                "item": address_in(self._portal, self.data.locale, step.path),
            }
            for place, step in enumerate(self.model.trail, start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def _article(self) -> Told:
        page = self.model
        told: Told = {
            "@type": "TechArticle",
            "headline": page.title[:110],
            "url": self.canonical_url,
            "inLanguage": self.data.locale,
            "isPartOf": {"@id": f"{self._portal}/#website"},
        }
        if page.spec is not None:
            told["about"] = {"@id": f"{self._portal}{page.spec.page_url}#api"}
        return told

    def _api(self, spec: ApiSpecDrop) -> Told:
        told: Told = {
            "@type": "WebAPI",
            "@id": f"{self._portal}{spec.page_url}#api",
            "name": str(spec["name"]),
            "url": self.canonical_url,
            "documentation": self.canonical_url,
            "provider": {"@type": "Organization", "name": self.data.provider.name},
        }
        described = str(spec["description"]) or spec.about[:500]
        return {**told, "description": described} if described else told

    def _products(self) -> Sequence[Told]:
        """Tell the published plans as offers, each API as what is offered."""
        plans = [
            (service, [plan for plan in self.data.plans if plan.service_id == service.id])
            for service in self.data.services
        ]
        return [self._product(service, of_it) for service, of_it in plans if of_it]

    def _product(self, service: Service, plans: Sequence[ApplicationPlan]) -> Told:
        told: Told = {
            "@type": "Product",
            "name": service.name,
            "brand": {"@type": "Brand", "name": self.data.provider.name},
            "offers": [self._offer(plan) for plan in plans],
        }
        return {**told, "description": service.description} if service.description else told

    def _offer(self, plan: ApplicationPlan) -> Told:
        """Tell a plan: what it costs a month, else what it costs once."""
        currency = self.data.provider.currency
        amount = plan.cost_per_month or plan.setup_fee
        told: Told = {
            "@type": "Offer",
            "name": plan.name,
            "price": Money(amount, currency).figures,
            "priceCurrency": currency,
            "url": self.canonical_url,
        }
        return {**told, "description": plan.description} if plan.description else told


def markdown_path(path: str, tag: str = ENGLISH) -> str:
    """Tell where the twin of a page is in a language."""
    twin = "/index.md" if path == "/" else f"{path}.md"
    return twin if tag == ENGLISH else f"/{tag}{twin}"


def address_in(portal: str, tag: str, path: str) -> str:
    """Write the whole address of a page in a language; empty for no page."""
    if not path or tag == ENGLISH:
        return f"{portal}{path}" if path else ""
    return f"{portal}/{tag}{path.rstrip('/')}"


def alternates_of(portal: str, path: str) -> list[Alternate]:
    """List the page in all languages that the portal speaks, and the address of them all."""
    if not path:
        return []
    tags = languages_of(default_theme())
    spoken = [Alternate(tag, address_in(portal, tag, path)) for tag in tags]
    return [*spoken, Alternate(ANY_LANGUAGE, address_in(portal, ENGLISH, path))]


def json_for_script(value: object) -> Markup:
    """Write JSON that can stand in a script element whatever its texts are."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    for sign, written in UNSAFE.items():
        text = text.replace(sign, written)
    return Markup(text)  # noqa: S704 - nothing is left that HTML reads

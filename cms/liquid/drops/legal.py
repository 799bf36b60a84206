"""Legal texts."""

from markupsafe import Markup

from cms.liquid.drops.drop import Drop
from cms.markdown import html_of
from server.domain.portal.legal import LegalTerms

TITLES = {
    "signup_licence": "Terms of service",
    "service_subscription_licence": "Terms of subscribing",
    "new_application_licence": "Terms of an application",
    "privacy_policy": "Privacy policy",
    "refund_policy": "Refund policy",
}


class TermsDrop(Drop[LegalTerms]):
    """One version of a legal text.

    Example: <h1>{{ terms.title }}</h1>{{ terms.html }}
    """

    shows = ("kind", "title", "version", "text", "html", "created_at")
    says = {
        "kind": "What it is for, such as `signup_licence` or `privacy_policy`.",
        "version": "Which version it is, from 1.",
        "text": "The text as it was written, in Markdown.",
    }

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.model.kind]

    @property
    def html(self) -> Markup:
        """The text as HTML: of its Markdown, without anything that could harm."""
        return Markup(html_of(self.model.text))  # noqa: S704 - sanitised there

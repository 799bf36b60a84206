"""ActiveDocs: the published specifications of APIs."""

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import ServiceDrop
from server.domain.portal.api_docs import ApiDocs
from server.domain.services.services import Service


class ApiSpecDrop(Drop[ApiDocs]):
    """A specification, without its text: that is at its address. Source: reference-portal 2.3.

    Example: {% for spec in provider.api_specs %}{{ spec.name }}: {{ spec.url }}{% endfor %}
    """

    shows = (
        "name",
        "system_name",
        "description",
        "url",
        "published?",
        "service",
        "api_product_production_public_base_url",
    )
    says = {
        "published?": "Whether developers may read it.",
    }

    @property
    def url(self) -> str:
        """Where the document is."""
        return self.model.path

    @property
    def service(self) -> ServiceDrop | None:
        """The API that it describes; None when it is of none in particular."""
        if self.model.service_id is None:
            return None
        return ServiceDrop(self.data.row(Service, self.model.service_id), self.data)

    @property
    def api_product_production_public_base_url(self) -> str:
        """Where to call the API; empty when it is of none in particular."""
        return self.service.production_public_base_url if self.service else ""

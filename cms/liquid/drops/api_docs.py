"""ActiveDocs: the published specifications of APIs."""

from dataclasses import dataclass
from itertools import groupby

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.services import ServiceDrop
from server.actions.portal.api_docs_versions import get_outline
from server.domain.portal.api_docs import ApiDocs
from server.domain.portal.specs.operations import Operation, Outline
from server.domain.services.services import Service

MOST_LISTED = 500  # operations on one page


class ApiSpecDrop(Drop[ApiDocs]):
    """A specification, without its text: that is at its address. Source: reference-portal 2.3.

    Example: {% for spec in provider.api_specs %}{{ spec.name }}: {{ spec.url }}{% endfor %}
    """

    shows = (
        "name",
        "system_name",
        "description",
        "url",
        "page_url",
        "changes_url",
        "feed_url",
        "published?",
        "service",
        "api_product_production_public_base_url",
        "format",
        "version",
        "about",
        "operations_count",
        "operations",
        "groups",
        "updated_at",
    )
    says = {
        "published?": "Whether developers may read it.",
    }
    attributes = {"format": "format_name"}

    @property
    def url(self) -> str:
        """Where the document is."""
        return self.model.path

    @property
    def page_url(self) -> str:
        """Where people read it."""
        return self.model.page_path

    @property
    def changes_url(self) -> str:
        """Where its changes are told."""
        return f"{self.model.page_path}/changes"

    @property
    def feed_url(self) -> str:
        """Where programs read its changes, as Atom."""
        return f"{self.model.page_path}/changes.atom"

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

    @property
    def format_name(self) -> str:
        """What it is written in: 'OpenAPI 3.1.0'."""
        return self._outline.format

    @property
    def version(self) -> str:
        """The version that the document tells of itself."""
        return self._outline.version

    @property
    def about(self) -> str:
        """What the document says of the API."""
        return self._outline.description

    @property
    def operations_count(self) -> int:
        """How many operations there are."""
        return self._outline.total

    @property
    def operations(self) -> list["ApiOperationDrop"]:
        """The operations in the document's order, as many as a page can list."""
        return [ApiOperationDrop(each, self) for each in self._outline.operations[:MOST_LISTED]]

    @property
    def groups(self) -> list["ApiOperationGroupDrop"]:
        """The same by tag, in the order in which tags come first."""
        order: dict[str, int] = {}
        for each in self._outline.operations[:MOST_LISTED]:
            order.setdefault(each.tag, len(order))
        listed = sorted(
            self._outline.operations[:MOST_LISTED], key=lambda operation: order[operation.tag]
        )
        return [
            ApiOperationGroupDrop(Group(tag, tuple(each)), self)
            for tag, each in groupby(listed, key=lambda operation: operation.tag)
        ]

    @property
    def _outline(self) -> Outline:
        return get_outline(self.model)


@dataclass(frozen=True, slots=True)
class Group:
    """Operations of one tag."""

    name: str
    operations: tuple[Operation, ...]


class ApiOperationDrop(Drop[Operation]):
    """One operation, in brief.

    Example: <a href="{{ operation.url }}">{{ operation.method }} {{ operation.path }}</a>
    """

    shows = ("name", "slug", "method", "path", "summary", "tag", "deprecated?", "url")
    says = {
        "slug": "Its name in addresses.",
        "method": "The method, in upper case.",
        "summary": "What it does, in a few words.",
        "tag": "The group that it is in.",
        "deprecated?": "Whether it should not be used any more.",
    }

    def __init__(self, model: Operation, spec: ApiSpecDrop) -> None:
        super().__init__(model, spec.data)
        self.spec = spec

    @property
    def name(self) -> str:
        """What it is called: its summary, else method and path."""
        return self.model.summary or f"{self.model.method} {self.model.path}"

    @property
    def url(self) -> str:
        """Its own page."""
        return f"{self.spec.page_url}/operations/{self.model.slug}"


class ApiOperationGroupDrop(Drop[Group]):
    """The operations of one tag.

    Example: {% for group in spec.groups %}{{ group.name }}: {{ group.operations.size }}
    {% endfor %}
    """

    shows = ("name", "operations")

    def __init__(self, model: Group, spec: ApiSpecDrop) -> None:
        super().__init__(model, spec.data)
        self.spec = spec

    @property
    def operations(self) -> list[ApiOperationDrop]:
        """The operations."""
        return [ApiOperationDrop(each, self.spec) for each in self.model.operations]


@dataclass(frozen=True, slots=True)
class SpecGroup:
    """The specifications of one API, or of none in particular."""

    service: Service | None


class SpecGroupDrop(Drop[SpecGroup]):
    """The specifications of one API; `service` is nothing for those of none in particular.

    Example: {% for group in groups %}{{ group.service.name }}: {{ group.specs.size }}{% endfor %}
    """

    shows = ("service", "specs")

    @property
    def service(self) -> ServiceDrop | None:
        """The API."""
        return ServiceDrop(self.model.service, self.data) if self.model.service else None

    @property
    def specs(self) -> list[ApiSpecDrop]:
        """Its specifications."""
        service_id = self.model.service.id if self.model.service else None
        mine = (row for row in self.data.api_docs if row.service_id == service_id)
        return [ApiSpecDrop(row, self.data) for row in mine]

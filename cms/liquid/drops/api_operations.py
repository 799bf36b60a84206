"""ActiveDocs: one operation in detail, its samples, the console; and what changed."""

from dataclasses import dataclass

from cms.content import console
from cms.liquid.drops.drop import Drop
from server.domain.portal.api_docs_versions import ApiDocsVersion
from server.domain.portal.specs.details import Content, Details, Parameter, Response
from server.domain.portal.specs.differences import Change, Differences
from server.domain.portal.specs.samples import Sample
from server.domain.portal.specs.schemas import Field

MOST_CHANGES = 50  # of one version on a page


class ApiFieldDrop(Drop[Field]):
    """A field of a body, or a header of an answer."""

    shows = ("name", "type", "required?", "description")


class ApiParameterDrop(Drop[Parameter]):
    """What is sent beside the body."""

    shows = ("name", "place", "type", "required?", "description", "example")


class ApiContentDrop(Drop[Content]):
    """A body of one media type."""

    shows = ("name", "media_type", "type", "fields", "example")

    @property
    def name(self) -> str:
        """The media type."""
        return self.model.media_type

    @property
    def fields(self) -> list[ApiFieldDrop]:
        """Its fields, those of inner objects below them."""
        return [ApiFieldDrop(each, self.data) for each in self.model.fields]


class ApiResponseDrop(Drop[Response]):
    """One of the answers of an operation."""

    shows = ("status", "description", "contents", "headers")

    @property
    def contents(self) -> list[ApiContentDrop]:
        """What it may hold."""
        return [ApiContentDrop(each, self.data) for each in self.model.contents]

    @property
    def headers(self) -> list[ApiFieldDrop]:
        """Its headers."""
        return [ApiFieldDrop(each, self.data) for each in self.model.headers]


class ApiDetailsDrop(Drop[Details]):
    """All that an operation takes and answers."""

    shows = (
        "method",
        "path",
        "description",
        "parameters",
        "body_required?",
        "body_description",
        "bodies",
        "responses",
    )

    @property
    def parameters(self) -> list[ApiParameterDrop]:
        """What is sent beside the body."""
        return [ApiParameterDrop(each, self.data) for each in self.model.parameters]

    @property
    def bodies(self) -> list[ApiContentDrop]:
        """The body, by media type."""
        return [ApiContentDrop(each, self.data) for each in self.model.bodies]

    @property
    def responses(self) -> list[ApiResponseDrop]:
        """The answers, by status."""
        return [ApiResponseDrop(each, self.data) for each in self.model.responses]


class ApiSampleDrop(Drop[Sample]):
    """A call as code."""

    shows = ("language", "title", "code")


@dataclass(frozen=True, slots=True)
class Console:
    """Where operations can be tried; without a base URL they can't."""

    document_url: str
    service: str = ""  # system name
    base_url: str = ""
    fits: bool = True  # not too many operations for a browser


class ConsoleDrop(Drop[Console]):
    """The console: what its element has to know."""

    shows = (
        "available?",
        "live?",
        "document_url",
        "service",
        "base_url",
        "script_url",
        "styles_url",
    )

    @property
    def available(self) -> bool:
        """Return whether it can be shown: it is built, and not too large for browsers."""
        return self.model.fits and console.is_built()

    @property
    def live(self) -> bool:
        """Return whether calls can be sent from it."""
        return bool(self.model.base_url)

    @property
    def script_url(self) -> str:
        """Its script."""
        return console.address_of(console.SCRIPT)

    @property
    def styles_url(self) -> str:
        """Its style sheet."""
        return console.address_of(console.STYLES)


class ApiChangeDrop(Drop[Change]):
    """One difference between two versions."""

    shows = ("kind", "place", "what", "why", "breaking?")

    @property
    def breaking(self) -> bool:
        """Return whether it breaks callers."""
        return self.model.is_breaking


class ApiVersionDrop(Drop[ApiDocsVersion]):
    """One version of a specification."""

    shows = ("number", "title", "created_at", "breaking", "changes", "changes_count", "first?")

    @property
    def changes(self) -> list[ApiChangeDrop]:
        """What is different from the version before, breaking ones first; at most fifty."""
        return [ApiChangeDrop(each, self.data) for each in self._differences.changes[:MOST_CHANGES]]

    @property
    def changes_count(self) -> int:
        """How many differences there are."""
        return self._differences.total

    @property
    def first(self) -> bool:
        """Return whether there was none before."""
        return not self.model.changes

    @property
    def _differences(self) -> Differences:
        return Differences.read(self.model.changes)

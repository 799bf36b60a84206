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
    """A field of a body, or a header of an answer.

    Example: {% for body in details.bodies %}{% for field in body.fields %}{{ field.name }}:
    {{ field.type }}{% endfor %}{% endfor %}
    """

    shows = ("name", "type", "required?", "description")
    says = {"type": "Its type, in words.", "required?": "Whether it has to be there."}


class ApiParameterDrop(Drop[Parameter]):
    """What is sent beside the body.

    Example: {% for parameter in details.parameters %}{{ parameter.name }} in the
    {{ parameter.place }}{% endfor %}
    """

    shows = ("name", "place", "type", "required?", "description", "example")
    says = {
        "place": "Where it is sent: path, query, header or cookie.",
        "type": "Its type, in words.",
        "required?": "Whether it has to be sent.",
        "example": "A value of it, as text.",
    }


class ApiContentDrop(Drop[Content]):
    """A body of one media type.

    Example: {% for body in details.bodies %}{{ body.media_type }}{% endfor %}
    """

    shows = ("name", "media_type", "type", "fields", "example")
    says = {
        "media_type": "The media type.",
        "type": "Its type, in words.",
        "example": "A body of it, as text.",
    }

    @property
    def name(self) -> str:
        """The media type."""
        return self.model.media_type

    @property
    def fields(self) -> list[ApiFieldDrop]:
        """Its fields, those of inner objects below them."""
        return [ApiFieldDrop(each, self.data) for each in self.model.fields]


class ApiResponseDrop(Drop[Response]):
    """One of the answers of an operation.

    Example: {% for response in details.responses %}{{ response.status }}{% endfor %}
    """

    shows = ("status", "description", "contents", "headers")
    says = {"status": "The status, or `default`."}

    @property
    def contents(self) -> list[ApiContentDrop]:
        """What it may hold."""
        return [ApiContentDrop(each, self.data) for each in self.model.contents]

    @property
    def headers(self) -> list[ApiFieldDrop]:
        """Its headers."""
        return [ApiFieldDrop(each, self.data) for each in self.model.headers]


class ApiDetailsDrop(Drop[Details]):
    """All that an operation takes and answers.

    Example: {{ details.method }} {{ details.path }}
    """

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
    says = {
        "method": "The method, in upper case.",
        "body_required?": "Whether a body has to be sent.",
        "body_description": "What the body is.",
    }

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
    """A call as code.

    Example: {% for sample in samples %}{{ sample.title }}: {{ sample.code }}{% endfor %}
    """

    shows = ("language", "title", "code")
    says = {"language": "Its language, such as `curl` or `python`.", "code": "The code."}


@dataclass(frozen=True, slots=True)
class Console:
    """Where operations can be tried; without a base URL they can't."""

    document_url: str
    service: str = ""  # system name
    base_url: str = ""
    fits: bool = True  # not too many operations for a browser


class ConsoleDrop(Drop[Console]):
    """The console: what its element has to know.

    Example: {{ console.document_url }}
    """

    shows = (
        "available?",
        "live?",
        "document_url",
        "service",
        "base_url",
        "script_url",
        "styles_url",
        "words",
    )
    says = {
        "document_url": "Where the document is that it shows.",
        "service": "The system name of its API; empty when it is of none in particular.",
        "base_url": "Where it calls the API; empty while it can't be called.",
    }

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

    @property
    def words(self) -> str:
        """Its own words in the language of the page, as JSON; empty in English."""
        return console.words_in(self.data.language.say)


class ApiChangeDrop(Drop[Change]):
    """One difference between two versions.

    Example: {% for change in versions.first.changes %}{{ change.place }} {{ change.what }}
    {% endfor %}
    """

    shows = ("kind", "place", "what", "why", "breaking?")
    says = {
        "kind": "`added`, `removed` or `changed`.",
        "place": "The operation, such as `GET /pets`; empty for the document as a whole.",
        "what": "What is different.",
        "why": "How that breaks callers; empty when it does not.",
    }

    @property
    def breaking(self) -> bool:
        """Return whether it breaks callers."""
        return self.model.is_breaking


class ApiVersionDrop(Drop[ApiDocsVersion]):
    """One version of a specification.

    Example: {% for version in versions %}{{ version.number }}: {{ version.changes_count }} changes
    {% endfor %}
    """

    shows = ("number", "title", "created_at", "breaking", "changes", "changes_count", "first?")
    says = {
        "number": "Which version it is, from 1.",
        "title": "The version that the document tells of itself.",
        "breaking": "How many of its changes break callers.",
    }

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

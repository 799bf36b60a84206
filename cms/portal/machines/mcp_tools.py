"""What programs may ask of the portal: each tool is a function of a reader's context."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlmodel import col, select

from cms.portal.context import PortalContext
from cms.portal.machines.catalogue import Api, list_apis
from cms.portal.machines.pages import markdown_at
from cms.portal.machines.readable import ReadableSpec, list_specs
from cms.portal.machines.twins import ENDING, path_of_twin
from cms.portal.search import LOG_IN, find_results, may_search
from server.actions.applications.applications import applications_query
from server.domain.applications.applications import Application
from server.domain.errors import Forbidden, Invalid, NotFound
from server.domain.fields import is_comparable
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service

MOST_ARGUMENT = 500  # characters
MOST_OPERATIONS = 100  # of one answer
MOST_APPLICATIONS = 100
MOST_TEXT = 200_000  # characters of one answer
CUT = "\n\n… This is the beginning: the rest did not fit into one answer.\n"
NO_API = "There is no specification of this name. The tool list_apis names them."
Arguments = Mapping[str, Any]
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool answers: a text for models, and the same as data where it is a list."""

    text: str
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool with its arguments: name, type, and what each is."""

    name: str
    title: str
    description: str
    call: Callable[[PortalContext, Arguments], Answer]
    arguments: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    required: Sequence[str] = ()
    for_developers: bool = False

    @property
    def schema(self) -> Schema:
        """The arguments as JSON Schema."""
        properties = {
            name: {"type": kind, "description": told}
            for name, (kind, told) in self.arguments.items()
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(self.required),
            "additionalProperties": False,
        }


def tools_of(ctx: PortalContext) -> Sequence[Tool]:
    """List the tools of who asks."""
    return [tool for tool in TOOLS if ctx.actor.account_id is not None or not tool.for_developers]


def call_tool(ctx: PortalContext, name: str, arguments: Arguments) -> Answer:
    """Answer a call. Raises: NotFound, Invalid with the argument, Forbidden, Unavailable."""
    tool = next((each for each in tools_of(ctx) if each.name == name), None)
    if tool is None:
        known = ", ".join(each.name for each in tools_of(ctx))
        raise NotFound(f"There is no such tool. There are {known}.", field="name")
    for given in arguments:
        if given not in tool.arguments:
            known = ", ".join(tool.arguments) or "none"
            raise Invalid(f"is no argument of {name}; it takes {known}.", field=given)
    for wanted in tool.required:
        if arguments.get(wanted) in (None, ""):
            raise Invalid("has to be given.", field=wanted)
    answer = tool.call(ctx, arguments)
    if len(answer.text) > MOST_TEXT:
        return Answer(answer.text[:MOST_TEXT] + CUT, answer.data)
    return answer


def _search(ctx: PortalContext, arguments: Arguments) -> Answer:
    if not may_search(ctx):
        raise Forbidden(f"{LOG_IN} Send an access token, or read the list of pages.")
    found = find_results(ctx, _text(arguments, "query"))
    lines = [
        f"- [{each.title}]({each.url}) ({each.kind}): {each.description}" for each in found.results
    ]
    told = "\n".join(lines) or "Nothing fits all of these words."
    return Answer(f"{found.total} found.\n\n{told}\n", asdict(found))


def _read_page(ctx: PortalContext, arguments: Arguments) -> Answer:
    return Answer(read_page(ctx, _text(arguments, "path")))


def read_page(ctx: PortalContext, address: str) -> str:
    """Read a page by its path or address, as it is or as its twin. Raises: NotFound."""
    path = path_in_portal(ctx, address)
    bare = path_of_twin(path) if path.endswith(ENDING) else path.rstrip("/") or "/"
    return markdown_at(ctx, bare)


def path_in_portal(ctx: PortalContext, address: str) -> str:
    """Read the path of an address of this portal. Raises: NotFound for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise NotFound("This is no address.", field="path") from None
    own = urlsplit(ctx.installation.addresses.portal(ctx.provider)).netloc
    path = unquote(parts.path)
    is_here = not parts.netloc or parts.netloc in {own, ctx.request.url.netloc}
    if not is_here or not path.startswith("/") or not is_comparable(path):
        raise NotFound("There is no such page on this portal.", field="path")
    return path


def _list_apis(ctx: PortalContext, _arguments: Arguments) -> Answer:
    specs = {spec.api_docs.id: spec for spec in list_specs(ctx)}
    told = [_api(ctx, api, specs) for api in list_apis(ctx)]
    lines = []
    for api in told:
        where = f"base URL {api['base_url']}" if api["base_url"] else "can't be called yet"
        lines.append(f"- {api['name']}: {where}. {api['description']}".rstrip())
        lines += [
            f"  - specification `{spec['system_name']}`: {spec['name']}, {spec['format']}, "
            f"{spec['operations']} operations, {spec['page_url']}"
            for spec in api["specifications"]
        ]
    return Answer("\n".join(lines) or "There is no API here yet.", {"apis": told})


def _api(ctx: PortalContext, api: Api, specs: Mapping[int, ReadableSpec]) -> dict[str, Any]:
    portal = ctx.installation.addresses.portal(ctx.provider)
    listed = [specs[docs.id] for docs in api.specs if docs.id in specs]
    return {
        "name": api.name,
        "system_name": api.service.system_name if api.service else "",
        "description": api.description,
        "base_url": api.base_url,
        "environment": api.environment,
        "specifications": [
            {
                "name": spec.api_docs.name,
                "system_name": spec.api_docs.system_name,
                "format": spec.outline.format,
                "version": spec.outline.version,
                "operations": spec.outline.total,
                "url": f"{portal}{spec.api_docs.path}",
                "page_url": f"{portal}{spec.api_docs.page_path}",
            }
            for spec in listed
        ],
    }


def _list_operations(ctx: PortalContext, arguments: Arguments) -> Answer:
    spec = _spec(ctx, _text(arguments, "specification"))
    words = _text(arguments, "words").casefold().split()
    start = _number(arguments, "start")
    fitting = [
        each
        for each in spec.outline.operations
        if all(word in f"{each.method} {each.path} {each.summary}".casefold() for word in words)
    ]
    shown = fitting[start : start + MOST_OPERATIONS]
    lines = [
        f"- {each.method} {each.path} (operation `{each.slug}`"
        f"{', deprecated' if each.deprecated else ''}): {each.summary}".rstrip(": ")
        for each in shown
    ]
    end = start + len(shown)
    data: dict[str, Any] = {"total": len(fitting), "operations": [asdict(each) for each in shown]}
    if end < len(fitting):
        data["next_start"] = end
        lines.append(f"\n{len(fitting) - end} more: ask again with start {end}.")
    return Answer("\n".join(lines) or "No operation fits.", data)


def _describe_operation(ctx: PortalContext, arguments: Arguments) -> Answer:
    spec = _spec(ctx, _text(arguments, "specification"))
    wanted = _text(arguments, "operation")
    found = spec.outline.find(wanted)
    if found is None:
        method, _, path = wanted.partition(" ")
        found = next(
            (
                each
                for each in spec.outline.operations
                if (each.method, each.path) == (method.upper(), path.strip())
            ),
            None,
        )
    if found is None:
        raise NotFound(
            "There is no such operation. The tool list_operations names them.", field="operation"
        )
    path = f"{spec.api_docs.page_path}/operations/{found.slug}"
    return Answer(markdown_at(ctx, path), asdict(found))


def _list_applications(ctx: PortalContext, _arguments: Arguments) -> Answer:
    """List the developer's applications, with nothing that opens an API."""
    query = applications_query(ctx.actor).order_by(col(Application.id)).limit(MOST_APPLICATIONS)
    rows = ctx.db.exec(query).all()
    services = _names(ctx, Service, {row.service_id for row in rows})
    plans = _names(ctx, ApplicationPlan, {row.plan_id for row in rows})
    told = [
        {
            "id": row.id,
            "name": row.name,
            "description": row.description,
            "state": row.state,
            "api": services.get(row.service_id, ""),
            "plan": plans.get(row.plan_id, ""),
            "page": f"/admin/applications/{row.id}",
        }
        for row in rows
    ]
    lines = [
        f"- {each['name']}: {each['api']} on the plan {each['plan']}, {each['state']}"
        for each in told
    ]
    return Answer("\n".join(lines) or "There are no applications yet.", {"applications": told})


def _names(
    ctx: PortalContext, model: type[Service] | type[ApplicationPlan], ids: set[int]
) -> dict[int, str]:
    query = select(model.id, model.name).where(col(model.id).in_(ids))
    return dict(ctx.db.exec(query).all())


def _spec(ctx: PortalContext, system_name: str) -> ReadableSpec:
    """Find a published specification. Raises: NotFound."""
    specs = list_specs(ctx)
    found = next((each for each in specs if each.api_docs.system_name == system_name), None)
    if found is None:
        raise NotFound(NO_API, field="specification")
    return found


def _text(arguments: Arguments, name: str) -> str:
    """Read an argument that is a text. Raises: Invalid."""
    value = arguments.get(name) or ""
    if not isinstance(value, str) or len(value) > MOST_ARGUMENT:
        raise Invalid(f"must be a text of at most {MOST_ARGUMENT} characters.", field=name)
    return value.strip()


def _number(arguments: Arguments, name: str) -> int:
    """Read an argument that is a whole number, 0 when it is not given. Raises: Invalid."""
    value = arguments.get(name) or 0
    if not isinstance(value, int) or not 0 <= value <= 1_000_000:
        raise Invalid("must be a whole number from 0.", field=name)
    return int(value)


SPECIFICATION = ("string", "The system name of a specification, as list_apis tells it.")
TOOLS = (
    Tool(
        "search",
        "Search the portal",
        "Search the pages of this developer portal and the operations of its APIs. All words have "
        "to be there.",
        _search,
        {"query": ("string", "The words to look for.")},
        ("query",),
    ),
    Tool(
        "read_page",
        "Read a page",
        "Read a page of this portal as Markdown.",
        _read_page,
        {"path": ("string", "The path or the whole address of a page, such as /docs.")},
        ("path",),
    ),
    Tool(
        "list_apis",
        "List the APIs",
        "List the APIs with where they are called and the specifications that describe them.",
        _list_apis,
    ),
    Tool(
        "list_operations",
        "List the operations of an API",
        "List the operations of a specification, a hundred at once.",
        _list_operations,
        {
            "specification": SPECIFICATION,
            "words": ("string", "Only operations with these words in method, path or summary."),
            "start": ("integer", "From which one on, as next_start of the answer before says."),
        },
        ("specification",),
    ),
    Tool(
        "describe_operation",
        "Describe an operation",
        "Tell all that an operation takes and answers, with a call as code that goes to the "
        "gateway. Put your own key where YOUR_KEY stands.",
        _describe_operation,
        {
            "specification": SPECIFICATION,
            "operation": ("string", "Its name in list_operations, or method and path: GET /pets."),
        },
        ("specification", "operation"),
    ),
    Tool(
        "list_applications",
        "List my applications",
        "List the applications of the developer whose access token was sent, without their keys.",
        _list_applications,
        for_developers=True,
    ),
)

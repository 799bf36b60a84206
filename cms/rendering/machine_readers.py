"""What programs are told of a page that is being rendered, see `MachinesDrop`."""

from collections.abc import Iterator

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.drops.api_docs import ApiOperationDrop, ApiSpecDrop
from cms.liquid.drops.machines import AboutPage, Step
from cms.liquid.drops.pages import RequestDrop
from cms.liquid.language import Language, language_of
from cms.rendering.documentation import FOLDER
from cms.rendering.order import Order

HOME = "Home"
# The portal's own pages that are the same for everybody; of all others nothing is told.
FOR_EVERYBODY = frozenset(
    {"api_docs/index", "api_docs/show", "api_docs/operation", "api_docs/changes", "legal/show"}
)


def about_page(order: Order, library: Library, source: Source, title: str) -> AboutPage:
    """Sum up a page. Cost: none, no text is read."""
    request = order.variables.get("request")
    is_for_all = order.name.startswith("/") or order.name in FOR_EVERYBODY
    if order.drafts or not is_for_all or not isinstance(request, RequestDrop):
        return AboutPage()
    path = request.model.path.rstrip("/") or "/"
    spec, operation = order.variables.get("spec"), order.variables.get("operation")
    return AboutPage(
        path=path,
        title=title or path,
        trail=tuple(_trail(order, library, path, title)),
        is_documentation=source.handler != "" and f"{path}/".startswith(f"{FOLDER}/"),
        spec=spec if isinstance(spec, ApiSpecDrop) else None,
        operation=operation if isinstance(operation, ApiOperationDrop) else None,
    )


def _trail(order: Order, library: Library, path: str, title: str) -> Iterator[Step]:
    """List the pages above a page that who looks may see, and the page."""
    language = language_of(order.data.locale, library.theme)
    if path == "/":
        return
    yield Step(language.say(HOME), "/")
    spec = order.variables.get("spec")
    if isinstance(spec, ApiSpecDrop):
        yield Step(language.say("API reference"), "/api_docs")
        if path != spec.page_url:
            yield Step(str(spec["name"]), spec.page_url)
    else:
        yield from _above(library, path, language)
    yield Step(title or path, path)


def _above(library: Library, path: str, language: Language) -> Iterator[Step]:
    parts = path.strip("/").split("/")
    for end in range(1, len(parts)):
        above = "/" + "/".join(parts[:end])
        page = library.find_page(above)
        if page is not None and page.title:
            yield Step(language.say(page.title), above)

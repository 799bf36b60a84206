"""What programs are told of a page that is being rendered, see `MachinesDrop`."""

from collections.abc import Iterator

from cms.content.library import Library
from cms.content.theme import Source
from cms.liquid.drops.api_docs import ApiOperationDrop, ApiSpecDrop
from cms.liquid.drops.forum import FORUM
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
# Those that are so while visitors may read them.
OF_FORUM = frozenset({"forum/index", "forum/topics/show"})
OF_GALLERY = frozenset({"gallery/index"})


def about_page(order: Order, library: Library, source: Source, title: str) -> AboutPage:
    """Sum up a page. Cost: none, no text is read."""
    request = order.variables.get("request")
    if order.drafts or not isinstance(request, RequestDrop) or not _is_for_all(order, request):
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


def _is_for_all(order: Order, request: RequestDrop) -> bool:
    """Return whether everybody may read a page; of a list only its beginning, not a search."""
    if order.name in OF_FORUM | OF_GALLERY:
        is_open = order.name in OF_GALLERY or order.data.settings.forum_public
        return is_open and "?" not in request.model.request_uri
    return order.name.startswith("/") or order.name in FOR_EVERYBODY


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
    elif order.name in OF_FORUM and path != FORUM:
        yield Step(language.say("Forum"), FORUM)
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

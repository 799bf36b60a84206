"""When a template fails: which of the provider's it was, and what is shown in its place."""

from cms.content.library import Library
from cms.liquid.errors import Place, TemplateError
from server.domain.portal.pages import MAIN_LAYOUT

MOST_FAULTS = 3  # of one page; then it is the theme's alone


def find_culprit(library: Library, kind: str, name: str, error: TemplateError) -> Place | None:
    """Find the provider's template that is to blame for what failed; None when it is none of his.

    What was stopped can't tell where: then the layout is tried, then the page or mail, then a
    partial.
    """
    place = error.place
    if place is None:
        return None
    if place.kind:  # the theme's may fail too, with data that it can't show
        return place if library.has_own(place.kind, place.name) else None
    source = library.find(kind, name)
    if kind == "page" and source is not None and library.has_own("layout", source.layout):
        return Place("layout", source.layout)
    if library.has_own(kind, name):
        return Place(kind, name)
    partials = library.own_names("partial")
    return Place("partial", partials[0]) if partials else None


def has_stand_in(library: Library, culprit: Place) -> bool:
    """Return whether the theme has something in the place of a provider's template."""
    name = MAIN_LAYOUT if culprit.kind == "layout" else culprit.name
    return library.theme.find(culprit.kind, name) is not None

"""Rendering what is not saved yet: the page or mail, or what is wrong with it."""

from cms.content.library import Library
from cms.liquid.errors import TemplateError
from cms.rendering.order import Order, Rendered
from cms.rendering.renderer import Renderer
from server.domain.portal.previews import PreviewFault, Unsaved


def try_unsaved(
    renderer: Renderer, order: Order, library: Library, unsaved: Unsaved
) -> Rendered | PreviewFault:
    """Carry out an order with a text in the place of what is saved; nothing is written or told.

    Raises: Unavailable when no worker is free.
    """
    try:
        return renderer.render(order, library.with_unsaved(unsaved))
    except TemplateError as error:
        return fault_of(error)


def fault_of(error: TemplateError) -> PreviewFault:
    """Tell which template fails, where, and why."""
    place = error.place
    if place is None:
        return PreviewFault("", "", error.message)
    return PreviewFault(
        place.kind, place.name, error.message, place.line, place.column, place.caret()
    )

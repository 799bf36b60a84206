"""Filters that make buttons: each is a small form, so a link never changes anything.

Source: reference-portal 2.5.
"""

from collections.abc import Callable, Mapping

from liquid import RenderContext
from liquid.filter import with_context
from markupsafe import Markup

from cms.liquid.filters.attributes import attributes_of, is_own
from cms.liquid.limits import Rendering
from cms.liquid.tags.csrf import FIELD, hidden
from cms.liquid.words import words_of

OPENING = Markup('<form class="button_to" action="{}" method="post">')
# What older scripts call what `buttons.js` does.
SPOKEN = {"confirm": "data-confirm", "disable_with": "data-disable-with"}


@with_context
def delete_button(title: object, url: object, *, context: RenderContext, **rest: object) -> Markup:
    """Make a button that deletes what is at an address: `confirm: 'Sure?'` asks before.

    Example: {{ 'Delete' | delete_button: '/admin/applications/1', confirm: 'Sure?' }}
    """
    return _button("delete", title, url, context, rest)


@with_context
def update_button(title: object, url: object, *, context: RenderContext, **rest: object) -> Markup:
    """Make a button that changes what is at an address.

    Example: {{ 'New key' | update_button: '/admin/applications/1/user_key' }}
    """
    return _button("put", title, url, context, rest)


@with_context
def create_button(title: object, url: object, *, context: RenderContext, **rest: object) -> Markup:
    """Make a button that adds something at an address.

    Example: {{ 'Add a key' | create_button: '/admin/applications/1/keys' }}
    """
    return _button("post", title, url, context, rest)


@with_context
def regenerate_oauth_secret_button(
    title: object, url: object = "", *, context: RenderContext, **rest: object
) -> Markup:
    """Make a button that replaces the secret of an application: `application.oauth` knows where.

    Example: {{ 'New secret' | regenerate_oauth_secret_button: '/admin/applications/1/keys/1' }}
    """
    return _button("put", title, url, context, rest)


def _button(
    method: str, title: object, url: object, context: RenderContext, rest: Mapping[str, object]
) -> Markup:
    """Write the form; an address of another site gets none. Title and address may change places."""
    shown, path = words_of(title), words_of(url)
    if is_own(shown) and not is_own(path):
        shown, path = path, shown
    if not is_own(path):
        return Markup("")
    token = context.render_scope.csrf_token if isinstance(context, Rendering) else ""
    named = {SPOKEN.get(name, name): value for name, value in rest.items()}
    fields = hidden(FIELD, token) + (hidden("_method", method) if method != "post" else "")
    button = Markup("<button{}>{}</button></form>").format(attributes_of(named), shown)
    return OPENING.format(path) + fields + button


FILTERS: Mapping[str, Callable[..., object]] = {
    "create_button": create_button,
    "create_button_ajax": create_button,
    "delete_button": delete_button,
    "delete_button_ajax": delete_button,
    "regenerate_oauth_secret_button": regenerate_oauth_secret_button,
    "update_button": update_button,
    "update_button_ajax": update_button,
}

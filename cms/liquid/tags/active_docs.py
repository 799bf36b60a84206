"""`{% active_docs version: '2.0', services: 'a, b' %}`: consoles of specifications, by system name.

`version` is taken and not needed: one console shows all. Source: reference-portal 2.4.

Example: {% active_docs services: 'echo_api' %}
"""

from collections.abc import Iterable, Mapping
from typing import TextIO

from liquid import Node, RenderContext, Tag, Token, TokenStream
from liquid.builtin.expressions import KeywordArgument, parse_arguments
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.token import TOKEN_TAG
from markupsafe import Markup

from cms.content import console
from cms.liquid.filters.urls import javascript_include_tag, stylesheet_link_tag
from cms.liquid.language import Language
from cms.liquid.limits import Rendering, language_in
from cms.liquid.words import words_of

OPTIONS = frozenset({"version", "services"})
BOX = Markup(
    '<section class="try" aria-label="{name}" data-console data-document="{document}" '
    'data-script="{script}" data-styles="{styles}" data-service="{service}" '
    'data-words="{words}"{live}{account}>'
    "<p data-console-as hidden><label>{as_} <select></select></label></p>"
    '<div data-console-body><p><a href="{page}">{name}</a></p></div></section>'
)
ACCOUNT = Markup(' data-account="/api_docs/account_data.json"')
LIVE = Markup(" data-live")


class ActiveDocsNode(Node):
    """Writes a box for each specification; a script makes a console of it."""

    def __init__(self, token: Token, options: list[KeywordArgument]) -> None:
        super().__init__(token)
        self.options = {option.name: option for option in options}
        self.blank = False

    def expressions(self) -> Iterable[Expression]:
        """Show what it is given to who looks through a template."""
        return [option.value for option in self.options.values()]

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the boxes; without a script they lead to the pages of the specifications."""
        if not isinstance(context, Rendering):
            return 0
        provider = context.resolve("provider", default={})
        specs = provider.get("api_specs", ()) if isinstance(provider, Mapping) else ()
        if "services" in self.options:
            given = words_of(self.options["services"].evaluate(context)[1])
            wanted = [name.strip() for name in given.split(",")]
            known = {spec["system_name"]: spec for spec in specs}
            specs = [known[name] for name in wanted if name in known]
        is_known = bool(context.resolve("current_user", default=None))
        head = stylesheet_link_tag("api_docs.css") + javascript_include_tag("api_docs.js")
        written = buffer.write(head) if specs else 0
        for spec in specs:
            written += buffer.write(_box(spec, language_in(context), is_known=is_known))
        return written


class ActiveDocsTag(Tag):
    name = "active_docs"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Take the names of specifications, or nothing for all of them."""
        token = stream.eat(TOKEN_TAG)
        args, options = parse_arguments(self.env, stream.into_inner(tag=token))
        strange = [option.name for option in options if option.name not in OPTIONS]
        if args or strange:
            raise LiquidSyntaxError("active_docs takes 'version' and 'services'", token=token)
        return ActiveDocsNode(token, options)


def _box(spec: Mapping[str, object], language: Language, *, is_known: bool) -> Markup:
    given = spec["service"]
    service: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    return BOX.format(
        name=spec["name"],
        document=f"{spec['page_url']}/document.json",
        script=console.address_of(console.SCRIPT),
        styles=console.address_of(console.STYLES),
        service=service.get("system_name", ""),
        live=LIVE if service.get("public_base_url") else "",
        account=ACCOUNT if is_known else "",
        as_=language.say("Call as"),
        words=console.words_in(language.say),
        page=spec["page_url"],
    )

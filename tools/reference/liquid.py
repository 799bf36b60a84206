"""What templates may use, as a page: variables, drops with their fields, tags, filters, forms."""

from collections.abc import Iterable, Iterator

from cms.liquid.context import EVERYWHERE, LOGGED_IN
from cms.liquid.reference import entries
from cms.liquid.reference.entries import DropEntry, Entry, FormEntry
from tools.reference.markdown import code, page, table

INTRO = """\
Templates see what is listed here and nothing else. The same list, with what can be inserted into
the page at hand, stands beside the editor of the admin portal. Every example is rendered by a
test.

- **Types**: `text`, `number`, `boolean`, `time`, `date`; a capital is a drop, an object with the
  fields of its section. `[Plan]` is a list of them, `Plan?` one that may be missing; what is
  missing writes nothing and counts as false.
- **Escaping**: pages escape what is written; `safe` leaves a value as it is, mails escape nothing.
- **Bounds**: a render takes at most 0.4 seconds, 20 000 turns of loops and 2 MB."""
LISTS = """\
A field of a list is reached in a loop: `{% for plan in service.application_plans %}{{ plan.name }}
{% endfor %}`."""


def liquid() -> str:
    """Write the page of what Liquid templates may use."""
    return page("Liquid", INTRO, [*_variables(), *_words(), *_drops(), *_forms()])


def _variables() -> Iterator[str]:
    shared = [each for each in entries.variables_of("layout", "") if each.name in EVERYWHERE]
    logged_in = [each for each in entries.variables_of("layout", "") if each.name in LOGGED_IN]
    yield "## Variables\n\n### Everywhere on pages"
    yield _rows("Variable", [*shared, *logged_in])
    yield "### Of the portal's own pages\n\nBeside those that are everywhere."
    for name in entries.page_names():
        own = [
            each
            for each in entries.variables_of("page", name)
            if each.name not in {*EVERYWHERE, *LOGGED_IN}
        ]
        if own:
            yield f"#### {code(name)}\n\n{_rows('Variable', own)}"
    yield "### Of mails"
    for name in entries.email_names():
        yield f"#### {code(name)}\n\n{_rows('Variable', entries.variables_of('email', name))}"


def _words() -> Iterator[str]:
    yield "## Tags"
    yield _examples("Tag", (each for each in entries.list_tags() if not each.is_liquids))
    yield "### Of Liquid itself"
    yield _examples("Tag", (each for each in entries.list_tags() if each.is_liquids))
    yield "## Filters"
    yield _examples("Filter", (each for each in entries.list_filters() if not each.is_liquids))
    yield "### Of Liquid itself"
    yield _examples("Filter", (each for each in entries.list_filters() if each.is_liquids))


def _drops() -> Iterator[str]:
    yield f"## Drops\n\n{LISTS}"
    yield from map(_drop, entries.list_drops())


def _drop(drop: DropEntry) -> str:
    parts = [f"### {drop.name}", drop.what, _rows("Field", drop.fields)]
    return "\n\n".join([*parts, f"```liquid\n{drop.example}\n```"])


def _forms() -> Iterator[str]:
    yield "## Forms"
    yield (
        "`{% form 'name', object, class: 'box' %}…{% endform %}` writes the form with its hidden "
        "fields. What was wrong with it is in the variable `form` afterwards: `form.errors.email`."
    )
    yield table(["Form", "What", "Object", "Fields", "Sent to"], map(_form, entries.list_forms()))


def _form(form: FormEntry) -> list[str]:
    fields = ", ".join(map(code, form.fields))
    target = code(f"{form.method.upper()} {form.path}")
    return [code(form.name), form.what, code(form.about), fields, target]


def _rows(head: str, rows: Iterable[Entry]) -> str:
    return table(
        [head, "Type", "What"], ([code(row.name), code(row.type), row.what] for row in rows)
    )


def _examples(head: str, rows: Iterable[Entry]) -> str:
    shown = ([code(row.name), row.what, _code(row.example), _code(row.gives)] for row in rows)
    return table([head, "What", "Example", "Gives"], shown)


def _code(text: str) -> str:
    """Write an example of one line or several as one."""
    return code(" ".join(text.split()))

"""Section 2 of the reference, name by name: what is there says what it should; nothing is missing.

`drops.yaml` and `words.yaml` are the tables. Whoever builds what is left out moves its line.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cms.content.theme import Source, default_theme
from cms.liquid.checks import check_template
from cms.liquid.context import EVERYWHERE, LOGGED_IN, OF_PAGE, OLD_NAMES
from cms.liquid.engine import Engine
from cms.liquid.forms import FORMS
from cms.liquid.render_scope import RenderScope
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.reference import spec
from tests.cms.reference.world import furnish, variables_of

HERE = Path(spec.__file__).parent
DROPS: Mapping[str, Any] = yaml.safe_load((HERE / "drops.yaml").read_text("utf-8"))
WORDS: Mapping[str, Any] = yaml.safe_load((HERE / "words.yaml").read_text("utf-8"))
ENGINE = Engine(autoescape=True)
PARTIALS = {"greeting": "Hello {{ greeting.name }}"}
PORTLETS = {"news": "News of {{ provider.name }}"}
# Words of the description's rows that are no names: what an array is looked up by, and the like.
needs_spec = pytest.mark.skipif(
    not spec.FILE.exists(), reason="the description does not lie beside this checkout"
)


@pytest.fixture
def world(deps: Dependencies, acme: NewProvider) -> Iterator[Mapping[str, object]]:
    furnish(deps, acme)
    with deps.database.read() as db:
        yield {**variables_of(deps, db, acme), "hostile": "<b onclick=x>y</b><script>1</script>"}


def _source(kind: str, name: str, text: str) -> Source:
    return Source((kind, name, text), name, lambda: text, kind=kind)


def _rendered(text: str, world: Mapping[str, object]) -> str:
    theme = default_theme()

    def partial(name: str) -> Any:
        found = theme.find("partial", name)
        return ENGINE.template(found or _source("partial", name, PARTIALS.get(name, "")))

    def portlet(name: str) -> Any:
        return (
            ENGINE.template(_source("portlet", name, PORTLETS[name])) if name in PORTLETS else None
        )

    scope = RenderScope(partial, csrf_token="t0ken", stylesheet="/css/mine.css")
    scope.params = {"plan_ids[]": "1", "password_reset_token": "r3set"}
    scope.portlet = portlet
    return ENGINE.render(_source("page", text, text), scope, world)


def _says(template: str, expected: str, world: Mapping[str, object]) -> str:
    """Tell what is wrong; empty when it comes out as it should."""
    found = _rendered(template, world)
    if expected.startswith("~"):
        fits = re.fullmatch(expected[1:], found) is not None
    else:
        fits = found == expected
    return "" if fits else f"{template}: {found!r} instead of {expected!r}"


@pytest.mark.parametrize("name", [name for name, row in DROPS.items() if "there" in row])
def test_every_field_of_a_drop_says_what_it_should(name: str, world: Mapping[str, object]) -> None:
    row, wrong = DROPS[name], []
    for field, case in row["there"].items():
        expression, expected = case if isinstance(case, list) else (f"{row['at']}.{field}", case)
        wrong.append(_says(f"{{{{ {expression} }}}}", expected, world))

    assert not [text for text in wrong if text]


@pytest.mark.parametrize("kind", ["tags", "filters", "forms"])
def test_every_word_does_what_it_should(kind: str, world: Mapping[str, object]) -> None:
    cases = WORDS[kind]["there"].values()

    wrong = [_says(template, expected, world) for template, expected in cases]

    assert not [text for text in wrong if text]


@needs_spec
@pytest.mark.parametrize("name", DROPS)
def test_no_field_of_the_reference_is_missing(name: str) -> None:
    row = DROPS[name]
    left = {field for fields in row.get("left", {}).values() for field in fields}

    assert spec.drops()[name] <= {*row.get("there", {}), *left}
    assert not left & row.get("there", {}).keys()


@needs_spec
def test_no_drop_of_the_reference_is_missing() -> None:
    assert spec.drops().keys() == DROPS.keys()


@needs_spec
@pytest.mark.parametrize("kind", ["tags", "filters", "forms"])
def test_no_word_of_the_reference_is_missing(kind: str) -> None:
    row = WORDS[kind]
    left = {name for names in row["left"].values() for name in names}

    assert getattr(spec, kind)() <= {*row["there"], *left}
    assert not left & row["there"].keys()


@needs_spec
def test_no_variable_of_the_reference_is_missing() -> None:
    pages = WORDS["pages"]
    known = {name for names in pages["there"].values() for name in names}
    known |= {name for names in pages["left"].values() for name in names}
    whole = {row for row in known if "/" in row}
    for row, names in spec.pages().items():
        if not any(row.startswith(page) for page in whole):
            assert names - {"site", "provider"} <= known, row

    assert spec.variables() == set(WORDS["variables"])


def test_every_variable_that_is_there_is_given() -> None:
    everywhere = {*EVERYWHERE, *LOGGED_IN, "content"}
    assert {OLD_NAMES.get(name, name) for name in WORDS["variables"]} <= everywhere
    for page, names in WORDS["pages"]["there"].items():
        given = {*OF_PAGE[page], *everywhere}
        assert {OLD_NAMES.get(name, name) for name in names} <= given, page


def test_every_form_that_is_there_is_ours() -> None:
    assert WORDS["forms"]["there"].keys() <= FORMS.keys()


def test_what_the_page_about_old_templates_says_can_be_written() -> None:
    page = (Path(__file__).parents[3] / "docs" / "bringing-templates.md").read_text("utf-8")
    said = re.findall(r"`((?:[^`]*?)\{[%{][^`]*)`", page)

    assert len(said) > 5
    for text in said:
        whole = text + "{% endform %}" if "{% form " in text else text
        check_template("page", "/x", whole)

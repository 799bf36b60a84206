"""The reference is complete, and every example in it is rendered."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from cms.content.theme import default_theme
from cms.liquid.context import EVERYWHERE, LOGGED_IN, OF_EMAIL, OF_PAGE
from cms.liquid.forms import FORMS
from cms.liquid.reference import entries
from cms.liquid.reference.forms import FORM_NOTES
from cms.liquid.reference.standard import STANDARD_FILTERS, STANDARD_TAGS
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.liquid.reference.world import furnish, world_of
from tests.cms.liquid.rendered import rendered

# What writes nothing here by its nature; each still has to render.
SILENT = {
    "latest_messages",
    "trial_notice",
    "assign",
    "content",
    "break",
    "subject",
    "include",
    "render",
}
PARTIALS = {
    name: source.load()
    for name in default_theme().names("partial")
    if (source := default_theme().find("partial", name))
}
PARTIALS |= {"submenu": "At {{ current }}"}
KINDS = {drop.name for drop in entries.list_drops()} | {*entries.PLAIN.values(), "by name"}


@pytest.fixture
def world(deps: Dependencies, acme: NewProvider) -> Iterator[dict[str, object]]:
    furnish(deps, acme)
    with deps.database.read() as db:
        assert isinstance(db, Session)
        yield world_of(deps, db, acme)


@pytest.mark.parametrize("entry", entries.list_tags(), ids=lambda each: str(each.name))
def test_a_tags_example_gives_what_it_says(entry: entries.Entry, world: dict[str, Any]) -> None:
    assert entry.what, "say what it does in the first line of its module"
    assert entry.example, "add a paragraph 'Example: …' to the docstring of its module"

    text = rendered(entry.example, world, partials=PARTIALS).strip()

    assert text or entry.name in SILENT
    if entry.gives:
        assert text == entry.gives


@pytest.mark.parametrize("entry", entries.list_filters(), ids=lambda each: str(each.name))
def test_a_filters_example_gives_what_it_says(entry: entries.Entry, world: dict[str, Any]) -> None:
    assert entry.what, "say what it does in the first line of its docstring"
    assert entry.example, "add a paragraph 'Example: …' to its docstring"

    text = rendered(entry.example, world).strip()

    assert text
    if entry.gives:
        assert text == entry.gives


@pytest.mark.parametrize("drop", entries.list_drops(), ids=lambda each: str(each.name))
def test_a_drops_example_writes_something(drop: entries.DropEntry, world: dict[str, Any]) -> None:
    assert drop.example, "add a paragraph 'Example: …' to its docstring"

    assert rendered(drop.example, world).strip()


@pytest.mark.parametrize("drop", entries.list_drops(), ids=lambda each: str(each.name))
def test_every_field_has_words_and_a_type(drop: entries.DropEntry) -> None:
    silent = [field.name for field in drop.fields if not field.what]
    untyped = [field.name for field in drop.fields if not field.type]
    unknown = {entries.words_of_type(field.type) for field in drop.fields} - KINDS

    assert not silent, "give its property a docstring, or `says` a line"
    assert not untyped, "annotate its property, or name it in `types`"
    assert not {kind for kind in unknown if " or " not in kind}


def test_every_variable_has_words_and_a_type_that_exists() -> None:
    pages = {("page", name) for name in OF_PAGE} | {("email", name) for name in OF_EMAIL}
    named = [each for kind, name in pages for each in entries.variables_of(kind, name)]

    assert {each.name for each in named} >= {*EVERYWHERE, *LOGGED_IN}
    assert not {each.name for each in named if not each.what or not each.type}
    assert {entries.words_of_type(each.type) for each in named} <= KINDS


def test_every_form_is_told_and_renders(world: dict[str, Any]) -> None:
    about = {"activation": {"url": "/activate/x"}, "key": {"url": "/k"}, "filter": {}}
    about["filter"] = {"delete_url": "/f"}
    about["letter"] = {"url": "/m"}
    about["passkey"] = {"url": "/p"}
    about["login"] = {"url": "/l"}

    for form in entries.list_forms():
        assert form.what, f"say in cms/liquid/reference/forms.py what {form.name} does"
        assert "<form" in rendered(form.example, {**world, **about})

    assert FORM_NOTES.keys() == FORMS.keys()


def test_nothing_is_told_that_is_not_there() -> None:
    filters = {each.name for each in entries.list_filters()}
    tags = {each.name for each in entries.list_tags()}

    assert STANDARD_FILTERS.keys() <= filters
    assert STANDARD_TAGS.keys() <= tags

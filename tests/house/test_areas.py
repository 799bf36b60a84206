"""Each folder of a layer is an area, and each area is explained once."""

import re

from tests.house.tree import ROOT, text_of

ARCHITECTURE = "docs/architecture.md"
LAYERS = (
    "server/domain",
    "server/actions",
    "server/admin",
    "server/as_code",
    "server/rest",
    "server/graphql/admin",
    "server/graphql/developer",
)
NOT_CODE = {"static", "templates", "__pycache__"}


def _explained() -> list[str]:
    """Name the areas of the table, in its order."""
    _, _, section = text_of(ARCHITECTURE).partition("## Areas")
    table, _, _ = section.partition("\n## ")
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def _folders(layer: str) -> set[str]:
    return {path.name for path in (ROOT / layer).iterdir() if path.is_dir()} - NOT_CODE


def test_each_folder_of_a_layer_is_an_area() -> None:
    strangers = {layer: _folders(layer) - set(_explained()) for layer in LAYERS}

    assert not {layer: names for layer, names in strangers.items() if names}


def test_each_area_is_explained_once_and_has_a_folder() -> None:
    explained = _explained()

    assert len(explained) == len(set(explained))
    assert set(explained) == set().union(*(_folders(layer) for layer in LAYERS))


def test_tests_stand_in_the_areas_of_their_sources() -> None:
    strangers = {
        layer: _folders(f"tests/{layer}") - set(_explained())
        for layer in LAYERS
        if (ROOT / "tests" / layer).is_dir()
    }

    assert not {layer: names for layer, names in strangers.items() if names}

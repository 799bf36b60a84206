"""The wheel holds what the checkout holds: packages, themes, templates, browser files."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

SHIPPED = ("server/", "cms/", "gateway/", "themes/")
BUILT = (
    "server/graphql/static/graphiql/graphiql.js",
    "server/admin/static/editor/editor.js",
    "cms/static/swagger-ui/swagger-ui-bundle.js",
    "themes/default/assets/javascripts/built/charts.js",
)


@pytest.mark.slow
def test_the_wheel_holds_every_file_that_runs(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    due = {name for name in files() if name.startswith(SHIPPED)}
    due |= {name for name in BUILT if (ROOT / name).is_file()}
    assert not due - packed
    assert not [name for name in packed if not name.startswith((*SHIPPED, "gatehouse-"))]

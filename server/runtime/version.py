"""Which version of the program this is."""

import tomllib
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def version_of_program() -> str:
    """Tell the version: of the sources where they are run, else of the package installed.

    What an editable install noted is as old as the install.
    """
    if PROJECT.is_file():
        return str(tomllib.loads(PROJECT.read_text())["project"]["version"])
    return metadata.version("gatehouse")

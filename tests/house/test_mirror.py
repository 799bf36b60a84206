"""A test file stands where its source stands, so that either leads to the other."""

from pathlib import PurePosixPath

from tests.house.tree import PACKAGES, ROOT, python_files


def _source_exists(test: PurePosixPath) -> bool:
    """Look for the module or package that `tests/<path>/test_<name>.py` is about."""
    folder = ROOT.joinpath(*test.parent.parts[1:])
    name = test.stem.removeprefix("test_")
    return (folder / f"{name}.py").is_file() or (folder / name).is_dir()


def test_every_test_file_has_its_source() -> None:
    tests = [PurePosixPath(name) for name in python_files("tests")]

    lost = [
        str(test)
        for test in tests
        if test.name.startswith("test_") and test.parts[1] in PACKAGES and not _source_exists(test)
    ]

    assert not lost, "name it after its source, or move it to contract, property or journeys"

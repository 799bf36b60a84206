"""List the modules that have no test file of their own, with their lines of code, largest first.

    python tools/untested.py [FOLDER ...]

A module's own tests are `tests/<its path>/test_<its name>.py` (or a folder of that name below
`tests`). That one has none does not mean that nothing runs it: faces are tested by their routes,
drops by the pages, tables by the actions. It is where to look first.
"""

import sys
from pathlib import Path

FOLDERS = ("server", "cms", "gateway")


def has_tests(module: Path) -> bool:
    """Tell whether a module has a test file, or a folder of tests, of its own."""
    place = Path("tests") / module.parent
    return (place / f"test_{module.name}").is_file() or (place / module.stem).is_dir()


def size_of(module: Path) -> int:
    """Count the lines that are not blank."""
    return sum(bool(line.strip()) for line in module.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """Print one line a module, and their number."""
    modules = [
        module
        for folder in sys.argv[1:] or FOLDERS
        for module in Path(folder).rglob("*.py")
        if module.name not in {"__init__.py", "__main__.py"} and "versions" not in module.parts
    ]
    lacking = [module for module in modules if not has_tests(module)]
    for module in sorted(lacking, key=size_of, reverse=True):
        print(f"{size_of(module):>4}  {module}")
    print(f"{len(lacking)} of {len(modules)} modules")


if __name__ == "__main__":
    main()

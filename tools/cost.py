"""What a resource costs: the files and lines that exist because of it.

    python tools/cost.py [--root FOLDER] [--files] features limits ...

What is counted, the same for every tree, so that two of them can be compared:

- every non-blank line of a file that is named after the topic (`features.py`, `feature.html.j2`,
  `test_features.py`), or stands in a folder of that name;
- in Python files also each function, class and constant at the top whose name names the topic,
  whole, so that moving one out of a file of its own saves nothing;
- in all other files and places each line that names it: an identifier or words of prose in which
  the topic's words stand side by side, whatever the case and the number (`feature`, `NewFeature`,
  `FEATURE_CREATED`, `featureCreate`, `plan_features`; for `mapping_rules` also "mapping rule");
- a line counts once for a topic, however often it names it.

Looked at are `.py .j2 .html .liquid .graphql .md .yaml .yml .json .js .css` below the folders of
the product, of its tests and docs, as git lists them; not the gateway, which knows no resources
but only what it enforces, not lock files, not `tools`, `bench` and the two diaries. What makes a
word mean another thing (`LIMIT` of SQL, rate limits) is left out, see `OTHER` and `OTHERS`.

Four sums: source, tests, docs, and generated (migrations, `schema.graphql`, `openapi.json`),
which nobody writes by hand or only once.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

KINDS = ("source", "tests", "docs", "generated")
SUFFIXES = (
    ".py",
    ".j2",
    ".html",
    ".liquid",
    ".graphql",
    ".md",
    ".yaml",
    ".yml",
    ".json",
    ".js",
    ".css",
)
FOLDERS = ("server", "cms", "themes", "tests", "docs")
LEFT_OUT = ("tests/gateway/", "tests/house/", "tests/journeys/test_wire.py")
GENERATED = re.compile(r"migrations/versions/|schema[\w-]*\.graphql$|openapi\.json$")
# Words that look like a topic and mean something else.
OTHER = {
    "limits": re.compile(
        r"\.limit\(|\brate.?limits?\b|limit.?reached|cost.?limits?|cms\.liquid\.limits"
        r"|limits? (on|of|for) attempts|cost limit|key.?limits?\b|size.?limits?|range literal"
        r"|capacity.?limiter|(length|nesting|stream|iteration|loop).?limit|httpx\.Limits",
        re.IGNORECASE,
    ),
}
# Files that are named after a topic, or full of its word, and are about another thing.
OTHERS = {
    "limits": re.compile(
        r"^(tests/)?server/graphql/((test_)?(limits|credentials|rates|schemas)|\w+/(test_)?http)\.py$"
        r"|^(tests/)?cms/liquid/(test_)?(engine|limits)\.py$"
    ),
}
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words_of(text: str) -> list[str]:
    """Split identifiers and prose into small words without their plural."""
    return [_singular(word.lower()) for word in WORD.findall(text)]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def names(text: str, topic: list[str]) -> bool:
    """Tell whether the words of the topic stand side by side in a text."""
    words = words_of(text)
    size = len(topic)
    return any(words[at : at + size] == topic for at in range(len(words) - size + 1))


def is_named_after(path: str, topic: list[str]) -> bool:
    """Tell whether a file, or a folder it stands in, has the topic's name."""
    parts = [part.split(".")[0].removeprefix("test_") for part in PurePosixPath(path).parts]
    return any(words_of(part) == topic for part in parts)


def kind_of(path: str) -> str:
    """Tell which sum a file belongs to."""
    if GENERATED.search(path):
        return "generated"
    if path.startswith("tests/"):
        return "tests"
    return "docs" if path.startswith("docs/") or path.endswith(".md") else "source"


def files_of(root: Path) -> Iterator[str]:
    """List what is looked at: what git has or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    for path in sorted(set(listed.stdout.splitlines())):
        is_ours = path.startswith(tuple(f"{folder}/" for folder in FOLDERS)) or path == "README.md"
        is_read = path.endswith(SUFFIXES) and not path.startswith(LEFT_OUT)
        if is_ours and is_read and (root / path).is_file():
            yield path


def lines_of(root: Path, path: str, topic: str) -> int:
    """Count the lines of a file that exist because of a topic."""
    lines = (root / path).read_text(encoding="utf-8", errors="replace").splitlines()
    if topic in OTHERS and OTHERS[topic].search(path):
        return 0
    wanted, other = words_of(topic), OTHER.get(topic)
    whole: set[int] = set()
    if is_named_after(path, wanted) and kind_of(path) != "generated":
        whole = set(range(len(lines)))
    elif path.endswith(".py") and kind_of(path) != "generated":
        whole = definitions_of("\n".join(lines), wanted, other)
    return sum(
        bool(line.strip()) if at in whole else names(_without(other, line), wanted)
        for at, line in enumerate(lines)
    )


def definitions_of(text: str, topic: list[str], other: re.Pattern[str] | None) -> set[int]:
    """Number the lines of what is defined at the top of a module in the topic's name."""
    found: set[int] = set()
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                name = node.name
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                first = node.lineno
            case _:
                continue
        if names(_without(other, name), topic):
            found.update(range(first - 1, node.end_lineno or first))
    return found


def _without(other: re.Pattern[str] | None, line: str) -> str:
    return other.sub(" ; ", line) if other else line


def main() -> int:
    """Print a table for each topic."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("topics", nargs="+", help="names as in the folders, such as mapping_rules")
    parser.add_argument("--root", type=Path, default=Path(), help="another checkout")
    parser.add_argument("--files", action="store_true", help="name each file as well")
    given = parser.parse_args()
    for topic in given.topics:
        found = {path: lines_of(given.root, path, topic) for path in files_of(given.root)}
        found = {path: count for path, count in found.items() if count}
        print(f"{topic}: {sum(found.values())} lines in {len(found)} files")
        for kind in KINDS:
            own = {path: count for path, count in found.items() if kind_of(path) == kind}
            named = [path for path in own if is_named_after(path, words_of(topic))]
            print(
                f"  {kind:<10}{sum(own.values()):>5} lines in {len(own):>3} files"
                f" ({len(named)} of its own)"
            )
            for path, count in sorted(own.items()) if given.files else ():
                print(f"    {count:>4}  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The schemas as text: `python -m server.graphql.export` writes both files of the tree."""

from pathlib import Path

from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER

HERE = Path(__file__).parent
FILES = {
    HERE / "schema.graphql": ADMIN.schema,
    HERE / "schema-developer.graphql": DEVELOPER.schema,
}


def export() -> None:
    """Write each schema to its file."""
    for file, schema in FILES.items():
        file.write_text(f"{schema.as_str()}\n")


if __name__ == "__main__":
    export()

"""What clients of REST read is as it was: a change of a shape shows in a file of the tree."""

from tests.kit.documents import GOLDEN, documents


def test_the_documents_are_those_of_the_tree() -> None:
    kept = {file.name: file.read_text("utf-8") for file in GOLDEN.iterdir()}

    assert documents() == kept, "python -m tests.kit.documents, and look at the difference"

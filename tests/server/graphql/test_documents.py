"""Documents are read and checked once, within bounds, and strangers push out nobody's."""

from server.graphql.admin.schema import ADMIN
from server.graphql.documents import MOST_ERRORS, Documents, Prepared
from tests.kit.graphql import Client

SCHEMA = ADMIN.schema._schema


def prepare(documents: Documents, text: str, *, for_visitor: bool = False) -> Prepared:
    return documents.prepare(SCHEMA, text, for_visitor=for_visitor)


def test_a_document_is_read_once() -> None:
    documents = Documents()

    first = prepare(documents, "{ provider { name } }")

    assert prepare(documents, "{ provider { name } }") is first


def test_what_is_wrong_with_it_is_kept_too() -> None:
    documents = Documents()

    first = prepare(documents, "{ nothing }")

    assert [error.message for error in first.errors] == [
        "Cannot query field 'nothing' on type 'Query'."
    ]
    assert prepare(documents, "{ nothing }") is first


def test_strangers_push_out_only_strangers_documents() -> None:
    documents = Documents()
    ours = prepare(documents, "{ provider { name } }")

    for number in range(1_000):
        prepare(documents, f"{{ provider {{ name }} }} # {number}", for_visitor=True)

    assert prepare(documents, "{ provider { name } }") is ours
    assert len(documents.visitors) <= 64


def test_large_documents_take_no_more_memory_than_is_given() -> None:
    documents = Documents()
    fields = " ".join(f"x{number}" for number in range(1_900))

    for number in range(100):
        prepare(documents, f"{{ {fields} }} # {number}", for_visitor=True)
        prepare(documents, f"# {number} {'c' * 200_000}\n {{ __typename }}", for_visitor=True)

    assert documents.visitors.size_bytes <= 8_000_000


def test_validation_stops_early() -> None:
    fields = " ".join(f"x{number}" for number in range(1_900))

    assert len(prepare(Documents(), f"{{ {fields} }}").errors) == MOST_ERRORS + 1


def test_one_of_several_operations_is_named(admin: Client) -> None:
    assert admin.codes("query A { __typename } query B { __typename }") == ["BAD_REQUEST"]

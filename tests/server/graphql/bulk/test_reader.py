"""Documents that are written for the admin portal are such as can be run."""

import pytest

from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.graphql.bulk.reader import Reader


def test_each_list_and_mutation_has_a_document_that_can_be_run() -> None:
    reader, everybody = Reader(), Actor.system(1)
    lists, mutations = reader.lists(everybody), reader.mutations(everybody)

    named = [reader.check_export(everybody, reader.write_export(everybody, n)) for n in lists]
    done = [
        reader.check_import(everybody, reader.write_import(everybody, n).document)
        for n in mutations
    ]

    assert (named, done) == (lists, mutations)
    assert {"accounts", "applications", "users"} <= set(lists)
    applications = reader.write_export(everybody, "applications")
    assert "account {" in applications
    assert "userKey\n" not in applications, "a secret is in the file only when it is asked for"
    assert not [name for name in mutations if name.startswith("bulk")]


def test_nobody_is_offered_what_he_may_not() -> None:
    reader = Reader()
    reads = Actor("staff", 1, "mia", frozenset({Permission.ACCOUNTS_READ}), 1)

    assert "accounts" in reader.lists(reads)
    assert "services" not in reader.lists(reads)
    assert "accountCreate" not in reader.mutations(reads)
    with pytest.raises(NotFound):
        reader.write_export(reads, "services")
    with pytest.raises(NotFound):
        reader.write_import(reads, "accountCreate")

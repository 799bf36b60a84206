"""New rows get the ids that they have elsewhere, and those after them get others."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.plans.plans import AccountPlan
from server.kit.numbering import numbered


def test_a_row_gets_the_id_and_the_next_one_lies_behind_it(
    deps: Dependencies, acme: NewProvider
) -> None:
    owner = acme.provider.id
    rows = [AccountPlan(provider_id=owner, name=n, system_name=n) for n in ("one", "two", "three")]

    with deps.database.write() as db:
        for row, number in zip(rows, (700, None, None), strict=True):
            with numbered(db, AccountPlan, number):
                db.add(row)
                db.flush()

    assert rows[0].id == 700
    assert 700 < rows[1].id < rows[2].id

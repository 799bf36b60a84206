"""What narrows and sorts the lists of the provider's schema, in the words of the screens."""

from server.actions.accounts.invitations import invite_user
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from tests.kit.graphql import Client
from tests.kit.make import staff
from tests.kit.work import by


def test_each_connection_is_narrowed(deps: Dependencies, acme: NewProvider, admin: Client) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        create_service(work, {"name": "Zebra"})
        create_service(work, {"name": "aardvark", "description": "It digs."})
        invite_user(work, acme.sample.user.account_id or 0, {"email": "a@x.example"})
    told = {
        'services(first: 9, search: "DIGS")': 1,
        "services(first: 9, state: HIDDEN)": 0,
        'applicationPlans(first: 9, state: PUBLISHED, search: "no such")': 0,
        'servicePlans(first: 9, search: "default", sort: NAME)': 3,
        'accountPlans(first: 9, state: PUBLISHED, search: "default", sort: NEWEST)': 1,
        "serviceContracts(first: 9, state: LIVE, sort: NEWEST)": 1,
        "serviceContracts(first: 9, wantsPlan: true)": 0,
        "users(first: 9, isDeveloper: true, role: ADMIN)": 1,
        'staff(first: 9, state: ACTIVE, role: ADMIN, search: "admin")': 1,
        "staff(first: 9, state: SUSPENDED)": 0,
        'messages(first: 9, state: UNREAD, search: "rain")': 0,
        'alerts(first: 9, state: READ, search: "hits")': 0,
        'webhookDeliveries(first: 9, search: "account")': 0,
    }
    narrowed = " ".join(f"a{n}: {name} {{ totalCount }}" for n, name in enumerate(told))
    nested = "invitations(first: 9, state: {}) {{ totalCount }}"
    of_account = f"open: {nested.format('OPEN')} expired: {nested.format('EXPIRED')}"

    answer = admin.ask(
        f"{{ {narrowed} services(first: 9, sort: NAME) {{ nodes {{ name }} }}"
        f" accounts(first: 1) {{ nodes {{ {of_account} }} }} }}"
    )

    found = {name: answer[f"a{n}"]["totalCount"] for n, name in enumerate(told)}
    assert found == told
    names = [each["name"] for each in answer["services"]["nodes"]]
    assert names == sorted(names, key=str.lower)
    assert (names[0], names[-1]) == ("aardvark", "Zebra")
    account = answer["accounts"]["nodes"][0]
    assert account == {"open": {"totalCount": 1}, "expired": {"totalCount": 0}}

"""A journey through a schema's mutations: each step writes something and reads it back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlmodel import col, select

from server.actions.accounts.factors import add_passkey
from server.actions.accounts.invitations import invite_user, issue_invitation_link
from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.accounts.subscriptions import subscribe
from server.actions.accounts.users import create_user
from server.actions.applications.applications import create_application
from server.actions.messages.limits_reached import Reached, note_reached
from server.actions.messages.messages import copies_query, send_message
from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS, create_plan
from server.actions.portal.forum import CATEGORIES, start_topic
from server.actions.portal.gallery import ask_for_gallery
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.accounts.factors import NewPasskey
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import Folder, MessageCopy
from server.domain.plans.plans import ApplicationPlan
from server.graphql.admin.schema import ADMIN
from server.graphql.ids import global_id
from tests.kit.graphql import Client
from tests.kit.make import staff
from tests.kit.work import by

NUMBERS = count()
ANYTHING = ...  # expected where any value but null will do
NO_OBJECT = object()  # expected where there could be one, and is none
Known = dict[str, str]  # what `$word` stands for: ids and values that earlier steps gave


@dataclass(frozen=True)
class Step:
    """One mutation: what it is given and tells, and what a query sees afterwards.

    `$word` stands for a known value, `#` for the number of the journey, which keeps names apart.
    """

    name: str
    given: dict[str, Any]
    tells: dict[str, Any]
    query: str
    sees: dict[str, Any]
    keeps: dict[str, str] = field(default_factory=dict)  # word -> path in what it tells

    def run(self, client: Client, kind: str, known: Known, number: int = 1) -> None:
        """Do it, compare what it tells, keep what is needed later, and read the effect back."""
        given = filled(self.given, known, number) | {"clientMutationId": "7"}
        wanted = f"clientMutationId {selection_of(self.tells)}"
        payload = client.do(f"{self.name}: {kind}", given, wanted)
        self.check(payload, client, known, number)

    def run_once(self, client: Client, kind: str, known: Known) -> None:
        """Do it with a key, from the state that it is in; the same again does nothing."""
        given = filled(self.given, known, 1) | {"clientMutationId": "7"}
        wanted = f"clientMutationId {selection_of(self.tells)}"
        taken: Any = ADMIN.schema._schema.type_map[kind]
        if "expectedVersion" in taken.fields:
            payload = client.do(f"{self.name}: {kind}", {**given, "expectedVersion": "an old one"})
            assert codes_of(payload) == ["VERSION_CONFLICT"], self.name
        given["idempotencyKey"] = f"{self.name} {next(NUMBERS)}"
        payload = client.do(f"{self.name}: {kind}", given, wanted)
        again = client.do(f"{self.name}: {kind}", given, wanted)

        assert again == payload, self.name
        self.check(payload, client, known, 1)

    def check(self, payload: dict[str, Any], client: Client, known: Known, number: int) -> None:
        """Compare what it told, and look at the effect."""
        assert payload.pop("userErrors") == [], self.name
        assert payload.pop("clientMutationId") == "7", self.name
        assert_like(filled(self.tells, known, number), payload, self.name)
        known.update({word: found(payload, path) for word, path in self.keeps.items()})
        seen = client.ask(filled(self.query, known, number))
        assert_like(filled(self.sees, known, number), seen, self.name)


@dataclass(frozen=True)
class Thing:
    """An object that steps are about: its field in payloads, its type, the word for its id."""

    field: str
    type_name: str
    word: str


def writes(
    mutation: str, thing: Thing, given: dict[str, Any], /, *, keeps: Any = None, **shows: Any
) -> Step:
    """Make a step that tells an object, which a query by its id then shows just the same.

    `keeps` names further words and the paths of what they stand for.
    """
    shown = {f"... on {thing.type_name}": shows}
    query = f'{{ node(id: "${thing.word}") {{ {selection_of(shown)} }} }}'
    kept = {thing.word: f"{thing.field}.id", **(keeps or {})}
    told: dict[str, Any] = {thing.field: {"id": ANYTHING, **shown}}
    told.update({path: ANYTHING for path in kept.values() if "." not in path})
    return Step(mutation, given, told, query, {"node": shown}, kept)


def moves(mutation: str, thing: Thing, /, **shows: Any) -> Step:
    """Make a step that takes an object through an event."""
    return writes(mutation, thing, {"id": f"${thing.word}"}, **shows)


def deletes(mutation: str, thing: Thing) -> Step:
    """Make a step after which an object is no more."""
    own_id = f"${thing.word}"
    query = f'{{ node(id: "{own_id}") {{ id }} }}'
    return Step(mutation, {"id": own_id}, {"deletedId": own_id}, query, {"node": None})


def filled(value: Any, known: Known, number: int) -> Any:
    """Put known values and the number in their places."""
    if isinstance(value, dict):
        return {key: filled(inner, known, number) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, known, number) for inner in value]
    if isinstance(value, str):
        text = value.replace("#", str(number))
        return re.sub(r"\$([a-z]\w*)", lambda match: known[match[1]], text)
    return value


def selection_of(shows: Mapping[str, Any]) -> str:
    """Select what is expected; a key may carry arguments."""
    parts = []
    for name, value in shows.items():
        inner = value[0] if isinstance(value, list) and value else value
        inner = {"__typename": ANYTHING} if inner is NO_OBJECT else inner
        parts.append(f"{name} {{ {selection_of(inner)} }}" if isinstance(inner, dict) else name)
    return " ".join(parts)


def found(told: Any, path: str) -> str:
    """Find a value by the dotted path of its place."""
    for key in path.split("."):
        told = told[int(key)] if key.isdigit() else told[key]
    return str(told)


def assert_like(expected: Any, actual: Any, where: str) -> None:
    """Compare an answer with what is expected, place by place."""
    if expected is ANYTHING:
        assert actual is not None, where
    elif expected is NO_OBJECT:
        assert actual is None, where
    elif isinstance(expected, dict):
        names = {key.partition("(")[0]: value for key, value in _flat(expected)}
        assert isinstance(actual, dict), where
        assert set(names) == set(actual), where
        for name, value in names.items():
            assert_like(value, actual[name], f"{where}.{name}")
    elif isinstance(expected, list):
        assert len(expected) == len(actual), f"{where}: {actual}"
        for place, value in enumerate(expected):
            assert_like(value, actual[place], f"{where}.{place}")
    else:
        assert actual == expected, where


def _flat(expected: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the fields of inline fragments as those of the object itself."""
    for name, value in expected.items():
        if name.startswith("..."):
            yield from value.items()
        else:
            yield name, value


def codes_of(payload: dict[str, Any]) -> list[str]:
    """List why a mutation was refused."""
    return [error["code"] for error in payload["userErrors"]]


def run(schema: Any, steps: Iterable[Step], client: Client, known: Known) -> None:
    """Take all steps in their order."""
    for step in steps:
        step.run(client, input_of(schema, step.name), known)


def run_once(schema: Any, steps: Iterable[Step], client: Client, known: Known) -> None:
    """Take all steps in their order, each with a key."""
    for step in steps:
        step.run_once(client, input_of(schema, step.name), known)


def input_of(schema: Any, mutation: str) -> str:
    """Name the type of a mutation's input."""
    field = schema._schema.mutation_type.fields[mutation]
    return str(field.args["input"].type).rstrip("!")


def known_to_provider(deps: Dependencies, acme: NewProvider, told: Known | None = None) -> Known:
    """Have developers of an account wait: one for approval, two for another plan.

    `told` is what both sides have heard of each other already.
    """
    sample, known = acme.sample.application, dict(told or heard(deps, acme))
    known |= {
        word: f"${word}" for word in ("first", "after", "input")
    }  # variables stay what they are
    with deps.database.write() as db:
        other = select(ApplicationPlan.id).where(
            ApplicationPlan.service_id == sample.service_id, ApplicationPlan.id != sample.plan_id
        )
        wanted = db.exec(other).one()
        known |= _wishes(by(db, staff(acme), deps.installation), sample.account_id)
        known["wanted"] = global_id("ApplicationPlan", wanted)
        for word in ("waiting", "wishing", "hoping"):
            work = by(db, staff(acme), deps.installation)
            row = create_application(work, sample.account_id, sample.plan_id, {"name": word})
            row.state = "pending" if word == "waiting" else "live"
            row.wanted_plan_id = None if word == "waiting" else wanted
            known[word] = global_id("Application", row.id)
        known["locked"] = _locked_out(by(db, staff(acme), deps.installation), sample.account_id)
    return known


def _locked_out(work: Work, account_id: int) -> str:
    """Have a developer with a passkey that he has lost."""
    who = {"username": "locked", "email": "locked@x.example", "password": "correct horse battery"}
    user = create_user(work, account_id, who)
    made = NewPasskey("credential", b"key", 0, "localhost")
    add_passkey(by(work.db, actor_of_user(user), work.installation), "Lost phone", made)
    return global_id("User", user.id)


def _wishes(work: Work, account_id: int) -> Known:
    """Have two accounts and two subscriptions wait for another plan."""
    known = Known()
    silver = create_plan(work, ACCOUNT_PLANS, {"name": "Wanted"})
    for word in ("upwards", "sideways"):
        draft = NewSignup(org_name=word, username=word, email=f"{word}@x.example")
        account = sign_up(work, draft, "provider").account
        account.wanted_plan_id = silver.id
        known[word] = global_id("Account", account.id)
    for word in ("wishingContract", "hopingContract"):
        service = create_service(work, {"name": word})
        first, second = (
            create_plan(work, SERVICE_PLANS, {"name": name}, service.id) for name in ("A", "B")
        )
        contract = subscribe(work, account_id, first.id)
        contract.wanted_plan_id = second.id
        known[word] = global_id("ServiceContract", contract.id)
    return known


def invited_by_link(deps: Dependencies, acme: NewProvider) -> str:
    """Invite somebody into the sample account; tell what the mailed link ends in."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        account_id = acme.sample.user.account_id or 0
        made = invite_user(work, account_id, {"email": "invited@x.example"})
        return issue_invitation_link(db, deps.installation, made)


def known_to_developer(
    deps: Dependencies, acme: NewProvider, admin: Client, visitor: Client
) -> Known:
    """Let developers do what the sample service allows at most; tell what they know at first."""
    service = admin.ask("{ services(first: 1) { nodes { id } } }")["services"]["nodes"][0]["id"]
    granted = {"buyerPlanChangePermission": "DIRECT", "mandatoryAppKey": False}
    admin.do("serviceUpdate", {"id": service, **granted})
    shown = {"servicePlansUiVisible": True, "accountPlansUiVisible": True}
    direct = {"changeAccountPlanPermission": "DIRECT", "changeServicePlanPermission": "DIRECT"}
    admin.do("settingsUpdate", {**shown, **direct})
    weather = admin.do("serviceCreate", {"name": "Rain"}, "service { id }")["service"]["id"]
    names = ("Plain", "Better")
    first, second = (
        admin.do(
            "servicePlanCreate",
            {"serviceId": weather, "name": name, "published": True},
            "plan { id }",
        )["plan"]["id"]
        for name in names
    )
    silver = admin.do("accountPlanCreate", {"name": "S", "published": True}, "plan { id }")
    account = global_id("Account", acme.sample.user.account_id or 0)
    colleague = {"accountId": account, "username": "colleague", "email": "col@x.example"}
    colleague["password"] = "correct horse battery"
    user = admin.do("userCreate", colleague, "user { id }")["user"]
    plans = visitor.ask("{ plans(first: 2) { nodes { id } } }")["plans"]["nodes"]
    return {
        **heard(deps, acme),
        "username": acme.sample.user.username,
        "password": acme.sample.password,
        "subscription": first,
        "premium": second,
        "silver": silver["plan"]["id"],
        "colleague": user["id"],
        "invited": invited_by_link(deps, acme),
        "plan": plans[0]["id"],
        "other": plans[1]["id"],
    }


def heard(deps: Dependencies, acme: NewProvider) -> Known:
    """Have each side write to the other, and an application come near a limit."""
    application = acme.sample.application
    with deps.database.write() as db:
        metric = list_metrics(db, application.service_id)[0]
        provider = by(db, staff(acme), deps.installation)
        john = by(db, actor_of_user(acme.sample.user), deps.installation)
        send_message(provider, {"subject": "News", "body": "It rains."}, application.account_id)
        send_message(john, {"subject": "Rain", "body": "Does it rain?"})
        reached = Reached(
            acme.provider.id,
            application.account_id,
            application.id,
            application.service_id,
            metric.id,
            "Hits",
            "day",
            deps.installation.clock.now(),
            5,
            4,
        )
        note_reached(provider, [reached])
        update_settings(provider, {"forum_enabled": True, "app_gallery_enabled": True})
        entry = ask_for_gallery(john, application.id, {"title": "Radar", "description": "Rain."})
        start_topic(john, {"title": "Sun", "body": "Where?"})
        CATEGORIES.create(provider, {"name": "Weather"})
        alert = db.exec(select(Alert).where(Alert.provider_id == acme.provider.id)).one()
        newest = col(MessageCopy.id).desc()
        got = db.exec(copies_query(provider.actor, Folder.INBOX).order_by(newest)).first()
        mine = db.exec(copies_query(john.actor, Folder.INBOX).order_by(newest)).first()
        assert got
        assert mine
        return {
            "got": global_id("MessageCopy", got.id),
            "mine": global_id("MessageCopy", mine.id),
            "alert": global_id("Alert", alert.id),
            "entry": global_id("GalleryEntry", entry.id),
            "api": global_id("Service", application.service_id),
            "of": global_id("Application", application.id),
            "john": global_id("Account", application.account_id),
        }

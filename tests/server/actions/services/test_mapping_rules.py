"""Mapping rules: patterns that may be written, metrics they may count for, their order."""

from itertools import product

from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.actions.services.backend_apis import BACKEND_APIS, list_backend_metrics
from server.actions.services.mapping_rules import (
    BACKEND_RULES,
    MAPPING_RULES,
    list_rules,
    move_mapping_rule,
)
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.errors import DomainError, Invalid, NotFound, TooLong
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.mapping_rules import MOST_DELTA, MappingRule
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused

GOOD_PATTERNS = (
    "/",
    "/a/b.json",
    "/a/{id}/b{x}$",
    "/a//b",
    "/%7Ejo/$",
    "/a;v=1",
    "/a?mode={mode}&on=1",
    "/$?q=",
    "/a?mode=&on&x=%20",
)
BAD_PATTERNS = (
    "",
    "a",
    "*",
    "/a b",
    "/a#b",
    "/a$b",
    "/{a}/{a}",
    "/{a}?x={a}",
    "/{1}",
    "/{a",
    "/a?{x}=1",
    "/ü",
    "/a\n",
    "/a?x=1#y",
    "/s?v=v{n}",
    "/s?v={n}v",
    "/s?v={a}{b}",
    "/s?v={a}&w=x{b}",
    "/s?v={}",
    "/s?v={1}",
    "/s?v={a-b}",
    "/s?v={",
    "/s?v=}",
    "/s?v=%7Bn%7D",
    "/s?%7bn%7d=1",
)


def draft_of(db: Session, provider: NewProvider, **over: object) -> dict[str, object]:
    """Draft a rule on `hits`."""
    hits = list_metrics(db, provider.sample.service.id)[0]
    values: dict[str, object] = {"http_method": "get", "pattern": "/a", "metric_id": hits.id}
    return values | over


def test_rules_stand_in_order_and_a_new_one_goes_to_the_end(acme: NewProvider, db: Session) -> None:
    actor, service_id = staff(acme), acme.sample.service.id

    last = MAPPING_RULES.create(
        by(db, actor), draft_of(db, acme, position=7, last=True), service_id
    )
    event_is(db, EventKind.RULE_CREATED, last.id, {})
    end = MAPPING_RULES.create(by(db, actor), draft_of(db, acme), service_id)
    first = MAPPING_RULES.create(by(db, actor), draft_of(db, acme, position=1), service_id)

    assert (last.http_method, last.last) == ("GET", True)
    rules = list_rules(db, service_id)
    assert rules == [first, rules[1], last, end]
    assert [rule.position for rule in rules] == [1, 2, 8, 9]


def test_a_place_shifts_the_others_and_no_one_elses(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    work, service_id = by(db, staff(acme), deps.installation), acme.sample.service.id
    backend = BACKEND_APIS.create(work, {"name": "B", "private_endpoint": "https://b.example"})
    hits = list_backend_metrics(db, [backend.id])[0]
    other = create_service(work, {"name": "Weather"})
    a = list_rules(db, service_id)[0]
    b, c, d = (MAPPING_RULES.create(work, draft_of(db, acme), service_id) for _ in range(3))
    draft = {"http_method": "any", "pattern": "/", "metric_id": hits.id}
    x, y = (BACKEND_RULES.create(work, draft, backend.id) for _ in range(2))

    def order() -> list[tuple[int, int]]:
        """Tell ids with places; also that those of others stay as they are."""
        db.expire_all()
        assert [(x.position, y.position), list_rules(db, other.id)[0].position] == [(1, 2), 1]
        return [(rule.id, rule.position) for rule in list_rules(db, service_id)]

    def is_in_order(*rules: MappingRule) -> bool:
        return order() == [(rule.id, place) for place, rule in enumerate(rules, start=1)]

    new = MAPPING_RULES.create(work, draft_of(db, acme, position=2), service_id)
    assert is_in_order(a, new, b, c, d)
    MAPPING_RULES.update(work, d.id, {"position": 1})
    assert is_in_order(d, a, new, b, c)
    MAPPING_RULES.update(work, d.id, {"position": 4})
    assert is_in_order(a, new, b, d, c)
    MAPPING_RULES.update(work, b.id, {"position": 3, "delta": 2})  # where it is
    MAPPING_RULES.update(work, a.id, {"position": None})
    assert is_in_order(new, b, d, c, a)
    MAPPING_RULES.delete(work, b.id)
    assert is_in_order(new, d, c, a)
    MAPPING_RULES.update(work, a.id, {"position": 9})
    assert [place for _, place in order()] == [1, 2, 3, 9]
    MAPPING_RULES.update(work, y.id, {"position": 1})
    assert (x.position, y.position, x.http_method) == (2, 1, "ANY")


def test_rules_have_their_permission_and_their_provider(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    draft, service_id = draft_of(db, acme), acme.sample.service.id
    rule = list_rules(db, service_id)[0]

    guarded(
        db,
        (acme, globex),
        Permission.SERVICES_EDIT,
        (MAPPING_RULES.create, draft, service_id),
        (MAPPING_RULES.update, rule.id, {"delta": 2}),
        (MAPPING_RULES.delete, rule.id),
    )
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, MAPPING_RULES.delete, nowhere, field="id")
        refused(
            by(db, staff(acme)), NotFound, MAPPING_RULES.update, rule.id, {"metric_id": nowhere}
        )
    assert rule not in db.exec(MAPPING_RULES.query(staff(globex))).all()


def test_a_rule_counts_only_for_a_metric_of_its_service(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    other = create_service(by(db, actor, deps.installation), {"name": "Weather"})
    ours = list_metrics(db, other.id)[0].id
    theirs = list_metrics(db, globex.sample.service.id)[0].id
    rule = list_rules(db, service_id)[0]

    for metric_id, error in ((ours, Invalid), (theirs, NotFound)):
        draft = draft_of(db, acme, metric_id=metric_id)
        refused(by(db, actor), error, MAPPING_RULES.create, draft, service_id)
        refused(by(db, actor), error, MAPPING_RULES.update, rule.id, {"metric_id": metric_id})


def test_patterns_are_paths_with_variables_and_a_query(acme: NewProvider, db: Session) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    rule = list_rules(db, service_id)[0]

    for pattern in GOOD_PATTERNS:
        made = MAPPING_RULES.create(by(db, actor), draft_of(db, acme, pattern=pattern), service_id)
        assert made.pattern == pattern
    for pattern in BAD_PATTERNS:
        draft = draft_of(db, acme, pattern=pattern)
        if not pattern.endswith("\n"):  # which is stripped when it comes alone
            refused(
                by(db, actor), Invalid, MAPPING_RULES.create, draft, service_id, field="pattern"
            )
            changes = {"pattern": pattern}
            refused(by(db, actor), Invalid, MAPPING_RULES.update, rule.id, changes, field="pattern")


def test_bad_input_names_its_field_and_a_change_tells_both_values(
    acme: NewProvider, db: Session
) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    rule = list_rules(db, service_id)[0]
    cases: tuple[tuple[str, object, type[DomainError]], ...] = (
        ("http_method", "BREW", Invalid),
        ("http_method", "", Invalid),
        ("pattern", "/" + "x" * 2048, TooLong),
        ("delta", 0, Invalid),
        ("delta", MOST_DELTA + 1, Invalid),
        ("redirect_url", "ftp://x.example", Invalid),
        ("redirect_url", "https://x.example/a b", Invalid),
        ("redirect_url", "javascript:alert(1)", Invalid),
        ("redirect_url", "https://x.example/" + "x" * 2048, TooLong),
        ("position", -1, Invalid),
        ("position", 100_001, Invalid),
    )
    for field, value, error in cases:
        draft = draft_of(db, acme, **{field: value})
        refused(by(db, actor), error, MAPPING_RULES.create, draft, service_id, field=field)
        refused(by(db, actor), error, MAPPING_RULES.update, rule.id, {field: value}, field=field)
    for field in ("service_id", "provider_id"):
        refused(by(db, actor), Invalid, MAPPING_RULES.update, rule.id, {field: 1}, field=field)

    MAPPING_RULES.update(by(db, actor), rule.id, {"http_method": "post", "delta": 3, "last": True})

    changes: dict[str, object] = {"http_method": ["GET", "POST"], "delta": [1, 3]}
    event_is(db, EventKind.RULE_UPDATED, rule.id, changes | {"last": [False, True]})
    said = len(kinds(db))
    MAPPING_RULES.update(by(db, actor), rule.id, {"delta": 3})
    assert len(kinds(db)) == said


def test_a_deleted_rule_is_gone(acme: NewProvider, db: Session) -> None:
    rule = list_rules(db, acme.sample.service.id)[0]

    MAPPING_RULES.delete(by(db, staff(acme)), rule.id)

    event_is(db, EventKind.RULE_DELETED, rule.id, {})
    assert list_rules(db, acme.sample.service.id) == []


def test_text_of_a_form_is_read_or_refused_at_its_field(acme: NewProvider, db: Session) -> None:
    work, rule = by(db, staff(acme)), list_rules(db, acme.sample.service.id)[0]

    MAPPING_RULES.update(work, rule.id, {"delta": "3", "position": "2", "http_method": " put "})

    assert (rule.delta, rule.position, rule.http_method) == (3, 2, "PUT")
    odd: tuple[object, ...] = ("x", "1.5", "1e3", "٣", "9" * 40, None, True, [1], {})
    for field, value in product(("delta", "position", "metric_id", "http_method"), odd):
        if (field, value) != ("position", None):  # which sends the rule to the end
            change = MAPPING_RULES.update, rule.id, {field: value}
            refused(work, DomainError, *change, field=field)


def test_a_rule_moves_one_place_up_or_down(acme: NewProvider, db: Session) -> None:
    work, service_id = by(db, staff(acme)), acme.sample.service.id
    first = list_rules(db, service_id)[0]
    second = MAPPING_RULES.create(work, draft_of(db, acme, position=1), service_id)
    third = MAPPING_RULES.create(work, draft_of(db, acme), service_id)

    move_mapping_rule(work, third.id, "up")
    assert list_rules(db, service_id) == [second, third, first]
    move_mapping_rule(work, second.id, "up")
    assert list_rules(db, service_id) == [second, third, first], "it is the first already"
    move_mapping_rule(work, second.id, "down")
    assert list_rules(db, service_id) == [third, second, first]
    assert [rule.position for rule in list_rules(db, service_id)] == [1, 2, 3]


def test_moving_a_rule_has_its_permission_and_two_directions(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    rule = list_rules(db, acme.sample.service.id)[0]

    guarded(db, (acme, globex), Permission.SERVICES_EDIT, (move_mapping_rule, rule.id, "up"))
    for odd in ("", "left", "UP"):
        refused(by(db, staff(acme)), Invalid, move_mapping_rule, rule.id, odd, field="direction")

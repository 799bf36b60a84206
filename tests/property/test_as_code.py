"""Configuration as code: any folder can be reached from any other, and comes back the same."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.actions.provider.providers import NewProvider
from server.actions.services.services import SERVICES
from server.as_code.apply import read_state, run
from server.as_code.changeset import compare
from server.as_code.documents import Line, written
from server.as_code.entries import State
from server.as_code.reading import parse_folder
from server.as_code.writing import texts_of
from server.auth.dependencies import Dependencies
from server.kit.letters import is_in_order, is_seen
from tests.kit.make import make_deps, make_provider
from tests.server.as_code.conftest import workspace_of

Doc = dict[str, Any]
FLAGS = sorted(each.name for each in SERVICES.attributes if each.type is bool)
NAMES = ("a", "B.c", "d-1")
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t\r\x85"),
    max_size=12,
)
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12
)
TITLES = LINES.filter(lambda text: is_seen(text) and is_in_order(text))
MONEY = st.decimals(0, 1000, places=2)
WHO = st.fixed_dictionaries(  # what stays where a folder does not say it
    {
        "name": TITLES,
        "from_email": st.sampled_from(["a@x.example", "b@x.example"]),
        "support_email": st.just("help@x.example"),
        "timezone": st.sampled_from(["UTC", "Asia/Kolkata"]),
    }
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Doc]:
    """Make a mapping with any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def named(titled: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Doc]]:
    """Make a list of entries with different system names."""
    entry = st.fixed_dictionaries(
        {"system_name": st.sampled_from(NAMES), titled: TITLES}, optional=fields
    )
    return st.lists(entry, max_size=3, unique_by=lambda each: each["system_name"])


@st.composite
def plans(draw: st.DrawFn, /, **fields: st.SearchStrategy[Any]) -> list[Doc]:
    """Make plans; at most one is the default."""
    flags = dict.fromkeys(("published", "approval_required"), st.booleans())
    made = draw(named("name", **flags, **fields))
    chosen = draw(st.integers(0, 4))
    return [{**plan, "default": True} if n == chosen else plan for n, plan in enumerate(made)]


@st.composite
def services(draw: st.DrawFn, name: str) -> Doc:
    """Make a service whose rules, limits and plans name what it has."""
    metrics = draw(named("friendly_name", unit=TITLES, description=TEXTS))
    metrics = [{**each, "system_name": f"m{each['system_name']}"} for each in metrics]
    split = draw(st.integers(0, 3))
    features = draw(named("name", description=TEXTS))
    counted = st.sampled_from(["hits", *(each["system_name"] for each in metrics)])
    rule = st.fixed_dictionaries(
        {
            "http_method": st.sampled_from(["GET", "POST"]),
            "pattern": st.sampled_from(["/", "/a/{b}", "/a$", "/c?d={e}"]),
            "metric": counted,
        },
        optional={"delta": st.integers(1, 9), "last": st.booleans()},
    )
    limit = st.fixed_dictionaries(
        {
            "metric": counted,
            "period": st.sampled_from(["minute", "day", "eternity"]),
            "value": st.integers(0, 2**53 - 1),
        }
    )
    limits = st.lists(limit, max_size=3, unique_by=lambda each: (each["metric"], each["period"]))
    included = [each["system_name"] for each in features]
    rich = {
        "setup_fee": MONEY,
        "cost_per_month": MONEY,
        "description": TEXTS,
        "features": st.lists(st.sampled_from(included), unique=True) if included else st.just([]),
        "limits": limits.map(lambda each: [Line(limit) for limit in each]),
    }
    upstreams = st.sampled_from(["echo", "https://api.example.com", "http://10.0.0.1:81/x"])
    return {
        "system_name": name,
        "name": draw(TITLES),
        **draw(some(description=TEXTS, backend_version=st.sampled_from("12"))),
        **draw(some(**dict.fromkeys(FLAGS, st.booleans()))),
        "metrics": metrics[split:],
        "methods": metrics[:split],
        "mapping_rules": [Line(each) for each in draw(st.lists(rule, max_size=4))],
        "proxy": draw(some(api_backend=upstreams, error_no_match=TEXTS)),
        "features": features,
        "application_plans": draw(plans(**rich)),
        "service_plans": draw(plans()),
    }


def _path_of(title: str) -> str:
    """Make a path that a page can have."""
    name = re.sub(r"[/?#\\]", "-", title.strip())
    return f"/{name}-" if name in {".", ".."} else f"/{name}"


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Make a folder with one to three services."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    first, *rest = [draw(services(name)) for name in names]
    used = {"system_name": "default", "name": "Default"}  # the sample developer is on it
    account_plans = [used, *draw(plans())]
    texts = {
        "provider.yaml": written(
            {
                "settings": {**draw(some(signups_enabled=st.booleans())), **draw(WHO)},
                "account_plans": account_plans,
            }
        ),
        "services/0.yaml": written({**first, "default": True}),
        **{f"services/{n}.yaml": written(each) for n, each in enumerate(rest, 1)},
    }
    texts_without_tags = TEXTS.map(lambda text: text.replace("{", "("))
    pages = draw(st.dictionaries(TITLES.map(_path_of), texts_without_tags, max_size=2))
    entries = []
    for n, (name, text) in enumerate(pages.items()):
        entries.append({"kind": "page", "name": name, "draft": f"{n}.liquid"})
        texts[f"portal/{n}.liquid"] = text
    texts["portal/templates.yaml"] = written({"templates": entries})
    return texts


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dependencies]:
    """Make one database for all examples."""
    deps = make_deps(tmp_path_factory.mktemp("site"))
    yield deps
    deps.database.close()


@pytest.fixture(scope="module")
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider; no example stores anything."""
    return make_provider(deps)


def without_fields(state: State) -> State:
    """Leave out the fields, which stay as they are where a folder has no section of them."""
    return {key: entry for key, entry in state.items() if not key[-1][0].endswith(" field")}


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=folders(), after=folders())
def test_any_folder_is_reached_from_any_other(
    deps: Dependencies, acme: NewProvider, before: dict[str, str], after: dict[str, str]
) -> None:
    wanted = parse_folder(after)
    with deps.database.read() as db:  # it rolls back
        workspace = workspace_of(db, deps, acme)
        for texts in (before, after):
            state = parse_folder(texts)
            run(workspace, compare(state, read_state(workspace), prune=True), state, prune=True)

        exported = texts_of(read_state(workspace))

        assert without_fields(read_state(workspace)) == wanted
        assert without_fields(parse_folder(exported)) == wanted
        assert texts_of(parse_folder(exported)) == exported
        assert compare(wanted, read_state(workspace), prune=True).edits == []

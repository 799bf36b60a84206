"""What speaks against a call before limits do, and in which order."""

import pytest

from tests.gateway.transactions.conftest import AUTHORIZE, AUTHREP, CALLER, TOKEN, Api, a_limit

APP = TOKEN | {"app_id": "app1"}
OAUTH = "/transactions/oauth_authrep.xml"
HEADER = "rejection_reason_header=1"
MISSING = "application key is missing"
INVALID = 'application key "K" is invalid'
REFERRERS = {"referrer_filters": ("*.ok.com",)}


async def reason(api: Api, path: str, params: dict[str, str]) -> tuple[str, str] | None:
    """Give the code and reason of a refusal; None when the call is authorized."""
    reply = await api.get(path, params, HEADER)
    if reply.status == 200:
        return None
    assert reply.status == 409
    return reply.headers["3scale-rejection-reason"], reply.value("reason") or ""


@pytest.mark.parametrize("path", [AUTHORIZE, AUTHREP])
@pytest.mark.parametrize(
    ("given", "text"),
    [({}, MISSING), ({"app_key": ""}, MISSING), ({"app_key": "K"}, INVALID)],
)
async def test_an_application_with_keys_needs_one(
    api: Api, path: str, given: dict[str, str], text: str
) -> None:
    api.serve(backend_version="2")
    api.limit(keys=("good",))

    assert await reason(api, path, APP | given) == ("application_key_invalid", text)


async def test_a_good_key_opens_and_one_without_keys_needs_none(api: Api) -> None:
    api.serve(backend_version="2")
    assert await reason(api, AUTHREP, APP | {"app_key": "any"}) is None

    api.limit(keys=("other", "good"))
    assert await reason(api, AUTHREP, APP | {"app_key": "good"}) is None


async def test_user_key_services_never_look_at_keys(api: Api) -> None:
    api.limit(keys=("good",))

    assert await reason(api, AUTHREP, CALLER | {"app_key": "K"}) is None


@pytest.mark.parametrize("path", [AUTHREP, OAUTH])
@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, None),
        ({"app_key": "good"}, None),
        ({"app_key": ""}, MISSING),
        ({"app_key": "K"}, INVALID),
    ],
)
async def test_oauth_services_look_at_a_key_that_is_given(
    api: Api, path: str, given: dict[str, str], text: str | None
) -> None:
    api.serve(backend_version="oauth")
    api.limit(keys=("good",))

    expected = None if text is None else ("application_key_invalid", text)
    assert await reason(api, path, APP | given) == expected


async def test_a_reason_is_escaped(api: Api) -> None:
    api.serve(backend_version="2")
    api.limit(keys=("good",))

    found = await reason(api, AUTHREP, APP | {"app_key": "<b>&"})

    assert found is not None
    assert found[1] == 'application key "&lt;b&gt;&amp;" is invalid'


async def test_oauth_addresses_need_an_oauth_service(api: Api) -> None:
    api.serve(backend_version="2")

    found = await reason(api, OAUTH, APP)

    assert found == ("oauth_not_enabled", "oauth is not enabled")


@pytest.mark.parametrize(
    ("given", "code", "text"),
    [
        ({"redirect_url": "U"}, "redirect_url_invalid", 'redirect_url "U" is invalid'),
        ({"redirect_uri": "U"}, "redirect_uri_invalid", 'redirect_uri "U" is invalid'),
        (
            {"redirect_url": "U", "redirect_uri": "good"},
            "redirect_url_invalid",
            'redirect_url "U" is invalid',
        ),
    ],
)
async def test_another_redirect_address_is_refused(
    api: Api, given: dict[str, str], code: str, text: str
) -> None:
    api.serve(backend_version="oauth")
    api.limit(redirect_url="good")

    assert await reason(api, OAUTH, APP | given) == (code, text)


@pytest.mark.parametrize(
    ("referrer", "text"),
    [
        (None, "referrer is missing"),
        (" ", "referrer is missing"),
        ("xok.com", 'referrer "xok.com" is not allowed'),
        ("a.ok.com", None),
        ("*", None),
    ],
)
async def test_referrers_are_filtered(api: Api, referrer: str | None, text: str | None) -> None:
    api.serve(referrer_filters_required=True)
    api.limit(**REFERRERS)

    params = CALLER if referrer is None else CALLER | {"referrer": referrer}

    expected = None if text is None else ("referrer_not_allowed", text)
    assert await reason(api, AUTHREP, params) == expected


async def test_referrers_matter_only_when_required_and_filtered(api: Api) -> None:
    api.limit(**REFERRERS)
    assert await reason(api, AUTHREP, CALLER) is None

    api.serve(referrer_filters_required=True)
    api.limit()
    assert await reason(api, AUTHREP, CALLER) is None


async def test_objections_come_in_the_order_of_the_contract(api: Api) -> None:
    api.serve(backend_version="2", referrer_filters_required=True, active=False)
    bad = REFERRERS | {"active": False}
    limit, usage = a_limit(0), {"usage[hits]": "1"}
    codes = []

    api.limit(limit, keys=("good",), **bad)
    codes.append(await reason(api, AUTHREP, APP | usage))
    api.limit(limit, **bad)
    codes.append(await reason(api, AUTHREP, APP | usage))
    api.limit(limit, active=False)
    codes.append(await reason(api, AUTHREP, APP | usage))
    api.limit(limit)
    codes.append(await reason(api, AUTHREP, APP | usage))
    api.serve(backend_version="2")
    codes.append(await reason(api, AUTHREP, APP | usage))

    assert [code and code[0] for code in codes] == [
        "application_key_invalid",
        "referrer_not_allowed",
        "application_not_active",
        "service_not_active",
        "limits_exceeded",
    ]


async def test_other_refusals_carry_no_limit_headers(api: Api) -> None:
    api.limit(a_limit(4), active=False)

    reply = await api.authrep("limit_headers=1", hits="1")

    assert reply.status == 409
    assert "3scale-limit-remaining" not in reply.headers
    assert reply.value("current_value") == "0"
    assert await api.stored() == 0

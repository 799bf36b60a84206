"""Every row of the contract's table of errors, and the order in which they are looked for."""

import pytest

from tests.gateway.transactions.conftest import AUTHREP, CALLER, FORM, TOKEN, Api, usage
from tests.kit.gateway import SERVICE_ID

USER = {"user_key": "uk"}
BAD_SYNTAX = "request contains syntax errors, should not be repeated without modification"

GET_ROWS = [
    # parameters, status, code, message
    (
        {"provider_key": "K", "service_id": "7"} | USER,
        403,
        "provider_key_invalid",
        'provider key "K" is invalid',
    ),
    (
        {"provider_key": "K"} | USER,
        403,
        "provider_key_invalid_or_service_missing",
        'provider key "K" invalid and/or service ID missing',
    ),
    (
        {"provider_key": "bare"} | USER,
        403,
        "provider_key_invalid_or_service_missing",
        'provider key "bare" invalid and/or service ID missing',
    ),
    (
        {"provider_key": " ", "service_token": "\t"} | USER,
        403,
        "provider_key_or_service_token_required",
        "Provider key or service token are required",
    ),
    (
        {"service_token": "T", "service_id": "7"} | USER,
        403,
        "service_token_invalid",
        'service token "T" or service id "7" is invalid',
    ),
    (
        {"service_token": "token", "service_id": "S"} | USER,
        403,
        "service_token_invalid",
        'service token "token" or service id "S" is invalid',
    ),
    ({"service_token": "token"} | USER, 422, "service_id_missing", "Service ID is missing"),
    (
        {"provider_key": "pk", "service_id": "8"} | USER,
        403,
        "service_id_invalid",
        'service id "8" is invalid',
    ),
    (TOKEN | {"user_key": "K"}, 403, "user_key_invalid", 'user key "K" is invalid'),
    (TOKEN | {"user_key": " uk "}, 403, "user_key_invalid", 'user key " uk " is invalid'),
    (TOKEN, 403, "user_key_invalid", "user key is missing"),
    (TOKEN | {"app_id": "app1"}, 403, "user_key_invalid", "user key is missing"),
    (TOKEN | {"user_key[]": "uk"}, 403, "user_key_invalid", "user key is missing"),
    (TOKEN | {"user_key": "a\0b"}, 403, "user_key_invalid", 'user key "a\ufffdb" is invalid'),
    (
        CALLER | {"app_id": "app1"},
        403,
        "authentication_error",
        "either app_id or user_key is allowed, not both",
    ),
    (CALLER | {"usage[M]": "1"}, 404, "metric_invalid", 'metric "M" is invalid'),
    (
        CALLER | {"usage[hits]": "-1"},
        403,
        "usage_value_invalid",
        'usage value "-1" for metric "hits" is invalid',
    ),
    (
        CALLER | {"usage[hits]": ""},
        403,
        "usage_value_invalid",
        'usage value for metric "hits" can not be empty',
    ),
    (
        CALLER | {"user_id": "u"},
        400,
        "end_users_no_longer_supported",
        "End-users are no longer supported, do not specify the user_id parameter",
    ),
    (
        CALLER | {"user_id": ""},
        400,
        "end_users_no_longer_supported",
        "End-users are no longer supported, do not specify the user_id parameter",
    ),
    (
        TOKEN | {"user_key": "<b>&"},
        403,
        "user_key_invalid",
        'user key "&lt;b&gt;&amp;" is invalid',
    ),
]


@pytest.mark.parametrize(("params", "status", "code", "message"), GET_ROWS)
async def test_a_bad_authrep_gets_its_error(
    api: Api, params: dict[str, str], status: int, code: str, message: str
) -> None:
    reply = await api.get(AUTHREP, params)

    assert reply.status == status
    assert reply.text == (
        f'<?xml version="1.0" encoding="UTF-8"?><error code="{code}">{message}</error>'
    )
    assert "content-security-policy" not in reply.headers


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"app_id": "A"}, 'application with id="A" was not found'),
        ({"user_key": "uk"}, "application id is missing"),
    ],
)
@pytest.mark.parametrize("version", ["2", "oauth", ""])
async def test_a_service_that_takes_app_ids_gets_its_error(
    api: Api, version: str, params: dict[str, str], message: str
) -> None:
    api.serve(backend_version=version)

    reply = await api.get(AUTHREP, TOKEN | params)

    assert (reply.status, reply.code) == (404, "application_not_found")
    assert f">{message}<" in reply.text


@pytest.mark.parametrize(
    ("query", "status", "code", "message"),
    [
        ("a=%zz", 400, "bad_request", "Invalid query parameters: invalid %-encoding"),
        ("a=%", 400, "bad_request", "Invalid query parameters: invalid %-encoding"),
        ("usage[]=1&usage[m]=1", 400, "bad_request", BAD_SYNTAX),
        ("a=%ff", 422, "not_valid_data", "all data must be valid UTF8"),
        ("a%ff=1", 422, "not_valid_data", "all data must be valid UTF8"),
    ],
)
async def test_parameters_are_looked_at_before_credentials(
    api: Api, query: str, status: int, code: str, message: str
) -> None:
    reply = await api.get(AUTHREP, query)

    assert (reply.status, reply.code) == (status, code)
    assert f">{message}<" in reply.text


@pytest.mark.parametrize("query", ["usage=5", "usage=", "usage[]=5"])
async def test_usage_that_is_no_hash_is_refused_without_a_word(api: Api, query: str) -> None:
    reply = await api.get(AUTHREP, f"service_token=token&service_id=7&user_key=uk&{query}")

    assert (reply.status, reply.body) == (403, b"")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"user_id": "u"}, "provider_key_or_service_token_required"),
        (TOKEN | {"user_id": "u", "usage": "5"}, "end_users_no_longer_supported"),
        (TOKEN | {"usage": "5", "user_key": "no"}, None),
        ({"provider_key": "pk", "service_id": "8", "user_key": "no"}, "service_id_invalid"),
        (TOKEN | {"user_key": "no", "usage[nope]": "x"}, "user_key_invalid"),
    ],
)
async def test_the_first_error_of_the_contract_wins(
    api: Api, params: dict[str, str], code: str | None
) -> None:
    assert (await api.get(AUTHREP, params)).code == code


@pytest.mark.parametrize(
    "params",
    [
        {"provider_key": "pk", "service_token": "bad"},
        {"provider_key": "pk", "service_token": " "},
        {"provider_key": "pk", "service_id": "foo-7"},
        TOKEN | {"provider_key": " "},
        TOKEN | {"service_id": "foo-7"},
    ],
)
async def test_a_good_provider_key_or_a_good_pair_opens(api: Api, params: dict[str, str]) -> None:
    assert (await api.get(AUTHREP, params | USER)).status == 200


async def test_a_bad_provider_key_beats_a_good_token(api: Api) -> None:
    assert (await api.get(AUTHREP, CALLER | {"provider_key": "K"})).code == "provider_key_invalid"


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ("", 403, "provider_key_or_service_token_required"),
        ("service_token=token&service_id=7", 400, "transactions_is_blank"),
        ("service_token=token&service_id=7&transactions=", 400, "transactions_is_blank"),
        ("service_token=token&service_id=7&transactions=x", 400, "transactions_format_invalid"),
        (
            "service_token=token&service_id=7&transactions[][user_key]=x",
            400,
            "transactions_format_invalid",
        ),
        (
            "service_token=token&service_id=7&transactions[0]=x",
            400,
            "transactions_format_invalid",
        ),
        (
            "service_token=token&service_id=7&transactions[0][usage]=5",
            400,
            "transactions_format_invalid",
        ),
        (
            "service_token=token&service_id=7&transactions[0]",
            400,
            "transactions_has_nil_transaction",
        ),
        (
            "service_token=token&service_id=7&transactions[0][user_id]=u",
            400,
            "end_users_no_longer_supported",
        ),
        (
            "service_token=token&service_id=7&transactions[0][user_id]=",
            400,
            "end_users_no_longer_supported",
        ),
        (
            "service_token=token&service_id=7&user_id=u&transactions[0][user_key]=u",
            400,
            "end_users_no_longer_supported",
        ),
        ("provider_key=pk&service_id=8&transactions[0][user_key]=u", 403, "service_id_invalid"),
        ("service_token=token&service_id=7&a=%ff", 422, "not_valid_data"),
        ("a=%ff", 403, "provider_key_or_service_token_required"),
        ("a=%f", 400, "bad_request"),
        ("a[]=1&a[b]=1", 400, "bad_request"),
    ],
)
async def test_a_bad_report_gets_its_error(api: Api, form: str, status: int, code: str) -> None:
    reply = await api.post(form.encode(), FORM)

    assert (reply.status, reply.code) == (status, code)
    assert api.app.errors.newest(SERVICE_ID) == []


@pytest.mark.parametrize("content_type", ["application/json", "text/xml; charset=utf-8"])
async def test_a_report_that_is_no_form_gets_its_error(api: Api, content_type: str) -> None:
    reply = await api.post(b"{}", {"content-type": content_type})

    assert (reply.status, reply.code) == (400, "content_type_invalid")
    assert f">invalid Content-Type: {content_type}<" in reply.text


@pytest.mark.parametrize("options", ["no_body=1", "no_body", "no_body=yes"])
async def test_no_body_empties_errors_too(api: Api, options: str) -> None:
    reply = await api.get(AUTHREP, TOKEN, options)

    assert (reply.status, reply.body, reply.headers["content-length"]) == (403, b"", "0")


async def test_the_parameter_no_body_empties_errors_too(api: Api) -> None:
    params = CALLER | usage({"nope": "1"}) | {"no_body": "1"}

    assert (await api.get(AUTHREP, params)).body == b""
    assert (await api.get(AUTHREP, params | {"no_body": "false"})).body != b""

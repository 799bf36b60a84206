"""Calls by path: what an API sends can't act on the portals' origin, whatever it is."""

from typing import Any

import pytest
from pyreqwest.response import Response

from gateway.echo import Echo
from gateway.shared_origin import ORIGIN_WIDE, RUN, SharedOrigin, harmless, without_portal_cookies
from tests.gateway.conftest import Place
from tests.kit.gateway import serving

SANDBOX, WORDS = "sandbox", "default-src 'none'; sandbox"


async def by_path(place: Place, path: str = "/?user_key=k1", **headers: str) -> Response:
    """Call the service by path; header names are written with `_`."""
    request = place.client.get(f"{place.url}/gateway/staging/api{path}")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await request.headers(named).build().send()


async def test_an_answer_is_a_sandboxed_document_beside_its_own_policy(place: Place) -> None:
    own = b"default-src 'self' 'unsafe-inline'"
    place.upstream.headers = [(b"content-type", b"text/html"), (b"content-security-policy", own)]

    answer = await by_path(place)

    assert answer.status == 200
    assert answer.get_header_all("content-security-policy") == [own.decode(), SANDBOX]
    assert answer.get_header_all("x-content-type-options") == ["nosniff"]
    assert answer.get_header_all("cross-origin-resource-policy") == ["same-origin"]
    assert answer.get_header("content-type") == "text/html"


@pytest.mark.parametrize("name", sorted(ORIGIN_WIDE))
async def test_nothing_is_set_for_the_whole_origin(place: Place, name: bytes) -> None:
    place.upstream.headers = [(name, b"a=1"), (name, b"b=2"), (b"x-mine", b"1")]

    answer, on_its_host = await by_path(place), await place.call()

    assert answer.get_header_all(name.decode()) == []
    assert answer.get_header("x-mine") == "1"
    assert on_its_host.get_header_all(name.decode()) == ["a=1", "b=2"]


@pytest.mark.parametrize(
    ("location", "is_kept"),
    [
        ("/next", True),
        ("https://api.example/next", True),
        ("HTTP://api.example/next", True),
        ("next?x=a:b", True),
        ("//api.example/x", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("blob:http://localhost/x", False),
        ("vbscript:x", False),
        ("view-source:http://localhost/p/admin", False),
    ],
)
def test_a_redirect_leads_to_the_web(location: str, is_kept: bool) -> None:
    headers = dict(harmless([(b"Location", location.encode())]))

    assert (headers.get(b"Location") == location.encode()) is is_kept


@pytest.mark.parametrize("destination", sorted(each.decode() for each in RUN))
@pytest.mark.parametrize("site", ["same-origin", "same-site", "none", ""])
async def test_no_page_of_ours_runs_an_answer(place: Place, destination: str, site: str) -> None:
    answer = await by_path(place, sec_fetch_dest=destination, sec_fetch_site=site)

    assert answer.status == 403
    assert answer.get_header("x-gatehouse-error") == "blocked_as_code"
    assert answer.get_header("content-security-policy") == WORDS
    assert not place.upstream.calls


async def test_a_service_worker_is_refused_though_nothing_else_tells(place: Place) -> None:
    assert (await by_path(place, service_worker="script")).status == 403


@pytest.mark.parametrize(
    ("destination", "site"),
    [
        ("empty", "same-origin"),  # the portal's page that tries an API out
        ("document", "same-origin"),
        ("image", "same-origin"),
        ("script", "cross-site"),  # runs on the other site's origin
        ("", ""),
    ],
)
async def test_all_else_gets_its_answer(place: Place, destination: str, site: str) -> None:
    answer = await by_path(place, sec_fetch_dest=destination, sec_fetch_site=site)

    assert answer.status == 200


@pytest.mark.parametrize(
    ("sent", "forwarded"),
    [
        ("admin_session=s", None),
        ("a=1; admin_session=s; b=2", "a=1; b=2"),
        ("__Host-admin_session=s; a=1", "a=1"),
        ("user_session=s;portal_form=x;portal_flash=y;admin_login=z;admin_notice=n", None),
        ("portal_new_token=t; __Host-admin_new_token=t", None),
        ("ADMIN_SESSION=s; a=1", "a=1"),
        ("  admin_session =s; a=1", "a=1"),
        ("admin_session", None),
        ("__Secure-user_session=s; my_user_session=1", "my_user_session=1"),
        ("a=admin_session=s", "a=admin_session=s"),
    ],
)
async def test_cookies_of_the_portals_stay_here(
    place: Place, sent: str, forwarded: str | None
) -> None:
    await by_path(place, cookie=sent)

    expected = [] if forwarded is None else [forwarded.encode()]
    assert place.upstream.header(b"cookie") == expected


def test_each_of_several_cookie_headers_is_looked_at() -> None:
    headers = [(b"cookie", b"a=1"), (b"cookie", b"admin_session=s"), (b"cookie", b"b=2")]

    assert without_portal_cookies(headers) == [(b"cookie", b"a=1"), (b"cookie", b"b=2")]


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [
        ("text/html", "text/plain; charset=utf-8"),
        ("TEXT/HTML; charset=utf-8", "text/plain; charset=utf-8"),
        ("application/xhtml+xml", "text/plain; charset=utf-8"),
        ("image/svg+xml", "text/plain; charset=utf-8"),
        ("text/javascript", "text/plain; charset=utf-8"),
        ("text/css", "text/plain; charset=utf-8"),
        ("application/pdf", "text/plain; charset=utf-8"),
        ("multipart/x-mixed-replace", "text/plain; charset=utf-8"),
        ("text/plain; charset=us-ascii", "text/plain; charset=us-ascii"),
        ("application/json", "application/json"),
        ("application/problem+json", "application/problem+json"),
        ("application/xml", "application/xml"),
    ],
)
async def test_words_of_a_service_are_no_page(place: Place, content_type: str, shown: str) -> None:
    words = "<script>alert(1)</script>"
    place.deploy(error_auth_failed=words, error_headers_auth_failed=content_type)

    answer = await by_path(place, "/?user_key=wrong")

    assert (answer.status, await answer.text()) == (403, words)
    assert answer.get_header("content-type") == shown
    assert answer.get_header("content-security-policy") == WORDS
    assert answer.get_header("x-content-type-options") == "nosniff"


async def test_the_echo_api_shows_no_cookie_of_ours_and_runs_nowhere(place: Place) -> None:
    async with serving(Echo()) as url:
        shown = (
            await place.client.get(f"{url}/echo").header("cookie", "admin_session=s").build().send()
        )
        page = place.client.get(f"{url}/echo").header("sec-fetch-dest", "iframe")
        framed = await page.build().send()

    assert "admin_session" not in await shown.text()
    assert shown.get_header("content-security-policy") == SANDBOX
    assert framed.status == 403


async def test_a_host_of_its_own_is_left_alone(place: Place) -> None:
    place.upstream.headers = [(b"set-cookie", b"admin_session=theirs")]

    answer = await place.call(headers={"sec-fetch-dest": "script", "cookie": "user_session=1"})

    assert answer.status == 200
    assert answer.get_header("content-security-policy") is None
    assert answer.get_header("set-cookie") == "admin_session=theirs"
    assert place.upstream.header(b"cookie") == [b"user_session=1"]


async def test_what_is_no_http_passes() -> None:
    seen: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope)

    nothing: Any = None
    await SharedOrigin(app)({"type": "websocket"}, nothing, nothing)

    assert seen == [{"type": "websocket"}]

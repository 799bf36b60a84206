"""A browser that opens the address gets a page from our own origin."""

import re

from tests.kit.graphql import Client


def test_a_browser_gets_a_page_whose_files_are_ours(admin: Client) -> None:
    answer = admin.http.get(admin.path, headers={"accept": "text/html,*/*"})

    assert answer.status_code == 200
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    files = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', answer.text)
    assert len(files) == 3
    assert all(file.startswith(f"{admin.path}/static/") for file in files)
    for file in files:
        assert admin.http.get(file).status_code == 200


def test_a_client_that_asks_something_gets_json(admin: Client) -> None:
    params = {"query": "{ __typename }"}

    answer = admin.http.get(admin.path, params=params, headers={"accept": "text/html,*/*"})

    assert answer.json()["data"] == {"__typename": "Query"}

"""Registered documents in the admin portal, and tokens that send nothing else."""

import json
from hashlib import sha256

from tests.kit.browser import Browser

HOME = "/registered_documents"
NAMES = "query Names { __typename }"


def test_documents_are_registered_shown_and_taken_away(admin: Browser) -> None:
    assert "No documents yet." in admin.page(HOME)
    digest = sha256(NAMES.encode()).hexdigest()
    new = admin.open(f"{HOME}/new")
    csrf = {"csrf": admin.token(f"{HOME}/new"), "side": "developer", "form_id": "documents"}
    for manifest, words in (
        (b"[]", "must be a JSON object of texts"),
        (b"{", "must be a JSON object of texts"),
        (json.dumps({digest: "query Other { viewer { id } }"}).encode(), "SHA-256 of its text"),
        (b'{"%s": "\\ud800"}' % digest.encode(), "must be texts in UTF-8"),
        (json.dumps({digest: NAMES}).encode(), ""),
    ):
        answer = admin.client.post(
            f"/p/admin{HOME}",
            data=csrf,
            files={"documents": ("persisted.json", manifest)},
            headers={"origin": "http://localhost:8000"},
        )
        assert answer.status_code == (422 if words else 303), manifest
        assert words in answer.text.replace("&#39;", "'")
    wrong = admin.submit(new, HOME, text="query { nothing }")
    typed = admin.submit(new, HOME, text="query Mine {\n  viewer { __typename }\n}")
    shown = admin.open(f"{HOME}/1")
    narrowed = admin.page(f"{HOME}?side=admin")

    assert wrong.status == 422
    assert wrong.tree.xpath("//textarea[@name='text' and @aria-invalid]"), "the one at fault"
    assert "1 document is registered." in typed.text
    assert "2 documents" in typed.text
    assert shown.value("//code[@id='digest']/text()") == f"sha256:{digest}"
    assert "Developers" in shown.text
    assert ("query Mine" in narrowed, "query Names" in narrowed) == (True, False)
    gone = admin.submit(admin.open(f"{HOME}/1"), "/delete")
    assert "is deleted" in gone.text
    assert admin.get(f"{HOME}/1").status_code == 404


def test_a_token_says_that_it_sends_nothing_else(admin: Browser) -> None:
    fields = {"name": "CI", "scope_stats": "yes", "permission": "ro"}
    admin.done("/tokens", fields)
    assert "registered documents only" not in admin.page("/tokens")
    admin.done("/tokens", {**fields, "name": "Strict", "registered_only": "yes"})
    row = admin.open("/tokens").tree.xpath("//tr[th[contains(., 'Strict')]]")[0]
    assert "registered documents only" in row.text_content()

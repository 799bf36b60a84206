"""Exports and imports in the admin portal: begun, looked at, ended, read."""

import json

from server.auth.dependencies import Dependencies
from server.graphql.bulk.runner import BulkRunner
from tests.kit.browser import Browser

HOME = "/bulk_operations"
NARROW = """query($first: Int!, $after: String) { accounts(first: $first, after: $after) {
  nodes { orgName users(first: 1) { nodes { username } pageInfo { hasNextPage } } }
  pageInfo { hasNextPage endCursor } } }"""


def lines_at(admin: Browser, path: str) -> list[str]:
    answer = admin.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jsonl")
    assert "attachment" in answer.headers["content-disposition"]
    return answer.text.rstrip("\n").split("\n")


def test_a_list_goes_out(deps: Dependencies, admin: Browser) -> None:
    assert "Nothing was exported or imported yet." in admin.page(HOME)
    run = BulkRunner(deps).run
    users = admin.submit(admin.open(f"{HOME}/new_export?of=users"), "/exports")
    early = admin.get(f"{HOME}/1/result.jsonl").status_code
    another = admin.submit(admin.open(f"{HOME}/new_export"), "/exports")
    assert run()
    done = admin.page(f"{HOME}/1")
    exported = [json.loads(line) for line in lines_at(admin, f"{HOME}/1/result.jsonl")]

    assert "The export has begun." in users.text
    assert "Look again" in users.text
    assert (early, another.status) == (404, 429)
    assert "Another export is at work" in another.text
    assert "completed" in done
    assert {"admin", "john"} <= {each["username"] for each in exported}
    assert not [name for name in exported[0] if "password" in name.lower()]


def test_lines_come_in_and_those_that_are_refused_are_told(
    deps: Dependencies, admin: Browser
) -> None:
    form = admin.open(f"{HOME}/new_import?of=accountCreate")
    example = form.value("//p[contains(., 'Such as')]/text()").removeprefix("Such as ")
    ada = {"orgName": "Half\u2028line", "username": "ada", "email": "x@x.example"}
    bob = {**ada, "orgName": "Whole", "username": "bob"}
    given = [json.dumps({"input": each}, ensure_ascii=False) for each in (ada, bob)]
    begun = admin.submit(form, "/imports", lines="\n".join([*given, "", "no json"]))
    assert BulkRunner(deps).run()
    ended = admin.open(f"{HOME}/1")
    told = [json.loads(line) for line in lines_at(admin, f"{HOME}/1/result.jsonl")]
    wrong = [json.loads(line)["line"] for line in lines_at(admin, f"{HOME}/1/errors.jsonl")]

    assert json.loads(example)["input"].keys() == ada.keys(), "what is needed"
    assert "0 of 3" in begun.text
    assert "3 of 3" in ended.text
    assert told[1]["data"]["accountCreate"]["account"]["legacyId"]
    assert wrong == [1, 3]
    assert "orgName: must be one line" in ended.text, "as it is, though it has an end within"
    assert "The line is not JSON." in ended.text


def test_what_is_cut_is_told_and_what_is_begun_is_ended(
    deps: Dependencies, admin: Browser, member: Browser, stranger: Browser
) -> None:
    with_users = admin.submit(admin.open(f"{HOME}/new_export"), "/exports", query=NARROW)
    canceled = admin.submit(with_users, "/cancel")
    again = admin.send(f"{HOME}/1/cancel")
    for name in ("ada", "bob"):
        who = {"username": name, "email": f"{name}@x.example", "password": "a long pass-word 12"}
        admin.done("/accounts/1/users", who)
    admin.submit(admin.open(f"{HOME}/new_export"), "/exports", query=NARROW)
    BulkRunner(deps).run()
    cut = admin.page(f"{HOME}/2")

    assert "It is canceled." in canceled.text
    assert again.status_code == 409 or "can't" in again.text
    assert "A list within it goes on behind what was read of it" in cut
    assert len(lines_at(admin, f"{HOME}/2/errors.jsonl")) == 1
    for other in (member, stranger):
        paths = (f"{HOME}/2", f"{HOME}/2/result.jsonl", f"{HOME}/2/errors.jsonl")
        assert {other.get(path).status_code for path in paths} == {404}, "one sees one's own"


def test_what_cannot_be_run_is_refused_where_it_stands(admin: Browser) -> None:
    exports, imports = f"{HOME}/new_export", f"{HOME}/new_import?of=planDelete"
    mutation = admin.open(imports).value("//textarea[@name='mutation']/text()").strip()
    cases = (
        (exports, "/exports", {"query": "{ provider { name } }"}, "must ask for one list"),
        (exports, "/exports", {"query": " "}, "can't be blank"),
        (imports, "/imports", {"lines": " "}, "can't be blank"),
        (imports, "/imports", {"lines": "{}", "mutation": "{"}, "can't be read"),
        (imports, "/imports", {"lines": "{}\n" * 20_001, "mutation": mutation}, "lines of JSON"),
    )
    for page, action, fields, words in cases:
        answer = admin.submit(admin.open(page), action, **fields)
        assert (answer.status, words in answer.text) == (422, True), (fields, answer.text)
    token = admin.token(exports)
    head = {"origin": "http://localhost:8000"}
    upload = admin.client.post(
        "/p/admin/bulk_operations/imports",
        data={"csrf": token, "mutation": mutation, "form_id": "import"},
        files={"file": ("x.jsonl", b'{"input": "\xff"}')},
        headers=head,
    )
    assert (upload.status_code, "must be text in UTF-8" in upload.text) == (422, True)

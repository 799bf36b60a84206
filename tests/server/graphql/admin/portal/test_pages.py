"""Content by GraphQL: drafts, versions, conflicts, files."""

from base64 import b64encode

from tests.kit.graphql import Client

SHOWN = "template { id name draft published lockVersion hidden changedBy }"
PAGE = {"kind": "PAGE", "name": "/sun", "title": "Sun", "draft": "It shines."}


def test_a_draft_is_published_and_an_older_text_comes_back(admin: Client) -> None:
    page = admin.do("templateCreate", PAGE, SHOWN)["template"]
    published = admin.do("templatePublish: TemplateActInput", {"id": page["id"]}, SHOWN)["template"]
    admin.do("templateUpdate", {"id": page["id"], "draft": "It sets."}, SHOWN)
    assert [
        each["name"] for each in admin.ask("{ contentChanges { name } }")["contentChanges"]
    ] == ["/sun"]
    admin.do("templatesPublish", {}, "templates { id }")
    versions = admin.ask(
        f'{{ node(id: "{page["id"]}") {{ ... on Template {{ versions(first: 9) '
        "{ nodes { id text author } } } } }"
    )["node"]["versions"]["nodes"]

    assert (published["draft"], published["published"]) == (None, "It shines.")
    assert [each["text"] for each in versions] == ["It shines.", "It sets."]
    reverted = admin.do("templateRevert: TemplateActInput", {"id": versions[0]["id"]}, SHOWN)[
        "template"
    ]
    assert (reverted["draft"], reverted["published"]) == ("It shines.", "It sets.")
    dropped = admin.do("templateDropDraft: TemplateActInput", {"id": page["id"]}, SHOWN)["template"]
    assert dropped["draft"] is None
    assert (
        admin.do("templateHide: TemplateActInput", {"id": page["id"]}, SHOWN)["template"]["hidden"]
        is True
    )


def test_two_who_edit_the_same_are_told(admin: Client) -> None:
    page = admin.do("templateCreate", PAGE, SHOWN)["template"]
    loaded = {"id": page["id"], "lockVersion": page["lockVersion"]}
    admin.do("templateUpdate", {**loaded, "draft": "Mine."}, SHOWN)

    second = admin.do(
        "templateUpdate", {**loaded, "draft": "Yours."}, f"{SHOWN} userErrors {{ code message }}"
    )

    (error,) = second["userErrors"]
    assert error["code"] == "EDIT_CONFLICT"
    assert "was changed by" in error["message"]


def test_what_is_broken_is_refused_with_its_place(admin: Client) -> None:
    broken = {**PAGE, "draft": "fine\n{% if x %}\nnever closed"}

    payload = admin.do(
        "templateCreate", broken, "template { id } userErrors { code field message }"
    )

    (error,) = payload["userErrors"]
    assert error["code"] == "BROKEN_TEMPLATE"
    assert "line 2" in error["message"]
    assert "^" in error["message"]


def test_a_shipped_page_is_taken_over_and_reset(admin: Client) -> None:
    given = {"kind": "PAGE", "name": "/docs"}
    mine = admin.do(
        "templateTakeOver: TemplateResetInput", given, "template { id handler title published }"
    )["template"]
    reset = admin.do("templateReset", given, SHOWN)["template"]

    assert (mine["handler"], mine["title"], mine["published"]) == (
        "MARKDOWN",
        "Documentation",
        None,
    )
    assert reset["id"] == mine["id"]
    assert reset["draft"].strip()


def test_a_file_holds_what_was_sent(admin: Client) -> None:
    content = b"\x00\x01 binary \xff"
    given = {"path": "/x.bin", "contentBase64": b64encode(content).decode()}
    file = admin.do("portalFileCreate", given, "portalFile { id path sizeBytes url }")["portalFile"]
    wrong = admin.do(
        "portalFileUpdate",
        {"id": file["id"], "contentBase64": "§"},
        "portalFile { id } userErrors { field }",
    )

    assert (file["path"], file["sizeBytes"]) == ("/x.bin", len(content))
    assert wrong["userErrors"][0]["field"] == ["contentBase64"]


def test_a_group_sees_sections(admin: Client) -> None:
    section = admin.do("sectionCreate", {"title": "Private", "public": False}, "section { id }")
    group = admin.do("groupCreate", {"name": "Partners"}, "group { id }")["group"]["id"]
    number = section["section"]["id"]

    shown = admin.do(
        "groupSetSection: GroupSectionInput",
        {"id": group, "sectionId": number},
        "group { sectionIds accountIds }",
    )

    assert shown["group"] == {"sectionIds": [number], "accountIds": []}

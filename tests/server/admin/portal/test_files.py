"""Files in the admin portal: by the plain form and by the script that drops them."""

import httpx2 as httpx

from server.actions.portal.files import FILES, read_file
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.portal.files import MOST_FILE_BYTES, PortalFile
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

PNG = b"\x89PNG\r\n\x1a\n\x00\xff\xfe"


def _send(
    admin: Browser, content: bytes, path: str = "/images/logo.png", *, script: bool = False
) -> httpx.Response:
    fields = {**admin.open("/portal/files/new").hidden("/portal/files"), "path": path}
    headers = {"origin": "http://localhost:8000"}
    if script:
        headers["accept"] = "application/json"
    files = {"attachment": ("logo.png", content, "image/png")}
    return admin.client.post("/p/admin/portal/files", data=fields, files=files, headers=headers)


def _files(deps: Dependencies, acme: NewProvider) -> dict[str, tuple[PortalFile, bytes]]:
    with deps.database.read() as db:
        work = by(db, staff(acme), deps.installation)
        rows = db.exec(FILES.query(work.actor)).all()
        return {row.path: (row, read_file(work, row.id)) for row in rows}


def test_a_file_is_stored_as_it_was_sent(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    answer = _send(admin, PNG)

    assert answer.status_code == 303
    file, content = _files(deps, acme)["/images/logo.png"]
    assert content == PNG
    assert file.media_type == "image/png"


def test_a_script_is_answered_in_json(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    done, again = _send(admin, PNG, script=True), _send(admin, PNG, script=True)

    assert done.json()["path"] == "/images/logo.png"
    assert again.status_code in {409, 422}
    assert "taken" in again.json()["message"]
    assert len(_files(deps, acme)) == 1


def test_a_file_that_is_too_large_is_refused_at_its_field(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    answer = _send(admin, b"x" * (MOST_FILE_BYTES + 1))

    assert answer.status_code == 422
    assert "at most 10 MiB" in answer.text
    assert not _files(deps, acme)


def test_nothing_chosen_is_refused(admin: Browser) -> None:
    page = admin.submit(admin.open("/portal/files/new"), "/portal/files", path="/x.png")

    assert page.status == 422


def test_a_files_path_is_changed_and_its_bytes_stay(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    location = _send(admin, PNG).headers["location"].partition("/p/admin")[2]

    admin.submit(admin.open(location), location, path="/images/new.png", downloadable="yes")

    file, content = _files(deps, acme)["/images/new.png"]
    assert (content, file.downloadable) == (PNG, True)
    assert "deleted" in admin.submit(admin.open(location), f"{location}/delete").text


def test_a_picture_is_shown_where_nothing_in_it_can_run(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    location = _send(admin, b"<svg onload='x'/>", "/images/logo.svg").headers["location"]
    page = admin.open(location.partition("/p/admin")[2])
    source = page.value("//figure/img/@src")

    shown = admin.client.get(source, headers={"referer": f"http://localhost:8000{location}"})
    assert (shown.status_code, shown.content) == (200, b"<svg onload='x'/>")
    assert shown.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "script" not in shown.headers["content-security-policy"]
    text = _send(admin, b"<script>", "/notes.html").headers["location"].partition("/p/admin")[2]
    assert "<figure" not in admin.open(text).text
    assert admin.get(f"{text}/picture").status_code == 404

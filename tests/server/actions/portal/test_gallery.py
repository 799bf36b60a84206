"""The gallery: asked for by owners, decided by the provider, and nothing else is shown."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from server.actions.accounts.accounts import suspend_account
from server.actions.applications.applications import delete_application, suspend_application
from server.actions.portal import gallery
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.actions.work import Work
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import (
    Blank,
    DomainError,
    EditConflict,
    Forbidden,
    Invalid,
    NotFound,
    StateConflict,
    TooLong,
)
from server.domain.permissions import OF_DEVELOPER_ROLE, Role
from server.domain.portal.gallery import GalleryEntry
from tests.kit.make import staff
from tests.kit.pictures import a_jpeg, a_png, a_webp
from tests.kit.work import by

RADAR = {"title": "Radar", "description": "It shows rain.", "link": "https://radar.example/a"}


class Gallery:
    """A gallery, and who has to do with it."""

    def __init__(self, db: Session, deps: Dependencies, acme: NewProvider, other: NewProvider):
        self.db, self.app = db, acme.sample.application.id
        self.provider_id, self.account_id = acme.provider.id, acme.sample.application.account_id
        self.admin = by(db, staff(acme), deps.installation)
        self.john = by(db, actor_of_user(acme.sample.user), deps.installation)
        self.globex = by(db, staff(other), deps.installation)
        self.stranger = by(db, actor_of_user(other.sample.user), deps.installation)
        member = Actor(
            "developer",
            acme.provider.id,
            "member",
            OF_DEVELOPER_ROLE[Role.MEMBER],
            account_id=self.account_id,
        )
        self.member = by(db, member, deps.installation)
        update_settings(self.admin, {"app_gallery_enabled": True})

    def ask(
        self, work: Work | None = None, picture: bytes | None = None, /, **over: str
    ) -> GalleryEntry:
        return gallery.ask_for_gallery(work or self.john, self.app, {**RADAR, **over}, picture)

    def shown(self) -> list[str]:
        self.db.flush()
        return [each.title for each in self.db.exec(gallery.shown_query(self.provider_id))]


@pytest.fixture
def world(db: Session, deps: Dependencies, acme: NewProvider, globex: NewProvider) -> Gallery:
    return Gallery(db, deps, acme, globex)


def test_an_application_is_shown_while_all_agree(world: Gallery) -> None:
    entry = world.ask()
    assert world.shown() == []
    gallery.approve_entry(world.admin, entry.id, 1)
    assert world.shown() == ["Radar"]

    world.ask(title="Radar 2")
    assert (world.shown(), entry.state, entry.version) == ([], "pending", 2)
    with pytest.raises(EditConflict):
        gallery.approve_entry(world.admin, entry.id, 1)
    gallery.approve_entry(world.admin, entry.id, 2)
    world.ask(title="Radar 2")
    assert world.shown() == ["Radar 2"]

    gallery.refuse_entry(world.admin, entry.id, "No rain.")
    assert (world.shown(), entry.reason) == ([], "No rain.")
    gallery.approve_entry(world.admin, entry.id)
    update_settings(world.admin, {"app_gallery_enabled": False})
    assert world.shown() == []
    with pytest.raises(NotFound):
        world.ask(title="Radar 3")


@pytest.mark.parametrize("end", ["withdrawn", "suspended", "account suspended", "deleted"])
def test_what_ends_an_application_takes_it_out_at_once(world: Gallery, end: str) -> None:
    gallery.approve_entry(world.admin, world.ask().id)
    assert world.shown() == ["Radar"]

    if end == "withdrawn":
        gallery.withdraw_from_gallery(world.john, world.app)
    elif end == "suspended":
        suspend_application(world.admin, world.app)
    elif end == "account suspended":
        suspend_account(world.admin, world.account_id)
    else:
        delete_application(world.admin, world.app)

    assert world.shown() == []
    if end in {"withdrawn", "deleted"}:
        assert list(world.db.exec(select(GalleryEntry))) == []


def test_nobody_asks_or_decides_who_may_not(world: Gallery) -> None:
    with pytest.raises(NotFound):
        world.ask(world.stranger)
    with pytest.raises(Forbidden):
        world.ask(world.member)
    entry = world.ask()
    for work, error in ((world.globex, NotFound), (world.john, NotFound)):
        for decide in (gallery.approve_entry, gallery.refuse_entry):
            with pytest.raises(error):
                decide(work, entry.id)
    gallery.approve_entry(world.admin, entry.id)
    with pytest.raises(StateConflict):
        gallery.approve_entry(world.admin, entry.id)


REFUSED: Sequence[tuple[dict[str, str], type[DomainError], str]] = (
    ({"title": ""}, Blank, "title"),
    ({"description": " "}, Blank, "description"),
    ({"description": "x" * 1_001}, TooLong, "description"),
    ({"link": "javascript:alert(1)"}, Invalid, "link"),
    ({"link": "/relative"}, Invalid, "link"),
    ({"link": "https://a.example/ b"}, Invalid, "link"),
    ({"link": "https://user@a.example"}, Invalid, "link"),
    ({"state": "approved"}, Invalid, "state"),
)


def test_what_an_entry_cannot_say_is_refused_at_its_field(world: Gallery) -> None:
    for over, error, field in REFUSED:
        with pytest.raises(error) as refused:
            world.ask(None, None, **over)
        assert refused.value.field == field, over


def test_a_picture_is_a_part_of_what_is_approved(world: Gallery) -> None:
    world.ask()
    entry = world.ask(None, a_png(640, 360), picture_alt="A map")
    gallery.approve_entry(world.admin, entry.id, 2)
    same = world.ask(None, a_png(640, 360), picture_alt="A map").state
    kept = world.ask(title="Radar 2").picture_alt
    seen = entry.version
    other = world.ask(None, a_jpeg(10, 20), picture_alt="Rain")

    assert (same, kept, seen) == ("approved", "A map", 3)
    assert (other.state, other.version, other.picture_type) == ("pending", 4, "image/jpeg")
    assert gallery.find_picture(world.john, other) == a_jpeg(10, 20)
    with pytest.raises(EditConflict):
        gallery.approve_entry(world.admin, entry.id, seen)
    gone = world.ask(None, b"", picture_alt="Rain")
    assert (gone.picture_path, gone.picture_alt) == ("", "")
    assert gallery.find_picture(world.john, gone) is None


def test_a_picture_is_known_by_its_bytes_and_bounded(world: Gallery) -> None:
    for kind in ("VP8 ", "VP8L", "VP8X"):
        entry = world.ask(None, a_webp(kind, 300, 200), picture_alt="Rain")
        assert entry.picture_type == "image/webp"
    refused: Sequence[tuple[bytes, str]] = (
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "must be a picture"),
        (b"GIF89a" + b"\0" * 99, "must be a picture"),
        (a_png(9, 9)[:40], "must be a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "must be a picture"),
        (b"RIFF\0\0\0\0WEBPVP8X", "must be a picture"),
        (a_png(2_001, 9), "at most 2000 pixels"),
        (a_jpeg(9, 60_000), "at most 2000 pixels"),
        (a_webp("VP8L", 2_001, 9), "at most 2000 pixels"),
        (a_png(0, 0), "pixels"),
        (a_png(9, 9, frames=2), "must stand still"),
        (a_webp("VP8X", 9, 9, moves=True), "must stand still"),
        (a_png(9, 9) + b"\0" * 512_000, "at most 512 kB"),
    )
    for content, told in refused:
        with pytest.raises(Invalid, match=told) as error:
            world.ask(None, content, picture_alt="x")
        assert error.value.field == "picture"
    with pytest.raises(Blank) as blank:
        world.ask(None, a_png(9, 9))
    assert blank.value.field == "picture_alt"

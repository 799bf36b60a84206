"""Windows over a query: how much a page holds, which way it is read, whose cursors it takes."""

import base64
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine, select

from server.kit.crypto import Vault
from server.kit.paging import MAX_PAGE, BadCursor, Cursors, Listing, Slice, Window, list_page

CURSORS = Cursors(Vault(b"k" * 32))


class Apart(SQLModel, registry=registry()):
    """Keeps this test's table out of the real schema."""


class Word(Apart, table=True):
    """A row of a list."""

    __tablename__ = "paging_words"

    id: int = Field(default=None, primary_key=True)
    text: str = ""


LISTING = Listing("words", Word)
NEWEST = Listing("words", Word, newest_first=True)


@pytest.fixture
def db() -> Iterator[Session]:
    """Open a database of its own with more rows than a page may hold."""
    engine = create_engine("sqlite://")
    Word.__table__.create(engine)  # type: ignore[attr-defined]  # every table model has one
    with Session(engine) as db:
        db.add_all([Word(text="long" * 9) for _ in range(MAX_PAGE + 20)])
        db.commit()
        yield db
    engine.dispose()


def page(db: Session, listing: Listing[Word] = LISTING, /, **window: int | str) -> Slice[Word]:
    return list_page(db, listing, select(Word), Window(**window), CURSORS)  # type: ignore[arg-type]  # by name


def ids(found: Slice[Word]) -> list[int]:
    return [row.id for row in found.rows]


def test_the_first_page_begins_the_list_and_the_last_ends_it(db: Session) -> None:
    assert ids(page(db, first=3)) == [1, 2, 3]
    assert ids(page(db, last=3)) == [118, 119, 120]
    assert ids(page(db, NEWEST, first=3)) == [120, 119, 118]
    assert ids(page(db, NEWEST, last=3)) == [3, 2, 1]


@pytest.mark.parametrize("window", [{"first": 5_000}, {"last": 5_000}])
def test_no_page_is_longer_than_the_longest(db: Session, window: dict[str, int]) -> None:
    assert len(page(db, **window).rows) == MAX_PAGE


@pytest.mark.parametrize("window", [{"first": 0}, {"last": 0}, {}])
def test_a_page_of_nothing_has_no_cursors_and_knows_that_there_is_more(
    db: Session, window: dict[str, int]
) -> None:
    found = page(db, **window)

    assert ids(found) == []
    assert found.first_cursor == found.last_cursor == ""
    assert found.has_next or found.has_previous


def test_a_page_lies_between_its_cursors(db: Session) -> None:
    cursor_of = page(db, first=10).cursor_of
    after, before = cursor_of(db.get_one(Word, 4)), cursor_of(db.get_one(Word, 8))

    assert ids(page(db, first=50, after=after, before=before)) == [5, 6, 7]
    assert ids(page(db, last=2, after=after, before=before)) == [6, 7]
    assert ids(page(db, NEWEST, first=50, after=before, before=after)) == [7, 6, 5]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ({"first": 3}, (True, False)),
        ({"first": 3, "after": 3}, (True, True)),
        ({"first": 3, "after": 117}, (False, True)),
        ({"last": 3}, (False, True)),
        ({"last": 3, "before": 4}, (True, False)),
        ({"last": 3, "before": 118}, (True, True)),
    ],
)
def test_a_page_tells_whether_there_is_more_on_either_side(
    db: Session, window: dict[str, int], expected: tuple[bool, bool]
) -> None:
    sizes = {name: size for name, size in window.items() if name in {"first", "last"}}
    at = {name: CURSORS.encode("words", [n]) for name, n in window.items() if name not in sizes}

    found = page(db, **sizes, **at)

    assert (found.has_next, found.has_previous) == expected


def test_cursors_of_a_page_lead_to_its_ends(db: Session) -> None:
    found = page(db, first=3, after=CURSORS.encode("words", [10]))

    assert CURSORS.decode("words", found.first_cursor) == [11]
    assert CURSORS.decode("words", found.last_cursor) == [13]


def test_a_column_that_is_left_out_is_read_when_it_is_asked_for(db: Session) -> None:
    db.expunge_all()
    (row,) = page(db, Listing("words", Word, left_out=(Word.text,)), first=1).rows

    assert "text" not in row.__dict__
    assert row.text == "long" * 9


def test_a_cursor_holds_only_as_it_was_signed() -> None:
    cursor = CURSORS.encode("words", [7])
    padded = cursor + "=" * (-len(cursor) % 4)
    text = base64.urlsafe_b64decode(padded).decode()
    forged = base64.urlsafe_b64encode(text.replace("7", "8").encode()).rstrip(b"=").decode()

    assert CURSORS.decode("words", cursor) == [7]
    for other in (forged, cursor[:-2], f"{cursor}AAAA", ""):
        with pytest.raises(BadCursor, match="not a cursor of this server"):
            CURSORS.decode("words", other)
    with pytest.raises(BadCursor, match="not a cursor of this server"):
        Cursors(Vault(b"z" * 32)).decode("words", cursor)
    with pytest.raises(BadCursor, match="another list"):
        CURSORS.decode("accounts", cursor)

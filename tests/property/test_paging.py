"""Keyset paging: pages laid end to end are the list, forwards and backwards."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, col, create_engine, select

from server.kit.crypto import Vault
from server.kit.paging import BadCursor, Cursors, Listing, Window, list_page, pages_by_parent

CURSORS = Cursors(Vault(b"k" * 32))


class Apart(SQLModel, registry=registry()):
    """Keeps this test's table out of the real schema."""


class Child(Apart, table=True):
    """A row of a list, below a parent."""

    __tablename__ = "paging_children"

    id: int = Field(default=None, primary_key=True)
    parent_id: int


@pytest.fixture(scope="module")
def engine_db() -> Iterator[Session]:
    """Open a database of its own for this list."""
    engine = create_engine("sqlite://")
    Child.__table__.create(engine)  # type: ignore[attr-defined]  # every table model has one
    with Session(engine) as db:
        yield db
    engine.dispose()


def fill(db: Session, parents: list[int]) -> None:
    """Make one row for each parent number, and no others."""
    for row in db.exec(select(Child)):
        db.delete(row)
    db.add_all([Child(parent_id=parent) for parent in parents])
    db.flush()


@settings(max_examples=60, deadline=None)
@given(count=st.integers(0, 40), size=st.integers(1, 12), newest=st.booleans(), back=st.booleans())
def test_pages_laid_end_to_end_are_the_list(
    engine_db: Session, count: int, size: int, newest: bool, back: bool
) -> None:
    fill(engine_db, [1] * count)
    listing = Listing("children", Child, newest_first=newest)
    order = col(Child.id).desc() if newest else col(Child.id)
    everything = [row.id for row in engine_db.exec(select(Child).order_by(order))]

    walked: list[int] = []
    cursor: str | None = None
    while True:
        window = Window(last=size, before=cursor) if back else Window(first=size, after=cursor)
        page = list_page(engine_db, listing, select(Child), window, CURSORS)
        ids = [row.id for row in page.rows]
        walked = ids + walked if back else walked + ids
        more = page.has_previous if back else page.has_next
        if not more:
            break
        cursor = page.first_cursor if back else page.last_cursor

    assert walked == everything


@settings(max_examples=40, deadline=None)
@given(parents=st.lists(st.integers(1, 4), max_size=30), size=st.integers(1, 5))
def test_each_parent_gets_its_own_page(engine_db: Session, parents: list[int], size: int) -> None:
    fill(engine_db, parents)
    listing = Listing("children", Child)

    pages = pages_by_parent(
        engine_db, listing, select(Child), col(Child.parent_id), Window(first=size), CURSORS
    )

    for parent in set(parents):
        query = select(Child.id).where(Child.parent_id == parent).order_by(col(Child.id))
        ids = list(engine_db.exec(query))
        assert [row.id for row in pages[parent].rows] == ids[:size]
        assert pages[parent].has_next is (len(ids) > size)
    assert set(pages) == set(parents)


@given(st.text())
def test_a_made_up_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        CURSORS.decode("children", text)


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursor):
        CURSORS.decode("children", CURSORS.encode("accounts", [1]))

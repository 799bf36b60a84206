"""What one request wants to know of a provider's content, without texts, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlmodel import SQLModel

from server.domain.portal.files import PortalFile
from server.domain.portal.groups import GroupAccount, GroupSection
from server.domain.portal.pages import Template
from server.domain.portal.redirects import Redirect
from server.domain.portal.sections import Section
from server.kit.db import UTCDateTime

STYLESHEET = "/css/portal.css"  # of the theme: a provider's file of this path takes its place


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, at which path, and whether at drafts."""

    path: str = ""
    account_id: int | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the index: which of its names mean what depends on `what`."""

    what: str  # template, section, granted, redirect, file
    kind: str
    name: str
    title: str
    layout: str
    handler: str
    content_type: str
    changed_at: datetime
    id: int
    home_id: int | None  # the section that it is in
    yes: bool  # liquid_enabled, public, downloadable
    hidden: bool
    extra: str  # system name of a page, kind of a portlet, digest of a file
    number: int  # size in bytes


def _columns(model: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(model.__tablename__)].c


def _text(value: str = "") -> Any:
    return literal_column(f"'{value}'", String)


def _templates(drafts: bool) -> Select[Any]:
    c = _columns(Template)
    shown = or_(c.published.is_not(None), c.hidden.is_(True), c.portlet != "")
    if drafts:
        shown = or_(shown, c.draft.is_not(None))
    is_hidden = c.hidden.is_(True) & (c.draft.is_(None) if drafts else true())
    return (
        select(
            _text("template").label("what"),
            c.kind,
            c.name,
            c.title,
            c.layout,
            c.handler,
            c.content_type,
            c.updated_at,
            c.id,
            c.section_id,
            c.liquid_enabled,
            is_hidden.label("hidden"),
            func.coalesce(c.system_name, c.portlet).label("extra"),
            literal_column("0", Integer).label("number"),
        )
        .where(c.provider_id == bindparam("provider_id"))
        .where(shown)
    )


def _sections() -> Select[Any]:
    c = _columns(Section)
    blank = (_text(), _text(), _text())
    return select(
        _text("section"), _text(), c.system_name, c.title, *blank, c.updated_at, c.id, c.parent_id,
        c.public, false(), _text(), literal_column("0", Integer),
    ).where(c.provider_id == bindparam("provider_id"), c.is_builtin.is_(False))  # fmt: skip


def _granted() -> Select[Any]:
    group, member = _columns(GroupSection), _columns(GroupAccount)
    blank = tuple(_text() for _ in range(6))
    return select(
        _text("granted"), *blank, cast(null(), UTCDateTime), group.section_id,
        cast(null(), Integer), cast(false(), Boolean), false(), _text(),
        literal_column("0", Integer),
    ).where(
        group.group_id == member.group_id, member.account_id == bindparam("account_id")
    )  # fmt: skip


def _redirects() -> Select[Any]:
    c = _columns(Redirect)
    blank = (_text(), _text(), _text())
    return select(
        _text("redirect"), _text(), c.source, c.target, *blank, c.updated_at, c.id,
        cast(null(), Integer), false(), false(), _text(), literal_column("0", Integer),
    ).where(
        c.provider_id == bindparam("provider_id"), c.source == bindparam("path")
    )  # fmt: skip


def _files() -> Select[Any]:
    c = _columns(PortalFile)
    blank = (_text(), _text(), _text())
    return select(
        _text("file"), _text(), c.path, *blank, c.content_type, c.updated_at, c.id, c.section_id,
        c.downloadable, false(), c.digest, c.size_bytes,
    ).where(
        c.provider_id == bindparam("provider_id"),
        or_(c.path == bindparam("path"), c.path == STYLESHEET),
    )  # fmt: skip


@cache
def statement(*, drafts: bool) -> Any:
    """Make the statement: every page asks for it, so it is built once and runs without the ORM."""
    return union_all(_templates(drafts), _sections(), _granted(), _redirects(), _files())

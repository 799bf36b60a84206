"""Alerts of used limits: provider and developers read and put them away, each for itself."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.applications.applications import get_application
from server.actions.rows import hold, within_services
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.domain.messages.alerts import Alert
from server.domain.permissions import Permission
from server.domain.states import ALERT
from server.kit.paging import Listing

SHOWN_AT_ONCE = 20
LISTING = Listing("alerts", Alert, newest_first=True)
# What each dashboard asks, built once.
UNREAD_OF_ACCOUNT = select(func.count()).where(
    Alert.account_id == bindparam("account_id"), Alert.state == "unread"
)


def state_column(actor: Actor) -> str:
    """Name the column in which the actor's side notes what it has read."""
    return "state" if actor.is_developer else "provider_state"


def alerts_query(
    actor: Actor, *, application_id: int | None = None, unread: bool = False
) -> SelectOfScalar[Alert]:
    """Select the alerts that the actor's side is told of and has not deleted."""
    actor.require(Permission.USAGE_READ, account_id=actor.account_id)
    state = getattr(Alert, state_column(actor))
    query = select(Alert).where(Alert.provider_id == actor.provider_id, state != "deleted")
    query = query.where(*within_services(actor, Alert))
    if actor.is_developer:
        query = query.where(Alert.account_id == actor.account_id)
    if application_id is not None:
        query = query.where(Alert.application_id == application_id)
    return query.where(state == "unread") if unread else query


def get_alert(work: Work, alert_id: int) -> Alert:
    """Find an alert of one's own side. Raises: NotFound, Forbidden."""
    found = work.db.exec(alerts_query(work.actor).where(Alert.id == alert_id)).first()
    if found is None:
        raise NotFound("There is no such alert.", field="id")
    return found


def list_alerts(work: Work, application_id: int) -> Sequence[Alert]:
    """List the newest of an application."""
    query = alerts_query(work.actor, application_id=application_id)
    return work.db.exec(query.order_by(col(Alert.id).desc()).limit(SHOWN_AT_ONCE)).all()


def list_unread_alerts(work: Work, most: int) -> Sequence[Alert]:
    """List the newest that nobody of one's own side has read."""
    query = alerts_query(work.actor, unread=True).order_by(col(Alert.id).desc())
    return work.db.exec(query.limit(most)).all()


def read_alert(work: Work, alert_id: int) -> Alert:
    """Note that an alert was read. Raises: NotFound, Forbidden."""
    return _move(work, alert_id, "read")


def delete_alert(work: Work, alert_id: int) -> Alert:
    """Put an alert away for one's own side; it is not told again. Raises: NotFound, Forbidden."""
    return _move(work, alert_id, "mark_as_deleted")


def read_alerts(work: Work, application_id: int) -> int:
    """Note that all alerts of an application were read; tell how many. Raises: NotFound."""
    return _move_all(work, application_id, "read")


def purge_alerts(work: Work, application_id: int) -> int:
    """Put all alerts of an application away; tell how many. Raises: NotFound, Forbidden."""
    return _move_all(work, application_id, "mark_as_deleted")


def _move(work: Work, alert_id: int, event: str) -> Alert:
    _require_edit(work.actor)
    alert = hold(work.db, get_alert(work, alert_id))
    setattr(alert, state_column(work.actor), ALERT[event][1])
    return alert


def _move_all(work: Work, application_id: int, event: str) -> int:
    _require_edit(work.actor)
    application = get_application(work, application_id)
    mine = alerts_query(work.actor, application_id=application.id, unread=event == "read")
    ids_query = mine.with_only_columns(col(Alert.id)).order_by(col(Alert.id))
    ids = work.db.execute(ids_query).scalars().all()
    state = {state_column(work.actor): ALERT[event][1]}
    work.db.execute(update(Alert).where(col(Alert.id).in_(ids)).values(**state))
    return len(ids)


def _require_edit(actor: Actor) -> None:
    actor.require(Permission.MESSAGES_EDIT, account_id=actor.account_id)


def count_of(db: Session, account_id: int) -> int:
    """Count what an account has not read yet, for the menu of its portal."""
    return db.exec(UNREAD_OF_ACCOUNT, params={"account_id": account_id}).one()

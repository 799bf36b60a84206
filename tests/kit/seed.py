"""Data put into a database before a real process starts on it."""

from pathlib import Path

from server.actions.applications.applications import get_application
from server.actions.plans.limits import set_limit
from server.actions.services.metrics import list_metrics
from server.domain.actors import Actor
from server.runtime.first_start import ensure_provider
from server.runtime.storage import open_storage
from server.settings import Settings
from tests.kit.process import Gatehouse
from tests.kit.work import by


def limit_the_sample(gatehouse: Gatehouse, *, period: str, value: int) -> None:
    """Make the first provider, and limit `hits` on the sample application's plan."""
    env = {
        "GATEHOUSE_DATA_DIR": str(gatehouse.data_dir),
        "GATEHOUSE_PUBLIC_URL": gatehouse.url,
        **gatehouse.env,
    }
    storage = open_storage(Settings.from_env(env))
    ensure_provider(storage, Path(gatehouse.data_dir))
    summary = gatehouse.first_start
    actor = Actor.system(summary["provider"]["id"])
    with storage.database.write() as db:
        application = get_application(by(db, actor), summary["sample"]["application_id"])
        hits = list_metrics(db, application.service_id)[0]
        wanted = {"metric_id": hits.id, "period": period, "value": value}
        set_limit(by(db, actor), wanted, application.plan_id)
    storage.database.close()

"""`gatehouse serve` and `gatehouse gateway`: what they check and open before they listen."""

from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable
from server.app import app_of_worker, build_app
from server.cli.greeting import greet
from server.cli.listen import bind_or_exit, listen, listen_with_workers
from server.cli.start import give_up, open_or_exit, settings_or_exit, storage_told
from server.gateway_app import build_gateway_app
from server.kit.urls import masked
from server.runtime import ops
from server.runtime.calls import make_sure_of_counting
from server.runtime.descriptors import TooFewDescriptors, raise_descriptors
from server.runtime.echo import follow_echo
from server.runtime.first_start import ensure_provider
from server.runtime.metrics_address import serve_metrics
from server.runtime.serving import note_port
from server.runtime.storage import Storage
from server.settings import PREFIX, Settings


def serve_all(host: str, port: int, workers: int) -> None:
    """Serve everything in one process or several."""
    settings = settings_or_exit(port)
    if workers > 1:
        _need_redis(settings, "--workers above 1")
    with bind_or_exit(host, port) as taken:
        _metrics_or_exit(settings, one_of_many=workers > 1)
        storage = _open_to_count(settings)
        with storage_told(settings):
            note_port(settings.data_dir, port)
            summary = ensure_provider(storage, settings.data_dir)
            follow_echo(storage)
        greet(settings, summary)
        if workers == 1:
            listen(build_app(settings, storage), settings, taken)
        else:
            storage.database.close()
            listen_with_workers(app_of_worker, settings, taken, workers)


def serve_gateways(host: str, port: int) -> None:
    """Serve gateways and the Service Management API."""
    settings = settings_or_exit()
    _need_redis(settings, "gatehouse gateway")
    with bind_or_exit(host, port) as taken:
        _metrics_or_exit(settings)
        storage = _open_to_count(settings)
        listen(build_gateway_app(settings, storage), settings, taken)


def _need_redis(settings: Settings, what: str) -> None:
    """Stop a start that would count in two places at once."""
    if not settings.redis_url:
        give_up(
            f"{what} needs {PREFIX}REDIS_URL: without it each process has counters of its own, "
            "and limits would be multiplied.",
            2,
        )


def _open_to_count(settings: Settings) -> Storage:
    """Take descriptors, open database and counters; a failure is told in one line."""
    try:
        raise_descriptors()
    except TooFewDescriptors as error:
        give_up(str(error))
    storage = open_or_exit(settings)
    try:
        with storage_told(settings):
            make_sure_of_counting(settings, storage)
    except JournalLocked as error:
        give_up(f"{error} Give this one another {PREFIX}DATA_DIR, or set {PREFIX}REDIS_URL.")
    except StoreUnavailable as error:
        give_up(f"{PREFIX}REDIS_URL: {masked(str(error))}")
    except JournalDamaged as error:
        give_up(str(error))
    return storage


def _metrics_or_exit(settings: Settings, *, one_of_many: bool = False) -> None:
    """Serve /metrics on its own address, if it has one."""
    try:
        serve_metrics(settings.metrics_address, lambda: ops.metrics_text(one_of_many=one_of_many))
    except OSError as error:
        give_up(
            f"{PREFIX}METRICS_ADDRESS: {settings.metrics_address}: {error.strerror or error}.", 2
        )

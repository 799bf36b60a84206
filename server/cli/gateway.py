"""`gatehouse gateway`: a process that only lets calls in, and gateways that stand alone."""

from typing import Annotated

import typer

from server.cli.bundle import bundle
from server.cli.listen import bind_or_exit, listen
from server.cli.start import metrics_or_exit, need_redis, open_to_count, settings_or_exit
from server.gateway_app import build_gateway_app

gateway_app = typer.Typer(
    help="Serve gateways and the Service Management API only, beside processes that serve all.",
)
gateway_app.command()(bundle)


@gateway_app.callback(invoke_without_command=True)
def gateway(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8080,
) -> None:
    """Serve gateways and the Service Management API only. Needs Redis."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_or_exit()
    need_redis(settings, "gatehouse gateway")
    with bind_or_exit(host, port) as taken:
        metrics_or_exit(settings)
        storage = open_to_count(settings)
        listen(build_gateway_app(settings, storage), settings, taken)

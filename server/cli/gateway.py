"""`gatehouse gateway`: a process that only lets calls in, and gateways that stand alone."""

from typing import Annotated

import typer

from server.cli.bundle import bundle

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
    from server.cli.serving import serve_gateways  # here: other commands do without it

    serve_gateways(host, port)

"""`python -m server.cli` is the command `gatehouse`."""

from server.cli.main import app

app()

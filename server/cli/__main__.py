"""`python -m server.cli` is the command `gatehouse`."""

from server.cli.main import app

if __name__ == "__main__":  # a worker process imports this file anew
    app()

"""Bring a database to the newest step, from code: there is no alembic.ini."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent


def config_of(connection: Connection) -> Config:
    """Make an Alembic configuration that works on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Run all steps that the database has not seen, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(config_of(connection), "head")

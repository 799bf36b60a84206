"""Alembic's entry: always online, on the connection that `run.py` opened."""

from alembic import context
from sqlmodel import SQLModel

import server.domain  # noqa: F401 - registers every table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

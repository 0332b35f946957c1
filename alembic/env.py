"""Runs the revisions: for the program, which hands over a connection, and for `alembic` by hand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from alembic import context

from caseledger.db.location import locate
from caseledger.migrations import connect_for_migration, ensure_file
from caseledger.models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection


def run(connection: Connection) -> None:
    """Run the revisions in the transaction that the connection is in."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    place = context.get_x_argument(as_dictionary=True).get("db") or os.environ.get("CASELEDGER_DB")
    location = locate(place)
    ensure_file(location)
    with connect_for_migration(location) as own:
        run(own)

"""The first till.db: sessions, sales, journal, print jobs, outbox, and what keeps them final.

The statements stand beside this file as they were when it was made: tables change in later
versions, this script never does.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and trigger."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

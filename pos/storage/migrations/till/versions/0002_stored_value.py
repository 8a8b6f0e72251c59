"""Stored value: cards, their ledgers, what was taken without connection, tasks for a manager.

The statements stand beside this file as they were when it was made.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make every table and trigger."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

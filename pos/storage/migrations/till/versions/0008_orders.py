"""Orders: those made at this till, and what became of those of the back office.

The statements stand beside this file as they were when it was made.
"""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table, and what keeps an order from being settled twice."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

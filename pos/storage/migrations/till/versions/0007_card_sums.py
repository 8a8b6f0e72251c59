"""Cards: what each holds, how many a programme has, and which reservations are open, kept in step.

The statements stand beside this file as they were when it was made.
"""

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the sums, fill them from the ledgers, and let every new entry move them."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

"""Returns: which line gives back which, which tender goes back on which, what a void takes back.

The statements stand beside this file as they were when it was made.
"""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the links, and what keeps them within what was sold."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

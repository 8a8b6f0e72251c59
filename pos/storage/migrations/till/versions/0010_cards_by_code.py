"""Cards are found by one index, be it by a code or by how it ends; days only where one will come.

The statements stand beside this file as they were when it was made.
"""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Two indexes that grow at random become one, and that of last days leaves most cards out."""
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)

"""The first till.db: sessions, sales, journal, print jobs, outbox, and what keeps them final."""

from alembic import op

from pos.storage.till.tables import metadata
from pos.storage.till.triggers import TRIGGERS

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and trigger."""
    metadata.create_all(op.get_bind())
    for trigger in TRIGGERS:
        op.execute(trigger)

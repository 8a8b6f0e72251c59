"""Invoices of other systems are found by their number, so that none is paid twice."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Index the lines that pay an invoice, and no others."""
    op.get_bind().exec_driver_sql(
        "CREATE INDEX ix_line_item_invoice ON line_item (json_extract(goods, '$.invoice'))"
        " WHERE json_extract(goods, '$.invoice') IS NOT NULL"
    )

CREATE TABLE customer_order (
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    cart TEXT,
    sale TEXT,
    CONSTRAINT pk_customer_order PRIMARY KEY (number),
    CONSTRAINT fk_customer_order_sale FOREIGN KEY(sale) REFERENCES sale (id)
)
 STRICT

CREATE INDEX ix_customer_order_sale ON customer_order (sale)

CREATE INDEX ix_customer_order_state ON customer_order (state)

CREATE TRIGGER customer_order_insert_final BEFORE INSERT ON customer_order WHEN EXISTS (SELECT
    1 FROM customer_order WHERE number = new.number AND state IN ('settled', 'withdrawn')) BEGIN
    SELECT RAISE(ABORT, 'an order is settled once'); END

CREATE TRIGGER customer_order_update_final BEFORE UPDATE ON customer_order WHEN EXISTS (SELECT
    1 FROM customer_order WHERE number = new.number AND state IN ('settled', 'withdrawn')) BEGIN
    SELECT RAISE(ABORT, 'an order is settled once'); END

CREATE TRIGGER customer_order_one_sale BEFORE UPDATE ON customer_order WHEN new.number <>
    old.number OR old.state = 'in_work' AND new.state IN ('in_work', 'settled') AND new.sale IS NOT
    old.sale BEGIN SELECT RAISE(ABORT, 'one sale at a time has an order'); END

CREATE TRIGGER customer_order_stays BEFORE DELETE ON customer_order BEGIN SELECT RAISE(ABORT,
    'orders are never deleted'); END

ALTER TABLE sale ADD COLUMN deductions TEXT

ALTER TABLE sale ADD COLUMN points TEXT

DROP TRIGGER sale_sealing_only_closes

CREATE TRIGGER sale_sealing_only_closes BEFORE UPDATE ON sale WHEN old.state = 'sealing' AND
    (new.state NOT IN ('sealing', 'closed') OR (new.till, new.session, new.operator,
    new.opened_at, new.business_date, new.currency, new.rounding, new.closed_at, new.total,
    new.note, new.customer, new.price_list, new.discount, new.tax_free, new.voids, new.deductions,
    new.points) IS NOT (old.till, old.session, old.operator, old.opened_at, old.business_date,
    old.currency, old.rounding, old.closed_at, old.total, old.note, old.customer, old.price_list,
    old.discount, old.tax_free, old.voids, old.deductions, old.points)) BEGIN SELECT RAISE(ABORT,
    'the content of this sale is frozen'); END

CREATE TABLE points_entry (
    customer TEXT NOT NULL,
    programme TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    points INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    owed INTEGER NOT NULL,
    at TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    operator TEXT DEFAULT '' NOT NULL,
    sale TEXT DEFAULT '' NOT NULL,
    receipt INTEGER DEFAULT 0 NOT NULL,
    "of" TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (customer, programme, number),
    CONSTRAINT points_entry_kind CHECK (kind IN ('earn', 'spend', 'take_back', 'give_back', 'correct', 'expire')),
    CONSTRAINT points_entry_customer CHECK (customer <> ''),
    CONSTRAINT points_entry_balance CHECK (balance >= 0 AND owed >= 0),
    CONSTRAINT points_entry_owed CHECK (balance = 0 OR owed = 0),
    CONSTRAINT points_entry_sign CHECK ((points > 0) = (kind IN ('earn', 'give_back')) OR kind = 'correct')
)
 WITHOUT ROWID,
 STRICT

CREATE UNIQUE INDEX points_once_a_sale ON points_entry (sale, kind, "of", programme) WHERE
    sale <> '' AND kind <> 'expire'

CREATE TABLE coupon_use (
    coupon TEXT NOT NULL,
    number INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    sale TEXT NOT NULL,
    customer TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (coupon, number),
    CONSTRAINT coupon_use_one CHECK (uses IN (1, -1))
)
 WITHOUT ROWID,
 STRICT

CREATE UNIQUE INDEX coupon_once_a_sale ON coupon_use (sale, coupon)

CREATE TRIGGER points_entry_follows BEFORE INSERT ON points_entry WHEN new.number <>
    coalesce((SELECT number FROM points_entry WHERE customer = new.customer AND programme =
    new.programme ORDER BY number DESC LIMIT 1), 0) + 1 OR new.balance - new.owed <>
    coalesce((SELECT balance FROM points_entry WHERE customer = new.customer AND programme =
    new.programme ORDER BY number DESC LIMIT 1), 0) - coalesce((SELECT owed FROM points_entry
    WHERE customer = new.customer AND programme = new.programme ORDER BY number DESC LIMIT 1), 0)
    + new.points OR (new.owed > coalesce((SELECT owed FROM points_entry WHERE customer =
    new.customer AND programme = new.programme ORDER BY number DESC LIMIT 1), 0) AND new.kind <>
    'take_back') BEGIN SELECT RAISE(ABORT, 'an entry goes on from the one before it'); END

CREATE TRIGGER points_entry_once BEFORE INSERT ON points_entry WHEN new.sale <> '' AND
    new.kind <> 'expire' AND EXISTS (SELECT 1 FROM points_entry WHERE sale = new.sale AND kind =
    new.kind AND "of" = new."of" AND programme = new.programme) BEGIN SELECT RAISE(ABORT, 'a sale
    moves points once'); END

CREATE TRIGGER points_entry_stays BEFORE UPDATE ON points_entry BEGIN SELECT RAISE(ABORT,
    'points_entry is append-only'); END

CREATE TRIGGER points_entry_remains BEFORE DELETE ON points_entry BEGIN SELECT RAISE(ABORT,
    'points_entry is append-only'); END

CREATE TRIGGER coupon_use_follows BEFORE INSERT ON coupon_use WHEN new.number <> (SELECT
    coalesce(max(number), 0) + 1 FROM coupon_use WHERE coupon = new.coupon) OR EXISTS (SELECT 1
    FROM coupon_use WHERE coupon = new.coupon AND sale = new.sale) BEGIN SELECT RAISE(ABORT, 'a
    sale uses a coupon once'); END

CREATE TRIGGER coupon_use_stays BEFORE UPDATE ON coupon_use BEGIN SELECT RAISE(ABORT,
    'coupon_use is append-only'); END

CREATE TRIGGER coupon_use_remains BEFORE DELETE ON coupon_use BEGIN SELECT RAISE(ABORT,
    'coupon_use is append-only'); END

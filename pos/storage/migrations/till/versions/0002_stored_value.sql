CREATE TABLE card (
    id TEXT NOT NULL,
    programme TEXT NOT NULL,
    currency TEXT NOT NULL,
    digest TEXT NOT NULL,
    masked TEXT NOT NULL,
    made_at TEXT NOT NULL,
    salt TEXT DEFAULT '' NOT NULL,
    "key" TEXT DEFAULT '' NOT NULL,
    customer TEXT DEFAULT '' NOT NULL,
    expires TEXT,
    tax_code TEXT DEFAULT '' NOT NULL,
    tax_rate INTEGER,
    origin TEXT NOT NULL,
    run TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT

CREATE INDEX card_by_customer ON card (customer) WHERE customer <> ''

CREATE UNIQUE INDEX card_by_digest ON card (digest)

CREATE INDEX card_by_programme ON card (programme, id)

CREATE INDEX card_by_run ON card (run) WHERE run <> ''

CREATE TABLE task (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    facts TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) STRICT

CREATE TABLE card_entry (
    card TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    held INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    hold TEXT DEFAULT '' NOT NULL,
    "of" INTEGER,
    sale TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    operator TEXT DEFAULT '' NOT NULL,
    at TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (card, number),
    CONSTRAINT card_entry_kind CHECK (kind IN ('issue', 'top_up', 'reserve', 'redeem', 'release', 'cancel', 'expire', 'correct')),
    CONSTRAINT card_entry_balance CHECK (balance >= 0),
    CONSTRAINT card_entry_reserved CHECK (reserved >= 0 AND reserved <= balance),
    CONSTRAINT card_entry_hold CHECK ((hold <> '') = (kind IN ('reserve', 'redeem', 'release'))),
    CONSTRAINT card_entry_of CHECK ((of IS NOT NULL) = (kind = 'cancel')),
    FOREIGN KEY(card) REFERENCES card (id)
) WITHOUT ROWID, STRICT

CREATE INDEX card_entry_by_sale ON card_entry (sale) WHERE sale <> ''

CREATE UNIQUE INDEX card_hold_ended ON card_entry (hold) WHERE kind IN ('redeem', 'release')

CREATE UNIQUE INDEX card_hold_made ON card_entry (hold) WHERE kind = 'reserve'

CREATE TABLE unconfirmed (
    hold TEXT NOT NULL,
    card TEXT NOT NULL,
    amount INTEGER NOT NULL,
    sale TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (hold),
    FOREIGN KEY(card) REFERENCES card (id)
) WITHOUT ROWID, STRICT

CREATE TRIGGER card_entry_follows BEFORE INSERT ON card_entry WHEN new.number <> coalesce((SELECT number FROM card_entry WHERE card = new.card ORDER BY number DESC LIMIT 1), 0) + 1 OR new.balance <> coalesce((SELECT balance FROM card_entry WHERE card = new.card ORDER BY number DESC LIMIT 1), 0) + new.amount OR new.reserved <> coalesce((SELECT reserved FROM card_entry WHERE card = new.card ORDER BY number DESC LIMIT 1), 0) + new.held BEGIN SELECT RAISE(ABORT, 'an entry goes on from the one before it'); END

CREATE TRIGGER card_hold_made_once BEFORE INSERT ON card_entry WHEN new.kind = 'reserve' AND EXISTS (SELECT 1 FROM card_entry WHERE hold = new.hold AND kind = 'reserve') BEGIN SELECT RAISE(ABORT, 'a hold is made once'); END

CREATE TRIGGER card_hold_ended_once BEFORE INSERT ON card_entry WHEN new.kind IN ('redeem', 'release') AND (EXISTS (SELECT 1 FROM card_entry WHERE hold = new.hold AND kind IN ('redeem', 'release')) OR NOT EXISTS (SELECT 1 FROM card_entry WHERE hold = new.hold AND kind = 'reserve' AND card = new.card AND held = -new.held AND (new.kind = 'release' OR held = -new.amount))) BEGIN SELECT RAISE(ABORT, 'a hold is ended once, by what it held'); END

CREATE TRIGGER card_entry_stays BEFORE UPDATE ON card_entry BEGIN SELECT RAISE(ABORT, 'card_entry is append-only'); END

CREATE TRIGGER card_entry_remains BEFORE DELETE ON card_entry BEGIN SELECT RAISE(ABORT, 'card_entry is append-only'); END

CREATE TRIGGER card_made_once BEFORE INSERT ON card WHEN EXISTS (SELECT 1 FROM card WHERE id = new.id OR digest = new.digest) BEGIN SELECT RAISE(ABORT, 'a card is made once'); END

CREATE TRIGGER card_is_final BEFORE UPDATE ON card WHEN (old.id, old.programme, old.currency, old.digest, old.masked, old.made_at, old.salt, old.key, old.expires, old.tax_code, old.tax_rate, old.origin, old.run) IS NOT (new.id, new.programme, new.currency, new.digest, new.masked, new.made_at, new.salt, new.key, new.expires, new.tax_code, new.tax_rate, new.origin, new.run) BEGIN SELECT RAISE(ABORT, 'only the owner of a card changes'); END

CREATE TRIGGER card_stays BEFORE DELETE ON card BEGIN SELECT RAISE(ABORT, 'cards are never deleted'); END
